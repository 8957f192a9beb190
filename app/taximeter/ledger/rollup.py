"""The sums that make ten years fast: by local day, session and model, and on each session's row.

Days are local: the zone they were cut in stands in ``meta`` and a change of it cuts them anew.
"""

from __future__ import annotations

import sqlite3

from taximeter.ledger.passing import Passing

_SUMS = """count(*), sum(input), sum(cache_read), sum(cache_write_5m), sum(cache_write_1h), sum(output), sum(reasoning),
  sum(cost_input), sum(cost_cache_read), sum(cost_cache_write), sum(cost_output), sum(cost_fees),
  sum(CASE pricing WHEN 2 THEN input + cache_read + cache_write_5m + cache_write_1h + output ELSE 0 END),
  sum(pricing = 1), sum(pricing = 2), sum((marks & 32) != 0)"""

_DAYS = f"""INSERT INTO rollup SELECT date(at / 1000, 'unixepoch', 'localtime') AS day, run.session_id, model_id,
  marks & 1 AS fast, min(at), max(at), {_SUMS}
  FROM run CROSS JOIN request ON request.run_id = run.id WHERE run.session_id IN (SELECT session_id FROM stale
    WHERE NOT EXISTS (SELECT 1 FROM rollup WHERE rollup.session_id = stale.session_id))
  GROUP BY day, run.session_id, model_id, fast"""

_RUNS = """UPDATE run SET (started_at, ended_at) =
  (SELECT ifnull(min(at), 0), ifnull(max(at), 0) FROM request WHERE run_id = run.id)
  WHERE session_id IN (SELECT session_id FROM stale)"""

_SESSIONS = """UPDATE session SET started_at = s.first_at, ended_at = s.last_at, models = s.models,
  requests = s.requests, input = s.input, cache_read = s.cache_read, cache_write_5m = s.w5, cache_write_1h = s.w1,
  output = s.output,
  reasoning = s.reasoning, total_tokens = s.input + s.cache_read + s.w5 + s.w1 + s.output,
  cost = s.c1 + s.c2 + s.c3 + s.c4 + s.c5, cost_input = s.c1, cost_cache_read = s.c2, cost_cache_write = s.c3,
  cost_output = s.c4, cost_fees = s.c5, unpriced_tokens = s.unpriced_tokens, estimated = s.estimated,
  unpriced = s.unpriced, floors = s.floors
  FROM (SELECT session_id, min(first_at) AS first_at, max(last_at) AS last_at,
      json_group_array(DISTINCT model.name) AS models, sum(requests) AS requests, sum(input) AS input,
      sum(cache_read) AS cache_read, sum(cache_write_5m) AS w5, sum(cache_write_1h) AS w1, sum(output) AS output,
      sum(reasoning) AS reasoning, sum(cost_input) AS c1, sum(cost_cache_read) AS c2, sum(cost_cache_write) AS c3,
      sum(cost_output) AS c4, sum(cost_fees) AS c5, sum(unpriced_tokens) AS unpriced_tokens,
      sum(estimated) AS estimated, sum(unpriced) AS unpriced, sum(floors) AS floors
    FROM rollup JOIN model ON model.id = model_id WHERE session_id IN (SELECT session_id FROM stale)
    GROUP BY session_id) AS s
  WHERE session.id = s.session_id"""


def refresh(connection: sqlite3.Connection, passing: Passing | None = None) -> None:
    """Make the sums of the sessions that are due, inside the caller's transaction; some may be known in passing."""
    if connection.execute("SELECT 1 FROM stale LIMIT 1").fetchone() is None:
        return
    connection.execute("DELETE FROM rollup WHERE session_id IN (SELECT session_id FROM stale)")
    if passing is not None:
        passing.write(connection)
    connection.execute(_DAYS)
    connection.execute(_RUNS)
    connection.execute(_SESSIONS)
    # A session whose requests all turned out to be another's is no session (a copy, a waiting parent).
    connection.execute(
        """UPDATE session SET started_at = 0, ended_at = 0, models = '[]', requests = 0, input = 0, cache_read = 0,
          cache_write_5m = 0, cache_write_1h = 0, output = 0, reasoning = 0, total_tokens = 0, cost = 0, cost_input = 0,
          cost_cache_read = 0, cost_cache_write = 0, cost_output = 0, cost_fees = 0, unpriced_tokens = 0, estimated = 0,
          unpriced = 0, floors = 0
        WHERE id IN (SELECT session_id FROM stale) AND id NOT IN (SELECT session_id FROM rollup)"""
    )
    _count_runs(connection)
    connection.execute("DELETE FROM stale")


def _count_runs(connection: sqlite3.Connection) -> None:
    """Subagent runs of a session, and the most that were open at one moment."""
    spans: dict[int, list[tuple[int, int]]] = {}
    query = """SELECT session_id, started_at, ended_at FROM run
      WHERE session_id IN (SELECT session_id FROM stale) AND kind != 'main' AND ended_at > 0"""
    for session, start, end in connection.execute(query):
        spans.setdefault(session, []).append((start, end))
    connection.execute("UPDATE session SET runs = 0, peak = 0 WHERE id IN (SELECT session_id FROM stale) AND runs > 0")
    connection.executemany(
        "UPDATE session SET runs = ?, peak = ? WHERE id = ?",
        ((len(times), peak(times), session) for session, times in spans.items()),
    )


def peak(spans: list[tuple[int, int]]) -> int:
    """The most spans that are open at one moment; a span includes both its ends."""
    edges = sorted([(start, 0) for start, _ in spans] + [(end, 1) for _, end in spans])
    most = now = 0
    for _, closes in edges:
        now += -1 if closes else 1
        most = max(most, now)
    return most


def recut_days(connection: sqlite3.Connection, signature: str) -> bool:
    """Cut the days anew when the local zone is not the one they were cut in; inside the caller's transaction."""
    row = connection.execute("SELECT value FROM meta WHERE name = 'zone'").fetchone()
    if row is not None and row[0] == signature:
        return False
    connection.execute("INSERT OR REPLACE INTO meta VALUES ('zone', ?)", (signature,))
    if row is not None:
        connection.execute("INSERT OR IGNORE INTO stale SELECT id FROM session")
        connection.execute("DELETE FROM rollup")
        refresh(connection)
    return row is not None
