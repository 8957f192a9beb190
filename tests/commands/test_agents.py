"""What the agents' logs tell: said by `agents` and `doctor`, and in docs/agents.md as the adapters have it."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from taximeter.agents import AGENTS
from taximeter.agents.contract import KNOWLEDGE, Agent
from taximeter.commands.agents import HOOKED_IDS, NEVER_RUN, UNTRIED

PAGE = Path(__file__).parents[2] / "docs" / "agents.md"
START, END = "<!-- agents: made from the code -->\n", "<!-- end of agents -->\n"


def table() -> Iterator[str]:
    """What each agent's logs tell, a fact a row; then what each was tried on, an agent a row."""
    yield f"| | {' | '.join(agent.name for agent in AGENTS)} |"
    yield f"|---{'|:-:' * len(AGENTS)}|"
    for fact, meaning in KNOWLEDGE.items():
        marks = " | ".join("yes" if fact in agent.knows else "-" for agent in AGENTS)
        yield f"| **{fact}**: {meaning} | {marks} |"
    asked = " | ".join("yes" if agent.id in HOOKED_IDS else "-" for agent in AGENTS)
    yield f"| **asked**: Its hooks can hold a launch for [a question](questions.md). | {asked} |"
    yield ""
    yield "| agent | its id | where its logs are | recorded with | tried on logs of real work |"
    yield "|---|---|---|---|---|"
    for agent in AGENTS:
        variables = ", ".join(f"`{each}`" for each in agent.variables)
        where = f"{places(agent)}; else where {variables} says" if variables else places(agent)
        tried = agent.real_data or f"**{UNTRIED}**"
        yield f"| {agent.name} | `{agent.id}` | {where} | {agent.tested_on or NEVER_RUN} | {tried} |"


def places(agent: Agent) -> str:
    """An agent's usual folders."""
    home = Path("/~")
    homes = agent.homes({}, home)
    found = [folder for each in homes for folder in (*agent.log_folders(each), *agent.flat_folders(each))]
    return ", ".join(f"`{folder.as_posix().removeprefix('/')}`" for folder in found)


@pytest.mark.skipif(os.name == "nt", reason="paths are written as Linux has them")
def test_the_page_has_the_table_as_the_adapters_have_it() -> None:
    before, _, rest = PAGE.read_text(encoding="utf-8").partition(START)
    _, _, after = rest.partition(END)
    made = "\n".join(table())
    wanted = f"{before}{START}\n{made}\n\n{END}{after}"
    if os.environ.get("TAXIMETER_NEW_REFERENCE"):
        PAGE.write_text(wanted, encoding="utf-8")
    assert PAGE.read_text(encoding="utf-8") == wanted, "run this test with TAXIMETER_NEW_REFERENCE=1"


@pytest.mark.parametrize("agent", AGENTS, ids=lambda agent: agent.id)
def test_an_adapter_uses_the_words_that_there_are_and_says_what_it_was_tried_on(agent: Agent) -> None:
    assert agent.knows <= KNOWLEDGE.keys()
    assert {"tokens", "model"} <= agent.knows


def test_agents_says_what_each_can_do_and_what_it_was_tried_on(run: Any) -> None:
    told = run("agents").out.split("\n\n")
    assert len(told) == len(AGENTS)
    for agent, text in zip(AGENTS, told, strict=True):
        assert text.startswith(f"{agent.name} ({agent.id})")
        assert f"recorded  {f'{agent.tested_on}, against a scripted model' if agent.tested_on else NEVER_RUN}" in text
        assert f"real logs {agent.real_data or UNTRIED}" in text
    data = run("agents", "--json").data["agents"]
    assert [each["real_data"] for each in data] == [agent.real_data or None for agent in AGENTS]
    assert {each["id"] for each in data if each["can_be_asked"]} == HOOKED_IDS


def test_doctor_warns_of_figures_that_were_never_tried_on_real_logs(run: Any) -> None:
    untried = [agent for agent in AGENTS if not agent.real_data]
    read = {each["id"]: each for each in run("doctor", "--json").data["agents"]}
    for agent in untried:
        assert read[agent.id]["real_data"] is None
        # Where nothing of it was read there is nothing to warn of.
        assert f"{agent.name}: 0 files read, 0.0 MB" in run("doctor").out.splitlines()
