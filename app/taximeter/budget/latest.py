"""One poll of a service, and what is known after it: the last good figures stay, with their age and the reason."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from taximeter.budget.contract import Call, Failure, Fault, Memory, Outcome, Reading, Service, Source
from taximeter.domain import poll_state
from taximeter.domain.quota import Quota

if TYPE_CHECKING:
    from taximeter.budget.client import Ask

MOST_CALLS = 16
"""Of one poll or act: more would be a mistake of the adapter's."""

_HOW = {
    Fault.TIMED_OUT: poll_state.Failure.TIMED_OUT,
    Fault.RATE_LIMITED: poll_state.Failure.BUSY,
    Fault.UNAUTHENTICATED: poll_state.Failure.REFUSED,
    Fault.BLOCKED: poll_state.Failure.REFUSED,
    Fault.FORBIDDEN: poll_state.Failure.REFUSED,
}
_UNREACHED = frozenset(
    {Fault.REFUSED, Fault.UNKNOWN_HOST, Fault.RESET, Fault.TLS, Fault.PROXY, Fault.SIGN_IN_PAGE, Fault.REDIRECTED}
)
"""Another network may end them; a hotel's sign-in page is one of them."""


@dataclass(frozen=True, slots=True)
class Known:
    """What is known of a service: the last good reading, and the failure since, if any."""

    reading: Reading | None = None
    failure: Failure | None = None
    """Of the newest poll; None when that went well."""

    @property
    def memory(self) -> Memory:
        """What the adapter kept."""
        return Memory() if self.reading is None else self.reading.memory

    @property
    def quotas(self) -> tuple[Quota, ...]:
        """The last good quotas with the age they have; none while nothing was ever read.

        A blocked token is told as quotas that let nothing through.
        """
        quotas = () if self.reading is None else self.reading.quotas
        if self.failure is not None and self.failure.fault is Fault.BLOCKED:
            return tuple(replace(quota, suspended=True) for quota in quotas)
        return quotas


def poll(service: Service, ask: Ask, memory: Memory, source: Source, now: int) -> Reading | Failure:
    """Makes the calls that a service needs, one after another, and reads the answers. ``now`` is ms UTC."""
    outcomes = all_rounds(ask, lambda came: service.requests_of(memory, came, source, now))
    return service.read(memory, outcomes, source)


def all_rounds(ask: Ask, still: Callable[[tuple[Outcome, ...]], tuple[Call, ...]]) -> tuple[Outcome, ...]:
    """What all calls came to: round after round those that are still to be made after what came so far."""
    outcomes: tuple[Outcome, ...] = ()
    while len(outcomes) < MOST_CALLS and (calls := still(outcomes)):
        outcomes += tuple(ask(call) for call in calls[: MOST_CALLS - len(outcomes)])
    return outcomes


def after(known: Known, outcome: Reading | Failure) -> Known:
    """What is known after a poll: nothing good is forgotten for something that failed.

    A quota whose figures cannot be used this time keeps its last ones, with their age.
    """
    if isinstance(outcome, Failure):
        return replace(known, failure=outcome)
    old = () if known.reading is None else known.reading.quotas
    kept = tuple(replace(quota, told_binds=False) for quota in old if quota.id in outcome.unread)
    return Known(replace(outcome, quotas=(*outcome.quotas, *kept)))


def how_it_failed(failure: Failure) -> poll_state.Failure:
    """A failure as the choice of the next poll's moment looks at it."""
    if failure.status == 503:
        return poll_state.Failure.BUSY
    other = poll_state.Failure.UNREACHABLE if failure.fault in _UNREACHED else poll_state.Failure.BROKEN
    return _HOW.get(failure.fault, other)
