"""Any split of a log into chunks of whole lines tells the same; each reader carries over what it needs."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import pairwise

import pytest
from agents.lines import SESSION
from agents.transcripts import claude_lines, codex_lines
from hypothesis import given
from hypothesis import strategies as st

from taximeter.agents import AGENTS
from taximeter.agents.contract import Agent, LogFile
from taximeter.domain.reading import CallSeen, Reading
from taximeter.domain.usage import Request, merge

AGENT_OF = {agent.id: agent for agent in AGENTS}
FILE = LogFile(f"/home/dev/{SESSION}.jsonl", 1_790_000_000_000_000)


def read_all(agent: Agent, chunks: Iterable[bytes]) -> list[Reading]:
    """The readings of the chunks in turn."""
    carry, readings = b"", []
    for chunk in chunks:
        reading, carry = agent.read(chunk, carry, FILE)
        readings.append(reading)
    return readings


def merged(readings: Iterable[Reading]) -> dict[bytes, Request]:
    """All requests, as the ledger would keep them."""
    found: dict[bytes, Request] = {}
    for reading in readings:
        for key, request in reading.requests.items():
            assert key == request.key
            found[key] = merge(found[key], request) if key in found else request
    return found


def called(readings: Iterable[Reading]) -> dict[str, CallSeen]:
    """All calls that start agents, as the ledger would keep them."""
    found = Reading()
    for reading in readings:
        for seen in reading.calls.values():
            found.note_call(seen)
    return found.calls


def cut(lines: Sequence[bytes], places: Iterable[int]) -> list[bytes]:
    """The lines in chunks that end at the given line numbers."""
    edges = sorted({0, len(lines), *(place % (len(lines) + 1) for place in places)})
    return [b"".join(lines[a:b]) for a, b in pairwise(edges)]


PLACES = st.lists(st.integers(0, 60), max_size=8)


def check(agent: Agent, lines: Sequence[bytes], places: Sequence[int]) -> None:
    """Cut or whole, the log tells the same."""
    whole, parts = read_all(agent, [b"".join(lines)]), read_all(agent, cut(lines, places))
    assert merged(parts) == merged(whole)
    for each in (whole, parts):
        assert {run for reading in each for run in reading.runs} >= {request.run for request in merged(each).values()}
    assert called(parts) == called(whole)
    refusals = [{(seen.key, seen.at) for reading in each for seen in reading.refusals} for each in (whole, parts)]
    assert refusals[0] == refusals[1]
    windows = [sorted(seen for reading in each for seen in reading.windows)[-1:] for each in (whole, parts)]
    assert windows[0] == windows[1]
    skipped = [sum(sum(reading.skipped.values()) for reading in each) for each in (whole, parts)]
    assert skipped[0] == skipped[1]


@given(claude_lines(), PLACES)
def test_any_split_of_a_claude_code_transcript_gives_the_same_requests(lines: list[bytes], places: list[int]) -> None:
    check(AGENT_OF["claude-code"], lines, places)


@given(codex_lines(), PLACES)
def test_any_split_of_a_codex_rollout_gives_the_same_requests(lines: list[bytes], places: list[int]) -> None:
    check(AGENT_OF["codex"], lines, places)


@pytest.mark.parametrize("agent", AGENTS, ids=lambda agent: agent.id)
@given(junk=st.lists(st.binary(max_size=40).map(lambda raw: raw + b"\n"), max_size=5))
def test_no_bytes_whatever_make_a_reader_fail(agent: Agent, junk: list[bytes]) -> None:
    marked = [*junk, *(b'"usage" "token_count" ' + line for line in junk)]
    assert merged(read_all(agent, [b"".join(marked)])) == {}
