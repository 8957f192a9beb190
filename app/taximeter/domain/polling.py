"""When a budget service is asked next, and why then.

All that nobody asked for happens at one of the computer's own turns (``turns.py``), and by rule no
two of them follow each other within half an interval. So a fleet asks at most about once per desktop
and interval, evenly spread, whatever befell all of it at one moment: an outage's end, a network's
return, a reset. Only the first poll after the app's start comes sooner, within 30 s, where the last
figure is old: people log on over minutes, and an update restarts apps whose figures are fresh. What
a person asked for happens at once, but at most every 30 s.
"""

from __future__ import annotations

from taximeter.domain.poll_state import Breaker, Failure, NextPoll, PollState, Reason
from taximeter.domain.turns import NOISE_PERCENT, chance, turn

SECOND, MINUTE, HOUR, DAY = 1_000, 60_000, 3_600_000, 86_400_000

USUAL = 5 * MINUTE
"""The interval when the service names none."""
SHORTEST, LONGEST = MINUTE, HOUR
"""Within which a service's max-age is taken as it is."""
FLOOR_MOST = DAY
RETRY_AFTER_MOST = DAY
"""A floor or a Retry-After beyond a day is taken for one of a day, lest a slip silence the app for good."""
SPARING = 3
"""Times the interval on battery or on a metered network."""
IDLE_AFTER = 2 * HOUR
IDLE_INTERVAL = HOUR
ASKED_GAP = 30 * SECOND
"""Between any poll and one that a person asked for."""
START_SPREAD = 30 * SECOND
"""After the app's start the first poll comes at a random moment within it."""
BREAKS_AT = 5
"""Failures in a row at which the circuit breaker opens."""
REST = 30 * MINUTE
"""The longest wait while the breaker is open, half of it before; unless the interval itself is longer."""
LATE = 2 * SECOND
"""A turn that passed this recently is still taken: a timer fires late. An older one was missed and is let go."""


def next_poll(state: PollState) -> NextPoll:
    """How long to wait before the next poll. Wait, poll; decide anew when the state changes before that.

    The same state gives the same moment however often it is asked. After a clock was put back, a
    poll that lies later than ``now`` counts as made just now, and what befell the computer later
    than that as not known.
    """
    due, reason = _after_failure(state) if _failing(state) else _in_turn(state)
    started = _started(state)
    if started is not None and started < due:
        due, reason = started, Reason.STARTED
    asked = _asked(state)
    if asked is not None and asked <= due:
        due, reason = asked, Reason.ASKED
    return NextPoll(max(0, due - state.now), reason)


def breaker(state: PollState) -> Breaker:
    """The circuit breaker, which follows from the failures; the first success closes it."""
    return Breaker.OPEN if _failing(state) and state.failures >= BREAKS_AT else Breaker.CLOSED


