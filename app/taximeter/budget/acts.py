"""What a person asks of a budget service by hand: more, a team, a decision, an amount set aside.

An act is pure, as ``contract.Service`` is: which calls to make, and what their answers say. Each kind
of service has its ``Acts``; what it cannot do is an act that makes no call and says so.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Generic, TypeVar

from taximeter.budget.contract import Call, Failure, Fault, Memory, Outcome, Source
from taximeter.domain.holds import ServiceHold
from taximeter.domain.increase import Decision, IncreaseRequest, RequestPage, Wish
from taximeter.domain.people import Person, TeamPage
from taximeter.domain.quota import Quota, Unit

T = TypeVar("T")
LARGEST_PAGE = 100
"""People or requests that are asked for at once."""


@dataclass(frozen=True, slots=True)
class Act(Generic[T]):
    """Something that is asked of a service once."""

    calls: Callable[[tuple[Outcome, ...]], tuple[Call, ...]]
    """The calls still to make, after what came so far; empty when it is enough."""
    read: Callable[[tuple[Outcome, ...]], T | Failure]
    """What they came to."""


@dataclass(frozen=True, slots=True)
class Place:
    """Of whom it is asked: what polls have learnt, where, and now (ms UTC)."""

    memory: Memory
    source: Source
    now: int


@dataclass(frozen=True, slots=True)
class Set:
    """An amount that is to be set aside for a launch."""

    unit: Unit
    currency: str
    amount: int
    agents: int
    seconds: int
    """After which it ends by itself."""


@dataclass(frozen=True, slots=True)
class Acts:
    """All that a kind of service may be asked. The last text of an act that changes something is its key."""

    ask: Callable[[Place, Wish, Quota], Act[IncreaseRequest]]
    withdraw: Callable[[Place, str, str], Act[IncreaseRequest]]
    decide: Callable[[Place, str, Decision, str], Act[IncreaseRequest]]
    to_decide: Callable[[Place, str], Act[RequestPage]]
    """The requests that wait for this person's decision, from ``RequestPage.next`` of the page before on."""
    team: Callable[[Place, str, str], Act[TeamPage]]
    """What to search for, and ``TeamPage.next`` of the page before."""
    mine: Callable[[Place], Act[Person]]
    """One's own row, as who leads one's team gets it."""
    give: Callable[[Place, str, str, int], Act[Person]]
    """Raises a limit unasked: of a person's quota, both by id, to that amount."""
    hold: Callable[[Place, Set, str], Act[ServiceHold]]
    settle: Callable[[Place, ServiceHold, int, str], Act[ServiceHold]]
    """What a launch came to, for which something was set aside."""


def refused(host: str, what: str) -> Act[T]:
    """An act that the service does not offer; ``what`` follows its host: ``takes no requests for more``."""
    return Act(lambda _outcomes: (), lambda _outcomes: not_offered(host, what))


def not_offered(host: str, what: str) -> Failure:
    """Why nothing was asked."""
    return Failure(Fault.NOT_OFFERED, f"{host} {what}")
