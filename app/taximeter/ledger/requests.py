"""Requests into rows: new ones are priced and inserted, known ones are merged with what is there."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from typing import NamedTuple

from taximeter.domain.usage import Mark, Priced, Pricing, Request, Tokens, merge

COLUMNS = (
    "key, run_id, at, model_id, input, cache_read, cache_write_5m, cache_write_1h, output, reasoning, marks, "
    "web_searches, claimed_cost, claim, pricing, cost_input, cost_cache_read, cost_cache_write, cost_output, "
    "cost_fees, book_id"
)
_INSERT = f"INSERT OR REPLACE INTO request({COLUMNS}) VALUES ({', '.join('?' * 21)})"
_LOOK_UP = 500
"""Keys asked for in one query; SQLite allows 999 parameters in old builds."""
_SEEN_AT_MOST = 200_000
"""Keys held in memory, about 20 MB."""


class Seen:
    """The keys of all requests, while a new ledger is small: what is not among them need not be looked up."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        self._keys: set[bytes] = set()
        self._complete = connection.execute("SELECT 1 FROM request LIMIT 1").fetchone() is None

    def among(self, keys: Collection[bytes]) -> Collection[bytes]:
        """Those of ``keys`` that may be stored; notes them all."""
        if not self._complete:
            return keys
        old = self._keys.intersection(keys)
        self._keys.update(keys)
        if len(self._keys) > _SEEN_AT_MOST:
            self._complete, self._keys = False, set()
        return old


class Counts(NamedTuple):
    """What an insertion changed."""

    inserted: int
    sessions: set[int]


def insert_requests(
    connection: sqlite3.Connection,
    requests: Sequence[Request],
    run_ids: Mapping[str, int],
    model_ids: Mapping[str, int],
    price: Callable[[Request], Priced],
    book_id: int,
    seen: Seen,
) -> Counts:
    """Insert or merge ``requests`` (which may repeat a key) inside the caller's transaction."""
    incoming: dict[bytes, Request] = {}
    for request in requests:
        known = incoming.get(request.key)
        incoming[request.key] = request if known is None else merge(known, request)
    stored = _stored(connection, seen.among(incoming.keys()))
    rows, runs = [], set[int]()
    for key, request in incoming.items():
        there = stored.get(key)
        if there is None:
            run_id, model_id = run_ids[request.run], model_ids[request.model]
        else:
            merged = merge(there.request, request)
            if merged == there.request:
                continue
            runs.add(there.run_id)
            run_id = there.run_id if merged.run == there.request.run else run_ids[merged.run]
            model_id = there.model_id if merged.model == there.request.model else model_ids[merged.model]
            request = merged  # noqa: PLW2901 (the request that will be stored)
        runs.add(run_id)
        rows.append(_row(request, run_id, model_id, price(request), book_id))
    connection.executemany(_INSERT, rows)
    return Counts(len(incoming) - len(stored), _sessions_of(connection, runs))


class _Stored(NamedTuple):
    request: Request
    run_id: int
    model_id: int


def _row(request: Request, run_id: int, model_id: int, priced: Priced, book_id: int) -> tuple[object, ...]:
    key, _, at, _, tokens, marks, searches, claimed, claim = request
    pricing, cost = priced
    return (key, run_id, at, model_id, *tokens, marks, searches, claimed, claim, int(pricing), *cost, book_id)


def _stored(connection: sqlite3.Connection, keys: Iterable[bytes]) -> dict[bytes, _Stored]:
    wanted = list(keys)
    found: dict[bytes, _Stored] = {}
    for start in range(0, len(wanted), _LOOK_UP):
        part = wanted[start : start + _LOOK_UP]
        query = f"""SELECT key, run.name, at, model.name, input, cache_read, cache_write_5m, cache_write_1h, output,
          reasoning, marks, web_searches, claimed_cost, claim, run_id, model_id
          FROM request JOIN run ON run.id = run_id JOIN model ON model.id = model_id
          WHERE key IN ({", ".join("?" * len(part))})"""
        for row in connection.execute(query, part):
            request = Request(row[0], row[1], row[2], row[3], Tokens(*row[4:10]), *row[10:14])
            found[request.key] = _Stored(request, row[14], row[15])
    return found


def _sessions_of(connection: sqlite3.Connection, runs: set[int]) -> set[int]:
    sessions = set[int]()
    wanted = list(runs)
    for start in range(0, len(wanted), _LOOK_UP):
        part = wanted[start : start + _LOOK_UP]
        query = f"SELECT DISTINCT session_id FROM run WHERE id IN ({', '.join('?' * len(part))})"
        sessions.update(row[0] for row in connection.execute(query, part))
    return sessions


def price_unpriced(
    connection: sqlite3.Connection,
    price: Callable[[Request], Priced],
    book_id: int,
    assumed: Mapping[str, str],
) -> int:
    """Price what no book knew before; returns how many got a price. Their sessions' sums become due.

    ``assumed`` names, by agent id, the model of requests whose log named none (x11).
    """
    query = """SELECT key, run.name, at, model.name, input, cache_read, cache_write_5m, cache_write_1h, output,
      reasoning, marks, web_searches, claimed_cost, claim, session_id, run.agent
      FROM request JOIN run ON run.id = run_id JOIN model ON model.id = model_id WHERE pricing = 2"""
    updates, sessions = [], set[int]()
    for row in connection.execute(query):
        model, marks = row[3], row[10]
        if not model and row[15] in assumed:
            model, marks = assumed[row[15]], marks | Mark.MODEL_ASSUMED
        priced = price(Request(row[0], row[1], row[2], model, Tokens(*row[4:10]), marks, *row[11:14]))
        if priced.pricing is not Pricing.UNPRICED:
            updates.append((int(priced.pricing), *priced.cost, book_id, int(marks), model, row[0]))
            sessions.add(row[14])
    connection.executemany("INSERT OR IGNORE INTO model(name) VALUES (?)", {(update[-2],) for update in updates})
    connection.executemany(
        """UPDATE request SET pricing = ?, cost_input = ?, cost_cache_read = ?, cost_cache_write = ?, cost_output = ?,
        cost_fees = ?, book_id = ?, marks = ?, model_id = (SELECT id FROM model WHERE name = ?) WHERE key = ?""",
        updates,
    )
    connection.executemany("INSERT OR IGNORE INTO stale VALUES (?)", ((session,) for session in sessions))
    return len(updates)
