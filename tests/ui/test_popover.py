"""The popover as a window: filled in place, walked by keyboard, closed by Esc or by losing the focus."""

from __future__ import annotations

from dataclasses import replace

import pytest
from PySide6.QtCore import QEvent, QRect, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot
from ui.made_up import (
    CENT,
    CHECKOUT,
    DAY,
    DOLLAR,
    EMPTY,
    FIGURES,
    INFRA,
    LAUNCH,
    LIVE,
    NOW,
    SNAPSHOT,
    TODAY,
    outlook,
    quota,
    window,
)

from taximeter.domain.quota import QuotaKind, QuotaState
from taximeter.ledger.readmodels import Snapshot
from taximeter.ledger.readmodels_service import ServiceStanding, ServiceState
from taximeter.ui.desk import TroubleSeen
from taximeter.ui.glance import glance_of
from taximeter.ui.lines import SessionLine
from taximeter.ui.popover import Popover
from taximeter.ui.words import Link

BESIDE = QRect(1200, 4, 24, 24)


def opened(qtbot: QtBot, snapshot: Snapshot = SNAPSHOT, beside: QRect | None = BESIDE) -> Popover:
    popover = Popover(beside)
    qtbot.addWidget(popover)
    popover.show_glance(glance_of(snapshot, FIGURES), numbers_hidden=False)
    popover.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose, False)  # the test owns it
    with qtbot.waitActive(popover):
        popover.show()
        popover.activateWindow()
    return popover


def lines(popover: Popover) -> list[SessionLine]:
    return [line for line in popover.findChildren(SessionLine) if line.isVisible()]


def walk(start: QWidget) -> list[QWidget]:
    """Everything that Tab reaches, once round."""
    start.setFocus()
    reached: list[QWidget] = []
    focused = start
    while focused not in reached:
        reached.append(focused)
        focused.window().focusNextChild()
        now = QApplication.focusWidget()
        assert now is not None
        focused = now
    return reached


def test_tab_reaches_every_control_and_each_shows_the_focus(qtbot: QtBot) -> None:
    popover = opened(qtbot)
    reached = walk(popover.card.flip)
    shown = {one for one in (*popover.findChildren(Link), *popover.findChildren(SessionLine)) if one.isVisible()}
    assert set(reached) >= shown
    down = [one.mapTo(popover, one.rect().topLeft()).y() for one in reached if one in shown]
    assert down == sorted(down)
    line = lines(popover)[0]
    line.setFocus()
    focused = line.grab().toImage()
    lines(popover)[1].setFocus()
    assert line.grab().toImage() != focused


def test_arrows_walk_the_sessions_and_enter_chooses(qtbot: QtBot) -> None:
    popover = opened(qtbot)
    first, second = lines(popover)[1:3]
    first.setFocus()
    QTest.keyClick(first, Qt.Key.Key_Down)
    assert QApplication.focusWidget() is second
    QTest.keyClick(second, Qt.Key.Key_Up)
    with qtbot.waitSignal(popover.session_chosen) as chosen:
        QTest.keyClick(first, Qt.Key.Key_Return)
    assert chosen.args == [LIVE.id]


def test_a_click_on_a_session_chooses_it(qtbot: QtBot) -> None:
    popover = opened(qtbot)
    with qtbot.waitSignal(popover.session_chosen) as chosen:
        QTest.mouseClick(lines(popover)[2], Qt.MouseButton.LeftButton)
    assert chosen.args == [CHECKOUT.id]


def test_esc_closes_it(qtbot: QtBot) -> None:
    popover = opened(qtbot)
    with qtbot.waitSignal(popover.closed):
        QTest.keyClick(popover, Qt.Key.Key_Escape)


@pytest.mark.parametrize(("beside", "closes"), [(BESIDE, True), (None, False)])
def test_losing_the_focus_closes_it_only_beside_the_icon(qtbot: QtBot, beside: QRect | None, closes: bool) -> None:
    popover = opened(qtbot, beside=beside)
    gone: list[bool] = []
    popover.closed.connect(lambda: gone.append(True))
    QApplication.sendEvent(popover, QEvent(QEvent.Type.WindowDeactivate))
    assert bool(gone) is closes


def test_another_snapshot_is_filled_in_place(qtbot: QtBot) -> None:
    popover = opened(qtbot)
    line = lines(popover)[1]
    line.setFocus()
    dearer = replace(LIVE, totals=LIVE.totals + LIVE.totals)
    changed = replace(SNAPSHOT, today_sessions=(dearer, *TODAY[1:]))
    popover.show_glance(glance_of(changed, FIGURES), numbers_hidden=False)
    assert QApplication.focusWidget() is line
    assert "$6.24" in line.accessibleName()
    popover.show_glance(glance_of(EMPTY, FIGURES), numbers_hidden=False)
    assert not lines(popover)


def test_nothing_is_cut_off(qtbot: QtBot) -> None:
    popover = opened(qtbot)
    for part in popover.findChildren(Link):
        if part.isVisible():
            assert part.width() >= part.fontMetrics().horizontalAdvance(part.text()), part.text()


