"""The window for asking: it sends what it shows, once, and says what came of it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from concurrent.futures import Future
from dataclasses import replace
from typing import Any

import pytest
from PySide6.QtCore import QCoreApplication, QEvent, Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot
from ui.made_up import DOLLAR, FIGURES, MONTH, NOW, SNAPSHOT, submit_now
from ui.test_ask_more_view import APPROVED, ASKED, SOON, snapshot

from taximeter.domain.increase import Decision, IncreaseRequest, RequestStatus, Wish
from taximeter.domain.people import Person, TeamPage
from taximeter.host.trouble import Trouble
from taximeter.ledger.readmodels import Snapshot
from taximeter.ui.ask_more import AskMore
from taximeter.ui.bridge import Bridge
from taximeter.ui.company import Company


class Service:
    """Takes down what it is asked; answers when told to."""

    def __init__(self) -> None:
        self.wishes: list[Wish] = []
        self.withdrawn: list[str] = []
        self.trouble: Trouble | None = None
        self.late = False
        self.waiting: list[tuple[Future[Any], Callable[[], Any]]] = []

    def company(self) -> Company:
        return Company(self.submit, self.ask, self.withdraw, lambda _q, _at: TeamPage(()), lambda: Person("", "", 0),
                       self.decide)  # fmt: skip

    def submit(self, work: Callable[[], Any], /) -> Future[Any]:
        if not self.late:
            return submit_now(work)
        self.waiting.append((Future(), work))
        return self.waiting[-1][0]

    def answer(self) -> None:
        for future, work in self.waiting:
            try:
                future.set_result(work())
            except Trouble as trouble:
                future.set_exception(trouble)
        self.waiting = []

    def ask(self, wish: Wish) -> IncreaseRequest:
        self.wishes.append(wish)
        if self.trouble is not None:
            raise self.trouble
        return replace(ASKED, amount=wish.amount, reason=wish.reason, until=wish.until)

    def withdraw(self, request: str) -> IncreaseRequest:
        self.withdrawn.append(request)
        return replace(ASKED, status=RequestStatus.CANCELLED, decided_at=NOW)

    def decide(self, request: str, decision: Decision) -> IncreaseRequest:
        raise AssertionError("who asks for more decides on nothing")


@pytest.fixture
def service() -> Service:
    return Service()


@pytest.fixture
def open_window(qtbot: QtBot, service: Service) -> Iterator[Callable[..., AskMore]]:
    opened: list[AskMore] = []

    def opening(seen: Snapshot | None = None, project: str = "checkout-service") -> AskMore:
        bridge = Bridge(submit_now)
        window = AskMore(service.company(), bridge, seen or snapshot(), FIGURES)
        bridge.setParent(window)
        window.begin("", project)
        window.show()
        opened.append(window)
        return window

    yield opening
    for window in opened:
        window.close()
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete.value)


def settle(window: AskMore) -> None:
    while window._bridge.is_waiting:
        QCoreApplication.processEvents()


def click(window: AskMore) -> None:
    QTest.mouseClick(window.act, Qt.MouseButton.LeftButton)


def test_one_click_sends_what_is_suggested_and_shown(open_window: Callable[..., AskMore], service: Service) -> None:
    window = open_window()
    assert window.card.title.text() == "Ed Ito asks for $180 more: November"
    click(window)
    settle(window)
    (wish,) = service.wishes
    assert (wish.quota, wish.amount, wish.reason, wish.until) == ("November", 180 * DOLLAR, "", MONTH.end)
    assert wish.key
    assert window.title.text() == "You asked for more"
    assert window.act.text() == "Take it back"
    assert not window.form.isVisible()


def test_a_double_click_asks_once(open_window: Callable[..., AskMore], service: Service) -> None:
    service.late = True
    window = open_window()
    click(window)
    click(window)
    window._on_act()  # a screen reader presses without looking
    assert len(service.waiting) == 1
    service.answer()
    settle(window)
    assert len(service.wishes) == 1
    assert not service.withdrawn


def test_a_failure_is_said_in_the_window_and_sending_it_again_has_the_same_key(
    open_window: Callable[..., AskMore], service: Service
) -> None:
    service.trouble = Trouble("The budget service is not reached", "Try again in a moment.")
    window = open_window()
    click(window)
    settle(window)
    assert window.trouble.text() == "The budget service is not reached. Try again in a moment."
    assert window.trouble.isVisible()
    assert window.form.isVisible()
    click(window)
    settle(window)
    window.form.amount.setText("70")
    service.trouble = None
    click(window)
    settle(window)
    first, again, other = service.wishes
    assert first == again
    assert other.key != first.key
    assert not window.trouble.isVisible()


def test_what_is_typed_is_what_the_manager_will_see(open_window: Callable[..., AskMore], service: Service) -> None:
    window = open_window()
    window.form.amount.setText("12.50")
    window.form.reason.setPlainText("More review.")
    window.form.for_good.click()
    assert window.card.title.text() == "Ed Ito asks for $12.50 more: November"
    assert window.card.until.text() == "For good"
    assert "More review." in window.card.reason.text()
    window.form.project.click()
    assert window.form.reason.toPlainText() == "More review.\nProject: checkout-service"
    assert "Project: checkout-service" in window.card.reason.text()
    window.form.reason.setPlainText("More review.")
    assert not window.form.project.isChecked()
    click(window)
    settle(window)
    assert (service.wishes[0].until, service.wishes[0].reason) == (None, "More review.")


@pytest.mark.parametrize(("amount", "reason"), [("a lot", ""), ("", ""), ("0", ""), ("50", "x" * 501)])
def test_what_cannot_be_sent_is_not(
    open_window: Callable[..., AskMore], service: Service, amount: str, reason: str
) -> None:
    window = open_window()
    window.form.amount.setText(amount)
    window.form.reason.setPlainText(reason)
    assert not window.act.isEnabled()
    window._on_act()
    assert not service.wishes


def test_one_that_waits_can_be_taken_back(open_window: Callable[..., AskMore], service: Service) -> None:
    window = open_window(snapshot(ASKED))
    assert not window.form.isVisible()
    assert window.card.title.text() == "Ed Ito asks for $50 more: November"
    click(window)
    settle(window)
    assert service.withdrawn == ["r-1"]
    assert window.title.text() == "Taken back"
    window.follow(snapshot(ASKED), FIGURES)  # the poll was made before
    assert window.title.text() == "Taken back"
    click(window)
    assert window.form.isVisible()


def test_the_decision_arrives_with_the_next_poll(open_window: Callable[..., AskMore]) -> None:
    window = open_window()
    click(window)
    settle(window)
    window.follow(snapshot(ASKED), FIGURES)
    assert window.title.text() == "You asked for more"
    window.follow(snapshot(APPROVED), FIGURES)
    assert window.title.text() == "Approved"
    assert "Fine." in window.said.text()


def test_a_poll_leaves_what_was_typed(open_window: Callable[..., AskMore]) -> None:
    window = open_window()
    window.form.amount.setText("77")
    window.form.reason.setPlainText("More review.")
    window.follow(replace(snapshot(), now=NOW + 60_000), FIGURES)
    assert (window.form.amount.text(), window.form.reason.toPlainText()) == ("77", "More review.")


def test_an_answer_that_comes_after_the_window_was_closed_is_dropped(qtbot: QtBot, service: Service) -> None:
    service.late = True
    bridge = Bridge(submit_now)
    window = AskMore(service.company(), bridge, snapshot(), FIGURES)
    window.begin("", "")
    window.show()
    click(window)
    window.close()
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete.value)
    service.answer()
    qtbot.waitUntil(lambda: not bridge.is_waiting)


def test_a_page_is_opened_and_a_text_copied_only_on_a_click(
    open_window: Callable[..., AskMore], service: Service, monkeypatch: pytest.MonkeyPatch
) -> None:
    opened: list[str] = []
    monkeypatch.setattr("taximeter.ui.ask_more.QDesktopServices.openUrl", lambda url: opened.append(url.toString()))
    bare = snapshot(can=frozenset())
    page = "https://intranet.example.com/more"
    paged = replace(bare, outlooks=(replace(SOON, quota=replace(SOON.quota, request_url=page)),))
    window = open_window(paged)
    assert not opened
    click(window)
    assert opened == [page]
    text = open_window(bare)
    click(text)
    assert QGuiApplication.clipboard().text().startswith("I would like $180 more of the quota November.")
    assert not service.wishes


def test_with_numbers_hidden_what_one_types_is_still_seen_and_sent(open_window: Callable[..., AskMore]) -> None:
    window = open_window()
    window.follow(snapshot(), replace(FIGURES, hidden=True))
    window.form.amount.setText("50")
    assert window.card.title.text() == "Ed Ito asks for $50 more: November"
    assert "200" not in window.card.effect.text() + window.rest.text()
    text = open_window(snapshot(can=frozenset()))
    text.follow(snapshot(can=frozenset()), replace(FIGURES, hidden=True))
    click(text)
    assert "$118.40 of $200 left" in QGuiApplication.clipboard().text()


def test_without_a_limit_to_raise_it_says_so(open_window: Callable[..., AskMore]) -> None:
    window = open_window(replace(SNAPSHOT, outlooks=()))
    assert window.title.text() == "There is nothing to ask for"
    assert not window.act.isVisible()
    assert window.away.isVisible()
