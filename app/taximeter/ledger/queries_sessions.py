"""Lists of sessions: a keyset page of a filter, and one day's part of each."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Sequence
from typing import Any

from taximeter.domain.usage import Totals
from taximeter.ledger.queries_columns import (
    ROLLUP_COLUMNS,
    SESSION_COLUMNS,
    SUM_OF_SESSIONS,
    WIDTH,
    one_moment,
    totals_at,
)
from taximeter.ledger.readmodels import SessionFilter, SessionPage, SessionRow, shown_model

ORDERS = {
    "recent": ("s.ended_at", "DESC"),
    "cost": ("s.cost", "DESC"),
    "tokens": ("s.total_tokens", "DESC"),
    "project": ("s.project", "ASC"),
}
"""By what a list can be sorted, and which way."""

ROW_COLUMNS = (
    f"s.name, s.agent, s.project, s.branch, s.started_at, s.ended_at, s.models, s.runs, s.peak, {SESSION_COLUMNS}"
)
_SUM_AT = 9
_SEARCHED = ("s.project", "s.branch", "s.name")


def session_page(
    connection: sqlite3.Connection,
    filter: SessionFilter,
    after: tuple[object, ...] | None = None,
    limit: int = 50,
    known: tuple[Totals, int] | None = None,
) -> SessionPage:
    """A page of the sessions that ``filter`` admits, whole sessions with whole figures.

    ``after`` is the ``next_key`` of the page before, made with the same filter; it carries the totals,
    so that they are summed once a list and not once a page. ``known`` are the totals and the count of
    an unchanged ledger when only the order is another. Raises ``KeyError`` for an unknown order.
    """
    column, direction = ORDERS[filter.order]
    where, values = _conditions(filter)
    with one_moment(connection):
        totals, count = known or (_sum(connection, filter) if after is None else _carried(after))
        if after is not None:
            where = [*where, f"({column}, s.id) {'<' if direction == 'DESC' else '>'} (?, ?)"]
            values = [*values, after[0], after[1]]
        sql = (
            f"SELECT {ROW_COLUMNS}, s.id, {column} FROM session s WHERE {' AND '.join(where)} "
            f"ORDER BY {column} {direction}, s.id {direction} LIMIT ?"
        )
        found = connection.execute(sql, (*values, limit + 1)).fetchall()
    more = len(found) > limit
    found = found[:limit]
    key = (found[-1][-1], found[-1][-2], totals, count) if more else None
    return SessionPage(tuple(session_row(row) for row in found), key, totals, count)


def session_row(row: Sequence[Any]) -> SessionRow:
    """The session that ``ROW_COLUMNS`` describe, with the sums that stand on its row."""
    id, agent, project, branch, start, end, models, runs, peak = row[:_SUM_AT]
    named = tuple(sorted(json.loads(models)))
    return SessionRow(id, agent, project, branch, start, end, named, runs, peak, totals_at(row, _SUM_AT))


def session_rows_of_day(connection: sqlite3.Connection, day: str) -> tuple[SessionRow, ...]:
    """The part of each session that fell on a local day, the one active last first.

    Times, models and totals are the day's; ``runs`` and ``peak`` are the whole session's.
    """
    sql = (
        f"SELECT s.name, s.agent, s.project, s.branch, r.first_at, r.last_at, m.name, r.fast, s.runs, s.peak,"
        f" s.id, {ROLLUP_COLUMNS} FROM rollup r CROSS JOIN session s ON s.id = r.session_id"
        " CROSS JOIN model m ON m.id = r.model_id WHERE r.day = ? ORDER BY r.session_id, m.name, r.fast"
    )
    parts: dict[int, SessionRow] = {}
    for row in connection.execute(sql, (day,)):
        name, agent, project, branch, first, last, model, fast, runs, peak = row[:10]
        models = (shown_model(model, fast=bool(fast)),)
        part = SessionRow(name, agent, project, branch, first, last, models, runs, peak, totals_at(row, 11))
        known = parts.get(row[10])
        parts[row[10]] = part if known is None else _together(known, part)
    return tuple(sorted(parts.values(), key=lambda part: (-part.ended_at, part.id)))


def _together(one: SessionRow, other: SessionRow) -> SessionRow:
    return SessionRow(
        one.id, one.agent, one.project, one.branch, min(one.started_at, other.started_at),
        max(one.ended_at, other.ended_at), one.models + other.models, one.runs, one.peak, one.totals + other.totals,
    )  # fmt: skip


def _sum(connection: sqlite3.Connection, filter: SessionFilter) -> tuple[Totals, int]:
    where, values = _conditions(filter)
    sql = f"SELECT {SUM_OF_SESSIONS}, count(*) FROM session s WHERE {' AND '.join(where)}"
    row = connection.execute(sql, values).fetchone()
    return totals_at(row, 0), row[WIDTH]


def _carried(after: tuple[Any, ...]) -> tuple[Totals, int]:
    return after[2], after[3]


def _conditions(filter: SessionFilter) -> tuple[list[str], list[object]]:
    """What a session must fulfil. One without a single request was only opened, and is not listed."""
    where, values = ["s.requests > 0"], list[object]()
    if filter.since is not None:
        where.append("s.ended_at >= ?")
        values.append(filter.since)
    if filter.until is not None:
        where.append("s.started_at < ?")
        values.append(filter.until)
    if filter.agent:
        where.append("s.agent = ?")
        values.append(filter.agent)
    if filter.project:
        where.append("s.project = ?")
        values.append(filter.project)
    if filter.search:
        where.append(f"({' OR '.join(f'instr(lower({column}), lower(?))' for column in _SEARCHED)})")
        values += [filter.search] * len(_SEARCHED)
    return where, values
