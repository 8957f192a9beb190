"""A private desktop: a screen, a session bus, a window manager and a tray, and nothing of it left afterwards."""

from __future__ import annotations

import contextlib
import ctypes
import os
import shutil
import signal
import subprocess
import tempfile
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, TypeVar

from desktop.parts import BUS, TINT2, XFCE_PANEL, settings_daemon, written
from desktop.screen import Box, Picture, Screen

T = TypeVar("T")
SECONDS = 30.0
"""How long any part may take to come up; a loaded machine is slow, and nothing here measures."""
WATCHER = "org.kde.StatusNotifierWatcher"
REST = 0.4
GO_WITH_US = ("setpriv", "--pdeathsig", "KILL")
"""Starts a program that is killed when the tests are, whatever kills them."""
PANEL = Box(0, 0, 1280, 32)
"""Where the trays stand."""
SIZE = "1280x800x24"
NEEDED = {
    "tint2": ("Xvfb", "dbus-daemon", "openbox", "setpriv", "xdotool", "tint2"),
    "xfce": ("Xvfb", "dbus-daemon", "openbox", "setpriv", "xdotool", "xfce4-panel"),
    "none": ("Xvfb", "dbus-daemon", "openbox", "setpriv", "xdotool"),
}
"""By the kind of tray, the programs that must be installed."""
QT_ON_X11 = ("libxcb-cursor.so.0", "libxkbcommon-x11.so.0")
"""Libraries without which Qt cannot show a window on X11, and which a machine without a desktop lacks."""


@dataclass(frozen=True, slots=True)
class Desktop:
    """A desktop that is up. ``env`` is what a program needs to appear on it."""

    tray: str
    env: Mapping[str, str]
    screen: Screen

    def run(self, *words: str) -> str:
        """What a small program says, which may fail."""
        env = {**os.environ, **self.env}
        return subprocess.run(words, env=env, capture_output=True, text=True, timeout=SECONDS, check=False).stdout

    def ask(self, name: str, path: str, interface: str, what: str) -> Any:
        """A property of an object on the session bus; None when nobody answers."""
        answer = self.call(name, path, "org.freedesktop.DBus.Properties", "Get", "ss", (interface, what))
        return answer[0][1] if answer else None

    def call(
        self, name: str, path: str, interface: str, method: str, signature: str | None = None,
        values: tuple[Any, ...] = (),
    ) -> tuple[Any, ...] | None:  # fmt: skip
        """What a method of an object on the session bus returns; None when nobody answers."""
        from jeepney import DBusAddress, new_method_call
        from jeepney.io.blocking import open_dbus_connection

        with open_dbus_connection(self.env["DBUS_SESSION_BUS_ADDRESS"]) as connection:
            asked = new_method_call(DBusAddress(path, name, interface), method, signature, values)
            reply = connection.send_and_get_reply(asked, timeout=SECONDS)
        body: tuple[Any, ...] = reply.body
        return body if reply.header.message_type.name == "method_return" else None

    def ask_watcher(self, what: str) -> Any:
        """A property of the one who knows all tray icons, where trays talk over the bus."""
        return self.ask(WATCHER, "/StatusNotifierWatcher", WATCHER, what)


def missing_programs(tray: str) -> list[str]:
    """What must be installed before a desktop with this tray can be made."""
    missing = [name for name in NEEDED[tray] if shutil.which(name) is None]
    missing += [name for name in QT_ON_X11 if not _can_be_loaded(name)]
    return [*missing, "xfconfd"] if tray == "xfce" and not settings_daemon() else missing


def _can_be_loaded(library: str) -> bool:
    try:
        ctypes.CDLL(library)
    except OSError:
        return False
    return True


def until(what: str, found: Callable[[], T | None], seconds: float = SECONDS) -> T:
    """The first answer that is not false or empty; fails with ``what`` when there is none in time."""
    deadline = time.monotonic() + seconds
    while True:
        answer = found()
        if answer:
            return answer
        assert time.monotonic() < deadline, f"{what}: not within {seconds:.0f} s"
        time.sleep(0.02)


def settled(screen: Screen, before: Picture, seconds: float = SECONDS) -> Box:
    """What has changed since a picture was taken, once something has and nothing moves any more."""
    last, since = None, time.monotonic()
    deadline = since + seconds
    while time.monotonic() < deadline:
        now = before.difference(screen.look(before.box))
        if now != last:
            last, since = now, time.monotonic()
        elif now is not None and time.monotonic() - since > REST:
            return now
        time.sleep(0.05)
    raise AssertionError(f"the screen did not change and come to rest: last {last}")


@contextlib.contextmanager
def desktop_session(tray: str) -> Iterator[Desktop]:
    """A desktop with this tray (``tint2``, ``xfce``, ``none``), every part of it answering."""
    with tempfile.TemporaryDirectory(prefix="taximeter-desktop-") as name, contextlib.ExitStack() as stack:
        folder = Path(name)
        env = _environment(folder, tray)
        command = ["Xvfb", "-screen", "0", SIZE, "-noreset", "-nolisten", "tcp"]
        env["DISPLAY"] = ":" + _started(stack, folder, env, command, "-displayfd")
        bus = written(folder / "bus.conf", BUS.format(folder=folder))
        command = ["dbus-daemon", f"--config-file={bus}", "--nofork", "--nopidfile"]
        env["DBUS_SESSION_BUS_ADDRESS"] = _started(stack, folder, env, command, "--print-address")
        screen = stack.enter_context(contextlib.closing(Screen(env["DISPLAY"])))
        desktop = Desktop(tray, env, screen)
        stack.enter_context(running(["openbox", "--sm-disable"], env, folder / "openbox.log"))
        until("the window manager", screen.has_window_manager)
        if tray != "none":
            stack.enter_context(tray_host(desktop, tray))
        yield desktop


