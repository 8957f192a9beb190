"""The ledger's tables and how an older ledger becomes a newer one.

The database's ``user_version`` is the schema's number. A newer one is refused untouched; an older
one is copied beside itself first, then migrated in one transaction.
"""

from __future__ import annotations

import sqlite3
from pathlib import Path

from taximeter.host.trouble import Trouble

VERSION = 3

_V1 = """
CREATE TABLE meta(name TEXT PRIMARY KEY, value TEXT NOT NULL) STRICT, WITHOUT ROWID;
-- One row a log file. identity tells a replaced file from an appended one; carry is the parser's state at "offset".
CREATE TABLE file(
  id INTEGER PRIMARY KEY, agent TEXT NOT NULL, path TEXT NOT NULL UNIQUE, identity TEXT NOT NULL,
  size INTEGER NOT NULL, mtime_us INTEGER NOT NULL, first_mtime_us INTEGER NOT NULL, offset INTEGER NOT NULL,
  carry BLOB NOT NULL, parser INTEGER NOT NULL, read_at INTEGER NOT NULL, trouble TEXT NOT NULL DEFAULT '') STRICT;
CREATE INDEX file_identity ON file(identity);
CREATE TABLE skipped(
  file_id INTEGER NOT NULL, reason TEXT NOT NULL, count INTEGER NOT NULL,
  PRIMARY KEY(file_id, reason)) STRICT, WITHOUT ROWID;
-- Sums over a session stand on its row so that a list of 100,000 sorts and pages by index alone.
CREATE TABLE session(
  id INTEGER PRIMARY KEY, agent TEXT NOT NULL, name TEXT NOT NULL, cwd TEXT NOT NULL DEFAULT '',
  project TEXT NOT NULL DEFAULT '', branch TEXT NOT NULL DEFAULT '', version TEXT NOT NULL DEFAULT '',
  started_at INTEGER NOT NULL DEFAULT 0, ended_at INTEGER NOT NULL DEFAULT 0, models TEXT NOT NULL DEFAULT '[]',
  runs INTEGER NOT NULL DEFAULT 0, peak INTEGER NOT NULL DEFAULT 0, requests INTEGER NOT NULL DEFAULT 0,
  input INTEGER NOT NULL DEFAULT 0, cache_read INTEGER NOT NULL DEFAULT 0, cache_write_5m INTEGER NOT NULL DEFAULT 0,
  cache_write_1h INTEGER NOT NULL DEFAULT 0, output INTEGER NOT NULL DEFAULT 0, reasoning INTEGER NOT NULL DEFAULT 0,
  total_tokens INTEGER NOT NULL DEFAULT 0, cost INTEGER NOT NULL DEFAULT 0, cost_input INTEGER NOT NULL DEFAULT 0,
  cost_cache_read INTEGER NOT NULL DEFAULT 0, cost_cache_write INTEGER NOT NULL DEFAULT 0,
  cost_output INTEGER NOT NULL DEFAULT 0, cost_fees INTEGER NOT NULL DEFAULT 0,
  unpriced_tokens INTEGER NOT NULL DEFAULT 0, estimated INTEGER NOT NULL DEFAULT 0,
  unpriced INTEGER NOT NULL DEFAULT 0, floors INTEGER NOT NULL DEFAULT 0,
  UNIQUE(agent, name)) STRICT;
CREATE INDEX session_recent ON session(ended_at, id);
CREATE INDEX session_cost ON session(cost, id);
CREATE INDEX session_tokens ON session(total_tokens, id);
CREATE INDEX session_project ON session(project, id);
CREATE TABLE run(
  id INTEGER PRIMARY KEY, agent TEXT NOT NULL, name TEXT NOT NULL, session_id INTEGER NOT NULL,
  parent TEXT NOT NULL DEFAULT '', kind TEXT NOT NULL DEFAULT 'main', type TEXT NOT NULL DEFAULT '',
  label TEXT NOT NULL DEFAULT '', started_at INTEGER NOT NULL DEFAULT 0, ended_at INTEGER NOT NULL DEFAULT 0,
  UNIQUE(agent, name)) STRICT;
CREATE INDEX run_session ON run(session_id);
CREATE TABLE model(id INTEGER PRIMARY KEY, name TEXT NOT NULL UNIQUE) STRICT;
CREATE TABLE price_book(id INTEGER PRIMARY KEY, name TEXT NOT NULL UNIQUE, as_of TEXT NOT NULL, currency TEXT NOT NULL)
  STRICT;
-- One row a bill. key is 12 bytes of a hash of the agent's own id; clustered by it, so there is no second index.
CREATE TABLE request(
  key BLOB PRIMARY KEY, run_id INTEGER NOT NULL, at INTEGER NOT NULL, model_id INTEGER NOT NULL,
  input INTEGER NOT NULL, cache_read INTEGER NOT NULL, cache_write_5m INTEGER NOT NULL,
  cache_write_1h INTEGER NOT NULL, output INTEGER NOT NULL, reasoning INTEGER NOT NULL, marks INTEGER NOT NULL,
  web_searches INTEGER NOT NULL, claimed_cost INTEGER NOT NULL, claim INTEGER NOT NULL, pricing INTEGER NOT NULL,
  cost_input INTEGER NOT NULL, cost_cache_read INTEGER NOT NULL, cost_cache_write INTEGER NOT NULL,
  cost_output INTEGER NOT NULL, cost_fees INTEGER NOT NULL, book_id INTEGER NOT NULL) STRICT, WITHOUT ROWID;
CREATE INDEX request_run ON request(run_id, at);
-- Ten years of sums at milliseconds: a local day (YYYY-MM-DD in the zone that meta.zone names), a session, a model.
CREATE TABLE rollup(
  day TEXT NOT NULL, session_id INTEGER NOT NULL, model_id INTEGER NOT NULL, fast INTEGER NOT NULL,
  first_at INTEGER NOT NULL, last_at INTEGER NOT NULL, requests INTEGER NOT NULL, input INTEGER NOT NULL,
  cache_read INTEGER NOT NULL, cache_write_5m INTEGER NOT NULL, cache_write_1h INTEGER NOT NULL,
  output INTEGER NOT NULL, reasoning INTEGER NOT NULL, cost_input INTEGER NOT NULL, cost_cache_read INTEGER NOT NULL,
  cost_cache_write INTEGER NOT NULL, cost_output INTEGER NOT NULL, cost_fees INTEGER NOT NULL,
  unpriced_tokens INTEGER NOT NULL, estimated INTEGER NOT NULL, unpriced INTEGER NOT NULL, floors INTEGER NOT NULL,
  PRIMARY KEY(day, session_id, model_id, fast)) STRICT, WITHOUT ROWID;
CREATE INDEX rollup_session ON rollup(session_id);
-- Sessions whose sums are to be made anew; in the transaction of the rows that changed them.
CREATE TABLE stale(session_id INTEGER PRIMARY KEY) STRICT;
CREATE TABLE plan_window(
  agent TEXT NOT NULL, limit_id TEXT NOT NULL, minutes INTEGER NOT NULL, used_percent REAL NOT NULL,
  resets_at INTEGER NOT NULL, observed_at INTEGER NOT NULL, plan TEXT NOT NULL,
  PRIMARY KEY(agent, limit_id, minutes)) STRICT, WITHOUT ROWID;
CREATE TABLE refusal(
  key BLOB PRIMARY KEY, agent TEXT NOT NULL, session TEXT NOT NULL, at INTEGER NOT NULL, reason TEXT NOT NULL)
  STRICT, WITHOUT ROWID;
CREATE INDEX refusal_at ON refusal(at);
"""

