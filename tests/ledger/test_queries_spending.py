"""What was spent in a period equals the plain sum over its requests, wherever its edges lie."""

from __future__ import annotations

import random
import sqlite3
from collections.abc import Iterator
from fnmatch import fnmatchcase
from pathlib import Path
from types import ModuleType

import pytest
from hypothesis import given
from hypothesis import strategies as st

from taximeter.domain.quota import Coverage
from taximeter.domain.usage import Pricing, Totals
from taximeter.ledger.queries_columns import SUM_OF_REQUESTS, totals_at
from taximeter.ledger.queries_spending import hourly, spent, sql_glob

SPAN = 10 * 24 * 3_600_000


@pytest.fixture
def ledger(made: ModuleType, tmp_path: Path) -> Iterator[sqlite3.Connection]:
    dice = random.Random(7)
    start = made.at("2026-03-05T00:00:00")
    requests = [
        made.Made(f"s{dice.randrange(20)}", start + dice.randrange(SPAN), cost=dice.randrange(10**9),
                  pricing=dice.choice([0, 0, 1, 2]), model=dice.choice(["opus-5", "haiku-5"]))
        for _ in range(400)
    ]  # fmt: skip
    requests.append(made.Made("x", start + 5, cost=3, agent="codex", project="bank", model="gpt-6"))
    connection = made.make(tmp_path / "ledger.db", requests)
    yield connection
    connection.close()


def plainly(ledger: sqlite3.Connection, start: int, end: int) -> Totals:
    sql = f"SELECT {SUM_OF_REQUESTS} FROM request q WHERE at >= ? AND at < ?"
    return totals_at(ledger.execute(sql, (start, end)).fetchone(), 0)


def test_any_period_equals_the_plain_sum(ledger: sqlite3.Connection, made: ModuleType) -> None:
    dice = random.Random(8)
    start = made.at("2026-03-05T00:00:00")
    for _ in range(60):
        one, two = sorted((start + dice.randrange(-SPAN // 10, SPAN), start + dice.randrange(SPAN)))
        assert spent(ledger, one, two, Coverage()) == plainly(ledger, one, two)


def test_whole_days_and_an_instant_and_an_empty_period(ledger: sqlite3.Connection, made: ModuleType) -> None:
    start = made.at("2026-03-05T00:00:00")
    for one, two in ((start, start + SPAN), (start + 5, start + 6), (start, start + 5), (start, start + made.DAY)):
        assert spent(ledger, one, two, Coverage()) == plainly(ledger, one, two)
    assert spent(ledger, start, start, Coverage()) == spent(ledger, start + 1, start, Coverage()) == Totals()


@pytest.mark.parametrize(
    ("coverage", "requests"),
    [
        (Coverage(agents=("codex",)), 1), (Coverage(projects=("b?nk", "no")), 1), (Coverage(models=("[!oh]*",)), 1),
        (Coverage(agents=("c*",), models=("gpt-*",)), 1), (Coverage(agents=("codex",), projects=("shop",)), 0),
        (Coverage(projects=("shop",)), 400),
    ],
)  # fmt: skip
def test_coverage_narrows_whole_days_and_edges_alike(
    ledger: sqlite3.Connection, made: ModuleType, coverage: Coverage, requests: int
) -> None:
    start = made.at("2026-03-05T00:00:00")
    assert spent(ledger, start, start + SPAN, coverage).requests == requests
    whole = spent(ledger, start - 1, start + SPAN + 1, coverage)
    assert whole == spent(ledger, start - 1, start + 7, coverage) + spent(ledger, start + 7, start + SPAN + 1, coverage)


def test_cost_by_the_hour_leaves_out_what_has_no_price(ledger: sqlite3.Connection, made: ModuleType) -> None:
    since = made.at("2026-03-07T10:00:00")
    found = hourly(ledger, since)
    cost = "cost_input + cost_cache_read + cost_cache_write + cost_output"
    sql = f"SELECT at, {cost} FROM request WHERE at >= ? AND pricing <> ?"
    sums = dict[int, int]()
    for at, cost in ledger.execute(sql, (since, int(Pricing.UNPRICED))):
        sums[at // made.HOUR * made.HOUR] = sums.get(at // made.HOUR * made.HOUR, 0) + cost
    assert found == sums
    assert min(found) >= since


def test_edges_are_looked_up_by_run_and_never_scanned(ledger: sqlite3.Connection, made: ModuleType) -> None:
    statements = list[str]()
    ledger.set_trace_callback(statements.append)
    spent(ledger, made.at("2026-03-05T01:00:00"), made.at("2026-03-09T01:00:00"), Coverage())
    ledger.set_trace_callback(None)
    selects = [sql for sql in statements if sql.startswith("SELECT")]
    assert len(selects) == 3
    plan = [row[3] for sql in selects for row in ledger.execute(f"EXPLAIN QUERY PLAN {sql}")]
    assert not [step for step in plan if step.startswith("SCAN") and not step.startswith("SCAN d")], plan
    assert "SEARCH q USING INDEX request_run (run_id=? AND at>? AND at<?)" in plan


@given(st.text(alphabet="ab^!]-[*?", max_size=7), st.text(alphabet="ab^!]-[", max_size=4))
def test_patterns_mean_what_a_shell_says(pattern: str, text: str) -> None:
    connection = sqlite3.connect(":memory:")
    (matches,) = connection.execute("SELECT ? GLOB ?", (text, sql_glob(pattern))).fetchone()
    connection.close()
    assert bool(matches) == fnmatchcase(text, pattern)
