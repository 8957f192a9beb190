"""The one hand that writes: readings of log files become rows, each file's bookmark in the same transaction.

A crash before the commit leaves the bookmark where it was, so the same bytes are read again; a crash
after it leaves both. Inserting twice changes nothing (``domain.usage.merge``).
"""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from typing import NamedTuple

from taximeter.domain.pricing import Price
from taximeter.domain.reading import Reading, RunSeen, SessionSeen, closer_parent, later_end
from taximeter.ledger import rollup
from taximeter.ledger.bookmarks import FileReading
from taximeter.ledger.requests import Seen, insert_requests

_RUN_FACTS = "session_id, parent, kind, type, label, call, launch, told_end, told_at"
_NINE, _ELEVEN = ", ".join("?" * 9), ", ".join("?" * 11)


class Written(NamedTuple):
    """What a batch changed."""

    requests: int
    """New requests; those that were known already are not counted."""
    sessions: frozenset[int]
    """Rows of ``session`` whose sums changed."""


class Writer:
    """Writes readings into an open ledger. One per process, used from one thread."""

    def __init__(self, connection: sqlite3.Connection, price: Price, book: tuple[str, str, str]) -> None:
        """``book`` is the price book's id, date (ISO) and currency; every priced request names it."""
        self._connection = connection
        self._price = price
        self._book = book
        self._book_id = 0
        self._models: dict[str, int] = {}
        self._seen = Seen(connection)

    def apply(self, readings: Sequence[FileReading], *, sums: bool = True) -> Written:
        """Write a batch in one transaction.

        With ``sums`` False the sums of the touched sessions are left for ``refresh_sums`` (a bulk
        index makes them once at the end; which ones are due is remembered in the ledger).
        """
        connection = self._connection
        try:
            with transaction(connection):
                written = self._write(readings)
                due = ((session,) for session in written.sessions)
                connection.executemany("INSERT OR IGNORE INTO stale VALUES (?)", due)
                if sums:
                    self._refresh()
        except BaseException:
            # What was remembered may name rows that the rollback took away.
            self._models.clear()
            self._book_id = 0
            self._seen.sums = None
            raise
        return written

    def run(self, job: Callable[[sqlite3.Connection], None]) -> None:
        """Let ``job`` write something else than readings, in a transaction of its own."""
        self._seen.sums = None
        with transaction(self._connection):
            job(self._connection)

    def run_alone(self, job: Callable[[sqlite3.Connection], None]) -> None:
        """Let ``job`` begin and end its transactions itself, as what takes rows out for good has to."""
        try:
            job(self._connection)
        finally:
            self._models.clear()
            self._book_id = 0
            self._seen.sums = None

    def refresh_sums(self) -> None:
        """Make the sums of all sessions that are due, in a transaction of its own."""
        with transaction(self._connection):
            self._refresh()

    def _refresh(self) -> None:
        passing, self._seen.sums = self._seen.sums, None
        rollup.refresh(self._connection, passing)

    def _write(self, readings: Sequence[FileReading]) -> Written:
        connection = self._connection
        new, touched = 0, set[int]()
        for agent, group in _by_agent(readings).items():
            sessions = _write_sessions(connection, agent, group)
            runs, moved = _write_runs(connection, agent, group, sessions)
            touched |= moved
            found = [item.reading.requests for item in group if item.reading.requests]
            names = {(request.run, request.model) for requests in found for request in requests.values()}
            ids = self._run_ids(agent, {run for run, _ in names}, runs), self._models_of({model for _, model in names})
            counts = insert_requests(connection, found, *ids, self._price, self._book_row(), self._seen)
            new += counts.inserted
            touched |= counts.sessions
            for item in group:
                _write_events(connection, agent, item.reading)
                _write_bookmark(connection, item)
        return Written(new, frozenset(touched))

    def _run_ids(self, agent: str, names: set[str], known: Mapping[str, int]) -> dict[str, int]:
        """Row ids of all runs that requests name; a run seen in an earlier chunk is looked up."""
        ids = dict(known)
        for name in names - ids.keys():
            row = self._connection.execute("SELECT id FROM run WHERE agent = ? AND name = ?", (agent, name)).fetchone()
            if row is None:
                session = _session_id(self._connection, agent, SessionSeen(name))
                row = (_run_id(self._connection, agent, RunSeen(name, name), session)[0],)
            ids[name] = row[0]
        return ids

    def _models_of(self, names: set[str]) -> Mapping[str, int]:
        for name in names - self._models.keys():
            self._connection.execute("INSERT OR IGNORE INTO model(name) VALUES (?)", (name,))
            (self._models[name],) = self._connection.execute("SELECT id FROM model WHERE name = ?", (name,)).fetchone()
        return self._models

    def _book_row(self) -> int:
        if not self._book_id:
            self._book_id = book_row(self._connection, self._book)
        return self._book_id


