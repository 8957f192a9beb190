"""Which way a log is read: as lines, as a document, or as a database. Its adapter says so by the ends of names."""

from __future__ import annotations

from collections.abc import Iterator

from taximeter.agents.contract import Agent, LogFile, nothing_beside
from taximeter.collect.databases import read_database
from taximeter.collect.discovery import Work
from taximeter.collect.documents import read_document
from taximeter.collect.tail import read_log
from taximeter.domain.reading import Reading
from taximeter.ledger.bookmarks import FileReading

_BESIDE_CAP = 1 << 20


def read_file(work: Work, now: int, agent: Agent) -> Iterator[FileReading]:
    """What a file holds beyond its bookmark, a part at a time, or its trouble."""

    def read(chunk: bytes, carry: bytes, file: LogFile) -> tuple[Reading, bytes]:
        return agent.read(chunk, carry, file._replace(beside=beside(agent, file.path)))

    path, told = work.found.path, agent.read if agent.beside is nothing_beside else read
    if path.endswith(agent.databases):
        return read_database(work, now, agent.query)
    if path.endswith(agent.documents):
        return read_document(work, now, told)
    return read_log(work, now, told)


def beside(agent: Agent, path: str) -> bytes:
    """What the file says that says more of a log; empty when there is none, or none that could be one."""
    try:
        with open(agent.beside(path), "rb", buffering=0) as file:
            said = file.read(_BESIDE_CAP + 1)
    except OSError:
        return b""
    return said if len(said) <= _BESIDE_CAP else b""
