"""Agents ask only once they were switched on: the exact change first, one click to do it, one to undo it."""

from __future__ import annotations

from dataclasses import replace

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QPushButton
from pytestqt.qtbot import QtBot
from ui.made_up import Record, desk, hook_row

from taximeter.host.trouble import Trouble
from taximeter.ui.bridge import Bridge
from taximeter.ui.desk import Desk, HookStanding
from taximeter.ui.hooks_card import HooksCard
from taximeter.ui.hooks_view import agent_views, switched_words


def opened(qtbot: QtBot, desk_: Desk) -> HooksCard:
    bridge = Bridge(desk_.submit)
    before = QPushButton()
    card = HooksCard(desk_, bridge, before, 16)
    before.setParent(card)
    bridge.setParent(card)
    qtbot.addWidget(card)
    card.follow(("claude-code",))
    card.show()
    qtbot.waitUntil(lambda: not bridge.is_waiting)
    return card


@pytest.fixture
def record() -> Record:
    return Record()


def test_nothing_is_changed_until_it_is_switched_on(qtbot: QtBot, record: Record) -> None:
    card = opened(qtbot, desk(record=record))
    assert [line.state.text() for line in card.lines.values()] == ["does not ask", "does not ask"]
    assert not record.asking
    assert "Nothing is changed until you switch it on." in card.about.text()


def test_the_exact_change_is_shown_on_request(qtbot: QtBot, record: Record) -> None:
    line = opened(qtbot, desk(record=record)).lines["claude-code"]
    assert line.diff.isHidden()
    QTest.keyClick(line.toggle, Qt.Key.Key_Space)
    assert line.diff.isVisible()
    assert "+  hooks" in line.diff.toPlainText()
    assert line.toggle.text() == "Hide the change"
    assert not record.asking


def test_one_click_does_it_and_one_undoes_it(qtbot: QtBot, record: Record) -> None:
    card = opened(qtbot, desk(record=record))
    line = card.lines["claude-code"]
    QTest.mouseClick(line.switch, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: line.state.text() == "asks")
    assert record.asking == {"claude-code": True}
    assert card.said.text() == "Claude Code asks from now on."
    assert "-  hooks" in line.diff.toPlainText()
    assert card.lines["codex"].state.text() == "does not ask"
    QTest.mouseClick(line.switch, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: line.state.text() == "does not ask")
    assert record.asking == {"claude-code": False}


def test_an_agent_that_must_be_started_anew_says_so(qtbot: QtBot, record: Record) -> None:
    card = opened(qtbot, desk(record=record))
    QTest.mouseClick(card.lines["codex"].switch, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(card.said.isVisible)
    assert card.said.text() == "Codex asks from now on; sessions that already run only once started anew."


def test_trouble_is_told_in_the_card_and_the_switch_can_be_tried_again(qtbot: QtBot) -> None:
    def refuse(_agent: str, _on: bool) -> None:
        raise Trouble("The file was changed by somebody else just now", "Nothing was changed; try again.")

    card = opened(qtbot, replace(desk(), set_hooks=refuse))
    QTest.mouseClick(card.lines["codex"].switch, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(card.said.isVisible)
    assert card.said.text() == "The file was changed by somebody else just now. Nothing was changed; try again."
    assert card.lines["codex"].switch.isEnabled()


def test_settings_that_cannot_be_read_are_told(qtbot: QtBot) -> None:
    def refuse() -> tuple[()]:
        raise Trouble("settings.toml, line 3", "It has to be true or false.")

    card = opened(qtbot, replace(desk(), hooks=refuse))
    assert card.said.text() == "settings.toml, line 3. It has to be true or false."


def test_without_an_agent_that_can_ask_there_is_nothing_to_switch(qtbot: QtBot) -> None:
    card = opened(qtbot, replace(desk(), hooks=lambda: ()))
    assert card.nobody.isVisible()
    assert not card.lines


def test_overridden_hooks_say_why_and_have_no_switch(qtbot: QtBot) -> None:
    why = "Your administrator has switched hooks off."
    row = hook_row("codex", standing=HookStanding.OVERRIDDEN, sentence=why)
    line = opened(qtbot, replace(desk(), hooks=lambda: (row,))).lines["codex"]
    assert (line.state.text(), line.sentence.text()) == ("cannot ask", why)
    assert not line.switch.isVisible()
    assert not line.toggle.isVisible()


def test_all_folders_of_an_agent_are_one_switch() -> None:
    (both,) = agent_views((hook_row("codex"), hook_row("codex", folder="~/other")))
    assert (both.folder, both.standing, both.verb) == ("~/.codex, ~/other", HookStanding.OFF, "Switch on")
    assert both.diff.count("+  hooks") == 2
    (half,) = agent_views((hook_row("codex", on=True), hook_row("codex")))
    assert (half.standing, half.verb) == (HookStanding.ALTERED, "Mend it")
    assert "-  hooks" not in half.diff


def test_a_switch_that_did_not_help_does_not_say_that_it_did() -> None:
    (view,) = agent_views((hook_row("codex", standing=HookStanding.ALTERED),))
    assert switched_words(view, on=True) == view.sentence == "Its hooks are not as they should be."


def test_one_change_is_shown_at_a_time(qtbot: QtBot) -> None:
    first, second = opened(qtbot, desk()).lines.values()
    first.toggle.click()
    second.toggle.click()
    assert (first.diff.isVisible(), second.diff.isVisible()) == (False, True)
    second.toggle.click()
    assert not second.diff.isVisible()


def test_an_agent_that_is_found_later_appears(qtbot: QtBot) -> None:
    rows = [hook_row("codex")]
    card = opened(qtbot, replace(desk(), hooks=lambda: tuple(rows)))
    rows.append(hook_row("claude-code"))
    card.follow(("claude-code",))
    assert list(card.lines) == ["codex"]
    card.follow(("claude-code", "codex"))
    qtbot.waitUntil(lambda: list(card.lines) == ["codex", "claude-code"])
