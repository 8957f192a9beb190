"""Claude Code's transcripts: ``<home>/projects/<folder>/**/*.jsonl`` and the ``agent-*.meta.json`` beside them.

One answer of the model is written as one to many lines, all with the same ``message.id`` and each with
the usage as far as it was known: the key is that id and the fullest line is the bill. A subagent's
usage can stand in its own file, in the parent as ``agent_progress`` lines, or in both; a resumed or
forked session repeats old lines. All of them meet in ``merge`` under one key, and ``claim`` says whose
request it is: the main chain before a side chain before an echo, the older file before the copy.
"""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path, PurePath

import msgspec

from taximeter.agents.claude_code_starts import NOTICE, Open, Starts, calls_agents
from taximeter.agents.contract import Agent, LogFile
from taximeter.agents.records import Count, decoded, keys_of, line_spans, milliseconds, named_folders
from taximeter.domain.reading import Reading, RefusalSeen, RunSeen, SessionSeen
from taximeter.domain.usage import Mark, Request, RunKind, Tokens, merge

_key = keys_of(b"claude-code")
_new = tuple.__new__
_MARKER = b'"usage"'
_BILLS = (b'"assistant"',)
_SIDE_CHAIN, _ECHO, _COPY = 1 << 56, 2 << 56, 4 << 56
_FAST, _US_ONLY = int(Mark.FAST), int(Mark.US_ONLY)
_FLOOR, _TTL_UNKNOWN = int(Mark.OUTPUT_IS_FLOOR), int(Mark.WRITE_TTL_UNKNOWN)
_GOES_ON = int(Mark.GOES_ON)
_TIERS = {"priority": int(Mark.PRIORITY), "batch": int(Mark.BATCH), "flex": int(Mark.FLEX)}
_REFUSALS = {
    "budget": (b"budget_exceeded", b"budget has been exceeded", b"exceededbudget", b"spend limit"),
    "credit": (b"credit balance is too low",),
    "plan_window": (b"usage limit", b"hit your limit", b"limit reached"),
}


class _Written(msgspec.Struct, gc=False):
    ephemeral_5m_input_tokens: Count | None = None
    ephemeral_1h_input_tokens: Count | None = None


class _Served(msgspec.Struct, gc=False):
    web_search_requests: Count | None = None


class _Details(msgspec.Struct, gc=False):
    thinking_tokens: Count | None = None


class _Usage(msgspec.Struct, gc=False):
    input_tokens: Count | None = None
    cache_creation_input_tokens: Count | None = None
    cache_read_input_tokens: Count | None = None
    output_tokens: Count | None = None
    service_tier: str | None = None
    inference_geo: str | None = None
    speed: str | None = None
    iterations: msgspec.Raw = msgspec.Raw()
    type: str | None = None
    model: str | None = None
    cache_creation: _Written | None = None
    server_tool_use: _Served | None = None
    output_tokens_details: _Details | None = None


class _Message(msgspec.Struct, gc=False):
    id: str | None = None
    model: str | None = None
    stop_reason: str | None = None
    usage: _Usage | None = None
    content: msgspec.Raw = msgspec.Raw()


class _Progress(msgspec.Struct, gc=False, rename="camel"):
    type: str | None = None
    agent_id: str | None = None
    message: _Line | None = None


class _Line(msgspec.Struct, gc=False, rename="camel"):
    type: str | None = None
    timestamp: str | None = None
    session_id: str | None = None
    cwd: str | None = None
    git_branch: str | None = None
    version: str | None = None
    is_sidechain: bool | None = None
    agent_id: str | None = None
    attribution_agent: str | None = None
    request_id: str | None = None
    uuid: str | None = None
    cost: float | None = msgspec.field(default=None, name="costUSD")
    is_api_error_message: bool | None = None
    forked_from: msgspec.Raw = msgspec.Raw()
    message: _Message | None = None
    data: _Progress | None = None
    tool_use_result: msgspec.Raw = msgspec.Raw()


_line = msgspec.json.Decoder(_Line)
_iterations = msgspec.json.Decoder(list[_Usage])
_carry = msgspec.json.Decoder(Open)


