"""Taking the lease and opening the ledger for writing, with its prices and its days as of now."""

from __future__ import annotations

import contextlib
import sqlite3
from collections.abc import Iterator

from taximeter.collect.keeping import Keeping, is_current, prices_now, zone_now
from taximeter.collect.keptbooks import keep_book
from taximeter.collect.pricebook import load_book
from taximeter.host.lease import try_acquire
from taximeter.host.paths import ensure_private
from taximeter.ledger import rollup
from taximeter.ledger.opening import open_writing, told_in_words
from taximeter.ledger.requests import price_unpriced
from taximeter.ledger.writer import Writer, book_row, transaction


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
        with told_in_words(keeping.file), contextlib.closing(open_writing(keeping.file)) as connection:
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


def _writer(keeping: Keeping, connection: sqlite3.Connection) -> Writer:
    book = load_book(keeping.paths, keeping.settings())
    entry = (book.id, book.as_of, book.currency)
    if not is_current(keeping, connection):
        keep_book(keeping.paths, book)
        with transaction(connection):
            price_unpriced(connection, book.price, book_row(connection, entry), keeping.assumed)
            rollup.recut_days(connection, zone_now(keeping))
            rollup.refresh(connection)
            kept = (("prices", prices_now(keeping)), ("book", book.id))
            connection.executemany("INSERT OR REPLACE INTO meta VALUES (?, ?)", kept)
    return Writer(connection, book.price, entry)
