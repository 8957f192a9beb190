"""What a hook call asks and how an agent wants to be answered: the contract of ``dialects/``, one agent a file.

A dialect is pure: bytes in, facts or bytes out. It never opens a file, and it never lets an agent do
more than it may: silence or a denial, nothing else (``docs/decisions``).
"""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import dataclass
from typing import NamedTuple

from taximeter.domain.launch import Source


class Call(NamedTuple):
    """One call for a subagent, as a hook or a transcript tells it."""

    id: str
    type: str = ""
    """Empty: the agent's own default."""
    model: str = ""
    """As the call names it, which may be short for the real name; empty: not told."""
    prompt_bytes: int = 0


class Ask(NamedTuple):
    """What is about to start. ``calls`` are those of this hook call alone, several where one call starts many."""

    source: Source
    session: str
    prompt: str
    """The agent's id of the prompt that is being answered: launches of one prompt are asked about together."""
    calls: tuple[Call, ...]
    cwd: str
    transcript: str = ""
    """The file in which the siblings of the call stand, once the reply is complete; empty where there is none."""
    model: str = ""
    """Of the session that asks, where it is told."""
    counted: bool = True
    """False where the number of agents is the least it can be (a script, a shell's loop)."""


class Siblings(NamedTuple):
    """The calls for subagents that stand in a transcript's end beside the one that asks."""

    calls: tuple[Call, ...]
    complete: bool
    """True when the reply that holds the asking call is written whole, so that no more can join."""
    cut: bool = False
    """True when the reply may have begun before the bytes that were looked at."""


class Unusable(Exception):
    """A hook's input is not what this agent sends; the text says what is wrong, without a word of the content."""


@dataclass(frozen=True, slots=True)
class Dialect:
    """How one agent's hooks speak."""

    agent: str
    """The agent's id."""
    understand: Callable[[str, bytes], Ask | None]
    """From event and standard input to what is asked; None when nobody need be asked. Raises ``Unusable``."""
    siblings: Callable[[bytes, Ask], Siblings]
    """From a transcript's last whole lines and the ask."""
    denial: Callable[[str, str], bytes]
    """From event and reason to what the hook prints so that the call does not run."""
    programs: tuple[str, ...]
    """Shell patterns (regular expressions) of command lines that start this agent without a screen."""


def json_denial(event: str, reason: str) -> bytes:
    """The denial as most agents' hooks take it: one answer for a prompt, one for a tool's call."""
    if event == "UserPromptSubmit":
        return json.dumps({"decision": "block", "reason": reason}).encode()
    told = {"hookEventName": event, "permissionDecision": "deny", "permissionDecisionReason": reason}
    return json.dumps({"hookSpecificOutput": told}).encode()
