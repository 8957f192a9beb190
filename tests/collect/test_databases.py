"""An agent's database is read while it is written, and nothing in its folder changes for it."""

from __future__ import annotations

import os
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from dataclasses import replace
from itertools import islice
from pathlib import Path

import pytest
from agents.metering import Meter, open_meter, writer
from collect.made_up_agent import MADE_UP, TABLE
from collect.test_documents import inputs, take_in, unread

from taximeter.agents.contract import LogFile
from taximeter.collect.databases import NOT_FINISHED
from taximeter.collect.discovery import log_of
from taximeter.collect.sources import find_sources
from taximeter.collect.ways import read_file
from taximeter.domain.reading import Reading


@pytest.fixture
def meter(tmp_path: Path) -> Iterator[Meter]:
    with open_meter(tmp_path) as opened:
        yield opened


def owned(meter: Meter, journal: str = "wal", name: str = "answers.db") -> sqlite3.Connection:
    """The database as its owner opens it."""
    file = meter.home / ".made-up" / name
    file.parent.mkdir(exist_ok=True)
    owner = sqlite3.connect(file, isolation_level=None, timeout=0)
    owner.execute(f"PRAGMA journal_mode={journal}")
    owner.execute(TABLE)
    return owner


def answered(owner: sqlite3.Connection, name: str, used: int, changed: int) -> None:
    owner.execute("INSERT OR REPLACE INTO answer VALUES (?, ?, ?)", (name, used, changed))


def folder(meter: Meter) -> dict[str, bytes]:
    """Everything in the agent's folder, but for SQLite's own list of readers."""
    return {entry.name: Path(entry).read_bytes() for entry in os.scandir(meter.home / ".made-up")
            if not entry.name.endswith("-shm")}  # fmt: skip


@pytest.mark.parametrize("journal", ["wal", "delete"])
def test_what_an_owner_writes_is_read_while_it_is_open(meter: Meter, journal: str) -> None:
    with closing(owned(meter, journal)) as owner:
        for number in range(1, 6):
            answered(owner, f"a{number}", number, number)
        assert len(take_in(meter)) == 3
        assert inputs(meter) == [1, 2, 3, 4, 5]
        answered(owner, "a6", 6, 6)
        (new,) = take_in(meter)
        assert len(new.reading.requests) == 1
        assert inputs(meter) == [1, 2, 3, 4, 5, 6]
        assert take_in(meter) == []


@pytest.mark.parametrize("journal", ["wal", "delete"])
@pytest.mark.parametrize("closed", [True, False])
def test_reading_leaves_no_trace_and_keeps_nobody_from_writing(meter: Meter, journal: str, *, closed: bool) -> None:
    with closing(owned(meter, journal)) as owner:
        for number in range(1, 6):
            answered(owner, f"a{number}", number, number)
        if closed:
            owner.close()
            before = folder(meter)
            take_in(meter)
            assert folder(meter) == before
            assert not list((meter.home / ".made-up").glob("*-shm"))
            return
        before = folder(meter)
        parts = read_file(unread(meter)[0], 0, MADE_UP)
        next(parts)
        assert folder(meter) == before
        # The owner waits for nobody (its time limit is 0), even between two parts of a reading.
        answered(owner, "a6", 6, 6)
        assert len(list(parts)) == 2


def test_a_row_that_changed_is_read_again_under_its_key(meter: Meter) -> None:
    with closing(owned(meter)) as owner:
        answered(owner, "a1", 10, 1)
        take_in(meter)
        answered(owner, "a1", 90, 2)
        take_in(meter)
    assert inputs(meter) == [90]


def test_a_reading_that_was_cut_short_goes_on_where_it_was(meter: Meter) -> None:
    with closing(owned(meter)) as owner:
        for number in range(1, 6):
            answered(owner, f"a{number}", number, number)
        writer(meter.connection).apply([next(read_file(unread(meter)[0], 0, MADE_UP))])
        assert inputs(meter) == [1, 2]
        assert len(take_in(meter)) == 2
        assert inputs(meter) == [1, 2, 3, 4, 5]


def test_a_replaced_database_is_read_from_its_start(meter: Meter) -> None:
    with closing(owned(meter)) as owner:
        answered(owner, "a1", 1, 100)
    take_in(meter)
    with closing(owned(meter, name="new.database")) as owner:
        answered(owner, "a2", 2, 1)
    (meter.home / ".made-up/new.database").replace(meter.home / ".made-up/answers.db")
    take_in(meter)
    assert inputs(meter) == [1, 2]


def test_what_is_no_database_is_a_trouble_and_told_once(meter: Meter) -> None:
    file = meter.write(".made-up/answers.db", b"not a database, and long enough to be read as one" * 100)
    take_in(meter)
    assert "cannot be read as a database" in meter.one("SELECT trouble FROM file")[0]
    assert take_in(meter) == []
    file.unlink()
    with closing(owned(meter)) as owner:
        answered(owner, "a1", 1, 1)
    take_in(meter)
    assert (inputs(meter), meter.one("SELECT trouble FROM file")) == ([1], ("",))


def test_a_transaction_of_the_older_journal_that_is_under_way_is_waited_for(meter: Meter) -> None:
    with closing(owned(meter, "delete")) as owner:
        answered(owner, "a1", 1, 1)
    journal = meter.write(".made-up/answers.db-journal", b"\xd9\xd5\x05\xf9 and the pages as they were")
    take_in(meter)
    assert meter.one("SELECT trouble FROM file") == (NOT_FINISHED,)
    journal.unlink()
    (meter.home / ".made-up/answers.db").touch()
    take_in(meter)
    assert (inputs(meter), meter.one("SELECT trouble FROM file")) == ([1], ("",))


@pytest.mark.parametrize("damaged", [True, False])
def test_what_was_read_while_an_owner_wrote_without_a_log_is_thrown_away_and_read_again(
    meter: Meter, *, damaged: bool
) -> None:
    with closing(owned(meter, "delete")) as owner:
        answered(owner, "a1", 1, 1)
    turns = iter([2, 3])

    def query(connection: sqlite3.Connection, carry: bytes, file: LogFile) -> Iterator[tuple[Reading, bytes]]:
        yield from MADE_UP.query(connection, carry, file)
        for number in islice(turns, 1):
            with closing(owned(meter, "delete")) as owner:
                answered(owner, f"a{number}", number, number)
            if damaged:
                raise sqlite3.DatabaseError("database disk image is malformed")

    parts = list(read_file(unread(meter)[0], 0, replace(MADE_UP, query=query)))
    found = [request.tokens.input for part in parts for request in part.reading.requests.values()]
    assert sorted(found) == [1, 2, 3]


def test_a_notice_about_the_file_beside_a_database_is_about_the_database(meter: Meter) -> None:
    (source,) = find_sources((MADE_UP,), {}, meter.home, {})
    home = os.path.realpath(meter.home / ".made-up")
    for path, log in {"answers.db-wal": "answers.db", "answers.db": "answers.db", "answers.db-shm": "",
                      "sub/answers.db": "", "tmp/a/chats/x.json": "tmp/a/chats/x.json", "tmp/a/x.json": "",
                      "tmp/a/chats/x.json-wal": "", "tmp.json": "tmp.json"}.items():  # fmt: skip
        assert log_of(source, f"{home}/{path}") == (f"{home}/{log}" if log else "")
