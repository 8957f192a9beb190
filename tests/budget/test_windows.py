"""Plan windows from logs."""

from dataclasses import replace
from zoneinfo import ZoneInfo

import pytest

from taximeter.budget.windows import plan_quotas, window_name
from taximeter.domain.outlook import outlooks
from taximeter.domain.pace import straight_line
from taximeter.domain.quota import Period, QuotaState, Unit
from taximeter.ledger.readmodels import PlanWindow

MINUTE = 60_000
HOUR = 60 * MINUTE
RESET = 1_795_440_000_000
SHORT = PlanWindow("some-agent", "main", 300, 37.25, RESET, RESET - HOUR, "pro")
NAMES = {"some-agent": "Some Agent"}


def test_a_window_is_a_share_until_its_reset() -> None:
    (quota,) = plan_quotas([SHORT], NAMES, RESET - HOUR)
    assert (quota.id, quota.name) == ("some-agent:main:300", "Some Agent, 5-hour window")
    assert (quota.unit, quota.currency) == (Unit.PERCENT, "")
    assert (quota.limit, quota.spent, quota.remaining) == (10_000, 3_725, 6_275)
    assert quota.period == Period(RESET - 5 * HOUR, RESET)
    assert quota.as_of == RESET - HOUR


def test_past_its_reset_nothing_is_shown_as_used_but_the_reading_is_old() -> None:
    full = replace(SHORT, used_percent=100.0)
    (before,) = plan_quotas([full], NAMES, RESET - 1)
    (after,) = plan_quotas([full], NAMES, RESET)
    assert (before.spent, before.used_up_at) == (10_000, RESET - HOUR)
    assert (after.spent, after.used_up_at, after.as_of) == (0, None, RESET - HOUR)
    assert after.period == Period(RESET, RESET + 5 * HOUR)
    (seen,) = outlooks((after,), straight_line(ZoneInfo("UTC")), RESET)
    assert seen.state == QuotaState.STALE


def test_a_window_not_quoted_for_its_whole_length_is_left_out() -> None:
    assert plan_quotas([SHORT], NAMES, RESET + 5 * HOUR) == ()


def test_a_reset_that_was_not_told_is_the_latest_it_could_be() -> None:
    (quota,) = plan_quotas([replace(SHORT, resets_at=0)], NAMES, RESET)
    assert quota.period == Period(RESET - HOUR, RESET + 4 * HOUR)


def test_several_limits_of_one_agent_are_told_apart() -> None:
    names = [one.name for one in plan_quotas([SHORT, replace(SHORT, limit_id="other", minutes=10_080)], NAMES, RESET)]
    assert names == ["Some Agent, 5-hour window (main)", "Some Agent, weekly window (other)"]


@pytest.mark.parametrize(
    ("minutes", "name"),
    [(300, "5-hour window"), (10_080, "weekly window"), (1_440, "daily window"), (43_200, "30-day window"),
     (90, "90-minute window")],
)  # fmt: skip
def test_lengths_in_words(minutes: int, name: str) -> None:
    assert window_name(minutes) == name
