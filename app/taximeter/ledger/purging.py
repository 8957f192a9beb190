"""Taking sessions out of the ledger for good, and copying it whole."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path

from taximeter.host.trouble import Trouble
from taximeter.ledger.opening import ledger_trouble


@dataclass(frozen=True, slots=True)
class Doomed:
    """Which sessions are to go: of one project, or those that ended before a moment (ms UTC), or both."""

    project: str | None = None
    before: int | None = None


def count_doomed(connection: sqlite3.Connection, doomed: Doomed) -> tuple[int, int]:
    """How many sessions and requests would go."""
    where, values = _where(doomed)
    sql = f"SELECT count(*), coalesce(sum(requests), 0) FROM session WHERE {where}"
    count, requests = connection.execute(sql, values).fetchone()
    return int(count), int(requests)


def purge(connection: sqlite3.Connection, doomed: Doomed) -> None:
    """Take the sessions out, with their runs, requests and sums, and give their room back to the disk.

    Questions about their launches go, too, and those that were asked about the project or before that moment.
    The bookmarks of log files stay, so that what is gone is not read again.
    """
    where, values = _where(doomed)
    gone = f"SELECT id FROM session WHERE {where}"
    runs = f"SELECT id FROM run WHERE session_id IN ({gone})"
    connection.execute("BEGIN IMMEDIATE")
    try:
        connection.execute(f"DELETE FROM request WHERE run_id IN ({runs})", values)
        started = f"SELECT agent, call FROM run WHERE session_id IN ({gone})"
        connection.execute(f"DELETE FROM call WHERE (agent, name) IN ({started})", values)
        for table in ("rollup", "stale", "run"):
            connection.execute(f"DELETE FROM {table} WHERE session_id IN ({gone})", values)
        named = f"SELECT agent, name FROM session WHERE {where}"
        for table in ("refusal", "question"):
            connection.execute(f"DELETE FROM {table} WHERE (agent, session) IN ({named})", values)
        asked, values_asked = _where(doomed, "asked_at")
        connection.execute(f"DELETE FROM question WHERE {asked}", values_asked)
        connection.execute(f"DELETE FROM session WHERE {where}", values)
    except BaseException:
        connection.execute("ROLLBACK")
        raise
    connection.execute("COMMIT")
    connection.execute("VACUUM")
    connection.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()


def copy_whole(connection: sqlite3.Connection, target: Path) -> None:
    """Write a whole copy of the ledger as a new file, readable by its owner alone, and check it.

    Raises ``Trouble`` when there is such a file already, or the copy fails.
    """
    try:
        target.touch(0o600, exist_ok=False)
    except FileExistsError as error:
        raise Trouble(f"{target} exists already", "Name a file that does not.") from error
    except OSError as error:
        raise Trouble(f"{target} cannot be written", f"{error.strerror}.") from error
    try:
        with closing(sqlite3.connect(target)) as copy:
            connection.backup(copy)
            (told,) = copy.execute("PRAGMA quick_check(1)").fetchone()
    except sqlite3.Error as error:
        target.unlink(missing_ok=True)
        raise ledger_trouble(error, target) from error
    if told != "ok":
        target.unlink(missing_ok=True)
        raise Trouble("The copy is damaged", f"It was removed again ({told}); check the disk.")


def _where(doomed: Doomed, moment: str = "ended_at") -> tuple[str, list[object]]:
    where, values = ["1"], list[object]()
    if doomed.project is not None:
        where.append("project = ?")
        values.append(doomed.project)
    if doomed.before is not None:
        where.append(f"{moment} < ?")
        values.append(doomed.before)
    return " AND ".join(where), values
