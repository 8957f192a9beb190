"""When a budget service is asked next: one test per rule."""

from __future__ import annotations

from dataclasses import replace

import pytest

from taximeter.domain.poll_state import Breaker, Failure, NextPoll, PollState, Reason
from taximeter.domain.polling import breaker, longest_wait, next_poll, present_interval, service_interval
from taximeter.domain.turns import Installation, turn

NOON = 1_795_003_200_000
SECOND, MINUTE, HOUR, DAY = 1_000, 60_000, 3_600_000, 86_400_000
DESK = Installation("desk 1", "budget", 1)
FLEET = [Installation(f"desk {number}", "budget", number) for number in range(600)]
WELL = PollState(
    now=NOON,
    installation=DESK,
    last_success=NOON,
    last_failure=None,
    failure=None,
    failures=0,
    max_age=5 * MINUTE,
    retry_after=None,
    floor=0,
    reset_at=None,
    last_activity=NOON,
    on_battery=False,
    metered=False,
    woke_at=None,
    network_changed_at=None,
    asked_at=None,
    asked_poll_at=None,
)
FAILED = replace(WELL, last_success=NOON - HOUR, last_failure=NOON, failure=Failure.BUSY, failures=1)


def fullest_tenth(state: PollState, within: int) -> int:
    """The most desktops of 600 that a tenth of that span gets, all of them in this state."""
    tenths = [0] * 10
    for whose in FLEET:
        delay = next_poll(replace(state, installation=whose)).delay
        assert delay <= within
        tenths[min(delay * 10 // within, 9)] += 1
    return max(tenths)


def test_the_service_names_the_interval() -> None:
    assert service_interval(replace(WELL, max_age=7 * MINUTE)) == (7 * MINUTE, Reason.SERVICE)
    assert next_poll(WELL).reason is Reason.SERVICE
    assert next_poll(WELL).delay >= 2.5 * MINUTE


def test_a_service_that_names_none_is_asked_every_five_minutes() -> None:
    assert service_interval(replace(WELL, max_age=None)) == (5 * MINUTE, Reason.USUAL)


@pytest.mark.parametrize(("named", "taken"), [(0, MINUTE), (-5, MINUTE), (DAY, HOUR)])
def test_an_interval_beyond_reason_is_brought_within_a_minute_and_an_hour(named: int, taken: int) -> None:
    assert service_interval(replace(WELL, max_age=named))[0] == taken


def test_a_companys_floor_holds_between_polls_with_their_noise() -> None:
    state = replace(WELL, floor=20 * MINUTE)
    assert service_interval(state)[1] is Reason.FLOOR
    assert next_poll(state).delay >= 20 * MINUTE


def test_polls_are_at_the_computers_own_turn() -> None:
    assert next_poll(WELL).delay == turn(DESK, 5 * MINUTE, NOON + 5 * MINUTE // 2) - NOON
    assert fullest_tenth(WELL, 8 * MINUTE) < 150


def test_no_agent_for_two_hours_makes_it_hourly() -> None:
    idle = replace(WELL, last_activity=NOON - 2 * HOUR)
    assert present_interval(idle) == (HOUR, Reason.IDLE)
    assert present_interval(replace(WELL, last_activity=None)) == (HOUR, Reason.IDLE)
    assert present_interval(replace(WELL, last_activity=NOON - 2 * HOUR + 1)) == (5 * MINUTE, Reason.SERVICE)
    assert next_poll(idle).delay >= HOUR // 2


def test_an_agent_that_starts_again_ends_the_hourly_rhythm_at_an_own_turn() -> None:
    working = replace(WELL, last_success=NOON - 50 * MINUTE)
    assert fullest_tenth(working, 6 * MINUTE) < 110


@pytest.mark.parametrize(("on_battery", "metered"), [(True, False), (False, True), (True, True)])
def test_battery_and_metered_networks_are_spared(on_battery: bool, metered: bool) -> None:
    state = replace(WELL, on_battery=on_battery, metered=metered)
    assert present_interval(state) == (15 * MINUTE, Reason.SPARING)
    assert present_interval(replace(state, max_age=50 * MINUTE))[0] == HOUR
    assert present_interval(replace(state, max_age=HOUR)) == (HOUR, Reason.SERVICE)


def test_the_first_poll_after_the_start_comes_within_half_a_minute_where_the_figure_is_old() -> None:
    started = replace(WELL, last_success=NOON - 9 * HOUR, last_activity=NOON - 9 * HOUR, woke_at=NOON, started_at=NOON)
    assert next_poll(started).reason is Reason.STARTED
    assert fullest_tenth(started, 30 * SECOND) < 110
    later = replace(started, now=NOON + 10 * SECOND)
    assert next_poll(later).delay == max(0, next_poll(started).delay - 10 * SECOND)


@pytest.mark.parametrize(
    "change",
    [{"last_success": NOON - 5 * MINUTE + 1}, {"last_success": None}, {"last_success": NOON + 1, "now": NOON + 2},
     {"woke_at": NOON + 1, "now": NOON + 2}, {"floor": 10 * HOUR},
     {"last_failure": NOON - 4 * MINUTE, "failures": 1, "failure": Failure.UNREACHABLE},
     {"last_failure": NOON - HOUR, "failures": 1, "failure": Failure.BUSY, "retry_after": 2 * HOUR},
     {"last_failure": NOON - HOUR, "failures": 1, "failure": Failure.REFUSED}],
    ids=["fresh", "never read", "polled since", "slept since", "floor", "just tried", "named", "refused"],
)  # fmt: skip
def test_else_it_waits_for_its_turn(change: dict[str, object]) -> None:
    started = replace(WELL, last_success=NOON - 9 * HOUR, woke_at=NOON, started_at=NOON)
    assert next_poll(replace(started, **change)).reason is not Reason.STARTED  # type: ignore[arg-type]


def test_a_service_that_was_gone_is_tried_once_more_at_the_start() -> None:
    gone = replace(WELL, last_success=NOON - DAY, last_failure=NOON - 9 * HOUR, failures=7, failure=Failure.UNREACHABLE)
    started = replace(gone, woke_at=NOON, started_at=NOON)
    assert next_poll(started).reason is Reason.STARTED
    tried = replace(started, now=NOON + MINUTE, last_failure=NOON + 20 * SECOND, failures=8)
    assert next_poll(tried).reason is Reason.RESTING


def test_waking_waits_for_the_own_turn_and_ends_a_slow_rhythm() -> None:
    woke = replace(WELL, last_success=NOON - 8 * HOUR, last_activity=NOON - 9 * HOUR, woke_at=NOON)
    assert next_poll(woke).reason is Reason.WOKE
    assert fullest_tenth(woke, 6 * MINUTE) < 110


def test_a_new_network_waits_for_the_own_turn() -> None:
    changed = replace(WELL, last_success=NOON - 8 * HOUR, network_changed_at=NOON)
    assert next_poll(changed).reason is Reason.NETWORK
    assert fullest_tenth(changed, 6 * MINUTE) < 110


def test_waking_right_after_a_poll_brings_no_second_one() -> None:
    woke = replace(WELL, now=NOON + MINUTE, woke_at=NOON + MINUTE)
    assert next_poll(woke).delay == next_poll(WELL).delay - MINUTE


def test_the_first_poll_waits_for_the_own_turn() -> None:
    new = replace(WELL, last_success=None, woke_at=NOON)
    assert next_poll(new).reason is Reason.FIRST
    assert fullest_tenth(new, 6 * MINUTE) < 110


def test_a_reset_brings_a_poll_at_the_own_turn_after_it_even_when_idle() -> None:
    idle = replace(WELL, last_activity=NOON - DAY, reset_at=NOON + 10 * MINUTE)
    found = [next_poll(replace(idle, installation=whose)) for whose in FLEET]
    after_reset = [poll for poll in found if poll.reason is Reason.RESET]
    assert len(after_reset) > 500
    assert all(10 * MINUTE <= poll.delay <= 16 * MINUTE for poll in after_reset)
    assert all(poll.delay >= HOUR // 2 for poll in found if poll.reason is Reason.IDLE)


def test_a_reset_before_the_last_success_is_known_already() -> None:
    assert next_poll(replace(WELL, reset_at=NOON - 1)) == next_poll(WELL)


def test_retry_after_is_a_floor_and_the_own_turn_lies_above_it() -> None:
    told = replace(FAILED, retry_after=45 * MINUTE)
    assert next_poll(told).reason is Reason.RETRY_AFTER
    delays = [next_poll(replace(told, installation=whose)).delay for whose in FLEET]
    assert min(delays) >= 45 * MINUTE
    assert max(delays) <= 51 * MINUTE
    later = replace(told, now=NOON + 45 * MINUTE)
    assert fullest_tenth(later, 6 * MINUTE) < 110


def test_retry_after_holds_for_what_a_person_asks_too() -> None:
    told = replace(FAILED, now=NOON + 20 * MINUTE, asked_at=NOON + 20 * MINUTE, retry_after=45 * MINUTE)
    assert next_poll(told).reason is Reason.RETRY_AFTER
    assert next_poll(replace(told, now=NOON + 46 * MINUTE, asked_at=NOON + 46 * MINUTE)).delay == 0


def test_all_who_asked_while_the_service_wanted_peace_do_not_come_at_its_end_at_once() -> None:
    told = replace(FAILED, now=NOON + 44 * MINUTE, asked_at=NOON + 44 * MINUTE, retry_after=45 * MINUTE)
    assert fullest_tenth(told, 7 * MINUTE) < 120


def test_retry_after_of_nothing_is_no_hurry_and_of_a_year_a_day() -> None:
    assert next_poll(replace(FAILED, retry_after=0)) == next_poll(FAILED)
    assert DAY <= next_poll(replace(FAILED, retry_after=365 * DAY)).delay <= DAY + 6 * MINUTE


def test_failures_wait_longer_and_longer_up_to_half_an_hour() -> None:
    waits = [longest_wait(failures, 5 * MINUTE) for failures in range(1, 8)]
    assert waits == [5 * MINUTE, 10 * MINUTE, 15 * MINUTE, 15 * MINUTE, 30 * MINUTE, 30 * MINUTE, 30 * MINUTE]
    assert longest_wait(5, MINUTE) == 30 * MINUTE
    assert longest_wait(9, HOUR) == HOUR


def test_the_wait_after_a_failure_is_random_over_all_of_it() -> None:
    worse = replace(FAILED, failures=3)
    assert next_poll(worse).reason is Reason.FAILED
    assert fullest_tenth(worse, 21 * MINUTE) < 150


def test_five_failures_open_the_breaker_and_a_success_closes_it() -> None:
    assert breaker(replace(FAILED, failures=4)) is Breaker.CLOSED
    broken = replace(FAILED, failures=5)
    assert breaker(broken) is Breaker.OPEN
    assert next_poll(broken).reason is Reason.RESTING
    assert breaker(replace(broken, failures=0, last_success=NOON)) is Breaker.CLOSED


def test_a_new_network_ends_the_wait_for_a_service_that_was_not_reached() -> None:
    away = replace(FAILED, failures=9, failure=Failure.UNREACHABLE, now=NOON + HOUR, network_changed_at=NOON + HOUR)
    assert next_poll(away).reason is Reason.NETWORK
    assert fullest_tenth(away, 6 * MINUTE) < 110
    assert next_poll(replace(away, failure=Failure.BUSY)).reason is Reason.RESTING


def test_a_refused_sign_in_is_tried_hourly() -> None:
    refused = replace(FAILED, failure=Failure.REFUSED)
    assert next_poll(refused).reason is Reason.REFUSED
    assert next_poll(refused).delay >= HOUR // 2


def test_what_a_person_asks_for_is_polled_at_once() -> None:
    asked = replace(WELL, now=NOON + MINUTE, asked_at=NOON + MINUTE)
    assert next_poll(asked) == NextPoll(0, Reason.ASKED)
    assert next_poll(replace(asked, last_success=None)) == NextPoll(0, Reason.ASKED)


def test_a_companys_floor_is_not_for_what_a_person_asks() -> None:
    asked = replace(WELL, now=NOON + MINUTE, asked_at=NOON + MINUTE, floor=HOUR)
    assert next_poll(asked) == NextPoll(0, Reason.ASKED)


def test_a_figure_younger_than_30_s_answers_a_person() -> None:
    asked = replace(WELL, now=NOON + 29 * SECOND, asked_at=NOON + 29 * SECOND)
    assert next_poll(asked).reason is Reason.SERVICE


def test_two_polls_that_a_person_asked_for_are_30_s_apart() -> None:
    again = replace(FAILED, now=NOON + 10 * SECOND, asked_at=NOON + 10 * SECOND, asked_poll_at=NOON)
    assert next_poll(again) == NextPoll(20 * SECOND, Reason.ASKED)


def test_a_question_that_was_polled_for_is_done() -> None:
    assert next_poll(replace(FAILED, asked_at=NOON - SECOND, asked_poll_at=NOON - SECOND)).reason is Reason.FAILED


@pytest.mark.parametrize(("failures", "failure"), [(5, Failure.BUSY), (1, Failure.REFUSED)])
def test_a_service_that_is_left_alone_is_asked_for_a_person_once_per_interval(failures: int, failure: Failure) -> None:
    state = replace(FAILED, failures=failures, failure=failure)
    asked = replace(state, now=NOON + MINUTE, asked_at=NOON + MINUTE)
    assert next_poll(asked).delay >= 5 * MINUTE // 2 - MINUTE
    assert next_poll(asked).delay <= 4 * MINUTE
    assert next_poll(replace(asked, now=NOON + 5 * MINUTE, asked_at=NOON + 5 * MINUTE)) == NextPoll(0, Reason.ASKED)


def test_a_poll_that_was_asked_for_takes_the_place_of_the_next_turn() -> None:
    own = next_poll(WELL).delay
    asked = replace(WELL, now=NOON + own - MINUTE, last_success=NOON + own - MINUTE)
    assert next_poll(asked).delay >= 5 * MINUTE


def test_a_timer_that_fires_late_still_takes_its_turn() -> None:
    own = next_poll(WELL).delay
    assert next_poll(replace(WELL, now=NOON + own + SECOND)).delay == 0


def test_a_turn_that_was_missed_is_let_go() -> None:
    missed = replace(WELL, now=NOON + HOUR)
    assert fullest_tenth(missed, 6 * MINUTE) < 110


def test_a_clock_put_back_stops_nothing_and_hurries_nothing() -> None:
    back = replace(WELL, now=NOON - 3 * HOUR, asked_at=NOON - 1, asked_poll_at=NOON, woke_at=NOON, last_activity=NOON)
    assert MINUTE <= next_poll(back).delay <= 9 * MINUTE
    polled = replace(back, last_success=back.now, now=back.now + MINUTE)
    assert next_poll(polled).reason is Reason.SERVICE
    assert next_poll(replace(polled, asked_at=polled.now)) == NextPoll(0, Reason.ASKED)


def test_what_was_asked_before_the_computer_slept_is_not_wanted_any_more() -> None:
    slept = replace(WELL, last_success=NOON - 8 * HOUR, asked_at=NOON - 7 * HOUR, woke_at=NOON)
    assert next_poll(slept).reason is Reason.WOKE
