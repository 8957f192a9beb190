"""What an agent writes to its database is soon in the ledger, while both run, also where the folder came later."""

from __future__ import annotations

import contextlib
import sqlite3
import time
from dataclasses import replace
from functools import partial
from pathlib import Path

import pytest
from collect.made_up_agent import MADE_UP, TABLE

from taximeter.collect import indexing
from taximeter.collect.installation import Installation
from taximeter.collect.live import Collector, Ledger, Telling
from taximeter.collect.sources import find_sources
from taximeter.collect.writing import writing
from taximeter.host.paths import ensure_private
from taximeter.ledger.opening import open_reading

DEADLINE_S = 20.0


def wait_for_inputs(file: Path, expected: list[int]) -> None:
    """Until the ledger holds these requests, by their input."""
    end, found = time.monotonic() + DEADLINE_S, list[int]()
    while time.monotonic() < end and found != expected:
        with contextlib.suppress(Exception), contextlib.closing(open_reading(file)) as ledger:
            found = [row[0] for row in ledger.execute("SELECT input FROM request ORDER BY 1")]
        time.sleep(0.02)
    assert found == expected


def never(trouble: Exception) -> None:
    raise AssertionError(trouble)


@pytest.mark.parametrize("there", [True, False])
def test_what_a_running_agent_writes_to_its_database_is_taken_in(
    private_home: Path, monkeypatch: pytest.MonkeyPatch, *, there: bool
) -> None:
    monkeypatch.setattr(indexing, "AGENTS", (MADE_UP,))
    place = Installation.find({"TAXIMETER_HOME": str(private_home / "taximeter"), "TZ": "UTC"}, private_home)
    ensure_private(place.paths.data)
    keeping = replace(place.keeping(), sources=lambda: find_sources((MADE_UP,), {}, private_home, {}))
    telling = Telling(lambda: None, lambda _: None, never, lambda: None, lambda *, now: None)
    if there:
        (private_home / ".made-up").mkdir()
    collector = Collector(keeping, Ledger(partial(writing, keeping), partial(open_reading, keeping.file)), telling)
    collector.start()
    try:
        wait_for_inputs(keeping.file, [])
        (private_home / ".made-up").mkdir(exist_ok=True)
        with contextlib.closing(sqlite3.connect(private_home / ".made-up/a.db", isolation_level=None)) as owner:
            owner.execute("PRAGMA journal_mode=wal")
            owner.execute(TABLE)
            for number in range(1, 4):
                owner.execute("INSERT INTO answer VALUES (?, ?, ?)", (f"a{number}", number, number))
            wait_for_inputs(keeping.file, [1, 2, 3])
            # Far more often than a database is looked at; the last one is not forgotten.
            for number in range(4, 40):
                owner.execute("INSERT INTO answer VALUES (?, ?, ?)", (f"a{number}", number, number))
                time.sleep(0.005)
            wait_for_inputs(keeping.file, list(range(1, 40)))
    finally:
        collector.stop()
