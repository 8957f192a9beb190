"""Reading an agent's SQLite database without writing a byte in its folder and without keeping its owner from writing.

Why so: ``docs/decisions/0016-three-ways-to-read-a-log.md``.
"""

from __future__ import annotations

import contextlib
import os
import sqlite3
from collections.abc import Iterator
from functools import partial
from pathlib import Path

from taximeter.agents.contract import LogFile, Query
from taximeter.collect.discovery import Work, same_file
from taximeter.collect.tail import NOT_WHOLE, or_trouble
from taximeter.domain.reading import Reading
from taximeter.ledger.bookmarks import Bookmark, FileReading

_ATTEMPTS = 3
_BUSY_S = 1.0
NOT_FINISHED = "its owner has not finished writing it"
_Stamp = tuple[int, int, bool, bool]


def read_database(work: Work, now: int, query: Query) -> Iterator[FileReading]:
    """What is new in the database since its bookmark, a part at a time; or its trouble."""
    return or_trouble(work, now, partial(_parts, work, now, query))


def _parts(work: Work, now: int, query: Query) -> Iterator[FileReading]:
    found, known = work.found, work.bookmark
    goes_on = known is not None and (known.parser, known.trouble) == (found.parser, "")
    if known is not None and goes_on and same_file(known.identity, found):
        carry, first, moved_from = known.carry, known.first_mtime_us, known.path if known.path != found.path else ""
        from_start = False
    else:
        here_before = known is not None and known.path == found.path
        carry, moved_from, from_start = b"", "", True
        first = known.first_mtime_us if known is not None and here_before else found.mtime_us
    bookmark = Bookmark(found.agent, found.path, f"{found.device:x}:{found.inode:x}:0:", NOT_WHOLE, found.mtime_us,
                        first, found.size, carry, found.parser, now, moved_from=moved_from)  # fmt: skip
    waiting: FileReading | None = None
    try:
        for part, new_carry in _rows(found.path, carry, LogFile(found.path, first), query):
            if waiting is not None:
                yield waiting
                from_start, bookmark = False, bookmark._replace(moved_from="")
            bookmark = bookmark._replace(carry=new_carry)
            waiting = FileReading(bookmark, part, from_start)
    except sqlite3.Error as error:
        raise OSError(0, f"cannot be read as a database: {error}") from error
    last = waiting or FileReading(bookmark, Reading(), from_start)
    yield last._replace(bookmark=last.bookmark._replace(size=found.size))


def _rows(path: str, carry: bytes, file: LogFile, query: Query) -> Iterator[tuple[Reading, bytes]]:
    for _ in range(_ATTEMPTS):
        before = _stamp(path)
        if _is_live(before):
            with contextlib.closing(_connect(path, "mode=ro")) as connection:
                # One transaction, so that all parts show the same moment; in this mode no writer waits for a reader.
                connection.execute("BEGIN")
                yield from query(connection, carry, file)
            return
        try:
            with contextlib.closing(_connect(path, "mode=ro&immutable=1")) as connection:
                parts = list(query(connection, carry, file))
        except sqlite3.Error:
            # Half of what its owner is writing looks like damage.
            if _stamp(path) == before:
                raise
            continue
        if _stamp(path) == before and not _is_unfinished(before):
            yield from parts
            return
    raise OSError(0, NOT_FINISHED)


def _connect(path: str, options: str) -> sqlite3.Connection:
    return sqlite3.connect(f"{Path(path).as_uri()}?{options}", uri=True, isolation_level=None, timeout=_BUSY_S)


def _stamp(path: str) -> _Stamp:
    seen = os.stat(path)
    return seen.st_size, seen.st_mtime_ns, os.path.exists(path + "-wal"), _has_journal(path)


def _has_journal(path: str) -> bool:
    """Whether there is an older kind of journal with something in it; some owners empty it in place of removing it."""
    try:
        with open(path + "-journal", "rb", buffering=0) as journal:
            return journal.read(1) not in {b"", b"\0"}
    except OSError:
        return False


def _is_live(stamp: _Stamp) -> bool:
    """Whether an owner has it open, or left it open when it crashed: what is newest stands beside the file."""
    return stamp[2]


def _is_unfinished(stamp: _Stamp) -> bool:
    """Whether a transaction of the older kind of journal is under way, or was when its owner crashed."""
    return stamp[3]
