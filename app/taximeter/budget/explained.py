"""How much of what the service counts this desktop explains, since agents also run on servers."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable

from taximeter.domain.quota import SERVICE_KINDS, Quota, Unit
from taximeter.domain.reconciling import Reconciled
from taximeter.ledger.queries_spending import spent


def explained(connection: sqlite3.Connection, quotas: Iterable[Quota], currency: str) -> Reconciled | None:
    """The two figures of the first quota that has both, from its period's beginning up to its ``as_of``.

    That is a service's, in money of the ledger's ``currency``, with something counted, and somebody said
    what it pays for. None where there is no such quota.
    """
    found = (_reconciled(connection, quota) for quota in quotas if _has_both(quota, currency))
    return next(found, None)


def _has_both(quota: Quota, currency: str) -> bool:
    money = quota.unit is Unit.MONEY and quota.currency == currency
    counted = quota.spent > 0 and quota.period.start < quota.as_of
    return quota.kind in SERVICE_KINDS and money and counted and quota.coverage_chosen


def _reconciled(connection: sqlite3.Connection, quota: Quota) -> Reconciled:
    since, until = quota.period.start, quota.as_of
    own = spent(connection, since, until, quota.covers)
    return Reconciled(quota.id, own.cost.total, quota.spent, since, until, at_least=own.unpriced_tokens > 0)
