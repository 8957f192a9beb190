"""``taximeter agents``: what each agent's logs tell, and where they are looked for."""

from __future__ import annotations

from pathlib import Path

import click

from taximeter.agents.contract import KNOWLEDGE, Agent
from taximeter.commands.desk import Desk
from taximeter.commands.documents import Document, iso, put
from taximeter.commands.options import as_json
from taximeter.commands.tables import one_line
from taximeter.guard.install import HOOKED

UNTRIED = "none were at hand: compare its figures with the vendor's"
NEVER_RUN = "never: made from a description of its logs"
HOOKED_IDS = frozenset(agent.id for agent in HOOKED)


@click.command()
@as_json
@click.pass_obj
def agents(desk: Desk, *, as_json: bool) -> None:
    """The agents that are known: where each one's logs are looked for, and what they tell."""
    if as_json:
        found = [agent_json(desk, agent) for agent in desk.agents()]
        put({"schema": 1, "generated_at": iso(desk.now), "agents": found})
    else:
        click.echo("\n\n".join(agent_text(desk, agent) for agent in desk.agents()))


def agent_json(desk: Desk, agent: Agent) -> Document:
    """One agent as data."""
    return {
        "id": agent.id,
        "name": agent.name,
        "folders": [{"path": str(folder), "exists": folder.is_dir()} for folder in folders(desk, agent)],
        "knows": [fact for fact in KNOWLEDGE if fact in agent.knows],
        "can_be_asked": agent.id in HOOKED_IDS,
        "tested_on": agent.tested_on,
        "real_data": agent.real_data or None,
    }


def agent_text(desk: Desk, agent: Agent) -> str:
    """One agent in a few lines."""
    told = ", ".join(fact for fact in KNOWLEDGE if fact in agent.knows)
    lost = ", ".join(fact for fact in KNOWLEDGE if fact not in agent.knows)
    lines = [f"{agent.name} ({agent.id})"]
    for folder in folders(desk, agent):
        there = "" if folder.is_dir() else " (not there)"
        lines += [f"  looks in  {one_line(str(folder))}{there}"]
    lines.append(f"  logs tell {told}")
    if lost:
        lines.append(f"  not told  {lost}")
    asks = "before a launch, once its hooks are installed" if agent.id in HOOKED_IDS else "never"
    recorded = f"{agent.tested_on}, against a scripted model" if agent.tested_on else NEVER_RUN
    lines += [f"  asks      {asks}", f"  recorded  {recorded}"]
    return "\n".join([*lines, f"  real logs {agent.real_data or UNTRIED}"])


def folders(desk: Desk, agent: Agent) -> tuple[Path, ...]:
    """Where an agent's logs are looked for: its own variables, its usual place, and the settings."""
    homes = (*agent.homes(desk.env, desk.home), *desk.settings.agent(agent.id).homes)
    found = (folder for home in homes for folder in (*agent.log_folders(home), *agent.flat_folders(home)))
    return tuple(dict.fromkeys(found))
