"""Opening the ledger for a command: brought up to date first, and as of when it tells."""

from __future__ import annotations

import sqlite3
import sys
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass

from taximeter.commands.desk import Desk
from taximeter.domain.quota import Outlook
from taximeter.host.trouble import Trouble
from taximeter.ledger.opening import is_made, told_in_words
from taximeter.ledger.queries_keeping import ledger_as_of, newest_book
from taximeter.ledger.readmodels import BookRow, IndexProgress


@dataclass(frozen=True, slots=True)
class OpenLedger:
    """A ledger that a command reads."""

    desk: Desk
    connection: sqlite3.Connection
    as_of: int
    """When the ledger agreed with the logs, ms UTC; 0 when it never did."""
    why_old: str
    """Why it was not brought up to date just now; empty when it was."""

    @property
    def book(self) -> BookRow:
        """The price book of the figures; the one in force where nothing was priced yet."""
        found = newest_book(self.connection)
        if found.id:
            return found
        book = self.desk.book()
        return BookRow(book.id, book.as_of, book.currency)

    @property
    def outlooks(self) -> tuple[Outlook, ...]:
        """All quotas, the binding one first."""
        return self.desk.judge(self.connection, self.as_of)


@contextmanager
def opened(desk: Desk, *, index: bool) -> Iterator[OpenLedger]:
    """The ledger for reading, with ``index`` brought up to date first.

    Raises ``Trouble`` when there is no ledger that can be read.
    """
    why_old = "" if index else "the logs were not read again"
    report = show_progress if sys.stderr.isatty() else say_nothing
    if index and desk.index(report) is None and not desk.in_touch():
        why_old = "another Taximeter is keeping it up to date"
    if not is_made(desk.ledger):
        raise Trouble("There is no ledger yet", "Make it with: taximeter index")
    with told_in_words(desk.ledger), closing(desk.read_ledger()) as connection:
        as_of = ledger_as_of(connection) if why_old else desk.now
        yield OpenLedger(desk, connection, as_of, why_old)


def show_progress(progress: IndexProgress) -> None:
    """One line on a terminal's standard error, written over itself."""
    share = 100 * progress.bytes_done // progress.bytes_total if progress.bytes_total else 100
    done = progress.files_done >= progress.files_total
    text = "" if done else f"Reading logs: {progress.files_done:,} of {progress.files_total:,} files, {share} %"
    print(f"\r{text:<60}", end="\r" if done else "", file=sys.stderr, flush=True)


def say_nothing(progress: IndexProgress) -> None:
    """Where standard error is not a terminal."""
