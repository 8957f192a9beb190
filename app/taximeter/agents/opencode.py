"""opencode: ``<home>/opencode*.db`` (SQLite); before 1.2 files, ``<home>/storage/message/<session>/<message>.json``.

What a message is and how it becomes a bill: ``opencode_messages``. When opencode takes the files into its database it
leaves them where they are: both give the same keys. A subagent is a session of its own, which names its parent.
"""

from __future__ import annotations

import os
from collections.abc import Iterator, Mapping
from pathlib import Path, PurePath
from typing import TYPE_CHECKING

import msgspec

from taximeter.agents.contract import Agent, LogFile
from taximeter.agents.opencode_messages import ODD, Message, Session, Step, message_of, note_bills, note_run
from taximeter.agents.records import decoded, keys_of, named_folders
from taximeter.domain.reading import CallSeen, Reading

if TYPE_CHECKING:
    import sqlite3

_key = keys_of(b"opencode")
PART = 500
"""Messages in one part of a query's answer."""
_BEHIND_MS = 10_000
"""So far behind the mark rows are looked at again: a process stamps a row, then waits for its turn, up to 5 s."""
_NEWER = "answers in a form of newer versions, which is not read yet"
_KEYS = "SELECT time_updated, id FROM message WHERE (time_updated, id) > (?, ?) ORDER BY time_updated, id"
_ROW = """SELECT id, session_id, CAST(data AS BLOB) FROM message WHERE id = ? AND instr(data, '"assistant"') > 0"""
_SESSION = "SELECT id, parent_id, directory, title, version, time_created FROM session WHERE id = ?"
_STEPS = """SELECT CAST(data AS BLOB) FROM part WHERE message_id = ? AND instr(data, '"step-finish"') > 0 ORDER BY id"""
_STARTER = """SELECT id FROM message WHERE session_id = ? AND time_created <= ? AND instr(data, '"assistant"') > 0
  ORDER BY time_created DESC, id DESC LIMIT 1"""
_CALL = "SELECT CAST(data AS BLOB) FROM part WHERE message_id = ? AND instr(data, ?) > 0"
_UNREAD = """SELECT count(*) FROM session_message WHERE time_created > ? AND time_created <= ? AND type = 'assistant'
  AND id NOT IN (SELECT id FROM message)"""


class _Mark(msgspec.Struct, gc=False):
    """Up to where the database was read; ``whole`` when there was nothing behind it."""

    changed: int = 0
    id: str = ""
    whole: bool = False
    newer: int = 0
    """Up to when answers in the newer form were counted."""


class _Call(msgspec.Struct, gc=False):
    id: str | None = msgspec.field(default=None, name="callID")


_mark = msgspec.json.Decoder(_Mark)
_session = msgspec.json.Decoder(Session)
_step = msgspec.json.Decoder(Step)
_call = msgspec.json.Decoder(_Call)


class _Rows:
    """The reading of a database: its sessions are looked up once."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        self._ask = connection.execute
        self._sessions: dict[str, tuple[Session, str]] = {}
        self._calls: dict[str, CallSeen | None] = {}

    def message(self, reading: Reading, id: str) -> None:
        """Take in one message, if it is an answer."""
        row = self._ask(_ROW, (id,)).fetchone()
        message = decoded(message_of, row[2], reading, ODD) if row is not None else None
        if message is None or message.role != "assistant":
            return
        message.id = id
        session, root = self._session(row[1])
        note_run(reading, message, session, root)
        started = self._calls.get(session.id)
        if started is not None:
            reading.note_call(started)
        steps = [] if message.finish is not None else self._steps(reading, id)
        note_bills(reading, message, session.id, steps, _key)

    def _steps(self, reading: Reading, id: str) -> list[Step]:
        found = (decoded(_step, row[0], reading, ODD) for row in self._ask(_STEPS, (id,)).fetchall())
        return [step for step in found if step is not None]

    def _session(self, id: str) -> tuple[Session, str]:
        """A session, and the one that it belongs to in the end."""
        if id in self._sessions:
            return self._sessions[id]
        row = self._ask(_SESSION, (id,)).fetchone()
        session = Session(id) if row is None else Session(row[0], *(each or "" for each in row[1:5]))
        self._sessions[id] = session, id  # for parents that go round in a circle
        if session.parent:
            self._sessions[id] = session, self._session(session.parent)[1]
            self._calls[id] = self._started(session, row[5])
        return self._sessions[id]

    def _started(self, session: Session, at: int) -> CallSeen | None:
        """The call that started a subagent: it stands in its parent's answer that came last before it."""
        starter = self._ask(_STARTER, (session.parent, at)).fetchone()
        part = self._ask(_CALL, (starter[0], f'"{session.id}"')).fetchone() if starter is not None else None
        call = decoded(_call, part[0], Reading(), "") if part is not None else None
        return CallSeen(session.id, call.id, starter[0]) if call is not None and call.id else None


