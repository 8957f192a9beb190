"""What runs now, what was refused, and all that the tray shows."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from pathlib import Path
from types import ModuleType

import pytest

from taximeter.domain.usage import Pricing, Totals
from taximeter.ledger import queries_keeping
from taximeter.ledger.queries_now import newest_refusal, plan_windows, running, snapshot
from taximeter.ledger.readmodels import PlanWindow, SkippedLines

MINUTE = 60_000


@pytest.fixture
def now(made: ModuleType) -> int:
    moment: int = made.at("2026-11-10T12:00:00")
    return moment


@pytest.fixture
def ledger(made: ModuleType, tmp_path: Path, now: int) -> Iterator[sqlite3.Connection]:
    one = made.Made
    connection = made.make(tmp_path / "ledger.db", [
        one("busy", now - 30 * MINUTE, cost=10**12),
        one("busy", now - 9 * MINUTE, cost=3 * 10**9),
        one("busy", now - 1 * MINUTE, cost=2 * 10**9),
        one("busy", now - 1 * MINUTE, cost=10**9, run="sub-1"),
        one("busy", now - 3 * MINUTE, cost=0, run="sub-2"),
        one("slow", now - 4 * MINUTE, agent="codex", model="new", pricing=int(Pricing.UNPRICED)),
        one("over", now - 6 * MINUTE, cost=7),
        one("yesterday", now - 24 * 60 * MINUTE, cost=5, agent="old"),
    ])  # fmt: skip
    yield connection
    connection.close()


def test_what_spoke_within_five_minutes_runs(ledger: sqlite3.Connection, now: int) -> None:
    busy, slow = running(ledger, now)
    assert (busy.session.id, busy.agents, busy.cost_per_hour) == ("busy", 2, 36 * 10**9)
    assert (slow.session.id, slow.agents, slow.cost_per_hour) == ("slow", 1, None)
    assert running(ledger, now + 6 * MINUTE) == ()


def test_running_sessions_are_found_by_time(ledger: sqlite3.Connection, now: int) -> None:
    statements = list[str]()
    ledger.set_trace_callback(statements.append)
    running(ledger, now)
    ledger.set_trace_callback(None)
    assert "SEARCH s USING INDEX session_recent" in ledger.execute(f"EXPLAIN QUERY PLAN {statements[0]}").fetchone()[3]


def test_a_refusal_holds_until_that_agent_succeeds(ledger: sqlite3.Connection, now: int) -> None:
    def refuse(agent: str, at: int, reason: str) -> None:
        ledger.execute("INSERT INTO refusal VALUES(randomblob(12), ?, 'x', ?, ?)", (agent, at, reason))

    assert newest_refusal(ledger) is None
    refuse("old", now - 2 * MINUTE, "rate")
    assert newest_refusal(ledger) is None
    refuse("old", now - 3 * MINUTE, "budget")
    found = newest_refusal(ledger)
    assert found is not None
    assert (found.agent, found.reason, found.at) == ("old", "budget", now - 3 * MINUTE)
    refuse("codex", now - 2 * MINUTE, "credit")
    refuse("claude-code", now - 5 * MINUTE, "budget")
    found = newest_refusal(ledger)
    assert found is not None
    assert found.agent == "codex"


def test_a_refused_agent_is_still_told_of_when_another_has_recovered(ledger: sqlite3.Connection, now: int) -> None:
    ledger.execute("INSERT INTO refusal VALUES(x'01', 'old', 'x', ?, 'budget')", (now - 20 * MINUTE,))
    ledger.execute("INSERT INTO refusal VALUES(x'02', 'claude-code', 'x', ?, 'budget')", (now - 10 * MINUTE,))
    found = newest_refusal(ledger)
    assert found is not None
    assert found.agent == "old"


def test_the_snapshot_shows_todays_part_and_adds_up(ledger: sqlite3.Connection, now: int) -> None:
    shown = snapshot(ledger, now, (), ("codex",), as_of=now)
    assert sum((row.totals for row in shown.today_sessions), Totals()) == shown.today
    assert {row.id for row in shown.today_sessions} == {"busy", "slow", "over"}
    assert (shown.currency, shown.price_book, shown.requests_ever) == ("USD", "test-1", 8)
    assert (shown.as_of, snapshot(ledger, now, ()).as_of) == (now, 0)


def test_an_empty_ledger_shows_nothing_and_fails_at_nothing(made: ModuleType, tmp_path: Path, now: int) -> None:
    ledger = made.make(tmp_path / "empty.db", [])
    shown = snapshot(ledger, now, ())
    assert (shown.today, shown.today_sessions, shown.running, shown.requests_ever) == (Totals(), (), (), 0)
    ledger.close()


def test_plan_windows_are_told_as_quoted(ledger: sqlite3.Connection, now: int) -> None:
    ledger.execute("INSERT INTO plan_window VALUES('codex', 'primary', 300, 41.5, ?, ?, 'plus')", (now + 1, now))
    assert plan_windows(ledger) == (PlanWindow("codex", "primary", 300, 41.5, now + 1, now, "plus"),)


def test_what_the_ledger_knows_of_itself(ledger: sqlite3.Connection, now: int) -> None:
    ledger.execute("INSERT INTO file VALUES(1, 'codex', '/l/a.jsonl', 'i', 10, 1, 1, 8, x'', 1, ?, '')", (now,))
    ledger.execute("INSERT INTO file VALUES(2, 'codex', '/l/b.jsonl', 'j', 9, 1, 1, 0, x'', 1, 5, 'Permission denied')")
    ledger.execute("INSERT INTO skipped VALUES(1, 'not JSON', 3)")
    assert queries_keeping.skipped(ledger) == (SkippedLines("/l/a.jsonl", "not JSON", 3),)
    assert [(row.path, row.offset, row.trouble) for row in queries_keeping.files(ledger)] == [
        ("/l/a.jsonl", 8, ""), ("/l/b.jsonl", 0, "Permission denied"),
    ]  # fmt: skip
    assert queries_keeping.ledger_as_of(ledger) == now
    (unpriced,) = queries_keeping.unpriced_models(ledger)
    assert (unpriced.model, unpriced.requests, unpriced.tokens) == ("new", 1, 1160)
    assert queries_keeping.newest_book(ledger).as_of == "2026-11-01"
