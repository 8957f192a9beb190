"""How fast the binding budget is spent, from the ledger."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from types import ModuleType

from taximeter.budget.burning import burn_now
from taximeter.domain.burning import Burn
from taximeter.domain.quota import Coverage, Outlook, Period, Quota, QuotaKind, QuotaState, Unit

NOW = 1_795_003_200_000
MINUTE, HOUR, DAY = 60_000, 3_600_000, 86_400_000
NANO = 10**9
QUOTA = Quota("month", "Month", QuotaKind.LOCAL, Unit.MONEY, "USD", 100 * NANO, 0, 0, 0,
              Period(NOW - 20 * DAY, NOW + 10 * DAY), NOW)  # fmt: skip


def seen(quota: Quota, state: QuotaState = QuotaState.OK) -> Outlook:
    return Outlook(quota, state, None, True, None, binds=True)


def test_it_is_told_of_the_first_quota_whose_spending_is_known_here(tmp_path: Path, made: ModuleType) -> None:
    work = [made.Made("s", NOW - minute * MINUTE, cost=NANO) for minute in range(0, 60, 5)]
    connection = made.make(tmp_path / "ledger.db", work)
    stale, window = seen(QUOTA, QuotaState.STALE), seen(replace(QUOTA, kind=QuotaKind.PLAN_WINDOW))
    unknown = seen(replace(QUOTA, coverage_chosen=False))
    other = seen(replace(QUOTA, covers=Coverage(("nobody",))))
    assert burn_now(connection, (stale, window, unknown, seen(QUOTA)), "USD", NOW) == Burn("month", 300, HOUR)
    assert burn_now(connection, (other,), "USD", NOW) == Burn("month", 0, 8 * HOUR)
    assert burn_now(connection, (stale, window, unknown), "USD", NOW) is None
    assert burn_now(connection, (seen(QUOTA),), "EUR", NOW) is None
    connection.close()
