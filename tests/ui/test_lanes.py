"""The chart's arithmetic: no two runs of a lane overlap, ticks are round, nothing is left out."""

from __future__ import annotations

from dataclasses import replace
from itertools import pairwise
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st
from ui.made_up import DOLLAR, HOUR, MINUTE, RUNS, START

from taximeter.domain.usage import RunKind
from taximeter.ui.lanes import MOST, cost_top, groups_of, time_ticks


def test_main_comes_first_then_types_as_they_started() -> None:
    assert [(group.name, group.count) for group in groups_of(RUNS)] == [("", 1), ("explore", 3), ("reviewer", 5)]
    assert [len(group.lanes) for group in groups_of(RUNS)] == [1, 3, 5]


spans = st.lists(st.tuples(st.integers(0, 200), st.integers(0, 60)), min_size=1, max_size=90)


@given(spans)
def test_every_run_has_its_place_and_lanes_do_not_overlap(times: list[tuple[int, int]]) -> None:
    runs = tuple(
        replace(RUNS[1], id=str(at), started_at=begin * MINUTE, ended_at=(begin + length) * MINUTE)
        for at, (begin, length) in enumerate(times)
    )
    lanes = [lane for group in groups_of(runs) for lane in group.lanes]
    assert sorted(span for lane in lanes for span in lane) == sorted((run.started_at, run.ended_at) for run in runs)
    if len(runs) > MOST:
        assert all(before[1] <= after[0] for lane in lanes for before, after in pairwise(lane))
    else:
        assert len(lanes) == len(runs)


def test_reviews_stand_apart_from_subagents_of_the_same_type() -> None:
    review = replace(RUNS[1], id="g", kind=RunKind.REVIEW)
    assert len(groups_of((*RUNS, review))) == 4


@given(st.integers(0, 10**6), st.integers(0, 60 * 24 * 400))
def test_ticks_are_few_and_inside(begin: int, minutes: int) -> None:
    start = START + begin * MINUTE
    ticks = time_ticks(start, start + minutes * MINUTE, ZoneInfo("Europe/Berlin"))
    assert len(ticks) <= 6
    assert all(start <= tick <= start + minutes * MINUTE for tick in ticks)


def test_ticks_stand_on_round_marks_of_the_clock() -> None:
    ticks = time_ticks(START, START + 42 * MINUTE, ZoneInfo("UTC"))
    assert [(tick // MINUTE) % 60 for tick in ticks] == [20, 30, 40, 50]
    assert len(time_ticks(START, START + 9 * HOUR, ZoneInfo("UTC"))) >= 2


@pytest.mark.parametrize(("cost", "top"), [(1726, 2000), (336, 400), (999, 1000), (100, 100), (37, 40), (0, 0)])
def test_the_cost_axis_ends_on_a_round_amount(cost: int, top: int) -> None:
    assert cost_top(cost * DOLLAR // 100) == top * DOLLAR // 100


@given(st.integers(1, 10**15))
def test_the_cost_fits_its_axis(cost: int) -> None:
    assert cost <= cost_top(cost) <= 2 * cost + 10
