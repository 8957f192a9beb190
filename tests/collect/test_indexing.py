"""Bringing the ledger up to date: newest first, in batches, and not a byte written when nothing changed."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Iterator, Sequence
from contextlib import closing
from dataclasses import replace
from pathlib import Path

import pytest
from agents.lines import CHILD, SESSION, THREAD, answer, count, jsonl, meta, sums, turn, usage
from agents.metering import DAY_FOLDER, NOW, PROJECT, Meter, open_meter, writer

from taximeter.agents import AGENTS
from taximeter.collect import indexing
from taximeter.collect import writing as collect_writing
from taximeter.collect.catching_up import bring_up_to_date
from taximeter.collect.keeping import Keeping
from taximeter.collect.reporting import NOTHING_NEW, IndexReport
from taximeter.collect.sources import find_sources
from taximeter.collect.writing import connection_for_writing
from taximeter.domain.usage import Mark
from taximeter.host.lease import try_acquire
from taximeter.host.paths import find_paths
from taximeter.host.settings import AgentSetting, Settings
from taximeter.host.trouble import Trouble
from taximeter.ledger.bookmarks import FileReading
from taximeter.ledger.opening import open_reading, open_writing
from taximeter.ledger.readmodels import IndexProgress
from taximeter.ledger.writer import Written

ONE = sums(1_000, 0, 100)


@pytest.fixture
def meter(tmp_path: Path) -> Iterator[Meter]:
    with open_meter(tmp_path) as opened:
        yield opened


@pytest.fixture
def keeping(tmp_path: Path) -> Keeping:
    """A whole installation below a folder of its own, its logs in the same home."""
    paths = find_paths({"TAXIMETER_HOME": str(tmp_path / "taximeter")}, tmp_path)
    return Keeping(paths, Settings, lambda: find_sources(AGENTS, {}, tmp_path, {}), lambda: NOW)


def lay(home: Path, number: int) -> None:
    """One more answer in the transcript."""
    file = home / PROJECT / f"{SESSION}.jsonl"
    file.parent.mkdir(parents=True, exist_ok=True)
    with file.open("ab") as log:
        log.write(jsonl(answer(f"msg_{number}", usage(number), request=f"r{number}")))


def up_to_date(keeping: Keeping) -> IndexReport:
    """Bring up to date; another holder of the lease is not expected."""
    report = bring_up_to_date(keeping, lambda _: None)
    assert report is not None
    return report


def files_of(keeping: Keeping) -> dict[str, tuple[bytes, int]]:
    """Every file of the installation, its bytes and when it was written, but what SQLite's readers share."""
    files = [file for file in keeping.paths.data.rglob("*") if file.is_file() and not file.name.endswith("-shm")]
    return {file.name: (file.read_bytes(), file.stat().st_mtime_ns) for file in files}


def test_the_newest_files_are_read_first(meter: Meter) -> None:
    ages = {"a": 300, "b": 100, "c": 200, "d": 0}
    for name, age in ages.items():
        meter.claude(name, answer(f"msg_{name}", usage(1), request=name, session=name), age=age)
    assert [Path(work.found.path).stem for work in meter.unread()] == ["d", "b", "c", "a"]


