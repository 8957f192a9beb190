"""Where the windows about the company's service are opened from, and that a decision is told until it was seen."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import TypeVar

import pytest
from PySide6.QtCore import QCoreApplication, QEvent, QRect, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot
from ui.asked import AMBER
from ui.made_up import FIGURES, NOW, SNAPSHOT, at, desk, outlook, quota
from ui.test_ask_more_view import APPROVED, snapshot

from taximeter.domain.quota import QuotaKind, QuotaState
from taximeter.ledger.readmodels import Snapshot
from taximeter.ui.ask_more import AskMore
from taximeter.ui.bridge import Bridge
from taximeter.ui.desk import Preferences
from taximeter.ui.popover import Popover
from taximeter.ui.question import QuestionWindow
from taximeter.ui.surface import Card
from taximeter.ui.used_up import UsedUp
from taximeter.ui.windows import Windows

T = TypeVar("T", bound=Card)
PREFERENCES = Preferences(first_run_done=True)


@pytest.fixture
def windows(qtbot: QtBot) -> Iterator[Windows]:
    desk_ = desk()
    bridge = Bridge(desk_.submit)
    opened = Windows(desk_, bridge, QRect, bridge)
    yield opened
    opened.close_all()
    free_closed()


def free_closed() -> None:
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete.value)


def only(kind: type[T]) -> T:
    (found,) = [one for one in QApplication.topLevelWidgets() if isinstance(one, kind)]
    return found


def show(windows: Windows, seen: Snapshot) -> None:
    windows.show_snapshot(seen, FIGURES, PREFERENCES)


def test_the_popover_leads_to_asking_for_more_of_what_ends_first(windows: Windows) -> None:
    show(windows, snapshot())
    windows.open_popover()
    QTest.mouseClick(only(Popover).asking.verb, Qt.MouseButton.LeftButton)
    form = only(AskMore)
    assert form.isVisible()
    assert form.form.project.text() == "Name the project: checkout-service"
    windows.open_ask_more()
    assert only(AskMore) is form


def test_what_is_used_up_takes_two_clicks(windows: Windows) -> None:
    spent = outlook(QuotaState.SPENT, quota(used=200 * 10**9, not_billed=0), runs_out_at=at(23, 14, 5))
    show(windows, snapshot(first=spent))
    windows.open_used_up()
    QTest.mouseClick(only(UsedUp).ask, Qt.MouseButton.LeftButton)
    assert only(AskMore).act.text() == "Send"
    assert only(AskMore).act.isEnabled()


def test_a_decision_is_said_until_the_popover_that_said_it_was_closed(windows: Windows) -> None:
    show(windows, snapshot(APPROVED))
    windows.open_popover()
    assert only(Popover).asking.said.text().startswith("Approved by Mia Ortiz")
    show(windows, replace(snapshot(APPROVED), now=NOW + 60_000))
    assert only(Popover).asking.said.isVisible()
    chosen: list[Preferences] = []
    windows.preferences_chosen.connect(chosen.append)
    only(Popover).close()
    free_closed()
    assert chosen == [replace(PREFERENCES, decisions_read=("r-1",))]
    windows.show_snapshot(snapshot(APPROVED), FIGURES, chosen[0])
    windows.open_popover()
    assert not only(Popover).asking.said.isVisible()


def test_asking_follows_what_is_known(windows: Windows) -> None:
    show(windows, snapshot())
    windows.open_ask_more()
    show(windows, replace(SNAPSHOT, outlooks=()))
    assert only(AskMore).title.text() == "There is nothing to ask for"


def test_a_question_leads_to_asking_and_keeps_waiting(qtbot: QtBot) -> None:
    binding = outlook(QuotaState.LOW)
    question = replace(AMBER, verdict=replace(AMBER.verdict, binding=binding))
    window = QuestionWindow(lambda: NOW, FIGURES)
    qtbot.addWidget(window)
    window.show_questions((question,), {}, set())
    window.show()
    (panel,) = window.panels
    answers: list[object] = []
    window.answered.connect(lambda *answer: answers.append(answer))
    with qtbot.waitSignal(window.more_asked) as asked:
        QTest.mouseClick(panel.more, Qt.MouseButton.LeftButton)
    assert asked.args == [binding.quota.id, question.project]
    assert not answers
    assert panel.is_open
    own = outlook(QuotaState.LOW, quota(kind=QuotaKind.LOCAL))
    window.show_questions((replace(question, verdict=replace(question.verdict, binding=own)),), {}, set())
    assert not panel.more.isVisible()
