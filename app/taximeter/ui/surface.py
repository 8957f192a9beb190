"""The ground that windows are built on, and the few ways in which things are put together on it."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, QSize, Qt, Signal
from PySide6.QtGui import QCloseEvent, QKeyEvent, QPalette
from PySide6.QtWidgets import (
    QApplication,
    QBoxLayout,
    QCheckBox,
    QFrame,
    QHBoxLayout,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)

from taximeter.ui.colours import paint_colour
from taximeter.ui.words import SMALL, Tone, Words

OUTLINE = 0xACACAC
SCREEN_SHARE = 0.82
"""Of a screen's height that a window takes at most, its frame left out."""


class Paper(QWidget):
    """A part on the palette's paper colour, which the desktop may change at any time."""

    def __init__(self) -> None:
        super().__init__()
        self.setAutoFillBackground(True)
        self.setPalette(paper(QApplication.palette()))

    def event(self, event: QEvent) -> bool:
        if event.type() == QEvent.Type.ApplicationPaletteChange:
            self.setPalette(paper(QApplication.palette()))
        return super().event(event)


class Card(QWidget):
    """A window that is freed when it is closed, and that Esc closes."""

    closed = Signal()

    def __init__(self, flags: Qt.WindowType = Qt.WindowType.Window, on_paper: bool = False) -> None:
        super().__init__(None, flags)
        self._on_paper = on_paper
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        if on_paper:
            self.setAutoFillBackground(True)
            self.setPalette(paper(QApplication.palette()))

    def event(self, event: QEvent) -> bool:
        if event.type() == QEvent.Type.ApplicationPaletteChange and self._on_paper:
            self.setPalette(paper(QApplication.palette()))
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.close()
        else:
            super().keyPressEvent(event)

    def closeEvent(self, event: QCloseEvent) -> None:
        super().closeEvent(event)
        self.closed.emit()


class Sheet(QWidget):
    """A part of a fixed width, as high as its texts need where they wrap at that width."""

    def __init__(self, width: int) -> None:
        super().__init__()
        self.setFixedWidth(width)

    def sizeHint(self) -> QSize:
        layout = self.layout()
        if layout is None or not layout.hasHeightForWidth():
            return super().sizeHint()
        return QSize(self.maximumWidth(), layout.totalHeightForWidth(self.maximumWidth()))

    def minimumSizeHint(self) -> QSize:
        return self.sizeHint()


class Scroll(QScrollArea):
    """Shows a sheet whole where the screen has room for it, else scrolls it."""

    def __init__(self, sheet: Sheet) -> None:
        super().__init__()
        self._sheet = sheet
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setWidget(sheet)
        sheet.installEventFilter(self)

    def sizeHint(self) -> QSize:
        wanted = self._sheet.sizeHint()
        room = round(self.screen().availableGeometry().height() * SCREEN_SHARE)
        if wanted.height() <= room:
            return wanted
        return QSize(wanted.width() + self.verticalScrollBar().sizeHint().width(), room)

    def minimumSizeHint(self) -> QSize:
        return self.sizeHint()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.LayoutRequest:
            self._sheet.resize(self._sheet.sizeHint())
            self.updateGeometry()
        return super().eventFilter(watched, event)


def paper(palette: QPalette) -> QPalette:
    """The palette with its window on the colour that text is edited on."""
    changed = QPalette(palette)
    for group in (QPalette.ColorGroup.Active, QPalette.ColorGroup.Inactive, QPalette.ColorGroup.Disabled):
        changed.setColor(group, QPalette.ColorRole.Window, palette.color(group, QPalette.ColorRole.Base))
    for group in (QPalette.ColorGroup.Active, QPalette.ColorGroup.Inactive):
        changed.setColor(group, QPalette.ColorRole.WindowText, palette.color(group, QPalette.ColorRole.Text))
    return changed


def column(parent: QWidget) -> QVBoxLayout:
    """A column without margins of its own."""
    layout = QVBoxLayout(parent)
    layout.setContentsMargins(0, 0, 0, 0)
    layout.setSpacing(2)
    return layout


def row(left: QWidget, right: QWidget) -> QHBoxLayout:
    """Two things on one line, the first taking the room that is left."""
    layout = QHBoxLayout()
    layout.setSpacing(8)
    layout.addWidget(left, 1 if isinstance(left, Words) else 0)
    layout.addWidget(right)
    return layout


def outlined(box: QCheckBox) -> QCheckBox:
    """The same box with an outline of 3:1 on light and on dark: styles draw it in a shade of the ground's colour."""
    palette = QPalette()
    palette.setColor(QPalette.ColorRole.Window, paint_colour(OUTLINE))
    box.setPalette(palette)
    return box


def turn(line: QBoxLayout, width: int) -> None:
    """Lay what does not fit beside each other in that width below each other."""
    items = [item for at in range(line.count()) if (item := line.itemAt(at)) is not None and not item.isEmpty()]
    wanted = sum(item.sizeHint().width() for item in items) + line.spacing() * max(0, len(items) - 1)
    ways = QBoxLayout.Direction
    line.setDirection(ways.LeftToRight if wanted <= width else ways.TopToBottom)


def heading(text: str) -> Words:
    """A small title over a group."""
    title = Words(text, tone=Tone.MUTE, scale=SMALL, bold=True)
    title.setContentsMargins(0, title.fontMetrics().height() // 2, 0, 0)
    return title


def rule() -> QFrame:
    """A thin line across."""
    line = QFrame()
    line.setFrameShape(QFrame.Shape.HLine)
    line.setFrameShadow(QFrame.Shadow.Sunken)
    return line