def _environment(folder: Path, tray: str) -> dict[str, str]:
    env = {"PATH": os.environ.get("PATH", os.defpath), "LANG": "C.UTF-8", "NO_AT_BRIDGE": "1", "HOME": str(folder)}
    for name in ("config", "data", "cache", "state"):
        env[f"XDG_{name.upper()}_HOME"] = str(folder / name)
    runtime = folder / "run"
    runtime.mkdir(mode=0o700)
    return env | {"XDG_RUNTIME_DIR": str(runtime), "XDG_CURRENT_DESKTOP": "XFCE" if tray == "xfce" else "X-Test",
                  "XDG_SESSION_TYPE": "x11"}  # fmt: skip


@contextlib.contextmanager
def tray_host(desktop: Desktop, tray: str) -> Iterator[subprocess.Popen[bytes]]:
    """A tray on a desktop, its panel seen; now and then tint2 never paints and is started anew."""
    bare = desktop.screen.look(PANEL)
    with contextlib.ExitStack() as stack:
        for _ in range(3):
            with contextlib.ExitStack() as attempt, contextlib.suppress(AssertionError):
                process = _start_tray(attempt, desktop, tray)
                settled(desktop.screen, bare, SECONDS / 3)
                stack.enter_context(attempt.pop_all())
                break
        else:
            raise AssertionError("the tray's panel was not seen")
        yield process


def _start_tray(stack: contextlib.ExitStack, desktop: Desktop, tray: str) -> subprocess.Popen[bytes]:
    folder = Path(desktop.env["HOME"])
    if tray == "tint2":
        config = written(folder / "tint2rc", TINT2)
        process = stack.enter_context(running(["tint2", "-c", str(config)], desktop.env, folder / "tint2.log"))
        until("the tray", desktop.screen.has_tray)
        return process
    written(folder / "config" / "xfce4" / "xfconf" / "xfce-perchannel-xml" / "xfce4-panel.xml", XFCE_PANEL)
    stack.enter_context(running([settings_daemon()], desktop.env, folder / "xfconfd.log"))
    until("the settings daemon", lambda: owned(desktop, "org.xfce.Xfconf"))
    process = stack.enter_context(running(["xfce4-panel", "--disable-wm-check"], desktop.env, folder / "panel.log"))
    until("the tray", lambda: desktop.ask_watcher("IsStatusNotifierHostRegistered"))
    return process


def owned(desktop: Desktop, name: str) -> bool:
    """Whether somebody on the session bus has that name."""
    from jeepney.bus_messages import message_bus
    from jeepney.io.blocking import open_dbus_connection

    with open_dbus_connection(desktop.env["DBUS_SESSION_BUS_ADDRESS"]) as connection:
        return bool(connection.send_and_get_reply(message_bus.NameHasOwner(name), timeout=SECONDS).body[0])


def _started(
    stack: contextlib.ExitStack, folder: Path, env: Mapping[str, str], command: Sequence[str], flag: str
) -> str:
    """Start a program that says on a descriptor of its own that it is ready; returns what it said."""
    reading, writing = os.pipe()
    words = [*command, flag, str(writing)] if flag == "-displayfd" else [*command, f"{flag}={writing}"]
    stack.enter_context(running(words, env, folder / f"{command[0]}.log", (writing,)))
    os.close(writing)
    with open(reading, encoding="utf-8") as said:
        line = said.readline().strip()
    assert line, f"{command[0]} did not start: {(folder / f'{command[0]}.log').read_text()}"
    return line


@contextlib.contextmanager
def running(
    command: Sequence[str], env: Mapping[str, str], log: Path, keep: tuple[int, ...] = ()
) -> Iterator[subprocess.Popen[bytes]]:
    """A program in a process group of its own, ended with its group."""
    with log.open("wb") as out:
        process = subprocess.Popen([*GO_WITH_US, *command], env=env, stdin=subprocess.DEVNULL, stdout=out, stderr=out,
                                   pass_fds=keep, start_new_session=True)  # fmt: skip
    try:
        yield process
    finally:
        end_group(process)


def end_group(process: subprocess.Popen[bytes]) -> None:
    """End a process with all that it started; what does not go within the time is killed."""
    for number, seconds in ((signal.SIGTERM, 5.0), (signal.SIGKILL, 5.0)):
        with contextlib.suppress(ProcessLookupError):
            os.killpg(process.pid, number)
        deadline = time.monotonic() + seconds
        while time.monotonic() < deadline:
            if not group(process.pid):
                process.wait()
                return
            time.sleep(0.02)
    raise AssertionError(f"processes were left over: {group(process.pid)}")


def group(leader: int) -> list[int]:
    """Processes of the group that still run; ended ones that nobody has waited for do not count."""
    found = []
    for entry in Path("/proc").iterdir():
        if entry.name.isdigit():
            with contextlib.suppress(OSError):
                state, _, of_group = entry.joinpath("stat").read_text().rpartition(")")[2].split()[:3]
                if int(of_group) == leader and state != "Z":
                    found.append(int(entry.name))
    return found
