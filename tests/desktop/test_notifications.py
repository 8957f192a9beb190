"""The question's notification in real servers: its buttons pressed, replaced in place, and shown again by the next."""

from __future__ import annotations

import json
import signal
from typing import Any

import pytest
from desktop.meter import Meter
from desktop.screen import Box
from desktop.session import Desktop, settled, until
from desktop.stage import GROWN, TITLE, Stage, dunst, has_dunst, xfce_notifier, xfce_notifyd

pytestmark = pytest.mark.desktop
needs_dunst = pytest.mark.skipif(not has_dunst(), reason="dunst is not installed")
needs_xfce = pytest.mark.skipif(not xfce_notifier(), reason="xfce4-notifyd is not installed")
CORNER = Box(700, 0, 580, 220)
"""Where both servers show what they are told, beside the question's window."""
BUTTONS = 4


def told(stage: Stage) -> list[dict[str, Any]]:
    """What dunst was told so far and has put away, the newest first."""
    entries = json.loads(stage.dunstctl("history"))["data"][0]
    return [{name: value["data"] for name, value in entry.items()} for entry in entries]


def shown(stage: Stage) -> int:
    return int(stage.dunstctl("count", "displayed"))


def button(desktop: Desktop, box: Box, number: int) -> tuple[int, int]:
    """The middle of a button, counted from the left: they share the notification's last line."""
    inner = box.width - 28
    return box.x + 14 + round((number + 0.5) * inner / BUTTONS), box.y + box.height - 30


def ask_with_buttons(stage: Stage) -> tuple[Meter, Box]:
    """A question and where its notification is."""
    bare = stage.desktop.screen.look(CORNER)
    asking = stage.start()
    asking.wait_for(GROWN)
    return asking, settled(stage.desktop.screen, bare)


@needs_xfce
@pytest.mark.parametrize(("number", "answer"), [(1, "stop"), (2, "limit"), (3, "run")])
def test_a_button_answers_and_the_notification_goes(stage: Stage, number: int, answer: str) -> None:
    stage.stack.enter_context(xfce_notifyd(stage))
    bare = stage.desktop.screen.look(CORNER)
    asking, box = ask_with_buttons(stage)
    asking.click(*button(stage.desktop, box, number))
    until("the answer", lambda: stage.said(asking, f"answered {answer} notification"))
    stage.desktop.run("xdotool", "mousemove", "900", "700")
    until("the notification gone", lambda: bare.difference(stage.desktop.screen.look(CORNER)) is None)


@needs_xfce
def test_its_first_button_leads_back_to_a_question_that_was_closed(stage: Stage) -> None:
    stage.stack.enter_context(xfce_notifyd(stage))
    asking, box = ask_with_buttons(stage)
    stage.activate()
    asking.press("Escape")
    asking.wait_gone(TITLE)
    asking.click(*button(stage.desktop, box, 0))
    asking.wait_for(GROWN)
    assert not stage.said(asking, "answered")


@needs_dunst
def test_a_click_on_it_leads_back_too(stage: Stage) -> None:
    stage.stack.enter_context(dunst(stage))
    asking = stage.start()
    asking.wait_for(GROWN)
    until("one notification", lambda: shown(stage) == 1)
    stage.activate()
    asking.press("Escape")
    asking.wait_gone(TITLE)
    stage.dunstctl("action", "0")
    asking.wait_for(GROWN)
    assert not stage.said(asking, "answered")


@needs_dunst
@pytest.mark.parametrize(("kind", "urgency"), [("amber", "normal"), ("red", "critical")])
def test_growth_replaces_it_and_closing_it_answers_nothing(stage: Stage, kind: str, urgency: str) -> None:
    stage.stack.enter_context(dunst(stage))
    asking = stage.start(kind)
    asking.wait_for(GROWN)
    until("one notification", lambda: shown(stage) == 1)
    stage.dunstctl("close-all")
    until("none shown", lambda: shown(stage) == 0)
    (seen,) = told(stage)
    assert (seen["message"], seen["timeout"]) == (f"{urgency}: 9 agents are about to start", 0)
    assert asking.window(TITLE) is not None
    assert not stage.said(asking, "answered")


@needs_dunst
def test_a_server_that_dies_takes_the_question_nowhere_and_the_next_one_shows_it(stage: Stage) -> None:
    with dunst(stage) as first:
        asking = stage.start()
        asking.wait_for(GROWN)
        until("one notification", lambda: shown(stage) == 1)
        first.send_signal(signal.SIGKILL)
        first.wait()
    assert asking.window(TITLE) is not None
    stage.stack.enter_context(dunst(stage))
    until("the notification again", lambda: shown(stage) == 1)
    stage.activate()
    asking.press("Escape")
    asking.wait_gone(TITLE)
    stage.dunstctl("action", "0")
    asking.wait_for(GROWN)
