"""Codex's rollouts: ``<home>/sessions/YYYY/MM/DD/rollout-*.jsonl`` and ``<home>/archived_sessions/rollout-*.jsonl``.

Usage is logged as running totals of a thread (``token_count`` events, newer versions also a
``token_usage_record`` beside each): a request is what a total has grown by. The key is the response's id
where a record tells it, else the family of threads, the number of resets so far and the total itself,
so a repeated event, a session that moved to the archive, and the history that a fork replays all meet
the request that was billed once. Input includes cached and written tokens, output includes reasoning.
"""

from __future__ import annotations

from pathlib import PurePath
from re import compile as pattern

import msgspec

from taximeter.agents.codex_starts import ENDS, Facts, spawned, started
from taximeter.agents.codex_windows import PlanWindows
from taximeter.agents.contract import Agent, LogFile
from taximeter.agents.records import Count, decoded, keys_of, line_spans, milliseconds, named_folders
from taximeter.domain.reading import CallSeen, Reading, RefusalSeen, RunSeen, SessionSeen
from taximeter.domain.usage import Mark, Request, RunKind, Tokens

_key = keys_of(b"codex")
_new = tuple.__new__
_MARKER = pattern(
    rb'"(?:token_count|token_usage_record|session_meta|turn_context|thread_settings_applied'
    rb"|usage_limit_exceeded|usage_limit_reached|insufficient_quota|budget_exceeded"
    rb'|CollabAgentToolCall|SubAgentActivity|collab_agent_spawn_end|task_started|task_complete|turn_aborted)"'
)
_SAID = b'"type":"response_item"'
_COUNTS = b'"token_count"'
_BILLS = (_COUNTS, b'"token_usage_record"')
_INHERITED_MS = 1_000
"""A fork replays its parent's history at once, within a second of its own first line (x06)."""
_COPY_CLAIM = 1 << 56
_TIERS = {"priority": int(Mark.PRIORITY), "fast": int(Mark.PRIORITY), "flex": int(Mark.FLEX), "batch": int(Mark.BATCH)}
_REFUSALS = {b"usage_limit": "plan_window", b"insufficient_quota": "credit", b"budget_exceeded": "budget"}


class _Usage(msgspec.Struct, gc=False):
    input_tokens: Count | None = None
    cached_input_tokens: Count | None = None
    cache_write_input_tokens: Count | None = None
    output_tokens: Count | None = None
    reasoning_output_tokens: Count | None = None
    total_token_usage: _Usage | None = None
    last_token_usage: _Usage | None = None


class _Payload(msgspec.Struct, gc=False):
    type: str | None = None
    info: _Usage | None = None
    rate_limits: msgspec.Raw = msgspec.Raw()
    usage: _Usage | None = None
    thread_token_usage: _Usage | None = None
    thread_id: str | None = None
    response_id: str | None = None
    id: str | None = None
    session_id: str | None = None
    parent_thread_id: str | None = None
    forked_from_id: str | None = None
    cwd: str | None = None
    cli_version: str | None = None
    thread_source: str | None = None
    source: Facts | str | None = None
    git: Facts | None = None
    model: str | None = None
    service_tier: str | None = None
    thread_settings: Facts | None = None
    codex_error_info: msgspec.Raw = msgspec.Raw()
    item: Facts | None = None
    call_id: str | None = None
    new_thread_id: str | None = None


class _Line(msgspec.Struct, gc=False):
    timestamp: str | None = None
    type: str | None = None
    payload: _Payload | None = None


_Sums = tuple[int, int, int, int, int]
"""Input, cached, written, output and reasoning tokens, as this agent counts them."""
_NONE: _Sums = (0, 0, 0, 0, 0)


class _Thread(msgspec.Struct, gc=False):
    """What is carried from one chunk of a rollout to the next."""

    id: str = ""
    run: RunSeen = RunSeen("", "")
    family: str = ""
    """The thread whose history the totals began in: the parent's for a fork."""
    started_at: int = 0
    forked: bool = False
    model: str = ""
    tier: str = ""
    resets: int = 0
    launch: str = ""
    """The first call of the reply under way that started an agent."""
    total: _Sums | None = None


