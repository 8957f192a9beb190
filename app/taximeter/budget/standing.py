"""How all quotas stand now: budgets of one's own and plan windows, with what is to be expected of each."""

from __future__ import annotations

import sqlite3
from collections.abc import Mapping
from datetime import tzinfo
from functools import partial

from taximeter.budget.local import local_quotas
from taximeter.budget.windows import plan_quotas
from taximeter.domain.outlook import outlooks
from taximeter.domain.pace import LEARNT_WEEKS, WEEK, profile_of
from taximeter.domain.quota import SERVICE_KINDS, Outlook, Quota
from taximeter.host.settings import Settings
from taximeter.ledger.queries_holds import open_holds
from taximeter.ledger.queries_keeping import newest_book
from taximeter.ledger.queries_now import newest_refusal, plan_windows
from taximeter.ledger.queries_rhythm import rhythm
from taximeter.ledger.queries_spending import spent


def standing(
    connection: sqlite3.Connection,
    settings: Settings,
    agent_names: Mapping[str, str],
    now: int,
    as_of: int,
    zone: tzinfo,
) -> tuple[Outlook, ...]:
    """All quotas with their outlook, the binding one first. A refusal in a log counts before the next poll.

    ``as_of`` is when the ledger last agreed with the logs, not the time of its newest line.
    Raises ``Trouble`` when a budget is in another currency than the prices.
    """
    quotas = quotas_now(connection, settings, agent_names, now, as_of, zone)
    if not quotas:
        return ()
    if holds := open_holds(connection, now):
        from taximeter.domain.holds import with_holds

        quotas = with_holds(quotas, holds, now)
    profile = profile_of(rhythm(connection, now - LEARNT_WEEKS * WEEK, now), now, zone)
    seen = outlooks(quotas, profile, now)
    if settings.service.kind:
        from taximeter.budget.shown import shown, told

        fault = shown(connection, settings.service.origin).fault
        seen = tuple(told(one, fault, now) if one.quota.kind in SERVICE_KINDS else one for one in seen)
    refusal = newest_refusal(connection)
    if refusal is None:
        return seen
    from taximeter.domain.refusal import after_refusal

    return after_refusal(seen, refusal, now)


def quotas_now(
    connection: sqlite3.Connection,
    settings: Settings,
    agent_names: Mapping[str, str],
    now: int,
    as_of: int,
    zone: tzinfo,
) -> tuple[Quota, ...]:
    """The same quotas as they stand, nothing yet held of them for launches that run. Raises ``Trouble`` likewise."""
    currency = newest_book(connection).currency
    own = local_quotas(settings.budgets, currency, now, as_of, zone, partial(spent, connection))
    windows = plan_quotas(plan_windows(connection), agent_names, now)
    if not settings.service.kind:
        return (*own, *windows)
    # Loaded only where there is a service: every command comes by here.
    from taximeter.budget.shown import service_quotas, shown

    origin = settings.service.origin
    known = shown(connection, origin)
    return (*service_quotas(connection, origin, known, currency, now), *own, *windows)
