"""Made-up readings for the window tests: literals whose sums are added up, never written down."""

from __future__ import annotations

import dataclasses
from collections.abc import Callable
from concurrent.futures import Future
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from functools import reduce
from operator import add
from typing import TypeVar

from PySide6.QtCore import QLocale

from taximeter.domain.episodes import Memory
from taximeter.domain.launch import Answer, Kind, Rule, Severity, Spread, Verb
from taximeter.domain.quota import Coverage, Enforcement, Outlook, Period, Quota, QuotaKind, QuotaState, Unit
from taximeter.domain.thresholds import Thresholds
from taximeter.domain.usage import Cost, RunKind, Tokens, Totals
from taximeter.ledger.readmodels import (
    Breakdown,
    CostPoint,
    DayRow,
    IndexProgress,
    LaunchRow,
    ProjectRow,
    RequestRow,
    RunningSession,
    RunRow,
    SessionFilter,
    SessionPage,
    SessionRow,
    Snapshot,
)
from taximeter.ui.company import Company
from taximeter.ui.company_scenes import Answers, company_of
from taximeter.ui.desk import BudgetChoice, Desk, HookRow, HookStanding, PageKey, Preferences
from taximeter.ui.figures import Figures
from taximeter.ui.settings_scenes import made_settings
from taximeter.ui.sign_in_scenes import steps_of
from taximeter.ui.signing_in import Probe, SignIn

T = TypeVar("T")

CENT = 10_000_000
DOLLAR = 100 * CENT
MINUTE = 60_000
HOUR = 60 * MINUTE
DAY = 24 * HOUR
AGENT_NAMES = {"claude-code": "Claude Code", "codex": "Codex", "gemini-cli": "Gemini CLI"}
LOCALE = QLocale(QLocale.Language.English, QLocale.Country.UnitedKingdom)


def at(day: int, hour: int, minute: int = 0) -> int:
    """A moment of November 2026 in UTC (day 31 is 1 December)."""
    moment = datetime(2026, 12, 1, hour, minute, tzinfo=UTC) if day == 31 else datetime(
        2026, 11, day, hour, minute, tzinfo=UTC)  # fmt: skip
    return int(moment.timestamp() * 1000)


NOW = at(23, 14, 20)
MONTH = Period(at(1, 0), at(31, 0))
FIGURES = Figures(LOCALE, UTC, "USD", False, AGENT_NAMES)


def spent(*cents: int, requests: int = 10) -> Totals:
    """A sum whose tokens follow from its cost by kind (input, cache read, cache write, output)."""
    given, read, write, output = cents
    tokens = Tokens(given * 200, read * 6500, write * 800, 0, output * 190)
    return Totals(requests, tokens, Cost(given * CENT, read * CENT, write * CENT, output * CENT))


_RUNS = (
    ("main", "", RunKind.MAIN, "", "", "opus-4-6", 0, 42, (48, 260, 190, 104), 23),
    ("e1", "main", RunKind.SUBAGENT, "explore", "map retry paths", "haiku-4-5", 5, 11, (4, 12, 10, 5), 9),
    ("e2", "main", RunKind.SUBAGENT, "explore", "find callers", "haiku-4-5", 5, 13, (5, 13, 17, 5), 3),
    ("e3", "main", RunKind.SUBAGENT, "explore", "read the tests", "haiku-4-5", 5, 10, (3, 8, 14, 5), 2),
    ("r1", "main", RunKind.SUBAGENT, "reviewer", "payment client", "opus-4-6", 11, 25, (35, 160, 130, 63), 14),
    ("r2", "main", RunKind.SUBAGENT, "reviewer", "queue worker", "opus-4-6", 12, 30, (20, 85, 68, 37), 4),
    ("r3", "main", RunKind.SUBAGENT, "reviewer", "http layer", "opus-4-6", 12, 22, (17, 72, 60, 31), 3),
    ("r4", "r1", RunKind.SUBAGENT, "reviewer", "timeouts", "opus-4-6", 13, 32, (14, 60, 50, 26), 2),
    ("r5", "main", RunKind.SUBAGENT, "reviewer", "metrics", "opus-4-6", 13, 20, (9, 38, 31, 17), 1),
)
START = at(23, 9, 12)
RUNS = tuple(
    RunRow(id, parent, kind, type_, label, model, START + begin * MINUTE, START + end * MINUTE,
           spent(*cents, requests=turns))
    for id, parent, kind, type_, label, model, begin, end, cents, turns in _RUNS
)  # fmt: skip


