"""Qwen Code's chats: ``<home>/projects/<folder>/chats/*.jsonl`` and ``subagents/<session>/agent-*`` beside them.

Every answer of the model is told in the chat by an ``api_response`` event, those of subagents too, with its
model and the answer's own id. The answer's line repeats the figures without that id: once a chat has told of
one event, its answers' lines bill nothing (older versions write no events). A subagent's answers stand in its
own file as well, which the chat's file knows nothing of: both give an answer the same key, made of the run, the
figures, and how many like it there were before. A fork repeats lines and keeps their ids. Input includes
cached tokens, output includes thoughts. What it asks for itself (suggestions, side questions) is in no log.
"""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path, PurePath

import msgspec

from taximeter.agents.contract import Agent, LogFile
from taximeter.agents.records import Count, decoded, keys_of, line_spans, milliseconds, named_folders
from taximeter.domain.reading import CallSeen, Reading, RunEnd, RunSeen, SessionSeen
from taximeter.domain.usage import Mark, Request, RunKind, Tokens, merge

_key = keys_of(b"qwen-code")
_EVENT, _USAGE, _CALLS = b'api_response"', b'"usageMetadata"', b'"functionCall"'
_BILLS = (_EVENT, b'"usageMetadata"')
_STARTERS = {"agent", "task"}
_COPY = 1 << 56
_ITS_OWN = "managed-"
"""How the names of agents begin that nobody asked for, such as one that notes what to remember."""
_ENDS = {"completed": RunEnd.FINISHED, "failed": RunEnd.KILLED, "cancelled": RunEnd.KILLED, "running": RunEnd.RUNS}


class _Event(msgspec.Struct, gc=False):
    name: str | None = msgspec.field(default=None, name="event.name")
    response_id: str | None = None
    model: str | None = None
    prompt_id: str | None = None
    input_token_count: Count | None = None
    cached_content_token_count: Count | None = None
    output_token_count: Count | None = None
    thoughts_token_count: Count | None = None
    tool_token_count: Count | None = None
    total_token_count: Count | None = None
    subagent_type: str | None = None
    subagent_name: str | None = None
    subagent_task_name: str | None = None


class _Payload(msgspec.Struct, gc=False, rename="camel"):
    ui_event: _Event | None = None


class _Used(msgspec.Struct, gc=False, rename="camel"):
    prompt_token_count: Count | None = None
    cached_content_token_count: Count | None = None
    candidates_token_count: Count | None = None
    thoughts_token_count: Count | None = None
    tool_use_prompt_token_count: Count | None = None
    total_token_count: Count | None = None


class _Said(msgspec.Struct, gc=False):
    parts: msgspec.Raw = msgspec.Raw()


class _Call(msgspec.Struct, gc=False):
    id: str | None = None
    name: str | None = None


class _Part(msgspec.Struct, gc=False, rename="camel"):
    function_call: _Call | None = None


class _Line(msgspec.Struct, gc=False, rename="camel"):
    uuid: str | None = None
    session_id: str | None = None
    timestamp: str | None = None
    type: str | None = None
    cwd: str | None = None
    git_branch: str | None = None
    version: str | None = None
    model: str | None = None
    agent_id: str | None = None
    agent_name: str | None = None
    usage_metadata: _Used | None = None
    message: _Said | None = None
    system_payload: _Payload | None = None
    forked_from: msgspec.Raw = msgspec.Raw()


class _Described(msgspec.Struct, gc=False, rename="camel"):
    """What the file beside a subagent's says of it."""

    agent_id: str | None = None
    agent_type: str | None = None
    description: str | None = None
    parent_session_id: str | None = None
    parent_agent_id: str | None = None
    tool_use_id: str | None = None
    status: str | None = None
    last_updated_at: str | None = None


class _Chat(msgspec.Struct, gc=False):
    """What is carried from one chunk of a file to the next."""

    events: bool = False
    seen: dict[str, int] = {}
    """How often a subagent's answer with the same figures was told, by run and figures."""


