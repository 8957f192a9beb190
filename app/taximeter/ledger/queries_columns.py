"""The columns that make a sum, in one order for all tables, and a sum made from them."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import Any

from taximeter.domain.usage import Cost, Mark, Pricing, Tokens, Totals

_TOKENS = ("input", "cache_read", "cache_write_5m", "cache_write_1h", "output", "reasoning")
_COSTS = ("cost_input", "cost_cache_read", "cost_cache_write", "cost_output", "cost_fees")
_DOUBTS = ("unpriced_tokens", "estimated", "unpriced", "floors")
_NAMES = ("requests", *_TOKENS, *_COSTS, *_DOUBTS)

WIDTH = len(_NAMES)
"""How many columns a sum takes."""

SESSION_COLUMNS = ", ".join(f"s.{name}" for name in _NAMES)
"""The sums that stand on a row of ``session s``."""

SUM_OF_SESSIONS = ", ".join(f"sum(s.{name})" for name in _NAMES)

ROLLUP_COLUMNS = ", ".join(f"r.{name}" for name in _NAMES)

SUM_OF_ROLLUP = ", ".join(f"sum(r.{name})" for name in _NAMES)
"""A sum over rows of ``rollup r``."""

_ALL_TOKENS = "q.input + q.cache_read + q.cache_write_5m + q.cache_write_1h + q.output"

SUM_OF_REQUESTS = ", ".join([
    "count(*)",
    *(f"sum(q.{name})" for name in (*_TOKENS, *_COSTS)),
    f"sum(CASE WHEN q.pricing = {int(Pricing.UNPRICED)} THEN {_ALL_TOKENS} ELSE 0 END)",
    f"sum(q.pricing = {int(Pricing.ESTIMATED)})",
    f"sum(q.pricing = {int(Pricing.UNPRICED)})",
    f"sum(q.marks & {int(Mark.OUTPUT_IS_FLOOR)} <> 0)",
])  # fmt: skip
"""A sum over rows of ``request q``."""

IS_FAST = f"(q.marks & {int(Mark.FAST)} <> 0)"
"""Whether a row of ``request q`` was served in the vendor's fast mode."""


def totals_at(row: Sequence[Any], start: int) -> Totals:
    """The sum that begins at column ``start``; zero when it was made over no rows."""
    if row[start + 1] is None:
        return Totals()
    tokens, cost, doubts = start + 1, start + 7, start + 12
    return Totals(
        row[start], Tokens(*row[tokens:cost]), Cost(*row[cost:doubts]), *row[doubts : start + WIDTH],
    )  # fmt: skip


@contextmanager
def one_moment(connection: sqlite3.Connection) -> Iterator[None]:
    """Let all statements inside see the ledger as it was at one moment."""
    if connection.in_transaction:
        yield
        return
    connection.execute("BEGIN")
    try:
        yield
    finally:
        connection.execute("COMMIT")
