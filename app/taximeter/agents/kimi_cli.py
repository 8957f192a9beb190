"""Kimi CLI's sessions, of both of its generations; the file of every run is called ``wire.jsonl``.

The older one keeps ``<home>/sessions/<hash of the folder>/<session>/wire.jsonl``: a ``StatusUpdate`` bills a step.
What a subagent does is told in its own file below ``subagents/`` and again in its parent's: the answer's id is the
key, and a fork repeats it. The model is not told.

The newer one keeps ``<home>/sessions/<folder>/<session>/agents/<agent>/wire.jsonl``: a ``usage.record`` bills a request
(``step.end`` and ``subagent.completed`` repeat the figures); it has a time and no id. Its model is the name in the
person's settings: the request before it tells what that stands for.
Input is beside what was read and written in both.
"""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path, PurePath
from typing import Annotated

import msgspec

from taximeter.agents.contract import Agent, LogFile
from taximeter.agents.kimi_cli_places import beside, project_of
from taximeter.agents.records import Count, decoded, keys_of, line_spans, named_folders
from taximeter.domain.reading import CallSeen, Reading, RunEnd, RunSeen, SessionSeen
from taximeter.domain.usage import Mark, Request, RunKind, Tokens, merge

_key = keys_of(b"kimi-cli")
_MARKERS = (b'"usage.record"', b'"llm.request"', b'"subagent.', b'"tool.call"', b'"token_usage"', b'"ToolCall"',
            b'"StepBegin"', b'"SubagentEvent"', b'"TurnEnd"')  # fmt: skip
_BILLS = (b'"usage.record"', b'"token_usage"')
_STARTERS = {"Agent", "AgentSwarm", "Task"}
_ECHO = 1 << 55
_ENDS = {"subagent.started": RunEnd.RUNS, "subagent.completed": RunEnd.FINISHED, "subagent.failed": RunEnd.KILLED,
         "subagent.cancelled": RunEnd.KILLED}  # fmt: skip
_LATEST = 10**13
"""Times are milliseconds since the epoch, and before the year 2286."""


class _Used(msgspec.Struct, gc=False):
    input_other: Count | None = None
    output: Count | None = None
    input_cache_read: Count | None = None
    input_cache_creation: Count | None = None


class _CamelUsed(msgspec.Struct, gc=False, rename="camel"):
    input_other: Count | None = None
    output: Count | None = None
    input_cache_read: Count | None = None
    input_cache_creation: Count | None = None


class _Function(msgspec.Struct, gc=False):
    name: str | None = None


class _Payload(msgspec.Struct, gc=False):
    token_usage: _Used | None = None
    message_id: str | None = None
    id: str | None = None
    function: _Function | None = None
    parent_tool_call_id: str | None = None
    task_tool_call_id: str | None = None
    agent_id: str | None = None
    subagent_type: str | None = None
    event: _Message | None = None


class _Message(msgspec.Struct, gc=False):
    type: str | None = None
    payload: _Payload | None = None


class _Event(msgspec.Struct, gc=False, rename="camel"):
    type: str | None = None
    name: str | None = None
    tool_call_id: str | None = None
    step_uuid: str | None = None


class _Line(msgspec.Struct, gc=False, rename="camel"):
    timestamp: float | None = None
    message: _Message | None = None
    # The newer generation.
    time: Annotated[int, msgspec.Meta(ge=0, le=_LATEST)] | None = None
    type: str | None = None
    model: str | None = None
    model_alias: str | None = None
    usage: _CamelUsed | None = None
    event: _Event | None = None
    subagent_id: str | None = None
    subagent_name: str | None = None
    parent_tool_call_id: str | None = None
    parent_agent_id: str | None = None
    description: str | None = None


class _Run(msgspec.Struct, gc=False):
    """What is carried from one chunk of a file to the next."""

    models: dict[str, str] = {}
    """What the names in the person's settings stand for."""
    step: str = ""
    """The step under way: what it starts is one launch."""


_line = msgspec.json.Decoder(_Line)
_run = msgspec.json.Decoder(_Run)


