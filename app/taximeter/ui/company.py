"""What the windows may ask of the company's budget service. Every call waits for the network.

Each goes through ``submit``, whose thread serves nothing else, and raises ``Trouble`` with a title and
what to do when the service does not do it.
"""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import Future
from dataclasses import dataclass
from typing import Protocol, TypeVar

from taximeter.domain.increase import Decision, IncreaseRequest, Wish
from taximeter.domain.people import Person, TeamPage

T = TypeVar("T")


class Submit(Protocol):
    """Runs work on one thread, in order."""

    def __call__(self, work: Callable[[], T], /) -> Future[T]: ...


@dataclass(frozen=True, slots=True)
class Company:
    """The calls that a person may make by hand."""

    submit: Submit
    ask: Callable[[Wish], IncreaseRequest]
    """Asks for more; the service is polled right after."""
    withdraw: Callable[[str], IncreaseRequest]
    """Takes back a request of one's own, by its id."""
    team: Callable[[str, str], TeamPage]
    """One page of the manager's people: what to search for, and ``TeamPage.next`` of the page before (empty first)."""
    mine: Callable[[], Person]
    """One's own row as the manager sees it."""
    decide: Callable[[str, Decision], IncreaseRequest]
    """Approves or denies the request of that id."""
