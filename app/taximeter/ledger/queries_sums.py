"""Sums over a stretch of local days: by day, by model, by project; and days of another zone."""

from __future__ import annotations

import sqlite3
from collections import defaultdict
from dataclasses import dataclass
from datetime import tzinfo

from taximeter.domain.usage import Totals
from taximeter.ledger.queries_columns import IS_FAST, SUM_OF_REQUESTS, SUM_OF_ROLLUP, totals_at
from taximeter.ledger.queries_days import day_of
from taximeter.ledger.readmodels import DayRow, ModelRow, ProjectRow

LAST_DAY = "9999-12-31"
QUARTER = 900_000
"""Milliseconds; every zone's day begins at a whole quarter of an hour UTC."""

# CROSS JOIN keeps SQLite from walking all sessions first: the days are the narrow end.
_FROM_ROLLUP = "FROM rollup r CROSS JOIN session s ON s.id = r.session_id CROSS JOIN model m ON m.id = r.model_id"


@dataclass(frozen=True, slots=True)
class Stretch:
    """Which local days are summed, both ends included, and whose; an empty string does not narrow."""

    since_day: str = ""
    until_day: str = ""
    agent: str = ""
    project: str = ""


def days(connection: sqlite3.Connection, stretch: Stretch) -> tuple[DayRow, ...]:
    """Sums by day, agent and model, oldest day first, dearest model first."""
    where, values = _where(stretch)
    sql = f"SELECT r.day, s.agent, m.name, r.fast, {SUM_OF_ROLLUP} {_FROM_ROLLUP} WHERE {where} GROUP BY 1, 2, 3, 4"
    rows = [DayRow(row[0], row[1], row[2], bool(row[3]), totals_at(row, 4)) for row in connection.execute(sql, values)]
    return _sorted_days(rows)


def models(connection: sqlite3.Connection, stretch: Stretch) -> tuple[ModelRow, ...]:
    """Sums by model, fast requests apart, dearest first."""
    where, values = _where(stretch)
    sql = f"SELECT m.name, r.fast, {SUM_OF_ROLLUP} {_FROM_ROLLUP} WHERE {where} GROUP BY 1, 2"
    rows = [ModelRow(row[0], bool(row[1]), totals_at(row, 2)) for row in connection.execute(sql, values)]
    return tuple(sorted(rows, key=lambda row: (*_dearest(row.totals), row.model, row.fast)))


def projects(connection: sqlite3.Connection, stretch: Stretch) -> tuple[ProjectRow, ...]:
    """Sums by project, dearest first; ``sessions`` counts those with a request in the stretch."""
    where, values = _where(stretch)
    sql = (
        f"SELECT s.project, count(DISTINCT r.session_id), max(r.last_at), {SUM_OF_ROLLUP} "
        f"FROM rollup r CROSS JOIN session s ON s.id = r.session_id WHERE {where} GROUP BY 1"
    )
    rows = [ProjectRow(row[0], row[1], row[2], totals_at(row, 3)) for row in connection.execute(sql, values)]
    return tuple(sorted(rows, key=lambda row: (*_dearest(row.totals), row.project)))


def days_in_zone(
    connection: sqlite3.Connection, since: int, zone: tzinfo, agent: str = "", project: str = ""
) -> tuple[DayRow, ...]:
    """Sums by day of another zone than the ledger's, from the requests at ``since`` or later."""
    where, values = ["s.ended_at >= ?", "q.at >= ?"], [since, since, *filter(None, (agent, project))]
    where += [f"s.{name} = ?" for name, value in (("agent", agent), ("project", project)) if value]
    sql = (
        f"SELECT q.at / {QUARTER}, s.agent, m.name, {IS_FAST}, {SUM_OF_REQUESTS} "
        "FROM session s CROSS JOIN run u ON u.session_id = s.id CROSS JOIN request q ON q.run_id = u.id "
        f"CROSS JOIN model m ON m.id = q.model_id WHERE {' AND '.join(where)} GROUP BY 1, 2, 3, 4"
    )
    sums: dict[tuple[str, str, str, bool], Totals] = defaultdict(Totals)
    for row in connection.execute(sql, values):
        sums[day_of(row[0] * QUARTER, zone), row[1], row[2], bool(row[3])] += totals_at(row, 4)
    return _sorted_days([DayRow(*key, totals) for key, totals in sums.items()])


def _where(stretch: Stretch) -> tuple[str, list[str]]:
    where, values = "r.day >= ? AND r.day <= ?", [stretch.since_day, stretch.until_day or LAST_DAY]
    if stretch.agent:
        where += " AND s.agent = ?"
        values.append(stretch.agent)
    if stretch.project:
        where += " AND s.project = ?"
        values.append(stretch.project)
    return where, values


def _sorted_days(rows: list[DayRow]) -> tuple[DayRow, ...]:
    rows.sort(key=lambda row: (*_dearest(row.totals), row.agent, row.model, row.fast))
    return tuple(sorted(rows, key=lambda row: row.date))


def _dearest(totals: Totals) -> tuple[int, int]:
    return (-totals.cost.total, -totals.tokens.total)