def _query(connection: sqlite3.Connection, carry: bytes, file: LogFile) -> Iterator[tuple[Reading, bytes]]:
    del file
    mark = _mark.decode(carry) if carry else _Mark()
    keys = connection.execute(_KEYS, (mark.changed - _BEHIND_MS, "") if mark.whole else (mark.changed, mark.id))
    rows, reading = _Rows(connection), Reading()
    newer = _count_newer(connection, mark.newer, reading)
    whole = False
    while not whole:
        part = keys.fetchmany(PART)
        whole = len(part) < PART
        for _, id in part:
            rows.message(reading, id)
        changed, id = max((mark.changed, mark.id), part[-1]) if part else (mark.changed, mark.id)
        mark = _Mark(changed, id, whole, newer)
        yield reading, msgspec.json.encode(mark)
        reading = Reading()


def _count_newer(connection: sqlite3.Connection, since: int, reading: Reading) -> int:
    """Count the answers that only newer versions' table has, up to its last row, whose time is returned."""
    if connection.execute("SELECT 1 FROM sqlite_master WHERE name = 'session_message'").fetchone() is None:
        return since
    last = connection.execute("SELECT max(time_created) FROM session_message").fetchone()[0] or since
    count = connection.execute(_UNREAD, (since, last)).fetchone()[0] if last > since else 0
    if count:
        reading.skip(_NEWER, count)
    return int(last)


def _read(document: bytes, carry: bytes, file: LogFile) -> tuple[Reading, bytes]:
    """A message as older versions keep it, its session's file beside it."""
    del carry
    reading = Reading()
    message = decoded(message_of, document, reading, ODD, (b'"assistant"',))
    if message is None and not document.rstrip().endswith(b"}"):
        reading.skip("document cut off")
    if message is None or message.role != "assistant":
        return reading, b""
    message.session = message.session or PurePath(file.path).parts[-2]
    message.id = message.id or PurePath(file.path).stem
    known = decoded(_session, file.beside, Reading(), "") if file.beside else None
    session = known or _unknown(message)
    session.id = message.session
    note_run(reading, message, session, session.parent or session.id)
    note_bills(reading, message, session.id, (), _key)
    return reading, b""


def _unknown(message: Message) -> Session:
    """A session whose file is gone."""
    return Session(message.session or "", directory=(message.path.cwd or "") if message.path else "")


def _session_file(path: str) -> str:
    """The file of a message's session. It lies in its project's folder, whose name the message's path does not tell."""
    place = Path(path)
    name, sessions = f"{place.parent.name}.json", place.parents[2] / "session"
    try:
        projects = sorted(os.listdir(sessions))
    except OSError:
        return ""
    return next((str(sessions / each / name) for each in projects if (sessions / each / name).exists()), "")


def _homes(env: Mapping[str, str], home: Path) -> tuple[Path, ...]:
    """Its data folder, and the folder of a database that was put elsewhere."""
    named = named_folders(env, "OPENCODE_DATA_DIR")
    usual = Path(env.get("XDG_DATA_HOME") or home / ".local" / "share") / "opencode"
    database = Path(env.get("OPENCODE_DB", ""))
    return (*(named or (usual,)), *((database.parent,) if database.is_absolute() else ()))


OPENCODE = Agent(
    id="opencode",
    name="opencode",
    parser_version=1,
    variables=("OPENCODE_DATA_DIR", "XDG_DATA_HOME", "OPENCODE_DB"),
    homes=_homes,
    log_folders=lambda home: (home / "storage" / "message",),
    suffixes=(".json", ".db"),
    read=_read,
    knows=frozenset(
        {"tokens", "cache", "cache writes", "thoughts", "model", "project", "parent run", "own cost", "refusals"}
    ),
    tested_on="1.1.65, 1.2.27 and 1.18.33",
    documents=(".json",),
    databases=(".db",),
    query=_query,
    flat_folders=lambda home: (home,),
    flat_suffixes=(".db",),
    beside=_session_file,
)
