"""What a model billed: requests, the runs and sessions they belong to, and sums of them.

Times are integers, milliseconds since the Unix epoch in UTC. Money is an integer of nano-units
(10^-9) of the price book's currency. ``Request`` is a named tuple and not a dataclass because a
first index makes and stores tens of thousands of them; everything else is a frozen dataclass.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import IntEnum, IntFlag, StrEnum
from typing import NamedTuple


class Mark(IntFlag):
    """What is not certain about a logged request, how it was served, or how it ended."""

    NONE = 0
    FAST = 1
    """Served in the vendor's fast mode, at a price of its own."""
    PRIORITY = 2
    BATCH = 4
    FLEX = 8
    US_ONLY = 16
    """Inference was pinned to the United States, which some vendors charge more for."""
    OUTPUT_IS_FLOOR = 32
    """The log holds only part of what was used, such as the first streamed output count: it is at least that."""
    MODEL_ASSUMED = 64
    """The log never named the model; a setting did."""
    WRITE_TTL_UNKNOWN = 128
    """The log does not split cache writes into short and long-lived ones."""
    CLOCK_AHEAD = 256
    """The log's time lay in the future; the time it was read is used in its place."""
    GOES_ON = 512
    """The reply called tools, so another request of the run was to follow it."""
    CLAIMS_PREMIUM_REQUESTS = 1024
    """``claimed_cost`` counts premium requests of a plan (nano), which are no money."""
    CLAIMS_AI_UNITS = 2048
    """``claimed_cost`` counts AI units of a plan (nano), which are no money."""


CREDITS = {Mark.CLAIMS_AI_UNITS: "AI units", Mark.CLAIMS_PREMIUM_REQUESTS: "premium requests"}
"""What a plan counts in place of money, by the mark that says a claim counts it."""


class Tokens(NamedTuple):
    """Disjoint kinds of tokens. ``reasoning`` is the part of ``output`` that is known to be thoughts."""

    input: int = 0
    cache_read: int = 0
    cache_write_5m: int = 0
    cache_write_1h: int = 0
    output: int = 0
    reasoning: int = 0

    @property
    def prompt(self) -> int:
        """Everything sent to the model: what long-context tiers are measured by."""
        return self.input + self.cache_read + self.cache_write_5m + self.cache_write_1h

    @property
    def total(self) -> int:
        """All tokens, reasoning counted once (it is inside ``output``)."""
        return self.input + self.cache_read + self.cache_write_5m + self.cache_write_1h + self.output


class Request(NamedTuple):
    """One bill from a model, as a log tells it.

    ``key`` is the same wherever the request is logged again; ``claim`` says how good this place's
    claim to it is (smaller wins, see ``merge``); ``run`` is the agent's own id of the run.
    """

    key: bytes
    run: str
    at: int
    model: str
    """As logged; empty when the log does not say (x11)."""
    tokens: Tokens
    marks: int
    web_searches: int
    claimed_cost: int
    """The log's own figure, kept beside ours: nano-dollars, or nano-credits (``CREDITS``); -1 where there is none."""
    claim: int


def merge(one: Request, other: Request) -> Request:
    """The one request that two sightings of the same key describe.

    The largest output wins (streamed lines carry partial figures, c01), the first time is the
    request's time (c23), and the better claim says whose run it is (c02, c04, c25). Commutative,
    associative and idempotent, so the order in which files are read does not matter.
    """
    fuller = one if _fullness(one) >= _fullness(other) else other
    owner = one if (one.claim, one.run) <= (other.claim, other.run) else other
    first = min(one.at, other.at)
    if fuller.at == first and fuller.run == owner.run and fuller.claim == owner.claim:
        return fuller
    return fuller._replace(at=first, run=owner.run, claim=owner.claim)


_UNCERTAIN = int(Mark.OUTPUT_IS_FLOOR | Mark.WRITE_TTL_UNKNOWN)


def _fullness(request: Request) -> tuple[object, ...]:
    tokens = request.tokens
    return (tokens.output, tokens.total, -(request.marks & _UNCERTAIN), request.model, request.web_searches,
            request.marks, request.claimed_cost, tokens)  # fmt: skip


class RunKind(StrEnum):
    """What part a run plays in its session."""

    MAIN = "main"
    SUBAGENT = "subagent"
    REVIEW = "review"
    """A run nobody asked for, such as an approval review."""


class Pricing(IntEnum):
    """How a request's cost was made."""

    EXACT = 0
    ESTIMATED = 1
    UNPRICED = 2


class Cost(NamedTuple):
    """A request's or a sum's cost by kind, nano-units of the price book's currency."""

    input: int = 0
    cache_read: int = 0
    cache_write: int = 0
    output: int = 0
    fees: int = 0

    @property
    def total(self) -> int:
        """The whole cost, nano-units."""
        return self.input + self.cache_read + self.cache_write + self.output + self.fees


class Priced(NamedTuple):
    """A request's cost and how it was made; the cost is all zero when unpriced, and then means nothing."""

    pricing: Pricing
    cost: Cost


@dataclass(frozen=True, slots=True)
class Totals:
    """A sum over requests: what was used, what it cost, and how sure that is."""

    requests: int = 0
    tokens: Tokens = Tokens()
    cost: Cost = Cost()
    unpriced_tokens: int = 0
    estimated_requests: int = 0
    unpriced_requests: int = 0
    floor_requests: int = 0
    """Requests whose logged output is a floor; the sum then is "at least" that."""

    @property
    def cost_or_none(self) -> int | None:
        """Nano-units of what could be priced; None when nothing could (never 0 for unknown)."""
        if self.unpriced_requests and self.unpriced_requests == self.requests:
            return None
        return self.cost.total

    @property
    def status(self) -> str:
        """``exact``, ``estimated``, or ``partial`` when any token is unpriced."""
        if self.unpriced_requests:
            return "partial"
        return "estimated" if self.estimated_requests else "exact"

    def __add__(self, other: Totals) -> Totals:
        return Totals(
            self.requests + other.requests,
            Tokens(*(a + b for a, b in zip(self.tokens, other.tokens, strict=True))),
            Cost(*(a + b for a, b in zip(self.cost, other.cost, strict=True))),
            self.unpriced_tokens + other.unpriced_tokens,
            self.estimated_requests + other.estimated_requests,
            self.unpriced_requests + other.unpriced_requests,
            self.floor_requests + other.floor_requests,
        )
