"""The activity profile: what is learnt, and how it measures time."""

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from taximeter.domain.pace import (
    DAY,
    HOUR,
    WEEK,
    Profile,
    hour_of_week,
    profile_of,
    recent_pace,
    straight_line,
    utc_hour,
)

BERLIN = ZoneInfo("Europe/Berlin")
MONDAY = round(datetime(2026, 11, 23, tzinfo=BERLIN).timestamp() * 1000)
moments = st.integers(1_700_000_000_000, 1_800_000_000_000)


def office(weeks: int = 8, spent: int = 1_000_000_000) -> dict[int, int]:
    """Monday to Friday, 9 to 17 o'clock, in the weeks before MONDAY."""
    first = datetime(2026, 11, 23, tzinfo=BERLIN) - timedelta(weeks=weeks)
    local = [first + timedelta(days=day, hours=hour) for day in range(weeks * 7) for hour in range(9, 17)]
    return {round(at.timestamp() * 1000): spent for at in local if at.isoweekday() <= 5}


def test_a_straight_line_measures_the_clock() -> None:
    line = straight_line(BERLIN)
    assert not line.known
    assert line.activity(MONDAY, MONDAY + WEEK) == WEEK
    assert line.reach(MONDAY, 36 * HOUR, MONDAY + WEEK) == MONDAY + 36 * HOUR


@pytest.mark.parametrize(
    "hourly",
    [
        {},
        office(weeks=1),
        {MONDAY - WEEK * 3 + hour * HOUR: 5 for hour in range(19)},
        {MONDAY - WEEK * 9 + hour * HOUR: 5 for hour in range(100)},
        dict.fromkeys(office(), 0),
    ],
    ids=["nothing", "one week", "too few hours", "too long ago", "free"],
)
def test_too_little_spending_leaves_a_straight_line(hourly: dict[int, int]) -> None:
    learnt = profile_of(hourly, MONDAY, BERLIN)
    assert not learnt.known
    assert len(set(learnt.weights)) == 1


def test_office_hours_are_learnt_by_the_local_clock_across_a_change_of_clocks() -> None:
    learnt = profile_of(office(), MONDAY, BERLIN)
    assert learnt.known
    worked = [hour for hour in range(168) if learnt.weights[hour] == max(learnt.weights)]
    assert worked == [day * 24 + hour for day in range(5) for hour in range(9, 17)]
    in_office = 40 * max(learnt.weights) / sum(learnt.weights)
    assert 0.90 < in_office < 0.94
    assert min(learnt.weights) > 0


def test_one_dear_hour_is_no_habit() -> None:
    dear = office() | {MONDAY - DAY: 1_000_000_000_000}
    learnt = profile_of(dear, MONDAY, BERLIN)
    sunday_midnight = learnt.weights[6 * 24]
    assert sunday_midnight < learnt.weights[9]


def test_half_of_the_work_is_done_on_wednesday_noon() -> None:
    learnt = profile_of(office(), MONDAY, BERLIN)
    whole = learnt.activity(MONDAY, MONDAY + WEEK)
    half = learnt.reach(MONDAY, whole / 2, MONDAY + WEEK)
    assert half is not None
    assert datetime.fromtimestamp(half / 1000, BERLIN).strftime("%a %H") == "Wed 13"


def test_the_hour_of_the_week_follows_the_local_clock() -> None:
    assert hour_of_week(MONDAY, BERLIN) == 0
    assert hour_of_week(MONDAY - 1, BERLIN) == 167
    assert hour_of_week(MONDAY + HOUR, ZoneInfo("Asia/Kathmandu")) == 5


profiles = st.lists(st.integers(1, 1000), min_size=168, max_size=168).map(
    lambda weights: Profile(BERLIN, tuple(weights))
)


@given(profiles, moments, st.integers(0, 3 * WEEK), st.integers(0, 3 * WEEK))
def test_activity_adds_up_and_never_falls(profile: Profile, start: int, first: int, second: int) -> None:
    middle, end = start + first, start + first + second
    assert profile.activity(start, middle) + profile.activity(middle, end) == profile.activity(start, end)
    assert profile.activity(start, end) >= second
    assert profile.activity(end, start) == 0 or first + second == 0


@given(profiles, moments, st.integers(1, 3 * WEEK))
def test_reach_undoes_activity(profile: Profile, start: int, length: int) -> None:
    amount = profile.activity(start, start + length)
    found = profile.reach(start, amount, start + 4 * WEEK)
    assert found is not None
    assert abs(found - (start + length)) <= 1
    assert profile.reach(start, amount, start + length) is None


def test_the_recent_pace_is_one_when_all_days_are_alike() -> None:
    learnt = profile_of(office(), MONDAY, BERLIN)
    assert recent_pace(learnt, MONDAY - 3 * WEEK, MONDAY + WEEK, MONDAY) == pytest.approx(1)
    assert recent_pace(straight_line(BERLIN), MONDAY - WEEK, MONDAY + WEEK, MONDAY) == 1


def test_the_recent_pace_tells_that_work_picked_up_or_stopped_within_bounds() -> None:
    double = {at: spent * (2 if at >= MONDAY - WEEK else 1) for at, spent in office().items()}
    picked_up = profile_of(double, MONDAY, BERLIN)
    assert recent_pace(picked_up, MONDAY - 3 * WEEK, MONDAY + WEEK, MONDAY) == pytest.approx(2 / (4 / 3))
    stopped = profile_of({at: spent for at, spent in office().items() if at < MONDAY - WEEK}, MONDAY, BERLIN)
    assert recent_pace(stopped, MONDAY - 3 * WEEK, MONDAY + WEEK, MONDAY) == 1 / 4


def test_a_period_that_has_just_begun_is_steadied_by_the_days_before() -> None:
    now = MONDAY + 10 * HOUR
    hourly = office() | {MONDAY + 9 * HOUR: 10_000_000_000}
    learnt = profile_of(hourly, now, BERLIN)
    assert recent_pace(learnt, MONDAY, MONDAY + 4 * WEEK, now) < 0.3


@given(moments)
def test_the_hour_of_a_moment_begins_at_most_an_hour_before(at: int) -> None:
    assert 0 <= at - utc_hour(at) < HOUR
    assert utc_hour(at) % HOUR == 0
