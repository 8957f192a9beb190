"""What the next poll of a service depends on, from what the ledger keeps of the polls before."""

from __future__ import annotations

import sqlite3
from dataclasses import dataclass, replace

from taximeter.budget.contract import Memory
from taximeter.budget.kept import Kept
from taximeter.budget.latest import Known, how_it_failed
from taximeter.domain.poll_state import PollState
from taximeter.domain.turns import Installation


@dataclass(frozen=True, slots=True)
class Moments:
    """What happened when, ms UTC; None when it did not."""

    woke: int | None
    asked: int | None = None
    asked_poll: int | None = None
    started: int | None = None
    network_changed: int | None = None


@dataclass(frozen=True, slots=True)
class Surroundings:
    """What a poll costs here. What is not known costs nothing."""

    on_battery: bool = False
    metered: bool = False


MAINS = Surroundings()


def poll_state_of(
    kept: Kept, whose: Installation, now: int, last_activity: int | None, moments: Moments, floor: int = 0,
    around: Surroundings = MAINS,
) -> PollState:  # fmt: skip
    """All that ``domain.polling.next_poll`` looks at; ``last_activity`` is an agent's, ms UTC.

    ``floor`` is the shortest interval that the company allows, in ms; 0 sets nothing.
    """
    failure, reading = kept.known.failure, kept.known.reading
    resets = [quota.period.end for quota in kept.known.quotas if quota.resets]
    return PollState(
        now=now,
        installation=whose,
        last_success=_last_success(kept),
        last_failure=kept.polled_at if failure is not None else None,
        failure=how_it_failed(failure) if failure is not None else None,
        failures=kept.failures,
        max_age=None if reading is None or reading.max_age is None else reading.max_age * 1000,
        retry_after=None if failure is None or failure.retry_after is None else failure.retry_after * 1000,
        floor=floor,
        reset_at=min(resets, default=None),
        last_activity=last_activity,
        on_battery=around.on_battery,
        metered=around.metered,
        woke_at=moments.woke,
        network_changed_at=moments.network_changed,
        asked_at=moments.asked,
        asked_poll_at=moments.asked_poll,
        started_at=moments.started,
    )


def last_activity(connection: sqlite3.Connection) -> int | None:
    """When an agent last billed something, ms UTC; None where none ever did."""
    found = connection.execute("SELECT max(ended_at) FROM session").fetchone()[0]
    return int(found) if found else None


def forgiven(kept: Kept) -> Kept:
    """The last figures as if they were of long ago and nothing had failed since: all is asked anew, and at once."""
    reading = kept.known.reading
    return Kept(Known(None if reading is None else replace(reading, memory=Memory())))


def _last_success(kept: Kept) -> int | None:
    """When a poll last went well; after a failure as of when its figures were, which is about that."""
    if kept.known.reading is None:
        return None
    return kept.polled_at if kept.known.failure is None else kept.known.reading.as_of
