"""The settings window, opened from wherever it is asked for; at most one."""

from __future__ import annotations

from collections.abc import Callable, Collection
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QWidget
from shiboken6 import isValid

from taximeter.ui.bridge import Bridge
from taximeter.ui.company_windows import bring_forward, in_place
from taximeter.ui.desk import Desk, QuestionsPaused
from taximeter.ui.figures import Figures

if TYPE_CHECKING:
    from taximeter.ui.settings_window import SettingsWindow


class SettingsOpening:
    """Opens it, keeps it up to date until it is closed, and knows meanwhile whether questions are paused."""

    def __init__(self, desk: Desk, bridge: Bridge, shown: Callable[[], None], sign_in: Callable[[], None]) -> None:
        """``shown`` hears that it came or went, ``sign_in`` that the window for signing in is wanted."""
        self._desk, self._bridge = desk, bridge
        self._shown, self._sign_in = shown, sign_in
        self._paused_until: int | None = None
        self._window: SettingsWindow | None = None
        self._closing: list[QWidget | None] = []
        bridge.questions_paused.connect(self._on_paused)

    def open(self, figures: Figures, page: str = "") -> None:
        """Show it, at a page where one is named."""
        from taximeter.ui.settings_window import SettingsWindow

        if self._window is None:
            self._window = SettingsWindow(self._desk, self._bridge, figures, self._paused_until)
            self._window.closed.connect(self._on_closed)
            self._window.sign_in_asked.connect(self._sign_in)
            self._shown()
        if page:
            self._window.open_page(page)
        bring_forward(self._window)

    def open_anew(self) -> None:
        """Build it again in another language, at the page where it is."""
        if self._window is not None:
            figures, page = self._window.figures, self._window.page
            in_place(self._window, partial(self.open, figures, page), self.open_windows)

    def follow(self, figures: Figures) -> None:
        """Write figures so from now on."""
        if self._window is not None:
            self._window.follow_figures(figures)

    def open_windows(self) -> Collection[QWidget]:
        """The window, while it is open."""
        return [self._window] if self._window is not None and isValid(self._window) else []

    def _on_paused(self, paused: object) -> None:
        if isinstance(paused, QuestionsPaused):
            self._paused_until = paused.until

    def _on_closed(self) -> None:
        closed, self._window = self._window, None
        # Qt is in the middle of the event that closed it; without a reference it would be freed at once.
        self._closing.append(closed)
        QTimer.singleShot(0, self._closing.clear)
        self._shown()
