"""The company's own agents, as profiles describe them: read from the folders of the settings, each on its own.

What is wrong with one profile is told, and costs nothing but that profile.
"""

from __future__ import annotations

import errno
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import NamedTuple

from taximeter.agents import AGENTS
from taximeter.agents.contract import Agent, LogFile
from taximeter.agents.profile import profile_of
from taximeter.agents.profile_reading import agent_of
from taximeter.collect.discovery import Found
from taximeter.collect.pricefile import currency_of, read_rows
from taximeter.collect.profile_files import profile_files
from taximeter.domain.rates import COMPANY, USER, Layer
from taximeter.domain.reading import Reading
from taximeter.host.settings import read_source
from taximeter.host.toml_text import TomlTable
from taximeter.host.trouble import Trouble


class HouseAgent(NamedTuple):
    """A profile that can be used."""

    file: Path
    agent: Agent
    prices: Layer
    """Its own price rows; the company's from the machine's folder, else the user's."""


class Houses(NamedTuple):
    """What the profiles came to."""

    agents: tuple[HouseAgent, ...] = ()
    broken: tuple[tuple[Path, Trouble], ...] = ()
    """Profiles that cannot be used, and why."""


def house_agents(folders: Sequence[Path]) -> Houses:
    """All profiles in the folders; of two with the same id the first is used."""
    taken = {agent.id: agent.name for agent in AGENTS}
    agents: list[HouseAgent] = []
    broken: list[tuple[Path, Trouble]] = []
    for path, *_ in profile_files(folders):
        file = Path(str(path))
        try:
            house = read_profile(file, COMPANY if file.parent == folders[0] else USER, taken)
        except Trouble as trouble:
            broken.append((file, trouble))
        else:
            agents.append(house)
            taken[house.agent.id] = house.agent.name
    return Houses(tuple(agents), tuple(broken))


def agents_in_force(folders: Sequence[Path]) -> tuple[Agent, ...]:
    """The agents of the list, then the company's own."""
    return (*AGENTS, *(house.agent for house in house_agents(folders).agents))


def reader_of(found: Found) -> Agent:
    """The adapter of a house agent's log, as its profile says now; without one, that is the log's trouble."""
    try:
        return read_profile(Path(found.profile), USER, {}).agent
    except Trouble:
        return _mute(found.agent)


def _mute(agent: str) -> Agent:
    def read(chunk: bytes, carry: bytes, file: LogFile) -> tuple[Reading, bytes]:
        del chunk, carry, file
        raise OSError(errno.EINVAL, "its profile cannot be used")

    return Agent(id=agent, name=agent, parser_version=0, variables=(), homes=lambda *_: (), log_folders=lambda _: (),
                 suffixes=(), read=read, knows=frozenset(), tested_on="", house=True)  # fmt: skip


def read_profile(file: Path, layer: str, taken: Mapping[str, str]) -> HouseAgent:
    """One profile; ``taken`` are ids in use, each with the name of whose it is.

    Raises:
        Trouble: it cannot be read or used; the title names the file and the line.
    """
    source = read_source(file)
    if source is None:
        raise Trouble(f"{file} is not there", "Check its name.")
    top = TomlTable(source, source.values())
    currency, rows = currency_of(top, "currency", "USD"), top.tables("price")
    for row in rows:
        if not row.texts("model"):
            raise row.wrong("model", "Each [[price]] needs the model that it is for.")
        if not {"input", "output", "multiplier"} & row.values.keys():
            raise row.wrong("model", "Its [[price]] has no price: add input and output, or a multiplier.")
    agent = agent_of(profile_of(top, taken))
    return HouseAgent(file, agent, read_rows(rows, layer, currency))
