"""A launch of agents: what is wanted, what such runs cost before, and what is asked and answered about it.

Costs are nano-units of the price book's currency; times are milliseconds since the Unix epoch in UTC.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import IntEnum, StrEnum
from typing import TYPE_CHECKING, NamedTuple

from taximeter.domain.quota import Outlook

if TYPE_CHECKING:
    from taximeter.domain.offer import CompanyOffer
    from taximeter.domain.thresholds import Thresholds


@dataclass(frozen=True, slots=True)
class Wanted:
    """Agents of one kind that are about to start. Empty strings are not known."""

    agent: str
    """The coding agent's id."""
    type: str
    """The type of subagent that the person or the model chose; ``main`` for a session of its own."""
    model: str
    project: str
    count: int
    floor: int = 0
    """What one of them costs at the very least (its preamble and its prompt); 0 when that cannot be told."""
    reading: int = 0
    """What it costs the session that started it to read one result and carry it along."""


class Observation(NamedTuple):
    """One run of an agent that was seen before, its tokens priced at today's rates."""

    agent: str
    type: str
    model: str
    project: str
    at: int
    """When it started."""
    cost: int
    censored: bool = False
    """True when it was killed or still runs: it would have cost at least that."""
    launch: str = ""
    """Runs that started together share it; empty for a run that started alone."""


class Level(StrEnum):
    """How alike the runs are that a forecast is made from, the most alike first."""

    PROJECT = "project"
    """The same agent, type, model and project."""
    MODEL = "model"
    """The same agent, type and model."""
    TYPE = "type"
    """The same agent and type, on any model."""
    AGENT = "agent"
    """Any run of the same agent."""
    NONE = "none"


class Spread(NamedTuple):
    """A range that holds eight of ten, and its middle."""

    p10: int
    p50: int
    p90: int


@dataclass(frozen=True, slots=True)
class Forecast:
    """What a launch will cost, before it starts."""

    agents: int
    cost: Spread | None
    """None without a basis: then only the floor is known."""
    floor: int
    """The least it can cost; 0 when not even that can be told."""
    level: Level
    """The least alike level that any of the agents had to fall back to."""
    runs: int
    """How many earlier runs the level rests on, the fewest of any kind of agent in the launch."""


class Severity(IntEnum):
    """How loudly a rule speaks. A notice never holds a launch."""

    SILENT = 0
    NOTICE = 1
    AMBER = 2
    RED = 3


class Rule(StrEnum):
    """Why a launch is asked about."""

    LEFT = "left"
    """R1: the share of what is left of a quota."""
    PACE = "pace"
    """R2: the day on which a quota runs out moves before its reset."""
    TYPICAL = "typical"
    """R3: one's own launches are usually smaller."""
    COLD_START = "cold_start"
    """R0: many agents, or much money, with nothing to compare with."""


@dataclass(frozen=True, slots=True)
class Finding:
    """A rule that speaks, and the number it names. Fields that a rule does not use stay at their default."""

    rule: Rule
    severity: Severity
    quota: str = ""
    """The id of the quota it is about."""
    percent: int = 0
    """LEFT: the share of what is left that the middle of the range takes, rounded down; may be over 100."""
    over_all: bool = False
    """LEFT: the upper end is more than all that is left."""
    runs_out_at: int = 0
    """PACE: when it runs out with this launch."""
    ran_out_at: int | None = None
    """PACE: when it would run out without it; None when it would last past the reset."""
    usual: int = 0
    """TYPICAL: the middle of one's own launches."""
    launches: int = 0
    """TYPICAL: how many of one's own launches that is from. COLD_START: how many there are."""


@dataclass(frozen=True, slots=True)
class Verdict:
    """What the rules say of a launch, worst finding first."""

    level: Severity
    findings: tuple[Finding, ...]
    fits: int | None
    """The largest number of agents at which no rule speaks; None when there is no such number."""
    binding: Outlook | None
    """The quota that the worst finding is about, else the one that binds; None without a quota in money."""


class Verb(StrEnum):
    """The answers have one meaning everywhere."""

    STOP = "stop"
    """The warning is accepted: nothing more starts."""
    LIMIT = "limit"
    """At most so many start."""
    RUN = "run"
    """The warning is dismissed."""
    EXPIRED = "expired"
    """Nobody answered: the default was applied."""


class Answer(NamedTuple):
    """What was decided, by whom."""

    verb: Verb
    agents: int | None = None
    """LIMIT: how many may run. EXPIRED: 0 when the default stopped it, else None."""
    by: str = "window"
    """``window``, ``notification``, ``command``, ``default`` or ``policy``."""
    for_session: bool = False
    """Do not ask again in this session: the same answer holds for it."""


@dataclass(frozen=True, slots=True)
class Kind:
    """Agents of one type on one model inside a launch."""

    type: str
    model: str
    count: int


class Source(StrEnum):
    """How the agents are about to be started."""

    CALLS = "calls"
    """The agent's own calls for subagents."""
    WORKFLOW = "workflow"
    """A script that starts subagents; how many cannot be told before."""
    SHELL = "shell"
    """A command line that starts agents side by side."""
    LOOP = "loop"
    """Separate processes from one parent, each with a prompt of its own."""


@dataclass(frozen=True, slots=True)
class Question:
    """A launch that is held until it is answered. It may change while it is open: more agents join."""

    id: str
    agent: str
    session: str
    project: str
    source: Source
    kinds: tuple[Kind, ...]
    agents: int
    """How many it is about: held ones and those that were let go before."""
    already: int
    """Those of them that run already."""
    counting: bool
    """True while the reply that starts them is still being written: there may be more."""
    forecast: Forecast
    verdict: Verdict
    currency: str
    asked_at: int
    ends_at: int
    """When the default is applied."""
    at_end: Verb
    """``run`` or ``stop``."""
    cheaper: tuple[str, Spread] | None = None
    """A model on which the same number of agents would likely cost less, and what; None where none is known."""
    as_of: int = 0
    """When the figures of what is left were taken."""
    offer: Thresholds | None = None
    """What the thresholds would be with a higher one for the rule that speaks loudest, to be taken together
    with ``run``; None where none is offered (see ``answers.offer_higher`` and ``raising.raised``)."""
    company: CompanyOffer | None = None
    """What the company offers in its place; never a reason to ask."""
    default_by_company: bool = False
    """The company decided what happens without an answer, or when."""
    threshold_by_company: bool = False
    """The company decided from where on the rule speaks that speaks loudest."""


@dataclass(frozen=True, slots=True)
class Notice:
    """A launch that runs and is worth a word: a rule at the level of a notice, or seen after it began."""

    agent: str
    session: str
    project: str
    agents: int
    forecast: Forecast
    verdict: Verdict
    currency: str
    after_it_began: bool = False
    twice_the_range: bool = False
    """It has cost twice the upper end of what was told before it."""
    spent: int = 0
    """What it has cost so far, for the last two."""
