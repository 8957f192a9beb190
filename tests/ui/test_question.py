"""The question's window: it takes no key that was not meant for it, and no click answers what nobody has read."""

from __future__ import annotations

from dataclasses import replace

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QAccessible
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QPushButton, QWidget
from pytestqt.qtbot import QtBot
from ui.asked import AMBER, COLD, RED, Clock, grown
from ui.made_up import FIGURES

from taximeter.domain.launch import Answer, Question, Verb
from taximeter.ui.question import QuestionWindow
from taximeter.ui.question_panel import QuestionPanel
from taximeter.ui.question_verbs import VerbButton

CLICK = Qt.MouseButton.LeftButton
KEYS = (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space)


class Asked:
    """An open window and what was answered in it."""

    def __init__(self, qtbot: QtBot, *questions: Question) -> None:
        self.clock = Clock()
        self.window = QuestionWindow(self.clock, FIGURES)
        self.window.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose, False)  # the test owns it
        qtbot.addWidget(self.window)
        self.answers: list[tuple[str, Answer]] = []
        self.window.answered.connect(lambda name, answer: self.answers.append((name, answer)))
        self.show(*questions)
        self.window.show()
        self.window.activateWindow()
        qtbot.waitUntil(self.window.isActiveWindow)

    def show(self, *questions: Question, ended: dict[str, Answer] | None = None) -> None:
        self.window.show_questions(questions, ended or {}, set())

    def settled(self) -> None:
        """The first second and the moment of rest are over."""
        self.window._settling.stop()
        for panel in self.window.panels:
            panel.wake()

    @property
    def panel(self) -> QuestionPanel:
        return self.window.panels[0]

    def verb(self, verb: Verb) -> VerbButton:
        return self.panel.verbs[verb]


@pytest.fixture
def asked(qtbot: QtBot) -> Asked:
    return Asked(qtbot, AMBER)


@pytest.mark.parametrize(
    ("verb", "agents"), [(Verb.STOP, None), (Verb.LIMIT, 3), (Verb.RUN, None)]
)
@pytest.mark.parametrize("for_session", [False, True])
def test_a_click_on_a_verb_is_its_answer(asked: Asked, verb: Verb, agents: int | None, for_session: bool) -> None:
    asked.settled()
    asked.panel.again.setChecked(for_session)
    QTest.mouseClick(asked.verb(verb), CLICK)
    assert asked.answers == [(AMBER.id, Answer(verb, agents, "window", for_session))]


@pytest.mark.parametrize("key", KEYS)
def test_keys_do_nothing_in_the_first_second_wherever_the_focus_is(asked: Asked, key: Qt.Key) -> None:
    asked.panel.wake()
    for control in asked.panel.controls():
        control.setFocus()
        QTest.keyClick(control, key)
    QTest.keyClick(asked.window, key)
    assert not asked.answers
    assert not asked.panel.again.isChecked()


@pytest.mark.parametrize("key", KEYS)
def test_no_verb_is_one_key_away(asked: Asked, key: Qt.Key) -> None:
    asked.settled()
    assert QApplication.focusWidget() is asked.window
    QTest.keyClick(asked.window, key)
    assert not asked.answers
    assert not any(button.isDefault() or button.autoDefault() for button in asked.window.findChildren(QPushButton))


@pytest.mark.parametrize("key", KEYS)
def test_afterwards_the_keyboard_answers_like_the_mouse(asked: Asked, key: Qt.Key) -> None:
    asked.settled()
    asked.verb(Verb.LIMIT).setFocus()
    QTest.keyClick(asked.verb(Verb.LIMIT), key)
    assert asked.answers == [(AMBER.id, Answer(Verb.LIMIT, 3))]


def test_to_become_the_active_window_starts_the_first_second_anew(asked: Asked, qtbot: QtBot) -> None:
    asked.settled()
    other = QWidget()
    qtbot.addWidget(other)
    with qtbot.waitActive(other):
        other.show()
        other.activateWindow()
    with qtbot.waitActive(asked.window):
        asked.window.activateWindow()
    asked.panel.wake()
    asked.verb(Verb.RUN).setFocus()
    QTest.keyClick(asked.verb(Verb.RUN), Qt.Key.Key_Space)
    assert not asked.answers


