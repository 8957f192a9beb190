"""Which processes were started together: agents without a screen that one script, or one terminal, runs side by side.

Linux tells all of it below ``/proc``. Elsewhere a process's neighbours are not looked for, and a loop is
counted by the prompts that arrive.
"""

from __future__ import annotations

import os
import re
import sys
from typing import NamedTuple

_CLIMB = 4
"""A hook's parent is the agent, or a shell between them."""


class Party(NamedTuple):
    """Agents that belong together because they run in one session of the system (a terminal, a script)."""

    id: int
    """The session's number; 0 where it cannot be told."""
    headless: int
    """How many agents without a screen run in it now; 0 when the asking one has a screen, or it cannot be told."""


class _Process(NamedTuple):
    parent: int
    session: int
    words: str


def party_of(pid: int, programs: tuple[str, ...]) -> Party:
    """The party of the agent whose hook runs as a child of ``pid``."""
    if sys.platform != "linux":
        return Party(_session_of(pid), 0)
    # Some agents are scripts, whose interpreter is the first word.
    pattern = re.compile(rf"(?:[^ ]+ )?(?:[^ ]*/)?(?:{'|'.join(programs)})")
    at = pid
    for _ in range(_CLIMB):
        process = _look_at(at)
        if process is None:
            break
        if pattern.match(process.words):
            return Party(process.session, _count(process.session, pattern))
        at = process.parent
    first = _look_at(pid)
    return Party(first.session if first else 0, 0)


def _session_of(pid: int) -> int:
    try:
        return os.getsid(pid)
    except (AttributeError, OSError):
        return 0


def _count(session: int, pattern: re.Pattern[str]) -> int:
    """The agents of a session; one that a launcher of the same name started is one with it."""
    looked_at = {int(name): _look_at(int(name)) for name in os.listdir("/proc") if name.isdigit()}
    agents = {pid: one for pid, one in looked_at.items() if one and one.session == session and pattern.match(one.words)}
    return sum(1 for one in agents.values() if one.parent not in agents)


def _look_at(pid: int) -> _Process | None:
    try:
        with open(f"/proc/{pid}/stat", "rb") as file:
            # The name in brackets may hold anything, brackets too.
            fields = file.read().rpartition(b")")[2].split()
        with open(f"/proc/{pid}/cmdline", "rb") as file:
            words = file.read(4096).replace(b"\0", b" ").decode("utf-8", "replace")
        return _Process(int(fields[1]), int(fields[3]), words)
    except (OSError, ValueError, IndexError):
        return None
