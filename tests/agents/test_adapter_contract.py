"""What holds for every adapter of the list, whatever its logs look like, shown on its own recordings."""

from __future__ import annotations

import os
import shutil
import sqlite3
import subprocess
import sys
from collections.abc import Iterable, Iterator, Sequence
from contextlib import closing
from itertools import islice, pairwise
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from agents.metering import Meter, open_meter, picture, writer
from agents.samples import AGENT_OF, HOMES, KEYS, RECORDED, SAMPLES, SampleFile, digest_of_keys, sample_files
from agents.test_splits import called, merged
from hypothesis import given, settings
from hypothesis import strategies as st

from taximeter.agents import AGENTS
from taximeter.agents.contract import Agent, LogFile
from taximeter.collect.discovery import find_unread
from taximeter.collect.sources import Source, find_sources
from taximeter.collect.ways import read_file
from taximeter.domain.reading import Reading
from taximeter.ledger.bookmarks import load_bookmarks

FILES = [file for agent in AGENTS for file in sample_files(agent)]
LINES = [file for file in FILES if not (file.is_document or file.is_database)]
TEXTS = [file for file in FILES if not file.is_database]
DATABASES = [file for file in FILES if file.is_database]


def named(value: object) -> str | None:
    """A file's name in a test's name."""
    return f"{value.agent.id}-{value.path.name}" if isinstance(value, SampleFile) else None


def indexed(homes: Iterable[Path], folder: Path) -> dict[str, list[tuple[object, ...]]]:
    """What the ledger says after an index of several homes."""
    with open_meter(folder) as meter:
        for home in homes:
            shutil.copytree(home, meter.home, dirs_exist_ok=True)
        meter.index()
        return picture(meter.connection)


def read_chunks(file: SampleFile, chunks: Iterable[bytes], log: LogFile | None = None) -> list[Reading]:
    """The readings of chunks in turn."""
    carry, readings = b"", []
    for chunk in chunks:
        reading, carry = file.agent.read(chunk, carry, log or file.log)
        readings.append(reading)
    return readings


def skipped(readings: Iterable[Reading]) -> int:
    return sum(sum(reading.skipped.values()) for reading in readings)


def query_all(file: SampleFile, carry: bytes = b"", most: int | None = None) -> Iterator[tuple[Reading, bytes]]:
    """The first parts of what the database holds after ``carry``."""
    address = f"{file.path.as_uri()}?mode=ro&immutable=1"
    with closing(sqlite3.connect(address, uri=True)) as connection:
        yield from islice(file.agent.query(connection, carry, file.log), most)


@pytest.mark.parametrize("agent", AGENTS, ids=lambda agent: agent.id)
def test_every_agent_has_recordings_and_bills_something_in_them(agent: Agent) -> None:
    assert sample_files(agent), f"{agent.id} needs a line in tests/agents/samples.py"
    served = [(RECORDED / sample / "requests.jsonl").exists() for sample in SAMPLES[agent.id]]
    assert any(served) or not agent.tested_on, "what was run says what the model's server got"


@pytest.mark.parametrize("agent", AGENTS, ids=lambda agent: agent.id)
def test_ids_are_stable(agent: Agent) -> None:
    found: set[bytes] = set()
    for file in sample_files(agent):
        parts = [part for part, _ in query_all(file)] if file.is_database else read_chunks(file, [b"".join(file.lines)])
        found |= merged(parts).keys()
    assert found
    assert digest_of_keys(found) == KEYS[agent.id]


@pytest.mark.parametrize("file", TEXTS, ids=named)
def test_ids_do_not_depend_on_where_a_log_lies(file: SampleFile) -> None:
    # Some tell a run by the folders it lies in: those that belong to the agent stay.
    moved = LogFile(str(Path("/srv/copy") / file.path.relative_to(RECORDED)), file.log.first_mtime_us + 5)
    here, there = (merged(read_chunks(file, [b"".join(file.lines)], log)) for log in (file.log, moved))
    assert here.keys() == there.keys()
    assert {key: bill.run for key, bill in here.items()} == {key: bill.run for key, bill in there.items()}