def test_it_is_shown_without_taking_the_keyboard_and_above_the_others(asked: Asked) -> None:
    assert asked.window.testAttribute(Qt.WidgetAttribute.WA_ShowWithoutActivating)
    assert asked.window.windowFlags() & Qt.WindowType.WindowStaysOnTopHint


def test_tab_goes_from_the_first_question_to_the_last(qtbot: QtBot) -> None:
    asked = Asked(qtbot, AMBER, RED)
    reached: list[QWidget] = []
    for _ in range(8):
        asked.window.focusNextChild()
        focused = QApplication.focusWidget()
        assert focused is not None
        reached.append(focused)
    shown = [one for panel in asked.window.panels for one in panel.controls() if one.isVisible()]
    assert reached == shown


def test_escape_and_closing_answer_nothing(asked: Asked) -> None:
    asked.settled()
    QTest.keyClick(asked.window, Qt.Key.Key_Escape)
    assert not asked.window.isVisible()
    assert not asked.answers


def test_more_agents_change_title_figures_and_verbs_and_leave_the_focus(asked: Asked) -> None:
    asked.settled()
    run = asked.verb(Verb.RUN)
    run.setFocus()
    asked.show(grown(AMBER, 9))
    assert (asked.panel.title.text(), run.text()) == ("9 agents are about to start", "Run all 9")
    assert asked.window.windowTitle() == "9 agents are about to start"
    assert QApplication.focusWidget() is run
    assert run.isEnabled()


def test_a_verb_that_changed_takes_no_press_until_it_could_be_read(asked: Asked, qtbot: QtBot) -> None:
    asked.settled()
    run = asked.verb(Verb.RUN)
    run.setFocus()
    asked.show(grown(AMBER, 9))
    QTest.mouseClick(run, CLICK)
    QTest.keyClick(run, Qt.Key.Key_Space)
    run.click()  # as a screen reader does
    assert not asked.answers
    qtbot.waitUntil(lambda: not run.is_resting)
    QTest.mouseClick(run, CLICK)
    assert asked.answers == [(AMBER.id, Answer(Verb.RUN))]


def test_a_press_begun_before_the_change_is_dropped(asked: Asked) -> None:
    asked.settled()
    run = asked.verb(Verb.RUN)
    QTest.mousePress(run, CLICK)
    asked.show(grown(AMBER, 9))
    asked.panel.wake()
    QTest.mouseRelease(run, CLICK)
    assert not asked.answers


def test_a_verb_that_did_not_change_goes_on_taking_presses(asked: Asked) -> None:
    asked.settled()
    asked.show(replace(AMBER, ends_at=AMBER.ends_at + 1000))
    assert not asked.verb(Verb.RUN).is_resting


def test_when_the_limit_goes_its_focus_does_not_fall_on_another_verb(asked: Asked) -> None:
    asked.settled()
    asked.verb(Verb.LIMIT).setFocus()
    asked.show(replace(AMBER, verdict=replace(AMBER.verdict, fits=None)))
    assert asked.verb(Verb.LIMIT).isHidden()
    assert QApplication.focusWidget() is asked.window


def test_questions_stack_in_one_window_and_those_below_rest_when_they_move_up(qtbot: QtBot) -> None:
    asked = Asked(qtbot, AMBER, RED)
    asked.settled()
    assert [panel.question.id for panel in asked.window.panels] == [AMBER.id, RED.id]
    assert asked.window.windowTitle() == "2 launches wait for an answer"
    height = asked.window.height()
    asked.window.show_questions((RED,), {}, {AMBER.id})
    qtbot.waitUntil(lambda: asked.window.height() < height)
    qtbot.waitUntil(lambda: asked.panel.y() == 0)
    assert asked.panel.question is RED
    assert asked.verb(Verb.RUN).is_resting


