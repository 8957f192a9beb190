"""What the windows may ask of the company's service, in the running app: on a thread that waits for nothing else."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from contextlib import AbstractContextManager
from functools import partial
from typing import TypeVar

from taximeter.budget.errands import Errands
from taximeter.budget.poller import Ways
from taximeter.holds_desk import HoldsDesk
from taximeter.ui.company import Company

T = TypeVar("T")
Of = TypeVar("Of")


class CompanyDesk:
    """Owns the thread of errands; ``stop`` ends it, after the errand that is under way."""

    def __init__(
        self, reach: Ways, poll_now: Callable[[], None],
        reading: Callable[[], AbstractContextManager[sqlite3.Connection]],
    ) -> None:  # fmt: skip
        """``poll_now`` has the figures read anew, after something was changed; ``reading`` opens the ledger."""
        self._errands = Errands(reach.setting, reach, reach.recall, reach.now)
        self._poll_now = poll_now
        self._thread = ThreadPoolExecutor(1, "errands")
        self.holds = HoldsDesk(reach, self._errands, self._thread.submit, reading)

    def company(self) -> Company:
        """All that a person may ask by hand."""
        errands = self._errands
        return Company(
            submit=self._thread.submit,
            ask=partial(self._then_polled, errands.ask),
            withdraw=partial(self._then_polled, errands.withdraw),
            team=errands.team,
            mine=errands.mine,
            decide=lambda id, decision: self._then_polled(lambda of: errands.decide(of, decision), id),
        )

    def stop(self) -> None:
        """What waits is dropped; nobody is there to see it."""
        self._thread.shutdown(wait=True, cancel_futures=True)

    def _then_polled(self, errand: Callable[[Of], T], of: Of) -> T:
        found = errand(of)
        self._poll_now()
        return found
