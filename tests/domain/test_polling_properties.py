"""What holds for every state that a poller can be in, however odd."""

from __future__ import annotations

from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st

from taximeter.domain.poll_state import Failure, PollState, Reason
from taximeter.domain.polling import ASKED_GAP, DAY, HOUR, longest_wait, next_poll, present_interval, service_interval
from taximeter.domain.turns import Installation

NOON = 1_795_003_200_000
MINUTE = 60_000
LONGEST_DELAY = DAY + DAY * 5 // 4
"""A floor or Retry-After of a day, then one interval with its noise."""

moments = st.none() | st.integers(NOON - 3 * DAY, NOON + 3 * DAY)
spans = st.none() | st.integers(-MINUTE, 3 * DAY)
states = st.builds(
    PollState,
    now=st.just(NOON),
    installation=st.builds(Installation, st.text(max_size=8), st.sampled_from(["one", "other"]), st.integers()),
    last_success=moments,
    last_failure=moments,
    failure=st.none() | st.sampled_from(Failure),
    failures=st.integers(0, 10_000),
    max_age=spans,
    retry_after=spans,
    floor=st.integers(0, 3 * DAY),
    reset_at=moments,
    last_activity=moments,
    on_battery=st.booleans(),
    metered=st.booleans(),
    woke_at=moments,
    network_changed_at=moments,
    asked_at=moments,
    asked_poll_at=moments,
    started_at=moments,
)


def polled(state: PollState, after: int, *, well: bool) -> PollState:
    """The state once the poll after that wait has been answered or has failed; the world stands still meanwhile."""
    now = state.now + after
    asked = now if next_poll(state).reason is Reason.ASKED else state.asked_poll_at
    if well:
        return replace(state, now=now, last_success=now, failures=0, asked_poll_at=asked)
    return replace(state, now=now, last_failure=now, failures=state.failures + 1, asked_poll_at=asked)


def not_before_now(state: PollState) -> PollState:
    """The state on a computer whose clock was not put back: what has happened lies in the past."""
    return replace(
        state,
        last_success=past(state.last_success),
        last_failure=past(state.last_failure),
        last_activity=past(state.last_activity),
        woke_at=past(state.woke_at),
        network_changed_at=past(state.network_changed_at),
        asked_at=past(state.asked_at),
        asked_poll_at=past(state.asked_poll_at),
    )


def past(moment: int | None) -> int:
    """The moment, not after now; a day ago for none."""
    return NOON - DAY if moment is None else min(moment, NOON)


@given(states)
def test_every_state_has_a_next_poll_within_reach(state: PollState) -> None:
    assert 0 <= next_poll(state).delay <= LONGEST_DELAY


@given(states)
def test_the_same_state_gives_the_same_answer(state: PollState) -> None:
    assert next_poll(state) == next_poll(replace(state))


@given(states, st.booleans())
def test_no_poll_follows_another_at_once(state: PollState, well: bool) -> None:
    after = polled(state, next_poll(state).delay, well=well)
    assert next_poll(after).delay >= ASKED_GAP


@given(states, st.lists(st.booleans(), min_size=20, max_size=20))
def test_there_is_no_busy_loop_even_while_a_person_asks_all_the_time(state: PollState, luck: list[bool]) -> None:
    began = state.now
    for well in luck:
        state = polled(state, next_poll(state).delay, well=well)
        state = replace(state, now=state.now + 1_000, asked_at=state.now + 1_000)
    assert state.now - began >= (len(luck) - 1) * ASKED_GAP


@given(states)
def test_what_nobody_asked_for_keeps_the_companys_floor(state: PollState) -> None:
    state = replace(not_before_now(state), last_success=NOON, failures=0, asked_at=None)
    assert next_poll(state).delay >= min(state.floor, DAY)


@given(states)
def test_what_nobody_asked_for_keeps_half_the_services_interval(state: PollState) -> None:
    state = replace(not_before_now(state), last_success=NOON, failures=0, asked_at=None)
    assert next_poll(state).delay >= service_interval(state)[0] // 2


@given(states)
def test_retry_after_is_never_undercut(state: PollState) -> None:
    state = replace(not_before_now(state), last_failure=NOON, failures=max(1, state.failures))
    assert next_poll(state).delay >= min(max(state.retry_after or 0, 0), DAY)


@given(states)
def test_a_clock_put_back_brings_at_most_one_early_poll(state: PollState) -> None:
    first = polled(state, next_poll(state).delay, well=True)
    second = replace(first, asked_at=state.asked_at if (state.asked_at or 0) > first.now else None)
    assert next_poll(second).delay >= service_interval(second)[0] // 2


@given(states)
def test_steady_polls_are_an_interval_apart_give_or_take_the_noise(state: PollState) -> None:
    calm = replace(
        not_before_now(state),
        failures=0,
        asked_at=None,
        reset_at=None,
        woke_at=None,
        network_changed_at=None,
        started_at=None,
    )
    interval, _ = present_interval(replace(calm, last_activity=NOON))
    first = polled(calm, next_poll(replace(calm, last_activity=NOON)).delay, well=True)
    gap = next_poll(replace(first, last_activity=first.now)).delay
    # A floor of the company's may let one turn pass by.
    assert interval * 89 // 100 <= gap <= interval * 111 // 100 + (interval if calm.floor else 0)


@given(st.integers(1, 50), st.integers(MINUTE, DAY))
def test_the_wait_after_failures_never_shrinks_with_their_number(failures: int, interval: int) -> None:
    assert longest_wait(failures, interval) <= longest_wait(failures + 1, interval)
    assert interval <= longest_wait(failures, interval) <= max(HOUR // 2, interval)


@given(states)
def test_the_wait_after_a_failure_stays_within_its_bounds(state: PollState) -> None:
    base = not_before_now(state)
    failed = replace(
        base, last_failure=NOON, failure=Failure.BUSY, failures=max(1, base.failures), retry_after=0, asked_at=None
    )
    interval, _ = present_interval(failed)
    least = max(interval // 2, min(failed.floor, DAY))
    most = max(longest_wait(failed.failures, interval), least)
    assert least <= next_poll(failed).delay <= most + interval * 111 // 100 + 2


@given(states, st.integers(0, 10 * MINUTE))
def test_waiting_brings_the_poll_nearer_and_does_not_move_it(state: PollState, waited: int) -> None:
    state = replace(not_before_now(state), last_activity=NOON, asked_at=None)
    first = next_poll(state)
    later = next_poll(replace(state, now=NOON + min(waited, first.delay)))
    assert later.delay == first.delay - min(waited, first.delay)
