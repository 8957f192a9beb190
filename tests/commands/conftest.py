"""A desk over a small made-up ledger, and a way to run commands on it."""

from __future__ import annotations

import json
import sqlite3
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path
from types import ModuleType
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from commands.judging import judged_by

from taximeter.agents import AGENTS
from taximeter.collect.pricebook import load_book
from taximeter.collect.reporting import IndexReport
from taximeter.commands.desk import Desk
from taximeter.commands.line import main
from taximeter.domain.quota import Coverage, Outlook, Period, Quota, QuotaKind, QuotaState, Unit
from taximeter.domain.usage import Mark, Pricing
from taximeter.host.paths import find_paths
from taximeter.host.settings import Settings
from taximeter.ledger.opening import open_reading, open_writing

UTC = ZoneInfo("UTC")
GIVEN = Settings()


@dataclass(frozen=True)
class Ran:
    """How a command ended."""

    code: int
    out: str
    err: str

    @property
    def data(self) -> Any:
        return json.loads(self.out)


Run = Callable[..., Ran]


@pytest.fixture(autouse=True)
def utc(monkeypatch: pytest.MonkeyPatch) -> None:
    """Local days are UTC days."""
    monkeypatch.setenv("TZ", "UTC")
    if hasattr(time, "tzset"):
        time.tzset()


@pytest.fixture
def now(made: ModuleType) -> int:
    moment: int = made.at("2026-11-20T12:00:00")
    return moment


@pytest.fixture
def ledger(made: ModuleType, tmp_path: Path, now: int) -> Path:
    """Four sessions: one at work with subagents, one unpriced, one with a long name in Chinese, one old."""
    path = tmp_path / "data" / "ledger.sqlite3"
    path.parent.mkdir()
    one, minute = made.Made, 60_000
    first, second = "0a1b2c3d-0000-4000-8000-000000000001", "0a1b2c3d-5555-4000-8000-000000000002"
    model = "claude-opus-4-6"
    made.make(path, [
        one(first, now - 40 * minute, cost=2_500_000_000, model=model),
        one(first, now - 1 * minute, cost=1_000_000_000, model=model, marks=int(Mark.FAST)),
        one(first, now - 30 * minute, cost=500_000_000, model="claude-haiku-4-5", run="agent-7", type="Explore"),
        one(first, now - 20 * minute, cost=4_000_000, model="claude-haiku-4-5", run="agent-8", type="Explore",
            parent="agent-7", pricing=int(Pricing.ESTIMATED)),
        one(second, now - 26 * 60 * minute, agent="codex", project="计量器-非常长的项目名称-一二三四五六七八九十",
            branch="feature/a-branch-with-a-name-that-does-not-fit", model="gpt-9-made-up",
            pricing=int(Pricing.UNPRICED)),
        one("7f", now - 50 * 60 * minute, cost=12_345_678_901, project="bank", branch="", model=model,
            marks=int(Mark.OUTPUT_IS_FLOOR), pricing=int(Pricing.ESTIMATED)),
        one("old", now - 60 * made.DAY, cost=99_000_000_000, project="bank", model=model),
    ]).close()  # fmt: skip
    return path


@pytest.fixture
def desk(ledger: Path, tmp_path: Path, now: int) -> Desk:
    """All that a command is handed; indexing finds nothing new."""
    paths = find_paths({"TAXIMETER_HOME": str(tmp_path)}, tmp_path)

    @contextmanager
    def write() -> Iterator[sqlite3.Connection]:
        connection = open_writing(ledger)
        yield connection
        connection.close()

    return Desk(
        paths=paths, ledger=ledger, zone=UTC, env={}, home=tmp_path, agents=lambda: AGENTS,
        names=lambda: {agent.id: agent.name for agent in AGENTS},
        door=lambda *words: None, serve=lambda: 0, show_demo=lambda *_: 0, draw_gallery=lambda *_: 0, clock=lambda: now,
        foresee=lambda launch: judged_by(paths, ledger, now, (outlook(now, now),), launch),
        read_settings=lambda: GIVEN, book=lambda: load_book(paths, GIVEN), index=lambda _: IndexReport(0, 0, 0, 0, 0),
        read_ledger=lambda: open_reading(ledger), write_ledger=write, judge=lambda _, as_of: (outlook(now, as_of),),
        lease_holder=lambda: None,
    )  # fmt: skip


def outlook(now: int, as_of: int) -> Outlook:
    """A budget that lasts."""
    day = 86_400_000
    quota = Quota("team", "Team", QuotaKind.LOCAL, Unit.MONEY, "USD", 200 * 10**9, 81_600_000_001, 0, 0,
                  Period(now - 19 * day, now + 10 * day), as_of, Coverage(projects=("client-*",)))  # fmt: skip
    return Outlook(quota, QuotaState.OK, None, forecast_known=True, even_pace=100 * 10**9, binds=True)


@pytest.fixture
def run(desk: Desk, capsys: pytest.CaptureFixture[str]) -> Run:
    """Runs a command line as the program does; keywords replace parts of the desk."""

    def invoke(*words: str, **other: Any) -> Ran:
        capsys.readouterr()
        code = main(words, replace(desk, **other))
        told = capsys.readouterr()
        return Ran(code, told.out, told.err)

    return invoke
