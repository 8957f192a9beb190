"""Paints the gauge: which shape in which colours, into images of the sizes a tray asks for.

Pure: the same key gives the same pixels. Where it is shown is the tray's matter.
"""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import Qt
from PySide6.QtGui import QIcon, QImage, QPainter, QPixmap

from taximeter.ui.colours import paint_colour
from taximeter.ui.desk import IconStyle
from taximeter.ui.shapes import GRID, GaugeState, numbered, shape_of, surround

SIZES = (16, 18, 22, 24, 32, 36, 44, 48, 64)
"""Trays choose by the sizes that are there; they scale badly."""
STEPS = 20
"""The ring is redrawn when what is left crosses one of these."""

# Luminance 0.21 to 0.23: 3:1 or more on white panels and on dark ones, whichever is below.
CALM = 0x3D85CC
NEUTRAL = 0x7E858C
WATCH = 0xB47200
ACT = 0xDC5220
WHITE = 0xFFFFFF
_SOLID = (GaugeState.LOW, GaugeState.SPENT, GaugeState.QUESTION)


@dataclass(frozen=True, slots=True)
class IconKey:
    """All that decides the icon's pixels. ``level`` is in steps of the ring, or percent for the number."""

    state: GaugeState
    level: int
    style: IconStyle = IconStyle.RING
    mask: bool = False
    """For menu bars that colour the icon themselves: shape in the alpha channel alone."""


def icon_key(state: GaugeState, share: float, style: IconStyle, mask: bool = False) -> IconKey:
    """The key for a share left (0 to 1), quantised; states that show no level all have level 0."""
    if state not in (GaugeState.OK, GaugeState.WATCH) and style is not IconStyle.NUMBER:
        return IconKey(state, 0, style, mask)
    if state not in (GaugeState.OK, GaugeState.WATCH, GaugeState.LOW):
        return IconKey(state, 0, style, mask)
    whole = 100 if style is IconStyle.NUMBER else STEPS
    level = round(max(0.0, min(share, 1.0)) * whole)
    return IconKey(state, max(level, 1) if share > 0 else level, style, mask)


def paint(key: IconKey, size: int) -> QImage:
    """The icon, ``size`` by ``size`` pixels, on a transparent ground."""
    image = QImage(size, size, QImage.Format.Format_ARGB32_Premultiplied)
    image.fill(Qt.GlobalColor.transparent)
    painter = QPainter(image)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.scale(size / GRID, size / GRID)
    painter.setPen(Qt.PenStyle.NoPen)
    _paint_shape(painter, key)
    painter.end()
    return image


def icon(key: IconKey) -> QIcon:
    """An icon that holds every size a tray may ask for."""
    whole = QIcon()
    for size in SIZES:
        whole.addPixmap(QPixmap.fromImage(paint(key, size)))
    whole.setIsMask(key.mask)
    return whole


def _paint_shape(painter: QPainter, key: IconKey) -> None:
    number = key.style is IconStyle.NUMBER
    shape = numbered(key.state, key.level) if number else shape_of(key.state, key.level / STEPS)
    body, outline = _inks(key)
    if not key.mask:
        solid = key.state in _SOLID
        painter.setBrush(paint_colour(outline, 255 if solid else 120))
        painter.drawPath(surround(shape, 0.7 if solid else 0.45))
    painter.setBrush(paint_colour(body, 90))
    if not key.mask:
        painter.setCompositionMode(QPainter.CompositionMode.CompositionMode_Source)
    painter.drawPath(shape.track)
    painter.setCompositionMode(QPainter.CompositionMode.CompositionMode_SourceOver)
    painter.setBrush(paint_colour(body))
    painter.drawPath(shape.body)
    if key.mask:
        painter.setCompositionMode(QPainter.CompositionMode.CompositionMode_Clear)
    painter.setBrush(paint_colour(outline))
    painter.drawPath(shape.glyph)


def _inks(key: IconKey) -> tuple[int, int]:
    """Body and outline."""
    if key.mask:
        return (0x000000, WHITE)
    if key.style is IconStyle.MONOCHROME:
        return (NEUTRAL, WHITE)
    body = {
        GaugeState.OK: CALM,
        GaugeState.WATCH: WATCH,
        GaugeState.LOW: ACT,
        GaugeState.SPENT: ACT,
        GaugeState.QUESTION: CALM,
    }.get(key.state, NEUTRAL)
    return (body, WHITE)
