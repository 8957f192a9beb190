"""Keeping one ledger in step with the logs, the prices and the zone: whether anything is due, and doing it.

Every command asks whether something is due, so what does the work is imported only when there is some.
"""

from __future__ import annotations

import contextlib
import os
import sqlite3
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from taximeter.collect.discovery import find_unread
from taximeter.collect.reporting import NOTHING_NEW, IndexReport, Report
from taximeter.collect.sources import Source
from taximeter.host.paths import Paths
from taximeter.host.settings import Settings
from taximeter.ledger.bookmarks import load_bookmarks
from taximeter.ledger.opening import is_made, open_reading, told_in_words

if TYPE_CHECKING:
    from taximeter.ledger.bookmarks import Bookmark

LEDGER = "ledger.sqlite3"


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


def bring_up_to_date(keeping: Keeping, report: Report) -> IndexReport | None:
    """Take in what the logs have grown by; None when another process holds the lease.

    An unchanged ledger is not opened for writing, and its price book is not loaded.
    """
    bookmarks: dict[str, Bookmark] = {}
    current = False
    if is_made(keeping.file):
        with told_in_words(keeping.file), contextlib.closing(open_reading(keeping.file)) as connection:
            bookmarks = load_bookmarks(connection)
            current = is_current(keeping, connection)
    work = find_unread(keeping.sources(), bookmarks)
    if current and not work:
        return NOTHING_NEW
    from taximeter.collect.indexing import index
    from taximeter.collect.writing import writing

    with writing(keeping) as writer:
        if writer is None:
            return None
        done = index(work, keeping.now(), keeping.assumed, partial(writer.apply, sums=False), report)
        writer.refresh_sums()
        return done


def is_current(keeping: Keeping, connection: sqlite3.Connection) -> bool:
    """Whether days are cut in today's zone, sums are made, and all is priced with the files in force."""
    wanted = {"zone": zone_now(keeping), "prices": prices_now(keeping)}
    kept = dict(connection.execute("SELECT name, value FROM meta WHERE name IN ('zone', 'prices')"))
    due = connection.execute("SELECT 1 FROM stale LIMIT 1").fetchone()
    return kept == wanted and due is None


def zone_now(keeping: Keeping) -> str:
    """What the computer's zone does around this year."""
    from taximeter.ledger.zone import zone_signature

    return zone_signature(keeping.now())


def prices_now(keeping: Keeping) -> str:
    """What the price files are now, by size and time, so that they need not be read to know."""
    settings, paths = keeping.settings(), keeping.paths
    files = (paths.resources / "prices" / "table.json", paths.data / "prices" / "table.json",
             settings.company_prices, settings.user_prices)  # fmt: skip
    return repr([_seen(file) for file in files if file is not None] + sorted(keeping.assumed.items()))


def _seen(file: Path) -> tuple[str, int, int]:
    try:
        seen = os.stat(file)
    except OSError:
        return (os.fspath(file), 0, 0)
    return (os.fspath(file), seen.st_size, seen.st_mtime_ns)
