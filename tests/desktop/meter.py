"""The real app on a private desktop: started as a process, looked at and clicked as a person does."""

from __future__ import annotations

import contextlib
import os
import signal
import subprocess
import sys
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from desktop.screen import Box, Picture
from desktop.session import GO_WITH_US, SECONDS, Desktop, end_group, settled, until

APP = Path(__file__).parents[2] / "app"
POPOVER, SESSIONS = "Taximeter", "Sessions"


@dataclass(frozen=True, slots=True)
class Meter:
    """One running app."""

    process: subprocess.Popen[bytes]
    desktop: Desktop
    log: Path

    def window(self, title: str) -> Box | None:
        """Where its visible window of that title is, without the frame; None when there is none."""
        number = self._number(title)
        words = self.desktop.run("xdotool", "getwindowgeometry", "--shell", number) if number else ""
        shape = dict(line.split("=") for line in words.split())
        return Box(*(int(shape[key]) for key in ("X", "Y", "WIDTH", "HEIGHT"))) if "HEIGHT" in shape else None

    def _number(self, title: str) -> str:
        asked = ("--all", "--onlyvisible", "--pid", str(self.process.pid), "--name", f"^{title}$")
        return self.desktop.run("xdotool", "search", *asked).strip().partition("\n")[0]

    def wait_for(self, title: str) -> Box:
        """Where the window is, once it is there."""
        return until(f"the window {title}", lambda: self.window(title))

    def wait_gone(self, title: str) -> None:
        """Until no such window is visible."""
        until(f"the window {title} gone", lambda: self.window(title) is None)

    def click(self, x: int, y: int) -> None:
        """A left click."""
        self.desktop.run("xdotool", "mousemove", str(x), str(y), "click", "1")

    def press(self, *keys: str) -> None:
        """Keys, to the window that has the focus."""
        self.desktop.run("xdotool", "key", *keys)

    def tooltip(self) -> str:
        """What the tray icon says, as the tray host reads it; only where trays talk over the bus."""
        for item in self.desktop.ask_watcher("RegisteredStatusNotifierItems") or []:
            name, slash, path = item.partition("/")
            said = self.desktop.ask(name, slash + path, "org.kde.StatusNotifierItem", "ToolTip")
            if said is not None:
                return " ".join(said[2:])
        return ""

    def children(self) -> list[int]:
        """Processes that it has started and that still run."""
        found: list[int] = []
        with contextlib.suppress(OSError):
            for task in Path(f"/proc/{self.process.pid}/task").iterdir():
                found += [int(word) for word in task.joinpath("children").read_text().split()]
        return found

    def end(self) -> int:
        """Ask it to end; its exit status."""
        self.process.send_signal(signal.SIGTERM)
        return self.process.wait(SECONDS)


def app_environment(desktop: Desktop, own: Mapping[str, str] = os.environ) -> dict[str, str]:
    """An environment, by default this process's, which is a test's own, with the private desktop in it."""
    wanted = ("DISPLAY", "DBUS_SESSION_BUS_ADDRESS", "XDG_CURRENT_DESKTOP", "XDG_SESSION_TYPE")
    return {**own, **{name: desktop.env[name] for name in wanted}, "PYTHONPATH": str(APP),
            "QT_QPA_PLATFORM": "xcb", "LANG": "C.UTF-8"}  # fmt: skip


@contextlib.contextmanager
def started(desktop: Desktop, env: Mapping[str, str], log: Path, *words: str) -> Iterator[Meter]:
    """The app as a process; ended by force when it still runs. An error in its log fails."""
    with log.open("ab") as out:
        command = [*GO_WITH_US, sys.executable, "-m", "taximeter", *words]
        process = subprocess.Popen(command, env=env, stdin=subprocess.DEVNULL, stdout=out, stderr=out,
                                   start_new_session=True)  # fmt: skip
    try:
        yield Meter(process, desktop, log)
    finally:
        end_group(process)
    own = Path(env["TAXIMETER_HOME"], "data", "taximeter.log")
    said = log.read_text() + (own.read_text() if own.exists() else "")
    assert "Traceback" not in said, said


def icon_place(desktop: Desktop, before: Picture) -> Box:
    """Where the panel differs from before, once it has come to rest."""
    return settled(desktop.screen, before)


def rules(picture: Picture) -> list[int]:
    """Rows of a window that are one colour from side to side and not its paper: what separates its parts.

    Each is the screen's y; the margins at the sides are left out.
    """
    side, width = 24, picture.box.width
    paper = picture.line(4)[side * 4 : side * 4 + 4]
    found = []
    for y in range(2, picture.box.height - 2):
        inner = picture.line(y)[side * 4 : (width - side) * 4]
        if inner[:4] != paper and inner == inner[:4] * (width - 2 * side):
            found.append(picture.box.y + y)
    return found
