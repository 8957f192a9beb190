"""Who runs the same kind of launch again and again may take a higher threshold, together with ``run`` only."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace

import pytest
from PySide6.QtCore import QCoreApplication, QEvent, Qt
from PySide6.QtGui import QAccessible
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot
from ui.asked import AMBER, OFFER, Clock, grown
from ui.made_up import FIGURES, Record, desk

from taximeter.domain.launch import Answer, Finding, Question, Rule, Severity, Verb
from taximeter.domain.thresholds import NANO, Thresholds
from taximeter.host.trouble import Trouble
from taximeter.ui.bridge import Bridge
from taximeter.ui.desk import Desk, QuestionsChanged, TroubleSeen
from taximeter.ui.question import QuestionWindow
from taximeter.ui.question_panel import QuestionPanel
from taximeter.ui.question_words import higher_words
from taximeter.ui.questions import Questions

CLICK = Qt.MouseButton.LeftButton
TAKEN = (Rule.PACE, Thresholds(pace_amber_days=4))


def about(rule: Rule, offer: Thresholds) -> Question:
    found = (Finding(rule, Severity.AMBER, "month"),)
    return replace(AMBER, verdict=replace(AMBER.verdict, findings=found), offer=offer)


@pytest.mark.parametrize(
    ("rule", "offer", "text"),
    [
        (Rule.LEFT, Thresholds(left_amber_percent=29), "From now on, ask only above 29 % of what is left"),
        (Rule.PACE, Thresholds(pace_amber_days=2), "From now on, ask only when it runs out 2 days sooner"),
        (Rule.TYPICAL, Thresholds(typical_amber_times=6), "From now on, ask only above 6 times your larger launches"),
        (Rule.COLD_START, Thresholds(cold_agents=10), "From now on, ask only from 10 agents on or above $10"),
        (Rule.COLD_START, Thresholds(cold_amount=25 * NANO // 10),
         "From now on, ask only from 5 agents on or above $2.50"),
    ],
)  # fmt: skip
def test_the_offer_names_the_numbers_of_the_rule(rule: Rule, offer: Thresholds, text: str) -> None:
    assert higher_words(about(rule, offer), FIGURES).replace("\N{NO-BREAK SPACE}", " ") == text
    assert higher_words(replace(about(rule, offer), offer=None), FIGURES) == ""


def test_the_offer_hides_amounts_with_the_others() -> None:
    words = higher_words(about(Rule.COLD_START, Thresholds(cold_amount=20 * NANO)), replace(FIGURES, hidden=True))
    assert "20" not in words


class Stage:
    """The questions of an app, and what came of them."""

    def __init__(self, qtbot: QtBot, desk: Desk) -> None:
        self.bridge = Bridge(desk.submit)
        self.questions = Questions(replace(desk, now=Clock()), self.bridge, FIGURES, self.bridge)
        self.questions.show_changes(QuestionsChanged((OFFER,)))
        (self.window,) = (one for one in QApplication.topLevelWidgets()
                          if isinstance(one, QuestionWindow) and one.isVisible())  # fmt: skip
        self.window.activateWindow()
        qtbot.waitUntil(self.window.isActiveWindow)

    @property
    def panel(self) -> QuestionPanel:
        return self.window.panels[0]

    def show(self, question: Question) -> None:
        self.questions.show_changes(QuestionsChanged((question,)))

    def press(self, verb: Verb) -> None:
        self.panel.wake()
        QTest.mouseClick(self.panel.verbs[verb], CLICK)

    def end(self, qtbot: QtBot) -> None:
        self.questions.close()
        qtbot.waitUntil(lambda: not self.questions._closing and not self.bridge.is_waiting)
        QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete.value)


@pytest.fixture
def record() -> Record:
    return Record()


@pytest.fixture
def stage(qtbot: QtBot, record: Record) -> Iterator[Stage]:
    built = Stage(qtbot, desk(record=record))
    yield built
    built.end(qtbot)


@pytest.mark.parametrize("verb", [Verb.STOP, Verb.LIMIT, Verb.RUN])
@pytest.mark.parametrize("checked", [False, True])
def test_it_is_taken_only_together_with_run(stage: Stage, record: Record, verb: Verb, checked: bool) -> None:
    stage.panel.higher.setChecked(checked)
    stage.press(verb)
    assert record.raises == ([TAKEN] if checked and verb is Verb.RUN else [])
    assert record.answers == [(OFFER.id, Answer(verb, 3 if verb is Verb.LIMIT else None))]


def test_it_stands_last_in_the_order_of_the_keyboard_and_is_named(stage: Stage) -> None:
    box = stage.panel.higher
    assert stage.panel.controls()[-2:] == (stage.panel.again, box)
    stage.panel.again.setFocus()
    stage.window.focusNextChild()
    assert QApplication.focusWidget() is box
    spoken = QAccessible.queryAccessibleInterface(box)
    assert spoken.text(QAccessible.Text.Name) == "From now on, ask only when it runs out 4 days sooner"
    assert spoken.text(QAccessible.Text.Description).startswith("It counts for every launch, once you let this one run")


def test_the_first_second_is_deaf_to_keys_there_too(stage: Stage) -> None:
    stage.panel.higher.setFocus()
    QTest.keyClick(stage.panel.higher, Qt.Key.Key_Space)
    assert not stage.panel.higher.isChecked()
    stage.window._settling.stop()
    QTest.keyClick(stage.panel.higher, Qt.Key.Key_Space)
    assert stage.panel.higher.isChecked()


def test_another_threshold_is_not_taken_for_the_one_that_was_checked(stage: Stage, record: Record) -> None:
    stage.panel.higher.setChecked(True)
    stage.show(grown(OFFER, 9))
    assert stage.panel.higher.isChecked()
    stage.show(replace(grown(OFFER, 10), offer=Thresholds(pace_amber_days=5)))
    assert not stage.panel.higher.isChecked()
    stage.press(Verb.RUN)
    assert record.raises == []


def test_when_the_offer_goes_its_focus_does_not_fall_on_a_verb(stage: Stage) -> None:
    stage.panel.higher.setFocus()
    stage.show(replace(OFFER, offer=None))
    assert stage.panel.higher.isHidden()
    assert QApplication.focusWidget() is stage.window


def test_settings_that_cannot_be_written_are_told_and_the_answer_holds(
    qtbot: QtBot, record: Record, expected_log: Callable[[str], None]
) -> None:
    def refuse(rule: Rule, higher: Thresholds) -> None:
        raise Trouble("The settings cannot be written", "The disk is full.")

    expected_log("A read for a window failed")
    stage = Stage(qtbot, replace(desk(record=record), raise_threshold=refuse))
    told: list[TroubleSeen] = []
    stage.bridge.troubled.connect(told.append)
    stage.panel.higher.setChecked(True)
    stage.press(Verb.RUN)
    qtbot.waitUntil(lambda: bool(told))
    assert told == [TroubleSeen("The settings cannot be written", "The disk is full.")]
    assert record.answers == [(OFFER.id, Answer(Verb.RUN))]
    stage.end(qtbot)
