"""What a stretch of a log told: requests, and facts about sessions, runs, launches, plan windows and refusals."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import IntEnum
from typing import NamedTuple

from taximeter.domain.usage import Request, RunKind


class SessionSeen(NamedTuple):
    """Facts about a session that a line told. Empty strings say nothing and overwrite nothing."""

    id: str
    cwd: str = ""
    branch: str = ""
    version: str = ""


class RunEnd(IntEnum):
    """How a run stands, where a log says so; of two that were told at the same moment the larger holds."""

    NOT_TOLD = 0
    RUNS = 1
    FINISHED = 2
    KILLED = 3
    """It was interrupted: it would have cost more."""


class RunSeen(NamedTuple):
    """Facts about a run. Empty strings say nothing; ``session`` is the root session's id."""

    id: str
    session: str
    parent: str = ""
    kind: RunKind = RunKind.MAIN
    type: str = ""
    label: str = ""
    call: str = ""
    """By which name whoever started it knows its start, see ``CallSeen``."""
    launch: str = ""
    """What it shares with the runs that started together with it, where its own log tells that."""
    end: RunEnd = RunEnd.NOT_TOLD
    told_at: int = 0
    """When ``end`` was told, ms since the epoch; 0 when that is not known."""


class CallSeen(NamedTuple):
    """A call that starts agents, as told by whoever made it. It meets the run by ``name``."""

    name: str
    """What the started run's ``call`` says."""
    call: str
    """The agent's own id of the call, which its hooks are told, too."""
    launch: str
    """The reply that made it: all calls of one reply are one launch."""


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
    calls: dict[str, CallSeen] = field(default_factory=dict)
    windows: list[WindowSeen] = field(default_factory=list)
    refusals: list[RefusalSeen] = field(default_factory=list)
    skipped: dict[str, int] = field(default_factory=dict)

    def skip(self, reason: str, count: int = 1) -> None:
        """Count lines that could not be used."""
        self.skipped[reason] = self.skipped.get(reason, 0) + count

    def note_run(self, seen: RunSeen) -> None:
        """Add facts about a run to those that were told of it before."""
        known = self.runs.get(seen.id)
        self.runs[seen.id] = seen if known is None else _together(known, seen)

    def note_call(self, seen: CallSeen) -> None:
        """Add a call that starts agents; of two tellings the order does not matter."""
        known = self.calls.get(seen.name, seen)
        self.calls[seen.name] = CallSeen(seen.name, min(seen.call, known.call), min(seen.launch, known.launch))


def _together(known: RunSeen, seen: RunSeen) -> RunSeen:
    end, told_at = later_end((known.end, known.told_at), (seen.end, seen.told_at))
    return RunSeen(
        known.id, known.session, closer_parent(seen, known.parent), seen.kind if seen.parent else known.kind,
        seen.type or known.type, seen.label or known.label, max(seen.call, known.call), max(seen.launch, known.launch),
        end, told_at,
    )  # fmt: skip


def closer_parent(seen: RunSeen, known: str) -> str:
    """Who started a run: another run rather than its session, which is what a log says that knows no better."""
    return known if known and seen.parent == seen.session else seen.parent or known


def later_end(one: tuple[int, int], other: tuple[int, int]) -> tuple[RunEnd, int]:
    """Of two words on how a run stands (with their times) the later one; the order of the two does not matter."""
    told_at, end = max((one[1], one[0]), (other[1], other[0]))
    return RunEnd(end), told_at
