"""How evenly fleets of desktops poll one budget service, by the app's own rule in virtual time; prints.

Run: python tests/bench/bench_polling.py [DESKTOPS ...]
Without numbers: 6,000 and 100,000. Up to 20,000 desktops live a whole day, and then each protection is taken away in
turn where it matters; more of them live the day's worst hours only. No clock and no network take part, so the same
figures come out each time and on any machine.
"""

from __future__ import annotations

import math
import random
import sys
import time
from dataclasses import dataclass, replace

from polling_fleet import (
    HOUR,
    INTERVAL,
    MIDNIGHT,
    MINUTE,
    SECOND,
    Decide,
    Named,
    Run,
    simulate,
)

from taximeter.domain.poll_state import NextPoll, PollState, Reason
from taximeter.domain.polling import next_poll
from taximeter.domain.turns import Installation

WHOLE_DAY_UP_TO = 20_000
QUARTER = 900
SETTLING = 15 * MINUTE
"""At the start of each stretch, not counted."""


@dataclass(frozen=True, slots=True)
class Stretch:
    """Hours of the simulated day; beyond 24 they are the next one's."""

    name: str
    start: float
    end: float

    @property
    def span(self) -> tuple[int, int]:
        """From and to, ms UTC."""
        return MIDNIGHT + round(self.start * HOUR), MIDNIGHT + round(self.end * HOUR)


WHOLE_DAY = Stretch("day and night, 7:00 to 7:00", 7, 31)
LOGON = Stretch("logon, 9:00 give or take 5 min", 8.5, 9.75)
WORK = Stretch("work, undisturbed", 10, 11)
LUNCH = Stretch("back from lunch, 12:45 give or take 2 min", 12.5, 13.25)
OUTAGE = Stretch("outage, 15:00 to 15:20", 15, 15 + 1 / 3)
AFTER = Stretch("after it", 15 + 1 / 3, 16 + 1 / 3)
BREAK = Stretch("outage and an hour after", 15, 16 + 1 / 3)
RESET = Stretch("reset at midnight", 23.9, 24.75)
WAKE = Stretch("all woken in one second at 3:00", 26.9, 27.5)
EVENING = Stretch("nobody at work", 21, 22)
STRETCHES = (LOGON, WORK, LUNCH, OUTAGE, AFTER, EVENING, RESET, WAKE)


def own(number: int) -> Installation:
    """Each desktop its own turns and noise."""
    return Installation(f"installation {number}", "budget", number)


def another(number: int) -> Installation:
    """As ``own``, in a second fleet of other installations."""
    return Installation(f"another {number}", "budget", number)


def third(number: int) -> Installation:
    """As ``own``, in a third."""
    return Installation(f"third {number}", "budget", number)


def clock_tick(_: int) -> Installation:
    """All of them the same turns."""
    return Installation("everybody", "budget", 0)


def noise_alone(number: int) -> Installation:
    """The same turns give or take 5 %."""
    return Installation("everybody", "budget", number)


def plain_timer(state: PollState) -> NextPoll:
    """An interval after the last answer, at once when that has passed."""
    found = next_poll(state)
    if state.failures or found.reason is Reason.ASKED or state.last_success is None:
        return found
    return NextPoll(max(0, state.last_success + INTERVAL - state.now), Reason.SERVICE)


def waking_at_once(state: PollState) -> NextPoll:
    """Polls the moment it wakes or gets a network."""
    moment = waiting_since(state)
    return next_poll(state) if moment is None else NextPoll(0, Reason.WOKE)


def waking_within_30_s(state: PollState) -> NextPoll:
    """Polls at a random moment of the 30 s after it wakes or gets a network."""
    moment = waiting_since(state)
    if moment is None:
        return next_poll(state)
    drawn = random.Random(f"{state.installation.seed} {moment}").randrange(30 * SECOND)
    return NextPoll(max(0, moment + drawn - state.now), Reason.WOKE)


def waiting_since(state: PollState) -> int | None:
    """The waking or new network after which it has not polled yet."""
    moment = max(state.woke_at or 0, state.network_changed_at or 0)
    return moment if moment > max(state.last_success or 0, state.last_failure or 0) else None


def reset_at_once(state: PollState) -> NextPoll:
    """Polls the moment the period is reset."""
    found = next_poll(state)
    if state.failures or state.reset_at is None:
        return found
    return replace(found, delay=min(found.delay, max(0, state.reset_at - state.now)))


def every_10_s(state: PollState) -> NextPoll:
    """Tries again every 10 s, whatever the service says."""
    if not state.failures or state.last_failure is None:
        return next_poll(state)
    return NextPoll(max(0, state.last_failure + 10 * SECOND - state.now), Reason.FAILED)


def retry_after_to_the_second(state: PollState) -> NextPoll:
    """Polls the moment that the service named."""
    if not state.failures or state.last_failure is None or state.retry_after is None:
        return next_poll(state)
    return NextPoll(max(0, state.last_failure + state.retry_after - state.now), Reason.RETRY_AFTER)


def never_idle(state: PollState) -> NextPoll:
    """Goes on at the interval when no agent runs."""
    return next_poll(replace(state, last_activity=state.now))


def asking_unlimited(state: PollState) -> NextPoll:
    """Polls each time a person looks or launches."""
    done = max(state.last_success or 0, state.last_failure or 0)
    return NextPoll(0, Reason.ASKED) if (state.asked_at or 0) > done else next_poll(state)


