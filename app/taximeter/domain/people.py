"""A manager's people as the service shows them: amounts alone, never what for, and no order but by name."""

from __future__ import annotations

from dataclasses import dataclass

from taximeter.domain.increase import IncreaseRequest
from taximeter.domain.quota import Quota


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
