"""Autostart on Windows: a value of the person's Run key.

The task manager keeps its own switch beside it (``StartupApproved``); it is read and left alone.
"""

from __future__ import annotations

import os
import re
import subprocess
import sys

from taximeter.host.autostart import Autostart, Login, Standing
from taximeter.host.trouble import Trouble

RUN = r"Software\Microsoft\Windows\CurrentVersion\Run"
APPROVED = r"Software\Microsoft\Windows\CurrentVersion\Explorer\StartupApproved\Run"
NAME = "Taximeter"


def run_value(command: tuple[str, ...]) -> str:
    """The value of the Run key: one command line, quoted as programs there take it apart."""
    return subprocess.list2cmdline(command)


def program_of(value: str) -> str:
    """The program of such a value."""
    found = re.match(r'\s*(?:"([^"]*)"|(\S+))', value)
    return (found[1] or found[2] or "") if found else ""


def is_switched_off(approved: bytes | None) -> bool:
    """Whether the task manager switched it off: the first byte is odd then."""
    return approved is not None and len(approved) > 0 and bool(approved[0] & 1)


def judged(value: str | None, approved: bytes | None) -> Autostart:
    """What Windows will do with the value at the next login."""
    where = f"HKEY_CURRENT_USER\\{RUN}"
    if value is None:
        return Autostart(Standing.OFF, where)
    found = Autostart(Standing.ON, where, program_of(value))
    if is_switched_off(approved):
        return found._replace(standing=Standing.OVERRIDDEN, can_switch=False)
    return found if os.path.isfile(found.program) else found._replace(standing=Standing.DANGLING)


def state(_login: Login) -> Autostart:
    """What the next login does."""
    value, approved = _value(RUN), _value(APPROVED)
    return judged(value if isinstance(value, str) else None, approved if isinstance(approved, bytes) else None)


def switch(login: Login, *, on: bool) -> None:
    """Put the value there, or take it out."""
    if on:
        _put(run_value(login.command))
    else:
        remove(login)


def remove(_login: Login) -> str:
    """Take the value out; where it was."""
    if _value(RUN) is None:
        return ""
    _drop()
    return f"HKEY_CURRENT_USER\\{RUN}\\{NAME}"


if sys.platform == "win32":

    def _value(key: str) -> object:
        import winreg

        try:
            with winreg.OpenKey(winreg.HKEY_CURRENT_USER, key) as opened:
                return winreg.QueryValueEx(opened, NAME)[0]
        except FileNotFoundError:
            return None
        except OSError as error:
            raise _trouble("read", error) from error

    def _put(value: str) -> None:
        import winreg

        try:
            with winreg.CreateKeyEx(winreg.HKEY_CURRENT_USER, RUN, access=winreg.KEY_SET_VALUE) as opened:
                winreg.SetValueEx(opened, NAME, 0, winreg.REG_SZ, value)
        except OSError as error:
            raise _trouble("written", error) from error

    def _drop() -> None:
        import winreg

        try:
            with winreg.OpenKey(winreg.HKEY_CURRENT_USER, RUN, access=winreg.KEY_SET_VALUE) as opened:
                winreg.DeleteValue(opened, NAME)
        except FileNotFoundError:
            return
        except OSError as error:
            raise _trouble("changed", error) from error

    def _trouble(done: str, error: OSError) -> Trouble:
        return Trouble(f"The Run key cannot be {done}", f"{error.strerror}. Nothing was changed.")

else:

    def _value(_key: str) -> object:
        """There is no registry elsewhere."""
        return None

    def _put(_value: str) -> None:
        raise Trouble("There is no Run key on this system", "Nothing was changed.")

    def _drop() -> None:
        raise Trouble("There is no Run key on this system", "Nothing was changed.")
