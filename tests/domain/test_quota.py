"""What is left of a quota, as its source tells it and as this desktop adds to it."""

from dataclasses import replace
from zoneinfo import ZoneInfo

from taximeter.domain.outlook import outlook
from taximeter.domain.pace import DAY, straight_line
from taximeter.domain.quota import Enforcement, Period, Quota, QuotaKind, QuotaState, Unit

START = 1_793_491_200_000  # 2026-11-01 00:00 UTC
YEAR = 366 * DAY
MADE = Quota("q", "Q", QuotaKind.TAXIMETER, Unit.MONEY, "USD", 200, 50, 7, 5, Period(START, START + 30 * DAY), START)
LINE = straight_line(ZoneInfo("UTC"))


def test_what_is_left_is_the_sources_figure_less_what_it_cannot_know_yet() -> None:
    assert MADE.remaining == 200 - 50 - 7 - 5
    assert replace(MADE, told_left=100).remaining == 100 - 7 - 5
    assert replace(MADE, told_left=-3).remaining == -15
    assert replace(MADE, limit=None).remaining is None


def test_a_quota_of_ones_own_stops_nothing() -> None:
    assert (MADE.enforcement, MADE.suspended, MADE.resets, MADE.coverage_chosen) == (
        Enforcement.NONE,
        False,
        True,
        True,
    )


def test_a_quota_that_is_never_reset_has_no_even_pace_to_fall_behind() -> None:
    now = START + 40 * DAY
    never = replace(MADE, limit=1000, spent=105, resets=False, period=Period(START, now + YEAR), as_of=now)
    seen = outlook(never, LINE, now)
    assert (seen.even_pace, seen.forecast_known) == (None, True)
    assert seen.runs_out_at is not None
    assert outlook(replace(never, spent=20), LINE, now).state is QuotaState.OK
    assert outlook(replace(never, resets=True), LINE, now).even_pace is not None
