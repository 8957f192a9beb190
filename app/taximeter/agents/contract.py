"""What every agent's adapter provides: where its logs are, and how their lines become requests.

An adapter is a pure reader: it is handed bytes that end at a line's end and what it carried over
from the bytes before, and returns what they hold. Any split of a file into such chunks gives the
same requests. It never opens, writes or locks a file.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import NamedTuple

from taximeter.domain.reading import Reading


class LogFile(NamedTuple):
    """A log as the collector found it. ``first_mtime_us`` is its age when it was first seen."""

    path: str
    first_mtime_us: int


Read = Callable[[bytes, bytes, LogFile], tuple[Reading, bytes]]
"""(whole lines, carry, file) -> (what they hold, new carry); the first carry is empty."""


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
    """From one home to the folders that are watched."""
    suffixes: tuple[str, ...]
    """How the names of the files end that are to be read."""
    read: Read
    knows: frozenset[str]
    """What the logs tell, of KNOWLEDGE; the table in the docs is made from this."""
    tested_on: str
    """The versions whose real recordings the tests read."""


KNOWLEDGE: Iterable[str] = (
    "tokens", "cache", "model", "project", "branch", "parent run", "own cost", "plan windows", "refusals",
)  # fmt: skip
