"""A verdict: the worst finding names it, old figures never stop anything, and so many agents fit."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st
from made_standing import (
    LINE,
    NOW,
    START,
    USD,
    UTC,
    a_forecast,
    a_quota,
    each,
    found_of,
    held_against,
    seen,
    verdict_on,
)

from taximeter.domain.launch import Forecast, Rule, Severity, Spread
from taximeter.domain.outlook import outlook, outlooks
from taximeter.domain.pace import DAY, Profile
from taximeter.domain.quota import Period, Quota, QuotaKind, QuotaState, Unit
from taximeter.domain.thresholds import Thresholds
from taximeter.domain.verdict import Standing, judge, surely_silent

HALF = Spread(10 * USD, 50 * USD, 90 * USD)


def test_of_several_quotas_the_one_with_the_worst_finding_is_named() -> None:
    plenty, tight = seen(10_000 * USD, id="plenty"), seen(100 * USD, id="tight")
    verdict = verdict_on(HALF, held_against(plenty, tight))
    assert [(finding.rule, finding.quota) for finding in verdict.findings] == [(Rule.LEFT, "tight")]
    assert verdict.binding == tight


def test_of_two_that_are_equally_bad_the_one_that_binds_first_is_named() -> None:
    first, second = seen(100 * USD, id="first"), seen(90 * USD, id="second")
    verdict = verdict_on(HALF, held_against(first, second))
    assert [finding.quota for finding in verdict.findings] == ["first"]
    assert verdict.binding == first


def test_a_finding_about_no_quota_names_the_one_that_binds() -> None:
    first = seen(10_000 * USD, id="first")
    verdict = verdict_on(HALF, held_against(first, seen(20_000 * USD, id="second"), own=()))
    assert [finding.rule for finding in verdict.findings] == [Rule.COLD_START]
    assert verdict.binding == first


def test_findings_stand_worst_first_and_the_level_is_the_worst() -> None:
    own = (16 * USD,) * 20
    red = held_against(seen(100 * USD), own=own)
    verdict = verdict_on(Spread(0, 49 * USD, 50 * USD), red)
    assert [finding.severity for finding in verdict.findings] == [Severity.RED, Severity.AMBER]
    assert verdict.level is Severity.RED
    lesser = verdict_on(Spread(0, 17 * USD, 50 * USD), red)
    assert [(finding.rule, finding.severity) for finding in lesser.findings] == [
        (Rule.LEFT, Severity.AMBER),
        (Rule.TYPICAL, Severity.NOTICE),
    ]


def test_unlimited_quotas_never_speak() -> None:
    free = outlook(a_quota(0, spent=500 * USD, limited=False), LINE, NOW)
    for own in ((), (USD,) * 30):
        with_it, without = (verdict_on(HALF, held_against(*quotas, own=own), 9) for quotas in ((free,), ()))
        assert with_it == without
        assert with_it.binding is None


@pytest.mark.parametrize("state", [QuotaState.STALE, QuotaState.OFFLINE, QuotaState.SIGNED_OUT])
def test_a_figure_too_old_to_act_on_asks_but_never_stops(state: QuotaState) -> None:
    for left in (100 * USD, 0):
        fresh, old = (verdict_on(HALF, held_against(seen(left, state))) for state in (QuotaState.OK, state))
        assert (fresh.level, old.level) == (Severity.RED, Severity.AMBER)
        assert old.findings[0].percent == fresh.findings[0].percent


def test_a_fresh_quota_speaks_before_an_old_one_that_looks_worse() -> None:
    old, fresh = seen(60 * USD, QuotaState.STALE, id="old"), seen(150 * USD, id="fresh")
    assert verdict_on(HALF, held_against(old, fresh)).findings[0].quota == "fresh"


def test_a_quota_whose_period_is_over_says_nothing() -> None:
    over = seen(0, QuotaState.STALE, period=Period(START, NOW))
    verdict = verdict_on(Spread(0, USD, 2 * USD), held_against(over))
    assert (verdict.level, verdict.binding) == (Severity.SILENT, None)


def test_a_plan_window_is_no_money() -> None:
    window = seen(5, unit=Unit.PERCENT, currency="", kind=QuotaKind.PLAN_WINDOW)
    assert verdict_on(Spread(0, USD, 2 * USD), held_against(window)).level is Severity.SILENT


@pytest.mark.parametrize(
    ("agents", "one", "fits"),
    [(8, 3 * USD, 3), (8, 11 * USD, None), (8, int(1.4 * USD), 7), (8, int(1.2 * USD), 8), (1, 11 * USD, None)],
)
def test_the_number_that_fits_is_the_largest_at_which_no_rule_speaks(agents: int, one: int, fits: int | None) -> None:
    assert judge(each(one, one), agents, held_against(seen(100 * USD)), Thresholds(), NOW).fits == fits


def test_the_dear_forecast_is_made_seldom_and_never_twice() -> None:
    asked = []

    def forecast_for(count: int) -> Forecast:
        asked.append(count)
        return each(3 * USD, 3 * USD)(count)

    assert judge(forecast_for, 1000, held_against(seen(100 * USD)), Thresholds(), NOW).fits == 3
    assert len(asked) == len(set(asked)) <= 11
    asked.clear()
    judge(forecast_for, 1000, held_against(seen(100 * USD), seen(0)), Thresholds(), NOW)
    assert asked == [1000]


def test_red_never_begins_before_amber() -> None:
    standing = held_against(seen(100 * USD))
    raised = Thresholds(left_amber_percent=50)
    levels = [judge(each(one, one), 1, standing, raised, NOW).level for one in (50 * USD, 51 * USD)]
    assert levels == [Severity.SILENT, Severity.RED]


def test_other_thresholds_move_the_rules() -> None:
    standing = held_against(seen(100 * USD))
    higher = Thresholds(left_amber_percent=60, left_red_percent=70)
    assert judge(lambda count: a_forecast(count, HALF), 1, standing, higher, NOW).level is Severity.SILENT


amounts = st.integers(0, 300).map(lambda cents: cents * USD // 4)
profiles = st.lists(st.integers(1, 9), min_size=168, max_size=168).map(lambda weights: Profile(UTC, tuple(weights)))
periods = st.sampled_from([1, 7, 30]).flatmap(
    lambda days: st.integers(0, days * 24 - 1).map(lambda hour: Period(NOW - hour * DAY // 24, NOW + days * DAY))
)
quotas = st.builds(
    lambda spent, limit, period, age, held: a_quota(
        0, spent=spent, limit=limit, period=period, as_of=NOW - age, held=held
    ),
    amounts, st.none() | amounts, periods, st.sampled_from([0, 2 * DAY]), st.sampled_from([0, USD]),
)  # fmt: skip
owns = st.lists(amounts, max_size=30).map(tuple)


@st.composite
def standings(draw: st.DrawFn) -> Standing:
    made: list[Quota] = draw(st.lists(quotas, max_size=3))
    profile = draw(profiles)
    named = tuple(replace(quota, id=str(at)) for at, quota in enumerate(made))
    return Standing(outlooks(named, profile, NOW), profile, draw(owns))


ranges = st.tuples(amounts, amounts).map(lambda pair: Spread(0, min(pair), max(pair)))


@given(standings(), ranges, st.integers(1, 12))
def test_more_agents_never_make_the_verdict_quieter(standing: Standing, one: Spread, agents: int) -> None:
    grows = each(one.p50 // 10, one.p90 // 10)
    verdicts = [judge(grows, count, standing, Thresholds(), NOW) for count in range(1, agents + 1)]
    levels = [verdict.level for verdict in verdicts]
    assert levels == sorted(levels)
    silent = [count for count, level in enumerate(levels, 1) if level is Severity.SILENT]
    assert verdicts[-1].fits == (max(silent) if silent else None)


@given(standings(), ranges, st.integers(1, 12), amounts)
def test_what_is_surely_silent_is_silent(standing: Standing, cost: Spread, agents: int, above: int) -> None:
    small = Spread(0, cost.p50 // 20, cost.p90 // 20)
    if surely_silent(small.p90 + above // 50, agents, standing, Thresholds(), NOW):
        assert verdict_on(small, standing, agents).level is Severity.SILENT


@given(standings(), st.integers(0, 75 * USD), st.integers(1, 12))
def test_a_launch_whose_range_is_one_number_is_surely_silent_or_speaks(
    standing: Standing, cost: int, agents: int
) -> None:
    said = verdict_on(Spread(cost, cost, cost), standing, agents)
    assert surely_silent(cost, agents, standing, Thresholds(), NOW) is (said.level is Severity.SILENT)


@given(quotas, profiles, st.integers(1, 75 * USD))
def test_r2_foretells_the_end_as_the_outlook_does(quota: Quota, profile: Profile, middle: int) -> None:
    known = outlook(quota, profile, NOW)
    finding = found_of(Rule.PACE, verdict_on(Spread(0, middle, middle), held_against(known, profile=profile)))
    if finding:
        assert finding.ran_out_at == known.runs_out_at
        later = outlook(replace(quota, held=quota.held + middle), profile, NOW)
        assert finding.runs_out_at == (later.runs_out_at if (later.quota.remaining or 0) > 0 else NOW)
