"""The made-up corpus of logs against its own truth: to the token by day, session and model, and to the cent.

Run with TAXIMETER_CORPUS naming a folder that holds .claude, .codex and truth.json (300 MB and 100 MB, seed 1).
"""

from __future__ import annotations

import json
import os
import sqlite3
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from agents.metering import NOW, open_meter, writer

from taximeter.collect.indexing import index

FOLDER = os.environ.get("TAXIMETER_CORPUS", "")
PARTS = {"claude": "claude-code", "codex": "codex"}
DOLLARS = {"claude": "1128.60", "codex": "773.14"}
KINDS = ("responses", "input", "cache_read", "cache_5m", "cache_1h", "output", "reasoning")
SUMS = """sum(r.requests), sum(r.input), sum(r.cache_read), sum(r.cache_write_5m), sum(r.cache_write_1h), sum(r.output),
  sum(r.reasoning) FROM rollup r JOIN session s ON s.id = r.session_id JOIN model m ON m.id = r.model_id"""
BY = {"by_day": "r.day", "by_session": "s.name", "by_model": "m.name || iif(r.fast, '-fast', '')"}

pytestmark = pytest.mark.skipif(not FOLDER, reason="TAXIMETER_CORPUS names no corpus")


@pytest.fixture(scope="module")
def ledger(tmp_path_factory: pytest.TempPathFactory) -> Iterator[sqlite3.Connection]:
    """The corpus, indexed once with days in UTC."""
    before = os.environ.get("TZ")
    os.environ["TZ"] = "UTC"
    time.tzset()
    with open_meter(tmp_path_factory.mktemp("ledger")) as meter:
        sources = type(meter)(Path(FOLDER), meter.connection)
        hand = writer(meter.connection)
        index(sources.unread(), NOW, {}, lambda batch: hand.apply(batch, sums=False), lambda _: None)
        hand.refresh_sums()
        yield meter.connection
    os.environ.pop("TZ") if before is None else os.environ.update(TZ=before)
    time.tzset()


def truth(part: str) -> dict[str, Any]:
    """What a reader must find in one part of the corpus."""
    found: dict[str, Any] = json.loads((Path(FOLDER) / "truth.json").read_bytes())[part]
    return found


@pytest.mark.parametrize("part", PARTS)
@pytest.mark.parametrize("group", BY)
def test_the_sums_are_those_of_the_truth_to_the_token(ledger: sqlite3.Connection, part: str, group: str) -> None:
    wanted = {name: tuple(sums[kind] for kind in KINDS) for name, sums in truth(part)[group].items()}
    rows = ledger.execute(f"SELECT {BY[group]}, {SUMS} WHERE s.agent = ? GROUP BY 1", (PARTS[part],))
    found = {row[0]: row[1:] for row in rows}
    assert {name: (wanted.get(name), found.get(name)) for name in wanted.keys() | found.keys()
            if wanted.get(name) != found.get(name)} == {}  # fmt: skip


@pytest.mark.parametrize("part", PARTS)
def test_the_totals_and_their_cost(ledger: sqlite3.Connection, part: str) -> None:
    query = "SELECT count(*), sum(requests), sum(cost), sum(unpriced) FROM session WHERE agent = ? AND requests > 0"
    sessions, requests, cost, unpriced = ledger.execute(query, (PARTS[part],)).fetchone()
    wanted = truth(part)
    assert (sessions, requests, unpriced) == (wanted["sessions"], wanted["total"]["responses"], 0)
    assert f"{cost / 1e9:.2f}" == DOLLARS[part]
