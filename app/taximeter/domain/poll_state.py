"""What the next poll of a budget service depends on, and the words for how and why."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from taximeter.domain.turns import Installation


class Failure(StrEnum):
    """How a poll failed."""

    UNREACHABLE = "not reached"
    TIMED_OUT = "no answer in time"
    BUSY = "too busy"
    """Status 429 or 503."""
    BROKEN = "an answer that makes no sense"
    REFUSED = "sign-in not accepted"
    """Status 401 or 403."""


class Reason(StrEnum):
    """Why the next poll is when it is, in the words that a person is shown."""

    SERVICE = "at the interval that the service asks for"
    USUAL = "at the usual interval, as the service names none"
    FLOOR = "at the shortest interval that your company allows"
    SPARING = "less often, to spare the battery or a metered network"
    IDLE = "hourly, as no agent ran for two hours"
    FIRST = "for the first time, at this computer's own turn"
    STARTED = "soon after the app started, as the last figure is old"
    WOKE = "at this computer's own turn after it woke or the app started"
    NETWORK = "at this computer's own turn after the network changed"
    RESET = "at this computer's own turn after the budget's reset"
    ASKED = "asked for by a window or a launch"
    FAILED = "later after each failure"
    RESTING = "seldom, after five failures in a row"
    RETRY_AFTER = "not before the time that the service named"
    REFUSED = "hourly, as the sign-in is not accepted"


class Breaker(StrEnum):
    """Whether the service is left alone after failures."""

    CLOSED = "closed"
    OPEN = "open"


@dataclass(frozen=True, slots=True)
class PollState:
    """All that the next poll depends on; moments in ms UTC by this computer's clock, spans in ms.

    A poll's moment is the one at which its answer came or was given up. ``failures`` counts those in
    a row, 0 after a success; ``failure`` and ``retry_after`` are the last failure's. ``max_age`` is
    the last answer's, ``floor`` what a company's policy sets (0: nothing). ``woke_at`` is also the
    app's start. ``last_activity`` is an agent's. ``asked_at`` is when a person last did something
    that wants a fresh figure, ``asked_poll_at`` the last poll made for that.
    """

    now: int
    installation: Installation
    last_success: int | None
    last_failure: int | None
    failure: Failure | None
    failures: int
    max_age: int | None
    retry_after: int | None
    floor: int
    reset_at: int | None
    last_activity: int | None
    on_battery: bool
    metered: bool
    woke_at: int | None
    network_changed_at: int | None
    asked_at: int | None
    asked_poll_at: int | None
    started_at: int | None = None
    """When the app started."""


@dataclass(frozen=True, slots=True)
class NextPoll:
    """How long to wait (ms) before polling, and why."""

    delay: int
    reason: Reason
