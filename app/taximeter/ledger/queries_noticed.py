"""Many agents at once that no hook asked about: noticed after they began."""

from __future__ import annotations

import sqlite3
from collections import Counter, defaultdict
from collections.abc import Iterator
from typing import NamedTuple

from taximeter.domain.launch import Kind, Source
from taximeter.domain.usage import Pricing
from taximeter.ledger.queries_actual import matched_runs
from taximeter.ledger.queries_columns import one_moment
from taximeter.ledger.queries_questions import questions

AT_WORK_MS = 2 * 60_000
PACE_OVER_MS = 10 * 60_000
HOUR = 3_600_000
MANY = 5
FEW = 2
"""Below this a high cost an hour is one agent's, and no launch."""


class Noticed(NamedTuple):
    """Agents at work together that no question was asked about."""

    agent: str
    session: str
    """Empty when they are separate sessions of one project."""
    project: str
    agents: int
    started_at: int
    """When the first of those at work began."""
    cost: int
    """What they cost so far as booked, nano-units; unpriced requests are not in it."""
    cost_per_hour: int
    """At the pace of the last 10 minutes."""
    runs: tuple[str, ...]
    kinds: tuple[Kind, ...]


class _AtWork(NamedTuple):
    id: int
    name: str
    agent: str
    session: str
    project: str
    type: str
    model: str
    started_at: int
    main: bool


def noticed(connection: sqlite3.Connection, now: int, many: int = MANY, pace: int | None = None) -> tuple[Noticed, ...]:
    """Groups of at least ``many`` agents at work now that belong to no launch that was told before.

    At work is who had a request in the last 2 minutes. ``pace`` is a cost an hour from which on two
    agents are enough; None: how dear they are does not count. A group is the subagents of one session,
    or the sessions of one project.
    """
    with one_moment(connection):
        groups = _groups(connection, now)
        found = [_noticed(connection, group, now) for group in groups if len(group) >= FEW]
    dear = [one for one in found if one.agents >= many or (pace is not None and one.cost_per_hour >= pace)]
    return tuple(sorted(dear, key=lambda one: (-one.agents, one.agent, one.session, one.project)))


def _groups(connection: sqlite3.Connection, now: int) -> Iterator[list[_AtWork]]:
    of_session: dict[tuple[str, str], list[_AtWork]] = defaultdict(list)
    of_project: dict[tuple[str, str], list[_AtWork]] = defaultdict(list)
    for run in _at_work(connection, now):
        if run.main:
            of_project[run.agent, run.project].append(run)
        else:
            of_session[run.agent, run.session].append(run)
    for (agent, session), runs in of_session.items():
        told = matched_runs(connection, agent, session, now)
        yield [run for run in runs if run.name not in told]
    told = {call for row in questions(connection, 50) if row.source in {Source.LOOP, Source.SHELL}
            for call in row.calls}  # fmt: skip
    for runs in of_project.values():
        yield [run for run in runs if run.session not in told]


def _at_work(connection: sqlite3.Connection, now: int) -> list[_AtWork]:
    sql = """SELECT u.id, u.name, u.agent, s.name, s.project, u.type, coalesce((SELECT m.name FROM request q
          JOIN model m ON m.id = q.model_id WHERE q.run_id = u.id ORDER BY q.at DESC LIMIT 1), ''), u.started_at,
        u.kind = 'main'
      FROM session s CROSS JOIN run u ON u.session_id = s.id
      WHERE s.ended_at > ?1 AND s.requests > 0 AND u.ended_at > ?1 AND u.kind <> 'review' ORDER BY u.started_at, u.id"""
    return [_AtWork(*row) for row in connection.execute(sql, (now - AT_WORK_MS,))]


def _noticed(connection: sqlite3.Connection, runs: list[_AtWork], now: int) -> Noticed:
    cost = lately = 0
    for run in runs:
        parts = _cost(connection, run.id, now - PACE_OVER_MS)
        cost, lately = cost + parts[0], lately + parts[1]
    first = runs[0]
    counts = Counter((run.type, run.model) for run in runs)
    kinds = tuple(Kind(type, model, count) for (type, model), count in sorted(counts.items()))
    return Noticed(
        first.agent, "" if first.main else first.session, first.project, len(runs), first.started_at, cost,
        lately * HOUR // PACE_OVER_MS, tuple(run.name for run in runs), kinds,
    )  # fmt: skip


def _cost(connection: sqlite3.Connection, run: int, since: int) -> tuple[int, int]:
    """What a run cost, all of it and since a moment."""
    cost = "cost_input + cost_cache_read + cost_cache_write + cost_output + cost_fees"
    sql = f"""SELECT coalesce(sum({cost}), 0), coalesce(sum(CASE WHEN at > ? THEN {cost} END), 0)
      FROM request WHERE run_id = ? AND pricing <> {int(Pricing.UNPRICED)}"""
    whole, lately = connection.execute(sql, (since, run)).fetchone()
    return int(whole), int(lately)
