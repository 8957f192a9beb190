"""Gemini CLI's chats: ``<home>/tmp/<project>/chats/session-*.json`` (one document) and, newer, ``*.jsonl`` (lines).

A message is written again whenever something of it becomes known (its tokens, its tool calls, their results),
alone or with all others in a ``$set``: the key is its id and the fullest line is the bill. A session that goes on
in the newer form repeats the older file's messages. Input includes cached tokens; thoughts are beside the output and
billed as output; what a tool of the service put into the prompt is beside the input and billed as input.

A subagent is a file of its own in a folder named after the session that started it. Which folder of the
computer a project's name (or, older, its hash) stands for is in ``<home>/projects.json``.
"""

from __future__ import annotations

from collections.abc import Mapping
from hashlib import sha256
from pathlib import Path, PurePath

import msgspec

from taximeter.agents.contract import Agent, LogFile
from taximeter.agents.records import Count, decoded, keys_of, line_spans, milliseconds, named_folders
from taximeter.domain.reading import CallSeen, Reading, RefusalSeen, RunEnd, RunSeen, SessionSeen
from taximeter.domain.usage import Mark, Request, RunKind, Tokens, merge

_key = keys_of(b"gemini-cli")
_MARKERS = (b'"tokens"', b'"sessionId"', b'"directories"', b'"agentId"', b'"error"')
_BILLS = (b'"tokens"',)
_REFUSED = b"exhausted your daily quota"
_ENDS = {"success": RunEnd.FINISHED, "error": RunEnd.KILLED, "cancelled": RunEnd.KILLED}


class _Used(msgspec.Struct, gc=False):
    input: Count | None = None
    output: Count | None = None
    cached: Count | None = None
    thoughts: Count | None = None
    tool: Count | None = None


class _Call(msgspec.Struct, gc=False):
    id: str | None = None
    status: str | None = None
    timestamp: str | None = None
    agent: str | None = msgspec.field(default=None, name="agentId")
    args: msgspec.Raw = msgspec.Raw()


class _Asked(msgspec.Struct, gc=False):
    agent_name: str | None = None


class _Record(msgspec.Struct, gc=False):
    """A message, the facts of a session, or both in one as the older document has them."""

    id: str | None = None
    timestamp: str | None = None
    type: str | None = None
    model: str | None = None
    tokens: _Used | None = None
    content: msgspec.Raw = msgspec.Raw()
    calls: msgspec.Raw = msgspec.field(default=msgspec.Raw(), name="toolCalls")
    session: str | None = msgspec.field(default=None, name="sessionId")
    kind: str | None = None
    directories: list[str] | None = None
    messages: list[msgspec.Raw] | None = None
    changed: _Record | None = msgspec.field(default=None, name="$set")


class _Chat(msgspec.Struct, gc=False):
    """What is carried from one chunk of a chat to the next."""

    session: str = ""
    cwd: str = ""
    child: bool = False


class _Known(msgspec.Struct, gc=False):
    projects: dict[str, str] = {}


_record = msgspec.json.Decoder(_Record)
_calls = msgspec.json.Decoder(list[_Call])
_asked = msgspec.json.Decoder(_Asked)
_chat = msgspec.json.Decoder(_Chat)
_known = msgspec.json.Decoder(_Known)


