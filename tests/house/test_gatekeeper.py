"""What is known about an agent stands in its own file: a new agent is one new file and one line in a list.

It cannot catch knowledge without a name, such as a field that only one agent's logs have.
"""

from __future__ import annotations

import re
from pathlib import Path

import pytest

import taximeter.agents
from taximeter.agents.contract import Agent

ROOT = Path(__file__).parents[2]
APP = ROOT / "app" / "taximeter"
LISTS = {APP / "agents" / "__init__.py", APP / "guard" / "install" / "__init__.py"}
AGENTS: tuple[Agent, ...] = taximeter.agents.AGENTS
SHORT = 3
PLANNED = {"gemini-cli", "qwen-code", "opencode", "copilot-cli"}


def spellings(name: str) -> re.Pattern[str]:
    """A name in any spelling of its words; not as the end of a model's name (``gpt-5-codex``), nor within a word.

    One as short as a word of mathematics counts where it is quoted.
    """
    words = re.split(r"[-_ ]", name)
    if len(name) < SHORT:
        return re.compile(f"^{name}$|([\"']){name}\\1", re.IGNORECASE)
    return re.compile(r"(?<![\w.-])" + "[-_ ]?".join(map(re.escape, words)) + "(?![a-z0-9])", re.IGNORECASE)


NAMES = sorted({agent.id for agent in AGENTS} | {agent.name for agent in AGENTS} | PLANNED)
FILES = sorted(path for path in APP.rglob("*.py") if path not in LISTS)


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.relative_to(APP).as_posix())
def test_a_file_names_no_agent_but_its_own(path: Path) -> None:
    own = {path.stem} | {agent.name for agent in AGENTS if agent.id.replace("-", "_") == path.stem}
    foreign = [name for name in NAMES if not any(spellings(mine).fullmatch(name) for mine in own)]
    lines = enumerate(path.read_text(encoding="utf-8").splitlines(), 1)
    assert not [(number, line) for number, line in lines if any(spellings(name).search(line) for name in foreign)]


def test_every_adapter_stands_in_a_file_named_after_its_id() -> None:
    for agent in AGENTS:
        assert agent.read.__module__ == f"taximeter.agents.{agent.id.replace('-', '_')}"


def test_ids_and_names_are_used_once() -> None:
    assert len({agent.id for agent in AGENTS}) == len({agent.name for agent in AGENTS}) == len(AGENTS)


@pytest.mark.parametrize("agent", AGENTS, ids=lambda agent: agent.id)
def test_every_agent_is_named_in_the_readme(agent: Agent) -> None:
    assert agent.name in (ROOT / "README.md").read_text(encoding="utf-8")
