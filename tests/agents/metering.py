"""From log files to a ledger and back: what every test of a reader does."""

from __future__ import annotations

import os
import sqlite3
from collections.abc import Iterator, Mapping
from contextlib import closing, contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any, NamedTuple

from agents.lines import Record, jsonl
from shipped_book import book

from taximeter.agents import AGENTS
from taximeter.collect.discovery import Work, find_unread
from taximeter.collect.indexing import index
from taximeter.collect.reporting import IndexReport
from taximeter.collect.sources import Source, find_sources
from taximeter.domain.usage import Mark, Pricing, Tokens
from taximeter.ledger.bookmarks import load_bookmarks
from taximeter.ledger.opening import open_writing
from taximeter.ledger.writer import Writer

NOW = 1_795_500_000_000
"""2026-11-24T06:00Z: after everything that the tests log."""
OLD = 1_790_000_000
PROJECT = ".claude/projects/-home-dev-shop"
DAY_FOLDER = ".codex/sessions/2026/11/10"


class Bill(NamedTuple):
    """One request of the ledger, with names in place of row ids."""

    session: str
    run: str
    kind: str
    model: str
    at: int
    tokens: Tokens
    marks: Mark
    pricing: Pricing
    dollars: str
    fees: str
    claimed: int


def writer(connection: sqlite3.Connection) -> Writer:
    """A writer that prices by the shipped book."""
    shipped = book()
    return Writer(connection, shipped.price, (shipped.id, shipped.as_of, shipped.currency))


@dataclass(frozen=True)
class Meter:
    """A person's home with agents' logs in it, and the ledger that is made of them."""

    home: Path
    connection: sqlite3.Connection

    def write(self, path: str, data: bytes, age: int = 0) -> Path:
        """A file below the home; a larger ``age`` is an older file."""
        file = self.home / path
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(data)
        os.utime(file, (OLD - age, OLD - age))
        return file

    def claude(self, path: str, *records: Record, age: int = 0) -> Path:
        """A transcript of Claude Code below the project's folder."""
        return self.write(f"{PROJECT}/{path}.jsonl", jsonl(*records), age)

    def codex(self, name: str, *records: Record, age: int = 0, folder: str = DAY_FOLDER) -> Path:
        """A rollout of Codex."""
        return self.write(f"{folder}/rollout-2026-11-10T10-00-00-{name}.jsonl", jsonl(*records), age)

    def sources(self) -> tuple[Source, ...]:
        """Where the agents look by default below this home."""
        return find_sources(AGENTS, {}, self.home, {})

    def unread(self) -> list[Work]:
        """What is to be read."""
        return find_unread(self.sources(), load_bookmarks(self.connection))

    def index(self, now: int = NOW, assumed: Mapping[str, str] | None = None) -> IndexReport:
        """Bring the ledger up to date."""
        return index(self.unread(), now, assumed or {}, writer(self.connection).apply, lambda _: None)

    def bills(self) -> list[Bill]:
        """All requests, oldest first."""
        query = """SELECT session.name, run.name, run.kind, model.name, at, q.input, q.cache_read, q.cache_write_5m,
            q.cache_write_1h, q.output, q.reasoning, marks, pricing,
            q.cost_input + q.cost_cache_read + q.cost_cache_write + q.cost_output + q.cost_fees, q.cost_fees,
            claimed_cost
          FROM request q JOIN run ON run.id = run_id JOIN session ON session.id = run.session_id
          JOIN model ON model.id = model_id ORDER BY at, run.name, key"""
        return [_bill(row) for row in self.connection.execute(query)]

    def bill(self) -> Bill:
        """The only request there is."""
        (only,) = self.bills()
        return only

    def totals(self) -> tuple[int, Tokens]:
        """Requests and tokens, summed from the requests themselves."""
        bills = self.bills()
        return len(bills), Tokens(*(sum(kind) for kind in zip(*(bill.tokens for bill in bills), strict=True)))

    def sums(self) -> dict[str, tuple[int, str]]:
        """Requests and dollars on each session's row that has any."""
        query = "SELECT name, requests, cost FROM session WHERE requests > 0"
        return {row[0]: (row[1], _dollars(row[2])) for row in self.connection.execute(query)}

    def skipped(self) -> dict[str, int]:
        """Lines that were not used, by reason."""
        query = "SELECT reason, sum(count) FROM skipped GROUP BY reason"
        return dict(self.connection.execute(query).fetchall())

    def one(self, query: str) -> Any:
        """The first row of a query."""
        return self.connection.execute(query).fetchone()


