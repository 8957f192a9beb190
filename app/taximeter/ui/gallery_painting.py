"""How a gallery's pictures are made: palettes of either scheme, windows without a screen, the sheet of the icons."""

from __future__ import annotations

from itertools import product

from PySide6.QtCore import QRect, QSize, Qt
from PySide6.QtGui import QColor, QFont, QImage, QPainter, QPalette
from PySide6.QtWidgets import QApplication, QWidget

from taximeter.ui.colours import LIGHT, Colours, luminance, paint_colour
from taximeter.ui.desk import IconStyle
from taximeter.ui.gauge import icon_key, paint
from taximeter.ui.shapes import GaugeState

PANELS = (0x2B2F33, 0xF0F0EE)
SHARES = {GaugeState.WATCH: 0.28, GaugeState.LOW: 0.08}
"""What is left in the states that say that it is little."""


def palette_for(colours: Colours) -> QPalette:
    """A palette of the platform's kind for a scheme that the platform itself is not in."""
    dark = luminance(colours.panel) < luminance(colours.ink)
    window = QColor(0x33, 0x33, 0x31) if dark else QColor(0xEF, 0xEF, 0xED)
    palette = QPalette(paint_colour(0x3C3C39) if dark else paint_colour(0xF4F4F2), window)
    roles = QPalette.ColorRole
    chosen = {
        roles.Base: colours.panel, roles.AlternateBase: colours.track, roles.Text: colours.ink,
        roles.WindowText: colours.ink, roles.ButtonText: colours.ink, roles.ToolTipText: colours.ink,
        roles.ToolTipBase: colours.panel, roles.PlaceholderText: colours.mute, roles.Link: colours.link,
        roles.Highlight: 0x2F6FB3, roles.HighlightedText: 0xFFFFFF, roles.Accent: colours.fill,
    }  # fmt: skip
    for role, rgb in chosen.items():
        palette.setColor(role, paint_colour(rgb))
    for role in (roles.Text, roles.WindowText, roles.ButtonText):
        palette.setColor(QPalette.ColorGroup.Disabled, role, paint_colour(0x7C7C78 if dark else 0x9A9A96))
    return palette


def picture(window: QWidget, ratio: int) -> QImage:
    """A window as it would be painted at a pixel ratio, without showing it on a screen."""
    window.setAttribute(Qt.WidgetAttribute.WA_DontShowOnScreen)
    window.show()
    for _ in range(4):
        QApplication.processEvents()
    image = QImage(window.size() * ratio, QImage.Format.Format_RGB32)
    image.setDevicePixelRatio(ratio)
    image.fill(window.palette().window().color())
    window.render(image)
    return image


def icon_sheet(ratio: int) -> QImage:
    """The icon's states by style, on a dark and on a light panel, at its first sizes."""
    sizes = (16, 22, 32)
    states = tuple(GaugeState)
    cell, label = 44, 118
    rows = len(IconStyle) * len(sizes)
    whole = QSize(label + cell * len(states), 20 + rows * cell * len(PANELS))
    image = QImage(whole * ratio, QImage.Format.Format_RGB32)
    image.setDevicePixelRatio(ratio)
    image.fill(paint_colour(LIGHT.panel))
    painter = QPainter(image)
    font = QFont(painter.font())
    font.setPixelSize(10)
    painter.setFont(font)
    painter.setPen(paint_colour(LIGHT.ink))
    for column, state in enumerate(states):
        box = QRect(label + column * cell, 0, cell, 20)
        painter.drawText(box, Qt.AlignmentFlag.AlignCenter, state.value)
    for at, (panel, style, size) in enumerate(product(PANELS, IconStyle, sizes)):
        top = 20 + at * cell
        painter.drawText(QRect(6, top, label - 6, cell), Qt.AlignmentFlag.AlignVCenter, f"{style.value} {size} px")
        painter.fillRect(label, top, cell * len(states), cell, paint_colour(panel))
        for column, state in enumerate(states):
            drawn = paint(icon_key(state, SHARES.get(state, 0.62), style), size * ratio)
            drawn.setDevicePixelRatio(ratio)
            inset = (cell - size) // 2
            painter.drawImage(label + column * cell + inset, top + inset, drawn)
    painter.end()
    return image
