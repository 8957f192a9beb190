"""What this desktop spent is "not billed yet" until the service has it: the sum goes over without a jump."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from types import ModuleType

import pytest

from taximeter.budget.shown import Shown, service_quotas
from taximeter.domain.quota import Coverage, Period, Quota, QuotaKind, Unit

MINUTE, DAY, USD = 60_000, 86_400_000, 10**9
START = 1_793_491_200_000  # 2026-11-01 00:00 UTC
NOW = START + 10 * DAY
ORIGIN = "https://budget.example.com"
QUOTA = Quota("service:user", "Yours", QuotaKind.LITELLM, Unit.MONEY, "USD", 100 * USD, 0, 0, 0,
              Period(START, START + 30 * DAY), NOW)  # fmt: skip
COSTS = {minute: (minute * 37 % 11 + 1) * USD // 100 for minute in range(0, 60, 2)}
"""What an hour of work costs, by the minute."""
POLL, BATCH = 5, 1
"""Minutes between two polls, and by how many the service says that its figure is older than its answer."""


@pytest.fixture
def ledger(tmp_path: Path, made: ModuleType) -> Iterator[sqlite3.Connection]:
    work = [made.Made(f"s{minute}", NOW + minute * MINUTE, cost) for minute, cost in COSTS.items()]
    connection = made.make(tmp_path / "ledger.db", work)
    yield connection
    connection.close()


def cost(begin: int, end: int) -> int:
    """Of the minutes from ``begin`` on, before ``end``."""
    return sum(cost for minute, cost in COSTS.items() if begin <= minute < end)


def used_at(ledger: sqlite3.Connection, minute: int, late: int) -> tuple[int, int]:
    """What is shown as used, and of it as not billed, where the service counts ``late`` minutes later than it says."""
    as_of = minute - minute % POLL - BATCH
    told = replace(QUOTA, spent=cost(0, as_of - late), as_of=NOW + as_of * MINUTE)
    (quota,) = service_quotas(ledger, ORIGIN, Shown((told,), read=True), "USD", NOW + minute * MINUTE)
    return quota.spent + quota.not_billed, quota.not_billed


def test_what_is_shown_as_used_is_all_work_at_each_moment_whoever_counts_it(ledger: sqlite3.Connection) -> None:
    seen = [used_at(ledger, minute, late=0) for minute in range(60)]
    assert [used for used, _ in seen] == [cost(0, minute + 1) for minute in range(60)]
    assert all(pending <= cost(minute - POLL - BATCH, minute + 1) for minute, (_, pending) in enumerate(seen))


@pytest.mark.parametrize("late", [1, 2, 7])
def test_a_service_that_counts_later_than_it_says_hides_the_late_part_and_no_more(
    ledger: sqlite3.Connection, late: int
) -> None:
    for minute in range(60):
        as_of = minute - minute % POLL - BATCH
        used, _ = used_at(ledger, minute, late)
        assert cost(0, minute + 1) - used == cost(as_of - late, as_of)


def test_what_it_does_not_pay_for_is_never_on_it(ledger: sqlite3.Connection) -> None:
    others = {
        "nobody said what it pays for": replace(QUOTA, coverage_chosen=False),
        "another agent's": replace(QUOTA, covers=Coverage(agents=("another",))),
        "another project's": replace(QUOTA, covers=Coverage(projects=("client-*",))),
        "another currency": replace(QUOTA, currency="EUR"),
        "tokens": replace(QUOTA, unit=Unit.TOKENS, currency=""),
    }
    found = service_quotas(ledger, ORIGIN, Shown(tuple(others.values()), read=True), "USD", NOW + 60 * MINUTE)
    assert {name: quota.not_billed for name, quota in zip(others, found, strict=True)} == dict.fromkeys(others, 0)


def test_work_before_the_period_is_not_on_it(ledger: sqlite3.Connection) -> None:
    """A reset that the service told of, with a figure from before it."""
    begun = replace(QUOTA, period=Period(NOW + 30 * MINUTE, NOW + 31 * DAY))
    (quota,) = service_quotas(ledger, ORIGIN, Shown((begun,), read=True), "USD", NOW + 60 * MINUTE)
    assert quota.not_billed == cost(30, 61)
