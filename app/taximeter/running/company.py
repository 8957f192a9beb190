"""What the windows may ask of the company's service, in the running app: on a thread that waits for nothing else."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable
from contextlib import AbstractContextManager
from functools import partial
from typing import TypeVar

from taximeter.budget.errands import Errands
from taximeter.budget.poller import Ways
from taximeter.host.apart import InOrder
from taximeter.running.holds import HoldsDesk
from taximeter.ui.company import Company

T = TypeVar("T")
Of = TypeVar("Of")
LAST_WORD_S = 2.0
"""A host's name that is looked up, or a keyring that is asked, cannot be hung up on."""


class CompanyDesk:
    """Owns the thread of errands; ``stop`` hangs up on the service and ends it."""

    def __init__(
        self, reach: Ways, poll_now: Callable[[], None],
        reading: Callable[[], AbstractContextManager[sqlite3.Connection]],
    ) -> None:  # fmt: skip
        """``poll_now`` has the figures read anew, after something was changed; ``reading`` opens the ledger."""
        self._errands = Errands(reach.setting, reach, reach.recall, reach.now)
        self._poll_now = poll_now
        self._thread = InOrder("errands")
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
        self._errands.ending.come()
        self._thread.stop(LAST_WORD_S)

    def _then_polled(self, errand: Callable[[Of], T], of: Of) -> T:
        found = errand(of)
        self._poll_now()
        return found
