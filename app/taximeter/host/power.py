"""Whether this computer runs on its battery. What cannot be told is taken for mains power."""

from __future__ import annotations

import contextlib
import logging
import subprocess
import sys
from pathlib import Path

log = logging.getLogger("taximeter.host")

SUPPLIES = Path("/sys/class/power_supply")
"""Where Linux lists mains adapters and batteries; a mouse's battery says that it is a device's."""
ANSWER_SECONDS = 2.0


def on_battery(supplies: Path = SUPPLIES) -> bool:
    """Whether nothing feeds it but its battery, now. Reads a few small files, or asks the system."""
    if sys.platform == "win32":
        return _of_windows()
    if sys.platform == "darwin":
        return _of_macos()
    return _of_linux(supplies)


def _of_linux(supplies: Path) -> bool:
    discharging = False
    for supply in _listed(supplies):
        kind = _word(supply / "type")
        if kind in ("Mains", "USB") and _word(supply / "online") == "1":
            return False
        if kind == "Battery" and _word(supply / "scope") != "Device":
            discharging |= _word(supply / "status") == "Discharging"
    return discharging


def _listed(folder: Path) -> list[Path]:
    with contextlib.suppress(OSError):
        return list(folder.iterdir())
    return []


def _word(file: Path) -> str:
    with contextlib.suppress(OSError, UnicodeDecodeError):
        return file.read_text("ascii").strip()
    return ""


def _of_macos() -> bool:
    """By the first line of ``pmset -g batt``: "Now drawing from 'Battery Power'"."""
    try:
        command = ["/usr/bin/pmset", "-g", "batt"]
        told = subprocess.run(command, capture_output=True, text=True, timeout=ANSWER_SECONDS, check=False).stdout
    except (OSError, subprocess.SubprocessError) as error:
        log.info("the power supply is not known: %s", error)
        return False
    return "'Battery Power'" in told.partition("\n")[0]


def _of_windows() -> bool:
    """By GetSystemPowerStatus: a line status of 0 is "offline", 255 is unknown."""
    import ctypes

    status = (ctypes.c_ubyte * 12)()
    windll = getattr(ctypes, "windll", None)
    if windll is None or not windll.kernel32.GetSystemPowerStatus(ctypes.byref(status)):
        return False
    return status[0] == 0