class _Transcript:
    """The reading of one chunk."""

    def __init__(self, file: LogFile, carry: bytes) -> None:
        self.reading = Reading()
        self.starts = Starts(self.reading, file.path, _carry.decode(carry) if carry else {})
        self._stem = PurePath(file.path).stem
        self._own = self._stem.removeprefix("agent-") if self._stem.startswith("agent-") else None
        self._age = file.first_mtime_us

    def line(self, raw: bytes) -> bool:
        """Take in one line that mentions usage; whether it is an answer's own bill."""
        line = decoded(_line, raw, self.reading, "unexpected shape of a usage line", _BILLS)
        if line is None:
            return False
        message, kind = line.message, line.type
        if kind == "assistant" and message is not None:
            if line.is_api_error_message:
                self._refusal(line, message)
            content = bytes(message.content)
            if calls_agents(content, 0, len(content)):
                self.starts.called(message.id or line.request_id, message.content)
            return self._bill(line, message, line.request_id or line.uuid, line.timestamp, echo=False)
        if kind == "progress" and line.data is not None and line.data.message is not None:
            echo = line.data.message
            if line.data.type == "agent_progress" and echo.message is not None:
                line.agent_id = line.data.agent_id
                self._bill(line, echo.message, echo.request_id, echo.timestamp or line.timestamp, echo=True)
        elif kind == "user" and message is not None:
            at = milliseconds(line.timestamp)
            self.starts.answered(line.session_id or self._stem, message.content, line.tool_use_result, at)
        return False

    def _bill(self, line: _Line, message: _Message, fallback: str | None, time: str | None, *, echo: bool) -> bool:
        usage, name = message.usage, message.id or fallback
        if usage is None or message.model == "<synthetic>":
            return False
        at = milliseconds(time)
        if not name or at is None:
            self.reading.skip("usage without a time" if name else "usage without an id")
            return False
        tokens, marks = _tokens(usage)
        if message.stop_reason is None:
            marks |= _FLOOR
        elif message.stop_reason == "tool_use":
            marks |= _GOES_ON
        run, claim = self._whose(line, echo=echo)
        searches = (usage.server_tool_use.web_search_requests or 0) if usage.server_tool_use is not None else 0
        claimed = -1 if line.cost is None or not 0 <= line.cost <= 1e6 else round(line.cost * 1e9)
        key = _key(name.encode())
        request = _new(Request, (key, run, at, message.model or "", tokens, marks, searches, claimed, claim))
        self._put(request)
        # ``in`` would raise and drop an exception inside before it looks, which takes longer than to look.
        if bytes(usage.iterations).find(b'"advisor_message"') >= 0:
            self._advisors(usage, request, name)
        return True

    def _advisors(self, usage: _Usage, answer: Request, name: str) -> None:
        """An advisor's tokens are not in the answer's totals and are billed on the advisor's own model (c20)."""
        iterations = decoded(_iterations, usage.iterations, self.reading, "unexpected shape of advisor usage")
        for number, iteration in enumerate(iterations or ()):
            if iteration.type == "advisor_message":
                tokens, marks = _tokens(iteration)
                key = _key(f"{name}:advisor:{number}".encode())
                self._put(answer._replace(key=key, model=iteration.model or "", tokens=tokens, marks=marks,
                                          web_searches=0, claimed_cost=-1))  # fmt: skip

    def _put(self, request: Request) -> None:
        known = self.reading.requests.setdefault(request.key, request)
        if known is not request:
            self.reading.requests[request.key] = merge(known, request)

    def _whose(self, line: _Line, *, echo: bool) -> tuple[str, int]:
        """The run a line belongs to and how good its claim is; notes the session and the run on the way."""
        session = line.session_id or self._stem
        agent = line.agent_id or self._own or ("sidechain" if line.is_sidechain else None)
        claim = self._age + (_COPY if bytes(line.forked_from) else 0)
        sessions, runs = self.reading.sessions, self.reading.runs
        if agent is None:
            known = sessions.get(session)
            if known is None or known.cwd != line.cwd or known.branch != line.git_branch:
                sessions[session] = SessionSeen(session, line.cwd or "", line.git_branch or "", line.version or "")
                runs[session] = RunSeen(session, session)
            return session, claim
        run = f"{session}/{agent}"
        if run not in runs:
            # A subagent may work in a worktree of its own, so it says nothing of the session's project.
            sessions.setdefault(session, SessionSeen(session, version=line.version or ""))
            workflow = self.starts.workflow
            runs[run] = RunSeen(run, session, session, RunKind.SUBAGENT, line.attribution_agent or "", "", workflow,
                                workflow)  # fmt: skip
        return run, claim + (_ECHO if echo else _SIDE_CHAIN)

    def _refusal(self, line: _Line, message: _Message) -> None:
        text = bytes(message.content).lower()
        reason = next((reason for reason, words in _REFUSALS.items() if any(word in text for word in words)), "")
        at = milliseconds(line.timestamp)
        if reason and at is not None:
            key = _key((line.uuid or message.id or line.timestamp or "").encode())
            self.reading.refusals.append(RefusalSeen(key, line.session_id or self._stem, at, reason))


