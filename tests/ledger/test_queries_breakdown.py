"""A session taken apart adds up again."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from pathlib import Path
from types import ModuleType

import pytest

from taximeter.domain.usage import Mark, Pricing, RunKind, Totals
from taximeter.ledger.queries_breakdown import CURVE_POINTS, breakdown, sessions_named
from taximeter.ledger.readmodels import Breakdown


@pytest.fixture
def ledger(made: ModuleType, tmp_path: Path) -> Iterator[sqlite3.Connection]:
    at, one = made.at("2026-11-10T10:00:00"), made.Made
    requests = [one("abcd-1", at + n * 1000, cost=n) for n in range(950)]
    requests += [
        one("abcd-1", at + 100, cost=10**6, run="sub-1", type="Explore", model="haiku-5"),
        one("abcd-1", at + 200, cost=10**7, run="sub-1", type="Explore", marks=int(Mark.FAST)),
        one("abcd-1", at + 300, cost=10**5, run="sub-2", parent="sub-1", type="Explore"),
        one("abcd-1", at + 400, cost=10**4, run="sub-3", parent="nobody", kind="review", pricing=int(Pricing.UNPRICED)),
        one("abxx", at, cost=1),
        one("orphan", at, cost=5, run="orphan-sub", parent="elsewhere"),
    ]
    connection = made.make(tmp_path / "ledger.db", requests)
    silent = "SELECT agent, 'silent', session_id, name, 'subagent' FROM run WHERE name = 'abcd-1'"
    connection.execute(f"INSERT INTO run(agent, name, session_id, parent, kind) {silent}")
    yield connection
    connection.close()


@pytest.fixture
def page(ledger: sqlite3.Connection) -> Breakdown:
    found = breakdown(ledger, "abcd-1")
    assert found is not None
    return found


def test_runs_and_models_each_add_up_to_the_session(page: Breakdown) -> None:
    assert sum((run.totals for run in page.runs), Totals()) == page.session.totals
    assert sum((totals for _, totals in page.by_model), Totals()) == page.session.totals
    assert [name for name, _ in page.by_model] == ["opus-5-fast", "haiku-5", "opus-5"]


def test_every_run_but_the_main_one_has_a_parent_in_the_session(page: Breakdown) -> None:
    assert {run.id: run.parent_id for run in page.runs} == {
        "abcd-1": "", "sub-1": "abcd-1", "sub-2": "sub-1", "sub-3": "abcd-1", "silent": "abcd-1",
    }  # fmt: skip
    assert page.runs[0].kind is RunKind.MAIN
    assert {run.id: run.kind for run in page.runs}["sub-3"] is RunKind.REVIEW
    assert {run.id: run.model for run in page.runs}["silent"] == ""


def test_a_parent_outside_a_session_without_a_main_run_is_none(ledger: sqlite3.Connection) -> None:
    found = breakdown(ledger, "orphan")
    assert found is not None
    assert [(run.id, run.parent_id) for run in found.runs] == [("orphan-sub", "")]


def test_the_curve_is_short_and_ends_at_the_sessions_cost(page: Breakdown) -> None:
    assert CURVE_POINTS / 2 < len(page.curve) <= CURVE_POINTS + 1
    assert page.curve[-1].cost == page.session.totals.cost.total
    assert (page.curve[0].at, page.curve[-1].at) == (page.session.started_at, page.session.ended_at)
    costs = [point.cost for point in page.curve]
    assert costs == sorted(costs)


def test_the_dearest_requests_come_first_and_unpriced_is_none(page: Breakdown, made: ModuleType) -> None:
    assert len(page.dearest) == 10
    assert [(row.run_id, row.model, row.cost.total if row.cost else None) for row in page.dearest[:3]] == [
        ("sub-1", "opus-5-fast", 10**7), ("sub-1", "haiku-5", 10**6), ("sub-2", "opus-5", 10**5),
    ]  # fmt: skip
    assert page.price_books == ("test-1",)


def test_what_a_plan_counts_in_place_of_money_is_summed_apart(ledger: sqlite3.Connection) -> None:
    assert not [counted for counted in (breakdown(ledger, "abcd-1"),) if counted is None or counted.credits]
    for mark, claimed in ((Mark.CLAIMS_AI_UNITS, 2_500_000_000), (Mark.CLAIMS_PREMIUM_REQUESTS, 10**9)):
        ledger.execute(
            """UPDATE request SET marks = marks | ?, claimed_cost = ? WHERE key IN (SELECT key FROM request q
            JOIN run u ON u.id = q.run_id WHERE u.name = 'abcd-1' AND NOT marks & 3072 LIMIT 2)""",
            (int(mark), claimed),
        )
    found = breakdown(ledger, "abcd-1")
    assert found is not None
    assert found.credits == ((Mark.CLAIMS_PREMIUM_REQUESTS, 2 * 10**9), (Mark.CLAIMS_AI_UNITS, 5_000_000_000))


def test_a_beginning_is_enough_when_it_is_unique(ledger: sqlite3.Connection) -> None:
    found = breakdown(ledger, "abc")
    assert found is not None
    assert found.session.id == "abcd-1"
    assert breakdown(ledger, "ab") is None
    assert breakdown(ledger, "") is None
    assert breakdown(ledger, "ab%") is None
    assert sessions_named(ledger, "ab") == ("abcd-1", "abxx")


def test_requests_are_found_by_run(ledger: sqlite3.Connection) -> None:
    statements = list[str]()
    ledger.set_trace_callback(statements.append)
    breakdown(ledger, "abcd-1")
    ledger.set_trace_callback(None)
    with_requests = [sql for sql in statements if "request q" in sql]
    assert len(with_requests) == 5
    for sql in with_requests:
        plan = [row[3] for row in ledger.execute(f"EXPLAIN QUERY PLAN {sql}")]
        assert any("q USING INDEX request_run" in step for step in plan), plan
        assert not any(step.startswith("SCAN") for step in plan), plan
