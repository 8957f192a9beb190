"""What the popover says for a snapshot: every word and length decided here, purely."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass

from PySide6.QtCore import QCoreApplication

from taximeter.domain.quota import SERVICE_KINDS, Outlook, Quota, QuotaState
from taximeter.domain.usage import Totals
from taximeter.ledger.readmodels import RunningSession, SessionRow, Snapshot
from taximeter.ledger.readmodels_service import ServiceState
from taximeter.ui import launch_words, quota_details, service_words, wording, work_words
from taximeter.ui.ask_line import AskLine, ask_line, team_words
from taximeter.ui.figures import ABSENT, MINUTE, Figures, many, sentence
from taximeter.ui.sentences import joined, listed, named, stopped
from taximeter.ui.shapes import GaugeState

translate = QCoreApplication.translate

SHOWN_TODAY = 5
SHOWN_RUNNING = 3


@dataclass(frozen=True, slots=True)
class BarView:
    """A quota bar: shares of the limit, 0 to 1. ``pending`` is drawn hatched after ``left``."""

    left: float
    pending: float
    pace: float | None
    state: GaugeState
    spoken: str
    soft: float | None = None
    """What is left when the source warns."""


@dataclass(frozen=True, slots=True)
class QuotaView:
    """The binding quota. Without one ``bar`` is None and the words are about today."""

    answer: str
    age: str
    large: str
    beside: str
    bar: BarView | None
    below_left: str
    below_right: str
    note: str
    details: tuple[str, ...] = ()
    """Quiet lines, each of its own."""
    hint: str = ""
    """What is not taken off, and how to mend it."""
    young: bool = False
    """Whether the age is in seconds, and grows before one's eyes."""


@dataclass(frozen=True, slots=True)
class LimitView:
    """One of the other limits."""

    name: str
    words: str
    bar: BarView
    at_risk: bool


@dataclass(frozen=True, slots=True)
class LineView:
    """A session in two lines of text with a bar between them. ``parts`` are costs by kind."""

    session: str
    title: str
    branch: str
    right: str
    below_left: str
    below_right: str
    parts: tuple[int, ...]
    scale: float
    """Length of the bar, 0 to 1."""
    strong: bool
    note: tuple[str, str] = ("", "")
    """The two ends of a line of its own below; empty for none."""

    @property
    def spoken(self) -> str:
        """The whole line for a screen reader."""
        words = (f"{self.title} {self.branch}".strip(), self.right, self.below_left, self.below_right, *self.note)
        return listed(words)


@dataclass(frozen=True, slots=True)
class Glance:
    """Everything in the popover."""

    quota: QuotaView
    others: str
    limits: tuple[LimitView, ...]
    running: tuple[LineView, ...]
    today_title: str
    today: tuple[LineView, ...]
    more: str
    progress: str
    progress_share: float
    used_up: str
    """The link to what is used up, empty while nothing is."""
    service: str = ""
    """That the budget service gives nothing, where another quota has the large answer."""
    offers_budget: bool = False
    """Whether there is neither a quota nor a service that could tell one."""
    ask: AskLine = AskLine()
    team: tuple[str, str] = ("", "")
    """The way to one's people, and how it is read out; empty without the right."""


def glance_of(
    snapshot: Snapshot, figures: Figures, as_clock: bool = False, seen: Collection[str] = ()
) -> Glance:  # fmt: skip
    """The popover for a snapshot; ``seen`` are the requests for more whose outcome was read."""
    others = snapshot.outlooks[1:]
    hidden = len(snapshot.today_sessions) - SHOWN_TODAY
    progress = snapshot.progress
    return Glance(
        quota=_quota_view(snapshot, figures, as_clock),
        others=wording.others_words(others) if others else "",
        limits=tuple(_limit_view(one, snapshot.now, figures, as_clock) for one in others),
        running=tuple(_running_line(one, snapshot.now, figures) for one in snapshot.running[:SHOWN_RUNNING]),
        today_title=work_words.today_words(snapshot, figures) if snapshot.requests_ever else "",
        today=_today_lines(snapshot, figures),
        more=many(hidden, translate("Glance", "1 more session today"), translate("Glance", "{n} more sessions today"))
        if hidden > 0
        else "",
        progress=work_words.progress_words(progress, figures),
        progress_share=progress.files_done / progress.files_total if progress.files_total else 1.0,
        used_up=_used_up_link(snapshot),
        service=service_words.aside(snapshot),
        offers_budget=not snapshot.outlooks and snapshot.service is None,
        ask=ask_line(snapshot, figures, seen),
        team=team_words(snapshot),
    )


def _used_up_link(snapshot: Snapshot) -> str:
    stop = wording.stop_of(snapshot)
    if stop is None:
        return ""
    told = stop.outlook is not None and stop.refusal is None
    return quota_details.meaning_words(stop.outlook.quota if told and stop.outlook is not None else None)


def bar_view(outlook: Outlook, spoken: str) -> BarView:
    """The bar of one quota."""
    quota = outlook.quota
    pending = (quota.not_billed + quota.held) / quota.limit if quota.limit else 0.0
    left = wording.share_left(quota)
    state, _ = _bar_state(outlook)
    return BarView(left, max(0.0, min(pending, 1.0 - left)), _pace(outlook, quota), state, spoken, _soft(quota))


def _bar_state(outlook: Outlook) -> tuple[GaugeState, bool]:
    fresh = outlook.state in (QuotaState.OK, QuotaState.WATCH, QuotaState.LOW, QuotaState.SPENT)
    return (GaugeState(outlook.state.value) if fresh else GaugeState.STALE), fresh


