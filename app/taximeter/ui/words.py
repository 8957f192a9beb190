"""Text on the windows: labels that shorten themselves, and buttons that look like links."""

from __future__ import annotations

from enum import Enum

from PySide6.QtCore import QEvent, QRect, QSize, Qt
from PySide6.QtGui import QEnterEvent, QFont, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QAbstractButton, QLabel, QSizePolicy, QWidget

from taximeter.ui.colours import Colours, colours_of, paint_colour

SMALL = 0.88
TITLE = 1.15
LARGE = 1.9
FITTING = (LARGE, 1.5, 1.2, 1.0)


class Tone(Enum):
    """What a text's colour means."""

    INK = "ink"
    MUTE = "mute"
    WATCH = "watch"
    ACT = "act"

    def rgb(self, colours: Colours) -> int:
        """The colour in a set."""
        return int(getattr(colours, self.value))


def scaled(font: QFont, scale: float, bold: bool = False) -> QFont:
    """A font in relation to the platform's own."""
    changed = QFont(font)
    changed.setPointSizeF(max(6.0, font.pointSizeF() * scale))
    changed.setBold(bold)
    return changed


class Words(QLabel):
    """A line of text that ends in an ellipsis where there is no room, or wraps when asked to."""

    def __init__(
        self, text: str = "", *, tone: Tone = Tone.INK, scale: float = 1.0, bold: bool = False,
        wrap: bool = False, right: bool = False,
    ) -> None:  # fmt: skip
        super().__init__(text)
        self._tone = tone
        self._base = QFont(self.font())
        self.setFont(scaled(self.font(), scale, bold))
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setWordWrap(wrap)
        across = Qt.AlignmentFlag.AlignRight if right else Qt.AlignmentFlag.AlignLeft
        self.setAlignment(across | (Qt.AlignmentFlag.AlignTop if wrap else Qt.AlignmentFlag.AlignVCenter))
        policy = QSizePolicy.Policy.Fixed if right else QSizePolicy.Policy.Preferred
        if not wrap:
            self.setSizePolicy(policy, QSizePolicy.Policy.Fixed)

    def set_tone(self, tone: Tone) -> None:
        """Paint in another tone from now on."""
        if tone is not self._tone:
            self._tone = tone
            self.update()

    def setText(self, text: str) -> None:
        """Show a text; one that is there already costs nothing."""
        if text != self.text():
            super().setText(text)

    def fit_text(self, text: str, width: int, scales: tuple[float, ...] = FITTING) -> None:
        """Show a text that must not be cut short: in a smaller font where there is no room for the large one."""
        for scale in scales:
            self.setFont(scaled(self._base, scale, self.font().bold()))
            if self.fontMetrics().horizontalAdvance(text) <= width:
                break
        self.setText(text)

    def minimumSizeHint(self) -> QSize:
        hint = super().minimumSizeHint()
        if not self.wordWrap() and self.sizePolicy().horizontalPolicy() is QSizePolicy.Policy.Fixed:
            return hint
        return QSize(min(hint.width(), self.fontMetrics().horizontalAdvance("MMM")), hint.height())

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setPen(paint_colour(self._tone.rgb(colours_of(self.palette()))))
        box = self.contentsRect()
        if self.wordWrap():
            painter.drawText(box, int(self.alignment()) | Qt.TextFlag.TextWordWrap, self.text())
        else:
            shown = self.fontMetrics().elidedText(self.text(), Qt.TextElideMode.ElideRight, box.width())
            self.setToolTip("" if shown == self.text() else self.text())
            painter.drawText(box, int(self.alignment()) | Qt.TextFlag.TextSingleLine, shown)
        painter.end()


class Link(QAbstractButton):
    """A button in the colour of links; ``quiet`` ones look like muted text until touched.

    Those that ``shrinks`` end in an ellipsis where there is no room.
    """

    def __init__(
        self, text: str = "", *, quiet: bool = False, scale: float = 1.0, right: bool = False, shrinks: bool = False
    ) -> None:
        super().__init__()
        self.setText(text)
        self._quiet = quiet
        self._right = right
        self.setFont(scaled(self.font(), scale))
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        across = QSizePolicy.Policy.Maximum if shrinks else QSizePolicy.Policy.Fixed
        self.setSizePolicy(across, QSizePolicy.Policy.Fixed)

    def minimumSizeHint(self) -> QSize:
        hint = self.sizeHint()
        if self.sizePolicy().horizontalPolicy() is QSizePolicy.Policy.Fixed:
            return hint
        return QSize(min(hint.width(), self.fontMetrics().horizontalAdvance("MMM")), hint.height())

    def sizeHint(self) -> QSize:
        metrics = self.fontMetrics()
        return QSize(metrics.horizontalAdvance(self.text()) + 1, metrics.height() + 4)

    def set_text(self, text: str) -> None:
        """Show a text and take the room it needs."""
        if text != self.text():
            self.setText(text)
            self.updateGeometry()

    def set_quiet(self, quiet: bool) -> None:
        """Draw the eye from now on, or not."""
        if quiet != self._quiet:
            self._quiet = quiet
            self.update()

    def enterEvent(self, event: QEnterEvent) -> None:
        super().enterEvent(event)
        self.update()

    def leaveEvent(self, event: QEvent) -> None:
        super().leaveEvent(event)
        self.update()

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        colours = colours_of(self.palette())
        font = self.font()
        font.setUnderline(self.underMouse())
        painter.setFont(font)
        painter.setPen(paint_colour(colours.mute if self._quiet else colours.link))
        across = Qt.AlignmentFlag.AlignRight if self._right else Qt.AlignmentFlag.AlignLeft
        shown = self.fontMetrics().elidedText(self.text(), Qt.TextElideMode.ElideRight, self.width())
        if self.sizePolicy().horizontalPolicy() is not QSizePolicy.Policy.Fixed:
            self.setToolTip("" if shown == self.text() else self.text())
        painter.drawText(self.rect(), across | Qt.AlignmentFlag.AlignVCenter, shown)
        if self.hasFocus():
            draw_focus(self, painter, self.rect())
        painter.end()


def draw_focus(widget: QWidget, painter: QPainter, box: QRect) -> None:
    """The frame that shows where the keyboard is. Styles draw theirs too faintly, or only after Tab."""
    painter.setPen(QPen(paint_colour(colours_of(widget.palette()).link), 2))
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.drawRect(box.adjusted(1, 1, -1, -1))
