"""Periods begin and end at local midnights, whatever the clocks and the months do."""

from datetime import datetime
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from taximeter.domain.period import PeriodKind, Rhythm, period_at
from taximeter.domain.quota import Period

BERLIN = ZoneInfo("Europe/Berlin")
HOUR = 3_600_000
rhythms = st.one_of(
    st.just(Rhythm(PeriodKind.DAY)),
    st.integers(1, 7).map(lambda day: Rhythm(PeriodKind.WEEK, day)),
    st.integers(1, 31).map(lambda day: Rhythm(PeriodKind.MONTH, day)),
)
zones = st.sampled_from(
    [
        "UTC",
        "Europe/Berlin",
        "America/New_York",
        "Asia/Kathmandu",
        "America/Havana",
        "Australia/Lord_Howe",
        "Asia/Beirut",
    ]
).map(ZoneInfo)
moments = st.integers(1_700_000_000_000, 1_900_000_000_000)


def ms(text: str, zone: ZoneInfo = BERLIN) -> int:
    return round(datetime.fromisoformat(text).replace(tzinfo=zone).timestamp() * 1000)


@pytest.mark.parametrize(
    ("rhythm", "now", "start", "end"),
    [
        (Rhythm(PeriodKind.DAY), "2026-11-23T13:00", "2026-11-23", "2026-11-24"),
        (Rhythm(PeriodKind.DAY), "2026-11-23T00:00", "2026-11-23", "2026-11-24"),
        (Rhythm(PeriodKind.WEEK, 1), "2026-11-23T00:00", "2026-11-23", "2026-11-30"),
        (Rhythm(PeriodKind.WEEK, 1), "2026-11-22T23:59", "2026-11-16", "2026-11-23"),
        (Rhythm(PeriodKind.WEEK, 7), "2026-11-23T13:00", "2026-11-22", "2026-11-29"),
        (Rhythm(PeriodKind.WEEK, 2), "2026-11-23T13:00", "2026-11-17", "2026-11-24"),
        (Rhythm(PeriodKind.MONTH, 1), "2026-12-31T23:59", "2026-12-01", "2027-01-01"),
        (Rhythm(PeriodKind.MONTH, 15), "2026-01-03T12:00", "2025-12-15", "2026-01-15"),
        (Rhythm(PeriodKind.MONTH, 15), "2026-01-15T00:00", "2026-01-15", "2026-02-15"),
        (Rhythm(PeriodKind.MONTH, 31), "2026-02-27T12:00", "2026-01-31", "2026-02-28"),
        (Rhythm(PeriodKind.MONTH, 31), "2026-02-28T12:00", "2026-02-28", "2026-03-31"),
        (Rhythm(PeriodKind.MONTH, 31), "2028-02-29T00:00", "2028-02-29", "2028-03-31"),
        (Rhythm(PeriodKind.MONTH, 30), "2026-03-01T00:00", "2026-02-28", "2026-03-30"),
    ],
)
def test_by_hand(rhythm: Rhythm, now: str, start: str, end: str) -> None:
    assert period_at(rhythm, ms(now), BERLIN) == Period(ms(start), ms(end))


@pytest.mark.parametrize(("day", "hours"), [("2026-03-29", 23), ("2026-10-25", 25), ("2026-07-01", 24)])
def test_a_day_is_as_long_as_its_clocks_make_it(day: str, hours: int) -> None:
    period = period_at(Rhythm(PeriodKind.DAY), ms(f"{day}T12:00"), BERLIN)
    assert period.end - period.start == hours * HOUR


def test_a_day_without_midnight_begins_at_its_first_moment() -> None:
    havana = ZoneInfo("America/Havana")
    period = period_at(Rhythm(PeriodKind.DAY), ms("2026-03-08T12:00", havana), havana)
    assert datetime.fromtimestamp(period.start / 1000, havana).isoformat() == "2026-03-08T01:00:00-04:00"
    assert period.end - period.start == 23 * HOUR


@given(rhythms, zones, moments)
def test_a_period_holds_its_moment_and_the_next_follows_without_a_gap(rhythm: Rhythm, zone: ZoneInfo, now: int) -> None:
    period = period_at(rhythm, now, zone)
    assert period.start <= now < period.end
    assert period_at(rhythm, period.start, zone) == period
    assert period_at(rhythm, period.end - 1, zone) == period
    assert period_at(rhythm, period.end, zone).start == period.end