def book_row(connection: sqlite3.Connection, book: tuple[str, str, str]) -> int:
    """The row of a price book (id, date, currency), made when it is new."""
    connection.execute("INSERT OR IGNORE INTO price_book(name, as_of, currency) VALUES (?, ?, ?)", book)
    (row,) = connection.execute("SELECT id FROM price_book WHERE name = ?", book[:1]).fetchone()
    return int(row)


@contextmanager
def transaction(connection: sqlite3.Connection) -> Iterator[None]:
    """Take the write lock at once; commit at the end, or roll back on any exception."""
    connection.execute("BEGIN IMMEDIATE")
    try:
        yield
        connection.execute("COMMIT")
    except BaseException:
        if connection.in_transaction:  # a full disk has rolled back already
            connection.execute("ROLLBACK")
        raise


def _by_agent(readings: Iterable[FileReading]) -> dict[str, list[FileReading]]:
    groups: dict[str, list[FileReading]] = {}
    for item in readings:
        groups.setdefault(item.bookmark.agent, []).append(item)
    return groups


def _write_sessions(connection: sqlite3.Connection, agent: str, group: Sequence[FileReading]) -> dict[str, int]:
    """Note the sessions that lines told of; later facts of a chunk were kept by the reader."""
    ids: dict[str, int] = {}
    for item in group:
        for seen in item.reading.sessions.values():
            ids[seen.id] = _session_id(connection, agent, seen)
    return ids


def _session_id(connection: sqlite3.Connection, agent: str, seen: SessionSeen) -> int:
    project = seen.cwd.replace("\\", "/").rstrip("/").rpartition("/")[2]
    (row,) = connection.execute(
        """INSERT INTO session(agent, name, cwd, project, branch, version) VALUES (?, ?, ?, ?, ?, ?)
        ON CONFLICT(agent, name) DO UPDATE SET
          cwd = CASE WHEN session.cwd = '' THEN excluded.cwd ELSE session.cwd END,
          project = CASE WHEN session.cwd = '' THEN excluded.project ELSE session.project END,
          branch = CASE WHEN excluded.branch = '' THEN session.branch ELSE excluded.branch END,
          version = CASE WHEN excluded.version = '' THEN session.version ELSE excluded.version END
        RETURNING id""",
        (agent, seen.id, seen.cwd, project, seen.branch, seen.version),
    ).fetchone()
    return int(row)


def _write_runs(
    connection: sqlite3.Connection, agent: str, group: Sequence[FileReading], sessions: dict[str, int]
) -> tuple[dict[str, int], set[int]]:
    ids: dict[str, int] = {}
    touched: set[int] = set()
    for item in group:
        for seen in item.reading.runs.values():
            session = sessions.get(seen.session)
            if session is None:
                session = sessions[seen.session] = _session_id(connection, agent, SessionSeen(seen.session))
            if seen.id != seen.session:
                session, moved = _root(connection, agent, seen, session)
                touched |= moved
            ids[seen.id], moved = _run_id(connection, agent, seen, session)
            touched |= moved
    return ids, touched


