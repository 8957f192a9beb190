"""Sums made in passing, while a new ledger is filled: half the work of adding its rows up afterwards.

They are kept in memory by local day, run and model. A run one of whose rows changed is left to
``rollup``, which adds it up from the rows; so is everything else once there is too much to keep.
"""

from __future__ import annotations

import sqlite3
import time
from collections.abc import Collection, Iterable, Sequence

_QUARTER_MS = 900_000
"""No zone changes its offset by less than a quarter of an hour."""
_KEPT_AT_MOST = 20_000
"""Sums held in memory, about 20 MB."""
_UNPRICED = 2

_NAMES = ("run_id", "model_id", "fast", "day")
_COUNTED = (
    "requests", "input", "cache_read", "cache_write_5m", "cache_write_1h", "output", "reasoning", "cost_input",
    "cost_cache_read", "cost_cache_write", "cost_output", "cost_fees", "unpriced_tokens", "estimated", "unpriced",
    "floors",
)  # fmt: skip
_COLUMNS = (*_NAMES, "first_at", "last_at", *_COUNTED)

_MAKE = f"CREATE TEMP TABLE passing({', '.join(_COLUMNS)})"
_FILL = f"INSERT INTO passing VALUES ({', '.join('?' * len(_COLUMNS))})"
_DAYS = f"""INSERT INTO rollup(day, session_id, model_id, fast, first_at, last_at, {", ".join(_COUNTED)})
  SELECT day, session_id, model_id, fast, min(first_at), max(last_at), {", ".join(f"sum({one})" for one in _COUNTED)}
  FROM passing JOIN run ON run.id = run_id WHERE day IS NOT NULL AND session_id IN (SELECT session_id FROM stale)
    AND session_id NOT IN (SELECT session_id FROM passing JOIN run ON run.id = run_id WHERE day IS NULL)
  GROUP BY 1, 2, 3, 4"""

Row = tuple[object, ...]
_Name = tuple[int, int, int, str]


class _Days(dict[int, str]):
    """The local day of each quarter of an hour since the epoch, as SQLite's ``localtime`` tells it."""

    def __missing__(self, quarter: int) -> str:
        day = self[quarter] = time.strftime("%Y-%m-%d", time.localtime(quarter * _QUARTER_MS / 1000))
        return day


class Passing:
    """The sums of all rows that were inserted so far."""

    def __init__(self) -> None:
        self._sums: dict[_Name, Row] = {}
        self._changed = set[int]()
        self._days = _Days()

    @property
    def is_full(self) -> bool:
        """Whether there is too much to keep."""
        return len(self._sums) > _KEPT_AT_MOST

    def add(self, rows: Iterable[Sequence[int]], changed: Collection[int]) -> None:
        """Take in new rows, with the columns of ``requests.COLUMNS``, and the runs of rows that changed."""
        self._changed.update(changed)
        groups: dict[_Name, list[Sequence[int]]] = {}
        days = self._days
        for row in rows:
            name = (row[1], row[3], row[10] & 1, days[row[2] // _QUARTER_MS])
            group = groups.get(name)
            if group is None:
                groups[name] = [row]
            else:
                group.append(row)
        for name, group in groups.items():
            self._add(name, group)

    def _add(self, name: _Name, group: Sequence[Sequence[int]]) -> None:
        _, _, at, _, *tokens, marks, _, _, _, pricing, fresh, read, written, output, fees, _ = zip(*group, strict=True)
        unpriced = pricing.count(_UNPRICED)
        known = self._sums.get(name)
        sums = [len(group), *map(sum, tokens), *map(sum, (fresh, read, written, output, fees)),
                sum(sum(row[4:9]) for row in group if row[14] == _UNPRICED) if unpriced else 0,
                pricing.count(1), unpriced, sum(mark >> 5 & 1 for mark in marks)]  # fmt: skip
        first, last = min(at), max(at)
        if known is not None:
            first, last = min(first, known[0]), max(last, known[1])
            sums = [one + other for one, other in zip(sums, known[2:], strict=True)]
        self._sums[name] = (first, last, *sums)

    def write(self, connection: sqlite3.Connection) -> None:
        """Put the sums of sessions that are due, and are all known, into the rollup."""
        connection.execute(_MAKE)
        connection.executemany(_FILL, ((*name, *sums) for name, sums in self._sums.items()))
        connection.executemany("INSERT INTO passing(run_id) VALUES (?)", ((run,) for run in self._changed))
        connection.execute(_DAYS)
        connection.execute("DROP TABLE passing")
