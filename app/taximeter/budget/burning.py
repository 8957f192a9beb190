"""How fast the binding budget is being spent here."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable

from taximeter.domain.burning import Burn, burn_of
from taximeter.domain.outlook import CANNOT_TELL
from taximeter.domain.quota import Outlook, Quota, QuotaKind, Unit
from taximeter.ledger.queries_spending import spent


def burn_now(connection: sqlite3.Connection, outlooks: Iterable[Outlook], currency: str, now: int) -> Burn | None:
    """Of the first quota in the ledger's money of which it is known what it pays for; None where there is none."""
    quota = next(
        (seen.quota for seen in outlooks if seen.state not in CANNOT_TELL and _is_ours(seen.quota, currency)), None
    )
    if quota is None:
        return None
    return burn_of(quota, lambda since: spent(connection, since, now + 1, quota.covers).cost.total, now)


def _is_ours(quota: Quota, currency: str) -> bool:
    counted = quota.unit is Unit.MONEY and quota.currency == currency and quota.kind is not QuotaKind.PLAN_WINDOW
    return counted and quota.coverage_chosen and bool(quota.limit)
