"""What an adapter claims to know its recordings show, and what they show it claims."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
from agents.metering import open_meter
from agents.samples import RECORDED, SAMPLES

from taximeter.agents import AGENTS
from taximeter.agents.contract import Agent

BY_HAND = {
    "claude-code": {"thoughts", "own cost", "refusals"},
    "codex": {"branch", "cache writes", "plan windows", "thoughts", "refusals"},
    "gemini-cli": {"refusals"},
    "copilot-cli": {"cache writes", "thoughts", "credits", "refusals"},
    "kimi-cli": {"cache writes"},
    "pi": {"cache writes", "thoughts"},
    "opencode": {"refusals"},
}
"""What no recording shows and other tests do, by lines that were made by hand or real logs outside the project."""
SEEN = {
    "tokens": "SELECT 1 FROM request WHERE input > 0 AND output > 0",
    "cache": "SELECT 1 FROM request WHERE cache_read > 0",
    "cache writes": "SELECT 1 FROM request WHERE cache_write_5m + cache_write_1h > 0",
    "thoughts": "SELECT 1 FROM request WHERE reasoning > 0",
    "model": "SELECT 1 FROM model WHERE name != ''",
    "project": "SELECT 1 FROM session WHERE project != ''",
    "branch": "SELECT 1 FROM session WHERE branch != ''",
    "parent run": "SELECT 1 FROM run WHERE kind = 'subagent' AND parent != ''",
    "own cost": "SELECT 1 FROM request WHERE claimed_cost >= 0 AND NOT marks & 3072",
    "credits": "SELECT 1 FROM request WHERE claimed_cost > 0 AND marks & 3072",
    "plan windows": "SELECT 1 FROM plan_window",
    "refusals": "SELECT 1 FROM refusal",
}


def facts_of(sample: str, folder: Path) -> set[str]:
    """What one recording shows; each has a home of its own, since a database would stand in the place of another."""
    folder.mkdir()
    with open_meter(folder) as meter:
        shutil.copytree(RECORDED / sample / "home", meter.home, dirs_exist_ok=True)
        meter.index()
        return {fact for fact, query in SEEN.items() if meter.one(query)}


@pytest.mark.parametrize("agent", AGENTS, ids=lambda agent: agent.id)
def test_what_an_adapter_claims_to_know_is_what_its_recordings_show(agent: Agent, tmp_path: Path) -> None:
    samples = enumerate(SAMPLES[agent.id])
    shown = set().union(*(facts_of(sample, tmp_path / str(number)) for number, sample in samples))
    by_hand = BY_HAND.get(agent.id, set())
    assert shown <= agent.knows
    assert (agent.knows & SEEN.keys()) - shown == by_hand - shown
    assert by_hand <= agent.knows
