"""Asking for more of a quota: what an employee asks, and what becomes of it.

Amounts are integers in the quota's unit, as in ``quota``; times are ms UTC. Nothing is told but what stands here:
no project, no session, no prompt.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from taximeter.domain.quota import Unit

LONGEST_WORDS = 500
"""Characters of a reason and of a note."""


class RequestStatus(StrEnum):
    """What became of a request for more."""

    PENDING = "pending"
    APPROVED = "approved"
    DENIED = "denied"
    CANCELLED = "cancelled"
    """By who asked."""
    EXPIRED = "expired"


@dataclass(frozen=True, slots=True)
class Wish:
    """More of a quota, as it goes to the service."""

    quota: str
    """The quota's id as in ``Quota.id``."""
    amount: int
    """How much more, above 0."""
    reason: str = ""
    """In the employee's own words, at most ``LONGEST_WORDS``."""
    until: int | None = None
    """When it is needed no more; None for good."""
    key: str = ""
    """Of this wish alone, so that a call that is made again asks only once; made by who sends it when empty."""


@dataclass(frozen=True, slots=True)
class IncreaseRequest:
    """A wish that the service knows."""

    id: str
    quota: str
    """The quota's id as in ``Quota.id``."""
    who: str
    """Who asked, as shown to colleagues."""
    unit: Unit
    currency: str
    """ISO 4217 for money, empty otherwise."""
    amount: int
    reason: str
    until: int | None
    status: RequestStatus
    created_at: int
    approved: int | None = None
    """How much was given; None unless approved."""
    ends_at: int | None = None
    """When what was given ends; None when it does not."""
    decided_at: int | None = None
    decided_by: str = ""
    note: str = ""
    """The manager's words."""


@dataclass(frozen=True, slots=True)
class RequestPage:
    """One page of requests, the newest first."""

    requests: tuple[IncreaseRequest, ...]
    next: str = ""
    """Asks for the next page; empty on the last one."""


@dataclass(frozen=True, slots=True)
class Decision:
    """What a manager decides on a request."""

    approve: bool
    amount: int | None = None
    """How much is given; None gives what was asked for."""
    note: str = ""
    """To the employee, at most ``LONGEST_WORDS``."""
