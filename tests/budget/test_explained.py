"""The share of a service's figure that this desktop explains, over the service's own period up to its own time."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from types import ModuleType

import pytest

from taximeter.budget.explained import explained
from taximeter.domain.quota import Coverage, Period, Quota, QuotaKind, Unit
from taximeter.domain.usage import Pricing

DAY = 86_400_000
START = 1_793_491_200_000  # 2026-11-01 00:00 UTC
AS_OF = START + 10 * DAY
USD = 10**9
QUOTA = Quota("service:user", "Yours", QuotaKind.LITELLM, Unit.MONEY, "USD", 100 * USD, 10 * USD, 0, 0,
              Period(START, START + 30 * DAY), AS_OF)  # fmt: skip


@pytest.fixture
def ledger(tmp_path: Path, made: ModuleType) -> Iterator[sqlite3.Connection]:
    """Three dollars in the period before the service's figure, one before the period, one after the figure."""
    one = made.Made
    connection = made.make(tmp_path / "ledger.db", [
        one("a", START), one("b", AS_OF - 1), one("c", START + DAY, agent="codex"),
        one("d", START - 1), one("e", AS_OF),
    ])  # fmt: skip
    yield connection
    connection.close()


def test_it_counts_from_the_periods_beginning_up_to_the_time_of_the_figure(ledger: sqlite3.Connection) -> None:
    found = explained(ledger, (QUOTA,), "USD")
    assert found is not None
    assert (found.own, found.counted, found.share, found.at_least) == (3 * USD, 10 * USD, 0.3, False)
    narrow = explained(ledger, (replace(QUOTA, covers=Coverage(agents=("codex",))),), "USD")
    assert narrow is not None
    assert narrow.own == USD


@pytest.mark.parametrize(
    "quota",
    [
        replace(QUOTA, coverage_chosen=False),
        replace(QUOTA, spent=0),
        replace(QUOTA, currency="EUR"),
        replace(QUOTA, unit=Unit.TOKENS, currency=""),
        replace(QUOTA, kind=QuotaKind.LOCAL),
        replace(QUOTA, as_of=START),
    ],
)
def test_where_it_cannot_be_told_there_is_none(ledger: sqlite3.Connection, quota: Quota) -> None:
    assert explained(ledger, (quota,), "USD") is None
    assert explained(ledger, (), "USD") is None
    found = explained(ledger, (quota, replace(QUOTA, id="other")), "USD")
    assert found is not None
    assert found.quota == "other"


def test_with_tokens_without_a_price_it_is_a_least(tmp_path: Path, made: ModuleType) -> None:
    one = made.Made
    connection = made.make(
        tmp_path / "x.db", [one("a", START), one("b", START, pricing=int(Pricing.UNPRICED), model="unknown")]
    )
    found = explained(connection, (QUOTA,), "USD")
    connection.close()
    assert found is not None
    assert (found.own, found.at_least) == (USD, True)
