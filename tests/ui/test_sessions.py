"""The sessions window: list, filters, page and days, by mouse and keyboard, live."""

from __future__ import annotations

from dataclasses import replace

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot
from ui.made_up import CHECKOUT, FIGURES, INFRA, LEDGER_API, SESSIONS, Record, desk

from taximeter.ledger.readmodels import SessionRow
from taximeter.ui.bridge import Bridge
from taximeter.ui.sessions import SessionsWindow


@pytest.fixture
def record() -> Record:
    return Record()


def opened(qtbot: QtBot, record: Record, session: str = "", rows: tuple[SessionRow, ...] = SESSIONS) -> SessionsWindow:
    desk_ = desk(sessions=rows, record=record)
    bridge = Bridge(desk_.submit)
    window = SessionsWindow(desk_, bridge, FIGURES)
    bridge.setParent(window)
    qtbot.addWidget(window)
    window.begin(session)
    window.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose, False)  # the test owns it
    with qtbot.waitActive(window):
        window.show()
        window.activateWindow()
    qtbot.waitUntil(lambda: not bridge.is_waiting)
    return window


def test_the_newest_session_is_open_and_the_totals_are_the_filters(qtbot: QtBot, record: Record) -> None:
    window = opened(qtbot, record)
    assert window.model.rowCount() == len(SESSIONS)
    assert window.page.title.text() == "checkout-service"
    words = window.totals.text().replace("\N{NO-BREAK SPACE}", " ")
    assert words == "5 sessions, $27.01 + 38 k unpriced, at list price"


def test_a_named_session_is_the_one_that_is_open(qtbot: QtBot, record: Record) -> None:
    window = opened(qtbot, record, LEDGER_API.id)
    assert window.page.title.text() == "ledger-api"
    assert window.model.id_at(window.list.currentIndex()) == LEDGER_API.id


def test_arrows_walk_the_list_and_the_page_follows(qtbot: QtBot, record: Record) -> None:
    window = opened(qtbot, record)
    window.list.setFocus()
    QTest.keyClick(window.list, Qt.Key.Key_Down)
    qtbot.waitUntil(lambda: window.page.cost.text() == "$17.26")
    QTest.keyClick(window.list, Qt.Key.Key_End)
    qtbot.waitUntil(lambda: window.page.title.text() == "infra-live")
    assert "unpriced" in window.page.cost.text()


def test_the_page_says_the_same_figure_everywhere(qtbot: QtBot, record: Record) -> None:
    window = opened(qtbot, record, CHECKOUT.id)
    page = window.page
    assert page.cost.text() == "$17.26"
    assert page.below.text() == "Claude Code, 09:12 to 09:54, 61 turns, 8 agents, 5 at once"
    assert page.legend.accessibleName() == "Input $1.55, Cache read $7.08, Cache write $5.70, Output $2.93"
    assert page.bar.accessibleName() == page.legend.accessibleName()
    assert "9 runs, at most 5 subagents at once" in page.timeline.accessibleName()
    assert page.runs.rows.as_text().splitlines()[-1].endswith("$17.26")


def test_choices_become_one_filter(qtbot: QtBot, record: Record) -> None:
    window = opened(qtbot, record)
    window.filters.agent.setCurrentIndex(window.filters.agent.findData("codex"))
    window.filters.order.setCurrentIndex(window.filters.order.findData("cost"))
    qtbot.waitUntil(lambda: window.model.rowCount() == 1)
    assert (record.filters[-1].agent, record.filters[-1].order) == ("codex", "cost")


def test_typing_is_searched_once_it_pauses(qtbot: QtBot, record: Record) -> None:
    window = opened(qtbot, record)
    before = len(record.filters)
    QTest.keyClicks(window.filters.search, "docs")
    qtbot.waitUntil(lambda: window.model.rowCount() == 1)
    assert [one.search for one in record.filters[before:]] == ["docs"]


def test_nothing_found_says_what_to_do(qtbot: QtBot, record: Record) -> None:
    window = opened(qtbot, record)
    window.filters.search.setText("nowhere")
    qtbot.waitUntil(window.empty.isVisible)
    assert window.empty.text() == "No session fits these choices."
    assert not window.totals.isVisible()
    QTest.mouseClick(window.widen, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: window.model.rowCount() == len(SESSIONS))


def test_no_session_at_all_is_another_sentence(qtbot: QtBot, record: Record) -> None:
    window = opened(qtbot, record, rows=())
    window.filters.widen()
    qtbot.waitUntil(lambda: window.empty.text().startswith("No session yet"))
    assert not window.widen.isVisible()


def test_hidden_numbers_are_hidden_at_once(qtbot: QtBot, record: Record) -> None:
    window = opened(qtbot, record, CHECKOUT.id)
    window.follow_figures(replace(FIGURES, hidden=True))
    qtbot.waitUntil(lambda: not any(char.isdigit() for char in window.page.cost.text()))
    assert not any(char.isdigit() for char in window.page.legend.accessibleName())


def test_a_change_of_the_ledger_is_followed_without_losing_the_place(qtbot: QtBot, record: Record) -> None:
    window = opened(qtbot, record, INFRA.id)
    before = len(record.filters)
    window.ledger_changed()
    window.ledger_changed()
    qtbot.waitUntil(lambda: len(record.filters) > before)
    assert window.model.id_at(window.list.currentIndex()) == INFRA.id
    assert window.page.title.text() == "infra-live"


def test_the_day_view_reads_the_same_period(qtbot: QtBot, record: Record) -> None:
    window = opened(qtbot, record)
    window.views.setCurrentIndex(1)
    qtbot.waitUntil(lambda: "at list price" in window.days.title.text())
    assert window.days.isVisible()
    assert not window.filters.search.isVisible()


def test_every_tab_of_the_page_can_be_copied(qtbot: QtBot, record: Record) -> None:
    from PySide6.QtGui import QGuiApplication

    window = opened(qtbot, record, CHECKOUT.id)
    for tab, words in enumerate(("All 9 runs", "All models", "main\topus-4-6\t09:14", "It is not your bill")):
        window.page.tabs.setCurrentIndex(tab)
        window.page._on_copy()
        assert words in QGuiApplication.clipboard().text()


def test_esc_closes_the_window_from_the_list(qtbot: QtBot, record: Record) -> None:
    window = opened(qtbot, record)
    with qtbot.waitSignal(window.closed):
        QTest.keyClick(window.list, Qt.Key.Key_Escape)


def test_a_page_shows_the_forecast_and_lists_launches_that_have_more_to_tell(qtbot: QtBot, record: Record) -> None:
    window = opened(qtbot, record, CHECKOUT.id)
    launches = window.page.tabs.indexOf(window.page.launches)
    assert window.page.forecast.text() == "forecast at 09:17: $11 to $29, came to $11.24"
    assert window.page.tabs.isTabVisible(launches)
    window.choose(LEDGER_API.id)
    qtbot.waitUntil(lambda: window.page.title.text() == "ledger-api")
    assert window.page.forecast.text() == ""
    assert not window.page.tabs.isTabVisible(launches)
