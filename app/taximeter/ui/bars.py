"""The painted bars: what is left of a quota, and where a cost went by kind of token."""

from __future__ import annotations

from PySide6.QtCore import QLineF, QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPainterPath, QPaintEvent, QPen, QPolygonF
from PySide6.QtWidgets import QSizePolicy, QWidget

from taximeter.ui.colours import Colours, colours_of, paint_colour
from taximeter.ui.glance import BarView
from taximeter.ui.shapes import GaugeState

GAP = 2.0


class QuotaBar(QWidget):
    """What is left, like a battery: filled, then hatched what is not billed yet, then the track."""

    def __init__(self, height: float = 0.72) -> None:
        super().__init__()
        self._view: BarView | None = None
        self._height = height
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def show_view(self, view: BarView) -> None:
        """Paint these shares and say the same to a screen reader."""
        if view != self._view:
            self._view = view
            self.setAccessibleName(view.spoken)
            self.setToolTip(view.spoken)
            self.update()

    def sizeHint(self) -> QSize:
        return QSize(80, round(self.fontMetrics().height() * self._height) + 8)

    def paintEvent(self, _event: QPaintEvent) -> None:
        if self._view is None:
            return
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        paint_quota(painter, QRectF(self.rect()).adjusted(0, 4, 0, -4), self._view, colours_of(self.palette()))
        painter.end()


def paint_quota(painter: QPainter, box: QRectF, view: BarView, colours: Colours) -> None:
    """A quota bar inside ``box``; the pace mark stands out above and below it."""
    fill = {GaugeState.WATCH: colours.watch, GaugeState.LOW: colours.act, GaugeState.SPENT: colours.act,
            GaugeState.STALE: colours.mute}.get(view.state, colours.fill)  # fmt: skip
    outline = QPainterPath()
    outline.addRoundedRect(box, box.height() / 2, box.height() / 2)
    painter.save()
    painter.setClipPath(outline)
    painter.fillRect(box, paint_colour(colours.track))
    left = QRectF(box.left(), box.top(), box.width() * view.left, box.height())
    painter.fillRect(left, paint_colour(fill))
    if view.pending > 0:
        pending = QRectF(left.right(), box.top(), max(2.0, box.width() * view.pending), box.height())
        hatch(painter, pending, fill, colours.panel)
    painter.restore()
    painter.setPen(QPen(paint_colour(colours.mute), 1))
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.drawPath(outline)
    if view.pace is not None:
        across = box.left() + max(1.0, min(box.width() * view.pace, box.width() - 1))
        painter.fillRect(QRectF(across - 2, box.top() - 4, 4, box.height() + 8), paint_colour(colours.panel))
        painter.fillRect(QRectF(across - 1, box.top() - 4, 2, box.height() + 8), paint_colour(colours.ink))
    if view.soft is not None:
        across = box.left() + max(5.0, min(box.width() * view.soft, box.width() - 5))
        _triangle(painter, across, box.top(), colours)


def _triangle(painter: QPainter, across: float, top: float, colours: Colours) -> None:
    """Points down at the bar's upper edge, so that it is not taken for the pace mark."""
    points = QPolygonF([QPointF(across - 5, top - 4), QPointF(across + 5, top - 4), QPointF(across, top + 4)])
    painter.setPen(QPen(paint_colour(colours.panel), 1.5))
    painter.setBrush(paint_colour(colours.ink))
    painter.drawPolygon(points)


def hatch(painter: QPainter, box: QRectF, stripe: int, ground: int) -> None:
    """Slanted stripes: an amount that is not certain yet."""
    painter.save()
    painter.setClipRect(box, Qt.ClipOperation.IntersectClip)
    painter.fillRect(box, paint_colour(ground))
    painter.setPen(QPen(paint_colour(stripe), 2))
    across = box.left() - box.height()
    while across < box.right():
        painter.drawLine(QLineF(across, box.bottom(), across + box.height(), box.top()))
        across += 5
    painter.restore()


def paint_kinds(painter: QPainter, box: QRectF, parts: tuple[int, ...], colours: Colours) -> None:
    """Segments in proportion to ``parts`` with gaps between; a part too small to see is left out."""
    whole = sum(parts)
    if whole <= 0 or box.width() < 2:
        return
    across = box.left()
    for part, colour in zip(parts, colours.kinds, strict=True):
        width = box.width() * part / whole
        if width >= 0.75:
            gap = GAP if width > 3 * GAP and across + width < box.right() - 0.5 else 0.0
            painter.fillRect(QRectF(across, box.top(), width - gap, box.height()), paint_colour(colour))
        across += width


class KindBar(QWidget):
    """Where a cost went, one segment a kind."""

    def __init__(self) -> None:
        super().__init__()
        self._parts: tuple[int, ...] = (0, 0, 0, 0, 0)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def show_parts(self, parts: tuple[int, ...], spoken: str) -> None:
        """Paint costs in the order of ``Cost``; ``spoken`` says them."""
        self._parts = parts
        self.setAccessibleName(spoken)
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(120, round(self.fontMetrics().height() * 0.9))

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        colours = colours_of(self.palette())
        if sum(self._parts) <= 0:
            painter.fillRect(self.rect(), paint_colour(colours.track))
        paint_kinds(painter, QRectF(self.rect()), self._parts, colours)
        painter.end()
