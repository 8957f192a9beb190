"""A higher threshold is one at which this launch would not have been asked about under its rule, or none is offered."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st
from made_standing import ENOUGH, MONTH, NOW, START, USD, a_forecast, found_of, held_against, seen, verdict_on

from taximeter.domain.launch import Finding, Rule, Severity, Spread, Verdict
from taximeter.domain.pace import DAY
from taximeter.domain.quota import QuotaState
from taximeter.domain.raising import HIGHEST_AGENTS, HIGHEST_AMOUNT, RAISED, plain, raised
from taximeter.domain.thresholds import Thresholds
from taximeter.domain.verdict import Standing, judge

USUAL = Thresholds()
LAUNCH = a_forecast(1, Spread(USD, 2 * USD, 3 * USD))


def offered(finding: Finding, thresholds: Thresholds = USUAL) -> Thresholds | None:
    """What is offered to a finding alone, about the month's budget."""
    verdict = Verdict(finding.severity, (finding,), None, seen(50 * USD))
    return raised(thresholds, verdict, LAUNCH, ())


@pytest.mark.parametrize(("number", "figure"), [(1, 1), (9, 9), (10, 10), (11, 15), (37, 40), (100, 100), (101, 150)])
def test_a_plain_figure_is_easily_said_and_never_lower(number: int, figure: int) -> None:
    assert plain(number) == figure


@pytest.mark.parametrize(
    ("percent", "now", "then"),
    [(10, 10, 20), (19, 10, 20), (20, 10, 25), (24, 10, 25), (44, 10, 45), (49, 10, 50), (30, 20, 40), (45, 40, 50),
     (3, 1, 4), (50, 10, None), (80, 10, None), (60, 50, None), (55, 60, None)],
)  # fmt: skip
def test_left_is_twice_as_high_or_above_the_launch_up_to_half(percent: int, now: int, then: int | None) -> None:
    found = Finding(Rule.LEFT, Severity.AMBER, "q", percent=percent)
    higher = offered(found, replace(USUAL, left_amber_percent=now))
    assert higher == (None if then is None else replace(USUAL, left_amber_percent=then))


def test_left_is_not_offered_where_it_may_take_all() -> None:
    assert offered(Finding(Rule.LEFT, Severity.AMBER, "q", percent=20, over_all=True)) is None


@pytest.mark.parametrize(
    ("hours", "before", "then"),
    [(24, None, 2), (47, None, 2), (48, None, 3), (6 * 24, None, 7), (6 * 24 + 1, None, None), (71, 20 * DAY, 3)],
)
def test_pace_is_more_days_than_it_moves_by_unless_that_is_red(
    hours: int, before: int | None, then: int | None
) -> None:
    ran_out = None if before is None else START + before
    end = (ran_out or MONTH.end) - hours * DAY // 24
    higher = offered(Finding(Rule.PACE, Severity.AMBER, "q", runs_out_at=end, ran_out_at=ran_out))
    assert (higher and higher.pace_amber_days) == then


@pytest.mark.parametrize(("middle", "then"), [(31, 6), (60, 6), (61, 7), (101, 15), (10_001, None)])
def test_typical_is_above_so_many_times_ones_own(middle: int, then: int | None) -> None:
    verdict = Verdict(Severity.AMBER, (Finding(Rule.TYPICAL, Severity.AMBER),), None, None)
    told = a_forecast(1, Spread(0, middle * USD, middle * USD))
    higher = raised(USUAL, verdict, told, (10 * USD,) * 20)
    assert (higher and higher.typical_amber_times) == then


def test_typical_is_not_offered_without_anything_to_compare_with() -> None:
    verdict = Verdict(Severity.AMBER, (Finding(Rule.TYPICAL, Severity.AMBER),), None, None)
    assert raised(USUAL, verdict, LAUNCH, ()) is None
    assert raised(USUAL, verdict, LAUNCH, (0,) * 20) is None
    assert raised(USUAL, verdict, a_forecast(1, None), (USD,) * 20) is None


@pytest.mark.parametrize(
    ("agents", "cents", "then"),
    [
        (5, 900, (10, 10)), (9, 900, (10, 10)), (10, 1000, (15, 10)), (4, 1001, (5, 20)), (4, 2001, (5, 25)),
        (12, 13_000, (15, 150)), (HIGHEST_AGENTS - 1, 0, (1000, 10)), (HIGHEST_AGENTS, 0, None),
        (4, HIGHEST_AMOUNT // USD * 100, (5, 1_000_000)), (4, HIGHEST_AMOUNT // USD * 100 + 1, None),
    ],
)  # fmt: skip
def test_of_a_cold_start_the_numbers_that_spoke_are_raised(
    agents: int, cents: int, then: tuple[int, int] | None
) -> None:
    cost = Spread(0, 0, cents * USD // 100) if cents else None
    verdict = Verdict(Severity.AMBER, (Finding(Rule.COLD_START, Severity.AMBER),), None, None)
    higher = raised(USUAL, verdict, a_forecast(agents, cost), ())
    assert (higher and (higher.cold_agents, higher.cold_amount // USD)) == then


def test_nothing_is_offered_where_no_rule_speaks() -> None:
    assert raised(USUAL, Verdict(Severity.SILENT, (), 1, None), LAUNCH, ()) is None


STANDINGS = st.builds(
    lambda left, state, known, own: held_against(
        *((seen(left * USD // 10, state, spent=100 * USD, known=known),) if left else ()), own=own
    ),
    st.integers(0, 3000), st.sampled_from([QuotaState.OK, QuotaState.STALE]), st.booleans(),
    st.sampled_from([(), ENOUGH, (2 * USD,) * 20]),
)  # fmt: skip


@given(STANDINGS, st.integers(1, 40), st.integers(1, 900), st.integers(100, 300))
def test_at_the_higher_one_the_rule_is_silent_or_a_notice_and_no_other_threshold_moves(
    standing: Standing, agents: int, dimes: int, ratio: int
) -> None:
    cost = Spread(0, dimes * USD // 10, dimes * USD // 10 * ratio // 100)
    told, before = a_forecast(agents, cost), verdict_on(cost, standing, agents)
    assume(before.level >= Severity.AMBER)
    higher = raised(USUAL, before, told, standing.own)
    assume(higher is not None)
    assert higher is not None
    rule = before.findings[0].rule
    found = found_of(rule, judge(lambda _: told, agents, standing, higher, NOW))
    assert found is None or found.severity < Severity.AMBER
    kept = {name: getattr(USUAL, name) for name in RAISED[rule]}
    assert replace(higher, **kept) == USUAL
    assert all(getattr(higher, name) >= value for name, value in kept.items())
