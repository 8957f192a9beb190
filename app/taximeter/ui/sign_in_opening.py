"""The window for signing in, opened from wherever it is asked for; at most one."""

from __future__ import annotations

from collections.abc import Callable, Collection
from typing import TYPE_CHECKING

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QWidget
from shiboken6 import isValid

from taximeter.ledger.readmodels import Snapshot
from taximeter.ui.bridge import Bridge
from taximeter.ui.company_windows import bring_forward
from taximeter.ui.desk import Desk

if TYPE_CHECKING:
    from taximeter.ui.sign_in import SignInWindow


class SignInOpening:
    """Opens it, and keeps it up to date until it is closed."""

    def __init__(self, desk: Desk, bridge: Bridge, shown_changed: Callable[[], None]) -> None:
        """``shown_changed`` is called after it was opened or closed."""
        self._desk = desk
        self._bridge = bridge
        self._shown_changed = shown_changed
        self._window: SignInWindow | None = None
        self._closing: list[QWidget | None] = []

    def open(self) -> None:
        """Show it; one that is open already goes on where it is."""
        from taximeter.ui.sign_in import SignInWindow

        if self._window is None:
            self._window = SignInWindow(self._desk, self._bridge)
            self._window.closed.connect(self._on_closed)
            self._window.begin()
            self._shown_changed()
        bring_forward(self._window)

    def follow(self, snapshot: Snapshot) -> None:
        """Show what is known now."""
        if self._window is not None:
            self._window.follow(snapshot)

    def open_windows(self) -> Collection[QWidget]:
        """The window, while it is open."""
        return [self._window] if self._window is not None and isValid(self._window) else []

    def _on_closed(self) -> None:
        closed, self._window = self._window, None
        # Qt is in the middle of the event that closed it; without a reference it would be freed at once.
        self._closing.append(closed)
        QTimer.singleShot(0, self._closing.clear)
        self._shown_changed()
