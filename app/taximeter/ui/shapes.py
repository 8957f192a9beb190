"""The outlines of the gauge in its states, on a grid of 16 by 16: geometry alone, no colour.

States differ by shape, so that the icon can be read in grey, as a mask, and by anyone.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QFont, QPainterPath, QPainterPathStroker, QTransform

GRID = 16.0
_CENTRE = QPointF(8, 8)


class GaugeState(StrEnum):
    """What the gauge says by its shape."""

    OK = "ok"
    WATCH = "watch"
    LOW = "low"
    SPENT = "spent"
    STALE = "stale"
    OFF = "off"
    """The service cannot be reached, or one is signed out."""
    QUESTION = "question"
    NONE = "none"
    """No quota is known, or nothing was read yet."""


@dataclass(frozen=True, slots=True)
class Shape:
    """``body`` is painted solid, ``track`` faintly, ``glyph`` is left out of the body."""

    body: QPainterPath
    track: QPainterPath
    glyph: QPainterPath


def shape_of(state: GaugeState, share: float) -> Shape:
    """The ring and its states. ``share`` is what is left, from 0 to 1; only the ring shows it."""
    if state is GaugeState.OK:
        return Shape(_ring(share), _ring(1.0), QPainterPath())
    if state is GaugeState.WATCH:
        return Shape(_ring(share) + _exclamation(6.8, 4.5, 2.4, 7.0), _ring(1.0), QPainterPath())
    if state is GaugeState.LOW:
        return Shape(_triangle(), QPainterPath(), _exclamation(7.0, 5.4, 2.0, 7.4))
    if state is GaugeState.SPENT:
        return Shape(_disc(), QPainterPath(), _letters("0", QRectF(4.8, 3.7, 6.4, 8.6)))
    if state is GaugeState.QUESTION:
        return Shape(_disc(), QPainterPath(), _letters("?", QRectF(4.9, 3.5, 6.2, 9.0)))
    if state is GaugeState.STALE:
        return Shape(_dashes() + _hands(), QPainterPath(), QPainterPath())
    if state is GaugeState.OFF:
        return Shape(_arc(1.0, 5.8, 1.5) + _line(QPointF(2.6, 13.4), QPointF(13.4, 2.6), 1.7), QPainterPath(),
                     QPainterPath())  # fmt: skip
    return Shape(_arc(1.0, 5.8, 1.5) + _dot(1.7), QPainterPath(), QPainterPath())


def numbered(state: GaugeState, percent: int) -> Shape:
    """The ring's facts as a number over a bar; the states without a level keep their shapes."""
    if state not in (GaugeState.OK, GaugeState.WATCH, GaugeState.LOW):
        return shape_of(state, percent / 100)
    digits = str(max(0, min(percent, 99)))
    if state is GaugeState.LOW:
        square = QPainterPath()
        square.addRoundedRect(QRectF(0.6, 1.2, 14.8, 13.6), 3, 3)
        return Shape(square, QPainterPath(), _letters(digits, QRectF(2.4, 3.6, 11.2, 8.8)))
    bars = _bar(13.0, percent / 100)
    tracks = _bar(13.0, 1.0)
    letters = _letters(digits, QRectF(0.8, 1.2, 14.4, 10.2))
    if state is GaugeState.WATCH:
        letters = _letters(digits, QRectF(1.4, 3.9, 13.2, 7.6))
        bars += _bar(0.6, 1.0)
    return Shape(letters + bars, tracks, QPainterPath())


def surround(shape: Shape, width: float) -> QPainterPath:
    """The shape widened by ``width`` on every side, to be painted below it as its outline."""
    whole = shape.body.united(shape.track)
    return _stroke(whole, 2 * width, Qt.PenCapStyle.RoundCap) + whole


def _ring(share: float) -> QPainterPath:
    return _arc(share, 5.7, 2.8)


def _arc(share: float, radius: float, width: float) -> QPainterPath:
    path = QPainterPath()
    if share <= 0:
        return path
    box = QRectF(8 - radius, 8 - radius, 2 * radius, 2 * radius)
    if share >= 1:
        path.addEllipse(box)
    else:
        path.arcMoveTo(box, 90)
        path.arcTo(box, 90, -360 * share)
    return _stroke(path, width, Qt.PenCapStyle.FlatCap)


def _stroke(path: QPainterPath, width: float, cap: Qt.PenCapStyle) -> QPainterPath:
    stroker = QPainterPathStroker()
    stroker.setWidth(width)
    stroker.setCapStyle(cap)
    stroker.setJoinStyle(Qt.PenJoinStyle.RoundJoin)
    return stroker.createStroke(path)


def _dashes() -> QPainterPath:
    path = QPainterPath()
    count = 8
    box = QRectF(2.3, 2.3, 11.4, 11.4)
    for index in range(count):
        begin = 360 * index / count + 9
        dash = QPainterPath()
        dash.arcMoveTo(box, begin)
        dash.arcTo(box, begin, 360 / count - 18)
        path += _stroke(dash, 2.2, Qt.PenCapStyle.FlatCap)
    return path


def _hands() -> QPainterPath:
    return _line(QPointF(8, 4.8), QPointF(8, 8.4), 1.5) + _line(QPointF(8, 8.2), QPointF(10.3, 9.9), 1.5)


def _line(start: QPointF, end: QPointF, width: float) -> QPainterPath:
    path = QPainterPath(start)
    path.lineTo(end)
    return _stroke(path, width, Qt.PenCapStyle.FlatCap)


def _dot(radius: float) -> QPainterPath:
    path = QPainterPath()
    path.addEllipse(_CENTRE, radius, radius)
    return path


def _disc() -> QPainterPath:
    return _dot(7.0)


def _triangle() -> QPainterPath:
    path = QPainterPath(QPointF(8, 1.7))
    path.lineTo(14.8, 13.9)
    path.lineTo(1.2, 13.9)
    path.closeSubpath()
    return path + _stroke(path, 1.0, Qt.PenCapStyle.RoundCap)


def _exclamation(left: float, top: float, width: float, height: float) -> QPainterPath:
    path = QPainterPath()
    dot = width * 0.95
    path.addRect(QRectF(left, top, width, height - dot - 1.0))
    path.addRect(QRectF(left, top + height - dot, width, dot))
    return path


def _bar(top: float, share: float) -> QPainterPath:
    path = QPainterPath()
    path.addRect(QRectF(0.8, top, 14.4 * max(0.0, min(share, 1.0)), 2.4))
    return path


def _letters(text: str, box: QRectF) -> QPainterPath:
    font = QFont()
    font.setStyleHint(QFont.StyleHint.SansSerif)
    font.setBold(True)
    font.setPixelSize(64)
    drawn = QPainterPath()
    drawn.addText(0, 0, font, text)
    bounds = drawn.boundingRect()
    if bounds.isEmpty():
        return drawn
    scale = min(box.width() / bounds.width(), box.height() / bounds.height())
    left = box.center().x() - bounds.center().x() * scale
    top = box.center().y() - bounds.center().y() * scale
    return QTransform(scale, 0, 0, scale, left, top).map(drawn)
