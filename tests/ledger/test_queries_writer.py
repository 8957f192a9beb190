"""Over what the real writer wrote: its sums are those of plain SQL, and the queries agree with each other."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from pathlib import Path
from types import ModuleType

import pytest

from taximeter.collect.demo import demo_readings
from taximeter.domain.quota import Coverage
from taximeter.domain.usage import Cost, Priced, Pricing, Tokens, Totals
from taximeter.ledger.opening import open_writing
from taximeter.ledger.queries_breakdown import breakdown
from taximeter.ledger.queries_days import day_of
from taximeter.ledger.queries_export import requests_of
from taximeter.ledger.queries_now import snapshot
from taximeter.ledger.queries_sessions import session_page
from taximeter.ledger.queries_spending import spent
from taximeter.ledger.queries_sums import Stretch, days, models, projects
from taximeter.ledger.readmodels import SessionFilter
from taximeter.ledger.writer import Writer

SUMS = (
    "started_at, ended_at, requests, input, cache_read, cache_write_5m, cache_write_1h, output, reasoning,"
    " total_tokens, cost, cost_input, cost_cache_read, cost_cache_write, cost_output, cost_fees, unpriced_tokens,"
    " estimated, unpriced, floors"
)


def price(model: str, at: int, tokens: Tokens, marks: int, searches: int) -> Priced:
    """Made-up prices, some of them estimates and some unknown."""
    kind = Pricing(len(model) % 3)
    cost = Cost(tokens.input * 7, tokens.cache_read, tokens.cache_write_5m * 9, tokens.output * 31, 5)
    return Priced(kind, Cost() if kind is Pricing.UNPRICED else cost)


@pytest.fixture
def now(made: ModuleType) -> int:
    moment: int = made.at("2026-11-20T12:00:00")
    return moment


@pytest.fixture
def ledger(tmp_path: Path, now: int) -> Iterator[sqlite3.Connection]:
    connection = open_writing(tmp_path / "ledger.sqlite3")
    Writer(connection, price, ("made-up", "2026-11-01", "USD")).apply(demo_readings(now))
    yield connection
    connection.close()


def sums(ledger: sqlite3.Connection) -> list[list[tuple[object, ...]]]:
    queries = (
        f"SELECT agent, name, {SUMS} FROM session WHERE requests > 0 ORDER BY agent, name",
        "SELECT * FROM rollup ORDER BY day, session_id, model_id, fast",
        "SELECT agent, name, started_at, ended_at FROM run ORDER BY agent, name",
    )
    return [ledger.execute(sql).fetchall() for sql in queries]


def test_the_writers_sums_are_those_of_plain_sql(ledger: sqlite3.Connection, made: ModuleType) -> None:
    written = sums(ledger)
    assert all(written)
    made.make_sums(ledger)
    assert sums(ledger) == written


def test_every_way_of_summing_gives_the_same(ledger: sqlite3.Connection, now: int) -> None:
    page = session_page(ledger, SessionFilter(), None, 10_000)
    total = page.totals
    assert (page.count, page.next_key) == (len(page.rows), None)
    assert total.requests == len(list(requests_of(ledger)))
    assert total.unpriced_requests
    assert total.estimated_requests
    for rows in (days(ledger, Stretch()), models(ledger, Stretch()), projects(ledger, Stretch()), page.rows):
        assert sum((row.totals for row in rows), Totals()) == total
    assert spent(ledger, 0, now * 2, Coverage()) == total


def test_every_session_is_the_sum_of_its_runs_and_of_its_models(ledger: sqlite3.Connection) -> None:
    for row in session_page(ledger, SessionFilter(), None, 10_000).rows:
        taken_apart = breakdown(ledger, row.id)
        assert taken_apart is not None
        assert taken_apart.session == row
        assert sum((run.totals for run in taken_apart.runs), Totals()) == row.totals
        assert sum((totals for _, totals in taken_apart.by_model), Totals()) == row.totals
        assert taken_apart.curve[-1].cost == row.totals.cost.total
        ids = {run.id for run in taken_apart.runs}
        assert all(run.parent_id in ids for run in taken_apart.runs if run.id != row.id)


def test_today_is_the_sum_of_its_sessions_and_of_its_day(ledger: sqlite3.Connection, now: int) -> None:
    shown, today = snapshot(ledger, now, ()), day_of(now)
    assert shown.today.requests
    assert shown.running
    assert sum((row.totals for row in shown.today_sessions), Totals()) == shown.today
    assert sum((row.totals for row in days(ledger, Stretch(today, today))), Totals()) == shown.today
