"""The card that connects a service: what answers is told first, what it pays for is chosen, then it is written."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QPushButton, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot
from ui.made_up import AGENT_NAMES

from taximeter.host.trouble import Trouble
from taximeter.ui.bridge import Bridge
from taximeter.ui.connect_card import ConnectCard
from taximeter.ui.sign_in_scenes import HOST, SERVICE, at_once, steps_of
from taximeter.ui.signing_in import Choice, Connected, Place, Probe

FOUND = Probe(SERVICE.origin, "taximeter", SERVICE.name, HOST)
UNCLEAR = Probe(SERVICE.origin, "", "", HOST)


class Settings:
    """What was connected, and what was asked."""

    def __init__(self, probe: Probe = FOUND, connected: Connected | None = None) -> None:
        self.probe = probe
        self.connected = connected
        self.probed: list[str] = []
        self.chosen: list[Choice] = []
        self.refusal: Trouble | None = None

    def look(self, address: str) -> Probe:
        self.probed.append(address)
        return self.probe

    def connect(self, choice: Choice) -> None:
        if self.refusal is not None:
            raise self.refusal
        self.chosen.append(choice)
        self.connected = SERVICE


Open = Callable[[Settings], ConnectCard]


@pytest.fixture
def opened(qtbot: QtBot) -> Open:
    windows: list[QWidget] = []

    def build(settings: Settings) -> ConnectCard:
        steps = replace(steps_of(None, FOUND), probe=settings.look, connect=settings.connect,
                        connected=lambda: settings.connected)  # fmt: skip
        window, before, bridge = QWidget(), QPushButton("before"), Bridge(at_once)
        card = ConnectCard(steps, bridge, before, 16, AGENT_NAMES)
        layout = QVBoxLayout(window)
        layout.addWidget(before)
        layout.addWidget(card)
        bridge.setParent(window)
        qtbot.addWidget(window)
        card.follow(("claude-code", "codex"), None)
        with qtbot.waitActive(window):
            window.show()
            window.activateWindow()
        qtbot.waitUntil(lambda: not bridge.is_waiting)
        windows.append(window)
        return card

    return build


def look(qtbot: QtBot, card: ConnectCard, address: str = HOST) -> None:
    QTest.keyClicks(card.address, address)
    QTest.keyClick(card.address, Qt.Key.Key_Return)
    qtbot.waitUntil(card.found.isVisible)


def test_nothing_is_asked_or_written_by_itself(opened: Open) -> None:
    settings = Settings()
    card = opened(settings)
    assert (settings.probed, settings.chosen) == ([], [])
    assert not card.details.isVisible()
    assert "without saying who asks" in card.about.text()


def test_what_answers_is_named_and_connected_with_what_it_pays_for(opened: Open, qtbot: QtBot) -> None:
    settings = Settings()
    card = opened(settings)
    look(qtbot, card)
    assert settings.probed == [HOST]
    assert card.found.text() == "Example budget answers at budget.example.com."
    assert (card.name.text(), card.kind.isVisible()) == ("Example budget", False)
    card.connect_it.click()
    assert card.said.text() == "Choose what it pays for. What something else pays is not taken off its figures."
    assert settings.chosen == []
    card.everything.setChecked(True)
    with qtbot.waitSignal(card.sign_in_asked):
        card.connect_it.click()
    assert settings.chosen == [Choice("taximeter", SERVICE.origin, "Example budget", everything=True)]
    qtbot.waitUntil(card.standing.isVisible)
    assert card.where.text() == "Connected to Example budget at budget.example.com. Nobody is signed in yet."
    assert not card.form.isVisible()


def test_some_agents_alone(opened: Open, qtbot: QtBot) -> None:
    settings = Settings()
    card = opened(settings)
    look(qtbot, card)
    assert not card.agents["codex"].isVisible()
    card.some.setChecked(True)
    assert [box.text() for box in card.agents.values() if box.isVisible()] == ["Claude Code", "Codex"]
    card.connect_it.click()
    assert card.said.text() == "Choose an agent, or everything."
    card.agents["codex"].setChecked(True)
    card.connect_it.click()
    qtbot.waitUntil(lambda: bool(settings.chosen))
    assert (settings.chosen[0].everything, settings.chosen[0].agents) == (False, ("codex",))


def test_what_does_not_tell_its_kind_is_left_to_the_person(opened: Open, qtbot: QtBot) -> None:
    settings = Settings(UNCLEAR)
    card = opened(settings)
    look(qtbot, card)
    assert card.found.text() == "budget.example.com does not tell what it is. Choose it."
    card.kind.setCurrentIndex(card.kind.findData("litellm"))
    card.everything.setChecked(True)
    card.connect_it.click()
    qtbot.waitUntil(lambda: bool(settings.chosen))
    assert settings.chosen[0].kind == "litellm"


def test_an_address_that_cannot_be_used_is_explained(opened: Open, qtbot: QtBot) -> None:
    card = opened(Settings(Probe()))
    look(qtbot, card, "http://budget.example.com")
    assert card.found.text().startswith("Type an address such as https://budget.example.com.")
    assert not card.details.isVisible()


def test_another_address_is_looked_at_anew(opened: Open, qtbot: QtBot) -> None:
    card = opened(Settings())
    look(qtbot, card)
    QTest.keyClicks(card.address, "x")
    assert not card.details.isVisible()


def test_settings_that_cannot_be_written_are_told_and_it_can_be_tried_again(opened: Open, qtbot: QtBot) -> None:
    settings = Settings()
    settings.refusal = Trouble("The settings cannot be written", "Make room on the disk.")
    card = opened(settings)
    look(qtbot, card)
    card.everything.setChecked(True)
    card.connect_it.click()
    qtbot.waitUntil(card.said.isVisible)
    assert card.said.text() == "The settings cannot be written. Make room on the disk."
    assert card.connect_it.isEnabled()


@pytest.mark.parametrize(
    ("connected", "told", "verb"),
    [(replace(SERVICE, own=False),
      "Your company has set Example budget at budget.example.com for this computer. Nobody is signed in yet.",
      "Sign in"),
     (replace(SERVICE, place=Place.KEYRING),
      "Connected to Example budget at budget.example.com. You are signed in.", "Sign in again"),
     (replace(SERVICE, name=HOST, place=Place.MEMORY),
      "Connected to budget.example.com. You are signed in until Taximeter is closed.", "Sign in again"),
     (replace(SERVICE, place=Place.VARIABLE, told_by="TAXIMETER_TOKEN"),
      "Connected to Example budget at budget.example.com. The token comes from TAXIMETER_TOKEN.", "")],
)  # fmt: skip
def test_a_service_that_is_set_offers_to_sign_in_and_nothing_else(
    opened: Open, connected: Connected, told: str, verb: str
) -> None:
    card = opened(Settings(connected=connected))
    assert card.where.text() == told
    assert (card.sign_in.text() if card.sign_in.isVisible() else "") == verb
    assert not card.form.isVisible()


def test_tab_walks_through_the_card_as_it_stands(opened: Open, qtbot: QtBot) -> None:
    card = opened(Settings())
    look(qtbot, card)
    card.some.setChecked(True)
    boxes = list(card.agents.values())
    expected = [card.address, card.look, card.name, card.everything, card.some, *boxes, card.connect_it]
    reached: list[QWidget] = []
    widget: QWidget | None = card.address
    while widget is not None and len(reached) < len(expected):
        if widget.isVisible() and widget.focusPolicy() is not Qt.FocusPolicy.NoFocus:
            reached.append(widget)
        widget = widget.nextInFocusChain()
    assert reached == expected