@pytest.mark.parametrize("file", LINES, ids=named)
@settings(max_examples=15)
@given(places=st.lists(st.integers(0, 10_000), max_size=8))
def test_any_split_into_lines_gives_the_same_requests(file: SampleFile, places: list[int]) -> None:
    lines = file.lines
    edges = sorted({0, len(lines), *(place % (len(lines) + 1) for place in places)})
    whole = read_chunks(file, [b"".join(lines)])
    parts = read_chunks(file, [b"".join(lines[a:b]) for a, b in pairwise(edges)])
    assert merged(parts) == merged(whole)
    assert called(parts) == called(whole)
    assert skipped(parts) == skipped(whole) == 0


@pytest.mark.parametrize(("id", "sample"), HOMES)
@settings(max_examples=3, deadline=None)
@given(places=st.lists(st.floats(0, 1), min_size=1, max_size=4))
def test_any_split_of_the_bytes_gives_the_same_ledger(id: str, sample: str, places: list[float]) -> None:
    """Every log of a home grows at once, cut anywhere; what is a database is there from the start."""
    home, agent = RECORDED / sample / "home", AGENT_OF[id]
    with TemporaryDirectory() as one, TemporaryDirectory() as other:
        whole = indexed([home], Path(one))
        with open_meter(Path(other)) as meter:
            shutil.copytree(home, meter.home, dirs_exist_ok=True)
            logs = [meter.home / file.path.relative_to(home) for file in sample_files(agent)
                    if file.path.is_relative_to(home) and not file.is_database]  # fmt: skip
            contents = {log: log.read_bytes() for log in logs}
            for share in [*sorted(places), 1.0]:
                for log, data in contents.items():
                    log.write_bytes(data[: round(share * len(data))])
                meter.index()
            assert picture(meter.connection) == whole
            assert meter.skipped() == {}


