"""Where the agents' logs are: asked of the adapters once, then remembered until something it depends on changes.

Loading the adapters takes longer than all else that a command does on an unchanged ledger.
"""

from __future__ import annotations

import contextlib
import json
import os
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

from taximeter.collect.profile_files import profile_files
from taximeter.host.trouble import Trouble

if TYPE_CHECKING:
    from taximeter.agents.contract import Agent

Homes = Mapping[str, Sequence[Path]]
"""Further config folders, by agent id."""


class Source(NamedTuple):
    """What the collector needs of one agent without loading its adapter; folders need not exist."""

    agent: str
    name: str
    parser: int
    suffixes: tuple[str, ...]
    folders: tuple[str, ...]
    flat: tuple[str, ...] = ()
    """Folders of which only the files that lie directly in them count."""
    flat_suffixes: tuple[str, ...] = ()
    """Those of ``suffixes`` that count there."""
    databases: tuple[str, ...] = ()
    """Those of ``suffixes`` that are databases."""
    within: str = ""
    """A folder's name that has to be on the way to a log."""
    profile: str = ""
    """The file of a house agent's profile; empty for the agents of the list."""


def find_sources(agents: Sequence[Agent], env: Mapping[str, str], home: Path, extra: Homes) -> tuple[Source, ...]:
    """Each agent's log folders: where its own variables say, else its usual places, and ``extra`` homes.

    A folder that is reached under two names counts once.
    """
    sources = []
    for agent in agents:
        homes = (*agent.homes(env, home), *extra.get(agent.id, ()))
        deep, flat = _real(homes, agent.log_folders), _real(homes, agent.flat_folders)
        sources.append(Source(agent.id, agent.name, agent.parser_version, agent.suffixes, deep, flat,
                              agent.flat_suffixes or agent.suffixes, agent.databases, agent.within))  # fmt: skip
    return tuple(sources)


def _real(homes: Sequence[Path], folders: Callable[[Path], tuple[Path, ...]]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(os.path.realpath(folder) for home in homes for folder in folders(home)))


def known_sources(
    file: Path, env: Mapping[str, str], home: Path, extra: Homes, profiles: Sequence[Path] = ()
) -> tuple[Source, ...]:
    """The sources as they are remembered in ``file``, or found anew and remembered.

    What they depend on is remembered with them: the adapters' code, the values of the agents' own
    variables, the home folder, ``extra`` and what lies in the folders of ``profiles``.
    """
    depends = {"code": _adapters(), "home": os.fspath(home), "profiles": profile_files(profiles),
               "extra": {agent: [os.fspath(each) for each in homes] for agent, homes in extra.items()}}  # fmt: skip
    kept = _recall(file)
    if kept is not None:
        variables = {name: env.get(name, "") for name in kept["variables"]}
        if kept["depends"] == depends and kept["variables"] == variables:
            rows = kept["sources"]
            return tuple(Source._make(tuple(each) if isinstance(each, list) else each for each in row) for row in rows)
    from taximeter.host.files import replace_file

    agents, sources = _found(env, home, extra, profiles)
    variables = {name: env.get(name, "") for agent in agents for name in agent.variables}
    # Where nothing can be remembered the adapters are asked each time, which is slower and no trouble.
    with contextlib.suppress(Trouble):
        replace_file(file, json.dumps({"depends": depends, "variables": variables, "sources": sources}).encode())
    return sources


def _found(
    env: Mapping[str, str], home: Path, extra: Homes, profiles: Sequence[Path]
) -> tuple[Sequence[Agent], tuple[Source, ...]]:
    """The agents of the list and those that profiles describe, and where the logs of all of them are."""
    from taximeter.agents import AGENTS

    listed = find_sources(AGENTS, env, home, extra)
    if not profile_files(profiles):
        return AGENTS, listed
    from taximeter.collect.house_agents import house_agents

    houses = house_agents(profiles).agents
    agents = [house.agent for house in houses]
    own = find_sources(agents, env, home, extra)
    named = (source._replace(profile=os.fspath(house.file)) for source, house in zip(own, houses, strict=True))
    return (*AGENTS, *agents), (*listed, *named)


def _recall(file: Path) -> dict[str, Any] | None:
    """What was remembered, or None where there is nothing of the right shape."""
    try:
        kept = json.loads(file.read_bytes())
    except (OSError, ValueError):
        return None
    whole = isinstance(kept, dict) and {"depends", "variables", "sources"} <= kept.keys()
    return kept if whole and all(len(row) == len(Source._fields) for row in kept["sources"]) else None


def _adapters() -> list[list[str | int]]:
    """The adapters' files by name, size and time: another version of Taximeter may look elsewhere."""
    folder = Path(__file__).parents[1] / "agents"
    seen = ((entry.name, entry.stat()) for entry in os.scandir(folder) if entry.name.endswith(".py"))
    return sorted([name, stat.st_size, stat.st_mtime_ns] for name, stat in seen)


def found_agents(sources: Sequence[Source]) -> tuple[str, ...]:
    """Ids of the agents whose log folders exist on this computer."""
    return tuple(each.agent for each in sources if any(os.path.isdir(folder) for folder in each.folders + each.flat))
