"""What a company's service was asked to set aside for launches of this computer, until no figure of it holds it."""

from __future__ import annotations

import json
import sqlite3
from typing import NamedTuple

_PLACED, _TROUBLE = "service_holds", "service_hold_trouble"
KEPT_MS = 24 * 3_600_000
"""So long after its end a hold is forgotten: by then no figure holds it any more."""


class PlacedHold(NamedTuple):
    """A hold that the service granted. The amount is in its unit's smallest parts, times are ms UTC."""

    launch: str
    """The id of the question about it."""
    origin: str
    """Of the service."""
    id: str
    """The service's own."""
    unit: str
    currency: str
    amount: int
    quotas: tuple[str, ...]
    """The ids of the quotas that it lowers; empty where the service does not tell: then all of its unit."""
    placed_at: int
    ends_at: int
    settled_at: int = 0
    """0 while it is open."""

    @property
    def over_at(self) -> int:
        """From when on the service's figures hold it no more."""
        return self.settled_at or self.ends_at


def placed_holds(connection: sqlite3.Connection, origin: str) -> tuple[PlacedHold, ...]:
    """The holds of a service that were placed in the last day or so, over ones among them."""
    return tuple(hold for hold in _all(connection) if hold.origin == origin)


def put_placed(connection: sqlite3.Connection, hold: PlacedHold, now: int) -> None:
    """Keep a hold, or what became of it, inside the caller's transaction; ``now`` is ms UTC."""
    others = [one for one in _all(connection) if one.launch != hold.launch and now - one.over_at < KEPT_MS]
    connection.execute("INSERT OR REPLACE INTO meta VALUES (?, ?)", (_PLACED, json.dumps([*others, hold])))
    connection.execute("DELETE FROM meta WHERE name = ?", (_TROUBLE,))


def put_hold_trouble(connection: sqlite3.Connection, at: int, why: str) -> None:
    """Note why the newest hold was not placed or settled, for the doctor's report."""
    connection.execute("INSERT OR REPLACE INTO meta VALUES (?, ?)", (_TROUBLE, json.dumps([at, why])))


def hold_trouble(connection: sqlite3.Connection) -> tuple[int, str] | None:
    """When and why the newest hold failed; None when all went well."""
    row = connection.execute("SELECT value FROM meta WHERE name = ?", (_TROUBLE,)).fetchone()
    return None if row is None else (int(json.loads(row[0])[0]), str(json.loads(row[0])[1]))


def _all(connection: sqlite3.Connection) -> list[PlacedHold]:
    row = connection.execute("SELECT value FROM meta WHERE name = ?", (_PLACED,)).fetchone()
    found = [PlacedHold(*hold) for hold in json.loads(row[0])] if row else []
    return [hold._replace(quotas=tuple(hold.quotas)) for hold in found]
