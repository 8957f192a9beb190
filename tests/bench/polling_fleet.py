"""A fleet of desktops that polls one service in virtual time, each by the app's own rule; for ``bench_polling``."""

from __future__ import annotations

import random
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from enum import IntEnum
from heapq import heapify, heappop, heappush
from itertools import chain

import measuring  # noqa: F401  # which finds the app's sources

from taximeter.domain.poll_state import Failure, NextPoll, PollState, Reason
from taximeter.domain.turns import Installation

SECOND, MINUTE, HOUR, DAY = 1_000, 60_000, 3_600_000, 86_400_000
MIDNIGHT = 1_794_960_000_000
"""The simulated day's, ms UTC; it goes on into the next night."""
INTERVAL = 5 * MINUTE
ANSWERS = 50
"""Requests a second that one worker answers."""
GIVEN_UP = 10 * SECOND
"""After which a desktop waits no longer; the worker does the work all the same."""
DOWN, TELLING, UP = MIDNIGHT + 15 * HOUR, MIDNIGHT + 15 * HOUR + 10 * MINUTE, MIDNIGHT + 15 * HOUR + 20 * MINUTE
"""The outage: connections refused, then 503 with the time until its end, then service."""
NIGHT_WORK = MIDNIGHT + 27 * HOUR
"""The next day's 3:00: the network returns and what slept is woken, all of it in one second."""

Decide = Callable[[PollState], NextPoll]
Named = Callable[[int], Installation]


class Kind(IntEnum):
    """What happens to a desktop."""

    POLL = 0
    WAKE = 1
    SLEEP = 2
    ASK = 3
    NETWORK = 4
    LEAVE = 5
    START = 6
    """The person logs on, which starts the app."""


Event = tuple[int, int, int, int]
"""When, which desktop, the kind, and for a poll the plan that it belongs to."""


@dataclass(slots=True)
class Desktop:
    """One desktop as its poller knows it."""

    installation: Installation
    last_success: int
    awake: bool = False
    working: bool = False
    left_at: int = MIDNIGHT - 6 * HOUR
    last_failure: int | None = None
    failure: Failure | None = None
    failures: int = 0
    retry_after: int | None = None
    reset_at: int = MIDNIGHT + DAY
    woke_at: int | None = None
    network_changed_at: int | None = None
    started_at: int | None = None
    asked_at: int | None = None
    asked_poll_at: int | None = None
    plan: int = 0
    asking: bool = False
    back: bool = False
    """Whether it has had an answer since the outage."""

    def state(self, now: int) -> PollState:
        """What the rule is asked with: mains power, no metered network, an agent at work while its person is."""
        return PollState(
            now, self.installation, self.last_success, self.last_failure, self.failure, self.failures, INTERVAL,
            self.retry_after, 0, self.reset_at, now if self.working else self.left_at, False, False,
            self.woke_at, self.network_changed_at, self.asked_at, self.asked_poll_at, self.started_at,
        )  # fmt: skip


