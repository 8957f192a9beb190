"""Whatever is to be written beside readings goes through the collector's one connection, in turn."""

from __future__ import annotations

import contextlib
import sqlite3
import threading
import time
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path

import pytest
from agents.lines import SESSION, answer, jsonl, usage
from agents.metering import PROJECT

from taximeter.collect import live
from taximeter.collect.installation import Installation
from taximeter.collect.live import Collector, Ledger, Telling
from taximeter.collect.writing import writing
from taximeter.host.lease import try_acquire
from taximeter.host.paths import ensure_private
from taximeter.ledger.opening import open_reading

DEADLINE_S = 20.0


@pytest.fixture(autouse=True)
def soon(monkeypatch: pytest.MonkeyPatch) -> None:
    """The lease is tried again at once."""
    monkeypatch.setattr(live, "LEASE_RETRY_S", 0.02)


@pytest.fixture
def place(private_home: Path) -> Installation:
    """An installation in a home of its own."""
    return Installation.find({"TAXIMETER_HOME": str(private_home / "taximeter"), "TZ": "UTC"}, private_home)


@contextlib.contextmanager
def collecting(place: Installation, in_touch: threading.Event | None = None) -> Iterator[Collector]:
    """A collector that runs until the block ends."""
    keeping = place.keeping()

    def touched(*, now: bool) -> None:
        if now and in_touch is not None:
            in_touch.set()

    def troubled(trouble: Exception) -> None:
        raise AssertionError(trouble)

    telling = Telling(lambda: None, lambda _: None, troubled, lambda: None, touched)
    ledger = Ledger(partial(writing, keeping), partial(open_reading, keeping.file))
    collector = Collector(keeping, ledger, telling)
    collector.start()
    try:
        yield collector
    finally:
        collector.stop()


def note(name: str) -> Callable[[sqlite3.Connection], None]:
    """A job that writes its name."""

    def job(ledger: sqlite3.Connection) -> None:
        ledger.execute("INSERT INTO meta VALUES (?, 'done')", (name,))

    return job


def notes(place: Installation) -> list[str]:
    """The names that were written, in order."""
    with place.reading() as ledger:
        query = "SELECT name FROM meta WHERE value = 'done' ORDER BY name"
        return [name for (name,) in ledger.execute(query)]


def wait_until(holds: Callable[[], bool]) -> None:
    """Wait for it, a while at most."""
    end = time.monotonic() + DEADLINE_S
    while not holds():
        assert time.monotonic() < end, "it never came to hold"
        time.sleep(0.005)


def test_jobs_of_several_threads_are_all_written(place: Installation) -> None:
    in_touch = threading.Event()
    with collecting(place, in_touch) as collector:
        assert in_touch.wait(DEADLINE_S)

        def write_all(number: int) -> None:
            for each in range(20):
                collector.write(note(f"{number}-{each:02}"))

        threads = [threading.Thread(target=write_all, args=(number,)) for number in range(4)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        wait_until(lambda: len(notes(place)) == 80)


def test_a_job_that_fails_is_rolled_back_and_told_and_the_next_one_runs(
    place: Installation, expected_log: Callable[[str], None]
) -> None:
    expected_log("ERROR taximeter.collect: something could not be written")

    def half(ledger: sqlite3.Connection) -> None:
        note("half")(ledger)
        raise ValueError("in the middle")

    with collecting(place) as collector:
        collector.write(half)
        collector.write(note("whole"))
    assert notes(place) == ["whole"]


def test_jobs_that_wait_when_it_is_stopped_are_still_written(place: Installation) -> None:
    in_touch, go_on = threading.Event(), threading.Event()

    def first(ledger: sqlite3.Connection) -> None:
        go_on.wait(DEADLINE_S)
        note("first")(ledger)

    with collecting(place, in_touch) as collector:
        assert in_touch.wait(DEADLINE_S)
        collector.write(first)
        collector.write(note("second"))
        go_on.set()
    assert notes(place) == ["first", "second"]


def test_jobs_wait_while_another_process_writes(place: Installation) -> None:
    paths = place.keeping().paths
    ensure_private(paths.data)
    lease = try_acquire(paths.lease_file)
    assert lease is not None
    in_touch = threading.Event()
    with collecting(place, in_touch) as collector:
        collector.write(note("later"))
        assert not in_touch.wait(0.2)
        assert not place.keeping().file.exists()
        lease.release()
        wait_until(lambda: in_touch.is_set() and notes(place) == ["later"])


def test_jobs_that_could_never_be_written_are_told(place: Installation, expected_log: Callable[[str], None]) -> None:
    expected_log("WARNING taximeter.collect: not written, since another process kept the ledger: 1 jobs")
    ensure_private(place.keeping().paths.data)
    lease = try_acquire(place.keeping().paths.lease_file)
    assert lease is not None
    with collecting(place) as collector:
        collector.write(note("never"))
    lease.release()


def test_a_job_does_not_keep_lines_from_being_read(place: Installation) -> None:
    in_touch = threading.Event()
    file = place.home / PROJECT / f"{SESSION}.jsonl"
    file.parent.mkdir(parents=True)
    file.write_bytes(jsonl(answer("msg_1", usage(5))))

    def requests() -> int:
        with place.reading() as ledger:
            return int(ledger.execute("SELECT count(*) FROM request").fetchone()[0])

    with collecting(place, in_touch) as collector:
        assert in_touch.wait(DEADLINE_S)
        for number in range(2, 6):
            collector.write(note(str(number)))
            with file.open("ab") as log:
                log.write(jsonl(answer(f"msg_{number}", usage(5), request=f"req_{number}")))
            collector.rescan()
        wait_until(lambda: requests() == 5)
    assert notes(place) == ["2", "3", "4", "5"]


def test_a_job_with_transactions_of_its_own_tells_how_it_went(place: Installation) -> None:
    def rewrite(ledger: sqlite3.Connection) -> None:
        note("alone")(ledger)
        ledger.execute("VACUUM")

    def fail(_: sqlite3.Connection) -> None:
        raise ValueError("no")

    with collecting(place) as collector:
        collector.write_alone(rewrite).result(DEADLINE_S)
        with pytest.raises(ValueError, match="no"):
            collector.write_alone(fail).result(DEADLINE_S)
        collector.write(note("later"))
    assert notes(place) == ["alone", "later"]


def test_a_job_that_was_given_up_is_not_done(place: Installation) -> None:
    ensure_private(place.paths.data)
    held = try_acquire(place.paths.lease_file)
    assert held is not None
    in_touch = threading.Event()
    with collecting(place, in_touch) as collector:
        assert collector.write_alone(note("given up")).cancel()
        held.release()
        assert in_touch.wait(DEADLINE_S)
        collector.write(note("done"))
    assert notes(place) == ["done"]
