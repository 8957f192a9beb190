"""Requests into rows: new ones are priced and inserted, known ones are merged with what is there."""

from __future__ import annotations

import sqlite3
from collections.abc import Collection, Iterable, Mapping
from typing import Any, NamedTuple

from taximeter.domain.pricing import Price
from taximeter.domain.usage import Mark, Pricing, Request, Tokens, merge
from taximeter.ledger.passing import Passing

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

    sums: Passing | None
    """The sums of all requests, while they are known."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        self._keys: set[bytes] = set()
        self._complete = connection.execute("SELECT 1 FROM request LIMIT 1").fetchone() is None
        self.sums = Passing() if self._complete else None

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
    found: Iterable[Mapping[bytes, Request]],
    run_ids: Mapping[str, int],
    model_ids: Mapping[str, int],
    price: Price,
    book_id: int,
    seen: Seen,
) -> Counts:
    """Insert or merge what readings ``found`` (they may share keys) inside the caller's transaction."""
    incoming = _together(found)
    stored = _stored(connection, seen.among(incoming.keys()))
    changed, rows, runs = [], [], set[int]()
    for key, there in stored.items():
        merged = merge(there.request, incoming.pop(key))
        if merged != there.request:
            run_id = there.run_id if merged.run == there.request.run else run_ids[merged.run]
            model_id = there.model_id if merged.model == there.request.model else model_ids[merged.model]
            runs |= {there.run_id, run_id}
            changed.append(_row(merged, run_id, model_id, price, book_id))
    moved = runs.copy()
    for request in incoming.values():
        run_id = run_ids[request[1]]
        runs.add(run_id)
        rows.append(_row(request, run_id, model_ids[request[3]], price, book_id))
    connection.executemany(_INSERT, changed)
    connection.executemany(_INSERT, rows)
    if seen.sums is not None:
        seen.sums.add(rows, moved)
        seen.sums = None if seen.sums.is_full else seen.sums
    return Counts(len(incoming), _sessions_of(connection, runs))


def _together(found: Iterable[Mapping[bytes, Request]]) -> dict[bytes, Request]:
    """All requests, those of one key merged."""
    all_of_them: dict[bytes, Request] = {}
    for requests in found:
        if all_of_them.keys().isdisjoint(requests.keys()):
            all_of_them.update(requests)
            continue
        for key, request in requests.items():
            known = all_of_them.setdefault(key, request)
            if known is not request:
                all_of_them[key] = merge(known, request)
    return all_of_them


class _Stored(NamedTuple):
    request: Request
    run_id: int
    model_id: int


def _row(request: Request, run_id: int, model_id: int, price: Price, book_id: int) -> tuple[Any, ...]:
    key, _, at, model, tokens, marks, searches, claimed, claim = request
    pricing, cost = price(model, at, tokens, marks, searches)
    # The module asks bytes, and not a bytearray, how they want to be adapted, for longer than it takes to store them.
    name = bytearray(key)
    return (name, run_id, at, model_id, *tokens, marks, searches, claimed, claim, int(pricing), *cost, book_id)


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
    price: Price,
    book_id: int,
    assumed: Mapping[str, str],
) -> int:
    """Price what no book knew before; returns how many got a price. Their sessions' sums become due.

    ``assumed`` names, by agent id, the model of requests whose log named none (x11).
    """
    query = """SELECT key, at, model.name, input, cache_read, cache_write_5m, cache_write_1h, output, reasoning, marks,
      web_searches, session_id, run.agent
      FROM request JOIN run ON run.id = run_id JOIN model ON model.id = model_id WHERE pricing = 2"""
    updates, sessions = [], set[int]()
    for row in connection.execute(query):
        model, marks = row[2], row[9]
        if not model and row[12] in assumed:
            model, marks = assumed[row[12]], marks | Mark.MODEL_ASSUMED
        priced = price(model, row[1], Tokens(*row[3:9]), marks, row[10])
        if priced.pricing is not Pricing.UNPRICED:
            updates.append((int(priced.pricing), *priced.cost, book_id, int(marks), model, row[0]))
            sessions.add(row[11])
    connection.executemany("INSERT OR IGNORE INTO model(name) VALUES (?)", {(update[-2],) for update in updates})
    connection.executemany(
        """UPDATE request SET pricing = ?, cost_input = ?, cost_cache_read = ?, cost_cache_write = ?, cost_output = ?,
        cost_fees = ?, book_id = ?, marks = ?, model_id = (SELECT id FROM model WHERE name = ?) WHERE key = ?""",
        updates,
    )
    connection.executemany("INSERT OR IGNORE INTO stale VALUES (?)", ((session,) for session in sessions))
    return len(updates)
