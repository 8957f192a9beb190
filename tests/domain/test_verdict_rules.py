"""Each rule of the table speaks from its exact threshold on, and not before."""

from dataclasses import replace

import pytest
from made_standing import ENOUGH, LINE, MONTH, NOW, USD, a_quota, found_of, held_against, seen, verdict_on

from taximeter.domain.launch import Finding, Rule, Severity, Spread
from taximeter.domain.outlook import outlook
from taximeter.domain.pace import DAY
from taximeter.domain.quota import Outlook, Period, QuotaKind, QuotaState
from taximeter.domain.thresholds import Thresholds
from taximeter.domain.verdict import surely_silent

A_DAYS_USE = 64 * DAY
"""So that every sum of the pace is exact: 64 nano-units a millisecond."""


def spread(p50: int, p90: int = 0) -> Spread:
    return Spread(0, p50, max(p50, p90))


@pytest.mark.parametrize(
    ("p50", "p90", "to_go", "severity"),
    [
        (10 * USD, 100 * USD, DAY, Severity.SILENT),
        (10 * USD + 1, 0, DAY, Severity.AMBER),
        (2 * USD, 100 * USD + 1, DAY, Severity.AMBER),
        (25 * USD, 0, DAY, Severity.AMBER),
        (25 * USD + 1, 0, DAY, Severity.RED),
        (25 * USD + 1, 0, DAY - 1, Severity.AMBER),
        (100 * USD, 0, DAY - 1, Severity.AMBER),
        (100 * USD + 1, 0, DAY - 1, Severity.RED),
    ],
)
def test_r1_left(p50: int, p90: int, to_go: int, severity: Severity) -> None:
    standing = held_against(seen(100 * USD, period=Period(NOW - 10 * DAY, NOW + to_go)))
    verdict = verdict_on(spread(p50, p90), standing)
    assert verdict.level is severity
    assert [finding.rule for finding in verdict.findings] == [Rule.LEFT] * (severity > Severity.SILENT)


def test_r1_names_the_share_of_the_middle_and_whether_the_upper_end_is_over_all() -> None:
    standing = held_against(seen(100 * USD, id="team"))
    assert verdict_on(spread(int(34.9 * USD), 101 * USD), standing).findings == (
        Finding(Rule.LEFT, Severity.RED, quota="team", percent=34, over_all=True),
    )
    assert verdict_on(spread(250 * USD), standing).findings[0].percent == 250


@pytest.mark.parametrize("left", [0, -3 * USD])
def test_r1_a_quota_with_nothing_left_is_red_for_the_smallest_launch(left: int) -> None:
    verdict = verdict_on(spread(1, 2), held_against(seen(left)))
    assert verdict.findings == (Finding(Rule.LEFT, Severity.RED, quota="q", over_all=True),)
    assert verdict.fits is None


STOPPED = outlook(a_quota(90 * USD, suspended=True), LINE, NOW)
REFUSED = replace(seen(90 * USD, QuotaState.SPENT), refused_at=NOW - DAY)


@pytest.mark.parametrize(
    ("stopped", "severity"),
    [
        (STOPPED, Severity.RED),
        (outlook(a_quota(0, limited=False, suspended=True), LINE, NOW), Severity.RED),
        (outlook(a_quota(90 * USD, suspended=True, period=Period(NOW - 2 * DAY, NOW - 1)), LINE, NOW), Severity.RED),
        (
            outlook(a_quota(90 * USD, suspended=True, kind=QuotaKind.LITELLM, as_of=NOW - DAY), LINE, NOW),
            Severity.AMBER,
        ),
        (REFUSED, Severity.RED),
        (replace(REFUSED, quota=replace(REFUSED.quota, as_of=NOW - DAY)), Severity.RED),
    ],
)
def test_r1_a_quota_that_lets_nothing_through_speaks_whatever_is_left_of_it(
    stopped: Outlook, severity: Severity
) -> None:
    verdict = verdict_on(spread(1, 2), held_against(stopped, seen(5_000 * USD)))
    assert verdict.findings == (Finding(Rule.LEFT, severity, quota="q", over_all=True),)
    assert (verdict.fits, verdict.binding) == (None, stopped)
    assert not surely_silent(1, 1, held_against(stopped), Thresholds(), NOW)


def on_course(days_left: int, *, spent: int = 10 * A_DAYS_USE) -> Outlook:
    return outlook(a_quota(days_left * A_DAYS_USE, spent=spent), LINE, NOW)


@pytest.mark.parametrize(
    ("days_left", "middle", "severity", "runs_out", "ran_out"),
    [
        (21, A_DAYS_USE, None, 0, None),
        (21, A_DAYS_USE + 64, Severity.NOTICE, MONTH.end - 1, None),
        (20, A_DAYS_USE - 64, Severity.NOTICE, MONTH.end - DAY + 1, None),
        (20, A_DAYS_USE, Severity.AMBER, MONTH.end - DAY, None),
        (20, 6 * A_DAYS_USE, Severity.AMBER, MONTH.end - 6 * DAY, None),
        (20, 6 * A_DAYS_USE + 64, Severity.RED, MONTH.end - 6 * DAY - 1, None),
        (15, A_DAYS_USE - 64, Severity.NOTICE, NOW + 14 * DAY + 1, NOW + 15 * DAY),
        (15, A_DAYS_USE, Severity.AMBER, NOW + 14 * DAY, NOW + 15 * DAY),
        (15, 15 * A_DAYS_USE, Severity.RED, NOW, NOW + 15 * DAY),
        (15, 16 * A_DAYS_USE, Severity.RED, NOW, NOW + 15 * DAY),
    ],
)
def test_r2_pace(days_left: int, middle: int, severity: Severity | None, runs_out: int, ran_out: int | None) -> None:
    finding = found_of(Rule.PACE, verdict_on(spread(middle), held_against(on_course(days_left))))
    expected = severity and Finding(Rule.PACE, severity, quota="q", runs_out_at=runs_out, ran_out_at=ran_out)
    assert finding == expected


