"""A rhythm is told quickly and adds up."""

from pathlib import Path
from types import ModuleType

from taximeter.ledger.queries_rhythm import rhythm
from taximeter.ledger.queries_spending import hourly

HOUR = 3_600_000


def test_old_days_are_spread_over_a_sessions_day_and_the_last_ones_are_exact(tmp_path: Path, made: ModuleType) -> None:
    now = made.at("2026-11-16T12:30")
    old, new = made.at("2026-11-02T09:10"), made.at("2026-11-16T09:10")
    bills = [made.Made(name, start + after * HOUR, 7) for name, start in (("a", old), ("b", new)) for after in (0, 3)]
    ledger = made.make(tmp_path / "ledger.db", bills)
    found = rhythm(ledger, made.at("2026-11-01T00:00"), now)
    nine, today = made.at("2026-11-02T09:00"), made.at("2026-11-16T09:00")
    assert found == {nine: 3, nine + HOUR: 3, nine + 2 * HOUR: 3, nine + 3 * HOUR: 5, today: 7, today + 3 * HOUR: 7}
    ledger.close()


def test_it_adds_up_to_the_exact_cost(tmp_path: Path, made: ModuleType) -> None:
    now = made.at("2026-11-16T12:30")
    bills = [made.Made(f"s{n % 9}", now - n * 5 * HOUR, 1_000_000_007 + n) for n in range(200)]
    ledger = made.make(tmp_path / "ledger.db", bills)
    since = made.at("2026-10-10T00:00")
    assert sum(rhythm(ledger, since, now).values()) == sum(hourly(ledger, since).values())
    ledger.close()
