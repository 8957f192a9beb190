"""Made-up logs in all the disorder that real ones have, for tests that hold whatever the log."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from agents.lines import (
    AGENT,
    SESSION,
    THREAD,
    Record,
    answer,
    count,
    echo,
    jsonl,
    launch,
    launched,
    meta,
    settings_applied,
    spawn_event,
    sums,
    turn,
    turn_event,
    typed,
    usage,
    usage_record,
)
from hypothesis import strategies as st

_START = datetime(2026, 11, 10, 23, 59, 30, tzinfo=UTC)
_MODELS = ("claude-sonnet-4-6", "claude-opus-4-6", "house-model")
_BROKEN = st.sampled_from([b"{\n", b"\n", b"\r\n", b'{"usage":{"input_tokens":1}}\n', b'"usage" \xff\n', b"[1, 2]\n",
                           b'{"type":"assistant","message":{"id":5,"usage":{}}}\n'])  # fmt: skip
_OTHERS = ("turn", "tier", "null")
_USED = st.builds(
    usage,
    input=st.integers(0, 3),
    read=st.integers(0, 2),
    short=st.integers(0, 2),
    long=st.integers(0, 2),
    output=st.integers(0, 4),
)


def moment(second: int) -> str:
    """A time of a log line."""
    return (_START + timedelta(seconds=second)).isoformat(timespec="milliseconds").replace("+00:00", "Z")


@st.composite
def _answers(draw: st.DrawFn, session: str) -> bytes:
    """One to four lines of one answer, as streaming leaves them: most have the same usage."""
    number = draw(st.integers(0, 5))
    id, model, speed = f"msg_{number}", _MODELS[number % 3], ("standard", "fast")[number % 2]
    agent = draw(st.sampled_from(["", "", AGENT]))
    used = draw(_USED) | {"speed": speed}
    request = draw(st.sampled_from([None, f"req_{id}"]))
    lines = []
    for later in range(draw(st.integers(1, 4))):
        if draw(st.integers(0, 3)) == 0:
            used = used | {"output_tokens": draw(st.integers(0, 9))}
        stop = draw(st.sampled_from([None, "end_turn", "tool_use"]))
        content = [launch("toolu_1")] if draw(st.integers(0, 5)) == 0 else None
        lines.append(answer(id, used, model=model, at=moment(10 * number + later), session=session, request=request,
                            agent=agent, stop=stop, content=content))  # fmt: skip
    return jsonl(*lines)


def _echoed(number: int, used: Record) -> bytes:
    id = f"msg_{number}"
    return jsonl(echo(id, used, at=moment(10 * number), model=_MODELS[number % 3], request=f"req_{id}"))


def claude_lines(session: str = SESSION) -> st.SearchStrategy[list[bytes]]:
    """Lines of a transcript of Claude Code."""
    echoes = st.builds(_echoed, st.integers(6, 9), _USED)
    plain = st.sampled_from([jsonl(typed("go", session=session)), jsonl(launched("toolu_1", totalToolUseCount=2))])
    return st.lists(st.one_of(_answers(session), _answers(session), echoes, plain, _BROKEN), max_size=12).map(_as_lines)


@st.composite
def codex_lines(draw: st.DrawFn, thread: str = THREAD) -> list[bytes]:
    """Lines of a rollout of Codex: growing totals, repeats, late and fallen ones, records beside them."""
    records = draw(st.booleans())
    lines = [jsonl(meta(thread))] if draw(st.booleans()) else []
    total, second = [0, 0, 0, 0], 0
    for number in range(draw(st.integers(0, 12))):
        second += draw(st.integers(0, 2))
        kind = draw(st.sampled_from(["step", "step", "step", "again", "fall", "start", "end", *_OTHERS, "broken"]))
        step = [draw(st.integers(5, 9)), draw(st.integers(0, 5)), draw(st.integers(1, 6)), draw(st.integers(0, 1))]
        if kind == "step":
            total = [a + b for a, b in zip(total, step, strict=True)]
            if records:
                lines.append(jsonl(usage_record(f"resp_{number}", sums(*step), sums(*total), thread=thread,
                                                at=moment(second))))  # fmt: skip
        elif kind == "fall":
            total = step
        if kind in {"step", "again", "fall"}:
            limits = {"limit_id": "codex", "primary": {"used_percent": second, "window_minutes": 300, "resets_at": 1}}
            last = sums(*step) if draw(st.booleans()) else None
            lines.append(jsonl(count(sums(*total), last, at=moment(second), limits=limits)))
        elif kind == "broken":
            lines.append(draw(_BROKEN))
        elif kind == "start":
            lines.append(jsonl(spawn_event(f"call_{number}", f"child-{number}", draw(st.integers(0, 2)),
                                           at=moment(second))))  # fmt: skip
        else:
            lines.append(jsonl(_other(kind, draw(st.integers(0, 2)), moment(second))))
    return _as_lines(lines)


def _other(kind: str, choice: int, at: str) -> dict[str, object]:
    if kind == "turn":
        return turn(("gpt-5.5", "gpt-5.4", "gpt-5.3-codex")[choice], at=at)
    if kind == "tier":
        return settings_applied(service_tier=("priority", None, "flex")[choice], at=at)
    if kind == "end":
        return turn_event(("task_started", "task_complete", "turn_aborted")[choice], at=at)
    return count(None, at=at)


def _as_lines(parts: list[bytes]) -> list[bytes]:
    return b"".join(parts).splitlines(keepends=True)
