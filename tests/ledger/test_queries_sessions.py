"""Pages of sessions: whole figures, every row once, totals over the filter, and by index."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Iterator
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest

from taximeter.domain.usage import Mark, Pricing, Totals
from taximeter.ledger.queries_sessions import ORDERS, session_page, session_rows_of_day
from taximeter.ledger.readmodels import SessionFilter, SessionRow


@pytest.fixture
def ledger(made: ModuleType, tmp_path: Path) -> Iterator[sqlite3.Connection]:
    at, one = made.at, made.Made
    requests = [
        one(f"s{number:02}", at("2026-11-10T10:00:00") + number * made.HOUR, cost=(number * 7 % 5) * 10**9,
            agent="codex" if number % 3 else "claude-code", project=f"p{number % 4}", output=number % 6)
        for number in range(30)
    ]  # fmt: skip
    requests += [
        one("long", at("2026-10-01T08:00:00"), cost=2 * 10**9, project="shop"),
        one("long", at("2026-11-12T08:00:00"), cost=3 * 10**9, project="shop", run="agent-1", model="haiku-5"),
        one("long", at("2026-11-12T09:00:00"), cost=10**9, project="shop", run="agent-1", marks=int(Mark.FAST)),
    ]
    connection = made.make(tmp_path / "ledger.db", requests)
    connection.execute("INSERT INTO session(agent, name) VALUES('codex', 'opened-only')")
    yield connection
    connection.close()


def walk(ledger: sqlite3.Connection, filter: SessionFilter, limit: int) -> list[SessionRow]:
    rows, key = list[SessionRow](), None
    while True:
        page = session_page(ledger, filter, key, limit)
        rows += page.rows
        key = page.next_key
        if key is None:
            return rows


@pytest.mark.parametrize("order", ORDERS)
@pytest.mark.parametrize("limit", [1, 7, 31, 50])
def test_pages_show_every_session_once_and_in_order(ledger: sqlite3.Connection, order: str, limit: int) -> None:
    rows = walk(ledger, SessionFilter(order=order), limit)
    assert len(rows) == len({row.id for row in rows}) == 31
    by_order: dict[str, list[Any]] = {
        "recent": [-row.ended_at for row in rows], "cost": [-row.totals.cost.total for row in rows],
        "tokens": [-row.totals.tokens.total for row in rows], "project": [row.project for row in rows],
    }  # fmt: skip
    assert by_order[order] == sorted(by_order[order])


def test_totals_and_count_are_over_the_filter_and_not_the_page(ledger: sqlite3.Connection) -> None:
    filter = SessionFilter(agent="codex", order="cost")
    rows = walk(ledger, filter, 50)
    first = session_page(ledger, filter, None, 2)
    second = session_page(ledger, filter, first.next_key, 2)
    assert first.count == second.count == len(rows) == 20
    assert first.totals == second.totals == sum((row.totals for row in rows), Totals())


def test_totals_that_are_known_are_not_summed_again(ledger: sqlite3.Connection) -> None:
    first = session_page(ledger, SessionFilter())
    statements = list[str]()
    ledger.set_trace_callback(statements.append)
    resorted = session_page(ledger, SessionFilter(order="cost"), known=(first.totals, first.count))
    ledger.set_trace_callback(None)
    assert (resorted.totals, resorted.count) == (first.totals, 31)
    assert not [sql for sql in statements if "sum(" in sql]


def test_a_session_active_in_the_period_is_shown_whole(ledger: sqlite3.Connection, made: ModuleType) -> None:
    since, until = made.at("2026-11-12T08:30:00"), made.at("2026-11-12T09:30:00")
    (row,) = session_page(ledger, SessionFilter(since=since, until=until, project="shop")).rows
    assert row.started_at == made.at("2026-10-01T08:00:00")
    assert (row.totals.requests, row.totals.cost.total) == (3, 6 * 10**9)
    assert (row.runs, row.peak, row.models) == (1, 1, ("haiku-5", "opus-5"))


def test_a_period_without_activity_shows_nothing(ledger: sqlite3.Connection, made: ModuleType) -> None:
    page = session_page(ledger, SessionFilter(since=made.at("2026-12-01T00:00:00")))
    assert (page.rows, page.next_key, page.totals, page.count) == ((), None, Totals(), 0)


@pytest.mark.parametrize(("text", "count"), [("LON", 1), ("p1", 8), ("s0", 10), ("100%", 0), ("s_0", 0)])
def test_search_is_a_part_of_project_branch_or_id(ledger: sqlite3.Connection, text: str, count: int) -> None:
    assert session_page(ledger, SessionFilter(search=text)).count == count


def test_one_days_part_of_each_session(ledger: sqlite3.Connection, made: ModuleType) -> None:
    rows = {row.id: row for row in session_rows_of_day(ledger, "2026-11-12")}
    assert rows.keys() == {"long"}
    assert rows["long"].totals.cost.total == 4 * 10**9
    assert rows["long"].models == ("haiku-5", "opus-5-fast")
    assert rows["long"].started_at == made.at("2026-11-12T08:00:00")
    assert session_rows_of_day(ledger, "2026-11-13") == ()


def test_unpriced_is_never_nothing(made: ModuleType, tmp_path: Path) -> None:
    ledger = made.make(tmp_path / "l.db", [made.Made("a", 1000, pricing=int(Pricing.UNPRICED))])
    (row,) = session_page(ledger, SessionFilter()).rows
    assert (row.totals.cost_or_none, row.totals.status) == (None, "partial")
    assert row.totals.unpriced_tokens == row.totals.tokens.total == 1160
    ledger.close()


@pytest.mark.parametrize("order", ORDERS)
def test_a_page_is_read_in_the_order_of_an_index(ledger: sqlite3.Connection, order: str) -> None:
    plans = explained(ledger, lambda: session_page(ledger, SessionFilter(order=order), (0, 0, Totals(), 0)))
    assert f"SEARCH s USING INDEX session_{order}" in plans
    assert "TEMP B-TREE" not in plans


def explained(ledger: sqlite3.Connection, call: Callable[[], object]) -> str:
    statements = list[str]()
    ledger.set_trace_callback(statements.append)
    call()
    ledger.set_trace_callback(None)
    selects = [sql for sql in statements if sql.startswith("SELECT")]
    return "\n".join(row[3] for sql in selects for row in ledger.execute(f"EXPLAIN QUERY PLAN {sql}"))
