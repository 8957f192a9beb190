"""Recordings of the real agents: the ledger holds what the model's server really got."""

from __future__ import annotations

import json
import shutil
from collections import Counter
from pathlib import Path

import pytest
from agents.metering import Meter

from taximeter.domain.reading import RunEnd
from taximeter.domain.usage import Pricing, Tokens

RECORDED = Path(__file__).parents[1] / "fixtures" / "recorded"
CLAUDE_ANSWER = Tokens(input=1_200, cache_read=500, cache_write_5m=300, output=80)
CODEX_ANSWER = Tokens(input=1_200, cache_read=500, output=80)
GEMINI_ANSWER = QWEN_ANSWER = CODEX_ANSWER
RUNS = [
    ("claude/allow", CLAUDE_ANSWER, {"main": 3, "subagent": 4}),
    ("claude/ultra", CLAUDE_ANSWER, {"main": 3, "subagent": 4}),
    ("claude/deny", CLAUDE_ANSWER, {"main": 2}),
    ("codex/first", CODEX_ANSWER, {"main": 4, "subagent": 4}),
    ("codex/v2", CODEX_ANSWER, {"main": 2, "subagent": 2}),
    ("gemini/first", GEMINI_ANSWER, {"main": 2, "subagent": 8}),
    ("qwen/first", QWEN_ANSWER, {"main": 3, "subagent": 4}),
    ("copilot/first", CODEX_ANSWER, {"main": 2, "subagent": 4}),
    ("copilot/resumed", CODEX_ANSWER, {"main": 3, "subagent": 2}),
    ("copilot/resumed-summed", CODEX_ANSWER, {"main": 3, "subagent": 2}),
    ("copilot/resumed-anew", CODEX_ANSWER, {"main": 3, "subagent": 2}),
    ("kimi/newer", CODEX_ANSWER, {"main": 3, "subagent": 2}),
]
NO_LIST_PRICE = {"qwen/first"}
"""Runs whose model only the script knows."""


def served(run: str) -> list[dict[str, object]]:
    """The requests that the server got; none of them was a side request that the log does not hold."""
    return [json.loads(line) for line in (RECORDED / run / "requests.jsonl").read_text(encoding="utf-8").splitlines()]


@pytest.mark.parametrize(("run", "each", "kinds"), RUNS)
def test_the_ledger_holds_every_request_that_the_server_got(
    meter: Meter, run: str, each: Tokens, kinds: dict[str, int]
) -> None:
    shutil.copytree(RECORDED / run / "home", meter.home, dirs_exist_ok=True)
    meter.index()
    bills = meter.bills()
    assert len(bills) == len(served(run))
    assert {bill.tokens for bill in bills} == {each}
    assert {bill.model for bill in bills} == {request["model"] for request in served(run)}
    assert {bill.pricing for bill in bills} == {Pricing.UNPRICED if run in NO_LIST_PRICE else Pricing.EXACT}
    assert Counter(bill.kind for bill in bills) == kinds
    assert len(meter.sums()) == 1
    assert meter.skipped() == {}


@pytest.mark.parametrize(
    ("run", "types", "labels"),
    [("claude/allow", {"general-purpose"}, {f"bench helper {n}" for n in range(1, 5)}),
     ("claude/ultra", {"workflow-subagent"}, {f"[[sub {n}]] go" for n in range(1, 5)}),
     ("codex/first", {""}, {"Kuhn", "Dalton", "Herschel", "Einstein"}),
     ("gemini/first", {"generalist"}, {""}),
     ("qwen/first", {"general-purpose"}, {f"bench helper {n}" for n in range(1, 5)})],
)  # fmt: skip
def test_subagents_are_named_as_the_agent_names_them(meter: Meter, run: str, types: set[str], labels: set[str]) -> None:
    shutil.copytree(RECORDED / run / "home", meter.home, dirs_exist_ok=True)
    meter.index()
    found = meter.connection.execute("SELECT type, label FROM run WHERE kind = 'subagent'").fetchall()
    assert ({type for type, _ in found}, {label for _, label in found}) == (types, labels)


@pytest.mark.parametrize("run", ["gemini/first", "qwen/first"])
def test_the_runs_of_one_reply_are_one_launch_and_their_end_is_known(meter: Meter, run: str) -> None:
    shutil.copytree(RECORDED / run / "home", meter.home, dirs_exist_ok=True)
    meter.index()
    found = meter.connection.execute(
        """SELECT c.launch, u.told_end FROM run u JOIN call c ON c.agent = u.agent AND c.name = u.call
        WHERE u.kind = 'subagent'"""
    ).fetchall()
    assert len(found) == 4
    assert len(set(found)) == 1
    assert found[0][1] == RunEnd.FINISHED
    assert meter.one("SELECT cwd, project FROM session") == ("/home/dev/work", "work")
