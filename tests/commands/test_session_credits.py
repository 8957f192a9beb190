"""What a plan counts in place of money stands beside a session's cost, and in none of its sums."""

from __future__ import annotations

import json
import sqlite3
from contextlib import closing
from pathlib import Path
from typing import Any

from taximeter.domain.usage import Mark

FIRST = "0a1b2c3d-0000-4000-8000-000000000001"


def count(ledger: Path, mark: Mark, nano: int) -> None:
    """Let one request of the first session's main run claim credits."""
    with closing(sqlite3.connect(ledger)) as connection:
        connection.execute(
            """UPDATE request SET marks = marks | ?, claimed_cost = ? WHERE key =
            (SELECT key FROM request q JOIN run u ON u.id = run_id WHERE u.name = ? AND NOT marks & 3072 LIMIT 1)""",
            (int(mark), nano, FIRST),
        )
        connection.commit()


def test_credits_are_told_as_credits(run: Any, ledger: Path) -> None:
    count(ledger, Mark.CLAIMS_AI_UNITS, 12_500_000_000)
    count(ledger, Mark.CLAIMS_PREMIUM_REQUESTS, 1_000_000_000)
    told = run("session", FIRST).out
    assert "Its plan counted 12.50 AI units; that is no money, and not in the cost." in told
    assert "Its plan counted 1 premium request;" in told


def test_credits_are_in_the_document_and_not_in_the_cost(run: Any, ledger: Path) -> None:
    before = json.loads(run("session", FIRST, "--json").out)
    count(ledger, Mark.CLAIMS_AI_UNITS, 12_500_000_000)
    after = json.loads(run("session", FIRST, "--json").out)
    assert before["credits"] == []
    assert after["credits"] == [{"counted": "AI units", "amount": "12.500000000"}]
    assert {**before, "credits": 0} == {**after, "credits": 0}
