"""Bringing the ledger up to date: find what is new, read it newest first, write it in batches."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from operator import attrgetter

from taximeter.agents import AGENTS
from taximeter.collect.discovery import Work
from taximeter.collect.reporting import IndexReport, Report
from taximeter.collect.ways import read_file
from taximeter.domain.usage import Mark
from taximeter.ledger.bookmarks import FileReading
from taximeter.ledger.readmodels import IndexProgress
from taximeter.ledger.writer import Written

BATCH = 10_000
"""Requests a transaction; large enough for speed, small enough that the lock is short."""
AHEAD_MS = 24 * 3_600_000
"""A log's clock may be off by a day (a wrong zone); beyond that its time is not believed."""
_TIME = attrgetter("at")
CLOCK_AHEAD = "time in the future, counted at the time of reading"

Apply = Callable[[Sequence[FileReading]], Written]


def index(work: Sequence[Work], now: int, assumed: Mapping[str, str], apply: Apply, report: Report) -> IndexReport:
    """Read and write all of ``work``.

    ``assumed`` names, by agent id, the model of requests whose log does not (x11). ``report`` hears
    after each batch how far it is.
    """
    return write_all(readings(work, now, assumed), work, apply, report)


def readings(work: Iterable[Work], now: int, assumed: Mapping[str, str]) -> Iterator[FileReading]:
    """The readings of all files in order, times and models that cannot be believed made good and marked."""
    agents = {agent.id: agent for agent in AGENTS}
    for item in work:
        id = item.found.agent
        if id not in agents:
            from taximeter.collect.house_agents import reader_of

            agents[id] = reader_of(item.found)
        model = assumed.get(id, "")
        for part in read_file(item, now, agents[id]):
            yield _made_good(part, now, model)


def write_all(parts: Iterable[FileReading], work: Sequence[Work], apply: Apply, report: Report) -> IndexReport:
    """Write readings in batches of about ``BATCH`` requests."""
    batch: list[FileReading] = []
    size = requests = skipped = done = offset = 0
    bytes_total, bytes_done = sum(item.unread for item in work), 0
    last_path = ""
    sessions = set[int]()
    for part in parts:
        batch.append(part)
        size += len(part.reading.requests) + 1
        skipped += sum(part.reading.skipped.values())
        if part.bookmark.path != last_path:
            last_path, done, offset = part.bookmark.path, done + 1, 0
        bytes_done, offset = bytes_done + part.bookmark.offset - offset, part.bookmark.offset
        if size >= BATCH:
            written = apply(batch)
            requests, sessions = requests + written.requests, sessions | written.sessions
            batch, size = [], 0
            report(IndexProgress(done, len(work), min(bytes_done, bytes_total), bytes_total))
    if batch:
        written = apply(batch)
        requests, sessions = requests + written.requests, sessions | written.sessions
    return IndexReport(done, bytes_total, requests, len(sessions), skipped)


def _made_good(part: FileReading, now: int, model: str) -> FileReading:
    requests = part.reading.requests
    latest = now + AHEAD_MS
    if not model and max(map(_TIME, requests.values()), default=0) <= latest:
        return part
    for key, request in requests.items():
        if request.at > latest:
            requests[key] = request = request._replace(at=now, marks=request.marks | Mark.CLOCK_AHEAD)  # noqa: PLW2901
            part.reading.skip(CLOCK_AHEAD)
        if not request.model and model:
            requests[key] = request._replace(model=model, marks=request.marks | Mark.MODEL_ASSUMED)
    return part
