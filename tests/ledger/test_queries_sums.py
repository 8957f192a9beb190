"""Sums by day, model and project add up to the sessions', in this zone and in others."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from datetime import UTC
from pathlib import Path
from types import ModuleType
from zoneinfo import ZoneInfo

import pytest

from taximeter.domain.usage import Mark, Pricing, Totals
from taximeter.ledger.queries_sums import Stretch, days, days_in_zone, models, projects


@pytest.fixture
def ledger(made: ModuleType, tmp_path: Path) -> Iterator[sqlite3.Connection]:
    at, one = made.at, made.Made
    connection = made.make(tmp_path / "ledger.db", [
        one("a", at("2026-11-01T23:50:00"), cost=5),
        one("a", at("2026-11-02T00:10:00"), cost=7, marks=int(Mark.FAST)),
        one("b", at("2026-11-02T18:29:59"), cost=11, agent="codex", project="bank", model="gpt-6"),
        one("b", at("2026-11-02T18:30:00"), cost=13, agent="codex", project="bank", model="gpt-6"),
        one("c", at("2026-11-05T01:00:00"), project="", model="", pricing=int(Pricing.UNPRICED)),
    ])  # fmt: skip
    yield connection
    connection.close()


def test_days_stand_apart_by_agent_model_and_fast(ledger: sqlite3.Connection) -> None:
    rows = days(ledger, Stretch())
    assert [(r.date, r.agent, r.model, r.fast, r.totals.cost.total) for r in rows] == [
        ("2026-11-01", "claude-code", "opus-5", False, 5),
        ("2026-11-02", "codex", "gpt-6", False, 24),
        ("2026-11-02", "claude-code", "opus-5", True, 7),
        ("2026-11-05", "claude-code", "", False, 0),
    ]
    assert rows[-1].totals.cost_or_none is None


def test_both_ends_of_a_stretch_are_in_it(ledger: sqlite3.Connection) -> None:
    assert [r.date for r in days(ledger, Stretch("2026-11-02", "2026-11-02"))] == ["2026-11-02", "2026-11-02"]
    assert [r.date for r in days(ledger, Stretch("2026-11-03"))] == ["2026-11-05"]
    assert len(days(ledger, Stretch(agent="codex"))) == 1
    assert len(days(ledger, Stretch(project="shop"))) == 2


def test_models_and_projects_add_up_to_the_days(ledger: sqlite3.Connection) -> None:
    total = sum((row.totals for row in days(ledger, Stretch())), Totals())
    assert sum((row.totals for row in models(ledger, Stretch())), Totals()) == total
    found = projects(ledger, Stretch())
    assert sum((row.totals for row in found), Totals()) == total
    assert [(row.project, row.sessions) for row in found] == [("bank", 1), ("shop", 1), ("", 1)]


def test_another_zone_cuts_the_days_elsewhere(ledger: sqlite3.Connection, made: ModuleType) -> None:
    india = days_in_zone(ledger, made.at("2026-11-01T00:00:00"), ZoneInfo("Asia/Kolkata"))  # UTC+5:30
    assert [(r.date, r.model, r.totals.cost.total) for r in india] == [
        ("2026-11-02", "gpt-6", 11), ("2026-11-02", "opus-5", 7), ("2026-11-02", "opus-5", 5),
        ("2026-11-03", "gpt-6", 13), ("2026-11-05", "", 0),
    ]  # fmt: skip
    assert days_in_zone(ledger, 0, UTC) == days(ledger, Stretch())
    assert days_in_zone(ledger, 0, UTC, agent="codex", project="bank") == days(ledger, Stretch(agent="codex"))
    assert len(days_in_zone(ledger, made.at("2026-11-02T18:30:00"), UTC)) == 2


def test_a_month_is_found_by_its_days_and_not_by_all_sessions(ledger: sqlite3.Connection) -> None:
    statements = list[str]()
    ledger.set_trace_callback(statements.append)
    for query in (days, models, projects):
        query(ledger, Stretch("2026-11-01"))
    ledger.set_trace_callback(None)
    for sql in statements:
        first = ledger.execute(f"EXPLAIN QUERY PLAN {sql}").fetchone()[3]
        assert first.startswith("SEARCH r USING PRIMARY KEY (day>?"), first
