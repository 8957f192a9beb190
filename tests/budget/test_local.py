"""Budgets from the settings, spending from the ledger."""

from datetime import datetime
from decimal import Decimal
from zoneinfo import ZoneInfo

import pytest

from taximeter.budget.local import Spent, local_quotas
from taximeter.domain.quota import Coverage, Period, QuotaKind, Unit
from taximeter.domain.usage import Cost, Tokens, Totals
from taximeter.host.settings import BudgetSetting
from taximeter.host.trouble import Trouble

BERLIN = ZoneInfo("Europe/Berlin")
USD = 10**9


def ms(text: str) -> int:
    return round(datetime.fromisoformat(text).replace(tzinfo=BERLIN).timestamp() * 1000)


NOW = ms("2026-11-23T13:00")
BILLS = {
    ms("2026-10-31T23:59"): 50,
    ms("2026-11-01T00:00"): 5,
    ms("2026-11-20T14:05"): 7,
    ms("2026-11-23T12:00"): 1,
}
"""What was spent when, in whole dollars."""


def ledger(start: int, end: int, coverage: Coverage) -> Totals:
    assert coverage in (Coverage(), Coverage(agents=("a",)))
    found = [dollars for at, dollars in BILLS.items() if start <= at < end]
    return Totals(requests=len(found), tokens=Tokens(input=10), cost=Cost(output=sum(found) * USD), unpriced_tokens=3)


def budget(amount: str, period: str = "month", currency: str = "USD") -> BudgetSetting:
    return BudgetSetting("b", "B", Decimal(amount), currency, period)


def quotas(*budgets: BudgetSetting, spent: Spent = ledger) -> list[tuple[int | None, int]]:
    return [(one.limit, one.spent) for one in local_quotas(budgets, "USD", NOW, NOW - 5, BERLIN, spent)]


def test_spending_is_that_of_the_local_period() -> None:
    assert quotas(budget("20"), budget("20", "week"), budget("20", "day")) == [
        (20 * USD, 13 * USD),
        (20 * USD, 1 * USD),
        (20 * USD, 1 * USD),
    ]


def test_a_quota_tells_all_that_is_known() -> None:
    setting = BudgetSetting("b", "B", Decimal("49.90"), "USD", "month", 1, agents=("a",))
    (quota,) = local_quotas([setting], "USD", NOW, NOW - 5, BERLIN, ledger)
    assert (quota.kind, quota.unit, quota.currency) == (QuotaKind.LOCAL, Unit.MONEY, "USD")
    assert (quota.limit, quota.remaining) == (49_900_000_000, 36_900_000_000)
    assert quota.period == Period(ms("2026-11-01"), ms("2026-12-01"))
    assert (quota.as_of, quota.unpriced_tokens, quota.used_up_at) == (NOW - 5, 3, None)
    assert quota.covers == Coverage(agents=("a",))


@pytest.mark.parametrize(
    ("amount", "when"), [("12", "2026-11-20T14:05"), ("13", "2026-11-23T12:00"), ("5", "2026-11-01T00:00")]
)
def test_a_used_up_budget_says_in_which_minute(amount: str, when: str) -> None:
    (quota,) = local_quotas([budget(amount)], "USD", NOW, NOW, BERLIN, ledger)
    assert quota.used_up_at is not None
    assert 0 < quota.used_up_at - ms(when) <= 60_000


def test_money_in_another_currency_is_refused_and_never_converted() -> None:
    with pytest.raises(Trouble) as caught:
        quotas(budget("20"), budget("20", currency="EUR"))
    assert "EUR" in caught.value.title
    assert "not converted" in caught.value.detail


def test_an_empty_ledger_has_no_currency_to_clash_with() -> None:
    (quota,) = local_quotas([budget("20", currency="EUR")], "", NOW, NOW, BERLIN, lambda *_: Totals())
    assert quota.remaining == 20 * USD