def service_interval(state: PollState) -> tuple[int, Reason]:
    """The interval (ms) while an agent runs and power and network are free, and whose wish it is."""
    wish, reason = (USUAL, Reason.USUAL) if state.max_age is None else (state.max_age, Reason.SERVICE)
    wish = min(max(wish, SHORTEST), LONGEST)
    # Turns may follow each other sooner than their interval by twice the noise, which a floor does not allow.
    floor = -(-min(state.floor, FLOOR_MOST) * 100 // (100 - 2 * NOISE_PERCENT)) + 2
    return (floor, Reason.FLOOR) if floor > wish else (wish, reason)


def present_interval(state: PollState) -> tuple[int, Reason]:
    """The interval (ms) in force at ``now`` and why; a figure's age is to be judged by it."""
    interval, reason = service_interval(state)
    if (state.on_battery or state.metered) and interval < LONGEST:
        interval, reason = min(interval * SPARING, LONGEST), Reason.SPARING
    idle = state.last_activity is None or state.now - state.last_activity >= IDLE_AFTER
    if idle and interval < IDLE_INTERVAL:
        interval, reason = IDLE_INTERVAL, Reason.IDLE
    return interval, reason


def longest_wait(failures: int, interval: int) -> int:
    """The span (ms) in which a random moment is drawn after that many failures in a row, 1 or more."""
    if failures >= BREAKS_AT:
        return max(REST, interval)
    return min(interval << (failures - 1), max(REST // 2, interval))


def _in_turn(state: PollState) -> tuple[int, Reason]:
    """The next turn while all is well; a reset, waking and a new network end a slower interval."""
    quick, _ = service_interval(state)
    interval, reason = present_interval(state)
    last = _past(state, state.last_success)
    if last is None:
        return _turn(state, quick, state.now - LATE), Reason.FIRST
    due = _turn(state, interval, last + _least(state, interval))
    occasions = (
        (_befallen(state, state.woke_at), Reason.WOKE),
        (_befallen(state, state.network_changed_at), Reason.NETWORK),
        (state.reset_at, Reason.RESET),
    )
    for moment, why in occasions:
        if moment is None or moment <= last:
            continue
        turned = _turn(state, quick, max(moment, last + _least(state, quick)))
        if turned <= due:
            due, reason = turned, why
    return due, reason


def _after_failure(state: PollState) -> tuple[int, Reason]:
    """The first turn after a random wait, which grows with the failures, and after what the service named."""
    failed = _past(state, state.last_failure) or state.now
    interval, _ = present_interval(state)
    if state.failure is Failure.REFUSED:
        interval = max(interval, IDLE_INTERVAL)
        wait, reason = _least(state, interval), Reason.REFUSED
    elif state.failure is Failure.UNREACHABLE and (news := _news(state, failed)) is not None:
        interval, _ = service_interval(state)
        wait, reason = _least(state, interval), news
    else:
        drawn = chance(state.installation, f"failure {state.last_failure} {state.failures}")
        wait = max(int(drawn * longest_wait(state.failures, interval)), _least(state, interval))
        reason = Reason.RESTING if breaker(state) is Breaker.OPEN else Reason.FAILED
    named = _named(state)
    return _turn(state, interval, failed + max(wait, named)), Reason.RETRY_AFTER if named > wait else reason


def _asked(state: PollState) -> int | None:
    """The moment at which what a person wants is polled; None when nothing is wanted that is not there."""
    asked, woke = _befallen(state, state.asked_at), _befallen(state, state.woke_at)
    success, failure = _past(state, state.last_success), _past(state, state.last_failure)
    if asked is None or (woke or 0) > asked or (success is not None and asked < success + ASKED_GAP):
        return None
    last = max(success or 0, failure or 0, _befallen(state, state.asked_poll_at) or 0)
    if asked <= last:
        return None
    if not _failing(state):
        return max(asked, last + ASKED_GAP)
    if asked < last + _named(state):
        # A whole fleet may be waiting for that moment: what was asked before it has to wait for the own turn after it.
        return None
    left_alone = breaker(state) is Breaker.OPEN or state.failure is Failure.REFUSED
    return max(asked, last + (service_interval(state)[0] if left_alone else ASKED_GAP))


def _started(state: PollState) -> int | None:
    """The moment of the first poll after the start; None when it was made, or what is known is fresh enough.

    A service that is gone since before is tried once more, unless it refuses the sign-in or named a later
    moment. One that was never read waits for its turn: a rollout may have brought it to a whole fleet at once.
    """
    started, success = _befallen(state, state.started_at), _past(state, state.last_success)
    if started is None or success is None or state.failure is Failure.REFUSED:
        return None
    last = max(success, _past(state, state.last_failure) or 0)
    least = max(service_interval(state)[0], _named(state) if _failing(state) else 0)
    if started < last + least or (_befallen(state, state.woke_at) or 0) > started:
        return None
    return started + int(chance(state.installation, f"start {started}") * START_SPREAD)


def _turn(state: PollState, interval: int, earliest: int) -> int:
    """The own turn at or after ``earliest``, and after what may have befallen other computers at the same moment."""
    woke, changed = _befallen(state, state.woke_at), _befallen(state, state.network_changed_at)
    return turn(state.installation, interval, max(earliest, woke or 0, changed or 0, state.now - LATE))


def _news(state: PollState, since: int) -> Reason | None:
    """What gives hope that the service can be reached again."""
    if (_befallen(state, state.network_changed_at) or 0) > since:
        return Reason.NETWORK
    return Reason.WOKE if (_befallen(state, state.woke_at) or 0) > since else None


def _least(state: PollState, interval: int) -> int:
    """Between two polls that nobody asked for: one that a person asked for takes the place of the next turn."""
    return max(interval // 2, min(state.floor, FLOOR_MOST))


def _named(state: PollState) -> int:
    return min(max(state.retry_after or 0, 0), RETRY_AFTER_MOST)


def _failing(state: PollState) -> bool:
    return state.failures > 0 and state.last_failure is not None


def _past(state: PollState, moment: int | None) -> int | None:
    return None if moment is None else min(moment, state.now)


def _befallen(state: PollState, moment: int | None) -> int | None:
    return None if moment is None or moment > state.now else moment
