"""Whether Taximeter starts with the desktop: what is really so, and the switch.

Nothing of it is kept anywhere but where the system itself looks: an autostart entry on Linux and the
BSDs, a launch agent on macOS, a value of the Run key on Windows.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Mapping
from enum import StrEnum
from pathlib import Path
from types import ModuleType
from typing import NamedTuple


class Standing(StrEnum):
    """How it stands with the start at login."""

    ON = "on"
    OFF = "off"
    DANGLING = "dangling"
    """It is on, and the program that it names is gone."""
    OVERRIDDEN = "overridden"
    """It is on, and the desktop or the system was told not to follow it."""
    UNAVAILABLE = "unavailable"
    """This installation cannot be started so: its folders are named by a variable that a login does not have."""


class Autostart(NamedTuple):
    """What was found."""

    standing: Standing
    where: str = ""
    """The file or registry key that says so, or would."""
    program: str = ""
    """What is started; empty where nothing is."""
    kept_for: tuple[str, ...] = ()
    """Overridden: the desktops for which alone the entry is. Empty where it was switched off outside of Taximeter."""
    can_switch: bool = True
    """Whether the switch would help; else the system's own settings have to be used."""


class Login(NamedTuple):
    """Whose login, and what it is to start."""

    env: Mapping[str, str]
    home: Path
    command: tuple[str, ...]
    """The program as an absolute path, and its arguments."""


def login_of(env: Mapping[str, str], home: Path) -> Login:
    """The login of the person who runs this process, with this very installation."""
    return Login(env, home, own_command(Path(sys.executable), frozen=bool(getattr(sys, "frozen", False))))


def own_command(executable: Path, *, frozen: bool) -> tuple[str, ...]:
    """What starts the app again: the program itself, the script beside its Python, or that Python with the module.

    Links are not resolved: a tool's folder keeps its name when what lies in it is replaced by an update.
    """
    if frozen:
        return (str(executable),)
    script = executable.with_name("taximeter")
    if sys.platform != "win32" and script.is_file() and os.access(script, os.X_OK):
        return (str(script),)
    windowless = executable.with_name("pythonw.exe")
    python = windowless if sys.platform == "win32" and windowless.is_file() else executable
    return (str(python), "-P", "-m", "taximeter")


def autostart_state(login: Login) -> Autostart:
    """What the next login will do. Reads only. Raises ``Trouble`` when that cannot be told."""
    if login.env.get("TAXIMETER_HOME"):
        return Autostart(Standing.UNAVAILABLE, can_switch=False)
    found: Autostart = _system().state(login)
    return found


def switch_autostart(login: Login, *, on: bool) -> Autostart:
    """Have the login start it, or not; what stands afterwards. Keys that a person added stay.

    Raises:
        Trouble: it cannot be written; nothing was changed.
    """
    if not login.env.get("TAXIMETER_HOME"):
        _system().switch(login, on=on)
    return autostart_state(login)


def remove_autostart(login: Login) -> str:
    """Take out what the switch put there, whatever became of it; where it was, empty when there was nothing.

    Raises:
        Trouble: it cannot be removed.
    """
    return "" if login.env.get("TAXIMETER_HOME") else str(_system().remove(login))


def _system() -> ModuleType:
    if sys.platform == "darwin":
        from taximeter.host import autostart_macos as system
    elif sys.platform == "win32":
        from taximeter.host import autostart_windows as system
    else:
        from taximeter.host import autostart_xdg as system
    return system