def _root(connection: sqlite3.Connection, agent: str, seen: RunSeen, session: int) -> tuple[int, set[int]]:
    """The root session of a run whose log names only its parent thread (x12), and the sessions that changed.

    The parent may itself be a run of another session; and runs that named this one as their parent
    before it was known wait in a session of its name, which now dissolves.
    """
    row = connection.execute(
        "SELECT session_id FROM run WHERE agent = ? AND name = ? AND session_id != ?", (agent, seen.session, session)
    ).fetchone()
    root = int(row[0]) if row else session
    waiting = connection.execute("SELECT id FROM session WHERE agent = ? AND name = ?", (agent, seen.id)).fetchone()
    if waiting is None or waiting[0] == root:
        return root, set()
    connection.execute("UPDATE run SET session_id = ? WHERE session_id = ?", (root, waiting[0]))
    return root, {root, int(waiting[0])}


def _run_id(connection: sqlite3.Connection, agent: str, seen: RunSeen, session: int) -> tuple[int, set[int]]:
    """The run's row, and the sessions whose sums change because it moved."""
    row = connection.execute(f"SELECT id, {_RUN_FACTS} FROM run WHERE agent = ? AND name = ?", (agent, seen.id)
                             ).fetchone()  # fmt: skip
    if row is None:
        facts = (agent, seen.id, session, *seen[2:])
        cursor = connection.execute(f"INSERT INTO run(agent, name, {_RUN_FACTS}) VALUES ({_ELEVEN})", facts)
        return int(cursor.lastrowid or 0), set()
    parent = closer_parent(seen, row[2])
    home = session if seen.parent or seen.id == seen.session else row[1]
    wanted = (home, parent, seen.kind if parent else row[3], seen.type or row[4], seen.label or row[5],
              max(seen.call, row[6]), max(seen.launch, row[7]),
              *later_end((seen.end, seen.told_at), (row[8], row[9])))  # fmt: skip
    if wanted != row[1:]:
        connection.execute(f"UPDATE run SET ({_RUN_FACTS}) = ({_NINE}) WHERE id = ?", (*wanted, row[0]))
    return int(row[0]), {home, int(row[1])} if home != row[1] else set()


def _write_events(connection: sqlite3.Connection, agent: str, reading: Reading) -> None:
    if reading.calls:
        connection.executemany(
            """INSERT INTO call VALUES (?, ?, ?, ?) ON CONFLICT DO UPDATE SET
              call = min(call.call, excluded.call), launch = min(call.launch, excluded.launch)""",
            ((agent, *seen) for seen in reading.calls.values()),
        )
    if reading.windows:
        connection.executemany(
            """INSERT INTO plan_window VALUES (?, ?, ?, ?, ?, ?, ?) ON CONFLICT DO UPDATE SET
              used_percent = excluded.used_percent, resets_at = excluded.resets_at,
              observed_at = excluded.observed_at, plan = excluded.plan
            WHERE excluded.observed_at > plan_window.observed_at""",
            ((agent, *window) for window in reading.windows),
        )
    if reading.refusals:
        connection.executemany(
            "INSERT OR IGNORE INTO refusal VALUES (?, ?, ?, ?, ?)",
            ((seen.key, agent, seen.session, seen.at, seen.reason) for seen in reading.refusals),
        )


def _write_bookmark(connection: sqlite3.Connection, item: FileReading) -> None:
    if item.bookmark.moved_from:
        connection.execute(
            "UPDATE OR IGNORE file SET path = ? WHERE path = ?", (item.bookmark.path, item.bookmark.moved_from)
        )
    (file_id,) = connection.execute(
        """INSERT INTO file(agent, path, identity, size, mtime_us, first_mtime_us, offset, carry, parser, read_at,
          trouble) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT(path) DO UPDATE SET agent = excluded.agent,
          identity = excluded.identity, size = excluded.size, mtime_us = excluded.mtime_us,
          first_mtime_us = excluded.first_mtime_us, offset = excluded.offset, carry = excluded.carry,
          parser = excluded.parser, read_at = excluded.read_at, trouble = excluded.trouble
        RETURNING id""",
        item.bookmark[:11],
    ).fetchone()
    if item.from_start:
        connection.execute("DELETE FROM skipped WHERE file_id = ?", (file_id,))
    if not item.reading.skipped:
        return
    connection.executemany(
        "INSERT INTO skipped VALUES (?, ?, ?) ON CONFLICT DO UPDATE SET count = count + excluded.count",
        ((file_id, reason, count) for reason, count in item.reading.skipped.items()),
    )
