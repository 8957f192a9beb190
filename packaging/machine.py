"""What this machine must have before Python packages are of use: venv, and the libraries Qt is linked to.

As root on Debian and Ubuntu it is installed; elsewhere it is named, with the command to run.
"""

from __future__ import annotations

import contextlib
import ctypes
import os
import shutil
import subprocess
import sys
from collections.abc import Iterable, Mapping
from pathlib import Path

PAINTING = {
    "libEGL.so.1": "libegl1",
    "libGL.so.1": "libgl1",
    "libdbus-1.so.3": "libdbus-1-3",
    "libfontconfig.so.1": "libfontconfig1",
    "libfreetype.so.6": "libfreetype6",
    "libglib-2.0.so.0": "libglib2.0-0",
    "libxkbcommon.so.0": "libxkbcommon0",
}
"""What Qt needs to paint at all, by the name it is loaded under and the Debian package that has it."""

X11 = {
    "libX11-xcb.so.1": "libx11-xcb1",
    "libxcb-cursor.so.0": "libxcb-cursor0",
    "libxcb-icccm.so.4": "libxcb-icccm4",
    "libxcb-image.so.0": "libxcb-image0",
    "libxcb-keysyms.so.1": "libxcb-keysyms1",
    "libxcb-randr.so.0": "libxcb-randr0",
    "libxcb-render-util.so.0": "libxcb-render-util0",
    "libxcb-render.so.0": "libxcb-render0",
    "libxcb-shape.so.0": "libxcb-shape0",
    "libxcb-shm.so.0": "libxcb-shm0",
    "libxcb-sync.so.1": "libxcb-sync1",
    "libxcb-util.so.1": "libxcb-util1",
    "libxcb-xfixes.so.0": "libxcb-xfixes0",
    "libxcb-xkb.so.1": "libxcb-xkb1",
    "libxkbcommon-x11.so.0": "libxkbcommon-x11-0",
}
WAYLAND = {
    "libwayland-client.so.0": "libwayland-client0",
    "libwayland-cursor.so.0": "libwayland-cursor0",
    "libwayland-egl.so.1": "libwayland-egl1",
}
FONT = "fonts-dejavu-core"
FONT_FOLDERS = ("/usr/share/fonts", "/usr/local/share/fonts", "~/.local/share/fonts", "~/.fonts")

DESKTOP_TESTS = (
    *X11.values(),
    "dbus-bin", "dbus-daemon", "dunst", "gnome-keyring", "imagemagick", "openbox", "tint2", "util-linux", "x11-utils",
    "xdotool", "xfce4-notifyd", "xfce4-panel", "xfconf", "xvfb",
)  # fmt: skip
"""What the tests marked ``desktop`` need to build a desktop of their own and to show the app on it."""


def has_display() -> bool:
    """Whether the app will start its tray here: as in the app's own entry."""
    named = ("DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM")
    return sys.platform in {"darwin", "win32"} or any(os.environ.get(name) for name in named)


def provide_qt(*, painting_only: bool) -> str:
    """Sees to the libraries Qt needs here; returns what is still missing, as a sentence, or nothing."""
    if not sys.platform.startswith("linux"):
        return ""
    wanted = dict(PAINTING)
    if not painting_only and os.environ.get("DISPLAY"):
        wanted |= X11
    if not painting_only and os.environ.get("WAYLAND_DISPLAY"):
        wanted |= WAYLAND
    missing = _missing_for_qt(wanted)
    if missing and can_install():
        install(missing.values())
        missing = _missing_for_qt(wanted)
    if not missing:
        return ""
    if _is_debian():
        return f"Qt needs what this system lacks: {_advice(missing.values())}"
    return f"Qt cannot start without {_listed(missing)}: install the packages that have them, and start again."


def provide_desktop_tests() -> None:
    """Install what the desktop tests need; only called where that may be done (CI as root)."""
    missing = [name for name in DESKTOP_TESTS if not _is_installed(name)]
    if missing:
        install(missing)


def provide_venv() -> str:
    """Sees to ``ensurepip``, which Debian keeps apart; returns what is missing, as a sentence, or nothing."""
    if _has_ensurepip():
        return ""
    package = f"python3.{sys.version_info.minor}-venv"
    if _is_debian() and os.path.realpath(sys.executable).startswith("/usr/bin/"):
        if can_install():
            install([package])
        return "" if _has_ensurepip() else f"Python's venv module is incomplete here: {_advice([package])}"
    return f"The Python at {sys.executable} has no ensurepip module: install one that has it, and start again."


def can_install() -> bool:
    """Whether system packages can be installed without asking anybody: root on Debian or Ubuntu."""
    return _is_debian() and hasattr(os, "geteuid") and os.geteuid() == 0


def install(packages: Iterable[str]) -> None:
    """Install with apt-get; the package lists are fetched only when it does not work without.

    Failure is said on standard error and left at that: the caller looks at what is there.
    """
    names = sorted(set(packages))
    print(f"Installing with apt-get: {' '.join(names)}", file=sys.stderr)
    command = ["install", "--yes", "--no-install-recommends", *names]
    if _apt(command)[0] == 0:
        return
    _apt(["update"])
    code, said = _apt(command)
    if code != 0:
        print(said.strip(), file=sys.stderr)


def _apt(command: list[str]) -> tuple[int, str]:
    """Runs apt-get without questions, waiting for another apt to finish; returns its exit code and words."""
    env = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
    full = ["apt-get", "--quiet", "-o", "DPkg::Lock::Timeout=400", *command]
    done = subprocess.run(
        full, env=env, stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, check=False,
    )  # fmt: skip
    return done.returncode, done.stdout


def _is_debian() -> bool:
    return Path("/etc/debian_version").exists() and shutil.which("apt-get") is not None


def _is_installed(package: str) -> bool:
    done = subprocess.run(
        ["dpkg-query", "--show", "--showformat=${db:Status-Status}", package],
        capture_output=True, text=True, check=False,
    )  # fmt: skip
    return done.stdout == "installed"


def _has_ensurepip() -> bool:
    """Asked of a new process: this one remembers what was missing before."""
    done = subprocess.run([sys.executable, "-I", "-c", "import ensurepip, venv"], capture_output=True, check=False)
    return done.returncode == 0


def _missing_for_qt(wanted: Mapping[str, str]) -> dict[str, str]:
    """The libraries that cannot be loaded and their packages; a machine without any font counts as one."""
    missing = {}
    for library, package in wanted.items():
        try:
            ctypes.CDLL(library)
        except OSError:
            missing[library] = package
    return missing if _has_font() else missing | {"a font": FONT}


def _has_font() -> bool:
    for folder in FONT_FOLDERS:
        with contextlib.suppress(OSError):
            if any(files for _, _, files in os.walk(Path(folder).expanduser())):
                return True
    return False


def _advice(packages: Iterable[str]) -> str:
    return f"run `sudo apt-get install {' '.join(sorted(packages))}`, and start again."


def _listed(names: Iterable[str]) -> str:
    *first, last = sorted(names)
    return f"{', '.join(first)} and {last}" if first else last
