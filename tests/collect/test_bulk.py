"""A process of its own parses a large backlog: the same readings, and none left behind."""

from __future__ import annotations

import subprocess
from collections.abc import Iterator
from io import BufferedReader
from pathlib import Path
from typing import Any

import pytest
from agents.lines import SESSION, THREAD, answer, count, meta, sums, turn, usage
from agents.metering import NOW, Meter, open_meter

from taximeter.collect import bulk
from taximeter.collect.indexing import readings


@pytest.fixture
def meter(tmp_path: Path) -> Iterator[Meter]:
    with open_meter(tmp_path) as opened:
        opened.claude(SESSION, *(answer(f"msg_{n}", usage(n), request=f"r{n}") for n in range(20)))
        opened.codex(THREAD, meta(), count(sums(1_000, 0, 100)), turn(), count(sums(2_000, 0, 200)))
        opened.claude("broken", {"type": "assistant", "usage": 1, "message": 2})
        yield opened


@pytest.fixture
def children(monkeypatch: pytest.MonkeyPatch) -> list[subprocess.Popen[bytes]]:
    """The processes that are started from now on."""
    started: list[subprocess.Popen[bytes]] = []

    start = subprocess.Popen

    def noted(*args: Any, **more: Any) -> subprocess.Popen[bytes]:
        started.append(start(*args, **more))
        return started[-1]

    monkeypatch.setattr(subprocess, "Popen", noted)
    return started


def test_a_child_reads_what_this_process_would(meter: Meter, children: list[subprocess.Popen[bytes]]) -> None:
    work, assumed = meter.unread(), {"codex": "gpt-5.5"}
    assert list(bulk.read_in_child(work, NOW, assumed)) == list(readings(work, NOW, assumed))
    assert [child.returncode is not None for child in children] == [True]


def test_a_reader_that_stops_early_ends_the_child(meter: Meter, children: list[subprocess.Popen[bytes]]) -> None:
    parts = bulk.read_in_child(meter.unread(), NOW, {})
    next(iter(parts))
    parts.close()  # type: ignore[attr-defined]
    assert children[0].returncode is not None


def test_a_child_that_is_killed_is_no_silent_end(meter: Meter, children: list[subprocess.Popen[bytes]]) -> None:
    meter.claude("large", *(answer(f"large_{n}", usage(n), request=f"l{n}") for n in range(4_000)), age=9_000)
    work = meter.unread()
    parts = iter(bulk.read_in_child(work, NOW, {}))
    for _ in work[:-1]:
        next(parts)
    answers = children[0].stdout
    assert isinstance(answers, BufferedReader)
    assert answers.peek(1)  # the last answer has begun, and is too large to be on its way as a whole
    children[0].kill()
    with pytest.raises(ChildProcessError, match="ended early"):
        list(parts)
    assert meter.bills() == []
