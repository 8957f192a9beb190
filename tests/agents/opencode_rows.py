"""A database like opencode's, made by hand: the tables and columns that its reader looks at."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Sequence
from pathlib import Path
from typing import Any

DATA = ".local/share/opencode"
AT = 1_795_000_000_000
Used = dict[str, Any]
_TABLES = """
CREATE TABLE IF NOT EXISTS session (id TEXT PRIMARY KEY, parent_id TEXT, directory TEXT NOT NULL, title TEXT NOT NULL,
  version TEXT NOT NULL, time_created INTEGER NOT NULL);
CREATE TABLE IF NOT EXISTS message (id TEXT PRIMARY KEY, session_id TEXT NOT NULL, time_created INTEGER NOT NULL,
  time_updated INTEGER NOT NULL, data TEXT NOT NULL);
CREATE TABLE IF NOT EXISTS part (id TEXT PRIMARY KEY, message_id TEXT NOT NULL, data TEXT NOT NULL);
"""


def made(home: Path, *, tables: bool = True) -> sqlite3.Connection:
    """The database as its owner opens it."""
    file = home / DATA / "opencode.db"
    file.parent.mkdir(parents=True, exist_ok=True)
    owner = sqlite3.connect(file, isolation_level=None, timeout=0)
    owner.execute("PRAGMA journal_mode=wal")
    if tables:
        owner.executescript(_TABLES)
    return owner


def session(owner: sqlite3.Connection, id: str, parent: str | None = None) -> None:
    """A session; one with a parent is a subagent's."""
    owner.execute("INSERT INTO session VALUES (?, ?, '/home/dev/shop', 'Look (@explore subagent)', '1.18.33', ?)",
                  (id, parent, AT))  # fmt: skip


def used(input: int, output: int, *, thoughts: int = 0, total: int | None = None) -> Used:
    """The tokens of an answer; versions before 1.1 wrote no total."""
    found: Used = {"input": input, "output": output, "reasoning": thoughts, "cache": {"read": 0, "write": 0}}
    return found if total is None else {"total": total} | found


def answer(
    tokens: Used, *, at: int | None = AT, completed: int | None = AT + 400, finish: str | None = "stop",
    cost: float = 0.0, provider: str = "openai", **more: Any,
) -> Used:  # fmt: skip
    """An assistant's message."""
    said: Used = {"role": "assistant", "mode": "build", "path": {"cwd": "/home/dev/shop", "root": "/home/dev/shop"},
                  "cost": cost, "tokens": tokens, "modelID": "gpt-5.5", "providerID": provider,
                  "time": {"created": at, "completed": completed}}  # fmt: skip
    return said | more | ({} if finish is None else {"finish": finish})


def put(
    owner: sqlite3.Connection, session: str, id: str, message: Used, *, changed: int = AT, steps: Sequence[Used] = ()
) -> None:
    """Write a message, or write it anew; ``steps`` are the requests that it made, where those were several."""
    at = message["time"]["created"] or 0
    owner.execute("INSERT OR REPLACE INTO message VALUES (?, ?, ?, ?, ?)",
                  (id, session, at, changed, json.dumps(message, separators=(",", ":"))))  # fmt: skip
    for number, step in enumerate(steps):
        data = {"type": "step-finish", "tokens": step, "cost": 0.2}
        owner.execute("INSERT INTO part VALUES (?, ?, ?)",
                      (f"prt_{id}_{number}", id, json.dumps(data, separators=(",", ":"))))  # fmt: skip


def document(id: str, session: str, message: Used) -> bytes:
    """A message as a file of an older version."""
    return json.dumps({"id": id, "sessionID": session} | message, indent=2).encode()
