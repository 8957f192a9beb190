"""Fills the settings' pages: one that is seen or searched at once, the others one by one while nobody waits."""

from __future__ import annotations

from collections.abc import Mapping

from PySide6.QtCore import QObject, QTimer

from taximeter.ui.figures import Figures
from taximeter.ui.settings_desk import SettingsSeen
from taximeter.ui.settings_page import Page


class Filling(QObject):
    """Making the rows of all pages at once would keep the window waiting."""

    def __init__(self, pages: Mapping[str, Page], parent: QObject) -> None:
        super().__init__(parent)
        self._pages = pages
        self._what: tuple[SettingsSeen, Figures] | None = None
        self.left: list[str] = []
        """The pages that do not show these settings yet."""

    def begin(self, seen: SettingsSeen, figures: Figures) -> None:
        """The settings as they are from now on."""
        self._what, self.left = (seen, figures), list(self._pages)
        QTimer.singleShot(0, self, self._fill_next)

    def fill(self, name: str) -> None:
        """That page now, if it is not filled yet."""
        if name in self.left and self._what is not None:
            self.left.remove(name)
            self._pages[name].show_settings(*self._what)

    def _fill_next(self) -> None:
        if self.left:
            self.fill(self.left[0])
            QTimer.singleShot(0, self, self._fill_next)
