"""What a launch is judged by in these tests: a made-up ledger, a budget that pays for everything, prices of today."""

from __future__ import annotations

from collections.abc import Iterable
from contextlib import closing
from dataclasses import replace
from pathlib import Path
from types import ModuleType
from typing import Any
from zoneinfo import ZoneInfo

from taximeter.collect.pricebook import load_book
from taximeter.domain.pace import straight_line
from taximeter.domain.quota import Coverage, Outlook
from taximeter.domain.thresholds import Thresholds
from taximeter.guard.judging import Judged, Launch, Rules
from taximeter.guard.knowledge import Knowledge, history_of, price_today
from taximeter.guard.memory_judge import MemoryJudge
from taximeter.host.paths import Paths
from taximeter.host.settings import Settings
from taximeter.ledger.opening import open_reading

HOUR = 3_600_000


def judged_by(paths: Paths, ledger: Path, now: int, seen: Iterable[Outlook], launch: Launch) -> Judged:
    """What is said of a launch with these quotas, whatever they cover."""
    book = load_book(paths, Settings())
    with closing(open_reading(ledger)) as connection:
        history = history_of(connection, book, (), now)
    quotas = tuple(replace(one.quota, covers=Coverage()) for one in seen)
    knowledge = Knowledge(history, quotas, straight_line(ZoneInfo("UTC")), price_today(book, now), book.currency,
                          book.id, now, Thresholds(), Rules())  # fmt: skip
    return MemoryJudge(knowledge, lambda: now).judge(launch)


def make_history(made: ModuleType, path: Path, now: int, launches: int = 30) -> Path:
    """A ledger with a launch of three subagents every 30 hours, and a session of another agent."""
    requests: list[Any] = [made.Made("other", now - 3 * HOUR, agent="codex", project="bank", model="gpt-5.1-codex")]
    for number in range(launches):
        start = now - (number + 1) * 30 * HOUR
        for run in range(3):
            output = 20_000 + 7_000 * ((number * 3 + run * 5) % 11)
            requests.append(
                made.Made(
                    f"s{number}", start + run * 1_000, run=f"a{number}-{run}", type="Explore", parent=f"s{number}",
                    model="claude-opus-4-6", project="client-a", output=output, cost=output * 25_000,
                )
            )  # fmt: skip
    made.make(path, requests).close()
    return path