class _Reader:
    """The reading of one chunk."""

    def __init__(self, file: LogFile, carry: bytes) -> None:
        self.reading = Reading()
        self.carried = _run.decode(carry) if carry else _Run()
        self._file = file
        parts = PurePath(file.path).parts[:-1]
        below = next((name for name in ("agents", "subagents") if name in parts[-2:-1]), "")
        self._session = parts[-3] if below and len(parts) > 2 else parts[-1] if parts else "session"
        self._agent = parts[-1] if below and parts[-1] != "main" else ""

    def line(self, raw: bytes) -> None:
        """Take in one line that may bill or start something."""
        line = decoded(_line, raw, self.reading, "unexpected shape of a usage line", _BILLS)
        if line is None:
            return
        if line.type is not None:
            self._newer(line)
        elif line.message is not None and line.message.payload is not None:
            seconds = line.timestamp
            at = int(seconds * 1000) if seconds is not None and 0 < seconds * 1000 < _LATEST else None
            self._older(line.message, line.message.payload, at)

    def _note(self, agent: str = "") -> RunSeen:
        """The run that this file is of, or one that it tells of; noted with its session."""
        session, agent = self._session, agent or self._agent
        cwd = "" if self._agent else project_of(self._file)
        known = self.reading.sessions.get(session)
        if known is None or (cwd and not known.cwd):
            self.reading.sessions[session] = SessionSeen(session, cwd)
        run = f"{session}/{agent}" if agent else session
        seen = RunSeen(run, session, session if agent else "", RunKind.SUBAGENT if agent else RunKind.MAIN)
        self.reading.note_run(seen)
        return seen

    def _newer(self, line: _Line) -> None:
        at = line.time
        if line.type == "llm.request" and line.model_alias and line.model:
            self.carried.models[line.model_alias] = line.model
        elif line.type == "usage.record" and line.usage is not None:
            if at is None:
                self.reading.skip("usage without a time")
                return
            used, alias = line.usage, line.model or ""
            tokens = _tokens(used.input_other, used.output, used.input_cache_read, used.input_cache_creation)
            name = f"{self._agent or 'main'}\0{at}\0{tuple(tokens)}"
            self._bill(name, self._note(), at, self.carried.models.get(alias, alias), tokens, 0)
        elif line.event is not None and line.event.type == "tool.call" and line.event.name in _STARTERS:
            call = line.event.tool_call_id
            if call:
                self.reading.note_call(CallSeen(call, call, line.event.step_uuid or call))
        elif line.subagent_id and (line.type == "subagent.spawned" or line.type in _ENDS):
            self._started(line, line.subagent_id, at)

    def _started(self, line: _Line, agent: str, at: int | None) -> None:
        above, end = line.parent_agent_id or "", _ENDS.get(line.type or "", RunEnd.NOT_TOLD)
        run = self._note(agent)
        if above and above != "main":
            run = run._replace(parent=f"{self._session}/{above}")
        self.reading.note_run(run._replace(
            type=line.subagent_name or "", label=line.description or "", call=line.parent_tool_call_id or "",
            end=end, told_at=at if end and at is not None else 0,
        ))  # fmt: skip

    def _older(self, message: _Message, payload: _Payload, at: int | None) -> None:
        if message.type == "StepBegin":
            self.carried.step = f"{self._session}@{at}"
        elif message.type == "ToolCall" and payload.id and payload.function and payload.function.name in _STARTERS:
            self.reading.note_call(CallSeen(payload.id, payload.id, self.carried.step or payload.id))
        elif payload.event is not None:
            self._echoed(payload, payload.event, at)
        elif payload.token_usage is not None:
            self._step(payload, payload.token_usage, self._note(), at, 0)
        elif message.type == "TurnEnd" and self._agent:
            self.reading.note_run(self._note()._replace(end=RunEnd.FINISHED, told_at=at or 0))

    def _echoed(self, payload: _Payload, event: _Message, at: int | None) -> None:
        """What a subagent did, as its parent's file tells it; older versions kept it nowhere else."""
        call = payload.parent_tool_call_id or payload.task_tool_call_id or ""
        agent = payload.agent_id or call
        if not agent:
            return
        run = self._note(agent)._replace(type=payload.subagent_type or "", call=call)
        self.reading.note_run(run)
        used = event.payload.token_usage if event.payload is not None else None
        if used is not None and event.payload is not None:
            self._step(event.payload, used, run, at, _ECHO)

    def _step(self, payload: _Payload, used: _Used, run: RunSeen, at: int | None, claim: int) -> None:
        tokens = _tokens(used.input_other, used.output, used.input_cache_read, used.input_cache_creation)
        if at is None:
            self.reading.skip("usage without a time")
        elif payload.message_id:
            self._bill(payload.message_id, run, at, "", tokens, claim)
        elif claim:
            self.reading.skip("a subagent's usage without an id")
        else:
            self._bill(f"{run.id}\0{at}", run, at, "", tokens, claim)

    def _bill(self, name: str, run: RunSeen, at: int, model: str, tokens: Tokens, claim: int) -> None:
        key = _key(name.encode("utf-8", "surrogatepass"))
        marks = int(Mark.WRITE_TTL_UNKNOWN) if tokens.cache_write_5m else 0
        bill = Request(key, run.id, at, model, tokens, marks, 0, -1, self._file.first_mtime_us + claim)
        before = self.reading.requests.get(key)
        self.reading.requests[key] = bill if before is None else merge(before, bill)


def _tokens(fresh: int | None, output: int | None, read: int | None, wrote: int | None) -> Tokens:
    return Tokens(fresh or 0, read or 0, wrote or 0, 0, output or 0)


def _read(chunk: bytes, carry: bytes, file: LogFile) -> tuple[Reading, bytes]:
    reader = _Reader(file, carry)
    find = chunk.find
    for begin, end in line_spans(chunk, reader.reading):
        if any(find(marker, begin, end) >= 0 for marker in _MARKERS):
            reader.line(chunk[begin:end])
    return reader.reading, msgspec.json.encode(reader.carried)


def _homes(env: Mapping[str, str], home: Path) -> tuple[Path, ...]:
    """The homes of both generations: people who changed have both."""
    older = named_folders(env, "KIMI_SHARE_DIR") or named_folders(env, "KIMI_DATA_DIR") or (home / ".kimi",)
    return (*older, *(named_folders(env, "KIMI_CODE_HOME") or (home / ".kimi-code",)))


KIMI_CLI = Agent(
    id="kimi-cli",
    name="Kimi CLI",
    parser_version=1,
    variables=("KIMI_SHARE_DIR", "KIMI_DATA_DIR", "KIMI_CODE_HOME"),
    homes=_homes,
    log_folders=lambda home: (home / "sessions",),
    suffixes=("wire.jsonl",),
    read=_read,
    knows=frozenset({"tokens", "cache", "cache writes", "model", "project", "parent run"}),
    tested_on="1.48.0 and 2.1.0",
    beside=beside,
)