_line = msgspec.json.Decoder(_Line)
_parts = msgspec.json.Decoder(list[_Part])
_described = msgspec.json.Decoder(_Described)
_chat = msgspec.json.Decoder(_Chat)


class _Reader:
    """The reading of one chunk."""

    def __init__(self, file: LogFile, carry: bytes) -> None:
        self.reading = Reading()
        self.chat = _chat.decode(carry) if carry else _Chat()
        self._file = file
        self._stem = PurePath(file.path).stem

    def line(self, raw: bytes) -> None:
        """Take in one line that may bill or start something."""
        line = decoded(_line, raw, self.reading, "unexpected shape of a usage line", _BILLS)
        if line is None:
            return
        event = line.system_payload.ui_event if line.system_payload is not None else None
        at = milliseconds(line.timestamp)
        if event is not None and (event.name or "").endswith("api_response"):
            if at is None:
                self.reading.skip("usage without a time")
                return
            self._told(line, event, at)
        elif line.type == "assistant":
            calls = self._calls(line)
            if line.usage_metadata is not None and at is None:
                self.reading.skip("usage without a time")
            elif line.usage_metadata is not None and at is not None:
                self._answered(line, line.usage_metadata, at, int(Mark.GOES_ON) if calls else 0)

    def _told(self, line: _Line, event: _Event, at: int) -> None:
        """An event of the chat's own answer, or of a subagent's, whose name stands within the prompt's id."""
        tokens = _tokens(event.input_token_count, event.cached_content_token_count, event.output_token_count,
                         event.thoughts_token_count, event.tool_token_count, event.total_token_count)  # fmt: skip
        session, _, rest = (event.prompt_id or "").partition("#")
        agent = rest.partition("#")[0]
        if agent:
            run = self._child(session or line.session_id or self._stem, agent, line)
            self.reading.note_run(run._replace(type=event.subagent_type or event.subagent_name or "",
                                               label=event.subagent_task_name or ""))  # fmt: skip
            self._bill(self._nth(run.id, tokens), run.id, at, event.model, tokens, 0, line)
            return
        self.chat.events = True
        name = event.response_id or line.uuid
        if name:
            self._bill(name, self._main(line), at, event.model, tokens, 0, line)
        else:
            self.reading.skip("usage without an id")

    def _answered(self, line: _Line, used: _Used, at: int, marks: int) -> None:
        tokens = _tokens(used.prompt_token_count, used.cached_content_token_count, used.candidates_token_count,
                         used.thoughts_token_count, used.tool_use_prompt_token_count,
                         used.total_token_count)  # fmt: skip
        if line.agent_id:
            run = self._child(line.session_id or self._stem, line.agent_id, line)
            self.reading.note_run(run._replace(type=line.agent_name or ""))
            self._bill(self._nth(run.id, tokens), run.id, at, line.model, tokens, marks, line)
        elif not self.chat.events and line.uuid:
            self._bill(line.uuid, self._main(line), at, line.model, tokens, marks, line)
        elif not self.chat.events:
            self.reading.skip("usage without an id")

    def _nth(self, run: str, tokens: Tokens) -> str:
        like = f"{run}\0{tokens.prompt}\0{tokens.cache_read}\0{tokens.output}"
        self.chat.seen[like] = self.chat.seen.get(like, 0) + 1
        return f"{like}\0{self.chat.seen[like]}"

    def _bill(self, name: str, run: str, at: int, model: str | None, tokens: Tokens, marks: int, line: _Line) -> None:
        key = _key(name.encode())
        claim = self._file.first_mtime_us + (_COPY if bytes(line.forked_from) else 0)
        bill = Request(key, run, at, model or "", tokens, marks, 0, -1, claim)
        before = self.reading.requests.get(key)
        self.reading.requests[key] = bill if before is None else merge(before, bill)

    def _main(self, line: _Line) -> str:
        session = line.session_id or self._stem
        seen = SessionSeen(session, line.cwd or "", line.git_branch or "", line.version or "")
        self.reading.sessions[session] = seen
        self.reading.note_run(RunSeen(session, session))
        return session

    def _child(self, session: str, agent: str, line: _Line) -> RunSeen:
        self.reading.sessions.setdefault(session, SessionSeen(session, version=line.version or ""))
        return _run(session, agent)

    def _calls(self, line: _Line) -> bool:
        """Note the calls of an answer that start agents; whether it called anything at all."""
        parts = line.message.parts if line.message is not None else msgspec.Raw()
        found = decoded(_parts, parts, self.reading, "") if _CALLS in bytes(parts) else None
        calls = [part.function_call for part in found or () if part.function_call is not None]
        for call in calls:
            if call.id and call.name in _STARTERS:
                self.reading.note_call(CallSeen(call.id, call.id, line.uuid or call.id))
        return bool(calls)

    def described(self, document: bytes) -> None:
        """Take in the file beside a subagent's, which says who started it, and how it stands."""
        said = decoded(_described, document, self.reading, "unexpected shape of a description")
        if said is None or not said.agent_id or not said.parent_session_id:
            return
        run, end, at = _run(said.parent_session_id, said.agent_id), _ENDS.get(said.status or ""), said.last_updated_at
        if said.parent_agent_id:
            run = run._replace(parent=_run(said.parent_session_id, said.parent_agent_id).id)
        self.reading.sessions.setdefault(said.parent_session_id, SessionSeen(said.parent_session_id))
        self.reading.note_run(run._replace(
            type=said.agent_type or "", label=said.description or "", call=said.tool_use_id or "",
            end=end or RunEnd.NOT_TOLD, told_at=(milliseconds(at) or 0) if end else 0,
        ))  # fmt: skip


