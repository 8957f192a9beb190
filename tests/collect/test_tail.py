"""Only what a log has grown by is read, and whatever happens to a file, nothing is lost and nothing counted twice."""

from __future__ import annotations

import os
from collections.abc import Iterator
from io import FileIO
from pathlib import Path

import pytest
from agents.lines import CHILD, SESSION, THREAD, answer, count, jsonl, meta, sums, turn, usage
from agents.metering import DAY_FOLDER, PROJECT, Meter, dump, open_meter, writer

from taximeter.agents import AGENTS
from taximeter.collect import tail
from taximeter.domain.usage import Tokens

PATH = f"{PROJECT}/{SESSION}.jsonl"


def bill(number: int, session: str = SESSION) -> bytes:
    """A line whose answer used ``number`` input tokens."""
    at = f"2026-11-10T10:00:{number:02d}.000Z"
    return jsonl(answer(f"msg_{number}", usage(number), request=f"req_{number}", at=at, session=session))


@pytest.fixture
def meter(tmp_path: Path) -> Iterator[Meter]:
    with open_meter(tmp_path) as opened:
        yield opened


@pytest.fixture
def bytes_read(monkeypatch: pytest.MonkeyPatch) -> list[int]:
    """The sizes of all reads that the tail makes from now on."""
    sizes: list[int] = []

    class Counted(FileIO):
        def read(self, size: int | None = -1) -> bytes:
            data = super().read(size)
            sizes.append(len(data))
            return data

    monkeypatch.setattr(tail, "open", lambda path, mode, buffering: Counted(path, mode), raising=False)
    return sizes


def append(file: Path, data: bytes) -> None:
    with file.open("ab") as log:
        log.write(data)


def inputs(meter: Meter) -> list[int]:
    """The input tokens of all requests, sorted: which bills there are, and how often."""
    return sorted(each.tokens.input for each in meter.bills())


def test_only_appended_bytes_are_read(meter: Meter, bytes_read: list[int]) -> None:
    file = meter.write(PATH, b"".join(map(bill, range(1, 40))))
    meter.index()
    bytes_read.clear()
    append(file, bill(40))
    meter.index()
    assert inputs(meter) == list(range(1, 41))
    assert sum(bytes_read) <= len(bill(40)) + 1_024


def test_nothing_is_opened_when_nothing_changed(meter: Meter, bytes_read: list[int]) -> None:
    meter.write(PATH, bill(1))
    meter.index()
    bytes_read.clear()
    meter.index()
    assert bytes_read == []


def test_half_a_last_line_is_left_and_retried(meter: Meter) -> None:
    file = meter.write(PATH, bill(1) + bill(2)[:100])
    meter.index()
    assert meter.one("SELECT offset FROM file") == (len(bill(1)),)
    append(file, bill(2)[100:200])
    meter.index()
    append(file, bill(2)[200:] + bill(3)[:50])
    meter.index()
    append(file, bill(3)[50:])
    meter.index()
    assert inputs(meter) == [1, 2, 3]
    assert meter.skipped() == {}


def test_a_last_line_whose_end_comes_later_counts_once(meter: Meter) -> None:
    file = meter.write(PATH, bill(1) + bill(2)[:-1])
    meter.index()
    assert inputs(meter) == [1, 2]
    append(file, b"\n" + bill(3))
    meter.index()
    assert inputs(meter) == [1, 2, 3]
    assert meter.skipped() == {}


def test_a_truncated_file_is_read_from_its_start(meter: Meter) -> None:
    file = meter.write(PATH, b"".join(map(bill, range(1, 9))))
    meter.index()
    file.write_bytes(bill(9))
    meter.index()
    assert inputs(meter) == list(range(1, 10))
    assert meter.one("SELECT offset, size FROM file") == (len(bill(9)),) * 2


@pytest.mark.parametrize("length", ["shorter", "equal", "longer"])
def test_a_replaced_file_is_read_from_its_start(meter: Meter, length: str) -> None:
    file = meter.write(PATH, bill(1) + bill(2))
    meter.index()
    new = meter.write(
        "new", {"shorter": bill(3), "equal": bill(3) + bill(4), "longer": bill(3) + bill(4) + bill(5)}[length]
    )
    new.replace(file)
    meter.index()
    assert inputs(meter) == {"shorter": [1, 2, 3], "equal": [1, 2, 3, 4], "longer": [1, 2, 3, 4, 5]}[length]


@pytest.mark.parametrize("length", ["equal", "longer"])
def test_a_file_written_anew_in_place_is_read_from_its_start(meter: Meter, length: str) -> None:
    file = meter.write(PATH, bill(1) + bill(2) + bill(3))
    meter.index()
    file.write_bytes(bill(1) + bill(4) + bill(5) + (bill(6) if length == "longer" else b""))
    meter.index()
    assert inputs(meter) == [1, 2, 3, 4, 5, *([6] if length == "longer" else [])]


