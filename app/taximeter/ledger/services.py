"""What was last read from a budget service, kept so that it outlives a restart and every command can tell it."""

from __future__ import annotations

import sqlite3
from typing import NamedTuple


class ServiceRow(NamedTuple):
    """What is known of the service at one origin."""

    known: bytes
    """As ``budget.kept`` writes it; the ledger does not look inside."""
    polled_at: int
    """When it was last asked, well or not, ms UTC."""
    failures: int
    """Polls in a row that gave nothing; 0 after a good one."""


def put_service(connection: sqlite3.Connection, origin: str, row: ServiceRow) -> None:
    """Keep what is known after a poll, inside the caller's transaction."""
    connection.execute("INSERT OR REPLACE INTO service VALUES (?, ?, ?, ?)", (origin, *row))


def service_row(connection: sqlite3.Connection, origin: str) -> ServiceRow | None:
    """What is known of a service; None when it was never asked, or the ledger is of a version before there were any."""
    if connection.execute("SELECT 1 FROM sqlite_master WHERE name = 'service'").fetchone() is None:
        return None
    sql = "SELECT known, polled_at, failures FROM service WHERE origin = ?"
    found = connection.execute(sql, (origin,)).fetchone()
    return ServiceRow(*found) if found else None
