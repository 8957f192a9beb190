"""The database of the reference service: people, what they may use, what they used, and what they asked for."""

from __future__ import annotations

import hashlib
import sqlite3
from collections.abc import Callable
from dataclasses import dataclass
from typing import NamedTuple

SCHEMA = """
CREATE TABLE IF NOT EXISTS person (
  id TEXT PRIMARY KEY, name TEXT NOT NULL, sort_name TEXT NOT NULL, token_hash TEXT NOT NULL UNIQUE,
  manager_id TEXT REFERENCES person);
CREATE TABLE IF NOT EXISTS budget (
  id TEXT PRIMARY KEY, name TEXT NOT NULL, kind TEXT NOT NULL, unit TEXT NOT NULL, currency TEXT,
  base_limit INTEGER, soft_limit INTEGER, enforcement TEXT NOT NULL, period TEXT NOT NULL, source TEXT NOT NULL,
  covers TEXT, suspended TEXT);
CREATE TABLE IF NOT EXISTS member (
  budget_id TEXT NOT NULL REFERENCES budget, person_id TEXT NOT NULL REFERENCES person,
  PRIMARY KEY (person_id, budget_id)) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS spending (
  budget_id TEXT NOT NULL REFERENCES budget, at INTEGER NOT NULL, amount INTEGER NOT NULL);
CREATE INDEX IF NOT EXISTS spending_by_time ON spending (budget_id, at);
CREATE TABLE IF NOT EXISTS request (
  number INTEGER PRIMARY KEY, budget_id TEXT NOT NULL REFERENCES budget, person_id TEXT NOT NULL REFERENCES person,
  amount INTEGER NOT NULL, reason TEXT NOT NULL, wanted_until INTEGER,
  status TEXT NOT NULL, created_at INTEGER NOT NULL,
  approved_amount INTEGER, expires_at INTEGER, decided_at INTEGER, decided_by TEXT REFERENCES person, note TEXT);
CREATE UNIQUE INDEX IF NOT EXISTS one_pending ON request (budget_id, person_id) WHERE status = 'pending';
CREATE TABLE IF NOT EXISTS hold (
  number INTEGER PRIMARY KEY, person_id TEXT NOT NULL REFERENCES person, unit TEXT NOT NULL, currency TEXT,
  amount INTEGER NOT NULL, expires_at INTEGER NOT NULL, settled INTEGER NOT NULL DEFAULT 0, spent INTEGER);
CREATE TABLE IF NOT EXISTS policy (body TEXT NOT NULL);
CREATE TABLE IF NOT EXISTS price_file (body BLOB NOT NULL);
CREATE TABLE IF NOT EXISTS device (
  code_hash TEXT PRIMARY KEY, user_code TEXT NOT NULL UNIQUE, expires_at INTEGER NOT NULL, spacing INTEGER NOT NULL,
  asked_at INTEGER, person_id TEXT REFERENCES person, denied INTEGER NOT NULL DEFAULT 0);
CREATE TABLE IF NOT EXISTS session (
  access_hash TEXT PRIMARY KEY, refresh_hash TEXT NOT NULL UNIQUE, person_id TEXT NOT NULL REFERENCES person,
  expires_at INTEGER NOT NULL);
CREATE TABLE IF NOT EXISTS reply (
  person_id TEXT NOT NULL, key TEXT NOT NULL, digest TEXT NOT NULL, status INTEGER NOT NULL, body BLOB NOT NULL,
  at INTEGER NOT NULL, PRIMARY KEY (person_id, key)) WITHOUT ROWID;
"""


class Person(NamedTuple):
    """Who calls, or whom it is about."""

    id: str
    name: str
    manager_id: str | None


@dataclass(slots=True)
class Store:
    """An open database and the clock that rules it. Not for several threads at once."""

    database: sqlite3.Connection
    clock: Callable[[], int]
    """Now, ms UTC; ``skew`` is added."""
    lag: int = 10_000
    """How late spending is counted, ms, as with real services."""
    step: int = 10_000
    """``as_of`` moves in steps of so many ms, so that an answer can be unchanged."""
    max_age: int = 300
    """The poll interval that desktops are told, seconds."""
    session_lasts: int = 3600
    """How long an access token of the device flow is good, seconds; those that were printed do not end."""
    capabilities: tuple[str, ...] = ("policy", "team", "increase_requests", "holds")
    """The optional parts that are offered."""
    skew: int = 0
    """How far this service's clock is off, ms: a fault to order."""

    def now(self) -> int:
        """This service's idea of now, ms UTC."""
        return self.clock() + self.skew

    def as_of(self) -> int:
        """The moment up to which spending is counted, ms UTC."""
        behind = self.now() - self.lag
        return behind - behind % self.step


def open_store(path: str, clock: Callable[[], int]) -> Store:
    """The store in a file, or ":memory:"; made when it is not there."""
    database = sqlite3.connect(path, check_same_thread=False, isolation_level=None)
    database.row_factory = sqlite3.Row
    database.execute("PRAGMA foreign_keys = ON")
    database.executescript(SCHEMA)
    return Store(database, clock)


def hashed(token: str) -> str:
    """What is kept of a token."""
    return hashlib.sha256(token.encode()).hexdigest()


def person_of_token(store: Store, token: str) -> Person | None:
    """Whose token that is; None when it is nobody's."""
    row = store.database.execute(
        "SELECT id, name, manager_id FROM person WHERE token_hash = :hash OR id IN"
        " (SELECT person_id FROM session WHERE access_hash = :hash AND expires_at > :now)",
        {"hash": hashed(token), "now": store.now()},
    ).fetchone()
    return Person(*row) if row else None


def person_of_id(store: Store, person_id: str) -> Person:
    """The person of an id that the database holds."""
    return Person(
        *store.database.execute("SELECT id, name, manager_id FROM person WHERE id = ?", (person_id,)).fetchone()
    )


def is_manager(store: Store, person: Person) -> bool:
    """Whether anybody reports to them."""
    found = store.database.execute("SELECT 1 FROM person WHERE manager_id = ? LIMIT 1", (person.id,))
    return found.fetchone() is not None


def people_of(
    store: Store, manager: Person, query: str, after: tuple[str, str], limit: int
) -> tuple[list[Person], int, tuple[str, str] | None]:
    """A page of a manager's people by name and then id, how many there are in all, and where the next page begins."""
    where = "manager_id = :manager AND (instr(sort_name, :query) OR instr(lower(id), :query))"
    known = {"manager": manager.id, "query": query.casefold(), "name": after[0], "id": after[1], "limit": limit + 1}
    total = store.database.execute(f"SELECT count(*) FROM person WHERE {where}", known).fetchone()[0]
    rows = store.database.execute(
        f"SELECT id, name, manager_id, sort_name FROM person WHERE {where} AND (sort_name, id) > (:name, :id)"
        " ORDER BY sort_name, id LIMIT :limit",
        known,
    ).fetchall()
    page = rows[:limit]
    following = (page[-1]["sort_name"], page[-1]["id"]) if len(rows) > limit else None
    return [Person(row["id"], row["name"], row["manager_id"]) for row in page], total, following
