"""Made-up work for ``demo`` and ``gallery``: it goes through the real ledger, so its figures add up.

The same moment always gives the same work. Nothing of it stems from anybody's logs.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from decimal import Decimal
from hashlib import blake2b

from taximeter.agents import AGENTS
from taximeter.domain.reading import CallSeen, Reading, RunEnd, RunSeen, SessionSeen, WindowSeen
from taximeter.domain.usage import Request, RunKind, Tokens
from taximeter.host.settings import BudgetSetting
from taximeter.ledger.bookmarks import Bookmark, FileReading

MINUTE = 60_000
DAY = 24 * 60 * MINUTE
OPUS, SONNET, HAIKU = "claude-opus-5-5", "claude-sonnet-5-5", "claude-haiku-5-5"
SOL, TERRA = "gpt-6.1-sol", "gpt-6.1-terra"
AT_WORK = 3 * MINUTE
HOUSE = "acme-coder-2"
"""A model that no price list knows."""


@dataclass(frozen=True, slots=True)
class Team:
    """Subagents of one kind that a session started together."""

    type: str
    labels: tuple[str, ...]
    model: str
    after: int
    """Minutes after the session's start."""
    minutes: int
    turns: int


@dataclass(frozen=True, slots=True)
class Work:
    """One made-up session. ``ago`` is minutes before now at which it began."""

    agent: int
    project: str
    branch: str
    model: str
    ago: int
    minutes: int
    turns: int
    context: int
    teams: tuple[Team, ...] = ()


_REVIEW = Team("reviewer", ("payment client", "retry queue", "idempotency keys", "metrics", "error budget"),
                  OPUS, 37, 14, 24)  # fmt: skip
_EXPLORE = Team("Explore", ("map retry paths", "find callers", "read the runbook"), HAIKU, 6, 6, 14)


def _many(label: str, agents: int) -> Team:
    return Team("reviewer", tuple(f"{label}, part {part + 1}" for part in range(agents)), OPUS, 5, 12, 18)


TODAY = (
    Work(0, "checkout-service", "fix/retry-storm", OPUS, 58, 57, 64, 96_000, (_EXPLORE, _REVIEW)),
    Work(1, "ledger-api", "main", SOL, 128, 18, 41, 58_000),
    Work(0, "docs-site", "copy-edit", SONNET, 151, 6, 9, 24_000),
    Work(1, "search-index", "feature/typo-tolerance", TERRA, 176, 22, 30, 40_000),
)
EARLIER = (
    Work(0, "infra-live", "main", SONNET, 26 * 60, 31, 38, 60_000),
    Work(0, "infra-live", "rotate-keys", HOUSE, 29 * 60, 12, 7, 20_000),
    Work(1, "mobile-app", "release/8.2", SOL, 27 * 60, 64, 88, 80_000),
    Work(0, "design-tokens", "dark-mode", SONNET, 4 * 24 * 60 + 200, 40, 30, 40_000, (_many("every page", 18),)),
    Work(0, "checkout-service", "audit", OPUS, 2 * 24 * 60 + 90, 35, 22, 30_000, (_many("each endpoint", 6),)),
)
DEMO_BUDGETS = (
    BudgetSetting("team-budget", "Monthly budget", Decimal(200), "USD"),
    BudgetSetting("week", "Week", Decimal(80), "USD", "week"),
)
PROJECTS = ("checkout-service", "ledger-api", "docs-site", "infra-live", "mobile-app", "search-index", "design-tokens")


def demo_readings(now: int) -> list[FileReading]:
    """Thirty days of made-up work up to ``now``, the newest session still running."""
    works = [*TODAY, *EARLIER, *_past(now)]
    readings = [_reading(work, number, now) for number, work in enumerate(works)]
    windows = (WindowSeen("", 300, 31.0, now + 148 * MINUTE, now - 2 * MINUTE, "business"),
               WindowSeen("", 10_080, 9.0, now + 4 * DAY, now - 2 * MINUTE, "business"))  # fmt: skip
    readings[1].reading.windows.extend(windows)
    return readings


