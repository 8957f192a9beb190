"""What the desktop's buses tell of a locked screen, of waking and of the clock, over real buses."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import threading
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from ui.notification_server import session_bus

from taximeter.ui.presence import CLOCK_PATH, LOGIN, LOGIN_PATH, PROPERTIES, session_path

pytestmark = pytest.mark.skipif(
    sys.platform != "linux" or shutil.which("dbus-daemon") is None, reason="needs dbus-daemon"
)
SECONDS = 30.0
LISTENER = """
from PySide6.QtCore import QCoreApplication
from taximeter.ui.presence import Presence
app = QCoreApplication([])
presence = Presence()
presence.locked_changed.connect(lambda locked: print("locked" if locked else "unlocked", flush=True))
presence.returned.connect(lambda: print("returned", flush=True))
presence.begin()
print("listening", flush=True)
app.exec()
"""
"""A process of its own, since Qt binds to its buses once for all."""


class Told:
    """A process that listens, and somebody on both of its buses who tells."""

    def __init__(self, process: subprocess.Popen[str], connection: Any) -> None:
        self._process, self._connection = process, connection
        self.locked = False

    def line(self) -> str:
        assert self._process.stdout is not None
        return self._process.stdout.readline().strip()

    def tell(self, path: str, interface: str, member: str, signature: str, *values: object) -> None:
        from jeepney import DBusAddress, new_signal

        self._connection.send(new_signal(DBusAddress(path, interface=interface), member, signature, values))

    def answer_one(self) -> None:
        """Answer the question whether the session is locked."""
        from jeepney import new_method_return

        while (message := self._connection.receive()).header.message_type.name != "method_call":
            pass
        assert message.body == (f"{LOGIN}.Session", "LockedHint")
        self._connection.send(new_method_return(message, "v", (("b", self.locked),)))


@pytest.fixture
def told(tmp_path: Path) -> Iterator[Told]:
    from jeepney.bus_messages import message_bus
    from jeepney.io.blocking import open_dbus_connection

    with session_bus(tmp_path) as address:
        env = {**os.environ, "DBUS_SESSION_BUS_ADDRESS": address, "DBUS_SYSTEM_BUS_ADDRESS": address,
               "XDG_SESSION_ID": "2", "PYTHONPATH": os.pathsep.join(sys.path)}  # fmt: skip
        with open_dbus_connection(address) as connection:
            for name in (LOGIN, "org.freedesktop.timedate1"):
                connection.send_and_get_reply(message_bus.RequestName(name), timeout=10)
            command = [sys.executable, "-c", LISTENER]
            with subprocess.Popen(command, env=env, stdout=subprocess.PIPE, text=True) as process:
                here = Told(process, connection)
                patience = threading.Timer(SECONDS, process.kill)
                patience.start()
                assert here.line() == "listening"
                yield here
                patience.cancel()
                process.kill()


@pytest.mark.parametrize("saver", ["org.freedesktop.ScreenSaver", "org.gnome.ScreenSaver"])
def test_a_screen_saver_locks_and_unlocks_and_tells_nothing_twice(told: Told, saver: str) -> None:
    for active in (True, True, False):
        told.tell("/ScreenSaver", saver, "ActiveChanged", "b", active)
    assert [told.line(), told.line()] == ["locked", "unlocked"]


def test_the_login_session_is_asked_whether_it_is_locked(told: Told) -> None:
    for locked in (True, False):
        told.locked = locked
        answering = threading.Thread(target=told.answer_one)
        answering.start()
        path = session_path("2")
        told.tell(path, PROPERTIES, "PropertiesChanged", "sa{sv}as", f"{LOGIN}.Session",
                  {"LockedHint": ("b", locked)}, [])  # fmt: skip
        assert told.line() == ("locked" if locked else "unlocked")
        answering.join(10)


def test_waking_and_another_zone_are_told_and_falling_asleep_is_not(told: Told) -> None:
    told.tell(LOGIN_PATH, f"{LOGIN}.Manager", "PrepareForSleep", "b", True)
    told.tell(LOGIN_PATH, f"{LOGIN}.Manager", "PrepareForSleep", "b", False)
    told.tell(CLOCK_PATH, PROPERTIES, "PropertiesChanged", "sa{sv}as", "org.freedesktop.timedate1",
              {"Timezone": ("s", "Asia/Shanghai")}, [])  # fmt: skip
    told.tell("/ScreenSaver", "org.freedesktop.ScreenSaver", "ActiveChanged", "b", True)
    assert sorted(told.line() for _ in range(3)) == ["locked", "returned", "returned"]  # two buses have no order


@pytest.mark.parametrize(("session", "last"), [("2", "_32"), ("c12", "c12"), ("a-1", "a_2d1")])
def test_a_session_is_found_by_its_id(session: str, last: str) -> None:
    assert session_path(session) == f"/org/freedesktop/login1/session/{last}"
