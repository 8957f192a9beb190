"""The question on a real desktop: in front at once, and no typed key taken."""

from __future__ import annotations

import pytest
from desktop.asking import EDITOR
from desktop.session import until
from desktop.stage import GROWN, TITLE, Stage

pytestmark = pytest.mark.desktop


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
