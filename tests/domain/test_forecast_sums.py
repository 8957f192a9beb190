"""Sums of log-normal runs that share a factor: the tables of the reference, and the cheap upper limit."""

from math import exp, sqrt
from random import Random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from made_runs import WITHIN

from taximeter.domain.launch_sum import Part, quantile, strata, sum_range, upper_limit
from taximeter.domain.lognormal import Z90


def alike(runs: int, shared: float, spread: float = WITHIN, mean: float = 0.0) -> Part:
    return Part(runs, mean, spread * sqrt(shared), spread * sqrt(1 - shared))


# P50 and P90 over N x median from two million free draws each; the reference's table 4.2 has them to 2 %.
TRUE_SUMS = [
    (4, 0.3, 1.217, 2.772),
    (4, 0.6, 1.123, 2.968),
    (8, 0.3, 1.268, 2.652),
    (8, 0.6, 1.150, 2.930),
    (16, 0.3, 1.297, 2.584),
    (16, 0.6, 1.162, 2.901),
]
REFERENCE = [(1.21, 2.79), (1.13, 2.97), (1.28, 2.65), (1.14, 2.89), (1.30, 2.59), (1.16, 2.90)]


@pytest.mark.parametrize(("runs", "shared", "middle", "end"), TRUE_SUMS)
def test_a_sum_lies_where_free_draws_put_it(runs: int, shared: float, middle: float, end: float) -> None:
    found = sum_range([alike(runs, shared)])
    assert found.p50 / runs == pytest.approx(middle, rel=0.01)
    assert found.p90 / runs == pytest.approx(end, rel=0.02)


@pytest.mark.parametrize(("true", "reference"), list(zip(TRUE_SUMS, REFERENCE, strict=True)))
def test_a_sum_lies_where_the_reference_puts_it(
    true: tuple[int, float, float, float], reference: tuple[float, float]
) -> None:
    found = sum_range([alike(*true[:2])])
    assert found.p50 / true[0] == pytest.approx(reference[0], rel=0.025)
    assert found.p90 / true[0] == pytest.approx(reference[1], rel=0.025)


@pytest.mark.parametrize("shared", [0.0, 0.3, 0.9])
def test_one_run_has_the_range_of_its_own_distribution(shared: float) -> None:
    found = sum_range([alike(1, shared, mean=20.0)])
    assert found.p10 == pytest.approx(exp(20 - Z90 * WITHIN), rel=0.02)
    assert found.p50 == pytest.approx(exp(20), rel=0.01)
    assert found.p90 == pytest.approx(exp(20 + Z90 * WITHIN), rel=0.02)


def test_many_runs_cost_their_expectation_times_what_they_share() -> None:
    found = sum_range([alike(2000, 0.3)])
    expected = 2000 * exp(WITHIN**2 * 0.7 / 2)
    assert found.p50 == pytest.approx(expected, rel=0.02)
    assert found.p90 == pytest.approx(expected * exp(Z90 * WITHIN * sqrt(0.3)), rel=0.03)


def test_kinds_in_one_launch_are_drawn_apart_and_share_one_factor() -> None:
    together, parted = sum_range([alike(8, 0.3)]), sum_range([alike(3, 0.3), alike(4, 0.3), alike(1, 0.3)])
    for one, other in zip(together, parted, strict=True):
        assert one == pytest.approx(other, rel=0.03)


def test_the_same_launch_always_has_the_same_range() -> None:
    parts = [alike(5, 0.4), alike(70, 0.1, mean=1.0)]
    assert sum_range(parts) == sum_range(list(parts))


def test_strata_are_a_standard_normal() -> None:
    draws = strata(512)
    assert sum(draws) == pytest.approx(0, abs=1e-9)
    assert sum(draw * draw for draw in draws) / 512 == pytest.approx(1)
    assert quantile(draws, 0.9) == pytest.approx(Z90, abs=0.01)


spreads = st.floats(0.2, 2.65)
parts = st.builds(
    lambda runs, mean, spread, unknown, shared: Part(
        runs, mean, spread * sqrt(shared + unknown), spread * sqrt(1 - shared)
    ),
    runs=st.sampled_from([1, 2, 3, 4, 6, 8, 12, 16, 24, 32, 64, 200]),
    mean=st.floats(17.0, 24.0),
    spread=spreads,
    unknown=st.floats(0.0, 0.4),
    shared=st.floats(0.0, 0.9),
)


@settings(max_examples=150, deadline=None)
@given(launch=st.lists(parts, min_size=1, max_size=4))
def test_no_upper_end_lies_above_the_cheap_limit(launch: list[Part]) -> None:
    assert sum_range(launch).p90 <= upper_limit(launch)


def test_the_cheap_limit_is_near_enough_to_be_of_use() -> None:
    random = Random(1)
    loose = []
    for _ in range(60):
        launch = [alike(random.choice([1, 2, 4, 8, 16]), random.uniform(0.1, 0.6), random.uniform(0.5, 1.3))]
        loose.append(upper_limit(launch) / sum_range(launch).p90)
    assert max(loose) < 1.6
