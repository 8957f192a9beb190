"""What the windows and the commands read: frozen answers of the queries, all figures ready to show.

Times are milliseconds since the Unix epoch in UTC; money is nano-units of ``currency``. Many are
named tuples, since a frozen dataclass takes five times as long to define and every command pays for that at its start.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple

from taximeter.domain.quota import Outlook, Refusal
from taximeter.domain.usage import Cost, Mark, RunKind, Tokens, Totals
from taximeter.ledger.readmodels_service import ServiceStanding

if TYPE_CHECKING:
    from taximeter.domain.burning import Burn
    from taximeter.domain.launch import Kind, Severity, Spread, Verb
    from taximeter.domain.offer import CompanyOffer


def shown_model(model: str, *, fast: bool) -> str:
    """How a model is named where fast requests, which have a price of their own, stand apart."""
    return f"{model}-fast" if fast else model


@dataclass(frozen=True, slots=True)
class SessionRow:
    """One session with all its runs. ``peak`` is the most subagent runs open at one moment."""

    id: str
    agent: str
    project: str
    branch: str
    started_at: int
    ended_at: int
    models: tuple[str, ...]
    runs: int
    """Subagent and review runs, the main one not counted."""
    peak: int
    totals: Totals


@dataclass(frozen=True, slots=True)
class RunRow:
    """One agent's work inside a session. ``parent_id`` is empty for the main run."""

    id: str
    parent_id: str
    kind: RunKind
    type: str
    """The agent type the person or the model chose (``Explore``, ``reviewer``), empty when not told."""
    label: str
    model: str
    started_at: int
    ended_at: int
    totals: Totals


class RequestRow(NamedTuple):
    """One of the dearest requests of a session."""

    at: int
    run_id: str
    model: str
    tokens: Tokens
    cost: Cost | None


class CostPoint(NamedTuple):
    """Cumulative cost of a session at a moment, nano-units."""

    at: int
    cost: int


class LaunchRow(NamedTuple):
    """Agents that were judged before they started: what was told and answered, and what they came to."""

    id: str
    at: int
    """When it was judged."""
    kinds: tuple[Kind, ...]
    agents: int
    """How many were to start."""
    launched: int
    """How many might start then: fewer where it was limited, none where it was stopped."""
    told: Spread | None
    """The range as it was told, for those that might start; None without a basis."""
    reading: int
    """The part of the range that is for reading the results, which is not in ``actual``."""
    floor: int
    """What they cost at the very least; 0 when not even that was known."""
    currency: str
    severity: Severity
    mode: str
    """``ask`` or ``observe``."""
    answer: Verb | None
    """None where nobody was asked, or nobody answered."""
    runs: int
    """How many were seen to run."""
    going_on: int
    killed: int
    actual: int | None
    """What they cost, so far or in the end; None before they did, or when a part has no price."""
    run_ids: tuple[str, ...] = ()
    """The agents' own ids of the runs."""
    renewed: Spread | None = None
    """The range as it is now, while they run; None where it was not made anew."""

    @property
    def place(self) -> int | None:
        """-1 below the range, 0 inside it, 1 above it; None where the cost cannot be held against it.

        That takes a launch that ran as foreseen to its end; only the upper end can be passed before.
        """
        if self.told is None or self.actual is None or not self.launched:
            return None
        if self.actual > max(0, self.told.p90 - self.reading):
            return 1
        if self.going_on or self.killed or self.runs != self.launched:
            return None
        return -1 if self.actual < max(0, self.told.p10 - self.reading) else 0


class Breakdown(NamedTuple):
    """Everything a session's page shows; the rows add up to the session's totals."""

    session: SessionRow
    runs: tuple[RunRow, ...]
    by_model: tuple[tuple[str, Totals], ...]
    curve: tuple[CostPoint, ...]
    dearest: tuple[RequestRow, ...]
    price_books: tuple[str, ...]
    launches: tuple[LaunchRow, ...] = ()
    """What was foreseen of its launches, newest first; empty where they were not asked for."""
    credits: tuple[tuple[Mark, int], ...] = ()
    """What its plan counted in place of money: a key of ``CREDITS`` with billionths of it; never part of a cost."""