_line = msgspec.json.Decoder(_Line)
_thread = msgspec.json.Decoder(_Thread)


class _Rollout:
    """The reading of one chunk of one thread's file."""

    def __init__(self, file: LogFile, carry: bytes) -> None:
        self.reading = Reading()
        self.thread = _thread.decode(carry) if carry else _Thread()
        self._file = file
        self.windows = PlanWindows(self.reading)

    def line(self, raw: bytes) -> None:
        """Take in one line that may hold usage or say who it belongs to."""
        line = decoded(_line, raw, self.reading, "unexpected shape of a usage line", _BILLS)
        payload = line.payload if line is not None else None
        if line is None or payload is None:
            return
        if line.type == "turn_context":
            self.thread.model = payload.model or self.thread.model
            self.thread.tier = payload.service_tier or self.thread.tier
        elif payload.type == "thread_settings_applied" and payload.thread_settings is not None:
            self.thread.model = payload.thread_settings.model or self.thread.model
            self.thread.tier = payload.thread_settings.service_tier or ""
        else:
            self._timed(line, payload)

    def _timed(self, line: _Line, payload: _Payload) -> None:
        at = milliseconds(line.timestamp)
        starts = payload.item is not None or payload.new_thread_id is not None
        if at is None:
            if not starts and payload.type not in ENDS:
                self.reading.skip("usage without a time")
            return
        if line.type == "session_meta" or not self.thread.id:
            # A file that never says who it is goes by its name.
            self._meta(payload if line.type == "session_meta" else _Payload(), at)
        if line.type == "token_usage_record":
            self._record(payload, at)
        elif payload.type == "token_count":
            self.windows.heard(payload.rate_limits, at)
            if payload.info is not None:
                self._count(payload.info.total_token_usage, payload.info.last_token_usage, at)
        elif payload.type in ENDS:
            run = self.thread.run = self.thread.run._replace(end=ENDS[payload.type], told_at=at)
            self.reading.runs[run.id] = run
        elif bytes(payload.codex_error_info):
            self._refusal(bytes(payload.codex_error_info), at)
        elif starts:
            self._started(payload, at)

    def _meta(self, payload: _Payload, at: int) -> None:
        thread = self.thread
        if thread.id:
            # A resumed thread repeats its own first line; a fork brings its parent's: the family goes back to the root.
            if payload.id == thread.family and payload.forked_from_id:
                thread.family = payload.forked_from_id
            return
        thread.id = payload.id or payload.session_id or PurePath(self._file.path).stem
        thread.family = payload.forked_from_id or thread.id
        thread.forked = payload.forked_from_id is not None
        thread.started_at = at
        spawn, kind = spawned(payload.source, payload.thread_source)
        main = kind is RunKind.MAIN
        above = spawn.parent_thread_id or payload.parent_thread_id or ""
        session = thread.id if main else payload.session_id or above or thread.id
        # A thread that an agent started may work elsewhere: its folder says nothing of the session's project.
        cwd, branch = (payload.cwd or "", payload.git.branch if payload.git else "") if main else ("", "")
        self.reading.sessions[session] = SessionSeen(session, cwd, branch or "", payload.cli_version or "")
        thread.run = self.reading.runs[thread.id] = RunSeen(
            thread.id, session, "" if main else above or session, kind, spawn.agent_role or "",
            spawn.agent_nickname or "", "" if main else thread.id)  # fmt: skip

    def _started(self, payload: _Payload, at: int) -> None:
        """Note a call that started a thread; all calls between two bills are of one reply."""
        call, thread = started(payload.item, payload.call_id, payload.new_thread_id)
        if call and not self._is_inherited(at):
            self.thread.launch = self.thread.launch or call
            self.reading.note_call(CallSeen(thread, call, self.thread.launch))

    def _record(self, payload: _Payload, at: int) -> None:
        """A response's own bill; one of another thread is history that a fork brought along (x05)."""
        if payload.usage is None or payload.response_id is None:
            self._count(payload.thread_token_usage, payload.usage, at)
            return
        if payload.thread_token_usage is not None:
            self.thread.total = _sums(payload.thread_token_usage)
        if payload.thread_id in {None, self.thread.id}:
            self._bill(f"{self.thread.id}\0{payload.response_id}", _sums(payload.usage), at)

    def _count(self, total: _Usage | None, last: _Usage | None, at: int) -> None:
        thread = self.thread
        before = thread.total
        now = _sums(total) if total is not None else None
        step = _step(thread, now, last)
        if step is None:
            return
        thread.total = now or _difference(before or _NONE, _difference(_NONE, step))
        if before is not None and _size(thread.total) < _size(before):
            thread.resets += 1
        if not self._is_inherited(at):
            self._bill(f"{thread.family}\0{thread.resets}\0{thread.total}", step, at)

    def _is_inherited(self, at: int) -> bool:
        return self.thread.forked and at - self.thread.started_at < _INHERITED_MS

    def _bill(self, name: str, step: _Sums, at: int) -> None:
        thread = self.thread
        thread.launch = ""
        key = _key(name.encode())
        prompt, read, wrote, output, thoughts = step
        tokens = _new(Tokens, (max(0, prompt - read - wrote), read, wrote, 0, output, thoughts))
        claim = self._file.first_mtime_us + (_COPY_CLAIM if thread.forked else 0)
        marks = _TIERS.get(thread.tier, 0)
        self.reading.requests[key] = _new(Request, (key, thread.id, at, thread.model, tokens, marks, 0, -1, claim))

    def _refusal(self, info: bytes, at: int) -> None:
        reason = next((reason for word, reason in _REFUSALS.items() if word in info), "")
        if reason:
            key = _key(f"{self.thread.id}\0{at}".encode())
            self.reading.refusals.append(RefusalSeen(key, self.thread.id, at, reason))