def test_a_rotated_file_goes_on_under_its_new_name_and_a_new_one_starts(meter: Meter) -> None:
    file = meter.write(PATH, bill(1))
    meter.index()
    append(file, bill(2))
    file.rename(file.with_name("older.jsonl"))
    meter.write(PATH, bill(3))
    meter.index()
    assert inputs(meter) == [1, 2, 3]


def test_a_session_that_moves_to_the_archive_is_neither_read_again_nor_counted_twice(
    meter: Meter, bytes_read: list[int]
) -> None:
    one, two = sums(1_000, 0, 100), sums(3_000, 500, 300)
    file = meter.codex(THREAD, meta(), turn(), *(count(one, one) for _ in range(30)))
    meter.index()
    append(file, jsonl(count(two, sums(2_000, 500, 200))))
    archive = meter.home / ".codex/archived_sessions"
    archive.mkdir(parents=True)
    file.rename(archive / file.name)
    bytes_read.clear()
    meter.index()
    assert meter.totals() == (2, Tokens(input=2_500, cache_read=500, output=300))
    assert sum(bytes_read) < 2_000
    assert meter.one("SELECT count(*), path FROM file") == (1, str(archive / file.name))


def test_a_session_copied_to_the_archive_is_counted_once(meter: Meter) -> None:
    one = sums(1_000, 0, 100)
    meter.codex(THREAD, meta(), turn(), count(one, one))
    meter.index()
    meter.codex(THREAD, meta(), turn(), count(one, one), folder=".codex/archived_sessions")
    meter.index()
    assert meter.totals()[0] == 1


def test_what_an_agent_deletes_stays_in_the_ledger(meter: Meter) -> None:
    file = meter.write(PATH, bill(1))
    meter.index()
    before = dump(meter.connection)
    file.unlink()
    meter.index()
    assert dump(meter.connection) == before


def test_a_file_that_vanishes_before_it_is_read_is_no_trouble(meter: Meter) -> None:
    file = meter.write(PATH, bill(1))
    work = meter.unread()
    file.unlink()
    assert list(tail.read_log(work[0], 0, AGENTS[0].read)) == []


def test_a_state_that_is_carried_over_survives_the_end_of_the_app(tmp_path: Path) -> None:
    one, two = sums(1_000, 0, 100), sums(3_000, 500, 300)
    with open_meter(tmp_path) as first:
        file = first.codex(CHILD, meta(CHILD), turn("gpt-5.4"), count(one))
        first.index()
    append(file, jsonl(count(two)))
    with open_meter(tmp_path) as second:
        second.index()
        assert sorted((each.model, each.tokens.output) for each in second.bills()) == [
            ("gpt-5.4", 100),
            ("gpt-5.4", 200),
        ]


def test_what_a_newer_reader_knows_is_read_again_without_counting_twice(meter: Meter) -> None:
    meter.write(PATH, bill(1) + bill(2))
    meter.index()
    meter.connection.execute("UPDATE file SET parser = 0, offset = size")
    report = meter.index()
    assert (report.files, report.requests) == (1, 0)
    assert inputs(meter) == [1, 2]
    assert meter.index().files == 0


def test_the_age_of_a_file_is_that_when_it_was_first_seen(meter: Meter) -> None:
    file = meter.write(PATH, bill(1), age=500)
    meter.index()
    before = meter.one("SELECT first_mtime_us FROM file")
    append(file, bill(2))
    meter.index()
    assert meter.one("SELECT first_mtime_us FROM file") == before
    assert {row[0] for row in meter.connection.execute("SELECT claim FROM request")} == {before[0]}


@pytest.mark.skipif(os.name == "nt", reason="Windows does not let an open file be moved")
def test_the_log_is_neither_held_open_nor_locked(meter: Meter) -> None:
    meter.write(PATH, bill(1))
    meter.index()
    open_files = Path(f"/proc/{os.getpid()}/fd")
    if open_files.exists():
        assert not [fd for fd in open_files.iterdir() if fd.exists() and str(fd.resolve()).endswith(".jsonl")]
    assert (meter.home / DAY_FOLDER).exists() is False


def test_a_large_file_whose_reading_was_cut_short_is_read_on(meter: Meter, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(tail, "CHUNK", 2 * len(bill(10)))
    meter.write(PATH, b"".join(map(bill, range(10, 19))))
    parts = tail.read_log(meter.unread()[0], 0, AGENTS[0].read)
    writer(meter.connection).apply([next(parts)])
    assert len(inputs(meter)) < 9
    meter.index()
    assert inputs(meter) == list(range(10, 19))
    assert meter.unread() == []
