"""The collector thread: takes in the backlog, then each line that an agent appends, until it is stopped.

It holds the one connection that writes, so whatever else is to be written is handed to it.
"""

from __future__ import annotations

import contextlib
import logging
import os
import queue
import sqlite3
import threading
import time
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import Future
from dataclasses import dataclass
from typing import Protocol

from taximeter.collect import bulk, indexing
from taximeter.collect.discovery import Work, find_unread, find_work, log_of, look_at
from taximeter.collect.keeping import Keeping, Stamp, in_force, stamp_of
from taximeter.collect.pacing import Pacing
from taximeter.collect.watching import Watch
from taximeter.host.trouble import Trouble
from taximeter.ledger.bookmarks import load_bookmark, load_bookmarks
from taximeter.ledger.readmodels import IndexProgress
from taximeter.ledger.writer import Writer

log = logging.getLogger("taximeter.collect")

RESCAN_S = 300
"""The slow look at everything: what a notice missed, and new folders."""
RESCAN_UNWATCHED_S = 10
"""Where watching was refused."""
LEASE_RETRY_S = 3
SETTLE_S = 0.03
"""Lines of one answer come together; they are read together."""

Job = Callable[[sqlite3.Connection], None]
"""Writes something else than readings, inside a transaction that is begun and ended for it."""
_EVERYTHING, _JOB = "", "a job"
"""What wakes the thread beside a path that was written (those are absolute)."""


@dataclass(frozen=True, slots=True)
class _Alone:
    """A job that begins and ends its transactions itself, and that somebody waits for."""

    job: Job
    done: Future[None]


class InTouch(Protocol):
    """Hears whether the ledger agrees with the logs at each moment from now on."""

    def __call__(self, *, now: bool) -> None:
        """``now`` is True from the first look on, False when the collector had to stop."""


@dataclass(frozen=True, slots=True)
class Telling:
    """Whom the collector tells, from its own thread."""

    changed: Callable[[], None]
    progressed: Callable[[IndexProgress], None]
    troubled: Callable[[Trouble], None]
    settings_changed: Callable[[], None]
    in_touch: InTouch


@dataclass(frozen=True, slots=True)
class Ledger:
    """The ways into the ledger that the collector needs."""

    writing: Callable[[], contextlib.AbstractContextManager[Writer | None]]
    """Takes the lease and opens the ledger for writing; None while another process writes."""
    reading: Callable[[], sqlite3.Connection]


