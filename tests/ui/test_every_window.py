"""Every window of the gallery, in the longest words and in Chinese: nothing is cut off, all is named and reached."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

import pytest
from PySide6.QtCore import QCoreApplication, QEvent, Qt
from PySide6.QtGui import QAccessible
from PySide6.QtTest import QTest
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractItemView,
    QAbstractSpinBox,
    QApplication,
    QComboBox,
    QLabel,
    QLineEdit,
    QPlainTextEdit,
    QProgressBar,
    QTabBar,
    QTextEdit,
    QWidget,
)
from pytestqt.qtbot import QtBot
from ui.made_up import FIGURES, SNAPSHOT, desk

from taximeter.ui.bars import KindBar, QuotaBar
from taximeter.ui.bridge import Bridge
from taximeter.ui.days import DayBars
from taximeter.ui.gallery import screens
from taximeter.ui.gallery_painting import picture
from taximeter.ui.language import PSEUDO, speak
from taximeter.ui.lines import SessionLine
from taximeter.ui.question_bar import LaunchBar
from taximeter.ui.timeline import Timeline
from taximeter.ui.told import in_language

CONTROLS = (QAbstractButton, QAbstractItemView, QComboBox, QLineEdit, QAbstractSpinBox, QPlainTextEdit, QTextEdit,
            QProgressBar, QTabBar)  # fmt: skip
PAINTED = (LaunchBar, QuotaBar, KindBar, Timeline, DayBars, SessionLine)
OTHERS_OWN = ("qt_", "ScrollLeftButton", "ScrollRightButton")
"""Parts that Qt puts into its own widgets."""


@pytest.fixture(autouse=True)
def english_again(qapp: QApplication) -> Iterator[None]:
    yield
    speak("en")


def windows(language: str) -> Iterator[tuple[str, QWidget]]:
    """Each window in turn, painted once."""
    figures = replace(FIGURES, locale=speak(language))
    desk_ = desk()
    bridge = Bridge(desk_.submit)
    for name, window in screens(desk_, bridge, in_language(SNAPSHOT), figures):
        picture(window, 1)
        yield name, window
        window.deleteLater()
        QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete.value)
    bridge.close()
    bridge.deleteLater()
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete.value)


def visible(window: QWidget, kinds: tuple[type[QWidget], ...]) -> list[QWidget]:
    found = [one for one in window.findChildren(QWidget) if isinstance(one, kinds) and one.isVisible()]
    return [one for one in found if not one.objectName().startswith(OTHERS_OWN)]


def spoken(widget: QWidget) -> str:
    return str(QAccessible.queryAccessibleInterface(widget).text(QAccessible.Text.Name))


def is_inner(widget: QWidget) -> bool:
    """Whether it is a part of a control that stands for it."""
    return isinstance(widget.parentWidget(), QComboBox | QAbstractSpinBox | QLineEdit | QAbstractItemView | QTabBar)


def cut_off(window: QWidget) -> list[str]:
    """Texts that have too little room and no second way to be read."""
    found = []
    for button in visible(window, (QAbstractButton,)):
        assert isinstance(button, QAbstractButton)
        lines = button.text().replace("&", "").split("\n")
        longest = max(map(button.fontMetrics().horizontalAdvance, lines))
        parent = button.parentWidget()
        outside = parent is not None and button.geometry().right() > parent.width()
        if button.text() and button.toolTip() != button.text() and (button.width() < longest or outside):
            found.append(f"button {button.text()}")
    for label in visible(window, (QLabel,)):
        assert isinstance(label, QLabel)
        if not label.text() or label.toolTip() == label.text():
            continue
        if label.wordWrap():
            if label.heightForWidth(label.width()) > label.height() + 1:
                found.append(f"lines {label.text()}")
        elif label.width() < label.fontMetrics().horizontalAdvance(label.text()):
            found.append(f"label {label.text()}")
    for box in visible(window, (QComboBox,)):
        assert isinstance(box, QComboBox)
        if box.width() < box.minimumSizeHint().width():
            found.append(f"choice {box.currentText()}")
    return found


@pytest.mark.parametrize("language", [PSEUDO, "zh_CN", "en"])
def test_nothing_is_cut_off_in_any_window(language: str, qtbot: QtBot) -> None:
    found = {name: cut for name, window in windows(language) if (cut := cut_off(window))}
    assert not found, "\n".join(f"{name}: {cut}" for name, cuts in found.items() for cut in cuts)


def test_nothing_is_cut_off_in_text_of_twice_the_size(qtbot: QtBot) -> None:
    app = QApplication.instance()
    assert isinstance(app, QApplication)
    before = app.font()
    large = app.font()
    large.setPointSizeF(2 * before.pointSizeF())
    app.setFont(large)
    try:
        found = {name: cut for name, window in windows("en") if (cut := cut_off(window))}
    finally:
        app.setFont(before)
    assert not found, "\n".join(f"{name}: {cut}" for name, cuts in found.items() for cut in cuts)


def test_every_control_and_chart_of_every_window_is_named(qtbot: QtBot) -> None:
    unnamed, mute, untitled = [], [], []
    for name, window in windows("en"):
        own = [one for one in visible(window, CONTROLS) if not is_inner(one)]
        unnamed += [(name, type(one).__name__) for one in own if not spoken(one)]
        mute += [(name, type(one).__name__) for one in visible(window, PAINTED) if not spoken(one)]
        untitled += [] if window.windowTitle() else [name]
    assert (unnamed, mute, untitled) == ([], [], [])


def test_every_control_of_every_window_is_reached_by_keyboard(qtbot: QtBot) -> None:
    missed = []
    for name, window in windows("en"):
        window.activateWindow()
        wanted = {one for one in visible(window, CONTROLS) if one.isEnabled() and not is_inner(one)
                  and not isinstance(one, QProgressBar)}  # fmt: skip
        reached = walk(window, len(wanted))
        missed += [(name, type(one).__name__, spoken(one)) for one in wanted if not reached & group_of(one)]
    assert missed == []


def walk(window: QWidget, controls: int) -> set[QWidget]:
    """What has the keyboard after each of as many presses of Tab as there could be stops."""
    reached = set()
    for _ in range(controls + 12):
        focus = window.focusWidget()
        if focus is not None:
            reached.add(focus)
        if isinstance(focus, QPlainTextEdit | QTextEdit) and not focus.tabChangesFocus():
            QTest.keyClick(focus, Qt.Key.Key_Backtab)
        window.focusNextPrevChild(True)
    return reached


def group_of(control: QWidget) -> set[QWidget]:
    """A control, or the whole group of choices of which Tab reaches one and the arrows the others."""
    if isinstance(control, QAbstractButton) and control.autoExclusive() and control.isCheckable():
        parent = control.parentWidget()
        if parent is not None:
            return {one for one in parent.findChildren(QAbstractButton) if one.autoExclusive()}
    return {control, *control.findChildren(QWidget)}


def test_nothing_moves_while_nobody_does_anything(qtbot: QtBot) -> None:
    from PySide6.QtCore import QAbstractAnimation

    for name, window in windows("en"):
        # A field's clear button fades in and is done; what has no end would never rest.
        moving = [one for one in window.findChildren(QAbstractAnimation) if one.totalDuration() < 0]
        assert not moving, name
        busy = [one for one in window.findChildren(QProgressBar) if one.isVisible() and one.maximum() == 0]
        assert not busy, name
