"""Where the popover opens: under the icon where the platform tells where that is."""

from __future__ import annotations

from PySide6.QtCore import QPoint, QRect, QSize
from PySide6.QtGui import QCursor, QGuiApplication

GAP = 4


def anchor(icon: QRect, platform: str, cursor: QPoint) -> QRect | None:
    """The rectangle to open beside; None where only an ordinary window can be shown.

    ``icon`` is the tray icon's geometry, asked at click time; trays on D-Bus give none, and there
    the cursor is on the icon on X11, while on Wayland no place is known and none can be chosen.
    """
    if icon.isValid() and not icon.isEmpty():
        return icon
    if platform in ("xcb", "windows", "cocoa"):
        return QRect(cursor, QSize(1, 1))
    return None


def place(size: QSize, beside: QRect, screen: QRect) -> QPoint:
    """The top left corner that keeps a window on the screen and next to the icon."""
    below = beside.center().y() < screen.center().y()
    top = beside.bottom() + GAP if below else beside.top() - GAP - size.height()
    left = beside.center().x() - size.width() // 2
    left = max(screen.left() + GAP, min(left, screen.right() - size.width() - GAP))
    top = max(screen.top() + GAP, min(top, screen.bottom() - size.height() - GAP))
    return QPoint(left, top)


def anchor_now(icon: QRect) -> QRect | None:
    """``anchor`` for this moment's cursor and platform."""
    return anchor(icon, QGuiApplication.platformName(), QCursor.pos())


def screen_at(beside: QRect) -> QRect:
    """The usable part of the screen that holds the icon."""
    screen = QGuiApplication.screenAt(beside.center()) or QGuiApplication.primaryScreen()
    return screen.availableGeometry()
