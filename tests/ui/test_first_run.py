"""The first run: the promise first, figures before questions, and a budget if one likes."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLabel, QPushButton, QWidget
from pytestqt.qtbot import QtBot
from ui.made_up import DOLLAR, EMPTY, FIGURES, SESSIONS, SNAPSHOT, Record, desk

from taximeter.host.trouble import Trouble
from taximeter.ledger.readmodels import IndexProgress, SessionRow, Snapshot
from taximeter.ui.bridge import Bridge
from taximeter.ui.desk import BudgetChoice, BudgetPeriod
from taximeter.ui.first_run import FirstRun, amount_in


def opened(
    qtbot: QtBot, snapshot: Snapshot, rows: tuple[SessionRow, ...] = SESSIONS, record: Record | None = None
) -> FirstRun:
    desk_ = desk(snapshot, sessions=rows, record=record)
    bridge = Bridge(desk_.submit)
    window = FirstRun(desk_, bridge)
    bridge.setParent(window)
    qtbot.addWidget(window)
    window.show_snapshot(snapshot, FIGURES)
    window.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose, False)  # the test owns it
    with qtbot.waitActive(window):
        window.show()
        window.activateWindow()
    qtbot.waitUntil(lambda: not bridge.is_waiting)
    return window


def test_the_first_words_are_the_promise(qtbot: QtBot) -> None:
    window = opened(qtbot, SNAPSHOT)
    assert window.findChildren(QLabel)[0].text() == "Only you see this. Nothing has been sent."


def test_figures_stand_before_any_question_and_are_labelled(qtbot: QtBot) -> None:
    window = opened(qtbot, SNAPSHOT)
    assert window.found.text() == "Found on this computer: Claude Code, Codex, Gemini CLI"
    assert window.month.text().startswith("$27.01")
    assert window.month_label.text() == "in the last 30 days, 5 sessions, at list price, not your bill"
    assert window.month.mapToGlobal(window.month.pos()).y() < window.amount.mapToGlobal(window.amount.pos()).y()


def test_agents_whose_logs_are_gone_are_still_known_by_their_work(qtbot: QtBot) -> None:
    window = opened(qtbot, replace(SNAPSHOT, agents_found=()))
    assert window.found.text() == "Found on this computer: Claude Code, Codex, Gemini CLI"


def test_a_first_index_shows_its_count_and_can_be_left(qtbot: QtBot) -> None:
    window = opened(qtbot, replace(SNAPSHOT, progress=IndexProgress(1204, 5310, 0, 0)))
    assert window.progress.text().endswith("1,204 of 5,310 files")
    assert window.progress_bar.value() == 23
    assert window.leave.isVisible()
    window.show_snapshot(SNAPSHOT, FIGURES)
    assert not window.progress.isVisible()


def test_nothing_found_is_no_zero(qtbot: QtBot) -> None:
    window = opened(qtbot, EMPTY, ())
    assert window.found.text().startswith("No coding agent has worked here yet")
    assert not any(char.isdigit() for char in window.month.text())
    assert not window.today.isVisible()


@pytest.mark.parametrize(
    ("text", "amount"),
    [("200", 200 * DOLLAR), ("$ 1,250.50", 1_250_500_000_000), ("0", None), ("", None), ("much", None), ("-", None)],
)
def test_a_typed_amount(text: str, amount: int | None) -> None:
    assert amount_in(text, ".") == amount


def test_a_comma_is_the_decimal_point_where_it_is() -> None:
    assert amount_in("1.250,50", ",") == 1_250_500_000_000


def test_a_budget_is_set_by_keyboard(qtbot: QtBot) -> None:
    record = Record()
    window = opened(qtbot, SNAPSHOT, record=record)
    QTest.keyClicks(window.amount, "200")
    QTest.keyClick(window.amount, Qt.Key.Key_Return)
    qtbot.waitUntil(window.said.isVisible)
    assert record.budgets == [BudgetChoice(200 * DOLLAR, "USD", BudgetPeriod.MONTH)]
    assert window.said.text() == "$200 a month is set. The icon shows what is left of it."


def test_an_amount_that_is_none_is_explained(qtbot: QtBot) -> None:
    window = opened(qtbot, SNAPSHOT)
    QTest.mouseClick(window.set, Qt.MouseButton.LeftButton)
    assert window.said.text() == "Type an amount above 0, for example 200."


def test_a_budget_that_cannot_be_saved_is_told(qtbot: QtBot, expected_log: Callable[[str], None]) -> None:
    expected_log("A read for a window failed")

    def refuse(_choice: BudgetChoice) -> None:
        raise Trouble("The settings cannot be written", "Make room on the disk.")

    desk_ = replace(desk(), set_budget=refuse)
    bridge = Bridge(desk_.submit)
    window = FirstRun(desk_, bridge)
    bridge.setParent(window)
    qtbot.addWidget(window)
    window.show_snapshot(SNAPSHOT, FIGURES)
    window.amount.setText("200")
    with qtbot.waitSignal(bridge.troubled):
        window._on_set()
    assert window.said.text() == "The settings cannot be written. Make room on the disk."


def test_closing_is_no_answer(qtbot: QtBot) -> None:
    record = Record()
    window = opened(qtbot, SNAPSHOT, record=record)
    with qtbot.waitSignal(window.closed):
        QTest.keyClick(window, Qt.Key.Key_Escape)
    assert not record.budgets


def test_tab_walks_from_card_to_card_as_they_stand(qtbot: QtBot) -> None:
    window = opened(qtbot, SNAPSHOT)
    first, second = window.hooks.lines.values()
    reached: list[QWidget] = []
    widget: QWidget | None = window.set.nextInFocusChain()
    while widget is not None and len(reached) < 8:
        if widget.isVisible() and widget.focusPolicy() is not Qt.FocusPolicy.NoFocus:
            reached.append(widget)
        widget = widget.nextInFocusChain()
    card = window.connect_card
    assert reached[:6] == [card.address, card.look, first.switch, first.toggle, second.switch, second.toggle]
    assert [button.text() for button in reached[6:] if isinstance(button, QPushButton)] == ["Show the sessions", "Done"]


def test_the_first_control_is_the_first_that_is_reached(qtbot: QtBot) -> None:
    window = opened(qtbot, SNAPSHOT)
    widget = window.nextInFocusChain()
    while widget is not None and not (widget.isVisible() and widget.focusPolicy() & Qt.FocusPolicy.TabFocus):
        widget = widget.nextInFocusChain()
    assert widget is window.amount
