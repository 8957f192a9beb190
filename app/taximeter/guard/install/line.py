"""The command line that an agent runs at an event: it starts the hook client, or ends with success if that is gone.

A removed Taximeter must never break an agent, and some block a call whose hook's program is missing. So the
line looks first. It is known as ours by the client's and the socket's name, whatever folders they are in.
"""

from __future__ import annotations

import re
import shlex
import sys
from dataclasses import dataclass
from pathlib import Path

from taximeter.host.question_settings import LONGEST_WAIT

CLIENT = "ask.py"
"""What the hook client is called where it is installed."""

GRACE_S = 10
"""What an agent waits longer than the app does, so that the answer at the end always comes from the app."""

_OURS = re.compile(rf"[/\\]{re.escape(CLIENT)}\b.*\btaximeter-[0-9a-f]{{12}}\b", re.DOTALL)


@dataclass(frozen=True, slots=True)
class HookLine:
    """What a hook line is made from; the same for every agent."""

    python: Path
    """The interpreter that starts the client, one that stays when our own environment goes."""
    client: Path
    """The installed copy of the hook client."""
    socket: str
    """The app's local address: a path, on Windows the name of a pipe."""
    limit_s: int = LONGEST_WAIT + GRACE_S
    """How long the agent waits for the hook, in seconds: longer than any setting lets a question stay open, so that a
    setting can be changed without installing the hooks again."""
    platform: str = sys.platform

    def command(self, agent: str, event: str) -> str:
        """For the agents that hand the line to a shell, or to cmd on Windows.

        It means the same in every shell, fish and tcsh too: the end of the chain is what differs most.
        """
        if self.platform == "win32":
            return self._for_cmd(agent, event)
        python, client, socket = (shlex.quote(str(word)) for word in (self.python, self.client, self.socket))
        return (
            f"[ -x {python} ] && [ -f {client} ] && "
            f"exec {python} -I -S {client} {socket} {shlex.quote(agent)} {shlex.quote(event)} || exit 0"
        )

    def powershell(self, agent: str, event: str) -> str:
        """For the agents that hand it to PowerShell on Windows."""
        python, client, socket = (_single_quoted(str(word)) for word in (self.python, self.client, self.socket))
        there = f"(Test-Path -LiteralPath {python}) -and (Test-Path -LiteralPath {client})"
        return f"if ({there}) {{ & {python} -I -S {client} {socket} {agent} {event} }}; exit 0"

    def _for_cmd(self, agent: str, event: str) -> str:
        python, client, socket = (f'"{word}"' for word in (self.python, self.client, self.socket))
        return f"if exist {python} if exist {client} {python} -I -S {client} {socket} {agent} {event}"

    def missing(self) -> tuple[Path, ...]:
        """Which of the two files are not there: the line then lets everything through, unasked."""
        return tuple(path for path in (self.python, self.client) if not path.is_file())


def is_ours(command: str) -> bool:
    """Whether a hook's command line is one that Taximeter installed, from whatever folder."""
    return bool(_OURS.search(command))


def _single_quoted(word: str) -> str:
    return "'" + word.replace("'", "''") + "'"