def _past(now: int) -> Iterator[Work]:
    """Workdays of the last weeks: two to four sessions each, more in the middle of the week."""
    today = datetime.fromtimestamp(now / 1000, UTC)
    for days in range(2, 62):
        day = today - timedelta(days=days)
        if day.weekday() >= 5:
            continue
        for number in range(2 + _chance(days, "sessions") % (4 if day.weekday() in {1, 2, 3} else 2)):
            dice = _chance(days * 10 + number, "session")
            model = (OPUS, SONNET, SOL, SONNET, TERRA, OPUS)[dice % 6]
            agent = 1 if model in {SOL, TERRA} else 0
            yield Work(agent, PROJECTS[dice % len(PROJECTS)], ("main", "fix/flaky", "feature/export")[dice % 3], model,
                       days * 24 * 60 + dice % 360, 12 + dice % 70, 10 + dice % 60, 20_000 + dice % 60_000,
                       _teams(dice) if agent == 0 else ())  # fmt: skip


def _teams(dice: int) -> tuple[Team, ...]:
    """What a session of the last weeks started: mostly nothing, now and then a survey or a few reviewers."""
    if dice % 2 == 0:
        return (Team("Explore", ("survey", "callers", "tests")[: 1 + dice % 3], HAIKU, 4, 7, 8 + dice % 7),)
    if dice % 9 == 5:
        return (Team("reviewer", ("the change", "its tests", "naming", "errors")[: 2 + dice % 3], OPUS, 8, 9, 12),)
    return ()


def _reading(work: Work, number: int, now: int) -> FileReading:
    agent = AGENTS[work.agent]
    name = blake2b(f"{number}/{work.project}".encode(), digest_size=8).hexdigest()
    begin = now - work.ago * MINUTE
    reading = Reading()
    reading.sessions[name] = SessionSeen(name, f"/home/you/src/{work.project}", work.branch, "")
    reading.runs[name] = RunSeen(name, name)
    _spend(reading, name, work.model, begin, work.minutes, work.turns, work.context)
    for group in work.teams:
        for place, label in enumerate(group.labels):
            run = f"{name}/{group.type}-{place}"
            longer = _chance(place, label + name) % 9
            last = _spend(reading, run, group.model, begin + group.after * MINUTE + place * 9_000,
                          group.minutes + longer, group.turns + longer, 18_000)  # fmt: skip
            end = RunEnd.RUNS if now - last < AT_WORK else RunEnd.FINISHED
            reading.runs[run] = RunSeen(run, name, name, RunKind.SUBAGENT, group.type, label, run, "", end, last)
            reading.note_call(CallSeen(run, run, f"{name}/{group.type}"))
    mark = Bookmark(agent.id, f"/made-up/{name}.jsonl", "", 0, 0, 0, 0, b"", agent.parser_version, now)
    return FileReading(mark, reading, from_start=True)


def _spend(reading: Reading, run: str, model: str, begin: int, minutes: int, turns: int, context: int) -> int:
    """Let a run work; when its last request was."""
    cached = at = 0
    for turn in range(turns):
        dice = _chance(turn, run)
        grown = 400 + dice % 1_900
        context += grown
        written = context - cached
        tokens = Tokens(3 + dice % 900, cached, written if model in {SOL, TERRA, HOUSE} else 0,
                        0 if model in {SOL, TERRA, HOUSE} else written, 90 + dice % 1_400)  # fmt: skip
        cached = context
        key = blake2b(f"{run}#{turn}".encode(), digest_size=12).digest()
        at = begin + minutes * MINUTE * turn // turns + dice % 4_000
        reading.requests[key] = Request(key, run, at, model, tokens, 0, 1 if dice % 37 == 0 else 0, -1, 0)
    return at


def _chance(number: int, name: str) -> int:
    return int.from_bytes(blake2b(f"{number}:{name}".encode(), digest_size=4).digest(), "big")
