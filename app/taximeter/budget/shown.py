"""What is kept of the company's service, as it is shown: its quotas with one's own spending on top, and how it went.

Read without the types that the poller keeps it in: every command comes by here, and to load them would take
longer than all else that a command does.
"""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterable, Mapping
from dataclasses import replace
from functools import lru_cache
from typing import Any, NamedTuple

from taximeter.domain.increase import IncreaseRequest, RequestStatus
from taximeter.domain.quota import Coverage, Enforcement, Increase, Outlook, Period, Quota, QuotaKind, QuotaState, Unit
from taximeter.ledger.queries_spending import spent
from taximeter.ledger.service_holds import PlacedHold, placed_holds
from taximeter.ledger.services import service_row

OFFLINE_AFTER = 15 * 60_000
"""A service that fails is told as offline once its figures are that old: a single failure is nobody's concern."""
SIGNED_OUT = frozenset({"unauthenticated", "forbidden"})
"""Values of ``contract.SIGNED_OUT``."""
BLOCKED = "blocked"
"""The value of ``contract.Fault.BLOCKED``."""


class Shown(NamedTuple):
    """What is known of a service, and how the newest poll went."""

    quotas: tuple[Quota, ...] = ()
    """The last good ones with the age they have; none while nothing was ever read. A blocked token is told as
    quotas that let nothing through."""
    polled_at: int = 0
    """0 when it was never asked."""
    read: bool = False
    """Whether there is a good reading, however old."""
    fault: str = ""
    """The value of a ``contract.Fault``; empty when the newest poll went well."""
    sentence: str = ""
    """What happened, for people; empty likewise."""
    who: str = ""
    leads: bool = False
    to_decide: int = 0
    requests: tuple[IncreaseRequest, ...] = ()
    can: frozenset[str] = frozenset()


def shown(connection: sqlite3.Connection, origin: str) -> Shown:
    """What the ledger keeps of a service; nothing where another version wrote it."""
    row = service_row(connection, origin)
    if row is None:
        return Shown()
    try:
        return _read(row.known)._replace(polled_at=row.polled_at)
    except (ValueError, TypeError, KeyError) as error:
        import logging  # it takes as long as all the rest here, and is not wanted again

        # The next poll tells it anew.
        logging.getLogger("taximeter.budget").info("what was kept of the budget service cannot be read: %s", error)
        return Shown()


@lru_cache(maxsize=2)
def _read(written: bytes) -> Shown:
    known = json.loads(written)
    reading, failure = known["reading"], known["failure"] or {"fault": "", "sentence": ""}
    found = Shown(fault=failure["fault"], sentence=failure["sentence"])
    if reading is None:
        return found
    quotas = tuple(_quota(told) for told in reading["quotas"])
    if found.fault == BLOCKED:
        quotas = tuple(replace(quota, suspended=True) for quota in quotas)
    requests = tuple(_request(told) for told in reading["requests"])
    return found._replace(quotas=quotas, read=True, who=reading["who"], leads=reading["leads"],
                          to_decide=reading["to_decide"], requests=requests, can=frozenset(reading["can"]))  # fmt: skip


def _quota(told: Mapping[str, Any]) -> Quota:
    covers, increase = told["covers"], told["increase"]
    typed = {
        "kind": QuotaKind(told["kind"]),
        "unit": Unit(told["unit"]),
        "period": Period(**told["period"]),
        "covers": Coverage(**{name: tuple(patterns) for name, patterns in covers.items()}),
        "enforcement": Enforcement(told["enforcement"]),
        "increase": None if increase is None else Increase(**increase),
        "held_for": tuple((launch, amount) for launch, amount in told["held_for"]),
    }
    return Quota(**{**told, **typed})


def _request(told: Mapping[str, Any]) -> IncreaseRequest:
    return IncreaseRequest(**{**told, "unit": Unit(told["unit"]), "status": RequestStatus(told["status"])})


def service_quotas(
    connection: sqlite3.Connection, origin: str, known: Shown, currency: str, now: int
) -> tuple[Quota, ...]:
    """The last good quotas, with what this desktop spent since that the service cannot know yet.

    Nothing is taken off a quota of which nobody said what it pays for, nor off one in another unit or currency
    than the ledger's prices. What the service holds for launches of this computer is off its figures already:
    only spending beyond that is taken off as well.
    """
    holds = [hold for hold in placed_holds(connection, origin) if hold.placed_at < known.polled_at < hold.over_at]
    quotas = [_with_holds(quota, holds) for quota in known.quotas]
    return tuple(_with_own(connection, quota, currency, now) for quota in quotas)


def told(outlook: Outlook, fault: str, now: int) -> Outlook:
    """The outlook with what the service itself says of its state, which no figure tells."""
    if not fault or outlook.quota.suspended:
        return outlook
    if fault in SIGNED_OUT:
        return replace(outlook, state=QuotaState.SIGNED_OUT)
    return replace(outlook, state=QuotaState.OFFLINE) if now - outlook.quota.as_of > OFFLINE_AFTER else outlook


def _with_holds(quota: Quota, holds: Iterable[PlacedHold]) -> Quota:
    """The quota with what of its figures is held for launches of this computer."""
    own = tuple(
        (hold.launch, hold.amount)
        for hold in holds
        if (quota.id in hold.quotas if hold.quotas else (hold.unit, hold.currency) == (quota.unit, quota.currency))
    )
    return replace(quota, held_for=own) if own else quota


def _with_own(connection: sqlite3.Connection, quota: Quota, currency: str, now: int) -> Quota:
    if not quota.coverage_chosen or quota.unit is not Unit.MONEY or quota.currency != currency:
        return quota
    own = spent(connection, max(quota.as_of, quota.period.start), now + 1, quota.covers)
    held = sum(amount for _, amount in quota.held_for)
    return replace(quota, not_billed=max(0, own.cost.total - held), unpriced_tokens=own.unpriced_tokens)
