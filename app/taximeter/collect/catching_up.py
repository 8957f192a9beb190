"""Bringing a ledger up to date at once, as every command does before it prints.

Mostly nothing is due, so what does the work is imported only when there is some.
"""

from __future__ import annotations

import contextlib
from functools import partial
from typing import TYPE_CHECKING

from taximeter.collect.discovery import find_unread
from taximeter.collect.keeping import Keeping, is_current
from taximeter.collect.reporting import NOTHING_NEW, IndexReport, Report
from taximeter.ledger.bookmarks import load_bookmarks
from taximeter.ledger.opening import is_made, open_reading, told_in_words

if TYPE_CHECKING:
    from taximeter.ledger.bookmarks import Bookmark


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
