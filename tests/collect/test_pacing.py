"""A database is looked at once a second at most, and what was written meanwhile is not forgotten."""

from __future__ import annotations

import math

from taximeter.collect.discovery import Found, Work
from taximeter.collect.pacing import PAUSE_S, Pacing


def work(path: str, *, database: bool) -> Work:
    return Work(Found("made-up", 1, path, 1, 1, 10, 10, database=database), None, 10)


def test_a_database_that_was_just_read_waits_for_its_turn() -> None:
    pacing, one = Pacing(), work("/a.db", database=True)
    assert pacing.admit([one], 100.0) == [one]
    assert pacing.due == math.inf
    assert pacing.admit([one], 100.2) == []
    assert pacing.due == 100.0 + PAUSE_S
    assert pacing.ready(100.5) == set()
    assert pacing.ready(100.0 + PAUSE_S) == {"/a.db"}
    assert pacing.due == math.inf
    assert pacing.admit([one], 100.0 + PAUSE_S) == [one]


def test_lines_and_other_databases_do_not_wait() -> None:
    pacing = Pacing()
    lines, one, two = work("/a.jsonl", database=False), work("/a.db", database=True), work("/b.db", database=True)
    assert pacing.admit([lines, one], 100.0) == [lines, one]
    assert pacing.admit([lines, one, two], 100.1) == [lines, two]


def test_a_look_at_everything_reads_what_waits() -> None:
    pacing, one = Pacing(), work("/a.db", database=True)
    pacing.admit([one], 100.0)
    pacing.admit([one], 100.1)
    assert pacing.admit([one], 200.0) == [one]
    assert pacing.due == math.inf
