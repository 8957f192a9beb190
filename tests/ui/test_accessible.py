"""Every control and every painted part of every window is named, with its value."""

from __future__ import annotations

from dataclasses import replace

import pytest
from PySide6.QtCore import QRect
from PySide6.QtGui import QAccessible
from PySide6.QtWidgets import QAbstractButton, QAbstractItemView, QComboBox, QLineEdit, QProgressBar, QWidget
from pytestqt.qtbot import QtBot
from ui.asked import AMBER, RED
from ui.made_up import CHECKOUT, FIGURES, NOW, SNAPSHOT, desk

from taximeter.ui.bars import KindBar, QuotaBar
from taximeter.ui.bridge import Bridge
from taximeter.ui.days import DayBars
from taximeter.ui.first_run import FirstRun
from taximeter.ui.glance import glance_of
from taximeter.ui.legend import Legend
from taximeter.ui.lines import SessionLine
from taximeter.ui.popover import Popover
from taximeter.ui.question import QuestionWindow
from taximeter.ui.question_bar import LaunchBar
from taximeter.ui.service_scenes import service_scenes
from taximeter.ui.sessions import SessionsWindow
from taximeter.ui.sign_in import SignInWindow
from taximeter.ui.sign_in_scenes import HOST, SERVICE, sign_in_scenes, steps_of
from taximeter.ui.signing_in import Probe
from taximeter.ui.surface import Card
from taximeter.ui.timeline import Timeline
from taximeter.ui.used_up import UsedUp

CONTROLS = (QAbstractButton, QAbstractItemView, QComboBox, QLineEdit, QProgressBar)
SIGNING_IN = {scene.name: scene.state for scene in sign_in_scenes(NOW)}
PAINTED = (LaunchBar, QuotaBar, KindBar, Timeline, DayBars, SessionLine)


@pytest.fixture(
    params=[
        "popover",
        "service",
        "sessions",
        "days",
        "first run",
        "used up",
        "question",
        "connect",
        *(f"sign in {name}" for name in SIGNING_IN),
    ]
)
def window(request: pytest.FixtureRequest, qtbot: QtBot) -> Card:
    desk_ = desk()
    bridge = Bridge(desk_.submit)
    shown: Card
    if request.param == "popover":
        shown = Popover(QRect(0, 0, 8, 8))
        shown.show_glance(glance_of(SNAPSHOT, FIGURES), numbers_hidden=False)
    elif request.param == "service":
        shown = Popover(QRect(0, 0, 8, 8))
        several = next(one.snapshot for one in service_scenes(SNAPSHOT) if one.name == "service-several")
        shown.show_glance(glance_of(several, FIGURES), numbers_hidden=False)
    elif request.param == "question":
        shown = QuestionWindow(lambda: NOW, FIGURES)
        shown.show_questions((AMBER, RED), {}, set())
    elif request.param == "first run":
        shown = FirstRun(desk_, bridge)
        shown.show_snapshot(SNAPSHOT, FIGURES)
    elif request.param == "used up":
        shown = UsedUp()
        shown.show_snapshot(SNAPSHOT, FIGURES)
    elif str(request.param).startswith("sign in "):
        shown = SignInWindow(desk_, bridge)
        shown.show_state(SIGNING_IN[str(request.param).removeprefix("sign in ")])
    elif request.param == "connect":
        found = Probe(SERVICE.origin, "", "", HOST)
        shown = FirstRun(replace(desk_, sign_in=steps_of(None, found)), bridge)
        shown.show_snapshot(SNAPSHOT, FIGURES)
        shown.connect_card.look.click()
        shown.connect_card.some.setChecked(True)
    else:
        shown = SessionsWindow(desk_, bridge, FIGURES)
        shown.begin(CHECKOUT.id)
        shown.views.setCurrentIndex(int(request.param == "days"))
    bridge.setParent(shown)
    qtbot.addWidget(shown)
    shown.show()
    qtbot.waitUntil(lambda: not bridge.is_waiting)
    return shown


def visible(window: Card, kinds: tuple[type[QWidget], ...]) -> list[QWidget]:
    return [one for one in window.findChildren(QWidget) if isinstance(one, kinds) and one.isVisible()]


def spoken(widget: QWidget) -> str:
    interface = QAccessible.queryAccessibleInterface(widget)
    return str(interface.text(QAccessible.Text.Name))


def test_every_control_has_a_name(window: Card) -> None:
    own = [one for one in visible(window, CONTROLS) if not one.objectName().startswith("qt_")]
    assert own
    assert not [one for one in own if not spoken(one)]


def test_painted_parts_say_what_they_show(window: Card) -> None:
    assert not [one for one in visible(window, PAINTED) if not any(char.isdigit() for char in spoken(one))]
    assert not [one for one in visible(window, (Legend,)) if not spoken(one)]


def test_windows_have_titles(window: Card) -> None:
    assert window.windowTitle()


def test_every_control_can_be_reached_by_keyboard(window: Card) -> None:
    from PySide6.QtCore import Qt

    controls = (QAbstractButton, QAbstractItemView, QComboBox, QLineEdit)
    own = [one for one in visible(window, controls) if not one.objectName().startswith("qt_")]
    loose = [one for one in own if isinstance(one.parent(), QAbstractItemView | QComboBox | QLineEdit)]
    assert not [one for one in own if one not in loose and not one.focusPolicy() & Qt.FocusPolicy.TabFocus]