_V2 = """
-- How a run began and how it stands: "call" meets the call's own row, told_end is a RunEnd with the time it was told.
ALTER TABLE run ADD COLUMN call TEXT NOT NULL DEFAULT '';
ALTER TABLE run ADD COLUMN launch TEXT NOT NULL DEFAULT '';
ALTER TABLE run ADD COLUMN told_end INTEGER NOT NULL DEFAULT 0;
ALTER TABLE run ADD COLUMN told_at INTEGER NOT NULL DEFAULT 0;
CREATE INDEX run_recent ON run(started_at);
-- Calls that start agents, as told by whoever made them; calls of one reply share its launch.
CREATE TABLE call(
  agent TEXT NOT NULL, name TEXT NOT NULL, call TEXT NOT NULL, launch TEXT NOT NULL,
  PRIMARY KEY(agent, name)) STRICT, WITHOUT ROWID;
-- One row a launch that a hook told of, written before it starts: what was foreseen, what the rules said, the answer.
-- raw_ is the range of the runs alone before it was corrected by earlier ones; allowed_ is of those that may run.
CREATE TABLE question(
  id TEXT PRIMARY KEY, agent TEXT NOT NULL, session TEXT NOT NULL, prompt TEXT NOT NULL, project TEXT NOT NULL,
  source TEXT NOT NULL, kinds TEXT NOT NULL, agents INTEGER NOT NULL, p10 INTEGER, p50 INTEGER, p90 INTEGER,
  floor INTEGER NOT NULL, level TEXT NOT NULL, runs INTEGER NOT NULL, severity INTEGER NOT NULL,
  findings TEXT NOT NULL, fits INTEGER, mode TEXT NOT NULL, asked_at INTEGER NOT NULL, calls TEXT NOT NULL,
  baseline INTEGER, book TEXT NOT NULL, currency TEXT NOT NULL, answered_at INTEGER NOT NULL DEFAULT 0,
  answer TEXT NOT NULL DEFAULT '', allowed INTEGER, answered_by TEXT NOT NULL DEFAULT '',
  for_session INTEGER NOT NULL DEFAULT 0, raw_p10 INTEGER, raw_p50 INTEGER, raw_p90 INTEGER,
  reading INTEGER NOT NULL DEFAULT 0, allowed_p10 INTEGER, allowed_p50 INTEGER, allowed_p90 INTEGER,
  allowed_floor INTEGER, allowed_level TEXT, allowed_runs INTEGER, allowed_raw_p10 INTEGER, allowed_raw_p50 INTEGER,
  allowed_raw_p90 INTEGER, allowed_reading INTEGER) STRICT, WITHOUT ROWID;
CREATE INDEX question_asked ON question(asked_at);
CREATE INDEX question_session ON question(agent, session);
"""