class Collector:
    """Owns the thread and what wakes it; ``stop`` ends it within about a second."""

    def __init__(self, keeping: Keeping, ledger: Ledger, telling: Telling) -> None:
        self._keeping = keeping
        self._ledger = ledger
        paths = keeping.paths
        self._settings_files = {os.fspath(paths.settings_file), os.fspath(paths.machine_settings_file)}
        self._profile_folders = {os.fspath(folder) for folder in paths.profile_folders}
        self._telling = telling
        self._woken: queue.SimpleQueue[str | None] = queue.SimpleQueue()
        self._jobs: queue.SimpleQueue[Job | _Alone] = queue.SimpleQueue()
        self._stopping = threading.Event()
        self._thread = threading.Thread(target=self._run, name="collector", daemon=True)

    def start(self) -> None:
        """Begin; returns at once."""
        self._thread.start()

    def rescan(self) -> None:
        """Look at everything now, after a wake-up or when a setting changed."""
        self._woken.put(_EVERYTHING)

    def write(self, job: Job) -> None:
        """Have ``job`` write, soon and in turn; returns at once, from any thread.

        While another process writes the ledger, or before ``start``, it waits. A job that fails is
        rolled back and told in the app's log, and nothing else stops for it.
        """
        self._jobs.put(job)
        self._woken.put(_JOB)

    def write_alone(self, job: Job) -> Future[None]:
        """Have ``job`` write, soon and in turn, with transactions of its own; the future tells how it went.

        While another process writes the ledger, or before ``start``, it waits, and can be cancelled.
        """
        done: Future[None] = Future()
        self._jobs.put(_Alone(job, done))
        self._woken.put(_JOB)
        return done

    def stop(self) -> None:
        """End after the batch that is under way and the jobs that wait; nothing that was written is lost."""
        self._stopping.set()
        self._woken.put(None)
        self._thread.join(5)

    def _run(self) -> None:
        while not self._stopping.is_set():
            try:
                opened_for = in_force(self._keeping)
                with self._ledger.writing() as writer:
                    if writer is not None:
                        self._collect(writer, opened_for)
            except Trouble as trouble:
                self._telling.troubled(trouble)
            except Exception:
                log.exception("the collector failed and starts again")
            self._telling.in_touch(now=False)
            self._stopping.wait(LEASE_RETRY_S)
        if not self._jobs.empty():
            log.warning("not written, since another process kept the ledger: %d jobs", self._jobs.qsize())

    def _collect(self, writer: Writer, opened_for: tuple[str, str]) -> None:
        """Until the app ends, or other prices or another zone are in force than it was opened for."""
        with contextlib.closing(self._ledger.reading()) as reading, _watch(self._woken.put, self.rescan) as watch:
            self._do_jobs(writer)
            refused = watch.cover(self._folders(), self._flat_folders())
            self._look_at_all(writer, reading)
            next_scan = time.monotonic() + (RESCAN_UNWATCHED_S if refused else RESCAN_S)
            self._telling.in_touch(now=True)
            self._telling.changed()  # days may have been cut anew
            stamps, pacing = self._stamps(), Pacing()
            while not self._stopping.is_set():
                paths = self._wait(min(next_scan, pacing.due))
                paths |= pacing.ready(time.monotonic())
                self._do_jobs(writer)
                profiled = any({path, os.path.dirname(path)} & self._profile_folders for path in paths)
                if paths and not profiled and not paths & {*self._settings_files, _EVERYTHING}:
                    touched = self._touched(paths - {_JOB}, reading)
                    self._take_in(writer, pacing.admit(touched, time.monotonic()))
                    continue
                refused = watch.cover(self._folders(), self._flat_folders())
                # A settings file may have come together with its folder, or gone, which is not told.
                before, stamps = stamps, self._stamps()
                if paths & self._settings_files or stamps != before:
                    self._telling.settings_changed()
                if in_force(self._keeping) != opened_for:
                    # Opened anew: what had no price may have one now, and days may begin at other times.
                    return
                self._look_at_all(writer, reading)
                next_scan = time.monotonic() + (RESCAN_UNWATCHED_S if refused else RESCAN_S)
            self._do_jobs(writer)

    def _stamps(self) -> tuple[Stamp, ...]:
        return tuple(map(stamp_of, sorted(self._settings_files)))

    def _folders(self) -> Iterator[str]:
        """What is watched: where the logs are, and where the settings are."""
        yield from map(os.path.dirname, sorted(self._settings_files))
        yield from (folder for source in self._keeping.sources() for folder in source.folders)

    def _flat_folders(self) -> Iterator[str]:
        """What is watched without the folders below."""
        return (folder for source in self._keeping.sources() for folder in source.flat)

    def _look_at_all(self, writer: Writer, reading: sqlite3.Connection) -> None:
        self._take_in(writer, find_unread(self._keeping.sources(), load_bookmarks(reading)))

    def _wait(self, until: float) -> set[str]:
        """Paths that were written, after a moment for more of them; empty when it is time to look at all."""
        paths = set[str]()
        try:
            path = self._woken.get(timeout=max(0.0, until - time.monotonic()))
            time.sleep(SETTLE_S)
            while path is not None:
                paths.add(path)
                path = self._woken.get_nowait()
        except queue.Empty:
            pass
        return paths

    def _do_jobs(self, writer: Writer) -> None:
        done = 0
        with contextlib.suppress(queue.Empty):
            while True:
                job = self._jobs.get_nowait()
                done += 1
                if isinstance(job, _Alone):
                    _run_alone(writer, job)
                    continue
                try:
                    writer.run(job)
                except Exception:
                    log.exception("something could not be written")
        if done:
            self._telling.changed()

    def _touched(self, paths: set[str], reading: sqlite3.Connection) -> list[Work]:
        work: list[Work] = []
        taken = {""}
        for source in self._keeping.sources():
            logs = {log_of(source, path) for path in paths} - taken
            taken |= logs
            for path in logs:
                found = look_at(source, path)
                bookmark = load_bookmark(reading, path)
                if found is not None:
                    work += find_work([found], {} if bookmark is None else {path: bookmark})
        return work

    def _take_in(self, writer: Writer, work: Sequence[Work]) -> None:
        if not work:
            return
        now = int(time.time() * 1000)
        large = sum(item.unread for item in work) > bulk.BULK_BYTES
        assumed = self._keeping.assumed
        parts = bulk.read_in_child(work, now, assumed) if large else indexing.readings(work, now, assumed)

        def report(progress: IndexProgress) -> None:
            self._telling.progressed(progress)
            self._telling.changed()
            self._do_jobs(writer)
            if self._stopping.is_set():
                raise _Stopped

        with contextlib.suppress(_Stopped):
            indexing.write_all(parts, work, writer.apply, report)
        if large:
            self._telling.progressed(IndexProgress())
        self._telling.changed()


def _run_alone(writer: Writer, wanted: _Alone) -> None:
    if not wanted.done.set_running_or_notify_cancel():
        return
    try:
        writer.run_alone(wanted.job)
    except BaseException as error:  # noqa: BLE001 - a future carries any
        wanted.done.set_exception(error)
    else:
        wanted.done.set_result(None)


class _Stopped(Exception):
    """The app ends in the middle of a backlog; the bookmarks say where to go on."""


@contextlib.contextmanager
def _watch(changed: Callable[[str], None], appeared: Callable[[], None]) -> Iterator[Watch]:
    watch = Watch(changed, appeared)
    try:
        yield watch
    finally:
        watch.stop()
