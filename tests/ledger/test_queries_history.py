"""Earlier runs as a forecast looks at them: at today's prices, with what started together known."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from ledger.launches import DAY, MINUTE, NOW, UNKNOWN, price, spend

from taximeter.domain.launch import Observation
from taximeter.domain.reading import RunEnd
from taximeter.domain.usage import Mark, Priced, RunKind, Tokens
from taximeter.ledger.opening import open_writing
from taximeter.ledger.queries_history import Memory, observations, own_launches, preambles, result_sizes
from taximeter.ledger.queries_runs import QUIET_MS, Standing, launches_by_time, standing

MARKS = int(Mark.GOES_ON)


@pytest.fixture
def ledger(tmp_path: Path) -> Iterator[sqlite3.Connection]:
    with closing(open_writing(tmp_path / "ledger.db")) as connection:
        yield connection


def launches(ledger: sqlite3.Connection) -> list[str]:
    return [run.launch for run in sorted(observations(ledger, NOW, price), key=lambda run: run.at)]


def test_a_run_is_priced_request_by_request_at_todays_prices(ledger: sqlite3.Connection) -> None:
    def dearer(model: str, at: int, tokens: Tokens, marks: int, searches: int) -> Priced:
        assert at == NOW
        paid = price(model, at, tokens, marks, searches)
        return paid._replace(cost=paid.cost._replace(output=paid.cost.output * 10))

    spend(ledger, "r1", 1, 2, 3, prompt=99, start=NOW - DAY, call="c1", launch="m1")
    assert observations(ledger, NOW, dearer) == (
        Observation("one", "Explore", "m", "shop", NOW - DAY, (1 + 2 + 2 * 3) * 10, launch="m1"),
    )


def test_subagents_come_first_then_sessions_of_their_own_each_newest_first(ledger: sqlite3.Connection) -> None:
    for number in range(6):
        spend(ledger, f"main-{number}", 1, start=NOW - (9 - number) * DAY, main=True)
        spend(ledger, f"r{number}", 1, start=NOW - (9 - number) * DAY)
    found = observations(ledger, NOW, price, runs=6)
    assert [run.type for run in found] == ["Explore"] * 6 + ["main"] * 2
    assert [run.at for run in found[:6]] == [NOW - days * DAY for days in range(4, 10)]
    assert [run.at for run in found[6:]] == [NOW - days * DAY for days in (4, 5)]


def test_reviews_old_runs_and_those_without_a_price_are_left_out(ledger: sqlite3.Connection) -> None:
    spend(ledger, "review", 1, kind=RunKind.REVIEW)
    spend(ledger, "old", 1, start=NOW - 181 * DAY)
    spend(ledger, "unpriced", 1, model=UNKNOWN)
    spend(ledger, "empty")
    assert observations(ledger, NOW, price) == ()


def test_runs_of_one_reply_are_one_launch(ledger: sqlite3.Connection) -> None:
    for number, launch in enumerate(("m1", "m1", "m2")):
        spend(ledger, f"r{number}", 10**number, start=NOW - DAY + number * MINUTE, call=f"c{number}", launch=launch)
    assert launches(ledger) == ["m1", "m1", "m2"]
    assert own_launches(observations(ledger, NOW, price), NOW) == (100, 11)


def test_where_no_log_tells_runs_that_begin_within_two_seconds_are_one_launch(ledger: sqlite3.Connection) -> None:
    for number, seconds in enumerate((0, 2, 3, 9, 60)):
        spend(ledger, f"r{number}", 1, start=NOW - DAY + seconds * 1_000)
    spend(ledger, "r", 1, start=NOW - DAY + 1, session="other")
    one, other, *rest = launches(ledger)
    assert (one != "", other) == (True, "")
    assert rest == [one, one, "", ""]
    assert sorted(own_launches(observations(ledger, NOW, price), NOW)) == [1, 1, 1, 3]


@given(st.lists(st.tuples(st.integers(0, 20), st.sampled_from("ab"), st.integers(0, 20_000)), max_size=12,
                unique_by=lambda run: run[0]))  # fmt: skip
def test_launches_by_time_depend_on_no_order_and_never_join_two_parents(runs: list[tuple[int, str, int]]) -> None:
    found = launches_by_time(runs)
    assert found == launches_by_time(reversed(runs))
    parents = {id: parent for id, parent, _ in runs}
    for launch in found.values():
        together = [id for id, name in found.items() if name == launch]
        assert len(together) > 1
        assert len({parents[id] for id in together}) == 1


def test_own_launches_are_over_recent_and_of_subagents(ledger: sqlite3.Connection) -> None:
    spend(ledger, "old", 1, start=NOW - 61 * DAY)
    spend(ledger, "main-1", 2, start=NOW - DAY, main=True)
    spend(ledger, "killed", 4, start=NOW - DAY, marks=MARKS, call="c1", launch="m1")
    spend(ledger, "beside", 8, start=NOW - DAY, call="c2", launch="m1")
    spend(ledger, "at-work", 16, start=NOW - MINUTE)
    spend(ledger, "whole", 32, start=NOW - 2 * DAY)
    assert own_launches(observations(ledger, NOW, price), NOW) == (32,)


def test_what_is_remembered_is_priced_once_until_it_changes(ledger: sqlite3.Connection) -> None:
    asked: list[int] = []

    def counted(model: str, at: int, tokens: Tokens, marks: int, searches: int) -> Priced:
        asked.append(tokens.output)
        return price(model, at, tokens, marks, searches)

    memory: Memory = {}
    spend(ledger, "quiet", 1, 2, start=NOW - DAY)
    spend(ledger, "unpriced", 4, start=NOW - DAY, model=UNKNOWN)
    spend(ledger, "at-work", 8, start=NOW - MINUTE)
    first = observations(ledger, NOW, counted, memory=memory)
    assert sorted(asked) == [1, 2, 4, 8]
    asked.clear()
    assert observations(ledger, NOW, counted, memory=memory) == first
    assert asked == [8]
    asked.clear()
    spend(ledger, "quiet", 1, 2, 16, start=NOW - DAY)
    assert observations(ledger, NOW, counted, memory=memory) != first
    assert sorted(asked) == [1, 2, 8, 16]


def test_what_runs_are_started_with_and_end_with(ledger: sqlite3.Connection) -> None:
    for number in range(1, 21):
        spend(ledger, f"r{number}", 7, number, prompt=100 * number, start=NOW - DAY)
    spend(ledger, "old", 1, prompt=1, start=NOW - 61 * DAY)
    spend(ledger, "main-1", 1, prompt=1, main=True)
    assert preambles(ledger, NOW) == {"one": 300}
    assert result_sizes(ledger, NOW) == {"one": 11}


AGO = NOW - MINUTE
LONG_AGO = NOW - QUIET_MS


@pytest.mark.parametrize(
    ("ended_at", "marks", "told_end", "told_at", "expected"),
    [
        (AGO, 0, RunEnd.NOT_TOLD, 0, Standing.GOES_ON),
        (LONG_AGO, 0, RunEnd.NOT_TOLD, 0, Standing.FINISHED),
        (LONG_AGO, MARKS, RunEnd.NOT_TOLD, 0, Standing.KILLED),
        (AGO, MARKS, RunEnd.NOT_TOLD, 0, Standing.GOES_ON),
        (AGO, 0, RunEnd.FINISHED, AGO, Standing.FINISHED),
        (AGO, MARKS, RunEnd.FINISHED, AGO, Standing.FINISHED),
        (AGO, 0, RunEnd.KILLED, NOW, Standing.KILLED),
        (AGO, 0, RunEnd.FINISHED, AGO - 1, Standing.GOES_ON),
        (LONG_AGO, 0, RunEnd.KILLED, LONG_AGO - 1, Standing.FINISHED),
        (AGO, 0, RunEnd.FINISHED, 0, Standing.FINISHED),
        (AGO, MARKS, RunEnd.FINISHED, 0, Standing.GOES_ON),
        (LONG_AGO, MARKS, RunEnd.FINISHED, 0, Standing.FINISHED),
        (LONG_AGO, 0, RunEnd.RUNS, AGO, Standing.GOES_ON),
        (LONG_AGO, 0, RunEnd.RUNS, LONG_AGO, Standing.KILLED),
    ],
)
def test_how_a_run_stands(ended_at: int, marks: int, told_end: int, told_at: int, expected: Standing) -> None:
    assert standing(ended_at, marks, told_end, told_at, NOW) is expected