def _run(session: str, agent: str) -> RunSeen:
    kind = RunKind.REVIEW if agent.startswith(_ITS_OWN) else RunKind.SUBAGENT
    return RunSeen(f"{session}/{agent}", session, session, kind)


def _tokens(
    prompt: int | None, read: int | None, said: int | None, thoughts: int | None, tool: int | None, total: int | None
) -> Tokens:
    """The kinds apart. Some services count thoughts beside the output: their total then needs them."""
    if prompt is None and said is None:
        return Tokens(input=total or 0)
    sent, cached, output, thought = prompt or 0, read or 0, said or 0, thoughts or 0
    if thought and (total or 0) >= sent + output + thought:
        output += thought
    return Tokens(max(0, sent - cached) + (tool or 0), cached, 0, 0, output, min(thought, output))


def _read(chunk: bytes, carry: bytes, file: LogFile) -> tuple[Reading, bytes]:
    reader = _Reader(file, carry)
    if file.path.endswith(".meta.json"):
        reader.described(chunk)
        return reader.reading, b""
    find = chunk.find
    for begin, end in line_spans(chunk, reader.reading):
        if any(find(marker, begin, end) >= 0 for marker in (_EVENT, _USAGE, _CALLS)):
            reader.line(chunk[begin:end])
    return reader.reading, msgspec.json.encode(reader.chat)


def _homes(env: Mapping[str, str], home: Path) -> tuple[Path, ...]:
    """A folder for what it writes while it runs, else its own folder."""
    named = (named_folders(env, name) for name in ("QWEN_RUNTIME_DIR", "QWEN_HOME", "QWEN_DATA_DIR"))
    return next((folders for folders in named if folders), (home / ".qwen",))


QWEN_CODE = Agent(
    id="qwen-code",
    name="Qwen Code",
    parser_version=1,
    variables=("QWEN_RUNTIME_DIR", "QWEN_HOME", "QWEN_DATA_DIR"),
    homes=_homes,
    log_folders=lambda home: (home / "projects",),
    suffixes=(".jsonl", ".meta.json"),
    read=_read,
    knows=frozenset({"tokens", "cache", "thoughts", "model", "project", "branch", "parent run"}),
    tested_on="0.15.10, 0.24.4",
    documents=(".meta.json",),
)
