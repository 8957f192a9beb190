"""What every agent's adapter provides: where its logs are, and how what they hold becomes requests.

An adapter is a reader that opens nothing, writes nothing and locks nothing. A log comes to it in one
of three ways, told from the end of its name:

- as lines: bytes that end at a line's end and what it carried over from the bytes before. Any split of
  a file into such chunks gives the same requests;
- as a document, which its owner writes anew as a whole: all of its bytes, each time they changed;
- as a database: an open SQLite connection that can only read, and what it carried over from the last time.

Whatever the way, what was read before may come again: the keys of its requests are the same.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from taximeter.domain.reading import Reading

if TYPE_CHECKING:
    import sqlite3


class LogFile(NamedTuple):
    """A log as the collector found it. ``first_mtime_us`` is its age when it was first seen."""

    path: str
    first_mtime_us: int
    beside: bytes = b""
    """What stands in the file that ``Agent.beside`` names, empty when there is none."""


Read = Callable[[bytes, bytes, LogFile], tuple[Reading, bytes]]
"""(whole lines, carry, file) -> (what they hold, new carry); the first carry is empty.

A document comes whole and always with an empty carry; the carry it returns is not kept.
"""

Query = Callable[["sqlite3.Connection", bytes, LogFile], Iterator[tuple[Reading, bytes]]]
"""(connection, carry, file) -> (what was new, carry that covers it), part after part.

The carry says up to where the database was read; it is empty at first, and again when the file was
replaced or the reader learned something new. The connection shows one moment of the database for as
long as the parts are asked for. A ``sqlite3.Error`` on the way becomes the file's trouble, and what
was yielded before it may be read again.
"""


def no_rows(connection: sqlite3.Connection, carry: bytes, file: LogFile) -> Iterator[tuple[Reading, bytes]]:
    """The query of an agent that keeps no database."""
    del connection, carry, file
    return iter(())


def no_folders(home: Path) -> tuple[Path, ...]:
    """For an agent whose folders are all watched with what is below them."""
    del home
    return ()


def nothing_beside(path: str) -> str:
    """For an agent whose logs say all that is known of them."""
    del path
    return ""


@dataclass(frozen=True, slots=True)
class Agent:
    """One coding agent. Everything that is known about it stands in its own module."""

    id: str
    name: str
    parser_version: int
    """Raised when the reader learns something new: files read by an older one are read again."""
    variables: tuple[str, ...]
    """The environment variables that ``homes`` looks at."""
    homes: Callable[[Mapping[str, str], Path], tuple[Path, ...]]
    """From the environment and the user's home folder to the agent's config folders."""
    log_folders: Callable[[Path], tuple[Path, ...]]
    """From one home to the folders that are watched, each with all that is below it."""
    suffixes: tuple[str, ...]
    """How the names of the files end that are to be read."""
    read: Read
    knows: frozenset[str]
    """What the logs tell, of KNOWLEDGE; the table in ``docs/agents.md`` is made from this."""
    tested_on: str
    """The versions that were run for the tests' recordings, against a scripted model; empty where it never was."""
    real_data: str = ""
    """The versions (or the time) of logs of real work that it was tried on; empty where none were at hand."""
    documents: tuple[str, ...] = ()
    """Those of ``suffixes`` whose files are written anew as a whole."""
    databases: tuple[str, ...] = ()
    """Those of ``suffixes`` whose files are SQLite databases: ``query`` reads them."""
    query: Query = no_rows
    flat_folders: Callable[[Path], tuple[Path, ...]] = no_folders
    """From one home to folders of which only the files that lie directly in them count."""
    flat_suffixes: tuple[str, ...] = ()
    """Those of ``suffixes`` that count there, where not all do: secrets may lie beside a log."""
    within: str = ""
    """A folder's name that has to be on the way to a log, below the watched folder; empty where all count."""
    beside: Callable[[str], str] = nothing_beside
    """From a log's path to that of a small file that says more of it, such as which project its folder's name means."""
    house: bool = False
    """A company's own: described by its profile, which stands for what it says."""


KNOWLEDGE: Mapping[str, str] = {
    "tokens": "Input and output, for each request.",
    "cache": "How much of the input was read from a cache.",
    "cache writes": "How much of the input was written to a cache, which some vendors charge more for.",
    "thoughts": "How much of the output was thought, not said.",
    "model": "Which model answered.",
    "project": "The folder that was worked in.",
    "branch": "The branch that was worked on.",
    "parent run": "Which requests a subagent made, and who started it.",
    "own cost": "A cost that the agent worked out itself: kept beside ours, never added to it.",
    "plan windows": "How much of a plan's window is used, as a share.",
    "credits": "What a plan counts in place of money.",
    "refusals": "That a request was refused for want of budget or quota.",
}
"""Every word that ``Agent.knows`` may hold, and what it means."""