_V3 = """
-- What is known of a budget service, as its reader keeps it: the last good figures, and what went wrong since.
CREATE TABLE service(
  origin TEXT PRIMARY KEY, known BLOB NOT NULL, polled_at INTEGER NOT NULL, failures INTEGER NOT NULL)
  STRICT, WITHOUT ROWID;
"""

MIGRATIONS = (_V1, _V2, _V3)
"""Step n takes a ledger from version n to n + 1."""


def migrate(connection: sqlite3.Connection, path: Path) -> None:
    """Bring an open ledger to ``VERSION``; refuses a newer one without touching it.

    Raises ``Trouble`` when a newer Taximeter wrote the ledger.
    """
    (found,) = connection.execute("PRAGMA user_version").fetchone()
    refuse_newer(found, path)
    if found == VERSION:
        return
    if found:
        _keep_copy(connection, path.with_name(f"{path.name}.before-{VERSION}"))
    connection.execute("BEGIN IMMEDIATE")
    try:
        (found,) = connection.execute("PRAGMA user_version").fetchone()
        for step in MIGRATIONS[found:]:
            for statement in _statements(step):
                connection.execute(statement)
        connection.execute(f"PRAGMA user_version = {VERSION}")
        connection.execute("COMMIT")
    except BaseException:
        if connection.in_transaction:  # a full disk has rolled back already
            connection.execute("ROLLBACK")
        raise


def knows_launches(connection: sqlite3.Connection) -> bool:
    """Whether the ledger has a place for launches; one of an older version gets it from the next that writes."""
    return connection.execute("SELECT 1 FROM sqlite_master WHERE name = 'question'").fetchone() is not None


def refuse_newer(found: int, path: Path) -> None:
    """Raise ``Trouble`` when the ledger's version is one that this program does not know."""
    if found > VERSION:
        raise Trouble(
            "The ledger was written by a newer Taximeter",
            f"It has format {found}, this version knows {VERSION}. Nothing was changed. "
            f"Install the newer version again, or move {path.name} away to start a new ledger.",
        )


def _keep_copy(connection: sqlite3.Connection, target: Path) -> None:
    copy = sqlite3.connect(target)
    try:
        connection.backup(copy)
    finally:
        copy.close()


def _statements(script: str) -> list[str]:
    code = "\n".join(line for line in script.splitlines() if not line.startswith("--"))
    return [part.strip() for part in code.split(";") if part.strip()]
