"""The tray icon: applies a ``TrayView``, keeps the menu's shape, and tells what was clicked."""

from __future__ import annotations

import sys

from PySide6.QtCore import QCoreApplication, QObject, QRect, QTimer, Signal
from PySide6.QtGui import QAction, QCursor, QGuiApplication
from PySide6.QtWidgets import QMenu, QSystemTrayIcon

from taximeter.ui.gauge import IconKey, icon
from taximeter.ui.tray_bus import host_expected
from taximeter.ui.tray_view import TrayView

translate = QCoreApplication.translate

RETRY_MS = (500, 1000, 2000, 5000, 10_000)
"""How soon to look again for a tray host that appears after login; then every minute."""
RETRY_LATER_MS = 60_000


class Tray(QObject):
    """Lives as long as the app. Signals carry no data: what is shown is asked for anew."""

    clicked = Signal()
    open_asked = Signal()
    sessions_asked = Signal()
    question_asked = Signal()
    pause_asked = Signal()
    settings_asked = Signal()
    quit_asked = Signal()
    host_missing = Signal()
    """Once, when no tray host came up in the first seconds."""

    def __init__(self, view: TrayView, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._shown_key: IconKey | None = None
        self._tries = 0
        with host_expected(QGuiApplication.platformName()):
            self._tray = QSystemTrayIcon(self)
        self._tray.activated.connect(self._on_activated)
        self._menu = QMenu()
        self._question = self._add(view.question, self.question_asked)
        self._menu.addSeparator()
        self._facts = [self._add(text, self.open_asked) for text in view.facts]
        self._menu.addSeparator()
        first = self._add("", self.open_asked), self._add("", self.sessions_asked)
        self._pause = self._add(view.pause, self.pause_asked)
        self._menu.addSeparator()
        self._verbs = *first, self._add("", self.settings_asked), self._add("", self.quit_asked)
        if sys.platform != "darwin":  # there a menu would swallow the left click
            self._tray.setContextMenu(self._menu)
        self._retry = QTimer(self)
        self._retry.setSingleShot(True)
        self._retry.timeout.connect(self._look_for_host)
        self.apply(view)

    def show(self) -> None:
        """Show the icon now or as soon as there is a host for it."""
        self._tray.show()
        self._look_for_host()

    def close(self) -> None:
        """Take the icon away for good and stop looking for a host."""
        self._retry.stop()
        self._tray.hide()
        self._menu.deleteLater()

    def apply(self, view: TrayView) -> None:
        """Show a view; the icon is set only when a step of it changed."""
        if view.icon != self._shown_key:
            self._shown_key = view.icon
            self._tray.setIcon(icon(view.icon))
        if view.tooltip != self._tray.toolTip():
            self._tray.setToolTip(view.tooltip)
        self._question.setEnabled(view.waits)
        labels = (view.question, *view.facts, view.pause, *_verbs())
        actions = (self._question, *self._facts, self._pause, *self._verbs)
        for action, text in zip(actions, labels, strict=True):
            if action.text() != text:
                action.setText(text)

    def tell(self, title: str, body: str) -> None:
        """Tell something by the system's own way, where there are no notifications over a bus.

        Not on Linux: some panels put a warning in the icon's place meanwhile, and none is there without a server.
        """
        if sys.platform != "linux":
            self._tray.showMessage(title, body, QSystemTrayIcon.MessageIcon.NoIcon)

    def geometry(self) -> QRect:
        """Where the icon is; empty where the platform does not tell. Right only at click time."""
        return self._tray.geometry()

    def is_available(self) -> bool:
        """Whether a tray host shows the icon."""
        return QSystemTrayIcon.isSystemTrayAvailable()

    def _add(self, text: str, signal: object) -> QAction:
        action = self._menu.addAction(text)
        action.triggered.connect(signal)
        return action

    def _on_activated(self, reason: QSystemTrayIcon.ActivationReason) -> None:
        kinds = QSystemTrayIcon.ActivationReason
        if reason in (kinds.Trigger, kinds.DoubleClick):
            self.clicked.emit()
        elif reason == kinds.MiddleClick:
            self.sessions_asked.emit()
        elif reason == kinds.Context and sys.platform == "darwin":
            self._menu.popup(QCursor.pos())

    def _look_for_host(self) -> None:
        if self.is_available():
            if self._tries:
                self._tray.hide()
                self._tray.show()
            return
        if self._tries == len(RETRY_MS) - 2:
            self.host_missing.emit()
        delay = RETRY_MS[self._tries] if self._tries < len(RETRY_MS) else RETRY_LATER_MS
        self._tries += 1
        self._retry.start(delay)


def _verbs() -> tuple[str, str, str, str]:
    """What the menu does, in the language that is spoken now."""
    return (translate("Tray", "Open"), translate("Tray", "Sessions"), translate("Tray", "Settings"),
            translate("Tray", "Quit Taximeter"))  # fmt: skip
