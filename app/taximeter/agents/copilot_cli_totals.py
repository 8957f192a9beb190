"""What older sessions tell only when they end: the sums of each model, shared out to the messages they came from.

Some versions sum since the session was last resumed, others (seen in 1.0.68) since it first began; both write the
same start. Which it is, is told by what the messages since then put out, which each of them says exactly.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

import msgspec

from taximeter.agents.records import Count
from taximeter.domain.usage import Tokens

Sums = tuple[int, int, int, int, int, int, int, int]
"""Requests, nano premium requests, nano AI units; input, output, read, written and reasoning tokens."""
NONE: Sums = (0, 0, 0, 0, 0, 0, 0, 0)
_MOST_REQUESTS = 20_000
"""More than this of one session cannot be believed."""
_MOST_CREDITS = 10**15


class _Requests(msgspec.Struct, gc=False):
    count: Count | None = None
    cost: float | None = None


class _Usage(msgspec.Struct, gc=False, rename="camel"):
    input_tokens: Count | None = None
    output_tokens: Count | None = None
    cache_read_tokens: Count | None = None
    cache_write_tokens: Count | None = None
    reasoning_tokens: Count | None = None


class Metric(msgspec.Struct, gc=False, rename="camel"):
    """The sums of one model at the end of a session."""

    requests: _Requests | None = None
    usage: _Usage | None = None
    total_nano_aiu: float | None = None


class Message(msgspec.Struct, gc=False, array_like=True, frozen=True):
    """One reply of a model, of which only the output is known until the session ends."""

    name: str
    at: int
    agent: str
    """The subagent's id; empty for the session's own."""
    model: str
    output: int
    goes_on: bool


def sums_of(metric: Metric) -> Sums:
    """A model's sums; what cannot be believed counts as nothing."""
    requests, usage = metric.requests or _Requests(), metric.usage or _Usage()
    return (
        requests.count or 0, believed((requests.cost or 0) * 1e9), believed(metric.total_nano_aiu or 0),
        usage.input_tokens or 0, usage.output_tokens or 0, usage.cache_read_tokens or 0, usage.cache_write_tokens or 0,
        usage.reasoning_tokens or 0,
    )  # fmt: skip


def believed(nano: float) -> int:
    """Credits as a whole number of billionths; 0 where they cannot be believed."""
    return round(nano) if 0 <= nano <= _MOST_CREDITS else 0


def grown(now: Mapping[str, Sums], before: Mapping[str, Sums], waiting: Sequence[Message]) -> dict[str, Sums]:
    """What was used since the last end: what the sums grew by, or all of them where they began anew."""
    said = dict.fromkeys(now, 0)
    for message in waiting:
        said[message.model] = said.get(message.model, 0) + message.output
    steps = {model: _less(sums, before.get(model, NONE)) for model, sums in now.items()}
    fell = any(min(step) < 0 for step in steps.values()) or not before.keys() <= now.keys()
    return dict(now) if fell or _distance(now, said) < _distance(steps, said) else steps


def _less(one: Sums, other: Sums) -> Sums:
    a, b, c, d, e, f, g, h = (mine - its for mine, its in zip(one, other, strict=True))
    return (a, b, c, d, e, f, g, h)


def _distance(sums: Mapping[str, Sums], said: Mapping[str, int]) -> int:
    return sum(abs(each[4] - said[model]) for model, each in sums.items())


def allotted(sums: Sums, messages: Sequence[Message], nameless: Message) -> Iterator[tuple[Message, Tokens, int, int]]:
    """Each request with its tokens, premium requests and AI units (nano).

    A message keeps the output that it told; everything else is shared out evenly, so that a sum never looks like one
    long prompt. Requests without a message (a title, a reply that was lost) are ``nameless`` ones.
    """
    count, requests, units, prompt, output, read, wrote, thoughts = sums
    if not any(sums):
        return
    if 0 < count < len(messages):
        messages = messages[-count:]
    shares = max(len(messages), min(count, _MOST_REQUESTS), 1)
    lost = shares - len(messages)
    rest = max(0, output - sum(message.output for message in messages))
    for number in range(shares):
        if number < len(messages):
            message = messages[number]
            more = rest if not lost and number == shares - 1 else 0
        else:
            message = msgspec.structs.replace(nameless, name=f"{nameless.name}\0{number - len(messages)}")
            more = _share(rest, number - len(messages), lost)
        own = message.output + more
        fresh = _share(max(0, prompt - read - wrote), number, shares)
        thought = min(own, thoughts)
        thoughts -= thought
        tokens = Tokens(fresh, _share(read, number, shares), _share(wrote, number, shares), 0, own, thought)
        yield message, tokens, requests if number == 0 else 0, units if number == 0 else 0


def _share(amount: int, number: int, shares: int) -> int:
    return amount * (number + 1) // shares - amount * number // shares
