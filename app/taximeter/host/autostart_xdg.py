"""Autostart on Linux and the BSDs: an entry in the autostart folders.

After the Desktop Application Autostart Specification 0.5: the person's folder hides the system's file of
the same name, ``Hidden`` counts as if there were none, ``OnlyShowIn``, ``NotShowIn`` and ``TryExec`` are
followed. ``X-GNOME-Autostart-enabled`` is what desktops and systemd's generator write and follow besides.
"""

from __future__ import annotations

import os
import shutil
from pathlib import Path

from taximeter.host.autostart import Autostart, Login, Standing
from taximeter.host.desktop_entry import exec_value, exec_words, is_true, listed, values_of, with_values
from taximeter.host.files import replace_file
from taximeter.host.trouble import Trouble

FILE = "taximeter.desktop"
ENABLED = "X-GNOME-Autostart-enabled"
_FACTS = {
    "Type": "Application",
    "Name": "Taximeter",
    "Comment": "What your coding agents cost, and what is left of the quota",
    "Icon": "taximeter",
    "Categories": "Utility;",
    "Terminal": "false",
    "StartupNotify": "false",
}


def entry_file(login: Login) -> Path:
    """The person's own entry, which need not be there."""
    told = login.env.get("XDG_CONFIG_HOME", "")
    return (Path(told) if os.path.isabs(told) else login.home / ".config") / "autostart" / FILE


def new_entry(command: tuple[str, ...]) -> str:
    """The whole entry as it is written where there is none."""
    return with_values("", {**_FACTS, **_program_values(command)})


def state(login: Login) -> Autostart:
    """What the next login does: by the person's own entry, else by the system's."""
    for file in (entry_file(login), *_system_files(login)):
        text = _read(file)
        if text is not None:
            return _judged(login, file, values_of(text))
    return Autostart(Standing.OFF, str(entry_file(login)))


def switch(login: Login, *, on: bool) -> None:
    """Write, change, hide or remove the person's entry; the system's is left alone."""
    file, text = entry_file(login), _read(entry_file(login))
    if on:
        if text is None and state(login).standing is Standing.ON:
            return
        away = dict.fromkeys(("Hidden", "OnlyShowIn", "NotShowIn", ENABLED))
        _write(file, new_entry(login.command) if text is None
               else with_values(text, {**away, **_program_values(login.command)}))  # fmt: skip
        return
    if state(login).standing is Standing.OFF:
        return
    system = any(_read(one) is not None for one in _system_files(login))
    if text is not None and not system and _is_as_written(text):
        _unlink(file)
    else:
        _write(file, with_values(text or new_entry(login.command), {"Hidden": "true"}))


def remove(login: Login) -> str:
    """Remove the person's entry; where it was."""
    file = entry_file(login)
    if not os.path.lexists(file):
        return ""
    _unlink(file)
    return str(file)


def _program_values(command: tuple[str, ...]) -> dict[str, str]:
    return {"TryExec": command[0], "Exec": exec_value(command)}


def _is_as_written(text: str) -> bool:
    """Whether nobody changed it, but for the program that it starts."""
    command = exec_words(values_of(text).get("Exec", ""))
    return bool(command) and text == new_entry(command)


def _judged(login: Login, file: Path, values: dict[str, str]) -> Autostart:
    command = exec_words(values.get("Exec", ""))
    program = command[0] if command else ""
    found = Autostart(Standing.ON, str(file), program)
    if is_true(values, "Hidden"):
        return found._replace(standing=Standing.OFF, program="")
    if not is_true(values, ENABLED, default=True):
        return found._replace(standing=Standing.OVERRIDDEN)
    if not _is_shown(login, values):
        return found._replace(standing=Standing.OVERRIDDEN, kept_for=listed(values, "OnlyShowIn"))
    needed = [one for one in (values.get("TryExec", ""), program) if one]
    path = login.env.get("PATH", os.defpath)
    if not program or not all(shutil.which(one, path=path) for one in needed):
        return found._replace(standing=Standing.DANGLING)
    return found


def _is_shown(login: Login, values: dict[str, str]) -> bool:
    desktops = {one for one in login.env.get("XDG_CURRENT_DESKTOP", "").split(":") if one}
    if "OnlyShowIn" in values and not desktops & set(listed(values, "OnlyShowIn")):
        return False
    return not desktops & set(listed(values, "NotShowIn"))


def _system_files(login: Login) -> tuple[Path, ...]:
    folders = login.env.get("XDG_CONFIG_DIRS", "") or "/etc/xdg"
    return tuple(Path(one) / "autostart" / FILE for one in folders.split(":") if os.path.isabs(one))


def _read(file: Path) -> str | None:
    try:
        return file.read_bytes().decode("utf-8", "surrogateescape")
    except (FileNotFoundError, NotADirectoryError):
        return None
    except OSError as error:
        raise Trouble(f"{file} cannot be read", f"{error.strerror}. Check its permissions.") from error


def _write(file: Path, text: str) -> None:
    replace_file(file, text.encode("utf-8", "surrogateescape"), keep_mode=True)


def _unlink(file: Path) -> None:
    try:
        file.unlink()
    except OSError as error:
        raise Trouble(f"{file} cannot be removed", f"{error.strerror}. Remove it by hand.") from error
