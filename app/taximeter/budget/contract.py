"""What every budget service has to offer: which calls to make, and how their answers are read.

An adapter is two pure functions over bytes, headers and what was kept of earlier polls. It opens
no connection, asks no clock and keeps nothing, so that each is tested from recorded answers; the
calls are made by ``client``, the rounds by ``latest``. Times are ms UTC.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from taximeter.domain.increase import IncreaseRequest
from taximeter.domain.quota import Coverage, Quota
from taximeter.host.service_settings import host_of


@dataclass(frozen=True, slots=True)
class Call:
    """One request to the service."""

    name: str
    """What it is for; the same in each poll."""
    path: str
    """Path and query, appended to the origin."""
    etag: str = ""
    """Of what is kept: the service may answer that nothing changed."""
    body: bytes = field(default=b"", repr=False)
    """What is sent, which may be a secret: the call is a POST then, and is never sent on to another address."""
    key: str = ""
    """Of a POST: the same key and body are done once, however often they come (``Idempotency-Key``)."""
    accepts: tuple[str, ...] = ("application/json", "application/problem+json")
    """The types of a body that is taken; an empty one: none is told."""
    body_type: str = "application/json"
    """Of ``body``; OAuth's endpoints take a form."""


@dataclass(frozen=True, slots=True)
class Answer:
    """What a call came back with, status 200, 201 or 304."""

    call: Call
    status: int
    headers: Mapping[str, str]
    """Names in lower case."""
    body: bytes = field(repr=False)
    """Of a sign-in it holds a token."""
    received_at: int
    """By this computer's clock."""


class Fault(StrEnum):
    """Why a call gave nothing."""

    TIMED_OUT = "timed_out"
    REFUSED = "refused"
    UNKNOWN_HOST = "unknown_host"
    RESET = "reset"
    TLS = "tls"
    PROXY = "proxy"
    REDIRECTED = "redirected"
    """To another host or scheme, which never gets the token."""
    SIGN_IN_PAGE = "sign_in_page"
    """A web page with status 200, as networks put before one has agreed to their terms."""
    WRONG_TYPE = "wrong_type"
    BAD_BODY = "bad_body"
    """Cut short, badly packed, or no JSON."""
    TOO_LARGE = "too_large"
    UNAUTHENTICATED = "unauthenticated"
    BLOCKED = "blocked"
    """The token is known, and may do nothing any more."""
    FORBIDDEN = "forbidden"
    NOT_FOUND = "not_found"
    RATE_LIMITED = "rate_limited"
    UNAVAILABLE = "unavailable"
    """Status 500 and above."""
    REJECTED = "rejected"
    """Any other status."""
    UNREADABLE = "unreadable"
    """JSON, but nothing in it that can be used."""
    NOT_OFFERED = "not_offered"
    """The service has no such part: nothing was asked."""


@dataclass(frozen=True, slots=True)
class Failure:
    """A call, or a whole poll, that gave nothing."""

    fault: Fault
    sentence: str
    """What happened, for people; never holds the token."""
    status: int = 0
    """0 when no answer came."""
    retry_after: int | None = None
    """Seconds that the service asks to wait, at least 0."""
    call: Call = Call("", "")
    body: bytes = b""
    """The start of an error's body, from which an adapter may learn more."""
    headers: Mapping[str, str] = field(default_factory=dict)
    received_at: int = 0


Outcome = Answer | Failure


@dataclass(frozen=True, slots=True)
class Memory:
    """What an adapter keeps from one poll to the next, so that it asks less."""

    reading: Reading | None = None
    """The last good one."""
    etag: str = ""
    """Of its answer."""
    base: str = ""
    """The path before all calls, as the service told it."""
    found_at: int = 0
    """When it told so."""
    can: frozenset[str] = frozenset()
    """The optional parts that it said to have; see ``Reading.can``."""
    led: tuple[str, ...] = ()
    """The teams that the person leads, where the service tells it of each."""
    quiet: tuple[tuple[str, int], ...] = ()
    """Calls that told no budget, each with when that was: they are left out for a while."""


@dataclass(frozen=True, slots=True)
class Reading:
    """What a service told."""

    quotas: tuple[Quota, ...]
    as_of: int
    """When the figures were true, by this computer's clock."""
    who: str = ""
    """Whose figures these are, in the service's words."""
    leads: bool = False
    """Whether the service lets this person see a team."""
    to_decide: int = 0
    """How many requests for more wait for this person's decision."""
    requests: tuple[IncreaseRequest, ...] = ()
    """The person's own requests for more that wait, and those decided lately, the newest first."""
    binding: str = ""
    """The id of the quota that stops this person first, in the service's view; empty where it does not tell."""
    can: frozenset[str] = frozenset()
    """The optional parts that it offers: ``policy``, ``team``, ``increase_requests``, ``holds``, ``give``.

    The last is a limit that a manager raises without being asked through the service.
    """
    policy_version: str = ""
    """Of the company's policy in force; empty where the service does not tell."""
    max_age: int | None = None
    """Seconds until the service wants to be asked again; None where it does not tell."""
    clock_off: int = 0
    """By how many ms the service's clock is ahead of this computer's; 0 when they agree well enough."""
    unread: tuple[str, ...] = ()
    """Ids of quotas that are there but whose figures cannot be used: their last value stays."""
    odd: tuple[str, ...] = ()
    """What was not as expected, one sentence each."""
    memory: Memory = Memory()


@dataclass(frozen=True, slots=True)
class Cover:
    """What the service's quotas pay for, as chosen when it was connected."""

    coverage: Coverage = Coverage()
    chosen: bool = False


@dataclass(frozen=True, slots=True)
class Service:
    """One kind of budget service."""

    kind: str
    name: str
    requests_of: Callable[[Memory, tuple[Outcome, ...], Source, int], tuple[Call, ...]]
    """The calls still to make in this poll: what is kept, what came so far, where, now. Empty when it is enough."""
    read: Callable[[Memory, tuple[Outcome, ...], Source], Reading | Failure]
    """All that came, read: figures, or why there are none."""


@dataclass(frozen=True, slots=True)
class Source:
    """Where a reading comes from."""

    origin: str
    """Scheme, host, port and the path before all calls; see ``host.service_settings.parse_origin``."""
    cover: Cover = Cover()

    @property
    def host(self) -> str:
        """For people."""
        return host_of(self.origin)


SIGNED_OUT = frozenset({Fault.UNAUTHENTICATED, Fault.FORBIDDEN})
"""What signing in again may end; a blocked token is told as suspended quotas."""