def test_another_question_finds_room_in_the_open_window(asked: Asked) -> None:
    height = asked.window.height()
    asked.show(AMBER, RED)
    assert asked.window.height() > 1.9 * height


def test_the_countdown_runs_and_takes_no_answer_at_its_end(asked: Asked) -> None:
    asked.settled()
    assert asked.panel.pill.text() == "runs in 25 s"
    asked.clock.forward(1)
    asked.window._on_tick()
    assert asked.panel.pill.text() == "runs in 24 s"
    asked.clock.forward(24)
    asked.window._on_tick()
    asked.panel.wake()
    QTest.mouseClick(asked.verb(Verb.STOP), CLICK)
    assert asked.panel.pill.text() == "time is up"
    assert not asked.answers
    assert not asked.window._tick.isActive()


def test_what_the_default_did_is_told_and_then_the_window_closes(asked: Asked, qtbot: QtBot) -> None:
    asked.clock.forward(25)
    asked.show()
    assert (asked.panel.title.text(), asked.panel.outcome.text()) == ("8 agents start", "Nobody answered in time.")
    assert not any(control.isVisible() for control in asked.panel.controls())
    assert asked.window.isVisible()
    assert asked.panel._linger.isActive()
    asked.panel._linger.stop()
    asked.panel._linger.timeout.emit()
    assert not asked.window.isVisible()


def test_an_answer_from_elsewhere_is_told_too(asked: Asked) -> None:
    asked.show(ended={AMBER.id: Answer(Verb.LIMIT, 3, "command")})
    assert asked.panel.title.text() == "At most 3 agents start"
    assert asked.panel.outcome.text() == "Answered on the command line."


def test_a_launch_that_went_before_its_time_claims_no_outcome(asked: Asked) -> None:
    asked.show()
    assert asked.panel.title.text() == "No answer is needed any more"


def test_a_question_asked_again_takes_the_place_of_what_became_of_it(asked: Asked) -> None:
    asked.show(ended={AMBER.id: Answer(Verb.RUN, by="command")})
    asked.show(grown(AMBER, 12))
    assert asked.panel.is_open
    assert asked.panel.title.text() == "12 agents are about to start"
    assert len(asked.window.panels) == 1


def test_numbers_are_hidden_at_once_and_no_verb_rests_for_it(asked: Asked) -> None:
    asked.settled()
    asked.window.follow_figures(replace(FIGURES, hidden=True))
    assert not any(char.isdigit() for char in asked.panel.launch.text())
    assert not asked.verb(Verb.RUN).is_resting


def test_every_part_has_a_name_and_the_bar_its_values(asked: Asked) -> None:
    def spoken(widget: QWidget) -> str:
        return str(QAccessible.queryAccessibleInterface(widget).text(QAccessible.Text.Name))

    panel = asked.panel
    assert [spoken(control) for control in panel.controls() if control.isVisible()] == [
        "Stop: nothing more is started", "At most 3 agents start", "Run all 8", "Don't ask again in this session",
    ]  # fmt: skip
    assert spoken(panel.bar) == "Monthly budget: $118.40 of $200 left. This launch leaves $90 to $107."
    assert spoken(panel.launch) == "This launch: $11 to $29, about $17"
    assert spoken(panel.pill) == "Runs in 25 s"


def test_without_a_quota_nothing_is_said_of_what_is_left(qtbot: QtBot) -> None:
    panel = Asked(qtbot, COLD).panel
    assert not panel.bar.isVisible()
    assert not panel.left.isVisible()


def test_many_questions_are_scrolled_on_a_small_screen(qtbot: QtBot) -> None:
    asked = Asked(qtbot, *(replace(AMBER, id=str(at)) for at in range(9)))
    assert asked.window.height() <= asked.window.screen().availableGeometry().height()
    last = asked.window.panels[-1].again
    asked.window.focusNextChild()
    while (focused := QApplication.focusWidget()) is not last and focused is not None:
        QTest.keyClick(focused, Qt.Key.Key_Tab)
    assert not last.visibleRegion().isEmpty()