def total(parts: tuple[Totals, ...]) -> Totals:
    """Parts added up."""
    return reduce(add, parts, Totals())


CHECKOUT = SessionRow(
    "s-checkout", "claude-code", "checkout-service", "fix/retry-storm", START, START + 42 * MINUTE,
    ("opus-4-6", "haiku-4-5"), 8, 5, total(tuple(run.totals for run in RUNS)),
)  # fmt: skip
LEDGER_API = SessionRow(
    "s-ledger", "codex", "ledger-api", "main", at(23, 8, 2), at(23, 8, 20), ("gpt-5-codex",), 0, 0,
    spent(60, 121, 101, 54, requests=18),
)  # fmt: skip
DOCS = SessionRow(
    "s-docs", "gemini-cli", "docs-site", "copy-edit", at(23, 7, 40), at(23, 7, 46), ("gemini-2-5-pro",), 0, 0,
    spent(3, 30, 0, 4, requests=6),
)  # fmt: skip
LIVE = SessionRow(
    "s-live", "claude-code", "checkout-service", "fix/retry-storm", at(23, 14, 0), at(23, 14, 20), ("opus-4-6",),
    3, 3, spent(40, 120, 100, 52, requests=12),
)  # fmt: skip
INFRA = SessionRow(
    "s-infra", "claude-code", "infra-live", "", at(22, 17, 31), at(22, 18, 3), ("opus-4-6", ""), 0, 0,
    spent(20, 150, 80, 40, requests=14) + Totals(2, Tokens(2000, 30_000, 0, 0, 6000), Cost(), 38_000, 0, 2),
)  # fmt: skip
TODAY = (LIVE, CHECKOUT, LEDGER_API, DOCS)
SESSIONS = (*TODAY, INFRA)


LAUNCH = LaunchRow(
    "abcde", START + 5 * MINUTE, (Kind("reviewer", "opus-4-6", 5), Kind("explore", "haiku-4-5", 3)), 8, 8,
    Spread(1100 * CENT, 1710 * CENT, 2900 * CENT), 0, 200 * CENT, "USD", Severity.AMBER, "ask", Verb.RUN, 8, 0, 0,
    sum(run.totals.cost.total for run in RUNS[1:]),
)  # fmt: skip
"""The launch of all the subagents of CHECKOUT."""


def breakdown_of(row: SessionRow) -> Breakdown:
    """The page of a session: that of the fan-out in full, of the others a single run."""
    runs = RUNS if row.id == CHECKOUT.id else (
        RunRow(f"{row.id}-main", "", RunKind.MAIN, "", "", row.models[0], row.started_at, row.ended_at, row.totals),
    )  # fmt: skip
    models: dict[str, Totals] = {}
    for run in runs:
        models[run.model] = models.get(run.model, Totals()) + run.totals
    ended = sorted(runs, key=lambda run: run.ended_at)
    curve = [CostPoint(row.started_at, 0)]
    for run in ended:
        curve.append(CostPoint(run.ended_at, curve[-1].cost + run.totals.cost.total))
    dearest = tuple(
        RequestRow(run.started_at + 2 * MINUTE, run.id, run.model, run.totals.tokens, run.totals.cost)
        for run in runs[:5]
    )
    launches = (LAUNCH,) if row.id == CHECKOUT.id else ()
    return Breakdown(row, runs, tuple(models.items()), tuple(curve), dearest, ("2026-11-20",), launches)


