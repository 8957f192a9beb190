"""While a launch runs its forecast is made anew from what its agents have cost; what was told stays beside it."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest
from ledger.launches import MINUTE, NOW, UNKNOWN, asked, price, spend

from taximeter.domain.experience import Experience, learn
from taximeter.domain.launch import Kind, Observation, Spread
from taximeter.domain.reading import RunEnd
from taximeter.ledger.opening import open_writing
from taximeter.ledger.queries_breakdown import breakdown
from taximeter.ledger.queries_history import observations
from taximeter.ledger.queries_launches import spent_by_run
from taximeter.ledger.queries_now import running
from taximeter.ledger.questions import put_question
from taximeter.ledger.readmodels import LaunchRow
from taximeter.running.renewing import Renewals

ASKED = NOW - 3 * MINUTE
NOTHING = learn((), NOW)


@pytest.fixture
def ledger(tmp_path: Path) -> Iterator[sqlite3.Connection]:
    with closing(open_writing(tmp_path / "ledger.db")) as connection:
        spend(connection, "s", 10, main=True, start=NOW - MINUTE)
        put_question(connection, asked("q1", ASKED, "c1", "c2"))
        yield connection


def known(*costs: int) -> Experience:
    runs = [Observation("one", "Explore", "m", "shop", NOW - 60 * MINUTE * at, cost) for at, cost in enumerate(costs)]
    return learn(runs, NOW)


def begin(ledger: sqlite3.Connection, run: str, cost: int, *, over: bool, model: str = "m") -> None:
    end = RunEnd.FINISHED if over else RunEnd.RUNS
    spend(ledger, run, cost, start=ASKED + 1_000, call=run.replace("r", "c"), launch="l", end=end, told_at=NOW - 1_000,
          model=model)  # fmt: skip


def launch(ledger: sqlite3.Connection, experience: Experience) -> LaunchRow | None:
    (one,) = Renewals().of_running(ledger, running(ledger, NOW), experience, NOW)
    return one.launch


def test_what_has_ended_makes_the_range_narrower_and_it_holds_what_was_spent(ledger: sqlite3.Connection) -> None:
    begin(ledger, "r1", 90, over=True)
    begin(ledger, "r2", 20, over=False)
    found = launch(ledger, known(*[80, 90, 100, 110, 120] * 4))
    assert found is not None
    assert (found.told, found.actual) == (Spread(50, 100, 200), 110)
    assert found.renewed is not None
    assert 110 <= found.renewed.p10 <= found.renewed.p90 < 90 + 200


def test_before_history_is_known_only_what_was_told_is_told(ledger: sqlite3.Connection) -> None:
    begin(ledger, "r1", 90, over=False)
    found = launch(ledger, NOTHING)
    assert found is not None
    assert found.renewed is None


def test_of_a_run_without_a_price_nothing_new_is_promised(ledger: sqlite3.Connection) -> None:
    begin(ledger, "r1", 90, over=False)
    begin(ledger, "r2", 90, over=False, model=UNKNOWN)
    found = launch(ledger, known(*[100] * 20))
    assert found is not None
    assert (found.actual, found.renewed) == (None, None)


def test_a_session_whose_launch_is_over_shows_none(ledger: sqlite3.Connection) -> None:
    for run in ("r1", "r2"):
        begin(ledger, run, 90, over=True)
    assert launch(ledger, known(*[100] * 20)) is None


def test_the_page_has_the_range_of_what_runs_as_it_is_now(ledger: sqlite3.Connection) -> None:
    begin(ledger, "r1", 90, over=False)
    page = breakdown(ledger, "s", NOW)
    assert page is not None
    (renewed,) = Renewals().of_page(ledger, page, known(*[100] * 20), NOW).launches
    assert renewed.renewed is not None
    assert Renewals().of_page(ledger, page, NOTHING, NOW).launches == page.launches


def test_each_run_of_a_launch_is_told_with_its_kind_and_whether_it_goes_on(ledger: sqlite3.Connection) -> None:
    begin(ledger, "r1", 90, over=True)
    begin(ledger, "r2", 20, over=False)
    found = launch(ledger, NOTHING)
    assert found is not None
    assert sorted(spent_by_run(ledger, "one", found, NOW)) == [
        ("Explore", "m", 20, True), ("Explore", "m", 90, False),
    ]  # fmt: skip


def test_launches_of_several_kinds_are_renewed_kind_by_kind(ledger: sqlite3.Connection) -> None:
    kinds = (Kind("Explore", "m", 1), Kind("Plan", "m", 1))
    put_question(ledger, asked("q2", ASKED + 1, "c3", "c4")._replace(kinds=kinds))
    for run, type in (("r3", "Plan"), ("r4", "Explore")):
        spend(ledger, run, 50, start=ASKED + 1_000, call=run.replace("r", "c"), launch="l", end=RunEnd.RUNS,
              told_at=NOW - 1_000, type=type)  # fmt: skip
    seen = observations(ledger, NOW, price)
    cheap = [Observation("one", "Explore", "m", "shop", NOW - MINUTE, 60) for _ in range(20)]
    dear = [Observation("one", "Plan", "m", "shop", NOW - MINUTE, 6_000) for _ in range(20)]
    found = launch(ledger, learn([*seen, *cheap, *dear], NOW))
    assert found is not None
    assert found.renewed is not None
    assert 1_000 < found.renewed.p50 < 12_000


def test_it_is_made_anew_when_an_agent_ends_and_not_for_every_cent(ledger: sqlite3.Connection) -> None:
    renewals, experience = Renewals(), known(*[80, 90, 100, 110, 120] * 4)

    def now_told() -> Spread | None:
        (one,) = renewals.of_running(ledger, running(ledger, NOW), experience, NOW)
        assert one.launch is not None
        return one.launch.renewed

    begin(ledger, "r1", 900, over=False)
    first = now_told()
    assert first is not None
    statements = list[str]()
    ledger.set_trace_callback(statements.append)
    assert now_told() == first
    ledger.set_trace_callback(None)
    assert not [sql for sql in statements if "q.model_id WHERE q.run_id" in sql]
    begin(ledger, "r2", 10, over=True)
    assert now_told() != first