def _sums(usage: _Usage) -> _Sums:
    return (usage.input_tokens or 0, usage.cached_input_tokens or 0, usage.cache_write_input_tokens or 0,
            usage.output_tokens or 0, usage.reasoning_output_tokens or 0)  # fmt: skip


def _difference(one: _Sums, other: _Sums) -> _Sums:
    return (one[0] - other[0], one[1] - other[1], one[2] - other[2], one[3] - other[3], one[4] - other[4])


def _size(sums: _Sums) -> int:
    return sums[0] + sums[3]


def _step(thread: _Thread, now: _Sums | None, last: _Usage | None) -> _Sums | None:
    """What one request used, or None when the event brings nothing new (x02, x03, x08)."""
    before = thread.total
    if now is not None and before is not None:
        grown = _difference(now, before)
        if min(grown) >= 0:
            return grown if any(grown) else None
    told = _sums(last) if last is not None else None
    if now is None or told is None:
        return now if told is None else told
    if before is None:
        return told if thread.forked else now
    # A total that fell by no more than the last request is an older event written late, not a reset.
    return None if now != told and 0 < _size(before) - _size(now) <= _size(told) else told


def _read(chunk: bytes, carry: bytes, file: LogFile) -> tuple[Reading, bytes]:
    rollout = _Rollout(file, carry)
    find, marked, line = chunk.find, _MARKER.search, rollout.line
    for begin, end in line_spans(chunk, rollout.reading):
        # What was said and done is most of the bytes and bills nothing; its kind stands in the first words.
        if begin <= find(_SAID, begin, begin + 96) < end:
            continue
        if begin <= find(_COUNTS, begin, begin + 96) < end or marked(chunk, begin, end):
            line(chunk[begin:end])
    rollout.windows.note()
    return rollout.reading, msgspec.json.encode(rollout.thread)


CODEX = Agent(
    id="codex",
    name="Codex",
    parser_version=2,
    variables=("CODEX_HOME",),
    homes=lambda env, home: named_folders(env, "CODEX_HOME") or (home / ".codex",),
    log_folders=lambda home: (home / "sessions", home / "archived_sessions"),
    suffixes=(".jsonl",),
    read=_read,
    knows=frozenset({"tokens", "cache", "cache writes", "thoughts", "model", "project", "branch", "parent run",
                     "plan windows", "refusals"}),
    tested_on="0.169.0",
    real_data="0.39.0 to 0.142.4",
)
