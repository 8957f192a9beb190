"""What is set aside for launches that run: what each will likely still cost, as far as the ledger knows."""

from __future__ import annotations

import sqlite3
from typing import TYPE_CHECKING

from taximeter.ledger.schema import knows_launches

if TYPE_CHECKING:
    from taximeter.domain.holds import Hold
    from taximeter.ledger.queries_questions import QuestionRow

HOLD_MS = 2 * 3_600_000
"""After that a launch that was never seen to end is not waited for."""
UNSEEN_MS = 10 * 60_000
"""A launch of which no run was seen by then did not happen, or its log is not ours to read."""


def open_holds(connection: sqlite3.Connection, now: int) -> tuple[Hold, ...]:
    """The holds of launches that may still cost something; ``now`` is ms UTC.

    What it takes is loaded only when a launch was told lately, which is rare, and every command asks.
    """
    if not _told_lately(connection, now):
        return ()
    from taximeter.domain.holds import Hold, hold_of
    from taximeter.ledger.queries_actual import actuals
    from taximeter.ledger.queries_questions import questions

    rows = [row for row in questions(connection, 500, now - HOLD_MS) if _went_on(row)]
    known = actuals(connection, rows, now)
    found = []
    for row in rows:
        came_to = known[row.id]
        began = row.answered_at or row.asked_at
        over = bool(came_to.runs) and not came_to.going_on
        if over or (not came_to.runs and now - began > UNSEEN_MS):
            continue
        amount = hold_of(row.scored_forecast, came_to.cost or 0)
        models = tuple({kind.model for kind in row.kinds})
        found.append(Hold(row.id, row.agent, row.project, models, amount, row.currency, began, began + HOLD_MS))
    return tuple(found)


def _told_lately(connection: sqlite3.Connection, now: int) -> bool:
    if not knows_launches(connection):
        return False
    sql = "SELECT 1 FROM question WHERE asked_at > ? LIMIT 1"
    return connection.execute(sql, (now - HOLD_MS,)).fetchone() is not None


def _went_on(row: QuestionRow) -> bool:
    """Whether the launch was let go: answered so, or never held."""
    from taximeter.domain.launch import Severity, Verb

    if row.answer is None:
        return row.severity < Severity.AMBER or row.mode != "ask"
    return row.answer is not Verb.STOP and row.allowed != 0
