"""Sums made in passing are those that SQLite makes of the rows."""

from __future__ import annotations

import os
import tempfile
import time
from pathlib import Path

import pytest
from agents.lines import AGENT, FORK, SESSION, THREAD, answer, usage
from agents.metering import DAY_FOLDER, NOW, PROJECT, Meter, dump, open_meter, writer
from agents.transcripts import claude_lines, codex_lines
from hypothesis import given, settings
from hypothesis import strategies as st

from taximeter.agents import AGENTS
from taximeter.collect.tail import read_log
from taximeter.ledger import passing, rollup
from taximeter.ledger.writer import transaction

READERS = {agent.id: agent.read for agent in AGENTS}


def fill(meter: Meter) -> None:
    """Read everything into a new ledger, a file at a time, and make the sums at the end."""
    hand = writer(meter.connection)
    for work in meter.unread():
        hand.apply(list(read_log(work, NOW, READERS[work.found.agent])), sums=False)
    hand.refresh_sums()


def made_of_the_rows(meter: Meter) -> dict[str, list[tuple[object, ...]]]:
    """The ledger after all sums were made anew."""
    with transaction(meter.connection):
        meter.connection.execute("INSERT OR IGNORE INTO stale SELECT id FROM session")
        rollup.refresh(meter.connection)
    return dump(meter.connection)


@settings(max_examples=25)
@given(claude_lines(), claude_lines(), codex_lines(), st.integers(0, 6))
def test_they_are_the_same(main: list[bytes], side: list[bytes], rollout: list[bytes], copied: int) -> None:
    copy = b"".join(main[:copied]).replace(SESSION.encode(), FORK.encode())
    with tempfile.TemporaryDirectory() as folder, open_meter(Path(folder)) as meter:
        meter.write(f"{PROJECT}/{SESSION}.jsonl", b"".join(main))
        meter.write(f"{PROJECT}/{FORK}.jsonl", copy, age=1)
        meter.write(f"{PROJECT}/{SESSION}/subagents/agent-{AGENT}.jsonl", b"".join(side), age=2)
        meter.write(f"{DAY_FOLDER}/rollout-{THREAD}.jsonl", b"".join(rollout), age=3)
        fill(meter)
        found = dump(meter.connection)
        assert found == made_of_the_rows(meter)


@pytest.mark.skipif(not hasattr(time, "tzset"), reason="the zone of this process cannot be set here")
@pytest.mark.parametrize("zone", ["Europe/Berlin", "Asia/Kathmandu", "America/St_Johns", "Australia/Lord_Howe"])
def test_days_are_cut_alike_in_every_zone(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, zone: str) -> None:
    before = os.environ.get("TZ")
    monkeypatch.setenv("TZ", zone)
    time.tzset()
    moments = [f"2026-{month:02d}-{day:02d}T{hour:02d}:{minute}:00Z" for month, day in ((3, 29), (4, 5), (10, 25))
               for hour in range(24) for minute in (14, 15, 59)]  # fmt: skip
    lines = [answer(f"msg_{n}", usage(1), request=f"r{n}", at=at) for n, at in enumerate(moments)]
    with open_meter(tmp_path) as meter:
        meter.claude(SESSION, *lines)
        fill(meter)
        found = dump(meter.connection)
        assert len(found["rollup"]) > 3
        assert found == made_of_the_rows(meter)
    os.environ.pop("TZ") if before is None else os.environ.update(TZ=before)
    time.tzset()


def test_when_there_is_too_much_to_keep_the_rows_are_added_up(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(passing, "_KEPT_AT_MOST", 0)
    with open_meter(tmp_path) as meter:
        meter.claude(SESSION, answer("msg_1", usage(5)))
        meter.claude(FORK, answer("msg_2", usage(6), request="r2"), age=1)
        fill(meter)
        assert meter.one("SELECT sum(input), count(*) FROM rollup") == (11, 1)
