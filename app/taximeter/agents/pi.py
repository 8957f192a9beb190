"""pi's sessions: ``<home>/sessions/--<folder>--/<time>_<id>.jsonl``, a tree of entries in one file.

Every reply is an entry with its usage and what the agent thinks it costs; newer versions tell the same of the
replies by which they shorten a context or sum up a branch. A fork is a file of its own that begins with its
parent's entries, ids and times as they were: the key is an entry's id and time, and the file that forked has the worse
claim. Ids of replies are of no use, since some services give all of them the same. Input is beside what was read and
written, output includes reasoning, and ``cacheWrite`` includes what is kept for an hour.
"""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path, PurePath

import msgspec

from taximeter.agents.contract import Agent, LogFile
from taximeter.agents.records import Count, decoded, keys_of, line_spans, milliseconds, named_folders
from taximeter.domain.reading import Reading, RunSeen, SessionSeen
from taximeter.domain.usage import Mark, Request, Tokens, merge

_key = keys_of(b"pi")
_USAGE, _HEADER, _MODEL = b'"usage"', b'"session"', b'"model_change"'
_COPY = 1 << 56
_MOST_DOLLARS = 1e6


class _Cost(msgspec.Struct, gc=False):
    total: float | None = None


class _Used(msgspec.Struct, gc=False, rename="camel"):
    input: Count | None = None
    output: Count | None = None
    cache_read: Count | None = None
    cache_write: Count | None = None
    cache_write_1h: Count | None = msgspec.field(default=None, name="cacheWrite1h")
    reasoning: Count | None = None
    cost: _Cost | None = None


class _Message(msgspec.Struct, gc=False, rename="camel"):
    role: str | None = None
    provider: str | None = None
    model: str | None = None
    usage: _Used | None = None
    stop_reason: str | None = None


class _Line(msgspec.Struct, gc=False, rename="camel"):
    type: str | None = None
    id: str | None = None
    timestamp: str | None = None
    cwd: str | None = None
    parent_session: str | None = None
    model_id: str | None = None
    message: _Message | None = None
    usage: _Used | None = None
    """Of an entry that is no message, such as a shortened context."""


class _Session(msgspec.Struct, gc=False):
    """What is carried from one chunk of a session to the next."""

    id: str = ""
    forked: bool = False
    model: str = ""


_line = msgspec.json.Decoder(_Line)
_session = msgspec.json.Decoder(_Session)


class _Reader:
    """The reading of one chunk."""

    def __init__(self, file: LogFile, carry: bytes) -> None:
        self.reading = Reading()
        self.session = _session.decode(carry) if carry else _Session()
        self._file = file

    def line(self, raw: bytes) -> None:
        """Take in one entry that may bill, or say whose bill it is."""
        line = decoded(_line, raw, self.reading, "unexpected shape of a usage line", (_USAGE,))
        if line is None:
            return
        message = line.message or _Message()
        if line.type == "session" and line.message is None:
            self._began(line)
        elif line.type == "model_change":
            self.session.model = line.model_id or self.session.model
        elif message.role == "assistant" and message.usage is not None:
            self.session.model = message.model or self.session.model
            self._bill(line, message.usage, int(Mark.GOES_ON) if message.stop_reason == "toolUse" else 0)
        elif line.message is None and line.usage is not None:
            self._bill(line, line.usage, 0)

    def _began(self, line: _Line) -> None:
        session = self.session
        session.id, session.forked = line.id or session.id, bool(line.parent_session)
        name = self._name()
        self.reading.sessions[name] = SessionSeen(name, line.cwd or "")

    def _name(self) -> str:
        return self.session.id or PurePath(self._file.path).stem.rpartition("_")[2]

    def _bill(self, line: _Line, used: _Used, marks: int) -> None:
        at = milliseconds(line.timestamp)
        if at is None or not line.id:
            self.reading.skip("usage without an id" if at is not None else "usage without a time")
            return
        session, wrote, output = self._name(), used.cache_write or 0, used.output or 0
        tokens = Tokens(used.input or 0, used.cache_read or 0, max(0, wrote - (used.cache_write_1h or 0)),
                        min(wrote, used.cache_write_1h or 0), output, min(output, used.reasoning or 0))  # fmt: skip
        if not tokens.total:
            # A reply that failed before the service billed anything.
            return
        if wrote and used.cache_write_1h is None:
            marks |= Mark.WRITE_TTL_UNKNOWN
        self.reading.sessions.setdefault(session, SessionSeen(session))
        self.reading.note_run(RunSeen(session, session))
        key = _key(f"{line.id}\0{at}".encode("utf-8", "surrogatepass"))
        claim = self._file.first_mtime_us + (_COPY if self.session.forked else 0)
        bill = Request(key, session, at, self.session.model, tokens, int(marks), 0, _claimed(used.cost), claim)
        before = self.reading.requests.get(key)
        self.reading.requests[key] = bill if before is None else merge(before, bill)


def _claimed(cost: _Cost | None) -> int:
    """Its own figure. It says 0 of a model whose price it does not know, which claims nothing."""
    total = cost.total if cost is not None else None
    return round(total * 1e9) if total is not None and 0 < total <= _MOST_DOLLARS else -1


def _read(chunk: bytes, carry: bytes, file: LogFile) -> tuple[Reading, bytes]:
    reader = _Reader(file, carry)
    find = chunk.find
    for begin, end in line_spans(chunk, reader.reading):
        if any(find(marker, begin, end) >= 0 for marker in (_USAGE, _HEADER, _MODEL)):
            reader.line(chunk[begin:end])
    return reader.reading, msgspec.json.encode(reader.session)


def _homes(env: Mapping[str, str], home: Path) -> tuple[Path, ...]:
    named = (named_folders(env, name) for name in ("PI_CODING_AGENT_DIR", "PI_AGENT_DIR"))
    return next((folders for folders in named if folders), (home / ".pi" / "agent",))


PI = Agent(
    id="pi",
    name="pi",
    parser_version=1,
    variables=("PI_CODING_AGENT_DIR", "PI_AGENT_DIR"),
    homes=_homes,
    log_folders=lambda home: (home / "sessions",),
    suffixes=(".jsonl",),
    read=_read,
    knows=frozenset({"tokens", "cache", "cache writes", "thoughts", "model", "project", "own cost"}),
    tested_on="0.73.1 and 0.87.1",
    real_data="April 2026",
)
