"""Taking the lease, opening the ledger for writing, and bringing it up to date with prices and zone."""

from __future__ import annotations

import contextlib
import os
import sqlite3
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import partial
from pathlib import Path

from taximeter.collect import indexing
from taximeter.collect.discovery import Source, load_bookmarks
from taximeter.collect.indexing import IndexReport, Report
from taximeter.domain.usage import Priced, Request
from taximeter.host.lease import try_acquire
from taximeter.host.paths import Paths, ensure_private
from taximeter.host.settings import Settings
from taximeter.ledger import rollup
from taximeter.ledger.opening import open_reading, open_writing
from taximeter.ledger.requests import price_unpriced
from taximeter.ledger.writer import Writer, book_row, transaction

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


@contextlib.contextmanager
def connection_for_writing(keeping: Keeping) -> Iterator[sqlite3.Connection | None]:
    """The lease and the ledger open for writing; None while another process holds the lease.

    Raises ``Trouble`` when the ledger cannot be used.
    """
    lease = try_acquire(keeping.paths.lease_file)
    if lease is None:
        yield None
        return
    try:
        ensure_private(keeping.paths.data)
        with contextlib.closing(open_writing(keeping.file)) as connection:
            yield connection
            connection.execute("PRAGMA optimize")
    finally:
        lease.release()


@contextlib.contextmanager
def writing(keeping: Keeping) -> Iterator[Writer | None]:
    """The ledger's writer, priced and cut into days as of now; None while another process writes.

    Raises ``Trouble`` when the ledger or a price file cannot be used.
    """
    with connection_for_writing(keeping) as connection:
        yield None if connection is None else _writer(keeping, connection)


def bring_up_to_date(keeping: Keeping, report: Report) -> IndexReport | None:
    """Take in what the logs have grown by; None when another process holds the lease.

    An unchanged ledger is not opened for writing, and its price book is not loaded.
    """
    sources = keeping.sources()
    bookmarks, current = {}, False
    if keeping.file.exists():
        with contextlib.closing(open_reading(keeping.file)) as connection:
            bookmarks = load_bookmarks(connection)
            current = _is_current(keeping, connection)
    work = indexing.find_unread(sources, bookmarks)
    if current and not work:
        return IndexReport(0, 0, 0, 0, 0)
    with writing(keeping) as writer:
        if writer is None:
            return None
        apply = partial(writer.apply, sums=False)
        done = indexing.index(work, keeping.now(), keeping.assumed, apply, report)
        writer.refresh_sums()
        return done


def _writer(keeping: Keeping, connection: sqlite3.Connection) -> Writer:
    from taximeter.collect.keptbooks import keep_book
    from taximeter.collect.pricebook import load_book

    book = load_book(keeping.paths, keeping.settings())
    price_of = book.price

    def price(request: Request) -> Priced:
        return price_of(request.model, request.at, request.tokens, request.marks, request.web_searches)

    entry = (book.id, book.as_of, book.currency)
    if not _is_current(keeping, connection):
        keep_book(keeping.paths, book)
        with transaction(connection):
            price_unpriced(connection, price, book_row(connection, entry))
            rollup.recut_days(connection, _zone(keeping))
            rollup.refresh(connection)
            connection.execute("INSERT OR REPLACE INTO meta VALUES ('prices', ?)", (_prices(keeping),))
    return Writer(connection, price, entry)


def _is_current(keeping: Keeping, connection: sqlite3.Connection) -> bool:
    """Whether days are cut in today's zone and everything was priced with the files that are in force."""
    wanted = {"zone": _zone(keeping), "prices": _prices(keeping)}
    kept = dict(connection.execute("SELECT name, value FROM meta WHERE name IN ('zone', 'prices')"))
    due = connection.execute("SELECT 1 FROM stale LIMIT 1").fetchone()
    return kept == wanted and due is None


def _zone(keeping: Keeping) -> str:
    return rollup.zone_signature(datetime.fromtimestamp(keeping.now() / 1000, UTC).year)


def _prices(keeping: Keeping) -> str:
    """What the price files are now, by size and time, so that they need not be read to know."""
    settings, paths = keeping.settings(), keeping.paths
    files = (paths.resources / "prices" / "table.json", paths.data / "prices" / "table.json",
             settings.company_prices, settings.user_prices)  # fmt: skip
    return repr([_seen(file) for file in files if file is not None])


def _seen(file: Path) -> tuple[str, int, int]:
    try:
        seen = os.stat(file)
    except OSError:
        return (os.fspath(file), 0, 0)
    return (os.fspath(file), seen.st_size, seen.st_mtime_ns)


def found_agents(sources: Sequence[Source]) -> tuple[str, ...]:
    """Ids of the agents whose log folders exist on this computer."""
    return tuple(source.agent.id for source in sources if any(os.path.isdir(folder) for folder in source.folders))
