"""The settings without a mouse: Tab goes down each page as one reads it, and every control has a name."""

from __future__ import annotations

from itertools import pairwise
from pathlib import Path

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QAccessible
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QAbstractSpinBox, QComboBox, QLineEdit, QWidget
from pytestqt.qtbot import QtBot
from ui.preferring import opened, place_of, settled

from taximeter.ui.settings_window import SettingsWindow

PAGES = ("general", "budget", "question", "agents", "prices", "notifications", "data", "about")
CONTROLS = (QAbstractButton, QAbstractSpinBox, QComboBox, QLineEdit)


def walked(window: SettingsWindow) -> list[QWidget]:
    """Where Tab leads, from the search on, until it is back."""
    window.activateWindow()
    window.search.setFocus()
    found: list[QWidget] = []
    widget = window.focusWidget()
    while widget not in found or widget is found[-1]:  # hours and minutes are one widget
        found += [widget] if widget not in found else []
        QTest.keyClick(widget, Qt.Key.Key_Tab)
        widget = window.focusWidget()
    return found


@pytest.mark.parametrize("page", PAGES)
def test_tab_goes_down_the_page_and_leaves_nothing_out(qtbot: QtBot, tmp_path: Path, page: str) -> None:
    with opened(qtbot, place_of(tmp_path)) as window:
        window.open_page(page)
        settled(qtbot, window)
        inside = window.pages[page]
        way = [one for one in walked(window) if inside.isAncestorOf(one)]
        own = [one for one in inside.findChildren(QWidget) if isinstance(one, CONTROLS) and usable(one)]
        assert not [one.accessibleName() for one in own if one not in way]
        heights = [one.mapTo(inside, QPoint(0, one.height() // 2)).y() for one in way]
        line = window.fontMetrics().height()
        steps = zip(pairwise(heights), way[1:], strict=True)
        jumps = [one.accessibleName() for (before, after), one in steps if after < before - line]
        assert not jumps


def usable(widget: QWidget) -> bool:
    """Whether a person can use it; not the field inside a box of numbers, nor a calendar's own parts."""
    part = isinstance(widget.parent(), QAbstractSpinBox | QComboBox | QLineEdit) or widget.objectName().startswith(
        "qt_"
    )
    return widget.isVisible() and widget.isEnabled() and not part


@pytest.mark.parametrize("page", PAGES)
def test_every_control_is_named_for_the_screen_reader(qtbot: QtBot, tmp_path: Path, page: str) -> None:
    with opened(qtbot, place_of(tmp_path)) as window:
        window.open_page(page)
        settled(qtbot, window)
        own = [one for one in window.pages[page].findChildren(QWidget) if isinstance(one, CONTROLS) and usable(one)]
        assert own
        for one in own:
            interface = QAccessible.queryAccessibleInterface(one)
            assert interface.text(QAccessible.Text.Name), type(one)
