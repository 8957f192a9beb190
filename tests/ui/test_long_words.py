"""Other languages are longer: with every text 40 % longer nothing is cut off that has no second way to be read."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

import pytest
from PySide6.QtCore import QCoreApplication, QRect, QTranslator
from PySide6.QtWidgets import QAbstractButton, QLabel
from pytestqt.qtbot import QtBot
from ui.asked import AMBER, SCENES
from ui.made_up import CHECKOUT, FIGURES, NOW, SNAPSHOT, desk

from taximeter.domain.launch import Finding, Question, Rule, Severity
from taximeter.domain.thresholds import NANO, Thresholds
from taximeter.ui.bridge import Bridge
from taximeter.ui.first_run import FirstRun
from taximeter.ui.glance import glance_of
from taximeter.ui.popover import Popover
from taximeter.ui.question import QuestionWindow
from taximeter.ui.service_scenes import USED_UP, service_scenes
from taximeter.ui.sessions import SessionsWindow
from taximeter.ui.sign_in import SignInWindow
from taximeter.ui.sign_in_scenes import HOST, SERVICE, sign_in_scenes, steps_of
from taximeter.ui.signing_in import Probe
from taximeter.ui.surface import Card
from taximeter.ui.used_up import UsedUp

SIGNING_IN = {f"sign in {scene.name}": scene.state for scene in sign_in_scenes(NOW)}
SERVICES = {scene.name: scene.snapshot for scene in service_scenes(SNAPSHOT)}


class Longer(QTranslator):
    """Makes every text 40 % longer and leaves its placeholders alone."""

    def translate(self, context: str, source: str, disambiguation: str | None = None, n: int = -1) -> str:
        return source + "\N{LATIN SMALL LETTER E WITH ACUTE}" * -(-len(source) * 4 // 10)

    def isEmpty(self) -> bool:  # noqa: N802 - Qt's own name
        return False


@pytest.fixture(autouse=True)
def longer(qapp: QCoreApplication) -> Iterator[None]:
    translator = Longer()
    qapp.installTranslator(translator)
    yield
    qapp.removeTranslator(translator)


def offers() -> Iterator[Question]:
    """A question for each rule, with the highest threshold that is offered."""
    most = Thresholds(left_amber_percent=50, pace_amber_days=31, typical_amber_times=1000, cold_agents=1000,
                      cold_amount=1_000_000 * NANO)  # fmt: skip
    for rule in Rule:
        verdict = replace(AMBER.verdict, findings=(Finding(rule, Severity.AMBER, "month"),))
        yield replace(AMBER, id=rule, verdict=verdict, offer=most)


def window_called(name: str, bridge: Bridge) -> Card:
    if name == "popover":
        popover = Popover(QRect(0, 0, 8, 8))
        popover.show_glance(glance_of(SNAPSHOT, FIGURES), numbers_hidden=False)
        return popover
    if name in SERVICES:
        card = Popover(QRect(0, 0, 8, 8))
        card.show_glance(glance_of(SERVICES[name], FIGURES), numbers_hidden=False)
        return card
    if name.startswith("used up"):
        used_up = UsedUp()
        used_up.show_snapshot(SERVICES.get(name.removeprefix("used up "), SNAPSHOT), FIGURES)
        return used_up
    if name == "question":
        question = QuestionWindow(lambda: NOW, FIGURES)
        question.show_questions((AMBER, SCENES["over-all"][0], *offers()), {}, set())
        return question
    if name == "first run":
        first_run = FirstRun(desk(), bridge)
        first_run.show_snapshot(SNAPSHOT, FIGURES)
        return first_run
    if name == "connect":
        steps = steps_of(None, Probe(SERVICE.origin, "", "", HOST))
        connecting = FirstRun(desk(sign_in=steps), bridge)
        connecting.show_snapshot(SNAPSHOT, FIGURES)
        connecting.connect_card.look.click()
        connecting.connect_card.some.setChecked(True)
        return connecting
    if name in SIGNING_IN:
        signing = SignInWindow(desk(), bridge)
        signing.show_state(SIGNING_IN[name])
        return signing
    sessions = SessionsWindow(desk(), bridge, FIGURES)
    sessions.begin(CHECKOUT.id)
    return sessions


@pytest.mark.parametrize(
    "name",
    [
        "popover",
        "used up",
        "first run",
        "sessions",
        "question",
        *SERVICES,
        "connect",
        *SIGNING_IN,
        *(f"used up {name}" for name in USED_UP),
    ],
)
def test_nothing_is_cut_off(name: str, qtbot: QtBot) -> None:
    bridge = Bridge(desk().submit)
    window = window_called(name, bridge)
    bridge.setParent(window)
    qtbot.addWidget(window)
    window.show()
    qtbot.waitUntil(lambda: not bridge.is_waiting)
    for _ in range(3):  # what was shown late makes the layouts around it larger, one after the other
        QCoreApplication.processEvents()
    assert any("\N{LATIN SMALL LETTER E WITH ACUTE}" in label.text() for label in window.findChildren(QLabel))
    for button in window.findChildren(QAbstractButton):
        if button.isVisible() and button.text():
            longest = max(map(button.fontMetrics().horizontalAdvance, button.text().split("\n")))
            assert button.width() >= longest, button.text()
            assert button.height() >= button.minimumSizeHint().height(), button.text()
            parent = button.parentWidget()
            assert parent is not None
            assert button.geometry().right() <= parent.width(), button.text()
    for label in window.findChildren(QLabel):
        if label.isVisible() and not label.wordWrap():
            cut = label.width() < label.fontMetrics().horizontalAdvance(label.text())
            label.grab()
            assert not cut or label.toolTip() == label.text(), label.text()
