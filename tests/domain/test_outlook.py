"""States, the moment a quota runs out, and which one binds."""

from dataclasses import replace
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from taximeter.domain.outlook import outlook, outlooks
from taximeter.domain.pace import DAY, HOUR, Profile, straight_line
from taximeter.domain.quota import Outlook, Period, Quota, QuotaKind, QuotaState, Unit

UTC = ZoneInfo("UTC")
LINE = straight_line(UTC)
START = 1_793_491_200_000  # 2026-11-01 00:00 UTC
MONTH = Period(START, START + 30 * DAY)
USD = 1_000_000_000


def quota(spent: int, *, now: int, limit: int | None = 200, **more: Any) -> Quota:
    made = Quota("q", "Q", QuotaKind.LOCAL, Unit.MONEY, "USD", None if limit is None else limit * USD, spent * USD,
                 0, 0, MONTH, now)  # fmt: skip
    return replace(made, **more)


def seen_at(day: float, spent: int, **more: Any) -> Outlook:
    now = START + round(day * DAY)
    return outlook(quota(spent, now=now, **more), LINE, now)


@pytest.mark.parametrize(
    ("day", "spent", "state", "ends_on"),
    [
        (15, 0, QuotaState.OK, None),
        (15, 100, QuotaState.OK, None),
        (15, 101, QuotaState.WATCH, 15 + 99 * 15 / 101),
        (15, 125, QuotaState.WATCH, 15 + 75 * 15 / 125),
        (15, 179, QuotaState.WATCH, 15 + 21 * 15 / 179),
        (15, 180, QuotaState.LOW, 15 + 20 * 15 / 180),
        (15, 199, QuotaState.LOW, 15 + 1 * 15 / 199),
        (15, 200, QuotaState.SPENT, None),
        (15, 230, QuotaState.SPENT, None),
        (29, 182, QuotaState.OK, None),
        (29, 193, QuotaState.OK, None),
        (29, 194, QuotaState.LOW, 29 + 6 * 29 / 194),
        (4, 160, QuotaState.LOW, 5),
    ],
)
def test_states_and_ends_on_a_straight_line(day: int, spent: int, state: QuotaState, ends_on: float | None) -> None:
    seen = seen_at(day, spent)
    assert seen.state == state
    expected = None if ends_on is None else START + ends_on * DAY
    assert seen.runs_out_at == pytest.approx(expected, abs=2) if expected else seen.runs_out_at is None


def test_the_end_is_hidden_until_three_percent_of_the_period_has_passed() -> None:
    early, later = seen_at(0.899, 50), seen_at(0.9, 50)
    assert (early.forecast_known, early.runs_out_at) == (False, None)
    assert early.state == QuotaState.WATCH
    assert later.forecast_known
    assert later.runs_out_at == pytest.approx(START + 3.6 * DAY, abs=2)


def test_the_end_is_hidden_while_hardly_any_work_was_due() -> None:
    weekdays = Profile(UTC, (100,) * 120 + (1,) * 48, known=True)
    now = START + DAY  # 2026-11-01 is a Sunday
    assert not outlook(quota(10, now=now), weekdays, now).forecast_known
    assert outlook(quota(10, now=now + DAY), weekdays, now + DAY).forecast_known


def test_even_pace_is_what_would_be_left_by_now() -> None:
    assert seen_at(15, 20).even_pace == 100 * USD
    assert seen_at(0, 0).even_pace == 200 * USD
    assert seen_at(6, 0).even_pace == 160 * USD


def test_holds_and_what_is_not_billed_yet_are_taken_off_but_only_spending_is_a_pace() -> None:
    plain = seen_at(15, 90)
    held = seen_at(15, 80, not_billed=10 * USD, held=60 * USD)
    assert held.quota.remaining == 50 * USD
    assert plain.runs_out_at is None
    assert held.runs_out_at == pytest.approx(START + (15 + 50 * 15 / 90) * DAY, abs=2)


def test_a_spent_quota_says_since_when() -> None:
    assert seen_at(15, 200, used_up_at=START + 14 * DAY).runs_out_at == START + 14 * DAY


def test_an_unlimited_quota_is_fine_and_never_binds() -> None:
    now = START + DAY
    free = quota(500, now=now, limit=None)
    (seen,) = outlooks((free,), LINE, now)
    assert (seen.state, seen.runs_out_at, seen.even_pace, seen.binds) == (QuotaState.OK, None, None, False)


@pytest.mark.parametrize(
    ("kind", "length", "age", "stale"),
    [
        (QuotaKind.LOCAL, 30 * DAY, HOUR, False),
        (QuotaKind.LOCAL, 30 * DAY, HOUR + 1, True),
        (QuotaKind.LITELLM, 30 * DAY, 75 * 60_000, False),
        (QuotaKind.LITELLM, 30 * DAY, 75 * 60_000 + 1, True),
        (QuotaKind.PLAN_WINDOW, 5 * HOUR, 75 * 60_000, False),
        (QuotaKind.PLAN_WINDOW, 5 * HOUR, 75 * 60_000 + 1, True),
        (QuotaKind.PLAN_WINDOW, 7 * DAY, DAY, False),
        (QuotaKind.PLAN_WINDOW, 7 * DAY, DAY + 1, True),
    ],
)
def test_a_figure_that_is_too_old_is_stale(kind: QuotaKind, length: int, age: int, *, stale: bool) -> None:
    now = START + length // 2
    old = quota(10, now=now - age, kind=kind, period=Period(START, START + length))
    assert (outlook(old, LINE, now).state == QuotaState.STALE) is stale


