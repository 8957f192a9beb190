"""Agents over time: a lane a run, the clock below, the cost so far as a line over them."""

from __future__ import annotations

from itertools import pairwise

from PySide6.QtCore import QCoreApplication, QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent, QPen, QPolygonF
from PySide6.QtWidgets import QSizePolicy, QWidget

from taximeter.domain.usage import RunKind
from taximeter.ledger.readmodels import Breakdown
from taximeter.ui.colours import Colours, colours_of, paint_colour
from taximeter.ui.figures import DAY, Figures
from taximeter.ui.lanes import Group, cost_top, groups_of, time_ticks
from taximeter.ui.words import SMALL, scaled

translate = QCoreApplication.translate

LANE = 8.0
LANE_GAP = 3.0
GROUP_GAP = 8.0
MOST_HEIGHT = 220.0


class Timeline(QWidget):
    """One session's runs. What it shows stands in the table of runs as well."""

    def __init__(self) -> None:
        super().__init__()
        self._breakdown: Breakdown | None = None
        self._figures: Figures | None = None
        self._groups: tuple[Group, ...] = ()
        self.setFont(scaled(self.font(), SMALL))
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def show_breakdown(self, breakdown: Breakdown, figures: Figures) -> None:
        """Draw a session."""
        self._breakdown = breakdown
        self._figures = figures
        self._groups = groups_of(breakdown.runs)
        row = breakdown.session
        words = translate("Timeline", "Agents over time: {runs} runs, at most {peak} subagents at once, {span}, {cost}")
        span = f"{figures.clock(row.started_at)} - {figures.clock(row.ended_at)}"
        cost = figures.short_cost(row.totals)
        self.setAccessibleName(words.format(runs=len(breakdown.runs), peak=row.peak, span=span, cost=cost))
        self.updateGeometry()
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(300, round(self._lanes_height(self._scale()) + 2 * self.fontMetrics().height() + 10))

    def minimumSizeHint(self) -> QSize:
        return QSize(200, self.sizeHint().height())

    def paintEvent(self, _event: QPaintEvent) -> None:
        if self._breakdown is None or self._figures is None:
            return
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        colours = colours_of(self.palette())
        plot = self._plot(self._breakdown, self._figures)
        self._paint_axes(painter, plot, self._breakdown, self._figures, colours)
        self._paint_lanes(painter, plot, self._breakdown, colours)
        self._paint_cost(painter, plot, self._breakdown, colours)
        painter.end()

    def _scale(self) -> float:
        whole = self._lanes_height(1.0)
        return 1.0 if whole <= MOST_HEIGHT else MOST_HEIGHT / whole

    def _lanes_height(self, scale: float) -> float:
        lanes = sum(len(group.lanes) for group in self._groups)
        needed = (lanes * (LANE + LANE_GAP) + len(self._groups) * GROUP_GAP) * scale
        return max(needed, 5.0 * self.fontMetrics().height())

    def _plot(self, breakdown: Breakdown, figures: Figures) -> QRectF:
        metrics = self.fontMetrics()
        left = max((metrics.horizontalAdvance(_label(group)) for group in self._groups), default=0)
        right = metrics.horizontalAdvance(figures.round_money(cost_top(breakdown.session.totals.cost.total)))
        left = min(left + 4, self.width() // 4)
        return QRectF(left + 8, metrics.height() / 2, max(10, self.width() - left - right - 18),
                      self.height() - 2 * metrics.height() - 4)  # fmt: skip

    def _paint_axes(
        self, painter: QPainter, plot: QRectF, breakdown: Breakdown, figures: Figures, colours: Colours
    ) -> None:
        metrics = self.fontMetrics()
        top = cost_top(breakdown.session.totals.cost.total)
        for share in (0.0, 0.5, 1.0):
            level = plot.bottom() - share * plot.height()
            painter.setPen(QPen(paint_colour(colours.line), 1))
            painter.drawLine(QPointF(plot.left(), level), QPointF(plot.right(), level))
            painter.setPen(paint_colour(colours.mute))
            if top or not share:
                painter.drawText(QPointF(plot.right() + 8, level + metrics.ascent() / 2 - 1),
                                 figures.round_money(int(top * share)))  # fmt: skip
        row = breakdown.session
        for at in time_ticks(row.started_at, row.ended_at, figures.zone):
            across = _across(plot, at, breakdown)
            painter.setPen(QPen(paint_colour(colours.mute), 1))
            painter.drawLine(QPointF(across, plot.bottom()), QPointF(across, plot.bottom() + 3))
            text = figures.clock(at) if row.ended_at - row.started_at < DAY else figures.moment(at, row.ended_at)
            width = metrics.horizontalAdvance(text)
            place = min(max(plot.left(), across - width / 2), plot.right() + 4 - width)
            painter.drawText(QPointF(place, plot.bottom() + 4 + metrics.ascent()), text)

    def _paint_lanes(self, painter: QPainter, plot: QRectF, breakdown: Breakdown, colours: Colours) -> None:
        scale = self._scale()
        metrics = self.fontMetrics()
        level = plot.top() + 2
        free = 0.0
        for group in self._groups:
            painter.setPen(paint_colour(colours.mute))
            name = metrics.elidedText(_label(group), Qt.TextElideMode.ElideRight, round(plot.left() - 6))
            left = plot.left() - 8 - metrics.horizontalAdvance(name)
            free = max(free, level + metrics.ascent() * 0.75)
            painter.drawText(QPointF(left, free), name)
            free += metrics.height() * 0.9
            painter.setPen(Qt.PenStyle.NoPen)
            for lane in group.lanes:
                for start, end in lane:
                    self._paint_span(painter, plot, (start, end, level, scale), breakdown, colours, group.kind)
                level += (LANE + LANE_GAP) * scale
            level += GROUP_GAP * scale

    def _paint_span(
        self, painter: QPainter, plot: QRectF, span: tuple[int, int, float, float], breakdown: Breakdown,
        colours: Colours, kind: RunKind,
    ) -> None:  # fmt: skip
        start, end, level, scale = span
        left, right = _across(plot, start, breakdown), _across(plot, end, breakdown)
        height = max(1.5, LANE * scale)
        box = QRectF(left, level, max(3.0, right - left), height)
        painter.setBrush(paint_colour(colours.main_run if kind is RunKind.MAIN else colours.sub_run))
        painter.drawRoundedRect(box, min(3.0, height / 2), min(3.0, height / 2))
        if kind is RunKind.REVIEW:
            painter.setBrush(paint_colour(colours.panel))
            painter.drawRect(box.adjusted(2, height / 3, -2, -height / 3))

    def _paint_cost(self, painter: QPainter, plot: QRectF, breakdown: Breakdown, colours: Colours) -> None:
        top = cost_top(breakdown.session.totals.cost.total)
        if not top or len(breakdown.curve) < 2:
            return
        line = QPolygonF()
        for before, after in pairwise(breakdown.curve):
            if line.isEmpty():
                line.append(_at(plot, before.at, before.cost / top, breakdown))
            line.append(_at(plot, after.at, after.cost / top, breakdown))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        for colour, width in ((colours.panel, 4.0), (colours.ink, 1.8)):
            painter.setPen(QPen(paint_colour(colour), width, Qt.PenStyle.SolidLine, Qt.PenCapStyle.RoundCap,
                                Qt.PenJoinStyle.RoundJoin))  # fmt: skip
            painter.drawPolyline(line)


def _across(plot: QRectF, at: int, breakdown: Breakdown) -> float:
    row = breakdown.session
    share = (at - row.started_at) / max(1, row.ended_at - row.started_at)
    return plot.left() + plot.width() * max(0.0, min(1.0, share))


def _at(plot: QRectF, at: int, height: float, breakdown: Breakdown) -> QPointF:
    return QPointF(_across(plot, at, breakdown), plot.bottom() - plot.height() * max(0.0, min(1.0, height)))


def _label(group: Group) -> str:
    if group.kind is RunKind.MAIN:
        return translate("Timeline", "main")
    name = group.name or (
        translate("Timeline", "review") if group.kind is RunKind.REVIEW else translate("Timeline", "subagents")
    )
    return f"{name} {group.count}" if group.count > 1 else name
