"""What it takes to keep one ledger, and whether its prices and its days are those of now."""

from __future__ import annotations

import os
import sqlite3
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path

from taximeter.collect.profile_files import profile_files
from taximeter.collect.sources import Source
from taximeter.host.paths import Paths
from taximeter.host.settings import Settings
from taximeter.ledger.schema import VERSION

LEDGER = "ledger.sqlite3"

Stamp = tuple[str, int, int]
"""A file's path, size and time of its last change."""


@dataclass(frozen=True, slots=True)
class Keeping:
    """What is needed to keep one ledger: where it is, what prices it, and which logs feed it."""

    paths: Paths
    settings: Callable[[], Settings]
    sources: Callable[[], tuple[Source, ...]]
    now: Callable[[], int]

    @property
    def file(self) -> Path:
        """The ledger's database."""
        return self.paths.data / LEDGER

    @property
    def assumed(self) -> Mapping[str, str]:
        """By agent id, the model of requests whose log names none (x11)."""
        return {agent.id: agent.assume_model for agent in self.settings().agents if agent.assume_model}


def is_current(keeping: Keeping, connection: sqlite3.Connection) -> bool:
    """Whether it is of this version, days are cut in today's zone, sums are made, and prices are those in force."""
    wanted = {"zone": zone_now(keeping), "prices": prices_now(keeping)}
    kept = dict(connection.execute("SELECT name, value FROM meta WHERE name IN ('zone', 'prices')"))
    due = connection.execute("SELECT 1 FROM stale LIMIT 1").fetchone()
    (version,) = connection.execute("PRAGMA user_version").fetchone()
    return kept == wanted and due is None and version == VERSION


def in_force(keeping: Keeping) -> tuple[str, str]:
    """What the prices and the zone are now; with another one the ledger is opened for writing anew."""
    return prices_now(keeping), zone_now(keeping)


def zone_now(keeping: Keeping) -> str:
    """What the computer's zone does around this year."""
    from taximeter.ledger.zone import zone_signature

    return zone_signature(keeping.now())


def prices_now(keeping: Keeping) -> str:
    """What the price files are now, by size and time, so that they need not be read to know."""
    settings, paths = keeping.settings(), keeping.paths
    files = (paths.resources / "prices" / "table.json", paths.data / "prices" / "table.json",
             settings.company_prices, settings.user_prices)  # fmt: skip
    profiles = profile_files(paths.profile_folders)
    stamps: list[object] = [stamp_of(file) for file in files if file is not None]
    return repr([*stamps, *sorted(keeping.assumed.items()), *profiles])


def stamp_of(file: str | Path) -> Stamp:
    """What tells whether a file is another than before; zeros where there is none."""
    try:
        seen = os.stat(file)
    except OSError:
        return (os.fspath(file), 0, 0)
    return (os.fspath(file), seen.st_size, seen.st_mtime_ns)
