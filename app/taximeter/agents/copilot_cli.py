"""Copilot CLI's sessions: ``<home>/session-state/<session>/events.jsonl``.

Newer versions write a ``session.usage_record`` for every request of the session and of its subagents: that is the
bill, named by the session that made it and its number there. Older ones tell what the input was only when the
session ends (``session.shutdown``): see ``copilot_cli_totals``. Input includes read and written tokens, output
includes reasoning.

What a request took of the plan is told in premium requests (of which only those that a person began count) or in AI
units. Both are credits, never money: they are kept beside the cost, which is the list price of the tokens.
"""

from __future__ import annotations

from pathlib import PurePath
from re import compile as pattern

import msgspec

from taximeter.agents.contract import Agent, LogFile
from taximeter.agents.copilot_cli_totals import Message, Metric, Sums, allotted, believed, grown, sums_of
from taximeter.agents.records import Count, decoded, keys_of, line_spans, milliseconds, named_folders
from taximeter.domain.reading import CallSeen, Reading, RefusalSeen, RunEnd, RunSeen, SessionSeen
from taximeter.domain.usage import Mark, Request, RunKind, Tokens, merge

_key = keys_of(b"copilot-cli")
_MARKER = pattern(
    rb'"(?:session\.(?:usage_record|shutdown|start|resume|model_change|error)|assistant\.message'
    rb'|subagent\.(?:started|completed|failed))"'
)
_BILLS = (b'"session.usage_record"', b'"session.shutdown"', b'"assistant.message"')
_ENDS = {"subagent.started": RunEnd.RUNS, "subagent.completed": RunEnd.FINISHED, "subagent.failed": RunEnd.KILLED}
_REFUSALS = {"quota": "credit", "rate_limit": "rate"}
_STARTER = "task"
_KIND = 128
"""An event's kind stands this near to its line's beginning or end; what was said may quote one elsewhere."""


class _Units(msgspec.Struct, gc=False, rename="camel"):
    total_nano_aiu: float | None = None


class _Accounting(msgspec.Struct, gc=False, rename="camel"):
    source_session_id: str | None = None
    sequence: int | None = None
    usage_id: str | None = None


class _Used(msgspec.Struct, gc=False, rename="camel"):
    """What a ``usage_record`` tells of one request."""

    model: str | None = None
    input_tokens: Count | None = None
    output_tokens: Count | None = None
    cache_read_tokens: Count | None = None
    cache_write_tokens: Count | None = None
    reasoning_tokens: Count | None = None
    cost: float | None = None
    initiator: str | None = None
    finish_reason: str | None = None
    copilot_usage: _Units | None = None
    accounting: _Accounting | None = None


class _Call(msgspec.Struct, gc=False, rename="camel"):
    tool_call_id: str | None = None
    name: str | None = None


class _Context(msgspec.Struct, gc=False):
    cwd: str | None = None
    branch: str | None = None


class _Data(msgspec.Struct, gc=False, rename="camel"):
    usage: _Used | None = None
    session_id: str | None = None
    copilot_version: str | None = None
    selected_model: str | None = None
    new_model: str | None = None
    context: _Context | None = None
    model: str | None = None
    message_id: str | None = None
    api_call_id: str | None = None
    output_tokens: Count | None = None
    parent_tool_call_id: str | None = None
    tool_requests: list[_Call] | None = None
    tool_call_id: str | None = None
    agent_type: str | None = None
    agent_name: str | None = None
    agent_display_name: str | None = None
    error_type: str | None = None
    current_model: str | None = None
    model_metrics: dict[str, Metric] | None = None


class _Line(msgspec.Struct, gc=False, rename="camel"):
    type: str | None = None
    id: str | None = None
    timestamp: str | None = None
    agent_id: str | None = None
    data: _Data | None = None


class _Session(msgspec.Struct, gc=False):
    """What is carried from one chunk of a session to the next."""

    id: str = ""
    model: str = ""
    recorded: bool = False
    """Since it was last started or resumed, requests have records of their own."""
    waiting: list[Message] = []
    """Messages whose input is told when the session ends."""
    told: dict[str, Sums] = {}
    """What the last end told, by model."""