@contextmanager
def open_meter(folder: Path) -> Iterator[Meter]:
    """A meter with an empty ledger, or the one that is there."""
    with closing(open_writing(folder / "ledger.db")) as connection:
        yield Meter(folder, connection)


def dump(connection: sqlite3.Connection, *leave_out: str) -> dict[str, list[tuple[Any, ...]]]:
    """Everything in the ledger but when it was read; ``leave_out`` names more columns."""
    tables = [row[0] for row in connection.execute("SELECT name FROM sqlite_master WHERE type = 'table' ORDER BY name")]
    everything = {}
    for table in tables:
        columns = [row[1] for row in connection.execute(f"PRAGMA table_info({table})")]
        kept = ", ".join(f'"{name}"' for name in columns if name not in {"read_at", *leave_out})
        everything[table] = connection.execute(f"SELECT {kept} FROM {table} ORDER BY 1").fetchall()
    return everything


def picture(connection: sqlite3.Connection) -> dict[str, list[tuple[Any, ...]]]:
    """What the ledger says, without row ids: equal however and in whatever order it came to be."""
    queries = {
        "requests": """SELECT hex(key), run.agent, run.name, model.name, at, input, cache_read, cache_write_5m,
            cache_write_1h, output, reasoning, marks, web_searches, claimed_cost, pricing, cost_input, cost_cache_read,
            cost_cache_write, cost_output, cost_fees
          FROM request JOIN run ON run.id = run_id JOIN model ON model.id = model_id""",
        "runs": """SELECT run.agent, run.name, session.name, parent, kind, type, label, run.started_at, run.ended_at,
            call, launch, told_end, told_at
          FROM run JOIN session ON session.id = session_id WHERE run.ended_at > 0""",
        "sessions": """SELECT agent, name, cwd, project, started_at, ended_at, runs, peak, requests, input, cache_read,
            cache_write_5m, cache_write_1h, output, reasoning, total_tokens, cost, cost_fees, unpriced_tokens,
            estimated, unpriced, floors,
            (SELECT group_concat(value) FROM (SELECT value FROM json_each(models) ORDER BY 1))
          FROM session WHERE requests > 0""",
        "rollup": """SELECT day, session.name, model.name, fast, first_at, last_at, r.requests, r.input, r.output,
            r.cost_input + r.cost_cache_read + r.cost_cache_write + r.cost_output + r.cost_fees
          FROM rollup r JOIN session ON session.id = session_id JOIN model ON model.id = model_id""",
        "calls": "SELECT * FROM call",
        "windows": "SELECT * FROM plan_window",
        "refusals": "SELECT hex(key), agent, session, at, reason FROM refusal",
    }
    return {name: sorted(connection.execute(query).fetchall()) for name, query in queries.items()}


def _bill(row: tuple[Any, ...]) -> Bill:
    session, run, kind, model, at, *rest = row
    marks, pricing, cost, fees, claimed = rest[6:]
    return Bill(session, run, kind, model, at, Tokens(*rest[:6]), Mark(marks), Pricing(pricing), _dollars(cost),
                _dollars(fees), claimed)  # fmt: skip


def _dollars(nano: int) -> str:
    return f"{nano / 1e9:.6f}"
