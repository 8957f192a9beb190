"""The forecasts of launches that run, made anew from what their agents have cost so far."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable
from typing import TYPE_CHECKING

from taximeter.domain.launch import Spread, Wanted
from taximeter.domain.renewal import Spent, renewed
from taximeter.ledger.queries_launches import RunSpent, running_launch, spent_by_run
from taximeter.ledger.readmodels import Breakdown, LaunchRow, RunningSession, SessionRow

if TYPE_CHECKING:
    from taximeter.domain.experience import Experience


def with_launches(
    ledger: sqlite3.Connection, running: Iterable[RunningSession], experience: Experience, now: int
) -> tuple[RunningSession, ...]:
    """The sessions at work, each with its launch that runs; ``now`` is ms UTC.

    Where history tells nothing yet, a launch keeps only the range that was told.
    """
    return tuple(_with_launch(ledger, one, experience, now) for one in running)


def with_renewed(ledger: sqlite3.Connection, page: Breakdown, experience: Experience, now: int) -> Breakdown:
    """A session's page with the ranges of its launches that run as they are at ``now`` (ms UTC)."""
    return page._replace(
        launches=tuple(
            _renewed(ledger, page.session, one, experience, now) if one.going_on else one for one in page.launches
        )
    )


def _with_launch(
    ledger: sqlite3.Connection, running: RunningSession, experience: Experience, now: int
) -> RunningSession:
    session = running.session
    launch = running_launch(ledger, session.agent, session.id, now)
    if launch is None:
        return running
    return running._replace(launch=_renewed(ledger, session, launch, experience, now))


def _renewed(
    ledger: sqlite3.Connection, session: SessionRow, launch: LaunchRow, experience: Experience, now: int
) -> LaunchRow:
    if launch.actual is None:
        # Part of it has no price: a range from the rest would promise too little.
        return launch
    runs = spent_by_run(ledger, session.agent, launch, now)
    wanted = _wanted(session, launch)
    over, going = (
        [Spent(_kind_of(run, wanted), run.cost) for run in runs if run.goes_on is goes_on] for goes_on in (False, True)
    )
    return launch._replace(renewed=_range(renewed(experience, wanted, over, going).cost, launch))


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
