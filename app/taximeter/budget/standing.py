"""How all quotas stand now: budgets of one's own and plan windows, with what is to be expected of each."""

from __future__ import annotations

import sqlite3
from collections.abc import Mapping
from datetime import tzinfo
from functools import partial

from taximeter.budget.local import local_quotas
from taximeter.budget.windows import plan_quotas
from taximeter.domain.outlook import outlooks
from taximeter.domain.pace import DAY, profile_of, straight_line
from taximeter.domain.quota import Outlook
from taximeter.host.settings import Settings
from taximeter.ledger.queries_keeping import newest_book
from taximeter.ledger.queries_now import plan_windows
from taximeter.ledger.queries_spending import hourly, spent

PROFILE_DAYS = 56
"""Eight weeks of one's own spending make the rhythm (pricing-and-forecast: pace to a traffic-shaped plan)."""


def standing(
    connection: sqlite3.Connection,
    settings: Settings,
    agent_names: Mapping[str, str],
    now: int,
    as_of: int,
    zone: tzinfo,
) -> tuple[Outlook, ...]:
    """All quotas with their outlook, the binding one first.

    ``as_of`` is when the ledger last agreed with the logs. Raises ``Trouble`` when a budget is in
    another currency than the prices.
    """
    own = local_quotas(settings.budgets, newest_book(connection).currency, now, as_of, zone, partial(spent, connection))
    windows = plan_quotas(plan_windows(connection), agent_names, now)
    quotas = (*own, *windows)
    if not quotas:
        return ()
    profile = profile_of(hourly(connection, now - PROFILE_DAYS * DAY), now, zone) if own else straight_line(zone)
    return outlooks(quotas, profile, now)
