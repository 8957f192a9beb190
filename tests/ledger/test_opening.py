"""One way in for writing, others for reading; what cannot be opened says so in words and stays as it is."""

from __future__ import annotations

import gc
import os
import sqlite3
import sys
from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path

import pytest
from agents.lines import SESSION, answer, jsonl, usage
from agents.metering import PROJECT, Meter, open_meter

from taximeter.host.lease import try_acquire
from taximeter.host.trouble import Trouble
from taximeter.ledger import schema
from taximeter.ledger.opening import is_made, ledger_trouble, open_reading, open_writing

PATH = f"{PROJECT}/{SESSION}.jsonl"
OPENERS = [open_writing, open_reading]


def newer(path: Path) -> bytes:
    """A ledger of a version that is not known yet, with something of it still in its write-ahead log."""
    with closing(sqlite3.connect(path, isolation_level=None)) as connection:
        connection.execute("PRAGMA journal_mode = WAL")
        connection.execute("CREATE TABLE of_the_future(x)")
        connection.execute(f"PRAGMA user_version = {schema.VERSION + 1}")
    with closing(sqlite3.connect(path, isolation_level=None)) as other:
        other.execute("PRAGMA wal_autocheckpoint = 0")
        other.execute("INSERT INTO of_the_future VALUES(1)")
        kept = path.read_bytes(), path.with_name(f"{path.name}-wal").read_bytes()
    path.write_bytes(kept[0])
    path.with_name(f"{path.name}-wal").write_bytes(kept[1])
    return kept[0] + kept[1]


@pytest.mark.parametrize("opener", OPENERS)
def test_a_newer_versions_ledger_is_refused_and_not_a_byte_of_it_changes(
    tmp_path: Path, opener: Callable[[Path], sqlite3.Connection]
) -> None:
    path = tmp_path / "ledger.db"
    before = newer(path)
    with pytest.raises(Trouble, match="newer Taximeter") as refused:
        opener(path)
    assert "Nothing was changed" in refused.value.detail
    del refused
    gc.collect()
    assert path.read_bytes() + path.with_name("ledger.db-wal").read_bytes() == before


def count_requests(path: Path, opener: Callable[[Path], sqlite3.Connection]) -> None:
    """Open a ledger and look into it, as every caller does."""
    with closing(opener(path)) as connection:
        try:
            connection.execute("SELECT count(*) FROM request").fetchone()
        except sqlite3.Error as error:
            raise ledger_trouble(error, path) from error


@pytest.mark.parametrize("opener", OPENERS)
@pytest.mark.parametrize("where", ["header", "first page"])
def test_a_damaged_ledger_is_a_trouble_that_says_what_to_do(
    tmp_path: Path, opener: Callable[[Path], sqlite3.Connection], where: str
) -> None:
    path = tmp_path / "ledger.db"
    open_writing(path).close()
    data = bytearray(path.read_bytes())
    data[slice(0, 99) if where == "header" else slice(100, 4_000)] = b"\xa5" * (99 if where == "header" else 3_900)
    path.write_bytes(data)
    with pytest.raises(Trouble, match="damaged") as found:
        count_requests(path, opener)
    assert "the logs are read again" in found.value.detail
    assert path.read_bytes() == data


def test_something_else_in_its_place_is_a_trouble(tmp_path: Path) -> None:
    path = tmp_path / "ledger.db"
    path.write_text("Dear diary, today I spent nothing at all.\n" * 50, encoding="utf-8")
    before = path.read_bytes()
    with pytest.raises(Trouble, match="damaged"):
        open_writing(path)
    assert path.read_bytes() == before


def test_a_folder_in_its_place_is_a_trouble(tmp_path: Path) -> None:
    with pytest.raises(Trouble, match="cannot be opened"):
        open_writing(tmp_path)


@pytest.mark.parametrize("opener", OPENERS)
def test_a_missing_folder_is_a_trouble(tmp_path: Path, opener: Callable[[Path], sqlite3.Connection]) -> None:
    with pytest.raises(Trouble, match="cannot be opened"):
        opener(tmp_path / "nowhere" / "ledger.db")


def test_reading_creates_nothing_and_cannot_write(tmp_path: Path) -> None:
    path = tmp_path / "ledger.db"
    with pytest.raises(Trouble):
        open_reading(path)
    assert not path.exists()
    open_writing(path).close()
    with closing(open_reading(path)) as connection, pytest.raises(sqlite3.OperationalError, match="readonly"):
        connection.execute("DELETE FROM request")


@pytest.mark.skipif(sys.platform == "win32", reason="Windows keeps permissions another way")
def test_the_ledger_is_its_owners_alone(tmp_path: Path) -> None:
    path = tmp_path / "ledger.db"
    before = os.umask(0o022)
    try:
        open_writing(path).close()
    finally:
        os.umask(before)
    assert path.stat().st_mode & 0o777 == 0o600


def test_readers_see_whole_batches_while_one_writes(tmp_path: Path) -> None:
    with open_meter(tmp_path) as meter, closing(open_reading(tmp_path / "ledger.db")) as reading:
        meter.connection.execute("BEGIN IMMEDIATE")
        meter.connection.execute("INSERT INTO model(name) VALUES ('opus')")
        assert reading.execute("SELECT count(*) FROM model").fetchone() == (0,)
        meter.connection.execute("COMMIT")
        assert reading.execute("SELECT count(*) FROM model").fetchone() == (1,)


def test_a_second_writer_is_refused_its_lease_until_the_first_is_gone(tmp_path: Path) -> None:
    file = tmp_path / "writer.lease"
    first = try_acquire(file)
    assert first is not None
    assert try_acquire(file) is None
    first.release()
    second = try_acquire(file)
    assert second is not None
    second.release()


def test_a_ledger_that_another_program_locks_is_a_trouble_in_words(tmp_path: Path) -> None:
    path = tmp_path / "ledger.db"
    with closing(open_writing(path)) as first, closing(open_writing(path)) as second:
        first.execute("BEGIN IMMEDIATE")
        second.execute("PRAGMA busy_timeout = 1")
        with pytest.raises(sqlite3.OperationalError) as locked:
            second.execute("BEGIN IMMEDIATE")
        assert ledger_trouble(locked.value, path).title == "The ledger is in use"
        first.execute("ROLLBACK")


@pytest.fixture
def full(tmp_path: Path) -> Iterator[Meter]:
    """A meter whose ledger may not grow by a single page more, as on a full disk."""
    with open_meter(tmp_path) as meter:
        meter.connection.execute("PRAGMA max_page_count = 1")
        yield meter


def test_on_a_full_disk_the_batch_is_rolled_back_and_said_and_tried_again_later(full: Meter) -> None:
    full.write(PATH, jsonl(*(answer(f"msg_{n}", usage(n), request=f"r{n}") for n in range(2_000))))
    with pytest.raises(sqlite3.Error) as error:
        full.index()
    trouble = ledger_trouble(error.value, full.home)
    assert trouble.title == "The disk is full"
    assert "what is there is kept" in trouble.detail
    assert full.bills() == []
    assert full.one("SELECT count(*) FROM file") == (0,)
    full.connection.execute("PRAGMA max_page_count = 1000000")
    assert full.index().requests == 2_000
    assert full.one("PRAGMA integrity_check") == ("ok",)


def test_a_file_that_was_begun_and_not_finished_is_no_ledger_yet(tmp_path: Path) -> None:
    path = tmp_path / "ledger.db"
    assert not is_made(path)
    path.touch()
    assert not is_made(path)
    open_writing(path).close()
    assert is_made(path)