@dataclass(slots=True)
class Service:
    """Answers first come, first served; a queue that is longer than patience is work for nobody."""

    workers: int
    free_at: float = 0
    longest_wait: float = 0

    def answer(self, now: int) -> tuple[int, Failure | None, int | None]:
        """When the answer comes, how it failed, and for how long (ms) it asks to be left alone."""
        if DOWN <= now < TELLING:
            return now + 1, Failure.UNREACHABLE, None
        if TELLING <= now < UP:
            return now + 1, Failure.BUSY, -(-(UP - now) // SECOND) * SECOND
        self.free_at = max(self.free_at, now) + SECOND / (ANSWERS * self.workers)
        wait = self.free_at - now
        self.longest_wait = max(self.longest_wait, wait)
        return (now + GIVEN_UP, Failure.TIMED_OUT, None) if wait > GIVEN_UP else (now + int(wait), None, None)


@dataclass(slots=True)
class Run:
    """What a stretch of virtual time showed."""

    size: int
    start: int
    counts: list[int]
    """Requests by second since ``start``, refused ones too."""
    service: Service
    again: list[int] = field(default_factory=list)
    """For each desktop that has had one, ms from the outage's end to its first answer; ascending."""

    def second(self, moment: int) -> int:
        """The index of a moment's second in ``counts``."""
        return (moment - self.start) // SECOND


def simulate(size: int, decide: Decide, named: Named, start: int, end: int) -> Run:
    """Lets the fleet live from ``start`` to ``end``; one worker for each 6,000 desktops answers."""
    desks = [Desktop(named(number), MIDNIGHT - 6 * HOUR) for number in range(size)]
    heap: list[Event] = []
    for event in chain.from_iterable(life(number) for number in range(size)):
        if event[0] >= start:
            heap.append(event)
        else:
            befall(desks[event[1]], event[0], Kind(event[2]))
    run = Run(size, start, [0] * ((end - start) // SECOND), Service(max(1, round(size / 6_000))))
    for number, desk in enumerate(desks):
        if desk.awake:
            idle = not desk.working and start - desk.left_at > 2 * HOUR
            desk.last_success = start - random.Random(~number).randrange(HOUR if idle else INTERVAL)
            desk.woke_at = desk.started_at = desk.asked_at = None
            schedule(heap, desk, number, start, decide)
    heapify(heap)
    while heap and (event := heappop(heap))[0] < end:
        happen(run, heap, desks[event[1]], event, decide)
    return run


def happen(run: Run, heap: list[Event], desk: Desktop, event: Event, decide: Decide) -> None:
    """One event, and what follows from it."""
    now, number, kind, plan = event
    if kind != Kind.POLL:
        befall(desk, now, Kind(kind))
        if desk.awake:
            schedule(heap, desk, number, now, decide)
    elif desk.awake and plan == desk.plan:
        run.counts[run.second(now)] += 1
        then, failure, retry_after = run.service.answer(now)
        note(desk, now, then, failure, retry_after)
        if failure is None and now >= UP and not desk.back:
            desk.back = True
            run.again.append(then - UP)
        schedule(heap, desk, number, then, decide)


def note(desk: Desktop, now: int, then: int, failure: Failure | None, retry_after: int | None) -> None:
    """What the desktop remembers of its poll."""
    if desk.asking:
        desk.asked_poll_at = now
    desk.failure, desk.retry_after = failure, retry_after
    if failure is not None:
        desk.last_failure, desk.failures = then, desk.failures + 1
        return
    desk.last_success, desk.failures = then, 0
    if then >= desk.reset_at:
        desk.reset_at += DAY


def befall(desk: Desktop, now: int, kind: Kind) -> None:
    """What people, lids and cables do."""
    if kind is Kind.START:
        desk.started_at = now
    if kind in (Kind.WAKE, Kind.START):
        desk.awake, desk.working, desk.woke_at = True, now < NIGHT_WORK, now
    elif kind is Kind.SLEEP:
        desk.awake = desk.working = False
    elif kind is Kind.LEAVE:
        desk.working, desk.left_at = False, now
    elif kind is Kind.ASK and desk.working:
        desk.asked_at = now
    elif kind is Kind.NETWORK:
        desk.network_changed_at = now


def schedule(heap: list[Event], desk: Desktop, number: int, now: int, decide: Decide) -> None:
    """Plans the desktop's next poll, and drops the one that was planned before."""
    found = decide(desk.state(now))
    desk.plan += 1
    desk.asking = found.reason is Reason.ASKED
    heappush(heap, (now + found.delay, number, Kind.POLL, desk.plan))


def life(number: int) -> Iterator[Event]:
    """A desktop's day, the same in every run: on about 9:00, lunch, gone about 17:30, and a night."""
    luck = random.Random(number)

    def about(hour: float, spread: float) -> int:
        return MIDNIGHT + int(hour * HOUR + luck.gauss(0, spread) * MINUTE)

    on, off = about(9, 5), about(17.5, 30)
    yield on, number, Kind.START, 0
    if luck.random() < 0.7:
        yield about(12, 5), number, Kind.SLEEP, 0
        yield about(12.75, 2), number, Kind.WAKE, 0
    yield from asks(number, luck, on, off)
    yield off, number, Kind.LEAVE, 0
    if luck.random() < 0.4:
        yield off + 1, number, Kind.SLEEP, 0
        yield NIGHT_WORK, number, Kind.WAKE, 0
    else:
        yield NIGHT_WORK, number, Kind.NETWORK, 0


def asks(number: int, luck: random.Random, on: int, off: int) -> Iterable[Event]:
    """Three times an hour a person looks or launches, three times in ten twice within 20 s."""
    moment = on
    while (moment := moment + int(luck.expovariate(3 / HOUR))) < off:
        yield moment, number, Kind.ASK, 0
        if luck.random() < 0.3:
            yield moment + luck.randrange(2 * SECOND, 20 * SECOND), number, Kind.ASK, 0
