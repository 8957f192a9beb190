"""What launches that were told before came to cost: the runs that belong to each, and how those stand."""

from __future__ import annotations

import sqlite3
from collections import defaultdict
from collections.abc import Iterable
from typing import NamedTuple

from taximeter.domain.launch import Kind, Level, Severity, Source, Spread, Verb
from taximeter.domain.usage import Pricing
from taximeter.ledger.queries_columns import one_moment
from taximeter.ledger.queries_questions import QuestionRow, questions, questions_of
from taximeter.ledger.queries_runs import LAST_MARKS, WITH_CALL, Standing, standing

LATEST_MS = 10 * 60_000
"""A run that begins later than this after the answer is not of that launch, where no log names its call."""
_PROCESSES = {Source.LOOP, Source.SHELL}


class Actual(NamedTuple):
    """What a launch came to, so far."""

    runs: tuple[str, ...]
    """The agents' own ids of the runs that were matched to it."""
    cost: int | None
    """As booked, nano-units; None while nothing ran, or when not all of it could be priced."""
    ended: int
    """How many of the runs are over, killed ones among them."""
    going_on: int
    killed: int


class Scored(NamedTuple):
    """A launch that ran as foreseen: all of it started and came to its end."""

    id: str
    agent: str
    kinds: tuple[Kind, ...]
    agents: int
    level: Level
    runs: int
    """How many earlier runs the forecast rested on."""
    range: Spread
    """As it was told, with what reading the results will take."""
    severity: Severity
    asked_at: int
    answer: Verb | None
    baseline: int | None
    actual: int
    """What the runs cost, without what reading their results took."""
    uncorrected: Spread | None
    """The range of the runs alone, before it was corrected by earlier ones; None where it was not kept."""
    reading: int

    @property
    def alone(self) -> Spread:
        """The range that was told for the runs alone: what ``actual`` is held against."""
        return Spread(*(max(0, end - self.reading) for end in self.range))


class _Run(NamedTuple):
    id: int
    name: str
    started_at: int
    calls: frozenset[str]
    """The names by which its call is known."""
    call_is_told: bool
    """Whether the log of who made the call was read."""
    standing: Standing


def actual(connection: sqlite3.Connection, row: QuestionRow, now: int) -> Actual:
    """What one launch came to so far."""
    return actuals(connection, (row,), now)[row.id]


def actuals(connection: sqlite3.Connection, rows: Iterable[QuestionRow], now: int) -> dict[str, Actual]:
    """What launches came to so far, by their question's id."""
    wanted: dict[tuple[str, str], list[str]] = defaultdict(list)
    for row in rows:
        wanted[row.agent, row.session].append(row.id)
    found: dict[str, Actual] = {}
    with one_moment(connection):
        for (agent, session), ids in wanted.items():
            matched = _matched(connection, agent, session, now)
            found |= {id: _actual(connection, matched[id]) for id in ids}
    return found


def matched_runs(connection: sqlite3.Connection, agent: str, session: str, now: int) -> set[str]:
    """The agents' own ids of the session's runs that belong to a launch that was told before."""
    return {run.name for runs in _matched(connection, agent, session, now).values() for run in runs}


def scored(connection: sqlite3.Connection, now: int, limit: int = 500) -> tuple[Scored, ...]:
    """Of the newest ``limit`` launches those that a forecast can be held against, oldest first.

    Left out are those that were stopped or are not over, those without a range, those of which a run was
    killed or could not be priced, and those of which not exactly as many were seen to start as foreseen.
    """
    rows = [row for row in questions(connection, limit) if row.launched and row.scored_forecast.cost is not None]
    known = actuals(connection, rows, now)
    return tuple(
        Scored(row.id, row.agent, row.kinds, row.launched, forecast.level, forecast.runs, forecast.cost, row.severity,
               row.asked_at, row.answer, row.baseline, cost, row.uncorrected, row.reading)
        for row in reversed(rows)
        if (cost := _final(row, known[row.id], now)) is not None
        and (forecast := row.scored_forecast).cost is not None
    )  # fmt: skip


