"""The painted bar of a question: what is left of a quota now, and where the launch would leave it."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication, QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QFontMetricsF, QPainter, QPainterPath, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QWidget

from taximeter.domain.launch import Severity
from taximeter.ui.bars import hatch
from taximeter.ui.colours import Colours, colours_of, paint_colour
from taximeter.ui.lines import paint_right
from taximeter.ui.question_view import LaunchBarView
from taximeter.ui.words import SMALL, scaled

translate = QCoreApplication.translate

THICK = 0.72
"""The bar's thickness in heights of a line."""
OVERHANG = 4.0
"""How far the marks stand out above and below the bar."""


class LaunchBar(QWidget):
    """Filled is what surely stays, hatched the range; one mark for the middle, a thin one for now."""

    def __init__(self) -> None:
        super().__init__()
        self._view: LaunchBarView | None = None
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def show_view(self, view: LaunchBarView) -> None:
        """Paint these shares and say the same to a screen reader."""
        if view != self._view:
            self._view = view
            self.setAccessibleName(view.spoken)
            self.setToolTip(view.spoken)
            self.update()

    def sizeHint(self) -> QSize:
        line = self.fontMetrics().height()
        small = QFontMetricsF(scaled(self.font(), SMALL)).height()
        return QSize(160, round(line * THICK + 2 * OVERHANG + 2 + small))

    def paintEvent(self, _event: QPaintEvent) -> None:
        if self._view is None:
            return
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        colours = colours_of(self.palette())
        thick = round(self.fontMetrics().height() * THICK)
        box = QRectF(0.5, OVERHANG, self.width() - 1, thick)
        _paint_shares(painter, box, self._view, colours)
        _paint_marks(painter, box, self._view, colours)
        painter.setFont(scaled(self.font(), SMALL))
        _paint_legend(painter, QRectF(0, box.bottom() + OVERHANG + 2, self.width(), self.height()), self._view, colours)
        painter.end()


def _paint_shares(painter: QPainter, box: QRectF, view: LaunchBarView, colours: Colours) -> None:
    outline = QPainterPath()
    outline.addRoundedRect(box, box.height() / 2, box.height() / 2)
    painter.save()
    painter.setClipPath(outline)
    painter.fillRect(box, paint_colour(colours.track))
    painter.fillRect(QRectF(box.left(), box.top(), box.width() * view.low, box.height()), paint_colour(colours.fill))
    if view.middle is not None:
        stripe = colours.act if view.severity is Severity.RED else colours.watch
        start = box.left() + box.width() * view.low
        width = max(3.0, box.width() * (view.high - view.low))
        hatch(painter, QRectF(start, box.top(), width, box.height()), stripe, colours.panel)
    painter.restore()
    painter.setPen(QPen(paint_colour(colours.mute), 1))
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.drawPath(outline)


def _paint_marks(painter: QPainter, box: QRectF, view: LaunchBarView, colours: Colours) -> None:
    now = _across(box, view.now)
    top, bottom = box.top() - OVERHANG, box.bottom() + OVERHANG
    # On a whole pixel: smeared over two a line this thin would be too faint.
    painter.fillRect(QRectF(round(now), top, 1, bottom - top), paint_colour(colours.mute))
    if view.middle is not None:
        middle = _across(box, view.middle)
        painter.fillRect(QRectF(round(middle) - 2, top, 4, bottom - top), paint_colour(colours.panel))
        painter.fillRect(QRectF(round(middle) - 1, top, 2, bottom - top), paint_colour(colours.ink))


def _paint_legend(painter: QPainter, box: QRectF, view: LaunchBarView, colours: Colours) -> None:
    metrics = QFontMetricsF(painter.font())
    base = box.top() + metrics.ascent()
    taken = paint_right(painter, box, base, view.limit, metrics, colours.mute)
    room = box.width() - taken - metrics.height()
    after, now = translate("Question", "after it"), translate("Question", "now")
    at_now = _across(box, view.now) - metrics.horizontalAdvance(now) / 2
    if view.middle is not None:
        width = metrics.horizontalAdvance(after)
        at_after = max(0.0, min(_across(box, view.middle) - width / 2, at_now - metrics.height() - width))
        painter.setPen(paint_colour(colours.ink))
        painter.drawText(QPointF(at_after, base), after)
        at_now = max(at_now, at_after + width + metrics.height())
    at_now = max(0.0, at_now)
    if at_now + metrics.horizontalAdvance(now) <= room:
        painter.setPen(paint_colour(colours.mute))
        painter.drawText(QPointF(at_now, base), now)


def _across(box: QRectF, share: float) -> float:
    return box.left() + max(1.0, min(box.width() * share, box.width() - 1))
