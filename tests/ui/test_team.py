"""The manager's window: pages, search, late answers, a decision, and what is said when the service refuses."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from concurrent.futures import Future
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import QCoreApplication, QEvent, Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot
from ui.made_up import FIGURES, NOW, submit_now
from ui.test_team_view import ED, PEOPLE, page

from taximeter.domain.increase import Decision, IncreaseRequest, RequestStatus
from taximeter.domain.people import Person, TeamPage
from taximeter.host.trouble import Trouble
from taximeter.ui.bridge import Bridge
from taximeter.ui.company import Company
from taximeter.ui.company_scenes import CONFLICT
from taximeter.ui.figures import NANO
from taximeter.ui.own_row import OwnRow
from taximeter.ui.team import TeamWindow
from taximeter.ui.team_scenes import NO_RIGHT, OFFLINE, quota_of
from taximeter.ui.team_view import Shown

CROWD = tuple(page(0, 500).people)


class Service:
    """Answers pages of its people by search; takes down what it is asked, and answers late when told to."""

    def __init__(self, people: tuple[Person, ...] = PEOPLE, size: int = 100) -> None:
        self.people = people
        self.size = size
        self.asked: list[tuple[str, str]] = []
        self.decisions: list[tuple[str, Decision]] = []
        self.trouble: Trouble | None = None
        self.late = False
        self.waiting: list[tuple[Future[Any], Callable[[], Any]]] = []

    def company(self) -> Company:
        return Company(self.submit, _nobody, _nobody, self.team, lambda: self._told(ED), self.decide)

    def submit(self, work: Callable[[], Any], /) -> Future[Any]:
        if not self.late:
            return submit_now(work)
        self.waiting.append((Future(), work))
        return self.waiting[-1][0]

    def answer(self, at: int = 0) -> None:
        future, work = self.waiting.pop(at)
        try:
            future.set_result(work())
        except Trouble as trouble:
            future.set_exception(trouble)

    def team(self, search: str, after: str) -> TeamPage:
        self.asked.append((search, after))
        found = [one for one in self.people if search.lower() in one.name.lower()]
        begin = int(after or 0)
        following = str(begin + self.size) if begin + self.size < len(found) else ""
        page: TeamPage = self._told(TeamPage(tuple(found[begin : begin + self.size]), len(found), following))
        return page

    def decide(self, request: str, decision: Decision) -> IncreaseRequest:
        self.decisions.append((request, decision))
        self._told(None)
        status = RequestStatus.APPROVED if decision.approve else RequestStatus.DENIED
        made = replace(ED.requests[0], status=status, approved=decision.amount, ends_at=None, decided_at=NOW,
                       decided_by="Mia Ortiz", note=decision.note)  # fmt: skip
        more = 1500 + (decision.amount or 0) // NANO
        raised = replace(ED, quotas=(quota_of(NOW, more, 1314),), requests=(made,))
        self.people = tuple(raised if one.id == ED.id else one for one in self.people)
        return made

    def _told(self, answer: Any) -> Any:
        if self.trouble is not None:
            raise self.trouble
        return answer


def _nobody(_: object) -> IncreaseRequest:
    raise NotImplementedError


@pytest.fixture
def service() -> Service:
    return Service()


@pytest.fixture
def opened(qtbot: QtBot) -> Iterator[Callable[[Service], TeamWindow]]:
    windows: list[TeamWindow] = []

    def opening(service: Service) -> TeamWindow:
        bridge = Bridge(submit_now)
        window = TeamWindow(service.company(), bridge, lambda: NOW, FIGURES)
        bridge.setParent(window)
        window.show()
        window.begin()
        windows.append(window)
        if not service.late:
            settle(window)
        return window

    yield opening
    for window in windows:
        window.close()
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete.value)


def settle(window: TeamWindow) -> None:
    for _ in range(3):
        QCoreApplication.processEvents()
        while window._bridge.is_waiting:
            QCoreApplication.processEvents()


def names(window: TeamWindow) -> list[str]:
    return [str(window.model.index(at, 0).data()) for at in range(window.model.rowCount())]


def type_in(window: TeamWindow, text: str) -> None:
    window.bar.search.setText(text)
    QTest.keyClick(window.bar.search, Qt.Key.Key_Return)


Opening = Callable[[Service], TeamWindow]


def test_everyone_is_shown_in_the_services_order_with_the_age(opened: Opening, service: Service) -> None:
    window = opened(service)
    assert names(window) == [person.name for person in PEOPLE]
    assert window.bar.as_of.text() == "figures of 14:08"
    assert window.foot.count.text() == "8 people"
    assert not window.foot.more.isVisible()
    assert not window.table.header().sectionsClickable()


def test_pages_are_read_as_one_scrolls_and_by_keyboard(opened: Opening) -> None:
    service = Service(CROWD)
    window = opened(service)
    assert service.asked == [("", "")]
    assert window.foot.count.text() == "100 people of 500"
    QTest.keyClick(window.foot.more, Qt.Key.Key_Space)
    settle(window)
    assert len(names(window)) == 200
    while window.foot.more.isVisible():
        bar = window.table.verticalScrollBar()
        bar.setValue(bar.maximum())
        settle(window)
    assert len(names(window)) == len(set(names(window))) == 500
    assert len(service.asked) == 5


def test_the_place_that_was_scrolled_to_is_kept_with_the_next_page(opened: Opening) -> None:
    window = opened(Service(CROWD))
    window.choose("p60")
    window.table.scrollTo(window.table.currentIndex())
    before = window.table.verticalScrollBar().value()
    window._read_more()
    settle(window)
    assert window.table.verticalScrollBar().value() == before > 0
    assert window.panel.name.text() == "Person 60"


def test_typing_is_searched_for_on_the_server_once_it_pauses(opened: Opening, service: Service, qtbot: QtBot) -> None:
    window = opened(service)
    QTest.keyClicks(window.bar.search, "okoro")
    assert service.asked == [("", "")]
    qtbot.waitUntil(lambda: len(service.asked) == 2)
    settle(window)
    assert service.asked[1] == ("okoro", "")
    assert names(window) == ["Ben Okoro"]


def test_a_late_answer_to_an_earlier_search_is_dropped(opened: Opening, service: Service) -> None:
    service.late = True
    window = opened(service)
    type_in(window, "an")
    type_in(window, "kim")
    service.answer(2)
    settle_all(window)
    assert names(window) == ["Kim Larsen"]
    service.answer(1)
    service.trouble = OFFLINE
    service.answer(0)
    settle_all(window)
    assert names(window) == ["Kim Larsen"]
    assert not window.foot.said.text()


def settle_all(window: TeamWindow) -> None:
    for _ in range(5):
        QCoreApplication.processEvents()


def test_a_choice_is_looked_for_on_every_page(opened: Opening) -> None:
    asking = replace(ED, id="last", name="Person 999")
    service = Service((*CROWD, asking))
    window = opened(service)
    window.bar.shown.setCurrentIndex(window.bar.shown.findData(Shown.ASKING))
    settle(window)
    assert names(window) == ["Person 999"]
    assert len(service.asked) == 6
    assert window.foot.count.text() == "1 person of 501"


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


@pytest.mark.parametrize("trouble", [NO_RIGHT, OFFLINE])
def test_what_went_wrong_is_said_and_can_be_tried_again(opened: Opening, service: Service, trouble: Trouble) -> None:
    service.trouble = trouble
    window = opened(service)
    assert (window.title.text(), window.detail.text()) == (trouble.title, trouble.detail)
    assert not window.bar.export.isEnabled()
    service.trouble = None
    QTest.mouseClick(window.again, Qt.MouseButton.LeftButton)
    settle(window)
    assert len(names(window)) == 8
    service.trouble = trouble
    window.read()
    settle(window)
    assert len(names(window)) == 8
    assert window.foot.said.text().startswith(trouble.title)


def test_an_answer_for_a_window_that_was_closed_is_dropped(qtbot: QtBot, service: Service) -> None:
    service.late = True
    bridge = Bridge(submit_now)
    window = TeamWindow(service.company(), bridge, lambda: NOW, FIGURES)
    window.show()
    window.begin()
    window.close()
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete.value)
    service.answer()
    qtbot.waitUntil(lambda: not bridge.is_waiting)


def test_what_is_shown_is_exported_and_a_failure_said(opened: Opening, service: Service, tmp_path: Path) -> None:
    window = opened(service)
    window.bar.shown.setCurrentIndex(window.bar.shown.findData(Shown.ASKING))
    window.export_to(str(tmp_path / "team.csv"))
    settle(window)
    assert window.foot.said.text() == "Exported, 2 people."
    assert len((tmp_path / "team.csv").read_text(encoding="utf-8-sig").splitlines()) == 3
    window.export_to(str(tmp_path / "no" / "team.csv"))
    settle(window)
    assert "cannot be written" in window.foot.said.text()


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
