"""Open questions as a whole: the window opens once for each, the icon keeps what was closed, answers go to the desk."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field, replace

import pytest
from PySide6.QtCore import QCoreApplication, QEvent, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot
from ui.asked import AMBER, RED, Clock, grown
from ui.made_up import FIGURES, Record, desk

from taximeter.domain.launch import Answer, Notice, Question, Verb
from taximeter.ui.bridge import Bridge
from taximeter.ui.desk import NoticeSeen, NoticeUntold, QuestionsChanged
from taximeter.ui.notices import Bubble
from taximeter.ui.question import QuestionWindow
from taximeter.ui.questions import Questions, _Acting

NOTICE = Notice(AMBER.agent, "s1", "checkout-service", 4, AMBER.forecast, RED.verdict, "USD")


@dataclass
class Shown:
    """Takes down what the desktop would be asked to show."""

    bubbles: dict[str, Bubble] = field(default_factory=dict)
    stopped: bool = False

    def show(self, bubble: Bubble) -> None:
        self.bubbles[bubble.key] = bubble

    def withdraw(self, key: str) -> None:
        self.bubbles.pop(key, None)

    def stop(self) -> None:
        self.stopped = True


@dataclass
class Stage:
    questions: Questions
    record: Record
    shown: Shown
    clock: Clock

    def change(self, *questions: Question, ended: tuple[tuple[str, Answer], ...] = ()) -> None:
        self.questions.show_changes(QuestionsChanged(questions, ended))

    def press(self, verb: Verb) -> None:
        """Answer the oldest question that is shown."""
        panel = window().panels[0]
        panel.wake()
        QTest.mouseClick(panel.verbs[verb], Qt.MouseButton.LeftButton)


def windows() -> list[QuestionWindow]:
    return [one for one in QApplication.topLevelWidgets() if isinstance(one, QuestionWindow) and one.isVisible()]


def window() -> QuestionWindow:
    (only,) = windows()
    return only


@pytest.fixture
def stage(qtbot: QtBot) -> Iterator[Stage]:
    record, clock = Record(), Clock()
    desk_ = replace(desk(record=record), now=clock)
    bridge = Bridge(desk_.submit)
    questions = Questions(desk_, bridge, FIGURES, bridge)
    shown = Shown()
    questions._notifications.stop()
    questions._notifications = shown
    yield Stage(questions, record, shown, clock)
    questions.close()
    assert shown.stopped
    qtbot.waitUntil(lambda: not questions._closing)
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete.value)


def test_a_question_opens_the_window_and_a_notification(stage: Stage) -> None:
    stage.change(AMBER)
    assert [panel.question for panel in window().panels] == [AMBER]
    assert list(stage.shown.bubbles) == [AMBER.id]


def test_an_answer_goes_to_the_desk_and_its_window_and_notification_go(stage: Stage) -> None:
    stage.change(AMBER)
    stage.press(Verb.LIMIT)
    assert stage.record.answers == [(AMBER.id, Answer(Verb.LIMIT, 3))]
    assert not windows()
    assert not stage.shown.bubbles
    assert stage.questions.waiting == 0


def test_while_the_answer_is_on_its_way_the_question_does_not_come_back(stage: Stage) -> None:
    stage.change(AMBER)
    stage.press(Verb.RUN)
    stage.change(grown(AMBER, 9))
    assert not windows()
    stage.change()
    stage.change(replace(grown(AMBER, 20), asked_at=AMBER.asked_at + 1))
    assert window().panels[0].title.text() == "20 agents are about to start"


def test_closed_it_waits_at_the_icon_and_growing_does_not_open_it(stage: Stage) -> None:
    stage.change(AMBER)
    window().close()
    assert stage.questions.waiting == 1
    assert not stage.record.answers
    stage.change(grown(AMBER, 9))
    assert not windows()
    stage.questions.open()
    assert window().panels[0].title.text() == "9 agents are about to start"


def test_another_question_opens_the_window_again_with_both(stage: Stage) -> None:
    stage.change(AMBER)
    window().close()
    stage.change(AMBER, RED)
    assert [panel.question.id for panel in window().panels] == [AMBER.id, RED.id]


def test_the_next_in_the_stack_stays_when_the_oldest_is_answered(stage: Stage) -> None:
    stage.change(AMBER, RED)
    stage.press(Verb.STOP)
    assert [panel.question.id for panel in window().panels] == [RED.id]
    assert list(stage.shown.bubbles) == [RED.id]


def test_the_number_that_waits_is_told_when_it_changes(stage: Stage) -> None:
    told: list[int] = []
    stage.questions.waiting_changed.connect(lambda: told.append(stage.questions.waiting))
    for questions in ((AMBER,), (grown(AMBER, 9),), (AMBER, RED), ()):
        stage.change(*questions)
    assert told == [1, 2, 0]


def test_nothing_is_sent_at_the_end_of_the_countdown(stage: Stage) -> None:
    stage.change(AMBER)
    stage.clock.forward(25)
    window()._on_tick()
    stage.change(ended=((AMBER.id, Answer(Verb.EXPIRED, by="default")),))
    assert window().panels[0].title.text() == "8 agents start"
    assert not stage.record.answers
    assert not stage.shown.bubbles


def test_growth_replaces_the_notification(stage: Stage) -> None:
    stage.change(AMBER)
    stage.change(grown(AMBER, 9))
    assert stage.shown.bubbles[AMBER.id].title == "9 agents are about to start"


def test_hiding_numbers_changes_the_notification_too_where_it_names_them(stage: Stage) -> None:
    stage.change(AMBER)
    stage.questions.follow(FIGURES, named=True)
    assert "$11 to $29" in stage.shown.bubbles[AMBER.id].body
    stage.questions.follow(replace(FIGURES, hidden=True), named=True)
    assert "$11" not in stage.shown.bubbles[AMBER.id].body
    assert not any(char.isdigit() for char in window().panels[0].launch.text())


def test_a_notice_is_a_notification_and_a_line_where_none_can_be_shown(stage: Stage, qtbot: QtBot) -> None:
    stage.questions.show_notice(NoticeSeen(NOTICE))
    (key,) = stage.shown.bubbles
    assert not stage.shown.bubbles[key].actions
    assert not windows()
    with qtbot.waitSignal(stage.questions.notice_untold) as told:
        stage.questions.show_untold(NoticeUntold(key))
    line = "4 agents have started. checkout-service: Claude Code. Expected $11 to $29. "
    assert told.args == [line + "Your launches are usually about $3.10."]
    stage.questions.show_untold(NoticeUntold(AMBER.id))  # a question has its window


def test_actions_of_a_notification_answer_and_its_body_opens_the_window(qtbot: QtBot) -> None:
    record = Record()
    bridge = Bridge(desk().submit)
    acting = _Acting(desk(record=record), bridge)
    acting.acted("first", "limit:3")
    acting.acted("first", "something else")
    assert record.answers == [("first", Answer(Verb.LIMIT, 3, "notification"))]
    with qtbot.waitSignal(bridge.question_wanted):
        acting.acted("first", "default")
    assert len(record.answers) == 1


def test_while_the_screen_is_locked_a_question_waits_and_comes_forward_afterwards(stage: Stage) -> None:
    stage.questions.set_locked(True)
    stage.change(AMBER)
    assert (windows(), stage.questions.waiting, list(stage.shown.bubbles)) == ([], 1, [AMBER.id])
    stage.change(grown(AMBER, 9))
    assert windows() == []
    stage.questions.set_locked(False)
    assert [panel.question for panel in window().panels] == [grown(AMBER, 9)]


def test_what_was_answered_or_closed_before_the_unlocking_does_not_come_forward(stage: Stage) -> None:
    stage.change(RED)
    window().close()
    stage.questions.set_locked(True)
    stage.change(RED, AMBER)
    stage.change(ended=((AMBER.id, Answer(Verb.RUN, None, "default")),))
    stage.questions.set_locked(False)
    stage.questions.set_locked(True)
    stage.questions.set_locked(False)
    assert windows() == []
