"""What a stretch of a log told: requests, and facts about sessions, runs, plan windows and refusals."""

from __future__ import annotations

from dataclasses import dataclass, field
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
