"""The question on a real desktop: in front at once, no typed key taken, and its notification leads back to it."""

from __future__ import annotations

import shutil
import sys
from collections.abc import Iterator
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path

import pytest
from desktop.asking import EDITOR
from desktop.meter import APP, Meter, app_environment
from desktop.session import Desktop, running, until

pytestmark = pytest.mark.desktop
ASIDE = (1200, 700)
TITLE = "[89] agents are about to start.*"
GROWN = "9 agents are about to start.*"


@dataclass
class Stage:
    """A desktop on which somebody types while a question comes."""

    desktop: Desktop
    stack: ExitStack
    folder: Path

    def start(self, *words: str) -> Meter:
        env = app_environment(self.desktop) | {"PYTHONPATH": f"{APP}:{APP.parent / 'tests'}"}
        log = self.folder / f"{words[0] if words else 'ask'}.log"
        program = Path(__file__).with_name("asking.py")
        process = self.stack.enter_context(running([sys.executable, str(program), *words], env, log))
        return Meter(process, self.desktop, log)

    def activate(self) -> None:
        """Go to the question as a person does."""
        self.desktop.run("xdotool", "search", "--name", f"^{GROWN}$", "windowactivate", "--sync")

    def said(self, meter: Meter, words: str) -> bool:
        return words in meter.log.read_text()


@pytest.fixture
def stage(no_tray: Desktop, tmp_path: Path) -> Iterator[Stage]:
    with ExitStack() as stack:
        no_tray.run("xdotool", "mousemove", *map(str, ASIDE))
        yield Stage(no_tray, stack, tmp_path)


def test_what_is_typed_goes_where_it_was_meant_to(stage: Stage) -> None:
    editor = stage.start("edit")
    editor.wait_for(EDITOR)
    editor.press("a")
    until("the first letter", lambda: stage.said(editor, "typed a"))
    asking = stage.start()
    asking.wait_for(TITLE)
    for _ in range(3):
        editor.press("space", "Return", "b")
    asking.wait_for(GROWN)
    editor.press("space", "Return", "c")
    until("all that was typed", lambda: stage.said(editor, "typed a b b b c"))
    assert not stage.said(asking, "answered")


def test_asked_for_it_is_answered_by_keyboard_alone(stage: Stage) -> None:
    asking = stage.start()
    asking.wait_for(GROWN)
    stage.activate()
    asking.press("Tab", "Tab", "Return")  # the last within the first second: it does nothing

    def answered() -> bool:
        asking.press("Return")
        return stage.said(asking, "answered limit window")

    until("the answer", answered)
    asking.wait_gone(TITLE)


@pytest.mark.skipif(not (shutil.which("dunst") and shutil.which("dunstctl")), reason="dunst is not installed")
def test_its_notification_leads_back_to_a_question_that_was_closed(stage: Stage) -> None:
    daemon = running(["dunst", "-conf", "/dev/null"], stage.desktop.env, stage.folder / "dunst.log")
    stage.stack.enter_context(daemon)
    bus = ("env", f"DBUS_SESSION_BUS_ADDRESS={stage.desktop.env['DBUS_SESSION_BUS_ADDRESS']}", "dunstctl")
    until("the notification server", lambda: stage.desktop.run(*bus, "count", "displayed").strip() == "0")
    asking = stage.start()
    asking.wait_for(GROWN)
    until("one notification", lambda: stage.desktop.run(*bus, "count", "displayed").strip() == "1")
    stage.activate()
    asking.press("Escape")
    asking.wait_gone(TITLE)
    stage.desktop.run(*bus, "action", "0")
    asking.wait_for(GROWN)
    assert not stage.said(asking, "answered")
