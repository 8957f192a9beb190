"""How the ledger itself stands: files, skipped lines, price books, what has no price, as of when."""

from __future__ import annotations

import sqlite3
from typing import NamedTuple

from taximeter.ledger.readmodels import BookRow, FileRow, SkippedLines, UnpricedModel


def skipped(connection: sqlite3.Connection) -> tuple[SkippedLines, ...]:
    """Lines that could not be used, by file and reason, in order of the path."""
    sql = "SELECT f.path, k.reason, k.count FROM skipped k JOIN file f ON f.id = k.file_id ORDER BY f.path, k.reason"
    return tuple(SkippedLines(*row) for row in connection.execute(sql))


def files(connection: sqlite3.Connection) -> tuple[FileRow, ...]:
    """All log files that were ever read, by agent and path."""
    sql = "SELECT path, agent, size, offset, read_at, trouble FROM file ORDER BY agent, path"
    return tuple(FileRow(*row) for row in connection.execute(sql))


def ledger_as_of(connection: sqlite3.Connection) -> int:
    """When the ledger last took in what the logs say, ms; 0 when it never did."""
    (at,) = connection.execute("SELECT max(read_at) FROM file").fetchone()
    return at or 0


def newest_book(connection: sqlite3.Connection) -> BookRow:
    """The price book that was used last; its fields are empty in a ledger that holds nothing yet."""
    in_force = "name = (SELECT value FROM meta WHERE name = 'book')"
    sql = f"SELECT name, as_of, currency FROM price_book ORDER BY {in_force} DESC, id DESC LIMIT 1"
    found = connection.execute(sql).fetchone()
    return BookRow(*found) if found else BookRow("", "", "")


def unpriced_models(connection: sqlite3.Connection) -> tuple[UnpricedModel, ...]:
    """Models that no price book knew, most tokens first."""
    sql = (
        "SELECT m.name, sum(r.unpriced), sum(r.unpriced_tokens) AS tokens"
        " FROM rollup r JOIN model m ON m.id = r.model_id WHERE r.unpriced > 0 GROUP BY 1 ORDER BY tokens DESC, 1"
    )
    return tuple(UnpricedModel(*row) for row in connection.execute(sql))


def requests_ever(connection: sqlite3.Connection) -> int:
    """How many requests the ledger holds."""
    (count,) = connection.execute("SELECT sum(requests) FROM session").fetchone()
    return count or 0


def project_names(connection: sqlite3.Connection) -> tuple[str, ...]:
    """All projects that sessions are of, in order; empty names left out."""
    sql = "SELECT DISTINCT project FROM session WHERE project > '' ORDER BY project COLLATE NOCASE"
    return tuple(name for (name,) in connection.execute(sql))


class Holdings(NamedTuple):
    """What a ledger holds; ``oldest`` and ``newest`` are times of requests, ms, 0 when there is none."""

    sessions: int
    requests: int
    files: int
    oldest: int
    newest: int


def holdings(connection: sqlite3.Connection) -> Holdings:
    """How much the ledger holds, and from when."""
    sums = "count(*), coalesce(sum(requests), 0), (SELECT count(*) FROM file), min(started_at), max(ended_at)"
    row = connection.execute(f"SELECT {sums} FROM session WHERE requests > 0").fetchone()
    return Holdings(row[0], row[1], row[2], row[3] or 0, row[4] or 0)