@dataclass(frozen=True, slots=True)
class SessionFilter:
    """Which sessions a list shows: those that were active at ``since <= t < until``, ended before or not.

    ``agent`` and ``project`` are whole names; ``search`` is a part of a project, a branch or a session's id.
    """

    since: int | None = None
    until: int | None = None
    agent: str = ""
    project: str = ""
    search: str = ""
    order: str = "recent"
    """``recent``, ``cost``, ``tokens`` or ``project``."""


@dataclass(frozen=True, slots=True)
class SessionPage:
    """One keyset page of sessions; ``totals`` and ``count`` are over the filter, not the page."""

    rows: tuple[SessionRow, ...]
    next_key: tuple[object, ...] | None
    """Pass to the next call; None on the last page."""
    totals: Totals
    count: int


@dataclass(frozen=True, slots=True)
class DayRow:
    """A local day's sum for one agent and model; ``fast`` requests stand apart."""

    date: str
    agent: str
    model: str
    fast: bool
    totals: Totals


class ModelRow(NamedTuple):
    """A model's sum over a period; ``fast`` requests stand apart."""

    model: str
    fast: bool
    totals: Totals


class ProjectRow(NamedTuple):
    """A project's sum over a period."""

    project: str
    sessions: int
    last_at: int
    totals: Totals


class RunningSession(NamedTuple):
    """A session that is at work now."""

    session: SessionRow
    agents: int
    """Runs at work now, the main one included."""
    cost_per_hour: int | None
    """Nano-units an hour over the last minutes; None when nothing could be priced."""
    launch: LaunchRow | None = None
    """The newest launch of it that runs and was foreseen."""


@dataclass(frozen=True, slots=True)
class PlanWindow:
    """The newest reading of a vendor's plan window, as an agent's log quoted it. Never money."""

    agent: str
    limit_id: str
    minutes: int
    """The window's length."""
    used_percent: float
    resets_at: int
    observed_at: int
    plan: str
    """The plan's name as logged; empty when not told."""


class IndexProgress(NamedTuple):
    """How far a first index has come; ``files_total`` 0 when none is under way."""

    files_done: int = 0
    files_total: int = 0
    bytes_done: int = 0
    bytes_total: int = 0


@dataclass(frozen=True, slots=True)
class Snapshot:
    """All that the tray icon, its menu and the popover show at one moment."""

    now: int
    as_of: int
    """When the ledger last took in what the logs say."""
    currency: str
    price_book: str
    outlooks: tuple[Outlook, ...]
    """The binding quota first; empty when there is no budget, service or plan window."""
    today: Totals
    today_sessions: tuple[SessionRow, ...]
    """Today's part of each session, newest first."""
    running: tuple[RunningSession, ...]
    refusal: Refusal | None
    """The newest refusal for budget that no success, reset or newer figure has ended; None when there is none."""
    agents_found: tuple[str, ...]
    progress: IndexProgress
    requests_ever: int
    service: ServiceStanding | None = None
    """None where no budget service is set."""
    burn: Burn | None = None
    """How fast the binding budget is spent; None while nothing runs."""
    offer: CompanyOffer | None = None
    """What the company offers in place of costly work; without a range."""


@dataclass(frozen=True, slots=True)
class SkippedLines:
    """Lines of one file that could not be used: why, and how many."""

    path: str
    reason: str
    count: int


class FileRow(NamedTuple):
    """A log file that was read. ``trouble`` says why it could not be read on, empty when it could."""

    path: str
    agent: str
    size: int
    offset: int
    """How many of its bytes were read."""
    read_at: int
    trouble: str


class UnpricedModel(NamedTuple):
    """A model that no price book knew when its requests were read; the name is empty when the log told none."""

    model: str
    requests: int
    tokens: int


class BookRow(NamedTuple):
    """A price book that priced requests in this ledger; ``as_of`` is its own date."""

    id: str
    as_of: str
    currency: str
