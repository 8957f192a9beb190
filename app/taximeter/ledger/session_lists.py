"""Lists of sessions whose totals are summed once: in another order the same sessions come to the same."""

from __future__ import annotations

import sqlite3
from dataclasses import replace

from taximeter.domain.usage import Totals
from taximeter.ledger.queries_sessions import session_page
from taximeter.ledger.readmodels import SessionFilter, SessionPage


class SessionLists:
    """Pages for one window. Summing 100,000 sessions takes longer than sorting them."""

    def __init__(self) -> None:
        self._changes = 0
        self._summed: tuple[int, SessionFilter, tuple[Totals, int]] | None = None

    def forget(self) -> None:
        """The ledger has changed; from any thread."""
        self._changes += 1

    def page(
        self, ledger: sqlite3.Connection, filter: SessionFilter, after: tuple[object, ...] | None, limit: int
    ) -> SessionPage:
        """As ``session_page``."""
        changes, which, summed = self._changes, replace(filter, order=""), self._summed
        known = summed[2] if summed is not None and summed[:2] == (changes, which) else None
        page = session_page(ledger, filter, after, limit, known)
        if after is None:
            self._summed = changes, which, (page.totals, page.count)
        return page