def test_a_backlog_is_written_in_batches_and_each_is_reported(meter: Meter, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(indexing, "BATCH", 4)
    for name in range(6):
        meter.claude(
            f"{name}", *(answer(f"msg_{name}_{n}", usage(1), request=f"{name}{n}") for n in range(3)), age=name
        )
    batches: list[int] = []
    told: list[IndexProgress] = []
    hand = writer(meter.connection)

    def apply(readings: Sequence[FileReading]) -> Written:
        batches.append(len(readings))
        return hand.apply(readings)

    report = indexing.index(meter.unread(), NOW, {}, apply, told.append)
    assert (report.files, report.requests, report.skipped) == (6, 18, 0)
    assert batches == [1] * 6
    assert [progress.files_done for progress in told] == [1, 2, 3, 4, 5, 6]


def test_nothing_is_written_when_nothing_changed(keeping: Keeping, tmp_path: Path) -> None:
    lay(tmp_path, 1)
    assert up_to_date(keeping).requests == 1
    assert up_to_date(keeping) == NOTHING_NEW  # its first reader may lay out an empty log
    before = files_of(keeping)
    assert up_to_date(keeping) == NOTHING_NEW
    assert files_of(keeping) == before
    with closing(open_reading(keeping.file)) as reading:
        version = reading.execute("PRAGMA data_version").fetchone()
        assert up_to_date(keeping) == NOTHING_NEW
        assert reading.execute("PRAGMA data_version").fetchone() == version


def test_a_collector_that_finds_nothing_new_writes_nothing(meter: Meter) -> None:
    meter.claude(SESSION, answer("msg_1", usage(1)))
    meter.index()
    with closing(open_reading(meter.home / "ledger.db")) as reading:
        version = reading.execute("PRAGMA data_version").fetchone()
        meter.index()
        assert reading.execute("PRAGMA data_version").fetchone() == version


def test_what_is_new_is_taken_in_and_told(keeping: Keeping, tmp_path: Path) -> None:
    for number in (1, 2, 3):
        lay(tmp_path, number)
        assert up_to_date(keeping)[:1] + up_to_date(keeping)[2:3] == (1, 0)
    with closing(open_reading(keeping.file)) as reading:
        assert reading.execute("SELECT requests, input FROM session").fetchall() == [(3, 6)]


def test_a_command_beside_another_writer_reads_and_does_not_wait(keeping: Keeping, tmp_path: Path) -> None:
    lay(tmp_path, 1)
    up_to_date(keeping)
    lay(tmp_path, 2)
    lease = try_acquire(keeping.paths.lease_file)
    assert lease is not None
    assert bring_up_to_date(keeping, lambda _: None) is None
    with connection_for_writing(keeping) as connection:
        assert connection is None
    lease.release()
    assert up_to_date(keeping).requests == 1


def test_a_model_that_a_setting_names_later_prices_what_was_recorded_before(keeping: Keeping, tmp_path: Path) -> None:
    file = tmp_path / DAY_FOLDER / "rollout-x.jsonl"
    file.parent.mkdir(parents=True)
    file.write_bytes(jsonl(meta(), count(ONE, ONE)))
    up_to_date(keeping)
    named = Settings(agents=(AgentSetting("codex", assume_model="gpt-5.5"),))
    later = replace(keeping, settings=lambda: named)
    up_to_date(later)
    query = """SELECT model.name, marks, pricing, requests, unpriced, cost FROM request JOIN run ON run.id = run_id
      JOIN model ON model.id = model_id JOIN session ON session.id = session_id"""
    with closing(open_reading(keeping.file)) as reading:
        assert reading.execute(query).fetchall() == [("gpt-5.5", int(Mark.MODEL_ASSUMED), 1, 1, 0, 8_000_000)]
        assert reading.execute("SELECT DISTINCT model_id FROM rollup").fetchall() == [(2,)]


def test_sums_that_a_killed_index_left_are_made_by_the_next(keeping: Keeping, tmp_path: Path) -> None:
    lay(tmp_path, 1)
    up_to_date(keeping)
    with connection_for_writing(keeping) as connection:
        assert connection is not None
        connection.execute("UPDATE session SET requests = 77")
        connection.execute("INSERT INTO stale SELECT id FROM session")
    up_to_date(keeping)
    with closing(open_reading(keeping.file)) as reading:
        assert reading.execute("SELECT requests FROM session").fetchall() == [(1,)]


def test_a_full_disk_is_told_in_words_and_made_up_for_later(
    keeping: Keeping, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    lay(tmp_path, 1)
    up_to_date(keeping)
    for number in range(2, 2_000):
        lay(tmp_path, number)

    def small(path: Path) -> sqlite3.Connection:
        connection = open_writing(path)
        connection.execute("PRAGMA max_page_count = 1")
        return connection

    with monkeypatch.context() as patch:
        patch.setattr(collect_writing, "open_writing", small)
        with pytest.raises(Trouble, match="The disk is full"):
            up_to_date(keeping)
    with closing(open_reading(keeping.file)) as reading:
        assert reading.execute("SELECT requests FROM session").fetchall() == [(1,)]
    assert up_to_date(keeping).requests == 1_998


def test_damage_that_shows_only_while_reading_is_told_in_words(keeping: Keeping, tmp_path: Path) -> None:
    lay(tmp_path, 1)
    up_to_date(keeping)
    data = bytearray(keeping.file.read_bytes())
    data[4_096:] = b"\xa5" * (len(data) - 4_096)
    keeping.file.write_bytes(data)
    with pytest.raises(Trouble, match="The ledger is damaged"):
        up_to_date(keeping)


def moved(meter: Meter, how: Callable[[Path, Path], object]) -> list[str]:
    """Index a rollout, do something to it, and tell the paths that the ledger then knows."""
    file = meter.codex(THREAD, meta(), turn(), count(ONE, ONE))
    meter.index()
    archive = meter.home / ".codex/archived_sessions"
    archive.mkdir(parents=True)
    how(file, archive / file.name)
    meter.index()
    assert meter.totals()[0] == 1
    return sorted(Path(row[0]).parent.name for row in meter.connection.execute("SELECT path FROM file"))


def test_a_moved_log_takes_its_bookmark_along(meter: Meter) -> None:
    assert moved(meter, Path.rename) == ["archived_sessions"]


def test_a_copied_log_gets_a_bookmark_of_its_own(meter: Meter) -> None:
    assert moved(meter, lambda old, new: new.write_bytes(old.read_bytes())) == ["10", "archived_sessions"]


def test_a_new_log_with_the_number_of_a_deleted_one_is_not_taken_for_it(meter: Meter) -> None:
    file = meter.codex(THREAD, meta(), turn(), count(ONE, ONE), age=9_000)
    meter.index()
    # The same number under another name, as a file system hands it out again.
    other = file.with_name("rollout-other.jsonl")
    file.rename(other)
    other.write_bytes(jsonl(meta(CHILD), turn(), count(sums(7_000, 0, 7)), count(sums(9_000, 0, 9))))
    meter.index()
    first = dict(meter.connection.execute("SELECT path, first_mtime_us FROM file").fetchall())
    assert set(first) == {str(file), str(other)}
    assert first[str(other)] > first[str(file)]
    assert meter.totals()[0] == 3
