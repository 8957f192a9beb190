"""Autostart on macOS: a launch agent of the person's own (launchd.plist(5)).

It takes effect with the next login; the app runs already when it is switched.
"""

from __future__ import annotations

import os
import plistlib
import re
import subprocess
from pathlib import Path

from taximeter.host.autostart import Autostart, Login, Standing
from taximeter.host.files import replace_file
from taximeter.host.trouble import Trouble

LABEL = "taximeter"
_LIMIT_S = 5.0


def agent_file(login: Login) -> Path:
    """The launch agent, which need not be there."""
    return login.home / "Library" / "LaunchAgents" / f"{LABEL}.plist"


def new_agent(command: tuple[str, ...]) -> bytes:
    """The whole file as it is written where there is none."""
    return changed_agent(None, command)


def changed_agent(content: bytes | None, command: tuple[str, ...]) -> bytes:
    """The file with this program and without what keeps it from starting; other keys stay.

    Raises:
        ValueError: what is there is no property list.
    """
    facts = {"Label": LABEL, "RunAtLoad": True, "ProcessType": "Interactive", "LimitLoadToSessionType": "Aqua"}
    kept = _values(content) if content else {}
    kept.pop("Disabled", None)
    return plistlib.dumps({**kept, **facts, "ProgramArguments": list(command)}, sort_keys=False)


def judged(content: bytes | None, file: Path, *, disabled: bool) -> Autostart:
    """What launchd will do with the file; ``disabled`` is what it was told besides."""
    if content is None:
        return Autostart(Standing.OFF, str(file))
    try:
        values = _values(content)
    except ValueError:
        return Autostart(Standing.DANGLING, str(file))
    words = values.get("ProgramArguments")
    program = str(words[0]) if isinstance(words, list) and words else str(values.get("Program", ""))
    found = Autostart(Standing.ON, str(file), program)
    if values.get("RunAtLoad") is not True:
        return found._replace(standing=Standing.OFF)
    if disabled:
        return found._replace(standing=Standing.OVERRIDDEN, can_switch=False)
    if values.get("Disabled") is True:
        return found._replace(standing=Standing.OVERRIDDEN)
    return found if os.access(program, os.X_OK) else found._replace(standing=Standing.DANGLING)


def is_disabled(told: str) -> bool:
    """Whether ``launchctl print-disabled`` names our agent as one that was switched off."""
    found = re.search(rf'"{re.escape(LABEL)}"\s*=>\s*(\w+)', told)
    return found is not None and found[1] in ("disabled", "true")


def state(login: Login) -> Autostart:
    """What the next login does."""
    file = agent_file(login)
    content = _read(file)
    return judged(content, file, disabled=content is not None and is_disabled(_told()))


def switch(login: Login, *, on: bool) -> None:
    """Write the launch agent, or remove it."""
    file = agent_file(login)
    if not on:
        remove(login)
        return
    try:
        content = changed_agent(_read(file), login.command)
    except ValueError:
        content = new_agent(login.command)
    replace_file(file, content, keep_mode=True)


def remove(login: Login) -> str:
    """Remove the launch agent; where it was."""
    file = agent_file(login)
    try:
        file.unlink()
    except FileNotFoundError:
        return ""
    except OSError as error:
        raise Trouble(f"{file} cannot be removed", f"{error.strerror}. Remove it by hand.") from error
    return str(file)


def _values(content: bytes) -> dict[str, object]:
    try:
        found = plistlib.loads(content)
    except Exception as error:  # the parser beneath raises kinds of its own
        raise ValueError("no property list") from error
    if not isinstance(found, dict):
        raise ValueError("no property list of a launch agent")  # noqa: TRY004 - a file's content, not an argument
    return found


def _read(file: Path) -> bytes | None:
    try:
        return file.read_bytes()
    except FileNotFoundError:
        return None
    except OSError as error:
        raise Trouble(f"{file} cannot be read", f"{error.strerror}. Check its permissions.") from error


def _told() -> str:
    """What launchd was told apart from the files; empty where it does not say."""
    command = ["/bin/launchctl", "print-disabled", f"gui/{os.getuid()}"]
    try:
        return subprocess.run(command, capture_output=True, check=False, text=True, timeout=_LIMIT_S).stdout
    except (OSError, subprocess.SubprocessError):
        return ""
