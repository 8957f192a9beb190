"""The forecast while a launch runs."""

from math import exp
from random import Random
from statistics import mean

import pytest
from made_runs import NOW, TYPICAL, WITHIN, launch_costs, run, wanted

from taximeter.domain.experience import Experience, learn
from taximeter.domain.forecast import forecast
from taximeter.domain.launch import Level
from taximeter.domain.lognormal import survival
from taximeter.domain.renewal import Spent, renewed

CENTS_20 = round(exp(TYPICAL))


def known(runs: int = 60) -> Experience:
    random = Random(1)
    return learn([run(cost, NOW) for cost in launch_costs(random, TYPICAL, runs)], NOW)


def test_before_anything_was_spent_it_is_the_forecast() -> None:
    asked = [wanted(4)]
    assert renewed(known(), asked, [], []) == forecast(known(), asked)
    before, begun = forecast(known(), asked).cost, renewed(known(), asked, [], [Spent(0, 0)] * 4).cost
    assert before
    assert begun
    for one, other in zip(before, begun, strict=True):
        assert one == pytest.approx(other, rel=0.06)


def test_when_all_have_ended_it_is_what_was_spent() -> None:
    told = renewed(known(), [wanted(3, reading=5)], [Spent(0, 100), Spent(0, 200), Spent(0, 300)], [])
    assert told.cost == (615, 615, 615)
    assert told.floor == 600


def test_it_narrows_as_runs_end() -> None:
    experience, asked = known(), [wanted(6)]
    widths = []
    for ended in range(6):
        cost = renewed(experience, asked, [Spent(0, CENTS_20)] * ended, []).cost
        assert cost
        widths.append(cost.p90 / cost.p10)
    assert widths == sorted(widths, reverse=True)


def test_dear_runs_promise_dear_ones_and_cheap_ones_cheap() -> None:
    experience, asked = known(), [wanted(8)]

    def to_come(each: int) -> int:
        cost = renewed(experience, asked, [Spent(0, each)] * 4, []).cost
        assert cost
        return cost.p50 - 4 * each

    assert to_come(4 * CENTS_20) > 1.4 * to_come(CENTS_20) > 1.8 * to_come(CENTS_20 // 4)


def test_a_run_costs_at_least_what_it_has_cost_and_likely_more_the_longer_it_went_on() -> None:
    experience, asked = known(), [wanted(1)]
    middles = []
    for reached in (0, CENTS_20, 3 * CENTS_20, 100 * CENTS_20):
        told = renewed(experience, asked, [], [Spent(0, reached)])
        assert told.cost
        assert told.floor == reached
        assert told.cost.p10 >= reached
        middles.append(told.cost.p50)
    assert middles == sorted(middles)
    assert middles[-1] < 200 * CENTS_20


def test_a_running_one_has_the_conditional_distribution() -> None:
    random = Random(3)
    cost = renewed(known(2000), [wanted(1)], [], [Spent(0, CENTS_20)]).cost
    assert cost
    longer = [one for one in launch_costs(random, TYPICAL, 40_000) if one > CENTS_20]
    assert len(longer) / 40_000 == pytest.approx(survival(0), abs=0.01)
    for end, share in zip(cost, (0.1, 0.5, 0.9), strict=True):
        assert mean(one <= end for one in longer) == pytest.approx(share, abs=0.04)


def test_without_a_basis_it_says_what_was_spent_and_no_more() -> None:
    told = renewed(learn([], NOW), [wanted(3, floor=10)], [Spent(0, 100)], [Spent(0, 50)])
    assert (told.cost, told.floor, told.level) == (None, 150, Level.NONE)


def test_half_way_through_the_range_still_holds_eight_of_ten() -> None:
    experience, held = known(400), []
    for seed in range(150):
        costs = [round(one) for one in launch_costs(Random(seed), TYPICAL, 8, 0.3, within=WITHIN)]
        ended = [Spent(0, one) for one in costs[:3]]
        running = [Spent(0, one // 3) for one in costs[3:6]]
        cost = renewed(experience, [wanted(8)], ended, running).cost
        assert cost
        held.append(cost.p10 <= sum(costs) <= cost.p90)
    assert 0.72 < mean(held) < 0.9


def test_more_runs_than_were_wanted_take_nothing_off() -> None:
    told = renewed(known(), [wanted(1), wanted(0, kind="plan")], [Spent(0, 100)] * 3, [])
    assert told.cost == (300, 300, 300)
