"""A launch's forecast: its range, its floor, its basis, and what it says without one."""

from itertools import pairwise
from math import exp
from random import Random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from made_runs import NOW, TYPICAL, launch_costs, run, wanted

from taximeter.domain.calibration import UNCHANGED, Scored, corrected, correction_of
from taximeter.domain.experience import learn
from taximeter.domain.forecast import floor_cost, forecast, reading_cost, score_later, tell, upper_bound
from taximeter.domain.launch import Level, Observation, Spread
from taximeter.domain.launch_sum import Range
from taximeter.domain.lognormal import Z90
from taximeter.domain.pace import DAY
from taximeter.domain.usage import Tokens

DOLLAR = 1_000_000_000


def history(runs: int = 30, seed: int = 1) -> list[Observation]:
    random = Random(seed)
    return [run(cost, NOW - place * DAY // 4) for place, cost in enumerate(launch_costs(random, TYPICAL, runs))]


def told_and_came(factor: float, at: int = NOW) -> Scored:
    told = Spread(100_000, 200_000, 400_000)
    return Scored(at, 1, "explore", "large", told, told, round(200_000 * factor), 0, Level.PROJECT, 9)


def test_a_person_with_three_runs_gets_no_range_but_the_floor() -> None:
    told = forecast(learn(history(3), NOW), [wanted(4, floor=7_000_000)])
    assert told.cost is None
    assert (told.agents, told.floor, told.level, told.runs) == (4, 28_000_000, Level.NONE, 3)
    assert upper_bound(learn(history(3), NOW), [wanted(4)]) is None


def test_nothing_wanted_and_nothing_known_say_so() -> None:
    nothing = learn([], NOW)
    assert forecast(nothing, []).cost is None
    assert forecast(nothing, [wanted(0)]).agents == 0
    assert forecast(nothing, [wanted(2)]).level is Level.NONE


def test_a_model_never_seen_falls_back_and_says_so() -> None:
    known = learn(history(), NOW)
    told, alike = forecast(known, [wanted(4, model="new")]), forecast(known, [wanted(4)])
    assert (told.level, told.runs) == (Level.TYPE, 30)
    assert (alike.level, alike.runs) == (Level.PROJECT, 30)
    assert told.cost
    assert alike.cost
    assert told.cost.p90 / told.cost.p10 > alike.cost.p90 / alike.cost.p10


def test_a_launch_of_several_kinds_names_the_least_alike_level_and_the_fewest_runs() -> None:
    known = learn([*history(), *(run(exp(TYPICAL), kind="plan", model="small") for _ in range(9))], NOW)
    told = forecast(known, [wanted(3), wanted(2, kind="plan"), wanted(0, kind="never seen", agent="other")])
    assert (told.agents, told.level, told.runs) == (5, Level.TYPE, 9)
    assert forecast(known, [wanted(3), wanted(1, agent="other")]).cost is None


def test_no_end_of_the_range_is_below_the_floor() -> None:
    told = forecast(learn(history(), NOW), [wanted(4, floor=DOLLAR)])
    assert told.floor == 4 * DOLLAR
    assert told.cost
    assert told.cost.p10 == told.floor
    assert told.cost.p10 <= told.cost.p50 <= told.cost.p90


def test_reading_the_results_is_added_for_each_agent() -> None:
    known = learn(history(), NOW)
    without, beside = forecast(known, [wanted(4)]).cost, forecast(known, [wanted(4, reading=DOLLAR)]).cost
    assert without
    assert beside == Spread(*(end + 4 * DOLLAR for end in without))


def test_more_agents_cost_more_and_the_same_question_has_the_same_answer() -> None:
    known = learn(history(), NOW)
    costs = [forecast(known, [wanted(count)]).cost for count in (1, 2, 4, 8, 31, 32, 33, 64, 300)]
    assert all(one and other and one.p90 < other.p90 for one, other in pairwise(costs))
    assert costs[3] == forecast(learn(history(), NOW), [wanted(8)]).cost


@settings(max_examples=40, deadline=None)
@given(
    seed=st.integers(0, 10_000),
    runs=st.integers(5, 40),
    within=st.floats(0.1, 2.0),
    count=st.integers(1, 80),
    model=st.sampled_from(["large", "new"]),
    high=st.floats(0.4, 3.0),
)
def test_the_upper_bound_is_never_below_the_upper_end(
    seed: int, runs: int, within: float, count: int, model: str, high: float
) -> None:
    random = Random(seed)
    seen = [run(cost, NOW) for cost in launch_costs(random, TYPICAL, runs, within=within)]
    seen += [run(cost, NOW, kind="plan") for cost in launch_costs(random, TYPICAL + 1, runs, within=within)]
    for scored in ([], [told_and_came(2**high)] * 40):
        known = learn(seen, NOW, scored)
        asked = [wanted(count, model=model, reading=5), wanted(2, kind="plan", floor=1000)]
        cost, bound = forecast(known, asked).cost, upper_bound(known, asked)
        assert cost
        assert bound
        assert bound >= cost.p90


def price(tokens: Tokens) -> int | None:
    """Input 10, reads 1, writes 12 nano-units a token."""
    return tokens.input * 10 + tokens.cache_read + tokens.cache_write_5m * 12


def test_the_floor_is_the_prompt_written_once_and_read_on_each_further_turn() -> None:
    assert floor_cost(price, 1000, 200, 5) == 1200 * 12 + 4 * 1200
    assert floor_cost(price, 1000, 200, 0) == 1200 * 12
    assert reading_cost(price, 500, 3) == 500 * 12 + 3 * 500
    assert reading_cost(price, 500, 0) == 500 * 12


def test_a_price_that_is_not_known_is_no_floor_of_nothing() -> None:
    assert floor_cost(lambda _: None, 1000, 200, 5) is None
    assert reading_cost(lambda tokens: None if tokens.cache_read else 1, 1000, 5) is None
    without_writes = floor_cost(lambda tokens: None if tokens.cache_write_5m else price(tokens), 1000, 0, 2)
    assert without_writes == 1000 * 10 + 1000


def test_below_twenty_scored_forecasts_nothing_is_corrected() -> None:
    assert correction_of([told_and_came(9.0)] * 19) == UNCHANGED
    assert corrected(Range(1.0, 2.0, 4.0), UNCHANGED) == Range(1.0, 2.0, 4.0)


def test_ranges_that_were_right_are_left_nearly_as_they_are() -> None:
    random = Random(6)
    found = correction_of([told_and_came(2 ** (random.gauss(0, 1) / Z90)) for _ in range(200)])
    assert found[:3] == pytest.approx((-Z90, 0.0, Z90), abs=0.25)


@pytest.mark.parametrize("scale", [0.5, 2.0])
def test_ranges_too_wide_or_too_narrow_are_brought_to_what_came(scale: float) -> None:
    random = Random(7)
    found = correction_of([told_and_came(2 ** (scale * random.gauss(0, 1) / Z90)) for _ in range(200)])
    ends = corrected(Range(100.0, 200.0, 400.0), found)
    assert ends.p90 / 200 == pytest.approx(2**scale, rel=0.2)
    assert 200 / ends.p10 == pytest.approx(2**scale, rel=0.2)


def test_only_the_last_two_hundred_correct_and_no_end_moves_without_limit() -> None:
    long_ago = [told_and_came(9.0, NOW - DAY)] * 500
    assert correction_of([*long_ago, *[told_and_came(1.0)] * 200]).high < Z90
    assert correction_of([told_and_came(1e6)] * 200)[:3] == pytest.approx([3 * Z90] * 3, rel=0.2)


def test_what_was_told_can_be_scored_without_what_reading_adds() -> None:
    asked = [wanted(1, kind="plan", reading=9), wanted(3, reading=10)]
    known = learn(history() + [run(exp(TYPICAL), kind="plan") for _ in range(9)], NOW)
    told = tell(known, asked)
    found = score_later(told, asked, NOW, 12345)
    assert found
    assert told.forecast.cost
    assert (found.agents, found.type, found.actual, told.reading) == (4, "explore", 12345, 39)
    assert found.predicted == found.uncorrected == Spread(*(end - 39 for end in told.forecast.cost))
    assert found.baseline == told.baseline > 0
    assert score_later(tell(learn([], NOW), asked), asked, NOW, 12345) is None
