"""A desktop on which somebody works while a question comes, and the notification servers that may run on it."""

from __future__ import annotations

import shutil
import subprocess
import sys
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path

from desktop.meter import APP, Meter, app_environment
from desktop.parts import settings_daemon
from desktop.session import Desktop, owned, running, until

TITLE = "[89] agents are about to start.*"
GROWN = "9 agents are about to start.*"
NOTIFICATIONS = "org.freedesktop.Notifications"


@dataclass
class Stage:
    """A desktop on which somebody types while a question comes."""

    desktop: Desktop
    stack: ExitStack
    folder: Path

    def start(self, *words: str) -> Meter:
        """A program of the tests: a question, or an editor."""
        env = app_environment(self.desktop) | {"PYTHONPATH": f"{APP}:{APP.parent / 'tests'}"}
        log = self.folder / f"{words[0] if words else 'ask'}.log"
        program = Path(__file__).with_name("asking.py")
        process = self.stack.enter_context(running([sys.executable, str(program), *words], env, log))
        return Meter(process, self.desktop, log)

    def activate(self) -> None:
        """Go to the question as a person does."""
        self.desktop.run("xdotool", "search", "--name", f"^{GROWN}$", "windowactivate", "--sync")

    def said(self, meter: Meter, words: str) -> bool:
        """Whether the program has said so."""
        return words in meter.log.read_text()

    def dunstctl(self, *words: str) -> str:
        """What dunst answers."""
        bus = f"DBUS_SESSION_BUS_ADDRESS={self.desktop.env['DBUS_SESSION_BUS_ADDRESS']}"
        return self.desktop.run("env", bus, "dunstctl", *words).strip()


def has_dunst() -> bool:
    """Whether that notification server and what speaks to it are installed."""
    return bool(shutil.which("dunst") and shutil.which("dunstctl"))


def xfce_notifier() -> str:
    """The notification server with buttons; empty where it is not installed."""
    return next((str(found) for found in sorted(Path("/usr/lib").glob("*/xfce4/notifyd/xfce4-notifyd"))), "")


@contextmanager
def notifying(stage: Stage, *command: str) -> Iterator[subprocess.Popen[bytes]]:
    """A notification server on the desktop's bus, once it answers there."""
    with running(command, stage.desktop.env, stage.folder / "notifications.log") as process:
        until("the notification server", lambda: owned(stage.desktop, NOTIFICATIONS))
        yield process
    until("its name free", lambda: not owned(stage.desktop, NOTIFICATIONS))


@contextmanager
def dunst(stage: Stage) -> Iterator[subprocess.Popen[bytes]]:
    """A small server without buttons, which tells what it shows."""
    config = stage.folder / "dunstrc"
    config.write_text("".join(f'[urgency_{name}]\nformat = "{name}: %s"\n' for name in ("low", "normal", "critical")))
    with notifying(stage, "dunst", "-conf", str(config)) as process:
        until("its first answer", lambda: stage.dunstctl("count", "displayed").isdigit())
        yield process


@contextmanager
def xfce_notifyd(stage: Stage) -> Iterator[subprocess.Popen[bytes]]:
    """A desktop's own server, with buttons."""
    log = stage.folder / "xfconf.log"
    with running([settings_daemon()], stage.desktop.env, log):
        until("the settings daemon", lambda: owned(stage.desktop, "org.xfce.Xfconf"))
        with notifying(stage, xfce_notifier()) as process:
            yield process
