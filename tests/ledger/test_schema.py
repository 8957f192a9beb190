"""An older ledger becomes a newer one in one transaction, and what it was is kept beside it."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path

import pytest
from agents.lines import SESSION, answer, jsonl, usage
from agents.metering import PROJECT, Meter, dump, open_meter

from taximeter.domain.usage import Mark
from taximeter.host.trouble import Trouble
from taximeter.ledger import schema
from taximeter.ledger.opening import open_reading, open_writing

PATH = f"{PROJECT}/{SESSION}.jsonl"
STEP = """
-- A step as a later version might bring it.
ALTER TABLE session ADD COLUMN title TEXT NOT NULL DEFAULT '';
CREATE TABLE note(id INTEGER PRIMARY KEY, text TEXT NOT NULL) STRICT;
"""


@pytest.fixture
def older(tmp_path: Path) -> Path:
    """A ledger of this version with a request in it."""
    with open_meter(tmp_path) as meter:
        meter.write(PATH, jsonl(answer("msg_1", usage(5))))
        meter.index()
    return tmp_path / "ledger.db"


@pytest.fixture
def later(older: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A version that knows one more step, after the older one made its ledger."""
    monkeypatch.setattr(schema, "VERSION", schema.VERSION + 1)
    monkeypatch.setattr(schema, "MIGRATIONS", (*schema.MIGRATIONS, STEP))


def version(path: Path) -> int:
    assert path.is_file()
    with closing(sqlite3.connect(path)) as connection:
        found: int = connection.execute("PRAGMA user_version").fetchone()[0]
    return found


def test_there_is_a_step_for_each_version() -> None:
    assert len(schema.MIGRATIONS) == schema.VERSION


def test_a_new_ledger_is_of_the_newest_version_and_keeps_no_copy(tmp_path: Path) -> None:
    open_writing(tmp_path / "ledger.db").close()
    assert version(tmp_path / "ledger.db") == schema.VERSION
    assert [file.name for file in tmp_path.iterdir()] == ["ledger.db"]


def test_opening_again_changes_nothing(older: Path) -> None:
    before = older.read_bytes()
    open_writing(older).close()
    assert older.read_bytes() == before


@pytest.mark.usefixtures("later")
def test_migrating_keeps_a_copy_of_what_was(older: Path) -> None:
    with closing(sqlite3.connect(older)) as connection:
        before = dump(connection)
    with closing(open_writing(older)) as connection:
        assert connection.execute("SELECT title FROM session").fetchall() == [("",)]
    copy = older.with_name(f"ledger.db.before-{schema.VERSION}")
    assert (version(older), version(copy)) == (schema.VERSION, schema.VERSION - 1)
    with closing(sqlite3.connect(copy)) as connection:
        assert dump(connection) == before


@pytest.mark.usefixtures("later")
def test_a_migrated_ledger_goes_on_where_it_was(older: Path) -> None:
    with closing(open_writing(older)) as connection:
        meter = Meter(older.parent, connection)
        meter.write(PATH, jsonl(answer("msg_1", usage(5)), answer("msg_2", usage(6), request="r2")))
        assert meter.index().requests == 1
        assert meter.totals()[0] == 2


def test_a_step_that_fails_leaves_the_ledger_as_it_was(older: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with closing(sqlite3.connect(older)) as connection:
        before = dump(connection)
    monkeypatch.setattr(schema, "VERSION", schema.VERSION + 1)
    monkeypatch.setattr(schema, "MIGRATIONS", (*schema.MIGRATIONS, STEP + "CREATE TABLE session(x);"))
    with pytest.raises(Trouble):
        open_writing(older)
    with closing(sqlite3.connect(older)) as connection:
        assert dump(connection) == before
    assert version(older) == schema.VERSION - 1


@pytest.mark.usefixtures("later")
def test_a_reader_of_an_older_ledger_does_not_migrate_it(older: Path) -> None:
    before = older.read_bytes()
    open_reading(older).close()
    assert older.read_bytes() == before


def test_every_table_is_strict(tmp_path: Path) -> None:
    with closing(open_writing(tmp_path / "ledger.db")) as connection:
        tables = connection.execute("SELECT name, strict FROM pragma_table_list WHERE schema = 'main'").fetchall()
    assert {name for name, strict in tables if not strict} == {"sqlite_schema"}


def made_by_version_one(path: Path) -> None:
    """A ledger as the first version made it, with a request that it read from a log."""
    with closing(sqlite3.connect(path)) as connection:
        connection.executescript(schema.MIGRATIONS[0] + "PRAGMA user_version = 1;")
        with open_meter(path.parent) as meter:
            meter.write(PATH, jsonl(answer("msg_1", usage(5), stop="tool_use"), answer("msg_2", usage(6))))
            meter.index()
            filled = dump(meter.connection)
    path.unlink()
    path.with_name(f"ledger.db.before-{schema.VERSION}").unlink()
    with closing(sqlite3.connect(path, isolation_level=None)) as connection:
        connection.executescript(schema.MIGRATIONS[0] + "PRAGMA user_version = 1;")
        for table in ("meta", "session", "run", "model", "price_book", "request", "rollup"):
            columns = [row[1] for row in connection.execute(f"PRAGMA table_info({table})")]
            for row in filled[table]:
                marks = ", ".join("?" * len(columns))
                connection.execute(f"INSERT INTO {table} VALUES ({marks})", row[: len(columns)])
        connection.execute("UPDATE request SET marks = 0")
        connection.execute("INSERT INTO file VALUES (1, 'claude-code', ?, '', 0, 0, 0, 0, x'', 1, 0, '')", (PATH,))


def test_the_first_versions_ledger_is_migrated_and_its_logs_are_read_again_without_counting_twice(
    tmp_path: Path,
) -> None:
    path = tmp_path / "ledger.db"
    made_by_version_one(path)
    assert version(path) == 1
    with open_meter(tmp_path) as meter:
        assert meter.one("SELECT call, launch, told_end, told_at FROM run") == ("", "", 0, 0)
        assert meter.one("SELECT count(*) FROM question") == (0,)
        before = meter.totals()
        meter.index()
        assert meter.totals() == before
        assert [bill.marks for bill in meter.bills()] == [Mark.GOES_ON, Mark.NONE]
    assert version(path) == schema.VERSION
    assert version(path.with_name(f"ledger.db.before-{schema.VERSION}")) == 1