@pytest.mark.parametrize(("resets", "state"), [(True, QuotaState.STALE), (False, QuotaState.SPENT)])
def test_a_services_figure_from_before_the_reset_tells_nothing_of_the_next_period(
    resets: bool, state: QuotaState
) -> None:
    now = MONTH.end + 60_000
    before = replace(quota(200, now=MONTH.end - 60_000), kind=QuotaKind.TAXIMETER, resets=resets)
    assert outlook(before, LINE, now).state is state


def test_the_one_that_runs_out_first_binds_although_another_has_less_left() -> None:
    now = START + 28 * DAY
    nearly = quota(186, now=now, id="nearly")
    soon = quota(150, now=now, id="soon", period=Period(now - 3 * DAY, now + 4 * DAY))
    seen = outlooks((nearly, soon), LINE, now)
    assert [(one.quota.id, one.binds) for one in seen] == [("soon", True), ("nearly", False)]


@pytest.mark.parametrize("limit", [200, None])
def test_a_suspended_quota_binds_before_all_others(limit: int | None) -> None:
    now = MONTH.start + 10 * DAY
    stopped = replace(quota(20, now=now, limit=limit), id="stopped", suspended=True)
    found = outlooks((quota(200, now=now), stopped), LINE, now)
    assert [(one.quota.id, one.binds) for one in found] == [("stopped", True), ("q", False)]


def test_when_all_last_the_smallest_share_left_binds() -> None:
    now = START + 15 * DAY
    seen = outlooks((quota(10, now=now, id="a"), quota(90, now=now, id="b")), LINE, now)
    assert [one.quota.id for one in seen] == ["b", "a"]


def test_where_it_is_too_early_to_tell_the_sources_own_forecast_stands_in() -> None:
    early, told = START + 12 * HOUR, START + 20 * DAY
    seen = outlook(replace(quota(1, now=early), told_run_out=told), LINE, early)
    assert (seen.runs_out_at, seen.forecast_known, seen.state) == (told, False, QuotaState.WATCH)
    for past in (early, MONTH.end):
        assert outlook(replace(quota(1, now=early), told_run_out=past), LINE, early).runs_out_at is None
    later = START + 15 * DAY
    assert outlook(replace(quota(10, now=later), told_run_out=told), LINE, later).runs_out_at is None


def test_the_source_names_the_one_that_binds_only_where_nothing_can_be_foretold() -> None:
    def named(now: int) -> list[str]:
        less, more, other = (replace(quota(spent, now=now, id=id), origin="budget.example.com")
                             for id, spent in (("less", 3), ("more", 1), ("other", 2)))  # fmt: skip
        elsewhere = quota(2, now=now, id="elsewhere")
        return [one.quota.id for one in outlooks((less, replace(more, told_binds=True), other, elsewhere), LINE, now)]

    assert named(START + 12 * HOUR) == ["more", "less", "elsewhere", "other"]
    assert named(START + 20 * DAY) == ["less", "elsewhere", "other", "more"]


def test_a_spent_quota_binds_before_all_others_and_the_longest_of_them_first() -> None:
    now = START + 15 * DAY
    week = quota(200, now=now, id="week", period=Period(now - 3 * DAY, now + 4 * DAY))
    month = quota(200, now=now, id="month")
    nearly = quota(199, now=now, id="nearly")
    assert [one.quota.id for one in outlooks((nearly, week, month), LINE, now)] == ["month", "week", "nearly"]


amounts = st.integers(0, 250)
days = st.integers(0, 30 * 24 * 60 - 1)
profiles = st.lists(st.integers(1, 1000), min_size=168, max_size=168).map(lambda weights: Profile(UTC, tuple(weights)))


@given(profiles, amounts, st.integers(0, 50), days)
def test_more_spending_never_lasts_longer(profile: Profile, spent: int, more: int, minute: int) -> None:
    now = START + minute * 60_000
    less, later = (outlook(quota(amount, now=now), profile, now).runs_out_at for amount in (spent, spent + more))
    if spent + more < 200 and less is not None:
        assert later is not None
        assert later <= less


@given(profiles, amounts, days)
def test_it_runs_out_between_now_and_the_reset_or_lasts(profile: Profile, spent: int, minute: int) -> None:
    now = START + minute * 60_000
    seen = outlook(quota(spent, now=now), profile, now)
    assert 0 <= (seen.even_pace or 0) <= 200 * USD
    if seen.runs_out_at is not None:
        assert now <= seen.runs_out_at < MONTH.end
    severities = {QuotaState.OK: 0, QuotaState.WATCH: 1, QuotaState.LOW: 2, QuotaState.SPENT: 3}
    assert (severities[seen.state] == 3) is (spent >= 200)


@given(st.lists(st.tuples(amounts, st.sampled_from([100, 200, None])), max_size=5), days)
def test_at_most_one_binds_and_none_is_lost(made: list[tuple[int, int | None]], minute: int) -> None:
    now = START + minute * 60_000
    quotas = tuple(quota(spent, now=now, limit=limit, id=str(at)) for at, (spent, limit) in enumerate(made))
    seen = outlooks(quotas, LINE, now)
    assert {one.quota.id for one in seen} == {one.id for one in quotas}
    limited = any(one.limit is not None for one in quotas)
    assert [one.binds for one in seen] == [limited and at == 0 for at in range(len(seen))]
