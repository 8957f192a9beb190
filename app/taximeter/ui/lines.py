"""A session as a button of two or three text lines with its bar between them, painted so that it aligns."""

from __future__ import annotations

from PySide6.QtCore import QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QFontMetricsF, QKeyEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QAbstractButton, QSizePolicy

from taximeter.ui.bars import paint_kinds
from taximeter.ui.colours import Colours, colours_of, mix, paint_colour
from taximeter.ui.glance import LineView
from taximeter.ui.sentences import listed
from taximeter.ui.words import SMALL, draw_focus, scaled

PAD = 6
BAR = 6


class SessionLine(QAbstractButton):
    """Shows one ``LineView``; a click or Enter chooses its session."""

    chosen = Signal(str)

    def __init__(self, view: LineView) -> None:
        super().__init__()
        self._view = view
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)
        self.clicked.connect(self._on_clicked)
        self.show_view(view)

    def show_view(self, view: LineView) -> None:
        """Show another state of a session, or another session."""
        if view == self._view and self.accessibleName():
            return
        self._view = view
        self.setAccessibleName(view.spoken)
        self.setToolTip("\n".join(one for one in (f"{view.title} {view.branch}".strip(), listed(view.note)) if one))
        self.updateGeometry()
        self.update()

    def sizeHint(self) -> QSize:
        metrics = self.fontMetrics()
        small = QFontMetricsF(scaled(self.font(), SMALL))
        bar = BAR + 3 if self._has_bar() else 0
        below = small.height() * (2 if any(self._view.note) else 1)
        return QSize(200, round(metrics.height() + below + bar + 2 * PAD))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.click()
        elif event.key() == Qt.Key.Key_Down:
            self.focusNextChild()
        elif event.key() == Qt.Key.Key_Up:
            self.focusPreviousChild()
        else:
            super().keyPressEvent(event)

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        colours = colours_of(self.palette())
        if self.underMouse() or self.isDown():
            painter.fillRect(self.rect(), paint_colour(mix(colours.ink, colours.panel, 0.06)))
        box = QRectF(self.rect()).adjusted(0, PAD, 0, -PAD)
        below = self._paint_title(painter, box, colours)
        if self._has_bar():
            length = max(3.0, box.width() * self._view.scale)
            paint_kinds(painter, QRectF(box.left(), below + 2, length, BAR), self._view.parts, colours)
            below += BAR + 3
        self._paint_below(painter, QRectF(box.left(), below, box.width(), box.bottom() - below), colours)
        painter.fillRect(0, self.height() - 1, self.width(), 1, paint_colour(colours.line))
        if self.hasFocus():
            draw_focus(self, painter, self.rect())
        painter.end()

    def _has_bar(self) -> bool:
        return sum(self._view.parts) > 0

    def _paint_title(self, painter: QPainter, box: QRectF, colours: Colours) -> float:
        font = scaled(self.font(), 1.0, self._view.strong)
        painter.setFont(font)
        metrics = QFontMetricsF(font)
        base = box.top() + metrics.ascent()
        room = box.width() - paint_right(painter, box, base, self._view.right, metrics, colours.ink) - 8
        title = metrics.elidedText(self._view.title, Qt.TextElideMode.ElideRight, room)
        painter.drawText(QPointF(box.left(), base), title)
        taken = metrics.horizontalAdvance(title) + metrics.horizontalAdvance(" ")
        painter.setFont(self.font())
        plain = QFontMetricsF(self.font())
        if room - taken > plain.horizontalAdvance("MM"):
            painter.setPen(paint_colour(colours.mute))
            branch = plain.elidedText(self._view.branch, Qt.TextElideMode.ElideMiddle, room - taken)
            painter.drawText(QPointF(box.left() + taken, base), branch)
        return box.top() + metrics.height()

    def _paint_below(self, painter: QPainter, box: QRectF, colours: Colours) -> None:
        font = scaled(self.font(), SMALL)
        painter.setFont(font)
        metrics = QFontMetricsF(font)
        base = box.top() + metrics.ascent()
        for left, right in ((self._view.below_left, self._view.below_right), self._view.note):
            taken = paint_right(painter, box, base, right, metrics, colours.mute)
            shown = metrics.elidedText(left, Qt.TextElideMode.ElideRight, box.width() - taken - 8)
            painter.drawText(QPointF(box.left(), base), shown)
            base += metrics.height()

    def _on_clicked(self) -> None:
        self.chosen.emit(self._view.session)


def paint_right(painter: QPainter, box: QRectF, base: float, text: str, metrics: QFontMetricsF, rgb: int) -> float:
    """Paint ``text`` at the right end of ``box``, set the pen to its colour; returns its width."""
    painter.setPen(paint_colour(rgb))
    width = metrics.horizontalAdvance(text)
    painter.drawText(QPointF(box.right() - width, base), text)
    return width
