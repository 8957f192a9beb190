"""The launches of a session that were judged before they started, as its page and the popover show them."""

from __future__ import annotations

import sqlite3
from typing import TYPE_CHECKING, NamedTuple

from taximeter.ledger.readmodels import LaunchRow
from taximeter.ledger.schema import knows_launches

if TYPE_CHECKING:
    from taximeter.ledger.queries_actual import Actual
    from taximeter.ledger.queries_questions import QuestionRow


class RunSpent(NamedTuple):
    """What one run of a launch has cost, nano-units as booked."""

    type: str
    model: str
    """The one of its last request."""
    cost: int
    goes_on: bool


def launches_of(connection: sqlite3.Connection, agent: str, session: str, now: int) -> tuple[LaunchRow, ...]:
    """All of one session as they stand at ``now`` (ms UTC), newest first.

    What it takes is loaded only for a session that has any.
    """
    if not _has_any(connection, agent, session):
        return ()
    from taximeter.ledger.queries_actual import actuals
    from taximeter.ledger.queries_questions import questions_of

    rows = questions_of(connection, agent, session)
    came = actuals(connection, rows, now)
    return tuple(_launch(row, came[row.id]) for row in rows)


def running_launch(connection: sqlite3.Connection, agent: str, session: str, now: int) -> LaunchRow | None:
    """The newest launch of a session of which agents run at ``now`` and whose range was told; None without one."""
    launches = launches_of(connection, agent, session, now)
    return next((one for one in launches if one.going_on and one.told is not None), None)


def spent_by_run(connection: sqlite3.Connection, agent: str, launch: LaunchRow, now: int) -> tuple[RunSpent, ...]:
    """Each run of a launch as it stands at ``now`` (ms UTC)."""
    from taximeter.ledger.queries_runs import LAST_MARKS, Standing, standing

    sql = f"""SELECT u.type, (SELECT m.name FROM request q JOIN model m ON m.id = q.model_id WHERE q.run_id = u.id
        ORDER BY q.at DESC LIMIT 1), (SELECT sum(cost_input + cost_cache_read + cost_cache_write + cost_output +
        cost_fees) FROM request WHERE run_id = u.id), u.ended_at, {LAST_MARKS}, u.told_end, u.told_at
      FROM run u WHERE u.agent = ? AND u.name = ?"""
    found = []
    for name in launch.run_ids:
        for type, model, cost, ended, marks, told_end, told_at in connection.execute(sql, (agent, name)):
            goes_on = standing(ended, marks, told_end, told_at, now) is Standing.GOES_ON
            found.append(RunSpent(type, model or "", cost or 0, goes_on))
    return tuple(found)


def _has_any(connection: sqlite3.Connection, agent: str, session: str) -> bool:
    if not knows_launches(connection):
        return False
    sql = "SELECT 1 FROM question WHERE agent = ? AND session = ? LIMIT 1"
    return connection.execute(sql, (agent, session)).fetchone() is not None


def _launch(row: QuestionRow, came: Actual) -> LaunchRow:
    told = row.scored_forecast
    return LaunchRow(
        row.id, row.asked_at, row.kinds, row.agents, row.launched, told.cost, row.reading, told.floor, row.currency,
        row.severity, row.mode, row.answer, len(came.runs), came.going_on, came.killed, came.cost,
        came.runs,
    )  # fmt: skip
