"""``taximeter agents``: what each agent's logs tell, and where they are looked for."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from taximeter.agents.contract import KNOWLEDGE, Agent
from taximeter.commands.desk import Desk
from taximeter.commands.documents import Document, iso, put
from taximeter.commands.options import as_json
from taximeter.commands.profile_check import check
from taximeter.commands.tables import one_line
from taximeter.guard.install import HOOKED

if TYPE_CHECKING:
    from taximeter.collect.house_agents import Houses

UNTRIED = "none were at hand: compare its figures with the vendor's"
HOUSE = "as its profile says: see taximeter agents check"
NEVER_RUN = "never: made from a description of its logs"
HOOKED_IDS = frozenset(agent.id for agent in HOOKED)


@click.group(invoke_without_command=True)
@as_json
@click.pass_context
def agents(context: click.Context, *, as_json: bool) -> None:
    """The agents that are known: where each one's logs are looked for, and what they tell."""
    desk: Desk = context.obj
    if context.invoked_subcommand is not None:
        return
    broken = broken_profiles(desk)
    if as_json:
        found = [agent_json(desk, agent) for agent in desk.agents()]
        put({"schema": 1, "generated_at": iso(desk.now), "agents": found, "broken_profiles": broken_json(broken)})
    else:
        told = [agent_text(desk, agent) for agent in desk.agents()]
        click.echo("\n\n".join([*told, *(f"Not used: {one_line(reason)}" for _, reason in broken)]))


agents.add_command(check)


def houses_of(desk: Desk) -> Houses:
    """The company's own agents, as the profiles here describe them."""
    from taximeter.collect.house_agents import house_agents

    return house_agents(desk.paths.profile_folders)


def broken_profiles(desk: Desk) -> list[tuple[str, str]]:
    """Profiles of house agents, or prices in them, that cannot be used: each file, and why."""
    from taximeter.collect.pricebook import currencies_of

    houses = houses_of(desk)
    broken = [(str(file), str(trouble)) for file, trouble in houses.broken]
    if any(house.prices.offers for house in houses.agents):
        book = desk.book()
        convertible = {book.currency, *(one.currency for one in book.source.exchanges)}
        for house in houses.agents:
            missing = sorted(currencies_of(house.prices) - convertible)
            if missing:
                why = (
                    f"its prices are not used: no price file has an exchange rate from {missing[0]} to {book.currency}"
                )
                broken.append((str(house.file), f"{house.file}: {why}."))
    return broken


def broken_json(broken: list[tuple[str, str]]) -> list[Document]:
    """The same as data."""
    return [{"path": path, "reason": reason} for path, reason in broken]


def agent_json(desk: Desk, agent: Agent) -> Document:
    """One agent as data."""
    return {
        "id": agent.id,
        "name": agent.name,
        "house": agent.house,
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
    if agent.house:
        return "\n".join([*lines, f"  read      {HOUSE}"])
    asks = "before a launch, once its hooks are installed" if agent.id in HOOKED_IDS else "never"
    recorded = f"{agent.tested_on}, against a scripted model" if agent.tested_on else NEVER_RUN
    lines += [f"  asks      {asks}", f"  recorded  {recorded}"]
    return "\n".join([*lines, f"  real logs {agent.real_data or UNTRIED}"])


def folders(desk: Desk, agent: Agent) -> tuple[Path, ...]:
    """Where an agent's logs are looked for: its own variables, its usual place, and the settings."""
    homes = (*agent.homes(desk.env, desk.home), *desk.settings.agent(agent.id).homes)
    found = (folder for home in homes for folder in (*agent.log_folders(home), *agent.flat_folders(home)))
    return tuple(dict.fromkeys(found))