_line = msgspec.json.Decoder(_Line)
_session = msgspec.json.Decoder(_Session)


class _Reader:
    """The reading of one chunk."""

    def __init__(self, file: LogFile, carry: bytes) -> None:
        self.reading = Reading()
        self.session = _session.decode(carry) if carry else _Session()
        self._claim = file.first_mtime_us
        self._folder = PurePath(file.path).parent.name

    def line(self, raw: bytes) -> None:
        """Take in one event that may bill, or say whose bill it is."""
        line = decoded(_line, raw, self.reading, "unexpected shape of a usage line", _BILLS)
        data = line.data if line is not None else None
        if line is None or data is None or line.type is None:
            return
        at = milliseconds(line.timestamp)
        if line.type in {"session.start", "session.resume"}:
            self._began(data)
        elif line.type == "session.model_change" and not line.agent_id:
            self.session.model = data.new_model or self.session.model
        elif at is None:
            if data.usage is not None or data.model_metrics is not None or data.output_tokens is not None:
                self.reading.skip("usage without a time")
        elif data.usage is not None:
            self._record(line, data.usage, at)
        elif line.type == "assistant.message":
            self._message(line, data, at)
        elif line.type == "session.shutdown" and data.model_metrics is not None:
            self._ended(line, data.model_metrics, data.current_model or "", at)
        elif line.type in _ENDS:
            self._subagent(line, data, at)
        elif line.type == "session.error" and data.error_type in _REFUSALS:
            key = _key((line.id or f"{self._name()}\0{at}").encode())
            self.reading.refusals.append(RefusalSeen(key, self._name(), at, _REFUSALS[data.error_type]))

    def _name(self) -> str:
        return self.session.id or self._folder

    def _began(self, data: _Data) -> None:
        session, context = self.session, data.context or _Context()
        session.id = session.id or data.session_id or ""
        session.model = data.selected_model or session.model
        session.recorded = False
        known = self.reading.sessions.get(self._name(), SessionSeen(self._name()))
        self.reading.sessions[self._name()] = SessionSeen(
            known.id, context.cwd or known.cwd, context.branch or known.branch, data.copilot_version or known.version,
        )  # fmt: skip

    def _run(self, agent: str | None) -> str:
        """The run of an agent's id, or the session's own; noted on the way."""
        session = self._name()
        self.reading.sessions.setdefault(session, SessionSeen(session))
        run = f"{session}/{agent}" if agent else session
        if run not in self.reading.runs:
            above, kind = (session, RunKind.SUBAGENT) if agent else ("", RunKind.MAIN)
            self.reading.note_run(RunSeen(run, session, above, kind))
        return run

    def _subagent(self, line: _Line, data: _Data, at: int) -> None:
        agent = line.agent_id or data.tool_call_id
        if not agent:
            return
        run = self.reading.runs[self._run(agent)]
        self.reading.note_run(run._replace(
            type=data.agent_type or data.agent_name or "", label=data.agent_display_name or "",
            call=data.tool_call_id or "", end=_ENDS[line.type or ""], told_at=at,
        ))  # fmt: skip

    def _record(self, line: _Line, used: _Used, at: int) -> None:
        self.session.recorded = True
        names = used.accounting or _Accounting()
        name = f"{names.source_session_id}\0{names.sequence}\0{names.usage_id}" if names.usage_id else line.id
        if not name:
            self.reading.skip("usage without an id")
            return
        read, wrote, output = used.cache_read_tokens or 0, used.cache_write_tokens or 0, used.output_tokens or 0
        tokens = Tokens(max(0, (used.input_tokens or 0) - read - wrote), read, wrote, 0, output,
                        min(output, used.reasoning_tokens or 0))  # fmt: skip
        marks = int(Mark.GOES_ON) if used.finish_reason == "tool_calls" else 0
        units = believed((used.copilot_usage.total_nano_aiu or 0) if used.copilot_usage is not None else 0)
        requests = believed((used.cost or 0) * 1e9) if used.initiator == "user" else 0
        self._bill(name, self._run(line.agent_id), at, used.model or "", tokens, marks | _counts(requests, units),
                   units or requests)  # fmt: skip

    def _message(self, line: _Line, data: _Data, at: int) -> None:
        calls = [call.tool_call_id for call in data.tool_requests or () if call.name == _STARTER and call.tool_call_id]
        for call in calls:
            self.reading.note_call(CallSeen(call, call, data.message_id or call))
        if data.output_tokens is None or self.session.recorded:
            return
        name = data.api_call_id or data.message_id or line.id
        if not name:
            self.reading.skip("usage without an id")
            return
        agent = line.agent_id or data.parent_tool_call_id or ""
        message = Message(
            name, at, agent, data.model or self.session.model, data.output_tokens, bool(data.tool_requests)
        )
        waiting = self.session.waiting
        if waiting and waiting[-1].name == name:
            before = waiting.pop()
            message = msgspec.structs.replace(message, at=before.at, output=max(before.output, message.output))
        waiting.append(message)
        marks = Mark.OUTPUT_IS_FLOOR | (Mark.GOES_ON if message.goes_on else 0)
        self._bill(self._named(message), self._run(agent), message.at, message.model, Tokens(output=message.output),
                   int(marks))  # fmt: skip

    def _named(self, message: Message) -> str:
        return f"{self._name()}\0{message.name}"

    def _ended(self, line: _Line, metrics: dict[str, Metric], model_at_end: str, at: int) -> None:
        session = self.session
        told = {model: sums_of(metric) for model, metric in metrics.items()}
        waiting = [each if each.model in told else msgspec.structs.replace(each, model=model_at_end or each.model)
                   for each in session.waiting]  # fmt: skip
        used = grown(told, session.told, waiting)
        for model, sums in {} if session.recorded else used.items():
            own = [each for each in waiting if each.model == model]
            nameless = Message(f"{line.id or at}\0{model}", at, "", model, 0, goes_on=False)
            for message, tokens, requests, units in allotted(sums, own, nameless):
                marks = (Mark.GOES_ON if message.goes_on else 0) | (0 if tokens.total else Mark.OUTPUT_IS_FLOOR)
                self._bill(self._named(message), self._run(message.agent), message.at, model, tokens,
                           int(marks) | _counts(requests, units), units or requests)  # fmt: skip
        session.told, session.waiting = told, []

    def _bill(self, name: str, run: str, at: int, model: str, tokens: Tokens, marks: int, claimed: int = 0) -> None:
        key = _key(name.encode("utf-8", "surrogatepass"))
        if tokens.cache_write_5m:
            marks |= Mark.WRITE_TTL_UNKNOWN
        bill = Request(key, run, at, model, tokens, int(marks), 0, claimed or -1, self._claim)
        before = self.reading.requests.get(key)
        self.reading.requests[key] = bill if before is None else merge(before, bill)


