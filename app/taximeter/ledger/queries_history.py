"""Earlier runs as a forecast looks at them: what each would cost at today's prices, and what it was started with.

Each request is priced by itself, since a long prompt has a price of its own; sums would change that.
"""

from __future__ import annotations

import sqlite3
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import groupby
from operator import itemgetter
from typing import Any, NamedTuple

from taximeter.domain.launch import Observation
from taximeter.domain.usage import Priced, Pricing, RunKind, Tokens
from taximeter.ledger.queries_columns import one_moment
from taximeter.ledger.queries_runs import LAUNCH, QUIET_MS, WITH_CALL, Standing, launches_by_time, standing

DAY = 86_400_000
HISTORY_DAYS = 180
OWN_DAYS = 60
RUNS = 3_000
MAIN = "main"
"""The type under which sessions of their own are observed."""

Price = Callable[[str, int, Tokens, int, int], Priced]
"""(model, time, tokens, marks, web searches) -> cost; ``PriceBook.price``."""

_TOGETHER = 400
"""Runs whose requests are read at once."""


class Came(NamedTuple):
    """What a run came to."""

    cost: int
    model: str
    """The one that did most of it."""
    last_marks: int


Memory = dict[int, tuple[int, Came | None]]
"""By a run's row, when it ended and what it came to (None without a price), so that it is priced once."""


def observations(
    connection: sqlite3.Connection, now: int, price: Price, runs: int = RUNS, memory: Memory | None = None
) -> tuple[Observation, ...]:
    """The newest runs of the last 180 days: at most ``runs`` of subagents, then at most a third as many main ones.

    Newest first within each. A run that holds a request without a price is left out, and so are reviews
    that nobody asked for. A fork's replayed history is its parent's and is not in it.

    ``memory`` is the caller's to keep from call to call, and to drop when the price book or the day is
    another; runs that are quiet are then not priced again.
    """
    since = now - HISTORY_DAYS * DAY
    with one_moment(connection):
        found = _newest(connection, RunKind.SUBAGENT, since, runs) + _newest(connection, RunKind.MAIN, since, runs // 3)
        known = _still_known(found, memory or {}, now)
        costs = known | _costs(connection, [run[0] for run in found if run[0] not in known], price, now)
    if memory is not None:
        memory.clear()
        memory.update((run[0], (run[6], costs[run[0]])) for run in found)
    by_time = launches_by_time((run[0], run[4], run[5]) for run in found if not run[8] and run[4])
    return tuple(_observation(run, came, by_time, now) for run in found if (came := costs[run[0]]) is not None)


def own_launches(seen: Iterable[Observation], now: int) -> tuple[int, ...]:
    """What one's own launches of subagents of the last 60 days cost, newest first; a run of its own is one, too.

    Left out are those that go on, and those that were killed: they would have cost more.
    """
    costs: dict[str, int] = defaultdict(int)
    unfinished = set[str]()
    for number, run in enumerate(seen):
        if run.type == MAIN or run.at < now - OWN_DAYS * DAY:
            continue
        launch = f"{run.agent} {run.launch}" if run.launch else str(number)
        costs[launch] += run.cost
        if run.censored:
            unfinished.add(launch)
    return tuple(cost for launch, cost in costs.items() if launch not in unfinished)


def preambles(connection: sqlite3.Connection, now: int) -> dict[str, int]:
    """By agent, a low tenth of the tokens that its subagents were started with (60 days): what each costs at least."""
    prompt = "input + cache_read + cache_write_5m + cache_write_1h"
    return {agent: sizes[len(sizes) // 10] for agent, sizes in _of_one_request(connection, now, prompt, "ASC")}


def result_sizes(connection: sqlite3.Connection, now: int) -> dict[str, int]:
    """By agent, the middle of the tokens of its subagents' last answers (60 days), which their starter reads."""
    return {agent: sizes[len(sizes) // 2] for agent, sizes in _of_one_request(connection, now, "output", "DESC")}


def _newest(connection: sqlite3.Connection, kind: RunKind, since: int, limit: int) -> list[Sequence[Any]]:
    sql = f"""SELECT u.id, u.agent, u.type, s.project, u.parent, u.started_at, u.ended_at, u.kind, {LAUNCH}, u.told_end,
        u.told_at
      FROM run u JOIN session s ON s.id = u.session_id {WITH_CALL}
      WHERE u.started_at >= ? AND u.kind = ? ORDER BY u.started_at DESC, u.id DESC LIMIT ?"""
    return connection.execute(sql, (since, kind, limit)).fetchall()


def _still_known(runs: Iterable[Sequence[Any]], memory: Memory, now: int) -> dict[int, Came | None]:
    known = {}
    for run in runs:
        ended_at, came = memory.get(run[0], (0, None))
        if ended_at == run[6] and now - ended_at > QUIET_MS:
            known[run[0]] = came
    return known


def _costs(connection: sqlite3.Connection, runs: Sequence[int], price: Price, now: int) -> dict[int, Came | None]:
    """What each run came to at the prices of ``now``."""
    names = dict(connection.execute("SELECT id, name FROM model"))
    found: dict[int, Came | None] = dict.fromkeys(runs)
    for start in range(0, len(runs), _TOGETHER):
        part = runs[start : start + _TOGETHER]
        sql = f"""SELECT run_id, model_id, input, cache_read, cache_write_5m, cache_write_1h, output, reasoning, marks,
            web_searches FROM request WHERE run_id IN ({", ".join("?" * len(part))}) ORDER BY run_id, at"""
        for run, requests in groupby(connection.execute(sql, part), itemgetter(0)):
            found[run] = _came(requests, names, price, now)
    return found


def _came(requests: Iterable[Sequence[Any]], names: dict[int, str], price: Price, now: int) -> Came | None:
    """The sum over a run's requests; None when one has no price."""
    total, marks = 0, 0
    tokens_of: dict[int, int] = defaultdict(int)
    for row in requests:
        model, marks = row[1], row[8]
        tokens = Tokens._make(row[2:8])
        pricing, cost = price(names[model], now, tokens, marks, row[9])
        if pricing is Pricing.UNPRICED:
            return None
        total += sum(cost)
        tokens_of[model] += row[2] + row[3] + row[4] + row[5] + row[6]
    most = max(tokens_of, key=lambda model: (tokens_of[model], names[model]))
    return Came(total, names[most], marks)


def _observation(run: Sequence[Any], came: Came, by_time: dict[int, str], now: int) -> Observation:
    id, agent, type, project, _, started, ended, kind, launch, told_end, told_at = run
    main = kind == RunKind.MAIN
    together = "" if main else launch or by_time.get(id, "")
    censored = standing(ended, came.last_marks, told_end, told_at, now) is not Standing.FINISHED
    return Observation(agent, MAIN if main else type, came.model, project, started, came.cost, censored, together)


def _of_one_request(
    connection: sqlite3.Connection, now: int, figure: str, order: str
) -> Iterator[tuple[str, list[int]]]:
    """By agent, a figure of the first or the last request of its subagents' newest runs, ascending."""
    sql = f"""SELECT u.agent, (SELECT {figure} FROM request WHERE run_id = u.id ORDER BY at {order} LIMIT 1)
      FROM run u WHERE u.started_at >= ? AND u.kind = ? ORDER BY u.started_at DESC LIMIT ?"""
    sizes: dict[str, list[int]] = defaultdict(list)
    for agent, size in connection.execute(sql, (now - OWN_DAYS * DAY, RunKind.SUBAGENT, RUNS)):
        if size is not None:
            sizes[agent].append(size)
    return ((agent, sorted(found)) for agent, found in sizes.items())
