"""The agents' hooks as a window shows and switches them."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING

from taximeter.guard import hook_client
from taximeter.guard.install import HOOKED
from taximeter.guard.install.apply import Outcome, Place, hook_line, install, places, remove, status
from taximeter.guard.install.contract import Hold, HookState
from taximeter.guard.install.line import HookLine
from taximeter.host.trouble import Trouble
from taximeter.ui.desk import HookRow, HookStanding

if TYPE_CHECKING:
    from taximeter.collect.installation import Installation

_CLIENT = Path(hook_client.__file__)
_STANDING = {
    Hold.INSTALLED: HookStanding.ON,
    Hold.ABSENT: HookStanding.OFF,
    Hold.ALTERED: HookStanding.ALTERED,
    Hold.OVERRIDDEN: HookStanding.OVERRIDDEN,
}
_UNASKED = {
    "observe": 'Nothing is asked as long as the mode is "observe" in the settings.',
    "off": 'Nothing is asked as long as the mode is "off" in the settings.',
}


def hook_rows(here: Installation) -> tuple[HookRow, ...]:
    """How each config folder that is there stands, and what the switch would change in it; nothing is written.

    Raises ``Trouble`` when the settings cannot be used.
    """
    where = _places(here)
    try:
        line = _line(here)
    except Trouble as trouble:
        return tuple(_row(here, place, HookStanding.ALTERED, str(trouble), "") for place in where)
    return tuple(_standing(here, line, place, state) for place, state in status(line, where))


def switch_hooks(here: Installation, agent: str, *, on: bool) -> None:
    """Put the agent's hooks in, or take them out, in all its folders; each is done for itself.

    Raises ``Trouble`` with the first that could not be done.
    """
    where = [place for place in _places(here) if place.agent.id == agent]
    done = install(here.paths, _line(here), _CLIENT, where) if on else remove(here.paths, where)
    for outcome in done:
        if outcome.trouble is not None:
            raise outcome.trouble


def _places(here: Installation) -> tuple[Place, ...]:
    settings = here.settings()
    return places(HOOKED, here.env, here.home, {one.id: settings.agent(one.id).homes for one in HOOKED})


def _line(here: Installation) -> HookLine:
    return hook_line(here.paths)


def _standing(here: Installation, line: HookLine, place: Place, state: HookState) -> HookRow:
    standing = _STANDING[state.hold]
    planned = _planned(here, line, place, installed=standing is HookStanding.ON)
    if planned.trouble is not None:
        return _row(here, place, HookStanding.ALTERED, str(planned.trouble), "")
    sentence = state.sentence if standing is HookStanding.OVERRIDDEN else ""
    if standing is HookStanding.ON:
        sentence = _UNASKED.get(here.settings().question.mode_of(place.agent.id), "")
    return _row(here, place, standing, sentence, planned.diff)


def _planned(here: Installation, line: HookLine, place: Place, *, installed: bool) -> Outcome:
    outcomes: Iterable[Outcome] = (
        remove(here.paths, [place], dry_run=True) if installed
        else install(here.paths, line, _CLIENT, [place], dry_run=True)
    )  # fmt: skip
    return next(iter(outcomes))


def _row(here: Installation, place: Place, standing: HookStanding, sentence: str, diff: str) -> HookRow:
    agent = place.agent
    return HookRow(agent.id, agent.name, _folder(here, place.home), standing, sentence, diff, agent.reloads)


def _folder(here: Installation, folder: Path) -> str:
    home = here.home.resolve()
    return str(Path("~") / folder.relative_to(home)) if folder.is_relative_to(home) else str(folder)