def _counts(requests: int, units: int) -> int:
    """What a claim counts; the newer kind where both are told."""
    return int(Mark.CLAIMS_AI_UNITS if units else Mark.CLAIMS_PREMIUM_REQUESTS if requests else 0)


def _read(chunk: bytes, carry: bytes, file: LogFile) -> tuple[Reading, bytes]:
    reader = _Reader(file, carry)
    for begin, end in line_spans(chunk, reader.reading):
        if _MARKER.search(chunk, begin, min(end, begin + _KIND)) or _MARKER.search(chunk, max(begin, end - _KIND), end):
            reader.line(chunk[begin:end])
    return reader.reading, msgspec.json.encode(reader.session)


COPILOT_CLI = Agent(
    id="copilot-cli",
    name="Copilot CLI",
    parser_version=1,
    variables=("COPILOT_HOME",),
    homes=lambda env, home: named_folders(env, "COPILOT_HOME") or (home / ".copilot",),
    log_folders=lambda home: (home / "session-state",),
    suffixes=("events.jsonl",),
    read=_read,
    knows=frozenset(
        {
            "tokens",
            "cache",
            "cache writes",
            "thoughts",
            "model",
            "project",
            "branch",
            "parent run",
            "credits",
            "refusals",
        }
    ),
    tested_on="1.0.45, 1.0.68 and 1.0.102",
    real_data="1.0.12 to 1.0.68",
)
