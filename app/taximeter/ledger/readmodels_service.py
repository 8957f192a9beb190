"""How it stands with the company's budget service, apart from its figures: asked, answered, or why not."""

from __future__ import annotations

from enum import StrEnum
from typing import NamedTuple

from taximeter.domain.increase import IncreaseRequest


class ServiceState(StrEnum):
    """What the newest poll came to."""

    NOT_ASKED = "not_asked"
    ANSWERED = "answered"
    SIGNED_OUT = "signed_out"
    """It does not accept who asks, or nobody is signed in."""
    BLOCKED = "blocked"
    """It knows the token, and lets it do nothing any more."""
    FAILED = "failed"
    """It was not reached, or what came cannot be used."""


class ServiceStanding(NamedTuple):
    """The service that is set, and how the newest poll of it went."""

    name: str
    """What people call it, else its host."""
    state: ServiceState
    polled_at: int = 0
    """When it was last asked, ms UTC; 0 for never."""
    failure: str = ""
    """What happened, for people, without a full stop; empty unless it failed."""
    read: bool = False
    """Whether figures of it are known, however old."""
    can: frozenset[str] = frozenset()
    """The optional parts that it offers: ``policy``, ``team``, ``increase_requests``, ``holds``, ``give``."""
    who: str = ""
    """Whose figures these are, in its words."""
    leads: bool = False
    """Whether it lets this person see a team."""
    to_decide: int = 0
    """How many requests wait for this person's decision."""
    requests: tuple[IncreaseRequest, ...] = ()
    """One's own that wait, and those decided lately, the newest first."""
    silent: bool = False
    """Whether it has given nothing for half a working day of this person's."""
