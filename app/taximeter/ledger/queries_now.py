"""What is going on now: sessions at work, the newest refusal, plan windows, and all that the tray shows."""

from __future__ import annotations

import sqlite3

from taximeter.domain.quota import Outlook, Refusal
from taximeter.domain.usage import Pricing, Totals
from taximeter.ledger.queries_columns import SUM_OF_ROLLUP, one_moment, totals_at
from taximeter.ledger.queries_days import day_of
from taximeter.ledger.queries_keeping import ledger_as_of, newest_book, requests_ever
from taximeter.ledger.queries_sessions import ROW_COLUMNS, session_row, session_rows_of_day
from taximeter.ledger.readmodels import IndexProgress, PlanWindow, RunningSession, Snapshot

MINUTE = 60_000
SESSION_RUNS = 5 * MINUTE
RUN_RUNS = 2 * MINUTE
PACE_OVER = 10 * MINUTE
HOUR = 60 * MINUTE
NO_INDEX_UNDER_WAY = IndexProgress()


def running(connection: sqlite3.Connection, now: int) -> tuple[RunningSession, ...]:
    """Sessions with a request in the last 5 minutes, newest first.

    ``agents`` counts runs with a request in the last 2 minutes, at least the one that spoke last; the
    cost an hour is that of the last 10 minutes.
    """
    where = "s.ended_at > ? AND s.requests > 0 ORDER BY s.ended_at DESC, s.id"
    sql = f"SELECT {ROW_COLUMNS}, s.id FROM session s WHERE {where}"
    found = connection.execute(sql, (now - SESSION_RUNS,)).fetchall()
    return tuple(
        RunningSession(session_row(row), _agents(connection, row[-1], now), _pace(connection, row[-1], now))
        for row in found
    )


def newest_refusal(connection: sqlite3.Connection) -> Refusal | None:
    """The newest refusal for want of budget that no later success of the same agent has ended.

    A passing rate limit is no want of budget.
    """
    # With max() SQLite takes the other columns from the row that has it.
    newest = "SELECT max(at), agent, session, reason FROM refusal WHERE reason <> 'rate' GROUP BY agent ORDER BY 1 DESC"
    later = "SELECT 1 FROM session WHERE ended_at > ? AND agent = ? AND requests > 0 LIMIT 1"
    for row in connection.execute(newest).fetchall():
        if connection.execute(later, row[:2]).fetchone() is None:
            return Refusal(*row)
    return None


def refusal_now(connection: sqlite3.Connection, outlooks: tuple[Outlook, ...], now: int) -> Refusal | None:
    """The same as long as it counts beside these outlooks, which know of it (``budget.standing``)."""
    found = newest_refusal(connection)
    if found is None:
        return None
    from taximeter.domain.refusal import standing_refusal

    return standing_refusal(found, outlooks, now)


def plan_windows(connection: sqlite3.Connection) -> tuple[PlanWindow, ...]:
    """The vendors' plan windows as last quoted, short ones first."""
    sql = (
        "SELECT agent, limit_id, minutes, used_percent, resets_at, observed_at, plan FROM plan_window"
        " ORDER BY agent, minutes, limit_id"
    )
    return tuple(PlanWindow(*row) for row in connection.execute(sql))


def totals_of_day(connection: sqlite3.Connection, day: str) -> Totals:
    """A local day's sum over everything."""
    return totals_at(connection.execute(f"SELECT {SUM_OF_ROLLUP} FROM rollup r WHERE r.day = ?", (day,)).fetchone(), 0)


def snapshot(
    connection: sqlite3.Connection,
    now: int,
    outlooks: tuple[Outlook, ...],
    agents_found: tuple[str, ...] = (),
    progress: IndexProgress = NO_INDEX_UNDER_WAY,
    as_of: int | None = None,
) -> Snapshot:
    """All that the tray shows, at one moment of the ledger.

    ``as_of`` is when the caller last saw the ledger agree with the logs; without it, the time of the
    ledger's last writing.
    """
    with one_moment(connection):
        day = day_of(now)
        book = newest_book(connection)
        return Snapshot(
            now=now,
            as_of=ledger_as_of(connection) if as_of is None else as_of,
            currency=book.currency,
            price_book=book.id,
            outlooks=outlooks,
            today=totals_of_day(connection, day),
            today_sessions=session_rows_of_day(connection, day),
            running=running(connection, now),
            refusal=refusal_now(connection, outlooks, now),
            agents_found=agents_found,
            progress=progress,
            requests_ever=requests_ever(connection),
        )


def _agents(connection: sqlite3.Connection, session: int, now: int) -> int:
    sql = "SELECT count(*) FROM run WHERE session_id = ? AND ended_at > ?"
    (count,) = connection.execute(sql, (session, now - RUN_RUNS)).fetchone()
    return max(1, int(count))


def _pace(connection: sqlite3.Connection, session: int, now: int) -> int | None:
    """Nano-units an hour; None when no request of the last minutes had a price."""
    sql = (
        "SELECT sum(q.cost_input + q.cost_cache_read + q.cost_cache_write + q.cost_output + q.cost_fees)"
        " FROM run u CROSS JOIN request q ON q.run_id = u.id AND q.at > ? "
        f"WHERE u.session_id = ? AND q.pricing <> {int(Pricing.UNPRICED)}"
    )
    (cost,) = connection.execute(sql, (now - PACE_OVER, session)).fetchone()
    return None if cost is None else int(cost) * HOUR // PACE_OVER
