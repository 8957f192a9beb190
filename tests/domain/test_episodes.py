"""Each episode is told once: not again at a restart, not while figures flap, and anew after a real recovery."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st
from made_standing import NOW, USD, a_quota

from taximeter.domain.episode_quotas import REARMED_AFTER, Episode, EpisodeKind, Level, quota_key
from taximeter.domain.episodes import HOUR, Look, Memory, Sight, Situation, Wishes, lasting, look, snoozed
from taximeter.domain.increase import IncreaseRequest, RequestStatus
from taximeter.domain.pace import DAY
from taximeter.domain.quota import Outlook, Period, Quota, QuotaKind, QuotaState, Unit

K, S = EpisodeKind, QuotaState
QUOTA = replace(a_quota(50 * USD, spent=50 * USD), kind=QuotaKind.LITELLM)
KEY = quota_key("q")
ALL = Wishes()


def a(state: QuotaState, *, runs_out: int | None = None, at: int = NOW, quota: Quota = QUOTA) -> Outlook:
    """The quota in a state, with a rest that goes with it."""
    used = quota.limit if state is S.SPENT and quota.limit is not None else quota.spent
    return Outlook(replace(quota, spent=used, as_of=at), state, runs_out, True, None, binds=True)


def seen(
    memory: Memory, *outlooks: Outlook, at: int = NOW, wishes: Wishes = ALL, minute: int = 600, **more: object
) -> Look:
    return look(memory, Situation(at, outlooks, **more), wishes, minute)  # type: ignore[arg-type]


PRIMED = seen(Memory(), a(S.OK), to_decide=0, service=Sight.WELL).memory


def kinds(found: Look) -> list[EpisodeKind]:
    return [episode.kind for episode in found.told]


@pytest.mark.parametrize("state", [S.WATCH, S.LOW, S.SPENT])
def test_what_is_so_at_the_very_first_look_is_taken_for_told(state: QuotaState) -> None:
    first = seen(Memory(), a(state), service=Sight.SIGNED_OUT, to_decide=3)
    assert first.told == ()
    assert seen(first.memory, a(state), service=Sight.SIGNED_OUT, to_decide=3).told == ()


def test_a_quota_goes_from_a_look_to_its_end_and_back_in_one_place() -> None:
    memory, told = PRIMED, list[Episode]()
    course = (a(S.WATCH), a(S.LOW, runs_out=NOW + DAY), a(S.SPENT))
    for one in course:
        found = seen(memory, one)
        memory, told = found.memory, [*told, *found.told]
    assert [(one.key, one.kind) for one in told] == [(KEY, K.WATCH), (KEY, K.RUNS_OUT), (KEY, K.SPENT)]
    after = replace(QUOTA, period=Period(QUOTA.period.end, QUOTA.period.end + 30 * DAY))
    at = after.period.start + HOUR
    (back,) = seen(memory, a(S.OK, quota=after, at=at), at=at).told
    assert (back.kind, back.reset) == (K.BACK, True)


def test_what_comes_suddenly_is_told_at_once_and_says_the_worst_alone() -> None:
    other = replace(QUOTA, id="other")
    memory = seen(Memory(), a(S.OK), a(S.OK, quota=other)).memory
    found = seen(memory, a(S.LOW), a(S.SPENT, quota=other))
    assert [(one.kind, one.key) for one in found.told] == [(K.SPENT, quota_key("other"))]
    assert seen(found.memory, a(S.LOW), a(S.SPENT, quota=other)).told == ()


def test_little_left_without_a_foretold_end_is_low() -> None:
    assert kinds(seen(PRIMED, a(S.LOW))) == [K.LOW]


@pytest.mark.parametrize("state", [S.STALE, S.OFFLINE, S.SIGNED_OUT])
def test_a_figure_that_is_not_known_tells_nothing_and_forgets_nothing(state: QuotaState) -> None:
    low = seen(PRIMED, a(S.LOW)).memory
    dark = seen(low, a(state), at=NOW + 3 * DAY)
    assert (dark.told, dark.withdrawn, dark.memory) == ((), (), low)
    assert seen(Memory(since=NOW), a(state)).memory.quotas == ()


def test_flapping_around_a_threshold_tells_once() -> None:
    memory, told = PRIMED, list[Episode]()
    for hour in range(24 * 5):
        found = seen(memory, a(S.WATCH if hour % 3 else S.OK), at=NOW + hour * HOUR)
        memory, told = found.memory, [*told, *found.told]
    assert [one.kind for one in told] == [K.WATCH]


def test_a_recovery_that_stays_withdraws_and_rearms() -> None:
    memory = seen(PRIMED, a(S.LOW)).memory
    assert seen(memory, a(S.OK)).withdrawn == ()
    memory = seen(memory, a(S.OK)).memory
    later = NOW + REARMED_AFTER
    found = seen(memory, a(S.OK, at=later), at=later)
    assert (found.told, found.withdrawn) == ((), (KEY,))
    assert kinds(seen(found.memory, a(S.LOW, at=later), at=later)) == [K.LOW]


def test_more_that_is_granted_rearms_at_once_and_says_so_only_after_the_end() -> None:
    raised = replace(QUOTA, limit=200 * USD)
    low = seen(PRIMED, a(S.LOW)).memory
    found = seen(low, a(S.OK, quota=raised))
    assert (found.told, found.withdrawn) == ((), (KEY,))
    spent = seen(low, a(S.SPENT)).memory
    (back,) = seen(spent, a(S.OK, quota=raised)).told
    assert (back.kind, back.reset) == (K.BACK, False)


def test_a_suspension_is_an_end_and_its_lifting_a_return() -> None:
    stopped = a(S.SPENT, quota=replace(QUOTA, suspended=True))
    memory = seen(PRIMED, replace(stopped, quota=replace(stopped.quota, spent=0))).memory
    assert memory.quotas[0].level is Level.SPENT
    assert kinds(seen(memory, a(S.OK))) == [K.BACK]


def test_a_refusal_that_newer_figures_contradict_time_and_again_is_told_once() -> None:
    refused = replace(a(S.SPENT), quota=QUOTA, refused_at=NOW)
    memory, told = PRIMED, list[Episode]()
    for one in (refused, a(S.OK), refused, a(S.OK), refused):
        found = seen(memory, one)
        memory, told = found.memory, [*told, *found.told]
    assert [one.kind for one in told] == [K.SPENT]


def test_what_is_set_aside_uses_nothing_up_and_a_quota_of_nothing_is_no_news() -> None:
    held = Outlook(replace(QUOTA, held=60 * USD), S.SPENT, None, True, None, binds=True)
    assert kinds(seen(PRIMED, held)) == [K.LOW]
    nothing = replace(QUOTA, id="none", limit=0, spent=0)
    memory = seen(Memory(since=1), a(S.OK, quota=nothing)).memory
    assert seen(memory, a(S.SPENT, quota=nothing)).told == ()


def test_a_short_window_is_no_matter_of_a_look_but_of_its_end() -> None:
    window = replace(QUOTA, kind=QuotaKind.PLAN_WINDOW, unit=Unit.PERCENT, period=Period(NOW - HOUR, NOW + 4 * HOUR))
    memory = seen(Memory(since=1), a(S.OK, quota=window)).memory
    assert seen(memory, a(S.WATCH, quota=window)).told == ()
    assert kinds(seen(memory, a(S.LOW, quota=window, runs_out=NOW + HOUR))) == [K.RUNS_OUT]


def test_passing_the_soft_limit_is_worth_a_look() -> None:
    soft = replace(QUOTA, soft_limit=50 * USD)
    assert kinds(seen(PRIMED, a(S.OK, quota=soft))) == [K.WATCH]
    assert seen(PRIMED, a(S.OK, quota=replace(soft, soft_limit=51 * USD))).told == ()


def test_snoozed_for_an_hour_it_comes_again_if_it_is_still_so() -> None:
    memory = snoozed(seen(PRIMED, a(S.LOW)).memory, KEY, NOW, until_reset=False)
    assert memory.next_look == NOW + HOUR
    quiet = seen(memory, a(S.SPENT), at=NOW + HOUR - 1)
    assert quiet.told == ()
    (again,) = seen(quiet.memory, a(S.SPENT), at=NOW + HOUR).told
    assert again.kind is K.SPENT
    assert kinds(seen(quiet.memory, a(S.LOW), at=NOW + HOUR)) == [K.LOW]
    assert seen(quiet.memory, a(S.LOW), at=NOW + HOUR).memory.next_look is None


def test_snoozed_until_the_reset_nothing_more_of_that_quota_is_told() -> None:
    memory = snoozed(seen(PRIMED, a(S.LOW)).memory, KEY, NOW, until_reset=True)
    assert seen(memory, a(S.SPENT), at=QUOTA.period.end - 1).told == ()
    after = replace(QUOTA, period=Period(QUOTA.period.end, QUOTA.period.end + 30 * DAY))
    at = after.period.start + DAY
    found = seen(memory, a(S.LOW, quota=after, at=at), at=at)
    assert kinds(found) == [K.LOW]


def test_in_quiet_hours_nothing_is_told_and_what_lasts_is_told_after_them() -> None:
    quiet = Wishes(quiet_from=22 * 60, quiet_until=7 * 60)
    found = seen(PRIMED, a(S.LOW), wishes=quiet, minute=23 * 60)
    assert (found.told, found.memory) == ((), PRIMED)
    assert kinds(seen(found.memory, a(S.LOW), wishes=quiet, minute=7 * 60)) == [K.LOW]


@pytest.mark.parametrize(
    ("start", "end", "quiet"),
    [(22 * 60, 7 * 60, (1320, 0, 419)), (13 * 60, 14 * 60, (780, 839)), (0, 0, ()), (480, 480, ())],
)
def test_quiet_hours_may_go_over_midnight(start: int, end: int, quiet: tuple[int, ...]) -> None:
    wishes = Wishes(quiet_from=start, quiet_until=end)
    assert all(wishes.is_quiet(minute) for minute in quiet)
    assert not any(wishes.is_quiet(minute) for minute in (420, 779, 840, 1319))


def test_a_kind_that_is_off_is_taken_for_told() -> None:
    off = Wishes(kinds=frozenset(EpisodeKind) - {K.LOW})
    found = seen(PRIMED, a(S.LOW), wishes=off)
    assert found.told == ()
    assert seen(found.memory, a(S.LOW)).told == ()


def test_a_service_that_is_silent_for_long_or_signed_out_is_told_once_until_it_answers() -> None:
    memory, told = PRIMED, list[Episode]()
    for sight in (Sight.UNSURE, Sight.SILENT, Sight.UNSURE, Sight.SILENT, Sight.SIGNED_OUT, Sight.SILENT):
        found = seen(memory, service=sight)
        memory, told = found.memory, [*told, *found.told]
    assert [one.kind for one in told] == [K.UNREACHABLE, K.SIGNED_OUT]
    well = seen(memory, service=Sight.WELL)
    assert (well.told, well.withdrawn) == ((), ("service",))
    assert kinds(seen(well.memory, service=Sight.SIGNED_OUT)) == [K.SIGNED_OUT]


def asked(status: RequestStatus, *, decided: int | None = None, id: str = "r1") -> IncreaseRequest:
    return IncreaseRequest(id, "q", "Ada", Unit.MONEY, "USD", USD, "", None, status, NOW - DAY, decided_at=decided)


def test_a_decision_is_told_once_also_when_it_fell_while_the_app_was_off() -> None:
    waiting = seen(PRIMED, requests=(asked(RequestStatus.PENDING),))
    assert waiting.told == ()
    (told,) = seen(waiting.memory, requests=(asked(RequestStatus.APPROVED, decided=NOW + 1),)).told
    assert (told.kind, told.key) == (K.DECIDED, "request r1")
    again = seen(waiting.memory, requests=(asked(RequestStatus.DENIED, decided=NOW + 1),)).memory
    assert seen(again, requests=(asked(RequestStatus.DENIED, decided=NOW + 1),)).told == ()
    assert seen(again, requests=()).memory.requests == (("r1", RequestStatus.DENIED),)


def test_one_never_seen_before_is_told_only_when_it_was_decided_since_somebody_looks() -> None:
    assert seen(PRIMED, requests=(asked(RequestStatus.DENIED, decided=NOW - 1),)).told == ()
    assert kinds(seen(PRIMED, requests=(asked(RequestStatus.DENIED, decided=NOW),))) == [K.DECIDED]
    assert seen(PRIMED, requests=(asked(RequestStatus.EXPIRED, decided=NOW),)).told == ()


def test_a_manager_is_told_when_more_wait_and_the_word_goes_when_none_does() -> None:
    found = seen(PRIMED, to_decide=2)
    assert [(one.kind, one.count) for one in found.told] == [(K.TO_DECIDE, 2)]
    fewer = seen(found.memory, to_decide=1)
    assert (fewer.told, fewer.withdrawn) == ((), ())
    assert kinds(seen(fewer.memory, to_decide=2)) == [K.TO_DECIDE]
    assert seen(fewer.memory, to_decide=0).withdrawn == ("decide",)
    assert seen(fewer.memory, to_decide=None).memory.to_decide == 1


RANK = {S.OK: 0, S.WATCH: 1, S.LOW: 2, S.SPENT: 3}
steps = st.lists(st.tuples(st.sampled_from(QuotaState), st.integers(0, 6), st.booleans()), max_size=60)


@given(steps)
def test_within_a_period_no_level_is_told_twice_without_a_day_of_better_figures(
    course: list[tuple[QuotaState, int, bool]],
) -> None:
    memory, at, told, worst = PRIMED, NOW, list[Episode](), 0
    long = replace(QUOTA, period=Period(NOW - 300 * DAY, NOW + 300 * DAY))
    memory = replace(memory, quotas=(replace(memory.quotas[0], ends=long.period.end),))
    for state, hours, restarted in course:
        at += hours * HOUR
        found = seen(lasting(memory) if restarted else memory, a(state, quota=long, at=at), at=at)
        for _ in found.told:
            level = memory.quotas[0].level if memory.quotas else Level.FINE
            assert RANK[state] > level
        memory, told = found.memory, [*told, *found.told]
        worst = max(worst, RANK.get(state, 0))
        calm = seen(lasting(memory), a(state, quota=long, at=at), at=at)
        assert calm.told == ()
    rearmed = sum(hours for _, hours, _ in course) * HOUR // REARMED_AFTER
    assert len(told) <= worst * (1 + rearmed)
    assert bool(told) == bool(worst)


def test_a_virtual_month_tells_a_handful_of_things() -> None:
    """Looked at every ten minutes: fine, then too fast, used up on the 24th, reset on the first; restarted daily."""
    memory, told = Memory(), list[tuple[int, EpisodeKind]]()
    start = QUOTA.period.start
    after = replace(QUOTA, period=Period(QUOTA.period.end, QUOTA.period.end + 30 * DAY))
    for tick in range(31 * 24 * 6):
        at = start + tick * HOUR // 6
        day = tick // 144
        state = S.OK if day < 9 else S.WATCH if day < 22 else S.LOW if day < 23 else S.SPENT
        if 9 <= day < 12 and tick % 3 == 0:
            state = S.OK
        if tick % 37 == 0:
            state = S.STALE
        quota = QUOTA if day < 30 else after
        one = a(S.OK if day >= 30 else state, runs_out=at + DAY if state is S.LOW else None, quota=quota, at=at)
        found = seen(lasting(memory) if tick % 144 == 0 else memory, one, at=at)
        memory, told = found.memory, [*told, *((day, episode.kind) for episode in found.told)]
    assert told == [(9, K.WATCH), (22, K.RUNS_OUT), (23, K.SPENT), (30, K.BACK)]
