"""When a person spent: cost by the hour over weeks, quickly enough to be asked at every start."""

from __future__ import annotations

import sqlite3

from taximeter.ledger.queries_days import day_of, day_start
from taximeter.ledger.queries_spending import HOUR, hourly

EXACT_DAYS = 2
DAY = 24 * HOUR


def rhythm(connection: sqlite3.Connection, since: int, now: int) -> dict[int, int]:
    """Cost in nano-units by the hour (its start, ms UTC), of the local days from ``since`` on.

    The last days come from single requests. Before, a session's cost of a day is spread evenly
    from its first to its last request of that day: good enough to learn a rhythm from, and a few
    thousand rows in place of every request.
    """
    exact_from = day_start(day_of(now - EXACT_DAYS * DAY))
    hours: dict[int, int] = {}
    sql = (
        "SELECT first_at, last_at, cost_input + cost_cache_read + cost_cache_write + cost_output + cost_fees AS cost"
        " FROM rollup WHERE day >= ? AND day < ? AND cost > 0"
    )
    for first, last, cost in connection.execute(sql, (day_of(since), day_of(exact_from))):
        _spread(hours, first - first % HOUR, last - last % HOUR, cost)
    hours.update(hourly(connection, exact_from))
    return hours


def _spread(hours: dict[int, int], first: int, last: int, cost: int) -> None:
    count = (last - first) // HOUR + 1
    share, rest = divmod(cost, count)
    for hour in range(first, last + 1, HOUR):
        hours[hour] = hours.get(hour, 0) + share
    hours[last] += rest
