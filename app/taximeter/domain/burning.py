"""Whether a budget is being spent so fast that it is worth a word, whatever is left of it.

Burn rates over two windows at once, as reliability engineers watch error budgets: the long one says that it
matters, the short one that it still goes on. The numbers are our own starting values for a month of about 160
active hours and a week of about 40: the fast pair means four to six times an even pace, the slow pair twice.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import NamedTuple

from taximeter.domain.quota import Quota, QuotaState

MINUTE, HOUR, DAY = 60_000, 3_600_000, 86_400_000
LONG_PERIOD, SHORT_PERIOD = 14 * DAY, 2 * DAY
"""Longer periods are like a month, those down to the second like a week; shorter ones are not watched."""
TELLS, REARMS = 100, 80
"""Percent of a threshold at which it is told, and under which it may be told again."""
QUIET_STATES = frozenset({QuotaState.LOW, QuotaState.SPENT})
"""What is told of these already says more."""


class Pair(NamedTuple):
    """Both windows have to be that fast: ``percent`` of the limit within ``span``."""

    span: int
    short: int
    percent: int


MONTHLY = (Pair(HOUR, 10 * MINUTE, 4), Pair(8 * HOUR, HOUR, 10))
WEEKLY = (Pair(HOUR, 10 * MINUTE, 8), Pair(4 * HOUR, 30 * MINUTE, 20))


class Burn(NamedTuple):
    """How fast a quota is spent."""

    quota: str
    """Its id."""
    percent: int
    """Of the threshold of the pair that is nearest to its own; 100 and more is worth a word."""
    span: int
    """That pair's long window, ms."""


def burn_of(quota: Quota, spent_since: Callable[[int], int], now: int) -> Burn | None:
    """How fast it is spent; None where that is not watched.

    ``spent_since`` tells what its covered requests cost since a moment, in the quota's unit. Windows that begin
    before the period count from its beginning.
    """
    length = quota.period.end - quota.period.start
    if not quota.limit or quota.limit < 0 or length <= SHORT_PERIOD:
        return None
    pairs = MONTHLY if length > LONG_PERIOD else WEEKLY
    found = [(_of_pair(quota.limit, pair, quota.period.start, spent_since, now), pair.span) for pair in pairs]
    percent, span = max(found)
    return Burn(quota.id, percent, span)


def _of_pair(limit: int, pair: Pair, start: int, spent_since: Callable[[int], int], now: int) -> int:
    long = spent_since(max(start, now - pair.span)) * 100 * 100 // (limit * pair.percent)
    if long < REARMS:
        return long
    short = spent_since(max(start, now - pair.short)) * pair.span * 100 * 100 // (limit * pair.percent * pair.short)
    return min(long, short)
