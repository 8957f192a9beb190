"""The hooks of this installation: where they belong, how they are to be, and how they stand."""

from __future__ import annotations

from importlib.util import find_spec
from pathlib import Path

from taximeter.commands.desk import Desk
from taximeter.commands.documents import Document
from taximeter.guard.install import HOOKED
from taximeter.guard.install.apply import Place, hook_line, places, status
from taximeter.guard.install.contract import Hold, HookState
from taximeter.guard.install.line import HookLine
from taximeter.host.trouble import Trouble

CLIENT_MODULE = "taximeter.guard.hook_client"

Standing = tuple[tuple[Place, HookState], ...]
"""How the hooks stand at each place."""


def hook_places(desk: Desk, agent: str = "") -> tuple[Place, ...]:
    """The config folders that are there, of one agent or of all that can be asked about."""
    wanted = [one for one in HOOKED if agent in ("", one.id)]
    return places(wanted, desk.env, desk.home, {one.id: desk.settings.agent(one.id).homes for one in wanted})


def line_of(desk: Desk) -> HookLine:
    """The line that every hook of this installation runs. Raises ``Trouble`` without a Python for it."""
    return hook_line(desk.paths)


def client_source() -> Path:
    """The hook client as it ships with the app; it is not imported, since it is a program of its own."""
    spec = find_spec(CLIENT_MODULE)
    if spec is None or spec.origin is None:
        raise Trouble("The hook client is missing", "Install Taximeter again.")
    return Path(spec.origin)


def standing(desk: Desk, where: tuple[Place, ...]) -> Standing:
    """How the hooks stand; where no Python could start them, that is what is said of each place."""
    try:
        return status(line_of(desk), where)
    except Trouble as trouble:
        return tuple((place, HookState(Hold.ALTERED, str(trouble))) for place in where)


def hook_json(place: Place, state: HookState) -> Document:
    """One place as data."""
    return {"agent": place.agent.id, "home": str(place.home), "state": state.hold.value, "sentence": state.sentence}