def test_the_large_figure_is_never_cut_short(qtbot: QtBot) -> None:
    unsure = replace(INFRA.totals, floor_requests=3, estimated_requests=3)
    popover = opened(qtbot, replace(SNAPSHOT, outlooks=(), today=unsure))
    large = popover.card.large
    assert large.text().startswith("At least $2.90 + 38")
    assert large.width() >= large.fontMetrics().horizontalAdvance(large.text())
    assert popover.card.flip.geometry().right() <= popover.card.width()


def test_the_answer_is_never_cut_short_beside_a_long_age(qtbot: QtBot) -> None:
    old = outlook(QuotaState.OFFLINE, quota(as_of=NOW - 11 * DAY))
    popover = opened(qtbot, replace(SNAPSHOT, outlooks=(old,)))
    answer, age = popover.card.answer, popover.card.age
    assert age.text() == "as of 12 November 14:20"
    assert answer.width() >= answer.fontMetrics().horizontalAdvance(answer.text())
    assert age.geometry().top() >= answer.geometry().bottom()
    popover.show_glance(glance_of(SNAPSHOT, FIGURES), numbers_hidden=False)
    qtbot.waitUntil(lambda: age.geometry().left() > answer.geometry().left())


def test_a_limit_at_risk_is_shown_unasked_and_the_others_on_demand(qtbot: QtBot) -> None:
    risky = window("Weekly window", 90, 76, QuotaState.LOW)
    popover = opened(qtbot, replace(SNAPSHOT, outlooks=(outlook(), window("5-hour window", 38, 3), risky)))
    shown = [row.name.text() for row in popover._limit_rows if row.isVisible()]
    assert shown == ["Weekly window"]
    QTest.mouseClick(popover.toggle, Qt.MouseButton.LeftButton)
    assert [row.name.text() for row in popover._limit_rows if row.isVisible()] == ["5-hour window", "Weekly window"]


def test_trouble_is_said(qtbot: QtBot) -> None:
    popover = opened(qtbot)
    popover.show_trouble(TroubleSeen("The ledger cannot be written", "Free some space on the disk."))
    assert popover.trouble.isVisible()
    assert "Free some space" in popover.trouble.text()


def test_all_that_is_said_of_a_services_quota_is_on_the_card_and_goes_again(qtbot: QtBot) -> None:
    rich = replace(quota(held=420 * CENT), origin="budget.example.com", soft_limit=160 * DOLLAR, coverage_chosen=False)
    popover = opened(qtbot, replace(SNAPSHOT, outlooks=(outlook(q=rich),)))
    card = popover.card
    assert card.details.text().split("\n")[:2] == [
        "November, told by budget.example.com", "$4.20 held for launches that run",
    ]  # fmt: skip
    assert card.hint.isVisible()
    assert "your company warns" in card.bar.accessibleName()
    with_triangle = card.bar.grab().toImage()
    card.show_view(glance_of(replace(SNAPSHOT, outlooks=(outlook(q=replace(rich, soft_limit=None)),)), FIGURES).quota)
    assert card.bar.grab().toImage() != with_triangle
    card.show_view(glance_of(SNAPSHOT, FIGURES).quota)
    assert not card.details.isVisible()
    assert not card.hint.isVisible()


def test_that_the_service_is_gone_is_said_below_another_quota(qtbot: QtBot) -> None:
    standing = ServiceStanding("budget.example.com", ServiceState.FAILED, NOW, "budget.example.com did not answer")
    own = outlook(q=quota(kind=QuotaKind.LOCAL))
    popover = opened(qtbot, replace(SNAPSHOT, outlooks=(own,), service=standing))
    assert popover.service.isVisible()
    assert "budget.example.com did not answer." in popover.service.text()
    popover.show_glance(glance_of(SNAPSHOT, FIGURES), numbers_hidden=False)
    assert not popover.service.isVisible()


def test_a_budget_is_offered_only_where_no_service_is_set(qtbot: QtBot) -> None:
    bare = replace(SNAPSHOT, outlooks=())
    popover = opened(qtbot, bare)
    assert popover.budget.isVisible()
    waiting = ServiceStanding("budget.example.com", ServiceState.NOT_ASKED)
    popover.show_glance(glance_of(replace(bare, service=waiting), FIGURES), numbers_hidden=False)
    assert not popover.budget.isVisible()


def test_it_stays_on_the_screen(qtbot: QtBot) -> None:
    popover = opened(qtbot, beside=QRect(790, 4, 8, 8))
    assert QApplication.primaryScreen().availableGeometry().contains(popover.geometry())


def test_a_line_takes_the_room_that_its_forecast_needs_and_gives_it_back(qtbot: QtBot) -> None:
    popover = opened(qtbot)
    before = lines(popover)[0].sizeHint().height()
    running = SNAPSHOT.running[0]._replace(launch=LAUNCH._replace(going_on=3))
    popover.show_glance(glance_of(replace(SNAPSHOT, running=(running,)), FIGURES), numbers_hidden=False)
    assert lines(popover)[0].sizeHint().height() > before
    popover.show_glance(glance_of(SNAPSHOT, FIGURES), numbers_hidden=False)
    assert lines(popover)[0].sizeHint().height() == before
