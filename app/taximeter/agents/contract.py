"""What every agent's adapter provides: where its logs are, and how their lines become requests.

An adapter is a pure reader: it is handed bytes that end at a line's end and what it carried over
from the bytes before, and returns what they hold. Any split of a file into such chunks gives the
same requests. It never opens, writes or locks a file.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import NamedTuple

from taximeter.domain.usage import Request, RunKind


class SessionSeen(NamedTuple):
    """Facts about a session that a line told. Empty strings say nothing and overwrite nothing."""

    id: str
    cwd: str = ""
    branch: str = ""
    version: str = ""


class RunSeen(NamedTuple):
    """Facts about a run. Empty strings say nothing; ``session`` is the root session's id."""

    id: str
    session: str
    parent: str = ""
    kind: RunKind = RunKind.MAIN
    type: str = ""
    label: str = ""


class WindowSeen(NamedTuple):
    """A vendor's plan window as a log quotes it: a share used, never money."""

    limit_id: str
    minutes: int
    used_percent: float
    resets_at: int
    observed_at: int
    plan: str


class RefusalSeen(NamedTuple):
    """A refusal for want of budget or quota; the message itself is not kept."""

    key: bytes
    session: str
    at: int
    reason: str


@dataclass(slots=True)
class Reading:
    """What a chunk held. ``skipped`` counts unusable lines by reason; nothing is swallowed."""

    requests: dict[bytes, Request] = field(default_factory=dict)
    sessions: dict[str, SessionSeen] = field(default_factory=dict)
    runs: dict[str, RunSeen] = field(default_factory=dict)
    windows: list[WindowSeen] = field(default_factory=list)
    refusals: list[RefusalSeen] = field(default_factory=list)
    skipped: dict[str, int] = field(default_factory=dict)

    def skip(self, reason: str, count: int = 1) -> None:
        """Count lines that could not be used."""
        self.skipped[reason] = self.skipped.get(reason, 0) + count


class LogFile(NamedTuple):
    """A log as the collector found it. ``first_mtime_us`` is its age when it was first seen."""

    path: str
    first_mtime_us: int



@dataclass(frozen=True, slots=True)
class Agent:
    """One coding agent. Everything that is known about it stands in its own module."""

    id: str
    name: str
    parser_version: int
    """Raised when the reader learns something new: files read by an older one are read again."""
    homes: Callable[[Mapping[str, str], Path], tuple[Path, ...]]
    """From the environment and the user's home folder to the agent's config folders."""
    log_folders: Callable[[Path], tuple[Path, ...]]
    """From one home to the folders that are watched."""
    is_log: Callable[[str], bool]
    """Whether a path below a log folder is one to read."""
    read: Callable[[bytes, bytes, LogFile], tuple[Reading, bytes]]
    """(whole lines, carry, file) -> (what they hold, new carry); the first carry is empty."""
    knows: frozenset[str]
    """What the logs tell, of KNOWLEDGE; the table in the docs is made from this."""
    tested_on: str
    """The versions whose real recordings the tests read."""


KNOWLEDGE: Iterable[str] = (
    "tokens", "cache", "model", "project", "branch", "parent run", "own cost", "plan windows", "refusals",
)  # fmt: skip
