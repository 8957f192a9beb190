"""The painted bar of a question: filled up to what surely stays, the range after it, the track up to the limit."""

from __future__ import annotations

from dataclasses import replace

import pytest
from PySide6.QtGui import QColor, QImage
from pytestqt.qtbot import QtBot
from ui.asked import AMBER, RED
from ui.made_up import FIGURES, NOW

from taximeter.domain.launch import Question
from taximeter.ui.colours import Colours, colours_of, paint_colour
from taximeter.ui.question_bar import LaunchBar
from taximeter.ui.question_view import LaunchBarView, question_view

WIDTH = 400


def view_of(question: Question) -> LaunchBarView:
    bar = question_view(question, NOW, FIGURES).bar
    assert bar is not None
    return bar


def painted(qtbot: QtBot, view: LaunchBarView) -> tuple[QImage, Colours]:
    bar = LaunchBar()
    qtbot.addWidget(bar)
    bar.resize(WIDTH, bar.sizeHint().height())
    bar.show_view(view)
    image = QImage(bar.size(), QImage.Format.Format_RGB32)
    image.fill(bar.palette().window().color())
    bar.render(image)
    return image, colours_of(bar.palette())


def seen(image: QImage, start: float, end: float) -> set[int]:
    """Colours along the middle of the bar between two shares of its width."""
    row = 4 + image.height() // 6
    return {image.pixel(x, row) & 0xFFFFFF for x in range(round(start * WIDTH) + 2, round(end * WIDTH) - 2)}


def near(colours: set[int], wanted: int) -> bool:
    target = paint_colour(wanted)

    def apart(rgb: int) -> int:
        colour = QColor(rgb)
        return max(abs(colour.red() - target.red()), abs(colour.green() - target.green()),
                   abs(colour.blue() - target.blue()))  # fmt: skip

    return any(apart(rgb) < 24 for rgb in colours)


@pytest.mark.parametrize(("question", "stripe"), [(AMBER, "watch"), (RED, "act")])
def test_what_stays_the_range_and_the_track(qtbot: QtBot, question: Question, stripe: str) -> None:
    view = view_of(question)
    image, colours = painted(qtbot, view)
    assert seen(image, 0.02, view.low) == {colours.fill}
    assert near(seen(image, view.low, view.high), getattr(colours, stripe))
    assert seen(image, view.now + 0.02, 0.97) == {colours.track}


def test_the_middle_has_a_strong_mark_and_now_a_thin_one(qtbot: QtBot) -> None:
    view = view_of(AMBER)
    assert view.middle is not None
    image, colours = painted(qtbot, view)
    for share, colour in ((view.middle, colours.ink), (view.now, colours.mute)):
        across = round(share * WIDTH)
        assert near({image.pixel(x, 1) & 0xFFFFFF for x in range(across - 1, across + 2)}, colour)


def test_without_a_range_only_what_is_left_is_drawn(qtbot: QtBot) -> None:
    view = replace(view_of(AMBER), low=0.5, high=0.5, now=0.5, middle=None)
    image, colours = painted(qtbot, view)
    assert seen(image, 0.02, 0.48) == {colours.fill}
    assert seen(image, 0.52, 0.97) == {colours.track}


def test_a_range_too_narrow_to_see_is_still_drawn(qtbot: QtBot) -> None:
    view = replace(view_of(AMBER), low=0.5, high=0.5001, now=0.502, middle=0.9)
    image, colours = painted(qtbot, view)
    row = 4 + image.height() // 6
    assert {image.pixel(x, row) & 0xFFFFFF for x in range(198, 206)} - {colours.fill, colours.track}
