"""A manager's people as the service shows them: amounts alone, never what for, and no order but by name."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC

from taximeter.domain.increase import IncreaseRequest, RequestStatus
from taximeter.domain.outlook import outlooks
from taximeter.domain.pace import straight_line
from taximeter.domain.quota import Outlook, Quota, QuotaState


@dataclass(frozen=True, slots=True)
class Person:
    """One employee's quotas: the same figures that they see of themselves."""

    id: str
    name: str
    as_of: int
    """When the figures were true, ms UTC by this computer's clock."""
    quotas: tuple[Quota, ...] = ()
    binding: str = ""
    """The id of the quota that stops them first, in the service's view; empty where it does not tell."""
    requests: tuple[IncreaseRequest, ...] = ()
    """Those that wait, and those decided lately, the newest first."""


@dataclass(frozen=True, slots=True)
class TeamPage:
    """One page of a manager's people, by name."""

    people: tuple[Person, ...]
    total: int | None = None
    """Over all pages, with the search applied; None where the service does not tell."""
    next: str = ""
    """Asks for the next page; empty on the last one. Its content is the service's affair."""
    odd: tuple[str, ...] = ()
    """What was left out and why, one sentence each."""


def standing_of(person: Person, now: int) -> tuple[Outlook, ...]:
    """How a colleague's quotas stand, the one that binds first; ``now`` is ms UTC.

    They are foretold at an even pace by the clock: when somebody works is theirs to know. Nothing is taken
    off that the service does not count, so that they see the same.
    """
    return outlooks(person.quotas, straight_line(UTC), now)


def will_run_out(seen: tuple[Outlook, ...]) -> bool:
    """Whether a colleague is stopped already or will be before the reset."""
    return any(one.runs_out_at is not None or one.state is QuotaState.SPENT for one in seen)


def waiting(person: Person) -> tuple[IncreaseRequest, ...]:
    """Their requests that wait for a decision."""
    return tuple(one for one in person.requests if one.status is RequestStatus.PENDING)
