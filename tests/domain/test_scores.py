"""What is said of forecasts and warnings, and when it is not said."""

from math import comb, log
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from taximeter.domain.calibration import Scored
from taximeter.domain.launch import Level, Spread
from taximeter.domain.scores import Warned, interruptions_a_day, pinball_loss, score, score_by, warnings
from taximeter.domain.shares import beta_below, interval, inverse_beta, share

TOLD = Spread(100, 200, 800)


def came(actual: int, told: Spread = TOLD, baseline: int = 0, agents: int = 4) -> Scored:
    return Scored(1, agents, "explore", "large", told, told, actual, baseline, Level.PROJECT, 9)


@pytest.mark.parametrize(
    ("hits", "of", "sure", "low", "high"),
    [
        (10, 12, 0.90, 0.56189, 0.96954),
        (8, 10, 0.95, 0.44390, 0.97479),
        (80, 100, 0.95, 0.70816, 0.87334),
        (0, 10, 0.95, 0.0, 0.30850),
        (10, 10, 0.95, 0.69150, 1.0),
        (1, 2000, 0.90, 0.0000256, 0.0023697),
    ],
)
def test_the_interval_of_a_share_is_clopper_and_pearsons(
    hits: int, of: int, sure: float, low: float, high: float
) -> None:
    assert interval(hits, of, sure) == pytest.approx((low, high), abs=1e-5)


@given(hits=st.integers(0, 40), more=st.integers(1, 40), at=st.floats(0.01, 0.99))
def test_the_beta_function_is_the_tail_of_the_binomial(hits: int, more: int, at: float) -> None:
    of = hits + more
    tail = sum(comb(of, place) * at**place * (1 - at) ** (of - place) for place in range(hits + 1, of + 1))
    assert beta_below(at, hits + 1, more) == pytest.approx(tail, abs=1e-9)


def test_the_inverse_undoes_it() -> None:
    for at in (1e-6, 0.05, 0.5, 0.95, 1 - 1e-6):
        assert beta_below(inverse_beta(at, 3, 70), 3, 70) == pytest.approx(at)
    assert (beta_below(-1, 2, 3), beta_below(2, 2, 3)) == (0.0, 1.0)


def test_of_nothing_nothing_is_said() -> None:
    found = score([])
    assert found.n == found.compared == 0
    assert found.coverage == share(0, 0)
    assert (found.coverage.value, found.coverage.low, found.coverage.high) == (None, 0, 1)
    assert (found.sharpness, found.pinball, found.skill, found.middle_skill, found.ratio_error) == (None,) * 5


def test_misses_are_counted_apart_and_the_ends_are_inside() -> None:
    found = score([came(100), came(800), came(99), came(801), came(900), came(300)])
    assert (found.coverage.hits, found.above.hits, found.below.hits) == (3, 2, 1)
    assert found.coverage.of == found.above.of == found.below.of == 6
    assert found.coverage.low < 0.5 < found.coverage.high


def test_sharpness_and_ratio_error_are_medians_from_five_on() -> None:
    assert score([came(400)] * 4).sharpness is None
    found = score([came(400), came(100), came(200), came(800), came(1600)])
    assert found.sharpness == pytest.approx((8, 8, 8))
    assert found.ratio_error == pytest.approx((2, 1, 8))
    assert found.pinball is None


def test_pinball_loss_is_that_of_log_costs() -> None:
    assert pinball_loss(3.0, 1.0, 0.9) == pytest.approx(1.8)
    assert pinball_loss(1.0, 3.0, 0.9) == pytest.approx(0.2)
    found = score([came(400)] * 10)
    assert found.pinball == pytest.approx((0.1 * log(4), 0.5 * log(2), 0.1 * log(2)))
    assert score([came(400)] * 9).pinball is None


def test_skill_compares_with_the_median_and_is_told_when_it_is_negative() -> None:
    random = Random(1)
    actual = [round(200 * 4 ** random.gauss(0, 1)) for _ in range(300)]
    good, bad = Spread(34, 200, 1180), Spread(2000, 4000, 8000)
    better, worse = score([came(one, good, 110) for one in actual]), score([came(one, bad, 200) for one in actual])
    assert better.skill
    assert better.middle_skill
    assert 0 < better.middle_skill.value < better.skill.value < 1
    assert better.skill.low < better.skill.value < better.skill.high
    assert worse.skill
    assert worse.skill.high < 0


def test_skill_is_told_of_those_that_had_a_median_alone() -> None:
    found = score([came(400, baseline=300)] * 9 + [came(400)] * 5)
    assert (found.n, found.compared, found.skill) == (14, 9, None)
    same = score([came(200, Spread(200, 200, 200), 200)] * 10)
    assert same.skill == (0, 0, 0)


def test_a_cost_of_nothing_is_scored_and_not_an_error() -> None:
    assert score([came(0)] * 12).below.hits == 12


def test_groups_are_scored_apart() -> None:
    found = score_by([came(400, agents=1), came(900, agents=8), came(950, agents=8)], lambda one: str(one.agents))
    assert [(name, one.n, one.above.hits) for name, one in found.items()] == [("1", 1, 0), ("8", 2, 2)]


def test_warnings_are_scored_by_false_alarms_misses_and_the_base_rate() -> None:
    records = [Warned(True, True)] * 6 + [Warned(True, False)] * 2 + [Warned(False, True)] + [Warned(False, False)] * 11
    found = warnings(records)
    assert found.false_alarms[:2] == (2, 8)
    assert found.misses[:2] == (1, 7)
    assert found.exceeded[:2] == (7, 20)
    assert warnings([]).misses.value is None


def test_interruptions_are_counted_by_active_days() -> None:
    assert interruptions_a_day(3, 6) == 0.5
    assert interruptions_a_day(0, 0) is None
