"""An agent that does not exist: it keeps documents, a database whose rows change, and a file that names projects."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterator
from pathlib import Path

from taximeter.agents.contract import Agent, LogFile
from taximeter.agents.records import keys_of
from taximeter.domain.reading import Reading, RunSeen, SessionSeen
from taximeter.domain.usage import Request, Tokens

AT = 1_794_300_000_000
PART = 2
"""Rows a part of a query's answer."""
TABLE = "CREATE TABLE IF NOT EXISTS answer(id TEXT PRIMARY KEY, input INTEGER, changed INTEGER)"
_key = keys_of(b"made-up")


def _bill(reading: Reading, name: str, used: int, cwd: str = "") -> None:
    reading.sessions["s"] = SessionSeen("s", cwd)
    reading.runs["s"] = RunSeen("s", "s")
    key = _key(name.encode())
    reading.requests[key] = Request(key, "s", AT, "gpt-5.5", Tokens(input=used), 0, 0, -1, 0)


def _read(document: bytes, carry: bytes, file: LogFile) -> tuple[Reading, bytes]:
    assert carry == b""
    reading = Reading()
    try:
        for name, used in json.loads(document).items():
            _bill(reading, name, used, file.beside.decode())
    except ValueError:
        reading.skip("broken JSON")
    return reading, b"not kept"


def _query(connection: sqlite3.Connection, carry: bytes, file: LogFile) -> Iterator[tuple[Reading, bytes]]:
    del file
    rows = connection.execute(
        "SELECT id, input, changed FROM answer WHERE changed > ? ORDER BY changed", (int(carry or 0),)
    )
    while part := rows.fetchmany(PART):
        reading = Reading()
        for name, used, _ in part:
            _bill(reading, name, used)
        yield reading, str(part[-1][2]).encode()


MADE_UP = Agent(
    id="made-up",
    name="Made up",
    parser_version=1,
    variables=(),
    homes=lambda env, home: (home / ".made-up",),
    log_folders=lambda home: (home / "tmp",),
    suffixes=(".json", ".db"),
    read=_read,
    knows=frozenset(),
    tested_on="nothing",
    documents=(".json",),
    databases=(".db",),
    query=_query,
    flat_folders=lambda home: (home,),
    within="chats",
    beside=lambda path: str(Path(path).with_suffix(".project")),
)