def _pace(outlook: Outlook, quota: Quota) -> float | None:
    if outlook.even_pace is None or not quota.limit or quota.suspended:
        return None
    return max(0.0, min(1.0, outlook.even_pace / quota.limit))


def _soft(quota: Quota) -> float | None:
    if quota.soft_limit is None or not quota.limit or quota.soft_limit >= quota.limit:
        return None
    return min(1.0, 1.0 - quota.soft_limit / quota.limit)


def _quota_view(snapshot: Snapshot, figures: Figures, as_clock: bool) -> QuotaView:
    now = snapshot.now
    if not snapshot.outlooks:
        return _without_quota(snapshot, figures)
    outlook = snapshot.outlooks[0]
    quota = outlook.quota
    reset = wording.reset_words(quota, now, figures, as_clock)
    whole = wording.limit_words(quota, figures)
    beside = translate("Glance", "of {whole}, {reset}") if quota.limit is not None else "{whole}, {reset}"
    rest = wording.rest_of_whole(quota, figures)
    pace = translate("Glance", "mark: even pace") if _pace(outlook, quota) is not None else ""
    lines = quota_details.details(outlook, now, figures)
    spoken = (named(quota.name, rest), quota_details.soft_words(quota, figures), quota_details.provenance(quota))
    return QuotaView(
        answer=wording.headline(snapshot, figures),
        age=figures.age(quota.as_of, now),
        large=wording.left_words(quota, figures),
        beside=beside.format(whole=whole, reset=reset),
        bar=bar_view(outlook, joined(*map(stopped, spoken))) if quota.limit is not None else None,
        below_left=wording.used_words(quota, figures),
        below_right=pace,
        note=_note(snapshot, figures),
        details=lines,
        hint=quota_details.coverage_words(quota),
        young=quota.kind in SERVICE_KINDS and now - quota.as_of < MINUTE,
    )


def _note(snapshot: Snapshot, figures: Figures) -> str:
    """The one sentence in full ink: a refusal is the newest fact, then what stops, then how old the figure is."""
    outlook, now, standing = snapshot.outlooks[0], snapshot.now, snapshot.service
    why = ""
    if outlook.quota.suspended and standing is not None and standing.state is ServiceState.BLOCKED:
        why = service_words.because(standing)
    return (
        wording.refusal_words(snapshot, figures)
        or joined(why, quota_details.spent_note(outlook, now, figures))
        or service_words.freshness(outlook, snapshot.service, now, figures)
    )


def _without_quota(snapshot: Snapshot, figures: Figures) -> QuotaView:
    today = snapshot.today
    said = [] if snapshot.service is None else [service_words.advice(snapshot.service)]
    if not snapshot.requests_ever:
        large, beside = ABSENT, ""
        said.append(translate("Glance", "Figures appear as soon as a coding agent has worked here."))
    else:
        large = sentence(figures.short_cost(today)) if today.requests else translate("Glance", "Nothing yet")
        beside = translate("Glance", "today, at list price, not your bill") if today.requests else ""
        said.insert(0, wording.refusal_words(snapshot, figures))
    return QuotaView(
        answer=wording.headline(snapshot, figures),
        age=figures.age(snapshot.as_of, snapshot.now) if snapshot.as_of else "",
        large=large, beside=beside, bar=None, below_left="", below_right="",
        note=joined(*said),
    )  # fmt: skip


def _limit_view(outlook: Outlook, now: int, figures: Figures, as_clock: bool) -> LimitView:
    quota = outlook.quota
    words = translate("Glance", "{rest}, {reset}").format(
        rest=wording.left_words(quota, figures), reset=wording.reset_words(quota, now, figures, as_clock)
    )
    risky = wording.is_at_risk(outlook)
    if risky or outlook.state in service_words.NOT_FRESH:
        since = translate("Glance", "figure {age}").format(age=figures.age(quota.as_of, now))
        words = listed((words, since)) if outlook.state is QuotaState.STALE else (
            joined(stopped(wording.outlook_words(outlook, now, figures)), words))  # fmt: skip
    return LimitView(quota.name, words, bar_view(outlook, named(quota.name, words)), risky)


def _running_line(running: RunningSession, now: int, figures: Figures) -> LineView:
    row = running.session
    agents = many(running.agents, translate("Glance", "1 agent"), translate("Glance", "{n} agents"))
    below = listed((figures.agent(row.agent), agents, figures.duration(now - row.started_at)))
    note = ("", "") if running.launch is None else launch_words.running_words(running.launch, now, figures)
    return LineView(row.id, project(row), row.branch, figures.short_cost(row.totals), below,
                    work_words.per_hour_words(running.cost_per_hour, figures), (), 0.0, True, note)  # fmt: skip


def _today_lines(snapshot: Snapshot, figures: Figures) -> tuple[LineView, ...]:
    rows = snapshot.today_sessions
    dearest = max((row.totals.cost.total for row in rows), default=0)
    return tuple(_today_line(row, dearest, figures) for row in rows[:SHOWN_TODAY])


def _today_line(row: SessionRow, dearest: int, figures: Figures) -> LineView:
    length = figures.duration(row.ended_at - row.started_at)
    below = listed((figures.agent(row.agent), length, figures.clock(row.started_at)))
    scale = row.totals.cost.total / dearest if dearest else 0.0
    return LineView(row.id, project(row), row.branch, figures.short_cost(row.totals), below,
                    tokens_words(row.totals, figures), tuple(row.totals.cost), scale, False)  # fmt: skip


def tokens_words(totals: Totals, figures: Figures) -> str:
    """A sum's tokens with the unit."""
    return translate("Glance", "{n} tokens").format(n=figures.tokens(totals.tokens.total))


def project(row: SessionRow) -> str:
    """A session's project, or that it has none."""
    return row.project or translate("Glance", "no project")