@pytest.mark.parametrize("file", LINES, ids=named)
@settings(max_examples=15)
@given(st.integers(0, 10_000), st.sampled_from([b"\xff\xfe\x00 garbage\n", b"{\n", b"null\n", b"[1, 2]\n", b"\n"]))
def test_a_broken_line_between_the_others_costs_nothing_but_itself(file: SampleFile, place: int, broken: bytes) -> None:
    lines = file.lines
    at = place % (len(lines) + 1)
    half = lines[at % len(lines)][: len(lines[at % len(lines)]) // 2] + b"\n"
    expected = merged(read_chunks(file, [b"".join(lines)]))
    for strange in (broken, half):
        readings = read_chunks(file, [b"".join([*lines[:at], strange, *lines[at:]])])
        assert merged(readings) == expected
        assert skipped(readings) <= 1


@pytest.mark.parametrize("file", LINES, ids=named)
def test_a_line_that_is_lost_costs_its_own_request_at_most(file: SampleFile) -> None:
    lines = file.lines
    every = merged(read_chunks(file, [b"".join(lines)]))
    for at in range(1, len(lines)):
        rest = merged(read_chunks(file, [b"".join([*lines[:at], b"{broken}\n", *lines[at + 1 :]])]))
        assert len(every) - 1 <= len(rest) <= len(every)


@pytest.mark.parametrize("file", [file for file in TEXTS if file.is_document], ids=named)
def test_half_a_document_is_no_failure(file: SampleFile) -> None:
    (whole,) = file.lines
    for length in range(0, len(whole) - 2, max(1, len(whole) // 20)):
        assert merged(read_chunks(file, [whole[:length]])) == {}


@pytest.mark.parametrize("agent", AGENTS, ids=lambda agent: agent.id)
@settings(max_examples=25)
@given(junk=st.lists(st.binary(max_size=60).map(lambda raw: raw + b"\n"), max_size=5))
def test_no_bytes_whatever_make_an_adapter_fail(agent: Agent, junk: list[bytes]) -> None:
    for suffix in agent.suffixes:
        if not suffix.endswith(agent.databases):
            agent.read(b"".join(junk), b"", LogFile(f"/home/dev/chats/x{suffix}", 1, b"".join(junk)))


@pytest.mark.parametrize(("id", "sample"), HOMES)
def test_a_replay_changes_nothing(id: str, sample: str, tmp_path: Path) -> None:
    home = RECORDED / sample / "home"
    with open_meter(tmp_path) as meter:
        shutil.copytree(home, meter.home, dirs_exist_ok=True)
        meter.index()
        before = picture(meter.connection)
        assert before["requests"]
        meter.connection.execute("UPDATE file SET parser = 0")
        assert meter.index().requests == 0
        assert picture(meter.connection) == before
    del id


@pytest.mark.parametrize(("id", "sample"), HOMES)
def test_a_home_that_is_seen_twice_counts_once(id: str, sample: str, tmp_path: Path) -> None:
    agent, home = AGENT_OF[id], RECORDED / sample / "home"
    with open_meter(tmp_path) as meter:
        totals = []
        for place in (tmp_path / "one", tmp_path / "two"):
            shutil.copytree(home, place)
            take_in(meter, agent, find_sources((agent,), {}, place, {}))
            totals.append(meter.totals())
        assert totals[0] == totals[1]


def take_in(meter: Meter, agent: Agent, sources: Sequence[Source]) -> None:
    """Read and write all that is unread in some folders."""
    work = find_unread(sources, load_bookmarks(meter.connection))
    parts = [part for item in work for part in read_file(item, 0, agent)]
    writer(meter.connection).apply(parts)


@pytest.mark.parametrize(("id", "sample"), HOMES)
def test_reading_writes_nothing_below_the_home(id: str, sample: str, meter: Meter) -> None:
    shutil.copytree(RECORDED / sample / "home", meter.home / "home")
    sources = find_sources((AGENT_OF[id],), {}, meter.home / "home", {})
    before = state(meter.home / "home")
    take_in(meter, AGENT_OF[id], sources)
    assert meter.bills()
    assert state(meter.home / "home") == before


def state(home: Path) -> dict[str, tuple[int, bytes]]:
    """Every file's time and bytes."""
    return {str(path): (path.stat().st_mtime_ns, path.read_bytes()) for path in home.rglob("*") if path.is_file()}


LOCK_ALL = """
import fcntl, sys
for path in sys.argv[1:]:
    with open(path, "r+b") as log:
        fcntl.lockf(log, fcntl.LOCK_EX | fcntl.LOCK_NB)
"""


@pytest.mark.skipif(os.name == "nt", reason="asks POSIX for locks")
@pytest.mark.parametrize(("id", "sample"), HOMES)
def test_an_owner_can_lock_every_log_while_it_is_read(id: str, sample: str, meter: Meter) -> None:
    shutil.copytree(RECORDED / sample / "home", meter.home / "home")
    work = find_unread(find_sources((AGENT_OF[id],), {}, meter.home / "home", {}), {})
    begun = [read_file(item, 0, AGENT_OF[id]) for item in work]
    for parts in begun:
        next(parts)
    subprocess.run([sys.executable, "-c", LOCK_ALL, *(item.found.path for item in work)], check=True)


@pytest.mark.skipif(not DATABASES, reason="no agent of the list keeps a database")
@pytest.mark.parametrize("file", DATABASES, ids=named)
def test_a_query_that_is_cut_short_goes_on_where_it_was(file: SampleFile) -> None:
    whole = [part for part, _ in query_all(file)]
    found: list[Reading] = []
    carry = b""
    for _ in range(10_000):
        part = next(query_all(file, carry, 1), None)
        if part is None or part[1] == carry:
            break
        found.append(part[0])
        carry = part[1]
    assert merged(found) == merged(whole) != {}


def test_requests_name_a_run_that_is_told_of() -> None:
    for file in TEXTS:
        (reading,) = read_chunks(file, [b"".join(file.lines)])
        assert {bill.run for bill in reading.requests.values()} <= reading.runs.keys()
        assert all(bill.at > 0 for bill in reading.requests.values())
