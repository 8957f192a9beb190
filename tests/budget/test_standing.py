"""From settings and a real ledger to outlooks."""

import sqlite3
from collections.abc import Iterator
from datetime import UTC, datetime
from decimal import Decimal
from pathlib import Path
from types import ModuleType

import pytest

from taximeter.budget.standing import standing
from taximeter.domain.quota import QuotaKind, QuotaState
from taximeter.host.settings import BudgetSetting, Settings
from taximeter.host.trouble import Trouble

HOUR = 3_600_000
DAY = 24 * HOUR
NOW = round(datetime(2026, 11, 16, 12, tzinfo=UTC).timestamp() * 1000)


@pytest.fixture
def ledger(tmp_path: Path, made: ModuleType) -> Iterator[sqlite3.Connection]:
    """A dollar on the last of October and on each day of November until the 16th, at noon."""
    connection = made.make(tmp_path / "ledger.db", [made.Made(f"s{day}", NOW - day * DAY) for day in range(17)])
    yield connection
    connection.close()


def budgets(*amounts: str, currency: str = "USD") -> Settings:
    return Settings(tuple(BudgetSetting(f"b{one}", f"B {one}", Decimal(one), currency) for one in amounts))


def test_budgets_and_plan_windows_stand_together_the_binding_one_first(ledger: sqlite3.Connection) -> None:
    ledger.execute(
        "INSERT INTO plan_window VALUES('codex', 'main', 300, 20.0, ?, ?, 'pro')", (NOW + 4 * HOUR, NOW - 1000)
    )
    seen = standing(ledger, budgets("100", "20"), {"codex": "Codex"}, NOW, NOW, UTC)
    assert [(one.quota.id, one.binds) for one in seen] == [("b20", True), ("codex:main:300", False), ("b100", False)]
    binding, window, calm = seen
    assert (binding.quota.spent, binding.quota.remaining) == (15_000_000_000 + 10**9, 4 * 10**9)
    assert binding.state == QuotaState.WATCH
    assert binding.runs_out_at is not None
    assert (window.quota.name, window.quota.kind) == ("Codex, 5-hour window", QuotaKind.PLAN_WINDOW)
    assert (calm.state, calm.runs_out_at) == (QuotaState.OK, None)


def test_a_used_up_budget_tells_the_minute_from_the_ledger(ledger: sqlite3.Connection) -> None:
    (seen,) = standing(ledger, budgets("10"), {}, NOW, NOW, UTC)
    assert seen.state == QuotaState.SPENT
    assert seen.runs_out_at is not None
    assert 0 < seen.runs_out_at - (NOW - 6 * DAY) <= 60_000


def test_another_currency_is_refused(ledger: sqlite3.Connection) -> None:
    with pytest.raises(Trouble, match="EUR"):
        standing(ledger, budgets("10", currency="EUR"), {}, NOW, NOW, UTC)


def test_without_budgets_and_windows_there_are_no_quotas(ledger: sqlite3.Connection) -> None:
    assert standing(ledger, Settings(), {}, NOW, NOW, UTC) == ()
