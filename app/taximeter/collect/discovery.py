"""Which logs there are, and which of them hold something that was not read yet."""

from __future__ import annotations

import os
import sqlite3
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import NamedTuple

from taximeter.agents.contract import Agent
from taximeter.ledger.writer import Bookmark

NOT_A_FILE = "a folder stands where a log is expected"


class Source(NamedTuple):
    """One agent and the folders in which its logs are; folders need not exist."""

    agent: Agent
    folders: tuple[str, ...]


class Found(NamedTuple):
    """A log file as the file system shows it now."""

    agent: Agent
    path: str
    device: int
    inode: int
    size: int
    mtime_us: int
    trouble: str = ""


class Work(NamedTuple):
    """A file to read, and what is known of it from before."""

    found: Found
    bookmark: Bookmark | None
    unread: int
    """Bytes to read, as far as the sizes tell."""


def find_sources(
    agents: Sequence[Agent], env: Mapping[str, str], home: Path, extra: Mapping[str, Sequence[Path]]
) -> tuple[Source, ...]:
    """Each agent's log folders: where its own variables say, else its usual places, and ``extra`` homes by agent id.

    A folder that is reached under two names counts once.
    """
    sources = []
    for agent in agents:
        homes = (*agent.homes(env, home), *extra.get(agent.id, ()))
        folders = dict.fromkeys(os.path.realpath(folder) for each in homes for folder in agent.log_folders(each))
        sources.append(Source(agent, tuple(folders)))
    return tuple(sources)


def find_logs(sources: Iterable[Source]) -> Iterator[Found]:
    """All logs in the folders; a folder that cannot be listed becomes a ``Found`` with a trouble."""
    for source in sources:
        for folder in source.folders:
            yield from _walk(source.agent, folder)


def _walk(agent: Agent, root: str) -> Iterator[Found]:
    folders = [root]
    while folders:
        folder = folders.pop()
        try:
            entries = list(os.scandir(folder))
        except (FileNotFoundError, NotADirectoryError):
            continue
        except OSError as error:
            yield Found(agent, folder, 0, 0, 0, 0, error.strerror or "cannot be listed")
            continue
        for entry in entries:
            if entry.is_dir(follow_symlinks=False):
                folders.append(entry.path)
                if entry.name.endswith(".jsonl"):
                    yield Found(agent, entry.path, 0, 0, 0, 0, NOT_A_FILE)
            elif agent.is_log(entry.path):
                found = look_at(agent, entry.path)
                if found is not None:
                    yield found


def look_at(agent: Agent, path: str) -> Found | None:
    """One file as it is now; None when it is gone."""
    try:
        seen = os.stat(path)
    except FileNotFoundError:
        return None
    except OSError as error:
        return Found(agent, path, 0, 0, 0, 0, error.strerror or "cannot be read")
    return Found(agent, path, seen.st_dev, seen.st_ino, seen.st_size, seen.st_mtime_ns // 1000)


def load_bookmarks(connection: sqlite3.Connection) -> dict[str, Bookmark]:
    """How far each file was read, by path."""
    query = """SELECT agent, path, identity, size, mtime_us, first_mtime_us, offset, carry, parser, read_at, trouble
      FROM file"""
    return {row[1]: Bookmark(*row) for row in connection.execute(query)}


def load_bookmark(connection: sqlite3.Connection, path: str) -> Bookmark | None:
    """How far one file was read."""
    row = connection.execute(
        """SELECT agent, path, identity, size, mtime_us, first_mtime_us, offset, carry, parser, read_at, trouble
        FROM file WHERE path = ?""",
        (path,),
    ).fetchone()
    return None if row is None else Bookmark(*row)


def find_work(found: Iterable[Found], bookmarks: Mapping[str, Bookmark]) -> list[Work]:
    """What has to be read, the newest files first, so that today is right within the first second."""
    work = []
    for file in found:
        known = bookmarks.get(file.path)
        if known is None:
            work.append(Work(file, None, file.size))
        elif (
            known.size != file.size
            or known.mtime_us != file.mtime_us
            or known.parser != file.agent.parser_version
            or known.trouble != file.trouble
            or not same_file(known.identity, file)
        ):
            grown = known.parser == file.agent.parser_version and file.size >= known.offset
            work.append(Work(file, known, file.size - known.offset if grown else file.size))
    work.sort(key=lambda item: item.found.mtime_us, reverse=True)
    return work


def same_file(identity: str, file: Found) -> bool:
    """Whether an identity names the file that lies here now (its head is compared when it is read)."""
    return identity.startswith(f"{file.device:x}:{file.inode:x}:")
