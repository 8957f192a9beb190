"""Whether somebody can look: that the screen is locked, that the computer woke, that it is in another time zone.

Heard over the desktop's own buses, without asking and without a thread; elsewhere than on Linux nothing is heard.
"""

from __future__ import annotations

import os
import sys
from typing import TYPE_CHECKING, cast

from PySide6.QtCore import SLOT, QObject, Signal, Slot

if TYPE_CHECKING:
    from PySide6.QtDBus import QDBusConnection, QDBusMessage, QDBusPendingCallWatcher

SAVERS = ("org.freedesktop.ScreenSaver", "org.gnome.ScreenSaver", "org.cinnamon.ScreenSaver", "org.mate.ScreenSaver",
          "org.xfce.ScreenSaver")  # fmt: skip
"""Who tells that a screen was locked; desktops have one of them, some none."""
PROPERTIES = "org.freedesktop.DBus.Properties"
LOGIN, LOGIN_PATH = "org.freedesktop.login1", "/org/freedesktop/login1"
CLOCK, CLOCK_PATH = "org.freedesktop.timedate1", "/org/freedesktop/timedate1"


class Presence(QObject):
    """Starts out unlocked: an app that starts at login starts with somebody there."""

    locked_changed = Signal(bool)
    returned = Signal()
    """Time has passed, or another zone's holds: what is shown may be old."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._by_saver = self._by_session = False
        self._asking: QDBusPendingCallWatcher | None = None

    @property
    def locked(self) -> bool:
        """Whether the screen is locked, as far as anybody tells."""
        return self._by_saver or self._by_session

    def begin(self) -> None:
        """Listen from now on. A bus that is not there says nothing."""
        if sys.platform != "linux":
            return
        from PySide6.QtDBus import QDBusConnection

        own, system = QDBusConnection.sessionBus(), QDBusConnection.systemBus()
        for saver in SAVERS:
            own.connect("", "", saver, "ActiveChanged", self, _slot("on_saver"))
        manager = f"{LOGIN}.Manager"
        system.connect(LOGIN, LOGIN_PATH, manager, "PrepareForSleep", self, _slot("on_sleep"))
        system.connect(CLOCK, CLOCK_PATH, PROPERTIES, "PropertiesChanged", self, _slot("on_clock"))
        session = os.environ.get("XDG_SESSION_ID", "")
        if session:
            path = session_path(session)
            system.connect(LOGIN, path, PROPERTIES, "PropertiesChanged", self, _slot("on_session"))

    @Slot("QDBusMessage")
    def on_saver(self, message: QDBusMessage) -> None:
        """The screen saver came or went."""
        active = message.arguments()[:1] == [True]
        self._note(by_saver=active, by_session=self._by_session)

    @Slot("QDBusMessage")
    def on_sleep(self, message: QDBusMessage) -> None:
        """The computer is about to sleep, or woke."""
        if message.arguments()[:1] == [False]:
            self.returned.emit()

    @Slot("QDBusMessage")
    def on_clock(self, _message: QDBusMessage) -> None:
        """The clock was set otherwise, or the zone."""
        self.returned.emit()

    @Slot("QDBusMessage")
    def on_session(self, message: QDBusMessage) -> None:
        """Something of the login session changed: it is asked whether it is locked, which Qt cannot read here."""
        from PySide6.QtDBus import QDBusConnection, QDBusMessage, QDBusPendingCallWatcher

        question = QDBusMessage.createMethodCall(LOGIN, message.path(), PROPERTIES, "Get")
        question.setArguments([f"{LOGIN}.Session", "LockedHint"])
        bus: QDBusConnection = QDBusConnection.systemBus()
        self._asking = QDBusPendingCallWatcher(bus.asyncCall(question), self)
        self._asking.finished.connect(self._on_hint)

    def _on_hint(self, watcher: QDBusPendingCallWatcher) -> None:
        if watcher is not self._asking:
            return
        self._asking = None
        answer = watcher.reply().arguments() if not watcher.isError() else []
        watcher.deleteLater()
        if answer:
            hint = answer[0]
            locked = hint.variant() if hasattr(hint, "variant") else hint
            self._note(by_saver=self._by_saver, by_session=bool(locked))

    def _note(self, *, by_saver: bool, by_session: bool) -> None:
        before = self.locked
        self._by_saver, self._by_session = by_saver, by_session
        if self.locked != before:
            self.locked_changed.emit(self.locked)


def _slot(name: str) -> bytes:
    """How Qt knows a slot that takes a message: text, although its types ask for bytes, which it does not find."""
    return cast("bytes", SLOT(f"{name}(QDBusMessage)"))


def session_path(session: str) -> str:
    """Where a login session's object is: its id with what D-Bus allows in no path written as numbers."""
    escaped = "".join(
        one if one.isascii() and (one.isalpha() or (one.isdigit() and at > 0)) else f"_{ord(one):02x}"
        for at, one in enumerate(session)
    )
    return f"{LOGIN_PATH}/session/{escaped}"
