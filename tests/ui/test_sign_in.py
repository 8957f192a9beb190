"""The window for signing in says whom it asks before it asks, waits as long as it is told, and keeps what it gets."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import pytest
from PySide6.QtCore import Qt, QUrl
from PySide6.QtGui import QDesktopServices, QGuiApplication
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLineEdit
from pytestqt.qtbot import QtBot
from ui.made_up import NOW, SNAPSHOT, desk

from taximeter.host.trouble import Trouble
from taximeter.ledger.readmodels_service import ServiceStanding, ServiceState
from taximeter.ui.bridge import Bridge
from taximeter.ui.sign_in import SignInWindow
from taximeter.ui.sign_in_scenes import HERE, HOST, OFFER, SERVICE, sign_in_scenes, steps_of, waiting
from taximeter.ui.sign_in_view import Stage, sign_in_view
from taximeter.ui.signing_in import Connected, End, Ended, Granted, Offer, Place, Probe, SignIn, Waiting

TOKEN = "sk-made-up-0123456789"
GRANTED = Granted(SERVICE.origin, "the-pair")


class Steps:
    """Steps that answer as they are told, and take down what was asked."""

    def __init__(self, offer: Offer = HERE, connected: Connected | None = SERVICE) -> None:
        self.asked: list[str] = []
        self.kept: list[tuple[str, bool]] = []
        self.answers: list[Waiting | Granted | Ended] = []
        self.keeps: list[Place | Trouble] = [Place.KEYRING]
        self.begins: Waiting | Ended = replace(waiting(NOW), ask_at=NOW)
        self.offered = offer
        self.connected = connected

    def steps(self) -> SignIn:
        base = steps_of(self.connected, Probe(), self.offered)
        return replace(base, begin=self._begin, ask=self._ask, keep=self._keep, forget=self._forget)

    def _begin(self) -> Waiting | Ended:
        self.asked.append("begin")
        return self.begins

    def _ask(self, given: Waiting) -> Waiting | Granted | Ended:
        self.asked.append("ask")
        return self.answers.pop(0) if self.answers else replace(given, ask_at=NOW + 3_600_000)

    def _keep(self, granted: Granted, in_memory: bool) -> Place:
        self.kept.append((granted.entry, in_memory))
        found = self.keeps.pop(0)
        if isinstance(found, Trouble):
            raise found
        return found

    def _forget(self) -> None:
        self.asked.append("forget")


Open = Callable[[Steps], SignInWindow]


@pytest.fixture
def opened(qtbot: QtBot) -> Open:
    def build(steps: Steps) -> SignInWindow:
        desk_ = desk(sign_in=steps.steps())
        bridge = Bridge(desk_.submit)
        window = SignInWindow(desk_, bridge)
        bridge.setParent(window)
        qtbot.addWidget(window)
        window.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose, False)  # the test owns it
        window.begin()
        with qtbot.waitActive(window):
            window.show()
            window.activateWindow()
        qtbot.waitUntil(lambda: not bridge.is_waiting)
        return window

    return build


def stage_is(window: SignInWindow, stage: Stage) -> Callable[[], bool]:
    return lambda: window.state.stage is stage


def test_who_is_asked_stands_there_before_anybody_is(opened: Open, qtbot: QtBot) -> None:
    steps = Steps(OFFER)
    window = opened(steps)
    assert steps.asked == []
    assert "signs people in at login.example.com" in window.about.text()
    assert "taximeter, budget:read offline_access" in window.about.text()
    assert f"The token goes to {HOST} and nowhere else" in window.about.text()
    assert not window.code.isVisible()


def test_a_code_is_shown_and_the_token_is_kept_when_it_comes(opened: Open, qtbot: QtBot) -> None:
    steps = Steps()
    steps.answers = [replace(waiting(NOW), ask_at=NOW, slow=True), GRANTED]
    window = opened(steps)
    QTest.keyClick(window.act, Qt.Key.Key_Space)
    qtbot.waitUntil(stage_is(window, Stage.DONE))
    assert steps.asked == ["begin", "ask", "ask"]
    assert steps.kept == [("the-pair", False)]
    assert window.windowTitle() == "Signed in to Example budget"
    assert window.about.text() == "The token lies in this computer's keyring."


def test_the_code_can_be_read_copied_and_its_page_opened_on_a_click_alone(
    opened: Open, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    pages: list[QUrl] = []
    monkeypatch.setattr(QDesktopServices, "openUrl", pages.append)
    window = opened(Steps())
    window.act.click()
    qtbot.waitUntil(stage_is(window, Stage.CODE))
    assert (window.code.text(), window.left.text()) == ("BCDF-GHJK", "Good for 9 minutes")
    assert "https://login.example.com/device" in window.where.text()
    assert pages == []
    window.copy.click()
    assert QGuiApplication.clipboard().text() == "BCDF-GHJK"
    window.open.click()
    assert [page.toString() for page in pages] == ["https://login.example.com/device?user_code=BCDF-GHJK"]
    window.close()


@pytest.mark.parametrize(
    ("end", "told"),
    [(Ended(End.DENIED), "It was refused on that page. Nothing was kept."),
     (Ended(End.EXPIRED), "The code has run out. Nothing was kept."),
     (Ended(End.FAILED, "login.example.com has trouble of its own"),
      "login.example.com has trouble of its own. Nothing was kept.")],
)  # fmt: skip
def test_the_end_without_a_token_is_told_and_can_be_tried_again(
    opened: Open, qtbot: QtBot, end: Ended, told: str
) -> None:
    steps = Steps()
    steps.answers = [end, GRANTED]
    window = opened(steps)
    window.act.click()
    qtbot.waitUntil(stage_is(window, Stage.ENDED))
    assert (window.status.text(), window.act.text(), steps.kept) == (told, "Get a new code", [])
    window.act.click()
    qtbot.waitUntil(stage_is(window, Stage.DONE))


def test_closing_ends_the_waiting(opened: Open, qtbot: QtBot) -> None:
    steps = Steps()
    steps.begins = replace(waiting(NOW), ask_at=NOW + 50)
    window = opened(steps)
    window.act.click()
    qtbot.waitUntil(stage_is(window, Stage.CODE))
    with qtbot.waitSignal(window.closed):
        QTest.keyClick(window, Qt.Key.Key_Escape)
    QTest.qWait(120)
    assert steps.asked == ["begin"]


def test_a_token_is_typed_unseen_and_leaves_the_field_at_once(opened: Open, qtbot: QtBot) -> None:
    steps = Steps(Offer())
    window = opened(steps)
    assert window.token.echoMode() is QLineEdit.EchoMode.Password
    QTest.keyClick(window.token, Qt.Key.Key_Return)
    assert window.status.text() == "Paste the token that your company gave you."
    QTest.keyClicks(window.token, f" {TOKEN} ")
    QTest.keyClick(window.token, Qt.Key.Key_Return)
    qtbot.waitUntil(stage_is(window, Stage.DONE))
    assert steps.kept == [(TOKEN, False)]
    assert window.token.text() == ""
    assert TOKEN not in repr(window.state)


def test_the_other_way_in_is_one_click_away(opened: Open) -> None:
    window = opened(Steps())
    window.other.click()
    assert (window.token.isVisible(), window.other.text()) == (True, "Use a code instead")
    window.other.click()
    assert (window.token.isVisible(), window.act.text()) == (False, "Get a code")


def test_a_keyring_that_waits_says_so_and_is_tried_again_or_left(opened: Open, qtbot: QtBot) -> None:
    steps = Steps(Offer())
    steps.keeps = [Trouble("The keyring did not answer within 60 seconds", "Unlock it."), Place.MEMORY]
    window = opened(steps)
    window.token.setText(TOKEN)
    window.act.click()
    assert "Waiting for the keyring" in window.status.text()
    qtbot.waitUntil(stage_is(window, Stage.UNKEPT))
    assert window.status.text() == "The keyring did not answer within 60 seconds. Unlock it."
    assert window.act.text() == "Try again"
    window.other.click()
    qtbot.waitUntil(stage_is(window, Stage.DONE))
    assert steps.kept == [(TOKEN, False), (TOKEN, True)]
    assert window.about.text() == (
        "Taximeter holds the token until it is closed, and asks again at the next start.")  # fmt: skip


def test_without_a_safe_keyring_it_says_so_and_what_to_do(opened: Open, qtbot: QtBot) -> None:
    steps = Steps(Offer())
    steps.keeps = [Place.MEMORY]
    window = opened(steps)
    window.token.setText(TOKEN)
    window.act.click()
    qtbot.waitUntil(stage_is(window, Stage.DONE))
    assert window.about.text().startswith("This computer has no keyring that keeps a token safely.")
    assert "TAXIMETER_TOKEN" in window.about.text()


def test_signing_out_says_what_it_does_not_do(opened: Open, qtbot: QtBot) -> None:
    steps = Steps(connected=replace(SERVICE, place=Place.KEYRING))
    window = opened(steps)
    window.out.click()
    qtbot.waitUntil(stage_is(window, Stage.OUT))
    assert steps.asked == ["forget"]
    assert window.status.text() == "You are signed out here. The service was not told."
    assert not window.out.isVisible()


def test_without_a_service_there_is_nothing_to_sign_in_to(opened: Open) -> None:
    window = opened(Steps(connected=None))
    assert window.status.text().startswith("No budget service is connected.")
    assert not window.act.isVisible()


def test_what_the_service_says_to_the_new_token_is_told(opened: Open, qtbot: QtBot) -> None:
    steps = Steps(Offer())
    window = opened(steps)
    window.token.setText(TOKEN)
    window.act.click()
    qtbot.waitUntil(stage_is(window, Stage.DONE))
    before = ServiceStanding(HOST, ServiceState.SIGNED_OUT, NOW - 1, "before")
    window.follow(replace(SNAPSHOT, service=before))
    assert window.status.text() == f"Asking {HOST} for your figures"
    window.follow(
        replace(SNAPSHOT, service=before._replace(polled_at=NOW, failure=f"{HOST} does not accept the token"))
    )
    assert window.status.text() == f"{HOST} does not accept the token."
    told = ServiceStanding(HOST, ServiceState.ANSWERED, NOW + 1, who="Ed Ito")
    window.follow(replace(SNAPSHOT, service=told))
    assert window.status.text() == f"{HOST} has told the figures of Ed Ito."


def test_every_state_says_something_and_no_state_says_the_secret() -> None:
    for scene in sign_in_scenes(NOW):
        view = sign_in_view(scene.state, NOW)
        assert view.title
        assert view.away
        assert view.about or view.status


def test_seconds_are_told_in_the_last_minute_alone() -> None:
    coded = next(scene.state for scene in sign_in_scenes(NOW) if scene.name == "waiting")
    ends = NOW + 9 * 60_000
    told = [sign_in_view(coded, ends - left).left for left in (61_000, 60_000, 1_000, 0, -5)]
    assert told == ["Good for 2 minutes", "Good for 60 seconds", "Good for 1 second", "Good for 0 seconds",
                    "Good for 0 seconds"]  # fmt: skip
