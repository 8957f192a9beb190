"""Callers at the gate over real sockets, and a judge whose rules a test sets."""

from __future__ import annotations

import json
import socket
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path

from taximeter.domain.forecast import Told
from taximeter.domain.launch import (
    Answer,
    Finding,
    Forecast,
    Kind,
    Level,
    Question,
    Rule,
    Severity,
    Spread,
    Verdict,
)
from taximeter.guard.dialects.claude_code import CLAUDE_CODE
from taximeter.guard.dialects.codex import CODEX
from taximeter.guard.gate import Gate
from taximeter.guard.judging import Judged, Launch, Record, Rules
from taximeter.guard.pause import Pause
from taximeter.guard.protocol import unpacked
from taximeter.guard.visitor import Visitor

HOOKS = Path(__file__).parents[1] / "fixtures" / "hooks"
UNIT = 1_000_000_000


def hook_input(name: str, **changes: object) -> bytes:
    """A recorded standard input, with fields changed."""
    told = json.loads((HOOKS / f"{name}.json").read_text(encoding="utf-8"))
    return json.dumps({**told, **changes}).encode()


class Caller:
    """One hook's end of the line."""

    def __init__(self) -> None:
        self._near, far = socket.socketpair()
        self.visitor = Visitor(far, lambda visitor: visitor.hang_up())

    @property
    def held(self) -> bool:
        self._near.settimeout(0)
        try:
            return not self._near.recv(1, socket.MSG_PEEK)
        except BlockingIOError:
            return True

    @property
    def printed(self) -> bytes:
        """What the hook would print; fails while it is held."""
        self._near.settimeout(1)
        frame = unpacked(self._near.recv(1 << 20))
        assert frame is not None
        assert frame.verb == "ok"
        return frame.body

    @property
    def went_on(self) -> bool:
        return self.printed == b""

    @property
    def reason(self) -> str:
        """Why it was denied."""
        told = json.loads(self.printed)
        return str(told.get("reason") or told["hookSpecificOutput"]["permissionDecisionReason"])

    def close(self) -> None:
        self._near.close()
        self.visitor.hang_up()


@dataclass
class PlainJudge:
    """Speaks from ``asks_from`` agents on, one unit of money each."""

    asks_from: int = 3
    red_from: int = 100
    level: Severity = Severity.AMBER
    mode: str = "ask"
    seconds: int = 25
    agents: tuple[tuple[str, str], ...] = ()
    by_company: frozenset[str] = frozenset()
    kept: list[tuple[str, int]] = field(default_factory=list)

    def rules(self) -> Rules:
        return Rules(self.mode, amber_seconds=self.seconds, red_seconds=self.seconds * 10, agents=self.agents,
                     by_company=self.by_company)  # fmt: skip

    def is_quiet(self, launch: Launch) -> bool:
        return len(launch.calls) < self.asks_from

    def judge(self, launch: Launch) -> Judged:
        n = len(launch.calls)
        level = Severity.SILENT if n < self.asks_from else Severity.RED if n >= self.red_from else self.level
        findings = (Finding(Rule.COLD_START, level),) if level else ()
        kinds = [Kind(call.type, call.model, 1) for call in launch.calls]
        forecast = Forecast(n, Spread(n * UNIT // 2, n * UNIT, n * UNIT * 2), n, Level.AGENT, 9)
        fits = self.asks_from - 1 if n >= self.asks_from > 1 else None
        return Judged(Told(forecast, None, 0, n * UNIT), Verdict(level, findings, fits, None), tuple(kinds), "USD", 0)

    def let_go(self, id: str, launch: Launch, forecast: Forecast) -> None:
        self.kept.append((id, forecast.agents))


@dataclass
class Listening:
    """Hears what the gate tells."""

    questions: tuple[Question, ...] = ()
    shown: list[tuple[int, ...]] = field(default_factory=list)
    """The agents of all open questions, at each change."""
    ended: tuple[tuple[str, Answer], ...] = ()
    notices: list[int] = field(default_factory=list)
    records: list[Record] = field(default_factory=list)
    belonging: list[tuple[str, str]] = field(default_factory=list)
    odd: list[tuple[str, str]] = field(default_factory=list)

    def questions_changed(self, questions: tuple[Question, ...], ended: tuple[tuple[str, Answer], ...]) -> None:
        self.questions = questions
        self.ended += ended
        self.shown.append(tuple(question.agents for question in questions))

    def noticed(self, launch: Launch, judged: Judged, session: str) -> None:
        self.notices.append(len(launch.calls))

    def record(self, record: Record) -> None:
        self.records.append(record)

    def joined(self, id: str, calls: tuple[str, ...]) -> None:
        self.belonging += [(id, call) for call in calls]

    def unusable(self, agent: str, why: str) -> None:
        self.odd.append((agent, why))


@dataclass
class Scene:
    """A gate, whoever judges and listens, and its callers."""

    folder: Path
    judge: PlainJudge = field(default_factory=PlainJudge)
    told: Listening = field(default_factory=Listening)
    at: int = 1_764_000_000_000
    callers: list[Caller] = field(default_factory=list)
    pauses: list[int | None] = field(default_factory=list)

    def __post_init__(self) -> None:
        dialects = {one.agent: one for one in (CLAUDE_CODE, CODEX)}
        self.pause = Pause(lambda: self.at, self.pauses.append)
        self.gate = Gate(dialects, self.judge, self.told, self.pause, lambda: self.at)
        self.transcript = self.folder / "session.jsonl"

    def call(
        self, number: int, *, prompt: str = "p1", session: str = "s1", typed: str = "go", event: str = "PreToolUse",
        source: str = "claude/allow-PreToolUse", **changes: object,
    ) -> Caller:  # fmt: skip
        """A hook call of one agent arrives."""
        raw = hook_input(source, session_id=session, prompt_id=prompt, turn_id=prompt, prompt=typed,
                         tool_use_id=f"call{number}", transcript_path=str(self.transcript), **changes)  # fmt: skip
        caller = Caller()
        self.callers.append(caller)
        self.gate.ask(caller.visitor, source.partition("/")[0].replace("claude", "claude-code"), event, 1, raw)
        if self.gate.due() == 0:
            self.gate.tick()
        return caller

    def reply(self, numbers: Sequence[int], name: str = "msg1") -> None:
        """The agent writes a reply that holds these calls, a line each."""
        with self.transcript.open("a", encoding="utf-8") as file:
            for number in numbers:
                block = {"type": "tool_use", "id": f"call{number}", "name": "Agent",
                         "input": {"prompt": "go", "subagent_type": "Explore"}}  # fmt: skip
                line = {"type": "assistant", "message": {"id": name, "model": "m", "content": [block]}}
                file.write(json.dumps(line) + "\n")

    def settle(self) -> None:
        """A second has passed since the calls came."""
        for group in self.gate._groups.values():
            group.settles = group.looks = 0
        self.gate.tick()

    def look(self) -> None:
        """The transcripts are looked at again."""
        for group in self.gate._groups.values():
            group.looks = 0
        self.gate.tick()

    def time_is_up(self) -> None:
        """The open questions' time is over."""
        for group in self.gate._groups.values():
            group.ends = 0
        self.gate.tick()
