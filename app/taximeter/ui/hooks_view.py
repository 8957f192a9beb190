"""What is said of agents that can ask before they start others: how each stands, and what its switch does. Pure."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QCoreApplication

from taximeter.ui.desk import HookRow, HookStanding
from taximeter.ui.sentences import joined, listed
from taximeter.ui.told import told

translate = QCoreApplication.translate

_LOUDEST = (HookStanding.OVERRIDDEN, HookStanding.ALTERED)


@dataclass(frozen=True, slots=True)
class AgentView:
    """One agent with all its folders."""

    agent: str
    name: str
    folder: str
    standing: HookStanding
    state: str
    verb: str
    """What stands on its switch."""
    can_switch: bool
    sentence: str
    diff: str
    reloads: bool


def agent_views(rows: Sequence[HookRow]) -> tuple[AgentView, ...]:
    """The agents in the order of their rows."""
    return tuple(
        _agent_view([row for row in rows if row.agent == agent]) for agent in dict.fromkeys(row.agent for row in rows)
    )


def _agent_view(rows: list[HookRow]) -> AgentView:
    standing = _standing([row.standing for row in rows])
    first = rows[0]
    sentences = dict.fromkeys(told(row.sentence) for row in rows if row.sentence)
    if standing is HookStanding.ALTERED and not sentences:
        sentences = {translate("Hooks", "Its hooks are not as they should be."): None}
    return AgentView(
        first.agent, first.name, listed(row.folder for row in rows), standing, _state(standing), _verb(standing),
        standing is not HookStanding.OVERRIDDEN, joined(*sentences), "".join(_of(row, standing) for row in rows),
        first.reloads,
    )  # fmt: skip


def _standing(found: list[HookStanding]) -> HookStanding:
    """That of all folders together; where some ask and some do not, they are not as they should be."""
    for loud in _LOUDEST:
        if loud in found:
            return loud
    return found[0] if len(set(found)) == 1 else HookStanding.ALTERED


def _of(row: HookRow, standing: HookStanding) -> str:
    """The change in one folder, where the switch of the whole agent changes it."""
    on = row.standing is HookStanding.ON
    return "" if standing is HookStanding.OVERRIDDEN or (on and standing is not HookStanding.ON) else row.diff


def _state(standing: HookStanding) -> str:
    return {
        HookStanding.ON: translate("Hooks", "asks"),
        HookStanding.OFF: translate("Hooks", "does not ask"),
        HookStanding.ALTERED: translate("Hooks", "may not ask"),
        HookStanding.OVERRIDDEN: translate("Hooks", "cannot ask"),
    }[standing]


def _verb(standing: HookStanding) -> str:
    if standing is HookStanding.ON:
        return translate("Hooks", "Switch off")
    return translate("Hooks", "Mend it") if standing is HookStanding.ALTERED else translate("Hooks", "Switch on")


def switched_words(view: AgentView, on: bool) -> str:
    """What the switch has done; where it did not help, the state says why."""
    if on is not (view.standing is HookStanding.ON) or (on and view.sentence):
        return view.sentence or translate("Hooks", "{agent} {state}.").format(agent=view.name, state=view.state)
    if on:
        words = translate("Hooks", "{agent} asks from now on.")
        if not view.reloads:
            words = translate("Hooks", "{agent} asks from now on; sessions that already run only once started anew.")
    else:
        words = translate("Hooks", "{agent} does not ask any more. Its files are without the hooks again.")
    return words.format(agent=view.name)