WITHOUT: tuple[tuple[str, Decide, Named, tuple[Stretch, ...]], ...] = (
    ("own turns: everybody on the same tick", next_poll, clock_tick, (WORK,)),
    ("own turns: the same tick with 5 % noise", next_poll, noise_alone, (WORK,)),
    ("own turns: an interval after the last answer", plain_timer, own, (LOGON, WAKE)),
    ("spread after waking: at once", waking_at_once, own, (LUNCH, WAKE)),
    ("spread after waking: within 30 s", waking_within_30_s, own, (LUNCH, WAKE)),
    ("spread after a reset: at once", reset_at_once, own, (RESET,)),
    ("backoff: again every 10 s", every_10_s, own, (BREAK,)),
    ("the turn above Retry-After: to the second", retry_after_to_the_second, own, (BREAK,)),
    ("hourly when idle", never_idle, own, (EVENING,)),
    ("the 30 s between asked polls", asking_unlimited, own, (WORK,)),
)


def lived(size: int, decide: Decide, named: Named, stretch: Stretch) -> Run:
    """That stretch of the day, with time to settle before it."""
    start, end = stretch.span
    run = simulate(size, decide, named, start - SETTLING, end)
    run.counts = run.counts[SETTLING // SECOND :]
    run.start = start
    return run


def by_chance(counts: list[int]) -> int:
    """The median of the fullest second, were each quarter of an hour's requests spread evenly at random in it."""
    quarters = [counts[at : at + QUARTER] for at in range(0, len(counts), QUARTER)]
    loads = [(sum(quarter) / len(quarter), len(quarter)) for quarter in quarters]
    most = 0
    while sum(seconds * math.log(max(poisson(load, most), 1e-300)) for load, seconds in loads) < math.log(0.5):
        most += 1
    return most


def poisson(mean: float, most: int) -> float:
    """The probability of at most that many when so many are expected."""
    term = total = math.exp(-mean)
    for number in range(1, most + 1):
        term *= mean / number
        total += term
    return min(total, 1.0)


def told(name: str, run: Run, counts: list[int], chance: int) -> None:
    """One line: the load, the fullest second against chance, and the queue."""
    fullest, mean = max(counts), sum(counts) / len(counts)
    wait = run.service.longest_wait / SECOND
    print(f"    {name:<44} {mean:7.1f}/s  fullest {fullest:6,}  {fullest / chance:6.2f} x  longest queue {wait:7.1f} s")


def recovered(run: Run) -> None:
    """How soon after the outage desktops have a figure again."""
    shares = [(share, math.ceil(run.size * share / 100)) for share in (50, 95, 99)]
    known = [
        f"{share} % after {run.again[n - 1] / MINUTE:.1f} min" if len(run.again) >= n else f"{share} % not by 16:20"
        for share, n in shares
    ]
    print(f"    {'an answer again after the outage:':<44} {', '.join(known)}")


def whole_day(size: int) -> int:
    """The fleet's day by the app's rule; gives the fullest second that chance would make of its load."""
    run = simulate(size, next_poll, own, *WHOLE_DAY.span)
    chance = by_chance(run.counts)
    print(f"  requests per desktop and day: {sum(run.counts) / size:.1f}")
    print(f"  fullest second of an even spread of that load, by chance: {chance}")
    told(WHOLE_DAY.name, run, run.counts, chance)
    for stretch in STRETCHES:
        start, end = stretch.span
        told(stretch.name, run, run.counts[run.second(start) : run.second(end)], chance)
    recovered(run)
    for named in (another, third):
        other = simulate(size, next_poll, named, *WHOLE_DAY.span)
        told("the same with other installations", other, other.counts, by_chance(other.counts))
        recovered(other)
    return chance


def worst_hours(size: int) -> None:
    """The day's worst hours by the app's rule, each from a fleet at its ordinary work."""
    runs = [(stretch, lived(size, next_poll, own, stretch)) for stretch in (LOGON, WORK, LUNCH, BREAK, RESET, WAKE)]
    chance = by_chance([count for _, run in runs for count in run.counts])
    print(
        f"  {sum(sum(run.counts) for _, run in runs):,} requests in {sum(len(r.counts) for _, r in runs) / 3600:.1f} h"
    )
    print(f"  fullest second of an even spread of that load, by chance: {chance}")
    for stretch, run in runs:
        told(stretch.name, run, run.counts, chance)
        if stretch is BREAK:
            recovered(run)


def without_each(size: int, chance: int) -> None:
    """The same hours with one protection taken away; measured by the chance of the whole day with all of them."""
    for name, decide, named, stretches in WITHOUT:
        print(f"  without {name}")
        for stretch in stretches:
            run = lived(size, decide, named, stretch)
            told(stretch.name, run, run.counts, chance)
            if stretch is BREAK:
                recovered(run)


def main() -> None:
    """Prints one fleet after the other."""
    for size in [int(word) for word in sys.argv[1:]] or [6_000, 100_000]:
        began = time.process_time()
        print(f"{size:,} desktops, {max(1, round(size / 6_000))} workers of 50 requests a second")
        if size <= WHOLE_DAY_UP_TO:
            without_each(size, whole_day(size))
        else:
            worst_hours(size)
        print(f"  ({time.process_time() - began:.0f} s of CPU)")


if __name__ == "__main__":
    main()