def quota(
    limit: int | None = 200 * DOLLAR, used: int = 6970 * CENT, not_billed: int = 1190 * CENT, *,
    kind: QuotaKind = QuotaKind.TAXIMETER, unit: Unit = Unit.MONEY, name: str = "November", held: int = 0,
    period: Period = MONTH, as_of: int = NOW - 12_000, covers: Coverage = Coverage(), unpriced: int = 0,
) -> Quota:  # fmt: skip
    """A month's money quota unless told otherwise; a service's refuses when it is used up."""
    currency = "USD" if unit is Unit.MONEY else ""
    does = Enforcement.BLOCK if kind in (QuotaKind.TAXIMETER, QuotaKind.LITELLM) else Enforcement.NONE
    return Quota(name, name, kind, unit, currency, limit, used, not_billed, held, period, as_of, covers, unpriced,
                 enforcement=does)  # fmt: skip


def outlook(
    state: QuotaState = QuotaState.OK, q: Quota | None = None, *, runs_out_at: int | None = None, known: bool = True,
    pace: int | None = 4660 * CENT, binds: bool = True,
) -> Outlook:  # fmt: skip
    """A quota that lasts unless told otherwise."""
    return Outlook(q or quota(), state, runs_out_at, known, pace, binds)


def window(name: str, used_percent: float, hours: int, state: QuotaState = QuotaState.OK) -> Outlook:
    """A vendor's plan window."""
    period = Period(NOW - HOUR, NOW + hours * HOUR)
    q = quota(10_000, round(used_percent * 100), 0, kind=QuotaKind.PLAN_WINDOW, unit=Unit.PERCENT, name=name,
              period=period, covers=Coverage(("codex",)))  # fmt: skip
    return Outlook(q, state, None, True, None, False)


SNAPSHOT = Snapshot(
    now=NOW, as_of=NOW - 3000, currency="USD", price_book="2026-11-20",
    outlooks=(outlook(), window("5-hour window", 38, 3), window("Weekly window", 52, 76)),
    today=total(tuple(row.totals for row in TODAY)), today_sessions=TODAY,
    running=(RunningSession(LIVE, 4, 940 * CENT),), refusal=None, agents_found=("claude-code", "codex", "gemini-cli"),
    progress=IndexProgress(), requests_ever=5120,
)  # fmt: skip
EMPTY = replace(
    SNAPSHOT, outlooks=(), today=Totals(), today_sessions=(), running=(), agents_found=(), requests_ever=0
)
"""A computer on which no agent has worked yet."""


def submit_now(work: Callable[[], T], /) -> Future[T]:
    """The reader thread's work, done at once on this one."""
    future: Future[T] = Future()
    try:
        future.set_result(work())
    except Exception as error:  # noqa: BLE001 - a future carries any
        future.set_exception(error)
    return future


@dataclass
class Record:
    """What a window asked for."""

    saved: list[Preferences] = dataclasses.field(default_factory=list)
    budgets: list[BudgetChoice] = dataclasses.field(default_factory=list)
    filters: list[SessionFilter] = dataclasses.field(default_factory=list)
    posts: list[Callable[[object], None]] = dataclasses.field(default_factory=list)
    answers: list[tuple[str, Answer]] = dataclasses.field(default_factory=list)
    pauses: list[int | None] = dataclasses.field(default_factory=list)
    raises: list[tuple[Rule, Thresholds]] = dataclasses.field(default_factory=list)
    asking: dict[str, bool] = dataclasses.field(default_factory=dict)
    stopped: int = 0


def page_of(rows: tuple[SessionRow, ...], wanted: SessionFilter, after: PageKey | None, limit: int) -> SessionPage:
    """What the ledger would answer, for a handful of rows."""
    found = [
        row for row in rows
        if (wanted.since is None or row.ended_at >= wanted.since) and wanted.agent in ("", row.agent)
        and wanted.project in ("", row.project) and wanted.search.lower() in f"{row.project} {row.branch}".lower()
    ]  # fmt: skip
    keys = {"cost": lambda r: -r.totals.cost.total, "tokens": lambda r: -r.totals.tokens.total,
            "project": lambda r: r.project}  # fmt: skip
    found.sort(key=keys.get(wanted.order, lambda r: -r.ended_at))
    begin = int(str(after[0])) if after else 0
    shown = tuple(found[begin : begin + limit])
    following = begin + limit if begin + limit < len(found) else None
    return SessionPage(shown, (following,) if following else None, total(tuple(r.totals for r in found)), len(found))