def test_r2_what_runs_out_anyway_is_worth_a_notice_only_on_another_day() -> None:
    half_a_day = A_DAYS_USE // 2
    noon = outlook(a_quota(15 * A_DAYS_USE + half_a_day, spent=10 * A_DAYS_USE), LINE, NOW)
    assert found_of(Rule.PACE, verdict_on(spread(half_a_day), held_against(noon))) is None
    another = found_of(Rule.PACE, verdict_on(spread(half_a_day + 64), held_against(noon)))
    assert another
    assert another.severity is Severity.NOTICE


def test_r2_is_silent_while_it_is_too_early_to_foretell_the_end() -> None:
    early = seen(15 * A_DAYS_USE, spent=10 * A_DAYS_USE, known=False)
    assert found_of(Rule.PACE, verdict_on(spread(A_DAYS_USE), held_against(early))) is None


def test_r2_what_was_never_used_lasts_until_all_is_spent_at_once() -> None:
    unused = on_course(20, spent=0)
    assert found_of(Rule.PACE, verdict_on(spread(19 * A_DAYS_USE), held_against(unused))) is None
    all_of_it = found_of(Rule.PACE, verdict_on(spread(20 * A_DAYS_USE), held_against(unused)))
    assert all_of_it
    assert all_of_it.runs_out_at == NOW


@pytest.mark.parametrize(
    ("launches", "p50", "severity"),
    [
        (20, 18 * USD, Severity.SILENT),
        (20, 18 * USD + 1, Severity.NOTICE),
        (20, 54 * USD, Severity.NOTICE),
        (20, 54 * USD + 1, Severity.AMBER),
        (19, 54 * USD + 1, Severity.SILENT),
    ],
)
def test_r3_own_typical(launches: int, p50: int, severity: Severity) -> None:
    own = tuple(range(launches * USD, 0, -USD))
    verdict = verdict_on(spread(p50), held_against(seen(10_000 * USD), own=own))
    assert verdict.level is severity
    if severity is not Severity.SILENT:
        assert verdict.findings == (Finding(Rule.TYPICAL, severity, usual=10 * USD, launches=20),)


@pytest.mark.parametrize(
    ("agents", "p90", "launches", "with_quota", "severity"),
    [
        (4, 10 * USD, 4, True, Severity.SILENT),
        (5, 2 * USD, 4, True, Severity.AMBER),
        (4, 10 * USD + 1, 4, True, Severity.AMBER),
        (5, 10 * USD + 1, 5, True, Severity.SILENT),
        (4, 10 * USD, 19, False, Severity.SILENT),
        (5, 2 * USD, 19, False, Severity.AMBER),
        (1, 10 * USD + 1, 19, False, Severity.AMBER),
    ],
)
def test_r0_cold_start(agents: int, p90: int, launches: int, with_quota: bool, severity: Severity) -> None:
    quotas = (seen(10_000 * USD),) if with_quota else ()
    verdict = verdict_on(spread(USD, p90), held_against(*quotas, own=(USD,) * launches), agents)
    assert verdict.level is severity
    if severity is Severity.AMBER:
        assert verdict.findings == (Finding(Rule.COLD_START, severity, launches=launches),)


@pytest.mark.parametrize(
    ("p90", "left", "speaks"),
    [
        (USD - 1, None, False),
        (USD, None, True),
        (USD - 1, 100 * USD, False),
        (USD, 200 * USD, True),
        (USD // 2, 50 * USD + 100, False),
        (USD // 2, 50 * USD, True),
    ],
)
def test_silent_under_a_dollar_and_under_one_percent_of_what_is_left(p90: int, left: int | None, speaks: bool) -> None:
    quotas = (seen(10_000 * USD), seen(left)) if left else ()
    verdict = verdict_on(Spread(0, 0, p90), held_against(*quotas, own=()), agents=50)
    assert bool(verdict.findings) is speaks


def test_without_a_range_the_number_of_agents_speaks_and_the_floor_of_what_is_left() -> None:
    standing = held_against(seen(100 * USD))
    assert verdict_on(None, standing, agents=4, floor=10 * USD).level is Severity.SILENT
    assert [finding.rule for finding in verdict_on(None, standing, agents=5).findings] == [Rule.COLD_START]
    (left,) = verdict_on(None, standing, agents=4, floor=26 * USD).findings
    assert left == Finding(Rule.LEFT, Severity.RED, quota="q", percent=26)
    assert verdict_on(None, held_against(on_course(20), own=ENOUGH * 4), floor=2 * USD).level is Severity.SILENT