class _Reader:
    """The reading of one chunk of a chat, or of a whole document."""

    def __init__(self, file: LogFile, carry: bytes) -> None:
        self.reading = Reading()
        self.chat = _chat.decode(carry) if carry else _Chat()
        self._file = file
        self._folders = PurePath(file.path).parts[:-1]
        self._project = _project(file, self._folders)

    def record(self, raw: bytes | msgspec.Raw) -> None:
        """Take in one record; the messages in it each on its own, so that an odd one costs only itself."""
        record = decoded(_record, raw, self.reading, "unexpected shape of a usage line", _BILLS)
        if record is None:
            return
        facts = record.changed or record
        if facts.session or facts.directories:
            self._facts(facts)
        for message in facts.messages or ():
            self.record(message)
        if record.id is not None:
            self._message(record, record.id)

    def _facts(self, facts: _Record) -> None:
        chat = self.chat
        chat.session = facts.session or chat.session
        chat.child = chat.child or facts.kind == "subagent"
        folders = facts.directories or [""]
        chat.cwd = chat.cwd or self._project or folders[0]
        self._note()

    def _note(self) -> tuple[str, str]:
        """Note the session and the run that the chat is; returns their names."""
        chat = self.chat
        own = chat.session or PurePath(self._file.path).stem
        # What stands right in the folder of all chats was started by a person, or nothing says by whom.
        above = self._folders[-1] if self._folders and self._folders[-1] != "chats" and chat.child else ""
        session = above or own
        self.reading.sessions.setdefault(session, SessionSeen(session, "" if above else chat.cwd or self._project))
        kind = RunKind.SUBAGENT if above else RunKind.MAIN
        self.reading.note_run(RunSeen(own, session, above, kind, call=own if above else ""))
        return session, own

    def _message(self, message: _Record, id: str) -> None:
        at = milliseconds(message.timestamp)
        calls = decoded(_calls, message.calls, self.reading, "") if bytes(message.calls) else None
        for call in calls or ():
            if call.agent:
                self._started(call, call.agent, id)
        if message.tokens is not None and at is None:
            self.reading.skip("usage without a time")
        elif message.tokens is not None and at is not None:
            _, run = self._note()
            key = _key(id.encode())
            marks = int(Mark.GOES_ON) if calls else 0
            bill = Request(key, run, at, message.model or "", _tokens(message.tokens), marks, 0, -1,
                           self._file.first_mtime_us)  # fmt: skip
            before = self.reading.requests.get(key)
            self.reading.requests[key] = bill if before is None else merge(before, bill)
        elif message.type == "error" and at is not None:
            self._refusal(bytes(message.content).lower(), at, id)

    def _started(self, call: _Call, agent: str, message: str) -> None:
        session, own = self._note()
        asked = decoded(_asked, call.args, self.reading, "") if bytes(call.args) else None
        name = call.id or agent
        self.reading.note_call(CallSeen(agent, name, message))
        end, at = _ENDS.get(call.status or "", RunEnd.NOT_TOLD), milliseconds(call.timestamp)
        self.reading.note_run(RunSeen(
            agent, session, own, RunKind.SUBAGENT, (asked.agent_name or "") if asked else "", "", agent,
            end=end, told_at=at if end and at is not None else 0,
        ))  # fmt: skip

    def _refusal(self, text: bytes, at: int, id: str) -> None:
        if _REFUSED in text:
            session, _ = self._note()
            self.reading.refusals.append(RefusalSeen(_key(id.encode()), session, at, "plan_window"))


def _project(file: LogFile, folders: tuple[str, ...]) -> str:
    """The folder of the computer that a chat's project is, as far as it is known."""
    known = decoded(_known, file.beside, Reading(), "") if file.beside else None
    above = _above_chats(folders)
    name = above[-1] if above else ""
    projects: Mapping[str, str] = known.projects if known is not None else {}
    return next((path for path, its in projects.items() if name in {its, sha256(path.encode()).hexdigest()}), "")


def _tokens(used: _Used) -> Tokens:
    prompt, read, thoughts = used.input or 0, used.cached or 0, used.thoughts or 0
    return Tokens(max(0, prompt - read) + (used.tool or 0), read, 0, 0, (used.output or 0) + thoughts, thoughts)


def _read(chunk: bytes, carry: bytes, file: LogFile) -> tuple[Reading, bytes]:
    reader = _Reader(file, carry)
    if file.path.endswith(".json"):
        reader.record(chunk)
        return reader.reading, b""
    find = chunk.find
    for begin, end in line_spans(chunk, reader.reading):
        if any(find(marker, begin, end) >= 0 for marker in _MARKERS):
            reader.record(chunk[begin:end])
    return reader.reading, msgspec.json.encode(reader.chat)


def _homes(env: Mapping[str, str], home: Path) -> tuple[Path, ...]:
    """Its own variable stands for the person's home folder, the other, of meters, for the agent's."""
    own = env.get("GEMINI_CLI_HOME", "").strip()
    return named_folders(env, "GEMINI_DATA_DIR") or ((Path(own) if own else home) / ".gemini",)


def _projects_file(path: str) -> str:
    return str(PurePath(*_above_chats(PurePath(path).parts)[:-2], "projects.json"))


def _above_chats(parts: tuple[str, ...]) -> tuple[str, ...]:
    """The folders down to the project's; a folder further up may have the same name as that of the chats."""
    return parts[: len(parts) - 1 - parts[::-1].index("chats")] if "chats" in parts else parts[:-1]


GEMINI_CLI = Agent(
    id="gemini-cli",
    name="Gemini CLI",
    parser_version=1,
    variables=("GEMINI_CLI_HOME", "GEMINI_DATA_DIR"),
    homes=_homes,
    log_folders=lambda home: (home / "tmp",),
    suffixes=(".json", ".jsonl"),
    read=_read,
    knows=frozenset({"tokens", "cache", "thoughts", "model", "project", "parent run", "refusals"}),
    tested_on="0.33.0, 0.61.0",
    real_data="January to April 2026",
    documents=(".json",),
    within="chats",
    beside=_projects_file,
)
