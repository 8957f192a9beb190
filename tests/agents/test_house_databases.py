"""A house agent that keeps its figures in SQLite: a profile's query gives a record a row."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path

import pytest
from agents.test_house_contract import profile

from taximeter.agents.contract import Agent
from taximeter.agents.profile_reading import NO_COUNT, agent_of
from taximeter.collect.discovery import find_unread
from taximeter.collect.sources import find_sources
from taximeter.collect.ways import read_file
from taximeter.domain.reading import Reading
from taximeter.domain.usage import Tokens
from taximeter.host.trouble import Trouble
from taximeter.ledger.bookmarks import Bookmark

QUERY = '''files = [".db"]
query = "SELECT n, 'completion' AS kind, session, turn, at AS finished_at, usage FROM asked"
order = "n"'''
CHANGES = (
    ('files = [".jsonl"]', QUERY),
    ('id = ["session.id", "turn"]', 'id = ["session", "turn"]'),
    ('session = "session.id"', 'session = "session"'),
    ('keep = ["session", "project", "branch"]', "keep = []"),
)


def fill(file: Path, *rows: tuple[int, str]) -> None:
    with closing(sqlite3.connect(file)) as connection, connection:
        connection.execute("CREATE TABLE IF NOT EXISTS asked (n, session, turn, at, usage)")
        values = [(n, "s-1", n, "2026-11-20T09:00:00Z", usage) for n, usage in rows]
        connection.executemany("INSERT INTO asked VALUES (?, ?, ?, ?, ?)", values)


def take(agent: Agent, home: Path, mark: Bookmark | None = None) -> tuple[Reading, Bookmark]:
    """What is new, and up to where that is."""
    work = find_unread(find_sources((agent,), {}, home, {}), {mark.path: mark} if mark else {})
    (part,) = [part for item in work for part in read_file(item, 0, agent)]
    return part.reading, part.bookmark


@pytest.fixture
def database(tmp_path: Path) -> Path:
    file = tmp_path / ".acme-assist" / "logs" / "usage.db"
    file.parent.mkdir(parents=True)
    fill(file, (1, '{"prompt": 10, "cached": 4, "completion": 3}'), (2, '{"prompt": "much"}'))
    return file


def test_rows_are_requests_and_a_column_may_hold_json(database: Path, tmp_path: Path) -> None:
    reading, _ = take(agent_of(profile(*CHANGES)), tmp_path)
    assert [one.tokens for one in reading.requests.values()] == [Tokens(input=6, cache_read=4, output=3)]
    assert reading.skipped == {NO_COUNT: 1}
    assert list(reading.sessions) == ["s-1"]
    assert [path.name for path in database.parent.iterdir()] == ["usage.db"]


def test_only_rows_from_the_last_one_on_are_read_again(database: Path, tmp_path: Path) -> None:
    agent = agent_of(profile(*CHANGES))
    first, mark = take(agent, tmp_path)
    fill(database, (3, '{"prompt": 1, "completion": 1}'))
    second, _ = take(agent, tmp_path, mark)
    assert len(second.requests) == 1
    assert not first.requests.keys() & second.requests.keys()


def test_without_an_order_all_rows_are_read_and_their_ids_are_the_same(database: Path, tmp_path: Path) -> None:
    agent = agent_of(profile(*CHANGES, ('\norder = "n"', "")))
    first, mark = take(agent, tmp_path)
    fill(database, (3, '{"prompt": 1, "completion": 1}'))
    second, _ = take(agent, tmp_path, mark)
    assert first.requests.keys() < second.requests.keys()


@pytest.mark.parametrize(
    ("old", "new", "why"),
    [("FROM asked", "FROM nowhere", "no such table: nowhere"), ('order = "n"', 'order = "id"', "no such column: id")],
)
def test_a_query_that_does_not_fit_its_database_is_that_files_trouble(
    database: Path, tmp_path: Path, old: str, new: str, why: str
) -> None:
    assert database.exists()
    _, mark = take(agent_of(profile(*CHANGES, (old, new))), tmp_path)
    assert mark.trouble == f"cannot be read as a database: {why}"


@pytest.mark.parametrize(
    ("old", "new"),
    [("SELECT n", "DELETE FROM asked; SELECT n"), ("SELECT n", "PRAGMA n"), ('order = "n"', "order = 'n\"'"),
     ("keep = []", 'keep = ["project"]')],
)  # fmt: skip
def test_a_query_is_one_select_and_nothing_else(old: str, new: str) -> None:
    with pytest.raises(Trouble, match=r"acme.toml, line \d+"):
        profile(*CHANGES, (old, new))
