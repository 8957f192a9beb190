"""A later version may write any field in any shape: the reader counts what it cannot use and goes on."""

from __future__ import annotations

import copy
import json
from typing import Any

import pytest
from agents.lines import (
    AGENT,
    SESSION,
    THREAD,
    answer,
    count,
    echo,
    jsonl,
    launch,
    launched,
    meta,
    settings_applied,
    sums,
    turn,
    usage,
    usage_record,
)
from agents.metering import NOW
from agents.samples import AGENT_OF, sample_files
from hypothesis import given, settings
from hypothesis import strategies as st
from shipped_book import book

from taximeter.agents.contract import LogFile
from taximeter.domain.usage import Request

MOST = 12
"""Lines of a recording that are changed."""
ONE = sums(1_000, 10, 100, 5, written=7)
SPAWN = {"subagent": {"thread_spawn": {"parent_thread_id": "p", "agent_role": "r", "agent_nickname": "n"}}}
LIMITS = {"limit_id": "codex", "plan_type": "plus",
          "primary": {"used_percent": 1.5, "window_minutes": 300, "resets_at": 1_795_600_000}}  # fmt: skip
ADVISED = {"type": "advisor_message", "model": "m"}
REFUSED = {"type": "error", "message": "", "codex_error_info": "usage_limit_exceeded"}
LINES = {
    "claude-code": [
        answer("msg_1", usage(5, 4, 3, 2, 9, searches=1, iterations=[ADVISED]), costUSD=1.0),
        answer("msg_2", usage(5), agent=AGENT, content=[launch("toolu_1")], attributionAgent="x"),
        launched("toolu_1", totalToolUseCount=1, usage=usage(1)), echo("msg_3", usage(5)),
        answer("msg_4", usage(), model="<synthetic>", isApiErrorMessage=True,
               content=[{"type": "text", "text": "usage limit"}]),
    ],
    "codex": [
        meta(source=SPAWN, session_id="s", parent_thread_id="p", forked_from_id="f"), turn(service_tier="flex"),
        count(ONE, ONE, limits=LIMITS), usage_record("resp_1", ONE, ONE),
        settings_applied(model="m", service_tier="priority"),
        {"timestamp": "2026-11-10T10:00:00Z", "type": "event_msg", "payload": REFUSED},
    ],
}  # fmt: skip
ODD: st.SearchStrategy[Any] = st.one_of(
    st.none(), st.booleans(), st.integers(-(10**30), 10**30), st.floats(allow_nan=False, allow_infinity=False),
    st.sampled_from(["", "x", "2026-11-10", "0001-01-01T00:00:00", "9999-12-31T23:59:59Z", "\udfff", "<synthetic>"]),
    st.lists(st.integers(0, 2), max_size=2),
    st.dictionaries(st.sampled_from(["type", "usage", "id"]), st.integers(), max_size=2),
)  # fmt: skip


SHARED = {id: [json.loads(line) for file in sample_files(agent) if not file.is_database for line in file.lines][:MOST]
          for id, agent in AGENT_OF.items() if id not in LINES}  # fmt: skip
"""Of the other agents the first lines of their recordings."""


def places(value: Any, path: tuple[Any, ...] = ()) -> list[tuple[Any, ...]]:
    """Every place in a record, from the outside in."""
    parts = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    return [path, *(place for key, part in parts for place in places(part, (*path, key)))]


@st.composite
def changed(draw: st.DrawFn, agent: str) -> bytes:
    """The agent's lines, one to three places of which hold something else or nothing."""
    lines: list[Any] = copy.deepcopy((LINES | SHARED)[agent])
    for _ in range(draw(st.integers(1, 3))):
        path = draw(st.sampled_from([place for place in places(lines) if len(place) > 1]))
        holder: Any = lines
        for key in path[:-1]:
            holder = holder[key]
        if draw(st.booleans()) and isinstance(holder, dict):
            del holder[path[-1]]
        else:
            holder[path[-1]] = draw(ODD)
    return jsonl(*lines)


def believable(request: Request) -> bool:
    """Whether a request can be stored, summed and priced."""
    figures = (*request.tokens, request.web_searches)
    return all(0 <= figure < 10**12 for figure in figures) and abs(request.claimed_cost) < 10**16 and bool(request.run)


@pytest.mark.parametrize("agent", AGENT_OF)
@settings(max_examples=150)
@given(st.data())
def test_no_shape_of_any_field_makes_a_reader_fail(agent: str, data: st.DataObject) -> None:
    chunk = data.draw(changed(agent))
    name = THREAD if agent == "codex" else SESSION
    reading, carry = AGENT_OF[agent].read(chunk, b"", LogFile(f"/home/dev/{name}.jsonl", NOW))
    assert all(believable(request) for request in reading.requests.values())
    for request in reading.requests.values():
        book().price(request.model, request.at, request.tokens, request.marks, request.web_searches)
        request.model.encode()
        request.run.encode()
    AGENT_OF[agent].read(chunk, carry, LogFile("/home/dev/x.jsonl", NOW))


@pytest.mark.parametrize("agent", LINES)
def test_the_lines_as_they_are_bill_and_skip_nothing(agent: str) -> None:
    reading, _ = AGENT_OF[agent].read(jsonl(*LINES[agent]), b"", LogFile("/home/dev/x.jsonl", NOW))
    assert reading.skipped == {}
    assert len(reading.refusals) == 1
    assert len(reading.requests) == {"claude-code": 4, "codex": 1}[agent]
