"""What is known of the company's service, kept in the ledger whole; ``shown`` reads of it what is shown."""

from __future__ import annotations

import logging
import sqlite3
from dataclasses import dataclass
from functools import lru_cache

import msgspec

from taximeter.budget.contract import Cover, Source
from taximeter.budget.latest import Known
from taximeter.domain.quota import Coverage
from taximeter.host.service_settings import ServiceSetting
from taximeter.ledger.services import ServiceRow, service_row

log = logging.getLogger("taximeter.budget")

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
