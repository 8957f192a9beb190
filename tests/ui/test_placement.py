"""The popover opens beside the icon where its place is known, and never off the screen."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtCore import QPoint, QRect, QSize

from taximeter.ui.placement import anchor, place

SCREEN = QRect(0, 0, 1280, 800)


def test_the_icons_geometry_comes_first() -> None:
    icon = QRect(1200, 4, 24, 24)
    assert anchor(icon, "wayland", QPoint(5, 5)) == icon


def test_without_geometry_the_cursor_is_on_the_icon_on_x11() -> None:
    assert anchor(QRect(), "xcb", QPoint(1264, 15)) == QRect(1264, 15, 1, 1)


def test_on_wayland_it_is_an_ordinary_window() -> None:
    assert anchor(QRect(), "wayland", QPoint(1264, 15)) is None


def test_below_a_panel_at_the_top_and_above_one_at_the_bottom() -> None:
    size = QSize(372, 500)
    assert place(size, QRect(600, 4, 24, 24), SCREEN).y() == 31
    assert place(size, QRect(600, 770, 24, 24), SCREEN).y() == 266


@given(st.integers(0, 1279), st.integers(0, 799), st.integers(50, 600), st.integers(50, 700))
def test_it_is_never_off_the_screen(x: int, y: int, width: int, height: int) -> None:
    corner = place(QSize(width, height), QRect(x, y, 1, 1), SCREEN)
    assert SCREEN.contains(QRect(corner, QSize(width, height)))
