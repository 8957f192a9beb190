"""A small made-up ledger, and the sums that the writer keeps made here by plain SQL as a second opinion."""

from __future__ import annotations

import json
import sqlite3
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from taximeter.domain.usage import Mark, Pricing
from taximeter.ledger.opening import open_writing

HOUR = 3_600_000
DAY = 24 * HOUR


def at(text: str) -> int:
    """Milliseconds of an ISO time in UTC."""
    return round(datetime.fromisoformat(text).replace(tzinfo=UTC).timestamp() * 1000)


@dataclass(frozen=True)
class Made:
    """One request of a made-up ledger; the cost is split over the kinds so that it adds up."""

    session: str
    at: int
    cost: int = 1_000_000_000
    run: str = ""
    agent: str = "claude-code"
    project: str = "shop"
    branch: str = "main"
    model: str = "opus-5"
    output: int = 100
    marks: int = 0
    pricing: int = int(Pricing.EXACT)
    parent: str = ""
    kind: str = "subagent"
    type: str = ""


def make(path: Path, requests: list[Made]) -> sqlite3.Connection:
    """A ledger with these requests, its sums made; the connection writes."""
    connection = open_writing(path)
    connection.execute("BEGIN")
    connection.execute("INSERT OR IGNORE INTO price_book VALUES(1, 'test-1', '2026-11-01', 'USD')")
    for number, made in enumerate(requests):
        _store(connection, made, number)
    make_sums(connection)
    connection.execute("COMMIT")
    return connection


def _store(connection: sqlite3.Connection, made: Made, number: int) -> None:
    one = connection.execute
    one("INSERT OR IGNORE INTO session(agent, name, project, branch) VALUES(?, ?, ?, ?)",
        (made.agent, made.session, made.project, made.branch))  # fmt: skip
    (session,) = one("SELECT id FROM session WHERE agent = ? AND name = ?", (made.agent, made.session)).fetchone()
    run = made.run or made.session
    kind = "main" if run == made.session else made.kind
    one("INSERT OR IGNORE INTO run(agent, name, session_id, parent, kind, type) VALUES(?, ?, ?, ?, ?, ?)",
        (made.agent, run, session, made.parent, kind, made.type))  # fmt: skip
    (run_id,) = one("SELECT id FROM run WHERE agent = ? AND name = ?", (made.agent, run)).fetchone()
    one("INSERT OR IGNORE INTO model(name) VALUES(?)", (made.model,))
    (model,) = one("SELECT id FROM model WHERE name = ?", (made.model,)).fetchone()
    part = made.cost // 4 if made.pricing != Pricing.UNPRICED else 0
    rest = made.cost - 3 * part if made.pricing != Pricing.UNPRICED else 0
    one(f"INSERT INTO request VALUES({', '.join('?' * 21)})",
        (number.to_bytes(12, "big"), run_id, made.at, model, 10, 1000, 20, 30, made.output, made.output // 2,
         made.marks, 0, -1, 0, made.pricing, part, part, part, rest, 0, 1))  # fmt: skip


_SUMS = """count(*), sum(q.input), sum(q.cache_read), sum(q.cache_write_5m), sum(q.cache_write_1h), sum(q.output),
  sum(q.reasoning), {total} sum(q.cost_input), sum(q.cost_cache_read), sum(q.cost_cache_write), sum(q.cost_output),
  sum(q.cost_fees), sum(CASE WHEN q.pricing = 2
    THEN q.input + q.cache_read + q.cache_write_5m + q.cache_write_1h + q.output ELSE 0 END),
  sum(q.pricing = 1), sum(q.pricing = 2), sum(q.marks & 32 <> 0)"""
_TOTAL = """sum(q.input + q.cache_read + q.cache_write_5m + q.cache_write_1h + q.output),
  sum(q.cost_input + q.cost_cache_read + q.cost_cache_write + q.cost_output + q.cost_fees),"""


def make_sums(connection: sqlite3.Connection) -> None:
    """Make the rollup, and the sums on runs and sessions, from the requests alone."""
    connection.create_function("day_of", 1, lambda ms: datetime.fromtimestamp(ms / 1000).strftime("%Y-%m-%d"))
    connection.execute("DELETE FROM rollup")
    connection.execute(f"""INSERT INTO rollup
        SELECT day_of(q.at), u.session_id, q.model_id, q.marks & {Mark.FAST:d} <> 0, min(q.at), max(q.at),
          {_SUMS.format(total="")} FROM request q JOIN run u ON u.id = q.run_id GROUP BY 1, 2, 3, 4""")
    connection.execute("""UPDATE run SET (started_at, ended_at) =
        (SELECT coalesce(min(at), 0), coalesce(max(at), 0) FROM request WHERE run_id = run.id)""")
    connection.execute(f"""UPDATE session SET (started_at, ended_at, models, runs, peak, requests, input, cache_read,
          cache_write_5m, cache_write_1h, output, reasoning, total_tokens, cost, cost_input, cost_cache_read,
          cost_cache_write, cost_output, cost_fees, unpriced_tokens, estimated, unpriced, floors) =
        (SELECT min(q.at), max(q.at), (SELECT json_group_array(name) FROM (SELECT DISTINCT m.name FROM request p
            JOIN run v ON v.id = p.run_id JOIN model m ON m.id = p.model_id WHERE v.session_id = session.id)),
          (SELECT count(*) FROM run v WHERE v.session_id = session.id AND v.kind <> 'main'),
          (SELECT count(*) FROM run v WHERE v.session_id = session.id AND v.kind <> 'main'),
          {_SUMS.format(total=_TOTAL)} FROM request q JOIN run u ON u.id = q.run_id WHERE u.session_id = session.id)
        WHERE EXISTS(SELECT 1 FROM run v JOIN request p ON p.run_id = v.id WHERE v.session_id = session.id)""")


def models_of(connection: sqlite3.Connection, session: str) -> list[str]:
    """The models that a session's row names."""
    return list(json.loads(connection.execute("SELECT models FROM session WHERE name = ?", (session,)).fetchone()[0]))
