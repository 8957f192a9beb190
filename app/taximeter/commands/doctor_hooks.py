"""What the doctor says of the question before a launch: hooks, and inputs of theirs that could not be used."""

from __future__ import annotations

import sqlite3
from dataclasses import dataclass

from taximeter.commands.desk import Desk
from taximeter.commands.documents import Document, iso
from taximeter.commands.hooks import Standing, hook_json, hook_places, standing
from taximeter.commands.tables import one_line, wrapped
from taximeter.commands.wording import count_words, moment
from taximeter.guard.bookkeeping import unusable_inputs
from taximeter.guard.install.contract import Hold

WEEK_MS = 7 * 86_400_000
"""An input that could not be used longer ago than this is listed, and needs no attention any more."""


@dataclass(frozen=True, slots=True)
class Unusable:
    """Inputs of an agent's hooks that could not be used, for one reason."""

    agent: str
    reason: str
    count: int
    last_at: int
    """Milliseconds UTC."""


@dataclass(frozen=True, slots=True)
class HookFindings:
    """How the hooks of the agents found stand, and what they sent that was of no use."""

    standing: Standing
    unusable: tuple[Unusable, ...]
    now: int

    @property
    def attention(self) -> list[str]:
        """What a person should look at. Hooks that were never installed are nobody's fault."""
        bad = {Hold.ALTERED, Hold.OVERRIDDEN}
        said = [f"{place.agent.name}: {state.sentence}" for place, state in self.standing if state.hold in bad]
        recent = sum(one.count for one in self.unusable if self.now - one.last_at < WEEK_MS)
        if recent:
            said.append(f"{count_words(recent, 'input')} of hooks could not be used; those launches went on unasked.")
        return said


def examine_hooks(desk: Desk, connection: sqlite3.Connection) -> HookFindings:
    """Read the agents' settings and the ledger's count; asks no agent."""
    unusable = tuple(
        Unusable(agent, why, count, at) for (agent, why), (count, at) in sorted(unusable_inputs(connection).items())
    )
    return HookFindings(standing(desk, hook_places(desk)), unusable, desk.now)


def hooks_document(found: HookFindings) -> Document:
    """The doctor's part of the data."""
    return {
        "hooks": [hook_json(*one) for one in found.standing],
        "unusable_inputs": [
            {"agent": one.agent, "reason": one.reason, "count": one.count, "last_at": iso(one.last_at)}
            for one in found.unusable
        ],
    }


def hooks_text(desk: Desk, found: HookFindings) -> list[str]:
    """The doctor's part of the text."""
    lines, names = [], desk.names()
    for place, state in found.standing:
        lines.append(f"  {place.agent.name}: {state.hold.value}, {one_line(str(place.home))}")
        lines += [] if state.hold is Hold.INSTALLED else [f"    {line}" for line in wrapped(state.sentence, "")]
    lines = ["", "Hooks of the question before a launch:", *(lines or ["  no agent found"])]
    if found.unusable:
        lines += ["", "Inputs of hooks that could not be used:"]
        for one in found.unusable:
            name, last = names.get(one.agent, one.agent), moment(one.last_at, desk.now, desk.zone)
            lines.append(f"  {one_line(name)}: {one.count:,} x {one_line(one.reason)}, last {last}")
    return lines
