"""What a quota's covered requests cost over a period, and cost by hour for a person's own pace."""

from __future__ import annotations

import sqlite3

from taximeter.domain.quota import Coverage
from taximeter.domain.usage import Pricing, Totals
from taximeter.ledger.queries_columns import SUM_OF_REQUESTS, SUM_OF_ROLLUP, one_moment, totals_at
from taximeter.ledger.queries_days import day_of, day_start, shift_day, whole_days

HOUR = 3_600_000


def spent(connection: sqlite3.Connection, start: int, end: int, coverage: Coverage) -> Totals:
    """The sum of the covered requests at ``start <= t < end``.

    Whole local days come from the rollup, only the edges from single requests.
    """
    if start >= end:
        return Totals()
    with one_moment(connection):
        first, after = whole_days(start, end)
        if first == after:
            return _of_requests(connection, start, end, coverage)
        total = _of_days(connection, first, after, coverage)
        if (begins := day_start(first)) > start:
            total += _of_requests(connection, start, begins, coverage)
        if (ends := day_start(after)) < end:
            total += _of_requests(connection, ends, end, coverage)
    return total


def hourly(connection: sqlite3.Connection, since: int) -> dict[int, int]:
    """Cost in nano-units by the hour (its start, ms UTC) for hours at ``since`` or later with any priced request."""
    sql = (
        f"SELECT q.at / {HOUR} * {HOUR}, sum(q.cost_input + q.cost_cache_read + q.cost_cache_write + q.cost_output"
        " + q.cost_fees) FROM session s CROSS JOIN run u ON u.session_id = s.id CROSS JOIN request q"
        f" ON q.run_id = u.id WHERE s.ended_at >= ? AND q.at >= ? AND q.pricing <> {int(Pricing.UNPRICED)} GROUP BY 1"
    )
    return dict(connection.execute(sql, (since, since)))


def sql_glob(pattern: str) -> str:
    """A shell-style pattern (``fnmatch``) in the words of SQLite's GLOB.

    They differ in sets alone: GLOB negates with ``^`` where fnmatch has ``!``, and has no literal
    bracket outside a set.
    """
    out, at = [], 0
    while at < len(pattern):
        one = pattern[at]
        end = _set_end(pattern, at) if one == "[" else -1
        if end < 0:
            out.append("[[]" if one == "[" else one)
            at += 1
        else:
            out.append(_sql_set(pattern[at + 1 : end]))
            at = end + 1
    return "".join(out)


def _set_end(pattern: str, opening: int) -> int:
    """Where the set that opens here closes, or -1; a bracket that comes first belongs to the set."""
    first = opening + 1 + (pattern[opening + 1 : opening + 2] == "!")
    return pattern.find("]", first + 1)


def _sql_set(inside: str) -> str:
    if inside.startswith("!"):
        return f"[^{inside[1:]}]"
    if inside.startswith("^"):
        return f"[{inside[1:]}^]" if inside != "^" else "^"
    return f"[{inside}]"


def _of_days(connection: sqlite3.Connection, first: str, after: str, coverage: Coverage) -> Totals:
    where, values = _covered(coverage)
    sql = (
        f"SELECT {SUM_OF_ROLLUP} FROM rollup r CROSS JOIN session s ON s.id = r.session_id "
        f"CROSS JOIN model m ON m.id = r.model_id WHERE r.day >= ? AND r.day < ?{where}"
    )
    return totals_at(connection.execute(sql, (first, after, *values)).fetchone(), 0)


def _of_requests(connection: sqlite3.Connection, start: int, end: int, coverage: Coverage) -> Totals:
    """From single requests of the sessions that the rollup has on these days; requests have no index by time."""
    where, values = _covered(coverage)
    days = (day_of(start), shift_day(day_of(end), 1))
    sql = (
        f"SELECT {SUM_OF_REQUESTS} FROM (SELECT DISTINCT session_id FROM rollup WHERE day >= ? AND day < ?) d "
        "CROSS JOIN session s ON s.id = d.session_id CROSS JOIN run u ON u.session_id = s.id "
        "CROSS JOIN request q ON q.run_id = u.id AND q.at >= ? AND q.at < ? "
        f"CROSS JOIN model m ON m.id = q.model_id WHERE 1{where}"
    )
    return totals_at(connection.execute(sql, (*days, start, end, *values)).fetchone(), 0)


def _covered(coverage: Coverage) -> tuple[str, list[str]]:
    where, values = "", list[str]()
    for column, patterns in (
        ("s.agent", coverage.agents), ("s.project", coverage.projects), ("m.name", coverage.models),
    ):  # fmt: skip
        if patterns:
            where += f" AND ({' OR '.join([f'{column} GLOB ?'] * len(patterns))})"
            values += [sql_glob(pattern) for pattern in patterns]
    return where, values