def hook_row(agent: str, on: bool = False, **fields: object) -> HookRow:
    """An agent that can be asked about."""
    name, sign = AGENT_NAMES[agent], "-" if on else "+"
    row = HookRow(agent, name, f"~/.{agent}", HookStanding.ON if on else HookStanding.OFF, "",
                  f"--- ~/.{agent}/settings\n+++ ~/.{agent}/settings\n@@ -1,2 +1,3 @@\n {{\n{sign}  hooks\n }}\n",
                  reloads=agent != "codex")  # fmt: skip
    return row._replace(**fields)  # type: ignore[arg-type]


def desk(
    snapshot: Snapshot = SNAPSHOT, *, sessions: tuple[SessionRow, ...] = SESSIONS,
    preferences: Preferences = Preferences(first_run_done=True), record: Record | None = None,
    days: tuple[DayRow, ...] | None = None, company: Company = company_of(Answers()),
    sign_in: SignIn = steps_of(None, Probe()),
) -> Desk:  # fmt: skip
    """A desk over made-up readings; ``record`` takes down what is asked of it."""
    record = record or Record()
    by_id = {row.id: row for row in sessions}

    def session_page(wanted: SessionFilter, after: PageKey | None, limit: int) -> SessionPage:
        record.filters.append(wanted)
        return page_of(sessions, wanted, after, limit)

    def stop() -> None:
        record.stopped += 1

    return Desk(
        snapshot=lambda: snapshot, session_page=session_page,
        breakdown=lambda name: breakdown_of(by_id[name]) if name in by_id else None,
        days=lambda _since, _until: days if days is not None else day_rows(sessions),
        projects=lambda _since, _until: tuple(
            ProjectRow(name, 1, NOW, Totals()) for name in sorted({row.project for row in sessions})),
        submit=submit_now, company=company, sign_in=sign_in, start=record.posts.append, stop=stop,
        preferences=lambda: record.saved[-1] if record.saved else preferences,
        save_preferences=record.saved.append, set_budget=record.budgets.append,
        hooks=lambda: tuple(hook_row(agent, record.asking.get(agent, False)) for agent in ("claude-code", "codex")),
        set_hooks=record.asking.__setitem__,
        answer=lambda name, answer: record.answers.append((name, answer)), pause_questions=record.pauses.append,
        freshen=lambda: None, recall_told=Memory, keep_told=lambda _memory: None,
        raise_threshold=lambda rule, higher: record.raises.append((rule, higher)),
        now=lambda: snapshot.now, zone=UTC, agent_names=AGENT_NAMES, settings_file="/nowhere/settings.toml",
        settings=made_settings(AGENT_NAMES, submit_now, snapshot.now),
    )  # fmt: skip


def day_rows(sessions: tuple[SessionRow, ...]) -> tuple[DayRow, ...]:
    """The sessions by local day, and a fortnight of quieter days before them."""
    rows = [
        DayRow(_date(row.started_at), row.agent, row.models[0], False, row.totals)
        for row in sessions
    ]
    for day in range(3, 22):
        if day % 7:
            sums = spent(9 * day % 50, 200, 60 + day, 70)
            rows.append(DayRow(f"2026-11-{day:02}", "claude-code", "opus-4-6", False, sums))
        if day % 3 == 0:
            rows.append(DayRow(f"2026-11-{day:02}", "codex", "gpt-5-codex", False, spent(30, 7 * day, 20, 30)))
    return tuple(sorted(rows, key=lambda row: row.date))


def _date(moment: int) -> str:
    return f"{datetime.fromtimestamp(moment / 1000, UTC):%Y-%m-%d}"


def changed(thing: T, **fields: object) -> T:
    """A read model with other fields, whichever kind of frozen record it is."""
    parts = getattr(thing, "_fields", None) or [field.name for field in dataclasses.fields(thing)]  # type: ignore[arg-type]
    return type(thing)(**{name: getattr(thing, name) for name in parts} | fields)
