"""A manager decides, once, and sees what came of it; each person sees the same row of themselves."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from PySide6.QtCore import QCoreApplication, QEvent, Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot
from ui.made_up import FIGURES, NOW, submit_now
from ui.team_service import Opening, Service, names, settle, team_windows
from ui.test_team_view import ED

from taximeter.domain.increase import Decision
from taximeter.ui.bridge import Bridge
from taximeter.ui.company_scenes import CONFLICT
from taximeter.ui.figures import NANO
from taximeter.ui.own_row import OwnRow
from taximeter.ui.team_scenes import OFFLINE
from taximeter.ui.team_view import Shown


@pytest.fixture
def service() -> Service:
    return Service()


@pytest.fixture
def opened(qtbot: QtBot) -> Iterator[Opening]:
    with team_windows() as opening:
        yield opening


def test_approving_another_amount_with_a_note_is_done_once_and_shown(opened: Opening, service: Service) -> None:
    window = opened(service)
    window.choose(ED.id)
    (box,) = window.panel.boxes()
    box.amount.setText("300")
    box.note.setText("Fine.")
    assert box.effect.text() == "It would make the limit $1,800 in place of $1,500, with $486.00 left"
    service.late = True
    QTest.mouseClick(box.approve, Qt.MouseButton.LeftButton)
    QTest.mouseClick(box.deny, Qt.MouseButton.LeftButton)
    box._on_approve()
    assert len(service.waiting) == 1
    service.late = False
    service.answer()
    settle(window)
    assert service.decisions == [(ED.requests[0].id, Decision(approve=True, amount=300 * NANO, note="Fine."))]
    assert not window.panel.boxes()
    assert window.panel.decided_lines.text().startswith("Approved by Mia Ortiz, 14:20: $300 more, for good")
    assert window.model.index(window.model.line_of(ED.id), 2).data() == "$1,800"


def test_who_was_decided_on_leaves_the_choice_and_the_result_can_still_be_read(
    opened: Opening, service: Service
) -> None:
    window = opened(service)
    window.bar.shown.setCurrentIndex(window.bar.shown.findData(Shown.ASKING))
    window.choose(ED.id)
    QTest.mouseClick(window.panel.boxes()[0].deny, Qt.MouseButton.LeftButton)
    settle(window)
    assert names(window) == ["Zoë Krämer"]
    assert window.panel.name.text() == "Ed Ito"
    assert window.panel.decided_lines.text().startswith("Not approved by Mia Ortiz")


def test_that_somebody_else_decided_is_said_at_the_request(opened: Opening, service: Service) -> None:
    window = opened(service)
    window.choose(ED.id)
    (box,) = window.panel.boxes()
    service.trouble = CONFLICT
    QTest.mouseClick(box.deny, Qt.MouseButton.LeftButton)
    settle(window)
    assert box.trouble.text().startswith("Somebody else has decided already.")
    assert box.approve.isEnabled()
    box.amount.setText("a lot")
    assert not box.approve.isEnabled()
    assert box.effect.text() == "That is no amount."


def test_a_decision_that_is_being_written_survives_reading_again(opened: Opening, service: Service) -> None:
    window = opened(service)
    window.choose(ED.id)
    window.panel.boxes()[0].note.setText("Let me see")
    QTest.mouseClick(window.bar.refresh, Qt.MouseButton.LeftButton)
    settle(window)
    assert len(service.asked) == 2
    assert window.panel.boxes()[0].note.text() == "Let me see"


def test_enter_leads_from_the_table_to_the_decision(opened: Opening, service: Service) -> None:
    window = opened(service)
    window.choose(ED.id)
    window.activateWindow()
    window.table.setFocus()
    QTest.keyClick(window.table, Qt.Key.Key_Return)
    assert window.focusWidget() is window.panel.boxes()[0].amount


def test_ones_own_row_is_the_managers_row_without_verbs(qtbot: QtBot, service: Service) -> None:
    bridge = Bridge(submit_now)
    window = OwnRow(service.company(), bridge, lambda: NOW, FIGURES)
    bridge.setParent(window)
    window.show()
    service.trouble = OFFLINE
    window.read()
    qtbot.waitUntil(lambda: not bridge.is_waiting)
    assert window.said.text().startswith(OFFLINE.title)
    service.trouble = None
    window.read()
    qtbot.waitUntil(lambda: not bridge.is_waiting)
    assert not window.said.isVisible()
    assert window.model.index(0, 1).data() == "$186.00"
    assert not window.panel.boxes()
    assert window.panel.asked.count() == 1
    window.close()
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete.value)
