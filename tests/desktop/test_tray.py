"""On a real desktop with either kind of tray: the icon, what a click opens, and what is shown live."""

from __future__ import annotations

from pathlib import Path

import pytest
from desktop.conftest import Start
from desktop.meter import POPOVER, SESSIONS, Meter, icon_place, rules
from desktop.screen import Box, Picture
from desktop.session import PANEL, Desktop, until
from desktop.work import append, log_file, reply

pytestmark = pytest.mark.desktop
ASIDE = (900, 700)
"""Where the mouse is over nothing."""


@pytest.fixture
def log(private_home: Path) -> Path:
    """The log of a session that is at work."""
    path = log_file(private_home, "shop", "first")
    append(path, reply("first", 0, "shop"))
    return path


def open_popover(start: Start, desktop: Desktop) -> tuple[Meter, Box]:
    """The app with its popover open over one session."""
    before = desktop.screen.look(PANEL)
    meter = start(desktop)
    meter.click(*icon_place(desktop, before).middle)
    box = meter.wait_for(POPOVER)
    desktop.run("xdotool", "mousemove", *map(str, ASIDE))
    until("a session in the popover", lambda: len(rules(look(desktop, box))) > 1)
    return meter, box


def look(desktop: Desktop, box: Box) -> Picture:
    return desktop.screen.look(box)


def session_row(desktop: Desktop, box: Box) -> Box:
    """The popover's first session: what stands above its first rule."""
    return Box(box.x + 10, rules(look(desktop, box))[0] - 30, box.width - 20, 28)


def test_the_icon_is_seen_and_goes_with_the_app(start: Start, desktop: Desktop) -> None:
    before = desktop.screen.look(PANEL)
    meter = start(desktop)
    icon = icon_place(desktop, before)
    assert 8 <= icon.width <= 40
    assert 8 <= icon.height <= 32
    assert meter.end() == 0
    until("the icon gone", lambda: before.difference(desktop.screen.look(PANEL)) is None)


def test_a_click_on_the_icon_opens_the_popover_beside_it_and_esc_closes_it(
    start: Start, desktop: Desktop, log: Path
) -> None:
    before = desktop.screen.look(PANEL)
    meter = start(desktop)
    icon = icon_place(desktop, before)
    meter.click(*icon.middle)
    popover = meter.wait_for(POPOVER)
    assert popover.y < 80
    assert popover.x - 8 <= icon.middle[0] <= popover.x + popover.width + 8
    meter.press("Escape")
    meter.wait_gone(POPOVER)


def test_a_click_on_a_session_opens_its_breakdown(start: Start, desktop: Desktop, log: Path) -> None:
    meter, box = open_popover(start, desktop)
    meter.click(*session_row(desktop, box).middle)
    sessions = meter.wait_for(SESSIONS)
    until("the breakdown", lambda: coloured(desktop, sessions))


def test_the_keyboard_opens_a_breakdown_too(start: Start, desktop: Desktop, log: Path) -> None:
    meter, box = open_popover(start, desktop)
    row = session_row(desktop, box)
    unfocused = look(desktop, row)

    def focused() -> bool:
        meter.press("Tab")
        return unfocused.difference(look(desktop, row)) is not None

    until("the focus on the session", focused)
    meter.press("Return")
    sessions = meter.wait_for(SESSIONS)
    until("the breakdown", lambda: coloured(desktop, sessions))


def test_an_appended_line_shows_in_the_open_popover(start: Start, desktop: Desktop, log: Path) -> None:
    _, box = open_popover(start, desktop)
    figure = Box(box.x + 10, box.y + 30, box.width // 2, 30)
    before = look(desktop, figure)
    append(log, reply("first", 1, "shop"))
    until("the new figure", lambda: before.difference(look(desktop, figure)) is not None)


def test_the_tooltip_tells_what_was_appended_to_the_cent(start: Start, xfce: Desktop, log: Path) -> None:
    meter = start(xfce)
    until("the first figure", lambda: "$0.15" in meter.tooltip())
    append(log, reply("first", 1, "shop"))
    until("the new figure", lambda: "$0.30" in meter.tooltip())
    append(log_file(log.parents[3], "docs", "second"), reply("second", 0, "docs"))
    until("the new session's figure", lambda: "$0.45" in meter.tooltip())


def coloured(desktop: Desktop, window: Box) -> bool:
    """Whether the right half of a window shows the colours of token kinds: more than a hundred coloured pixels."""
    part = Box(window.x + window.width // 2, window.y, window.width // 2, window.height)
    pixels = desktop.screen.look(part).pixels
    far = (max(pixels[at : at + 3]) - min(pixels[at : at + 3]) > 60 for at in range(0, len(pixels), 4))
    return sum(far) > 100