def _final(row: QuestionRow, came_to: Actual, now: int) -> int | None:
    """The cost of a launch that is over; None when it is not, or when it cannot be held against the forecast."""
    over = now - max(row.asked_at, row.answered_at) > LATEST_MS and not came_to.going_on and not came_to.killed
    return came_to.cost if over and came_to.runs and len(came_to.runs) == row.launched else None


def _matched(connection: sqlite3.Connection, agent: str, session: str, now: int) -> dict[str, list[_Run]]:
    """The runs of each of a session's questions. No run belongs to two.

    A run belongs to the question that its call was told with. Where its log names no call, it belongs to
    the newest question that was asked before it began, has room, and was answered at most 10 minutes before.
    """
    rows = questions_of(connection, agent, session)
    free = {run.id: run for run in _runs(connection, "s.agent = ? AND s.name = ? AND u.kind = 'subagent'",
                                         (agent, session), now)}  # fmt: skip
    matched: dict[str, list[_Run]] = {}
    for row in rows:
        told = set(row.calls)
        matched[row.id] = [free.pop(run.id) for run in list(free.values()) if run.calls & told]
        if row.source in _PROCESSES:
            matched[row.id] += _of_processes(connection, agent, row.calls, now)
    for row in rows:
        if row.source not in _PROCESSES:
            matched[row.id] += [free.pop(run.id) for run in _by_time(row, len(matched[row.id]), free.values())]
    return matched


def _by_time(row: QuestionRow, matched: int, free: Iterable[_Run]) -> list[_Run]:
    """Which of the free runs began when this launch did; of a workflow nobody knows how many there are to be."""
    until = max(row.asked_at, row.answered_at) + LATEST_MS
    began = [run for run in free if row.asked_at <= run.started_at <= until and not (row.calls and run.call_is_told)]
    room = max(0, row.launched - matched) if row.source is Source.CALLS else len(began) * bool(row.launched)
    return sorted(began, key=lambda run: run.started_at)[:room]


def _of_processes(connection: sqlite3.Connection, agent: str, sessions: Iterable[str], now: int) -> list[_Run]:
    """All runs of sessions, each of which is a process of its own."""
    names = tuple(sessions)
    places = ", ".join("?" * len(names))
    return _runs(connection, f"s.agent = ? AND s.name IN ({places})", (agent, *names), now) if names else []


def _runs(connection: sqlite3.Connection, where: str, values: tuple[object, ...], now: int) -> list[_Run]:
    sql = f"""SELECT u.id, u.name, u.started_at, u.call, c.call, u.ended_at, {LAST_MARKS}, u.told_end, u.told_at
      FROM session s CROSS JOIN run u ON u.session_id = s.id {WITH_CALL}
      WHERE {where} AND u.ended_at > 0 ORDER BY u.started_at, u.id"""
    return [
        _Run(
            row[0],
            row[1],
            row[2],
            frozenset(filter(None, row[3:5])),
            bool(row[4]),
            standing(row[5], row[6], row[7], row[8], now),
        )
        for row in connection.execute(sql, values)
    ]


def _actual(connection: sqlite3.Connection, runs: list[_Run]) -> Actual:
    going_on = sum(run.standing is Standing.GOES_ON for run in runs)
    killed = sum(run.standing is Standing.KILLED for run in runs)
    names = tuple(run.name for run in runs)
    return Actual(names, _cost(connection, [run.id for run in runs]), len(runs) - going_on, going_on, killed)


def _cost(connection: sqlite3.Connection, runs: list[int]) -> int | None:
    """What runs cost as booked; None when there are none, or one holds a request without a price."""
    total = 0
    for run in runs:
        sql = f"""SELECT sum(cost_input + cost_cache_read + cost_cache_write + cost_output + cost_fees),
            sum(pricing = {int(Pricing.UNPRICED)}) FROM request WHERE run_id = ?"""
        cost, unpriced = connection.execute(sql, (run,)).fetchone()
        if cost is None or unpriced:
            return None
        total += cost
    return total if runs else None
