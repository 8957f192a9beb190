"""The messages of one agent, the same JSON in the rows of its database and, older, in files: an assistant's is a bill.

Tokens come when a reply has ended and do not grow; until then they are 0. Input is without what a cache had. Thoughts
are beside the output since a message has a ``total``; before, they were in it, but for Google's.

A forked session holds its parent's messages anew, under ids of their own and with the times and figures they had: so
a request's key is made of those, and the smaller id, which is the older one, says whose it is. Versions before 1.0
made several requests for one message and kept the last one's figures in it; each stands in a part of the database.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Sequence

import msgspec

from taximeter.agents.records import Count
from taximeter.domain.reading import Reading, RefusalSeen, RunEnd, RunSeen, SessionSeen
from taximeter.domain.usage import Mark, Request, RunKind, Tokens, merge

ODD = "unexpected shape of a usage line"
Key = Callable[[bytes], bytes]
_GOES_ON = {"tool-calls", "unknown"}
_REFUSALS = {
    "budget": ("budget_exceeded", "budget has been exceeded", "exceededbudget", "spend limit"),
    "credit": ("credit balance is too low", "insufficient_quota", "insufficient credits", "insufficient balance"),
    "plan_window": ("usage limit", "hit your limit", "limit reached", "exhausted your capacity"),
}


class _Cache(msgspec.Struct, gc=False):
    read: Count | None = None
    write: Count | None = None


class Used(msgspec.Struct, gc=False):
    """The tokens of one request."""

    total: Count | None = None
    input: Count | None = None
    output: Count | None = None
    reasoning: Count | None = None
    cache: _Cache | None = None


class _Time(msgspec.Struct, gc=False):
    created: int | None = None
    completed: int | None = None


class _Place(msgspec.Struct, gc=False):
    cwd: str | None = None


class _Trouble(msgspec.Struct, gc=False):
    name: str | None = None
    data: msgspec.Raw = msgspec.Raw()


class Message(msgspec.Struct, gc=False):
    """A message; in the database its ids stand in the row."""

    id: str | None = None
    session: str | None = msgspec.field(default=None, name="sessionID")
    role: str | None = None
    time: _Time | None = None
    model: str | None = msgspec.field(default=None, name="modelID")
    provider: str | None = msgspec.field(default=None, name="providerID")
    agent: str | None = None
    mode: str | None = None
    cost: float | None = None
    tokens: Used | None = None
    finish: str | None = None
    path: _Place | None = None
    error: _Trouble | None = None


class Session(msgspec.Struct, gc=False):
    """A session as its row or its file has it; a subagent's names its parent."""

    id: str
    parent: str | None = msgspec.field(default=None, name="parentID")
    directory: str = ""
    title: str = ""
    version: str = ""


class Step(msgspec.Struct, gc=False):
    """One request of a message that made several."""

    tokens: Used
    cost: float | None = None


message_of = msgspec.json.Decoder(Message)


def note_run(reading: Reading, message: Message, session: Session, root: str) -> None:
    """Note whose message it is, and how that run stands after it."""
    if not session.parent:
        reading.sessions[root] = SessionSeen(root, session.directory, version=session.version)
        reading.note_run(RunSeen(session.id, root))
        return
    reading.sessions.setdefault(root, SessionSeen(root, version=session.version))
    label, _, rest = session.title.partition(" (@")
    end, at = _stands(message)
    reading.note_run(RunSeen(
        session.id, root, session.parent, RunKind.SUBAGENT, message.agent or message.mode or rest.partition(" ")[0],
        label, call=session.id, end=end, told_at=at,
    ))  # fmt: skip


def _stands(message: Message) -> tuple[RunEnd, int]:
    time = message.time or _Time()
    if message.error is not None:
        return RunEnd.KILLED, time.completed or time.created or 0
    if message.finish and message.finish not in _GOES_ON and time.completed:
        return RunEnd.FINISHED, time.completed
    return RunEnd.RUNS, time.created or 0


def note_bills(reading: Reading, message: Message, session: str, steps: Sequence[Step], key_of: Key) -> None:
    """Bill a message, or each of its ``steps`` where it made several requests; note its refusal.

    Without steps, one of a version that made several is a floor: the others' figures stand elsewhere.
    """
    time = message.time or _Time()
    if message.error is not None and time.created:
        name = f"refused\0{time.created}\0{message.model}"
        _refused(reading, message.error, RefusalSeen(key_of(name.encode()), session, time.created, ""))
    alone = message.finish is not None
    found = list(steps) or [Step(message.tokens or Used(), message.cost if alone else None)]
    marks = 0 if alone or steps else int(Mark.OUTPUT_IS_FLOOR)
    again: Counter[str] = Counter()
    # From the last one on: its figures stand in the message, too, and have to make the same key there.
    for step in reversed(found):
        tokens, uncertain = _tokens(step.tokens, message.provider or "")
        if not tokens.total:
            continue
        if not time.created:
            reading.skip("usage without a time")
            continue
        name = f"{time.created}\0{message.provider}\0{message.model}\0{tuple(tokens)}"
        again[name] += 1
        key = key_of(f"{name}\0{again[name]}".encode())
        goes_on = int(Mark.GOES_ON) if message.finish in _GOES_ON else 0
        # Where it knows no price it writes 0, which claims nothing.
        claimed = round(step.cost * 1e9) if step.cost and 0 < step.cost <= 1e6 else -1
        bill = Request(key, session, time.created, message.model or "", tokens, marks | uncertain | goes_on, 0,
                       claimed, _age(message.id))  # fmt: skip
        before = reading.requests.get(key)
        reading.requests[key] = bill if before is None else merge(before, bill)


def _tokens(used: Used, provider: str) -> tuple[Tokens, int]:
    cache = used.cache or _Cache()
    sent, read, write = used.input or 0, cache.read or 0, cache.write or 0
    output, thoughts = used.output or 0, used.reasoning or 0
    if used.total is None:
        beside = provider.startswith("google") or thoughts > output
    else:
        beside = used.total >= sent + read + write + output + thoughts
    tokens = Tokens(sent, read, write, 0, output + thoughts if beside else output, thoughts)
    return tokens._replace(reasoning=min(thoughts, tokens.output)), int(Mark.WRITE_TTL_UNKNOWN) if write else 0


def _age(id: str | None) -> int:
    """What an id says of when it was given: the smaller, the older."""
    try:
        return int((id or "")[4:16], 16)
    except ValueError:
        return 1 << 48


def _refused(reading: Reading, error: _Trouble, refusal: RefusalSeen) -> None:
    said = bytes(error.data).decode(errors="replace").lower()
    reason = next((why for why, words in _REFUSALS.items() if any(word in said for word in words)), None)
    if reason is not None:
        reading.refusals.append(refusal._replace(reason=reason))
