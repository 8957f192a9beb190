"""The manager's window: pages, search, late answers, and what is said when the service refuses."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtCore import QCoreApplication, QEvent, Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot
from ui.made_up import FIGURES, NOW, submit_now
from ui.team_service import Opening, Service, names, settle, team_windows
from ui.test_team_view import ED, PEOPLE, page

from taximeter.host.trouble import Trouble
from taximeter.ui.bridge import Bridge
from taximeter.ui.team import TeamWindow
from taximeter.ui.team_scenes import NO_RIGHT, OFFLINE
from taximeter.ui.team_view import Shown

CROWD = tuple(page(0, 500).people)


@pytest.fixture
def service() -> Service:
    return Service()


@pytest.fixture
def opened(qtbot: QtBot) -> Iterator[Opening]:
    with team_windows() as opening:
        yield opening


def type_in(window: TeamWindow, text: str) -> None:
    window.bar.search.setText(text)
    QTest.keyClick(window.bar.search, Qt.Key.Key_Return)


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
