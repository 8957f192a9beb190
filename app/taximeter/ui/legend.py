"""The words to a bar's colours: a swatch, a name and an amount each, wrapping where there is no room."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import QPointF, QRectF, QSize
from PySide6.QtGui import QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from taximeter.ui.colours import colours_of, paint_colour
from taximeter.ui.sentences import listed
from taximeter.ui.words import SMALL, scaled

GAP = 18.0


@dataclass(frozen=True, slots=True)
class Entry:
    """``colour`` names a field of ``Colours``."""

    colour: str
    text: str


class Legend(QWidget):
    """Entries in a row, or in as many rows as the width asks for."""

    def __init__(self) -> None:
        super().__init__()
        self._entries: tuple[Entry, ...] = ()
        self.setFont(scaled(self.font(), SMALL))
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def show_entries(self, entries: tuple[Entry, ...]) -> None:
        """Show other entries; a screen reader hears their words."""
        self._entries = entries
        self.setAccessibleName(listed(entry.text for entry in entries))
        self._fit()
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(200, self.fontMetrics().height() + 4)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        colours = colours_of(self.palette())
        metrics = self.fontMetrics()
        for entry, place in zip(self._entries, self._places(), strict=True):
            size = metrics.ascent() * 0.8
            base = place.y() + metrics.ascent()
            painter.fillRect(QRectF(place.x(), base - size, size, size), paint_colour(getattr(colours, entry.colour)))
            painter.setPen(paint_colour(colours.ink))
            painter.drawText(QPointF(place.x() + size + 5, base), entry.text)
        painter.end()

    def _places(self) -> list[QPointF]:
        metrics = self.fontMetrics()
        across, down = 0.0, 2.0
        places = []
        for entry in self._entries:
            width = metrics.ascent() * 0.8 + 5 + metrics.horizontalAdvance(entry.text)
            if across and across + width > self.width():
                across, down = 0.0, down + metrics.height() + 2
            places.append(QPointF(across, down))
            across += width + GAP
        return places

    def _fit(self) -> None:
        places = self._places()
        last = places[-1].y() if places else 0.0
        self.setFixedHeight(round(last + self.fontMetrics().height() + 4))
