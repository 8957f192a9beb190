"""The forecasts of launches that run, made anew from what their agents have cost so far."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable
from math import log
from typing import TYPE_CHECKING

from taximeter.domain.launch import Spread, Wanted
from taximeter.domain.renewal import Spent, renewed
from taximeter.ledger.queries_launches import RunSpent, running_launch, spent_by_run
from taximeter.ledger.readmodels import Breakdown, LaunchRow, RunningSession, SessionRow

if TYPE_CHECKING:
    from taximeter.domain.experience import Experience


class Renewals:
    """Remembers the ranges that it made: a large launch takes tens of milliseconds, and changes every few seconds.

    One is made anew as agents start and end, as the cost grows by a twentieth, and when history was read again.
    """

    def __init__(self) -> None:
        self._known: dict[str, tuple[tuple[int, ...], Spread | None]] = {}

    def of_running(
        self, ledger: sqlite3.Connection, running: Iterable[RunningSession], experience: Experience, now: int
    ) -> tuple[RunningSession, ...]:
        """The sessions at work, each with its launch that runs; ``now`` is ms UTC.

        Where history tells nothing yet, a launch keeps only the range that was told.
        """
        found = []
        for one in running:
            session = one.session
            launch = running_launch(ledger, session.agent, session.id, now)
            renewed = None if launch is None else self._renewed(ledger, session, launch, experience, now)
            found.append(one._replace(launch=renewed))
        self._known = {id: known for id, known in self._known.items() if any(_is(one, id) for one in found)}
        return tuple(found)

    def of_page(self, ledger: sqlite3.Connection, page: Breakdown, experience: Experience, now: int) -> Breakdown:
        """A session's page with the ranges of its launches that run as they are at ``now`` (ms UTC)."""
        return page._replace(
            launches=tuple(
                self._renewed(ledger, page.session, one, experience, now) if one.going_on else one
                for one in page.launches
            )
        )

    def _renewed(
        self, ledger: sqlite3.Connection, session: SessionRow, launch: LaunchRow, experience: Experience, now: int
    ) -> LaunchRow:
        if not launch.actual:
            # Part of it has no price: a range from the rest would promise too little.
            return launch
        state = (launch.runs, launch.going_on, round(log(launch.actual) * 20), experience.learnt_at)
        known = self._known.get(launch.id)
        if known is None or known[0] != state:
            known = self._known[launch.id] = state, _made_anew(ledger, session, launch, experience, now)
        return launch._replace(renewed=_range(known[1], launch))


def _is(running: RunningSession, id: str) -> bool:
    return running.launch is not None and running.launch.id == id


def _made_anew(
    ledger: sqlite3.Connection, session: SessionRow, launch: LaunchRow, experience: Experience, now: int
) -> Spread | None:
    runs = spent_by_run(ledger, session.agent, launch, now)
    wanted = _wanted(session, launch)
    over, going = (
        [Spent(_kind_of(run, wanted), run.cost) for run in runs if run.goes_on is goes_on] for goes_on in (False, True)
    )
    return renewed(experience, wanted, over, going).cost


def _range(cost: Spread | None, launch: LaunchRow) -> Spread | None:
    """What is shown must hold what was spent already, whatever history would say."""
    return None if cost is None else Spread(*(max(end, launch.actual or 0) for end in cost))


def _wanted(session: SessionRow, launch: LaunchRow) -> list[Wanted]:
    """The agents that might start, in the order in which they were held; the floor is what is spent."""
    left, wanted = launch.launched, []
    for kind in launch.kinds:
        count = min(kind.count, left)
        left -= count
        reading = launch.reading // launch.launched
        wanted.append(Wanted(session.agent, kind.type, kind.model, session.project, count, 0, reading))
    return wanted


def _kind_of(run: RunSpent, wanted: list[Wanted]) -> int:
    """Which of the kinds a run is: by its type and model as far as they are told alike, else the first."""
    places = range(len(wanted))
    return max(places, key=lambda at: (wanted[at].type == run.type, wanted[at].model == run.model, -at), default=0)
