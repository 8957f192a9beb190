"""What is known of the company's service, kept in the ledger, and its quotas with one's own spending on top."""

from __future__ import annotations

import logging
import sqlite3
from dataclasses import dataclass, replace
from functools import lru_cache

import msgspec

from taximeter.budget.contract import Cover, Source, state_of
from taximeter.budget.latest import Known
from taximeter.domain.quota import Coverage, Outlook, Quota, QuotaState, Unit
from taximeter.host.service_settings import ServiceSetting
from taximeter.ledger.queries_spending import spent
from taximeter.ledger.service_holds import PlacedHold, placed_holds
from taximeter.ledger.services import ServiceRow, service_row

log = logging.getLogger("taximeter.budget")

OFFLINE_AFTER = 15 * 60_000
"""A service that fails is told as offline once its figures are that old: a single failure is nobody's concern."""

_decoder = msgspec.json.Decoder(Known)


@lru_cache(maxsize=2)
def _known(written: bytes) -> Known:
    """What was kept; windows ask for it with each line that an agent writes, and it changes with each poll at most."""
    return _decoder.decode(written)


@dataclass(frozen=True, slots=True)
class Kept:
    """What is known, and how the polls went."""

    known: Known = Known()
    polled_at: int = 0
    """0 when it was never asked."""
    failures: int = 0


def recall(connection: sqlite3.Connection, origin: str) -> Kept:
    """What the ledger keeps of a service."""
    row = service_row(connection, origin)
    if row is None:
        return Kept()
    try:
        return Kept(_known(row.known), row.polled_at, row.failures)
    except (msgspec.DecodeError, UnicodeDecodeError) as error:
        # Another version wrote it: the next poll tells it anew.
        log.info("what was kept of the budget service cannot be read: %s", error)
        return Kept()


def row_of(kept: Kept) -> ServiceRow:
    """As the ledger keeps it."""
    return ServiceRow(msgspec.json.encode(kept.known), kept.polled_at, kept.failures)


def source_of(setting: ServiceSetting) -> Source:
    """Where a reading comes from, and what its quotas pay for."""
    coverage = Coverage(setting.agents, setting.projects, setting.models)
    return Source(setting.origin, Cover(coverage, setting.coverage_chosen))


def service_quotas(
    connection: sqlite3.Connection, origin: str, kept: Kept, currency: str, now: int
) -> tuple[Quota, ...]:
    """The last good quotas, with what this desktop spent since that the service cannot know yet.

    Nothing is taken off a quota of which nobody said what it pays for, nor off one in another unit or currency
    than the ledger's prices. What the service holds for launches of this computer is off its figures already:
    only spending beyond that is taken off as well.
    """
    holds = [hold for hold in placed_holds(connection, origin) if hold.placed_at < kept.polled_at < hold.over_at]
    quotas = [_with_holds(quota, holds) for quota in kept.known.quotas]
    return tuple(_with_own(connection, quota, currency, now) for quota in quotas)


def told(outlook: Outlook, known: Known, now: int) -> Outlook:
    """The outlook with what the service itself says of its state, which no figure tells."""
    if outlook.quota.suspended:
        return replace(outlook, state=QuotaState.SPENT)
    if known.failure is None:
        return outlook
    state = state_of(known.failure)
    if state is QuotaState.SIGNED_OUT or now - outlook.quota.as_of > OFFLINE_AFTER:
        return replace(outlook, state=state)
    return outlook


def _with_holds(quota: Quota, holds: list[PlacedHold]) -> Quota:
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
