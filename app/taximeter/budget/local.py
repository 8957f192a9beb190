"""Budgets that a person set for themselves: the amount from the settings, the spending from the ledger."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from datetime import datetime, timedelta, tzinfo
from typing import TYPE_CHECKING

from taximeter.domain.period import MS, PeriodKind, Rhythm, day_start, period_at
from taximeter.domain.quota import Coverage, Period, Quota, QuotaKind, Unit
from taximeter.domain.usage import Totals
from taximeter.host.settings import BudgetSetting
from taximeter.host.trouble import Trouble

if TYPE_CHECKING:
    from decimal import Decimal

NANO = 10**9
MINUTE = 60_000

Spent = Callable[[int, int, Coverage], Totals]
"""What the covered requests at ``start <= t < end`` (ms UTC) used and cost."""


def local_quotas(
    budgets: Iterable[BudgetSetting], book_currency: str, now: int, as_of: int, zone: tzinfo, spent: Spent
) -> tuple[Quota, ...]:
    """The budgets of the settings with what the ledger says is spent of them, in the settings' order.

    ``as_of`` is when the ledger last agreed with the logs, ``zone`` the one whose midnights begin
    a period.

    Raises:
        Trouble: a budget is in another currency than the price book's.
    """
    return tuple(local_quota(budget, book_currency, now, as_of, zone, spent) for budget in budgets)


def local_quota(budget: BudgetSetting, book_currency: str, now: int, as_of: int, zone: tzinfo, spent: Spent) -> Quota:
    """One budget with what the ledger says is spent of it; see ``local_quotas``."""
    check_currency(budget, book_currency)
    limit = nano_units(budget.amount)
    covers = coverage_of(budget)
    period = period_at(Rhythm(PeriodKind(budget.period), budget.start), now, zone)
    used = spent(period.start, period.end, covers)

    def reached(by: int) -> bool:
        return spent(period.start, by, covers).cost.total >= limit

    return Quota(
        id=budget.id,
        name=budget.name,
        kind=QuotaKind.LOCAL,
        unit=Unit.MONEY,
        currency=budget.currency,
        limit=limit,
        spent=used.cost.total,
        not_billed=0,
        held=0,
        period=period,
        as_of=as_of,
        covers=covers,
        unpriced_tokens=used.unpriced_tokens,
        used_up_at=_first_moment(reached, period, now, zone) if used.cost.total >= limit else None,
    )


def check_currency(budget: BudgetSetting, book_currency: str) -> None:
    """Refuses a budget in a currency that the ledger's costs are not in; they are never converted.

    Raises:
        Trouble: it is another one.
    """
    if book_currency and budget.currency != book_currency:
        raise Trouble(
            f"The budget {budget.name!r} is in {budget.currency}, the prices are in {book_currency}",
            f"Set the budget in {book_currency}, or use a price file in {budget.currency}: money is not converted.",
        )


def coverage_of(budget: BudgetSetting) -> Coverage:
    """What a budget pays for; everything until it is narrowed."""
    return Coverage(budget.agents, budget.projects, budget.models)


def nano_units(amount: Decimal) -> int:
    """An amount with at most nine decimals, in nano-units."""
    return int(amount * NANO)


def _first_moment(reached: Callable[[int], bool], period: Period, now: int, zone: tzinfo) -> int:
    """The minute in which the limit was reached; asked by whole days first, which the ledger sums quickly."""
    low, high = period.start, min(now, period.end)
    for midnight in _midnights(low, high, zone):
        if reached(midnight):
            high = midnight
            break
        low = midnight
    while high - low > MINUTE:
        middle = (low + high) // 2
        low, high = (low, middle) if reached(middle) else (middle, high)
    return high


def _midnights(start: int, end: int, zone: tzinfo) -> Iterator[int]:
    day = datetime.fromtimestamp(start / MS, zone).date() + timedelta(days=1)
    while (midnight := day_start(day, zone)) < end:
        yield midnight
        day += timedelta(days=1)