def _tokens(usage: _Usage) -> tuple[Tokens, int]:
    marks = 0
    wrote, split = usage.cache_creation_input_tokens or 0, usage.cache_creation
    short, long = (split.ephemeral_5m_input_tokens or 0, split.ephemeral_1h_input_tokens or 0) if split else (0, 0)
    if short + long < wrote:
        short, marks = wrote - long, _TTL_UNKNOWN
    if usage.speed == "fast":
        marks |= _FAST
    if usage.inference_geo == "us":
        marks |= _US_ONLY
    if usage.service_tier in _TIERS:
        marks |= _TIERS[usage.service_tier]
    thoughts = (usage.output_tokens_details.thinking_tokens or 0) if usage.output_tokens_details is not None else 0
    return _new(Tokens, (usage.input_tokens or 0, usage.cache_read_input_tokens or 0, short, long,
                         usage.output_tokens or 0, thoughts)), marks  # fmt: skip


def _read(chunk: bytes, carry: bytes, file: LogFile) -> tuple[Reading, bytes]:
    transcript = _Transcript(file, carry)
    starts = transcript.starts
    if file.path.endswith(".meta.json"):
        starts.described(chunk)
    elif starts.workflow and file.path.endswith("journal.jsonl"):
        starts.kept_by_workflow(chunk)
    else:
        _read_lines(chunk, transcript)
    return transcript.reading, msgspec.json.encode(starts.open) if starts.open else b""


def _read_lines(chunk: bytes, transcript: _Transcript) -> None:
    """Take in the lines that may bill or name a run.

    Two kinds are passed over undecoded, which halves an index: what a person or a tool said (but for what
    tells of a subagent's run), and a line that repeats the bill before to the byte and starts no agent.
    """
    find, rfind, startswith, starts = chunk.find, chunk.rfind, chunk.startswith, transcript.starts
    name = bill = when = b""
    ahead = left = 0
    for begin, end in line_spans(chunk, transcript.reading):
        if bill and startswith(bill, end - left) and begin < end - left and startswith(name, begin + ahead):
            again = chunk[end - len(when) : end]
            if again >= when and not calls_agents(chunk, begin, end - left):
                when = again
                continue
        user = find(b'"type":"user"', begin, begin + 512)
        if begin <= user < end and find(b'"message"', begin, user) < 0:
            if (starts.open and starts.answers(chunk, user, end)) or startswith(NOTICE, user):
                transcript.line(chunk[begin:end])
            continue
        found = rfind(_MARKER, begin, end)
        if found < 0 or not transcript.line(chunk[begin:end]):
            continue
        # An answer's lines have in common where its name stands, and all from the reason to stop to the request's id.
        stop, last = rfind(b'"stop_reason"', begin, found), rfind(b'"uuid"', found, end)
        first, told = find(b'"id":', begin, found), rfind(b'"timestamp"', found, end)
        if min(first, stop, last, told) < 0 or rfind(b'"requestId"', found, last) < 0:
            bill = b""
            continue
        name, bill, when = chunk[first : first + 64], chunk[stop:last], chunk[told:end]
        ahead, left = first - begin, end - stop


def _homes(env: Mapping[str, str], home: Path) -> tuple[Path, ...]:  # the projects folder itself may be named, too
    own = tuple(path.parent if path.name == "projects" else path for path in named_folders(env, "CLAUDE_CONFIG_DIR"))
    return own or (home / ".claude", home / ".config" / "claude")


CLAUDE_CODE = Agent(
    id="claude-code",
    name="Claude Code",
    parser_version=2,
    variables=("CLAUDE_CONFIG_DIR",),
    homes=_homes,
    log_folders=lambda home: (home / "projects",),
    suffixes=(".jsonl", ".meta.json"),
    read=_read,
    knows=frozenset({"tokens", "cache", "cache writes", "thoughts", "model", "project", "branch", "parent run",
                     "own cost", "refusals"}),
    tested_on="2.1.330",
    real_data="2.0.64 to 2.1.186",
)
