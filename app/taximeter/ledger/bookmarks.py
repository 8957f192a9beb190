"""How far each log was read, and what was newly read from it: what the collector hands to the writer."""

from __future__ import annotations

import sqlite3
from typing import NamedTuple

from taximeter.domain.reading import Reading

_COLUMNS = "agent, path, identity, size, mtime_us, first_mtime_us, offset, carry, parser, read_at, trouble"


class Bookmark(NamedTuple):
    """How far a file was read. ``identity`` tells a replaced file from an appended one."""

    agent: str
    path: str
    identity: str
    size: int
    mtime_us: int
    first_mtime_us: int
    offset: int
    carry: bytes
    parser: int
    read_at: int
    trouble: str = ""
    """Why the file could not be read, empty when it could."""
    moved_from: str = ""
    """The path it was read at before, when an agent moved it to its archive."""


class FileReading(NamedTuple):
    """What was newly read from one file, with the bookmark that covers it."""

    bookmark: Bookmark
    reading: Reading
    from_start: bool
    """True when the file was read from its first byte: counts of skipped lines start anew."""


def load_bookmarks(connection: sqlite3.Connection) -> dict[str, Bookmark]:
    """How far each file was read, by path."""
    return {row[1]: Bookmark(*row) for row in connection.execute(f"SELECT {_COLUMNS} FROM file")}


def load_bookmark(connection: sqlite3.Connection, path: str) -> Bookmark | None:
    """How far one file was read; None when it never was."""
    row = connection.execute(f"SELECT {_COLUMNS} FROM file WHERE path = ?", (path,)).fetchone()
    return None if row is None else Bookmark(*row)
