"""The windows of the app: one of each kind, freed when closed, and what their verbs lead to."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from typing import TypeVar

import pytest
from PySide6.QtCore import QCoreApplication, QEvent, QRect, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot
from ui.made_up import CHECKOUT, FIGURES, SNAPSHOT, desk

from taximeter.ledger.readmodels_service import ServiceStanding, ServiceState
from taximeter.ui.bridge import Bridge
from taximeter.ui.desk import Preferences, TroubleSeen
from taximeter.ui.first_run import FirstRun
from taximeter.ui.lines import SessionLine
from taximeter.ui.popover import Popover
from taximeter.ui.sessions import SessionsWindow
from taximeter.ui.sign_in import SignInWindow
from taximeter.ui.windows import Windows

T = TypeVar("T")


@dataclass
class Stage:
    windows: Windows
    bridge: Bridge
    preferences: Preferences

    def show(self) -> None:
        self.windows.show_snapshot(SNAPSHOT, FIGURES, self.preferences)


@pytest.fixture
def stage(qtbot: QtBot) -> Iterator[Stage]:
    desk_ = desk()
    bridge = Bridge(desk_.submit)
    windows = Windows(desk_, bridge, QRect, bridge)
    yield Stage(windows, bridge, Preferences(first_run_done=True))
    windows.close_all()
    free_closed()


def free_closed() -> None:
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete.value)


def open_windows() -> list[QWidget]:
    return [one for one in QApplication.topLevelWidgets() if one.isVisible() and one.parent() is None]


def only(kind: type[T]) -> T:
    found = [one for one in QApplication.topLevelWidgets() if isinstance(one, kind)]
    assert len(found) == 1
    return found[0]


def test_what_is_asked_for_before_anything_is_known_opens_with_the_first_answer(stage: Stage) -> None:
    stage.windows.open_popover()
    assert not open_windows()
    stage.show()
    assert only(Popover).isVisible()


def test_the_icon_opens_and_closes_the_popover(stage: Stage) -> None:
    stage.show()
    stage.windows.toggle_popover()
    assert only(Popover).isVisible()
    stage.windows.toggle_popover()
    free_closed()
    assert not open_windows()
    stage.windows.toggle_popover()  # the same click, which took the focus
    assert not open_windows()


def test_windows_are_freed_when_closed(stage: Stage) -> None:
    stage.show()
    before = len(QApplication.topLevelWidgets())
    openers: tuple[Callable[[], None], ...] = (
        stage.windows.open_popover, stage.windows.open_sessions, stage.windows.open_used_up,
        stage.windows.open_first_run,
    )  # fmt: skip
    for opener in openers:
        opener()
        opener()
    assert len(open_windows()) == 4
    stage.windows.close_all()
    free_closed()
    assert len(QApplication.topLevelWidgets()) == before


def test_a_session_in_the_popover_opens_its_page(stage: Stage, qtbot: QtBot) -> None:
    stage.show()
    stage.windows.open_popover()
    line = next(one for one in only(Popover).findChildren(SessionLine) if "$17.26" in one.accessibleName())
    QTest.mouseClick(line, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: only(SessionsWindow).page.cost.text() == "$17.26")
    assert only(SessionsWindow)._session == CHECKOUT.id


def test_hide_numbers_and_the_flip_of_the_reset_are_chosen_by_one_click(stage: Stage, qtbot: QtBot) -> None:
    stage.show()
    stage.windows.open_popover()
    popover = only(Popover)
    with qtbot.waitSignal(stage.windows.preferences_chosen) as chosen:
        QTest.mouseClick(popover.hide_numbers, Qt.MouseButton.LeftButton)
    assert chosen.args == [replace(stage.preferences, hide_numbers=True)]
    with qtbot.waitSignal(stage.windows.preferences_chosen) as chosen:
        QTest.mouseClick(popover.card.flip, Qt.MouseButton.LeftButton)
    assert chosen.args == [replace(stage.preferences, show_clock=True)]


def test_closing_the_first_run_ends_it(stage: Stage, qtbot: QtBot) -> None:
    stage.preferences = Preferences()
    stage.show()
    stage.windows.open_first_run()
    with qtbot.waitSignal(stage.windows.preferences_chosen) as chosen:
        stage.windows.close_all()
    assert chosen.args == [Preferences(first_run_done=True)]


def test_a_second_start_brings_something_to_the_front(stage: Stage) -> None:
    stage.show()
    stage.windows.raise_or_open()
    assert only(Popover).beside is None


def test_without_a_tray_the_window_says_how_to_get_it_back(stage: Stage) -> None:
    stage.show()
    stage.windows.open_without_tray()
    assert only(Popover).no_tray.isVisible()


def test_trouble_is_shown_in_what_is_opened_next(stage: Stage) -> None:
    stage.show()
    stage.windows.show_trouble(TroubleSeen("The logs cannot be read", "Check the folder's rights."))
    stage.windows.open_popover()
    assert only(Popover).trouble.isVisible()


def test_an_age_in_seconds_grows_while_somebody_looks(qtbot: QtBot) -> None:
    later = replace(desk(), now=lambda: SNAPSHOT.now + 20_000)
    bridge = Bridge(later.submit)
    windows = Windows(later, bridge, QRect, bridge)
    windows.show_snapshot(SNAPSHOT, FIGURES, Preferences(first_run_done=True))
    windows.open_popover()
    popover = only(Popover)
    assert popover.card.age.text() == "12 s ago"
    popover.aged.emit()
    assert popover.card.age.text() == "32 s ago"
    windows.close_all()
    free_closed()
    bridge.deleteLater()
    free_closed()


def test_signing_in_is_reached_from_the_popover_and_the_welcome_and_opens_once(stage: Stage) -> None:
    out = ServiceStanding("budget.example.com", ServiceState.SIGNED_OUT, failure="Nobody is signed in")
    stage.windows.show_snapshot(replace(SNAPSHOT, outlooks=(), service=out), FIGURES, stage.preferences)
    before = len(QApplication.topLevelWidgets())
    stage.windows.open_popover()
    link = only(Popover).asking.sign_in
    assert (link.isVisible(), link.text()) == (True, "Sign in")
    link.click()
    stage.windows.open_first_run()
    only(FirstRun).connect_card.sign_in_asked.emit()
    assert only(SignInWindow).isVisible()
    stage.windows.close_all()
    free_closed()
    assert len(QApplication.topLevelWidgets()) == before
