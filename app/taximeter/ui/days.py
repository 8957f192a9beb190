"""The day view: stacked bars by agent or model, and the table behind them."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication, QPointF, QRectF, QSize
from PySide6.QtGui import QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QComboBox, QPushButton, QSizePolicy, QWidget

from taximeter.domain.usage import Totals
from taximeter.ledger.readmodels import DayRow
from taximeter.ui.colours import Colours, colours_of, paint_colour
from taximeter.ui.day_sums import SERIES_COLOURS, Day, DaySums, day_headers, day_name, day_rows, day_sums
from taximeter.ui.figures import Figures
from taximeter.ui.lanes import cost_top
from taximeter.ui.legend import Entry, Legend
from taximeter.ui.rows import RowsModel, RowsView
from taximeter.ui.surface import Paper, column, row
from taximeter.ui.words import SMALL, TITLE, Words, scaled

translate = QCoreApplication.translate

_NOTHING = Totals()


class DayBars(QWidget):
    """A bar a day, in segments by series with gaps between."""

    def __init__(self) -> None:
        super().__init__()
        self._sums = DaySums((), (), _NOTHING)
        self._figures: Figures | None = None
        self.setFont(scaled(self.font(), SMALL))
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def show_sums(self, sums: DaySums, figures: Figures) -> None:
        """Draw days; a screen reader hears their sum, the table has the rest."""
        self._sums = sums
        self._figures = figures
        self.setAccessibleName(
            translate("Days", "Cost by day: {n} days, {cost}").format(n=len(sums.days), cost=figures.cost(sums.totals))
        )
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(300, 13 * self.fontMetrics().height())

    def paintEvent(self, _event: QPaintEvent) -> None:
        if self._figures is None or not self._sums.days:
            return
        painter = QPainter(self)
        colours = colours_of(self.palette())
        top = cost_top(max(day.totals.cost.total for day in self._sums.days))
        metrics = self.fontMetrics()
        left = metrics.horizontalAdvance(self._figures.round_money(top)) + 8
        plot = QRectF(left, metrics.height() / 2, self.width() - left, self.height() - 2 * metrics.height())
        self._paint_axis(painter, plot, top, self._figures, colours)
        pitch = min(plot.width() / len(self._sums.days), 64.0)
        for at, day in enumerate(self._sums.days):
            if top:
                slot = QRectF(plot.left() + at * pitch, plot.top(), pitch, plot.height())
                _paint_day(painter, slot, day, top, colours)
        self._paint_dates(painter, plot, pitch, self._figures, colours)
        painter.end()

    def _paint_axis(self, painter: QPainter, plot: QRectF, top: int, figures: Figures, colours: Colours) -> None:
        metrics = self.fontMetrics()
        for share in (0.0, 0.5, 1.0):
            level = plot.bottom() - share * plot.height()
            painter.setPen(QPen(paint_colour(colours.line), 1))
            painter.drawLine(QPointF(plot.left(), level), QPointF(plot.right(), level))
            text = figures.round_money(int(top * share))
            painter.setPen(paint_colour(colours.mute))
            left = plot.left() - 8 - metrics.horizontalAdvance(text)
            painter.drawText(QPointF(left, level + metrics.ascent() / 2 - 1), text)

    def _paint_dates(self, painter: QPainter, plot: QRectF, pitch: float, figures: Figures, colours: Colours) -> None:
        metrics = self.fontMetrics()
        painter.setPen(paint_colour(colours.mute))
        free = plot.left()
        for at, day in enumerate(self._sums.days):
            text = day_name(day.date, figures)
            width = metrics.horizontalAdvance(text)
            place = max(plot.left(), plot.left() + (at + 0.5) * pitch - width / 2)
            if place >= free and place + width <= plot.right():
                painter.drawText(QPointF(place, plot.bottom() + metrics.height()), text)
                free = place + width + 12


class DaysPage(Paper):
    """The bars, their legend and their table."""

    def __init__(self) -> None:
        super().__init__()
        self._rows: tuple[DayRow, ...] = ()
        self._figures: Figures | None = None
        self.title = Words(scale=TITLE, bold=True)
        self.by = QComboBox()
        self.by.setAccessibleName(translate("Days", "Bars by"))
        self.by.addItem(translate("Days", "By agent"), False)
        self.by.addItem(translate("Days", "By model"), True)
        self.by.currentIndexChanged.connect(self._fill)
        self.bars = DayBars()
        self.legend = Legend()
        self.table = _table(DaySums((), (), _NOTHING))
        self.copy = QPushButton(translate("Days", "Copy as table"))
        self.copy.setFlat(True)
        self.copy.clicked.connect(self._on_copy)
        em = self.fontMetrics().height()
        self._layout = column(self)
        self._layout.setContentsMargins(em, round(em * 0.8), em, round(em * 0.6))
        self._layout.setSpacing(round(em * 0.5))
        head = row(self.title, self.by)
        head.addWidget(self.copy)
        self._layout.addLayout(head)
        self._layout.addWidget(self.bars)
        self._layout.addWidget(self.legend)
        self._layout.addWidget(self.table, 1)

    def show_days(self, rows: tuple[DayRow, ...], figures: Figures) -> None:
        """Show days of a period."""
        if (rows, figures) != (self._rows, self._figures):
            self._rows, self._figures = rows, figures
            self._fill()

    def _fill(self) -> None:
        if self._figures is None:
            return
        figures = self._figures
        sums = day_sums(self._rows, bool(self.by.currentData()), figures)
        self.title.setText(
            translate("Days", "{cost}, at list price").format(cost=figures.cost(sums.totals))
            if sums.totals.requests else translate("Days", "Nothing used in this period")
        )  # fmt: skip
        self.bars.show_sums(sums, figures)
        self.legend.show_entries(tuple(map(Entry, SERIES_COLOURS, sums.names)))
        table = _table(sums)
        table.show_rows(day_rows(sums, figures))
        self._layout.replaceWidget(self.table, table)
        self.table.deleteLater()
        self.table = table

    def _on_copy(self) -> None:
        self.table.copy()


def _paint_day(painter: QPainter, slot: QRectF, day: Day, top: int, colours: Colours) -> None:
    width = max(2.0, min(slot.width() * 0.7, 36.0))
    left = slot.center().x() - width / 2
    level = slot.bottom()
    for part, name in zip(day.parts, SERIES_COLOURS, strict=False):
        height = slot.height() * part.cost.total / top
        if height >= 0.75:
            gap = 1.0 if height > 3 else 0.0
            painter.fillRect(QRectF(left, level - height, width, height - gap), paint_colour(getattr(colours, name)))
            level -= height


def _table(sums: DaySums) -> RowsView:
    model = RowsModel(day_headers(sums), 1)
    return RowsView(model, translate("Days", "Cost by day"))
