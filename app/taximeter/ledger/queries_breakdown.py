"""One session taken apart: by run, by model, over time, and its dearest requests."""

from __future__ import annotations

import sqlite3
from collections import defaultdict
from typing import Any

from taximeter.domain.usage import CREDITS, Cost, Mark, Pricing, RunKind, Tokens, Totals
from taximeter.ledger.queries_columns import IS_FAST, SUM_OF_REQUESTS, one_moment, totals_at
from taximeter.ledger.queries_launches import launches_of
from taximeter.ledger.queries_sessions import ROW_COLUMNS, session_row
from taximeter.ledger.readmodels import Breakdown, CostPoint, RequestRow, RunRow, shown_model

CURVE_POINTS = 200
DEAREST = 10
_COST = "q.cost_input + q.cost_cache_read + q.cost_cache_write + q.cost_output + q.cost_fees"
_OF_SESSION = "FROM run u CROSS JOIN request q ON q.run_id = u.id"


def sessions_named(connection: sqlite3.Connection, text: str, limit: int = 2) -> tuple[str, ...]:
    """The ids of sessions that are ``text``, or else begin with it; at most ``limit``."""
    exact = connection.execute("SELECT name FROM session WHERE name = ? LIMIT 1", (text,)).fetchone()
    if exact or not text:
        return tuple(exact or ())
    sql = "SELECT name FROM session WHERE substr(name, 1, ?) = ? ORDER BY name LIMIT ?"
    return tuple(name for (name,) in connection.execute(sql, (len(text), text, limit)))


def breakdown(connection: sqlite3.Connection, session: str, now: int | None = None) -> Breakdown | None:
    """A session by its id or by the beginning of it; None when there is none, or several begin so.

    With ``now`` (ms UTC) its launches stand in it as they are then.
    """
    with one_moment(connection):
        names = sessions_named(connection, session)
        if len(names) != 1:
            return None
        sql = f"SELECT {ROW_COLUMNS}, s.id FROM session s WHERE s.name = ? ORDER BY s.ended_at DESC LIMIT 1"
        found = connection.execute(sql, names).fetchone()
        id = found[-1]
        runs, by_model = _runs_and_models(connection, id, names[0])
        row = session_row(found)
        return Breakdown(
            row, runs, by_model, _curve(connection, id), _dearest(connection, id), _books(connection, id),
            () if now is None else launches_of(connection, row.agent, row.id, now), _credits(connection, id),
        )  # fmt: skip


def _runs_and_models(
    connection: sqlite3.Connection, id: int, session: str
) -> tuple[tuple[RunRow, ...], tuple[tuple[str, Totals], ...]]:
    """Runs in order of their start, and models, dearest first; each adds up to the session."""
    sql = (
        f"SELECT u.id, m.name, {IS_FAST}, {SUM_OF_REQUESTS} {_OF_SESSION} CROSS JOIN model m ON m.id = q.model_id"
        " WHERE u.session_id = ? GROUP BY 1, 2, 3"
    )
    of_run: dict[int, dict[str, Totals]] = defaultdict(lambda: defaultdict(Totals))
    of_model: dict[str, Totals] = defaultdict(Totals)
    for row in connection.execute(sql, (id,)):
        name, totals = shown_model(row[1], fast=bool(row[2])), totals_at(row, 3)
        of_run[row[0]][name] += totals
        of_model[name] += totals
    sql = "SELECT id, name, parent, kind, type, label, started_at, ended_at FROM run WHERE session_id = ?"
    rows = connection.execute(f"{sql} ORDER BY kind <> 'main', started_at, id", (id,)).fetchall()
    names = {row[1] for row in rows}
    runs = tuple(_run(row, of_run[row[0]], names, session) for row in rows)
    return runs, tuple(sorted(of_model.items(), key=lambda item: (-item[1].cost.total, item[0])))


def _run(row: tuple[Any, ...], models: dict[str, Totals], names: set[str], session: str) -> RunRow:
    _, name, told, kind, type, label, started, ended = row
    total = sum(models.values(), Totals())
    model = max(models, key=lambda one: models[one].tokens.total, default="")
    return RunRow(name, _parent(name, told, names, session), RunKind(kind), type, label, model, started, ended, total)


def _parent(name: str, told: str, names: set[str], session: str) -> str:
    """The run that started this one: as told when it is in the ledger, else the session's main run."""
    if name == session:
        return ""
    if told in names and told != name:
        return told
    return session if session in names else ""


def _curve(connection: sqlite3.Connection, id: int) -> tuple[CostPoint, ...]:
    """Cumulative cost, at most about ``CURVE_POINTS`` points, the first request and the last among them."""
    sql = f"SELECT q.at, {_COST} {_OF_SESSION} WHERE u.session_id = ? ORDER BY q.at"
    rows = connection.execute(sql, (id,)).fetchall()
    step = max(1, -(-len(rows) // CURVE_POINTS))
    points, total = list[CostPoint](), 0
    for number, (at, cost) in enumerate(rows):
        total += cost
        if number % step == 0 or number == len(rows) - 1:
            points.append(CostPoint(at, total))
    return tuple(points)


def _dearest(connection: sqlite3.Connection, id: int) -> tuple[RequestRow, ...]:
    sql = (
        f"SELECT q.at, u.name, m.name, {IS_FAST}, q.pricing, q.input, q.cache_read, q.cache_write_5m, q.cache_write_1h,"
        " q.output, q.reasoning, q.cost_input, q.cost_cache_read, q.cost_cache_write, q.cost_output, q.cost_fees"
        f" {_OF_SESSION} CROSS JOIN model m ON m.id = q.model_id WHERE u.session_id = ?"
        f" ORDER BY {_COST} DESC, q.output DESC, q.at LIMIT {DEAREST}"
    )
    return tuple(
        RequestRow(
            row[0], row[1], shown_model(row[2], fast=bool(row[3])), Tokens(*row[5:11]),
            None if row[4] == Pricing.UNPRICED else Cost(*row[11:16]),
        )
        for row in connection.execute(sql, (id,))
    )  # fmt: skip


def _credits(connection: sqlite3.Connection, id: int) -> tuple[tuple[Mark, int], ...]:
    """What the session's plan counted in place of money."""
    counted = f"q.marks & {int(sum(CREDITS))}"
    sql = f"SELECT {counted}, sum(q.claimed_cost) {_OF_SESSION} WHERE u.session_id = ? AND {counted} GROUP BY 1"
    return tuple((Mark(mark), amount) for mark, amount in connection.execute(sql, (id,)))


def _books(connection: sqlite3.Connection, id: int) -> tuple[str, ...]:
    """The price books by which this session's requests are priced."""
    joined = f"{_OF_SESSION} JOIN price_book b ON b.id = q.book_id"
    sql = f"SELECT DISTINCT b.name {joined} WHERE u.session_id = ? ORDER BY 1"
    return tuple(name for (name,) in connection.execute(sql, (id,)))
