"""The list of sessions: a dumb window on the ledger's keyset pages, and how a row is painted.

Sorting, filtering and sums are the ledger's. Texts are made once a page, since ``data`` is called
for every row that is painted.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from PySide6.QtCore import (
    QAbstractListModel,
    QCoreApplication,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    QRectF,
    QSize,
    Qt,
)
from PySide6.QtGui import QFont, QFontMetricsF, QPainter, QPalette
from PySide6.QtWidgets import QStyle, QStyledItemDelegate, QStyleOptionViewItem

from taximeter.ledger.readmodels import SessionPage, SessionRow
from taximeter.ui.colours import colours_of, paint_colour
from taximeter.ui.desk import PageKey
from taximeter.ui.figures import Figures, many
from taximeter.ui.glance import project
from taximeter.ui.sentences import listed
from taximeter.ui.words import SMALL, scaled

translate = QCoreApplication.translate
Index = QModelIndex | QPersistentModelIndex
PAGE = 200
ROW_ROLE = Qt.ItemDataRole.UserRole + 1


@dataclass(frozen=True, slots=True)
class RowText:
    """A session as the list writes it."""

    id: str
    title: str
    branch: str
    right: str
    below: str
    below_right: str


def row_text(row: SessionRow, now: int, figures: Figures) -> RowText:
    """The words of a row."""
    parts = [figures.agent(row.agent), figures.moment(row.started_at, now)]
    if row.runs:
        parts.append(many(row.runs, translate("List", "1 agent"), translate("List", "{n} agents")))
    return RowText(row.id, project(row), row.branch, figures.short_cost(row.totals), listed(parts),
                   figures.tokens(row.totals.tokens.total))  # fmt: skip


class SessionList(QAbstractListModel):
    """Rows of the pages read so far; ``more`` is called when the view wants the next one."""

    def __init__(self, more: Callable[[PageKey], None], parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._more = more
        self._rows: list[RowText] = []
        self._next: PageKey | None = None
        self._asked = False

    def rowCount(self, parent: Index | None = None) -> int:
        return 0 if parent is not None and parent.isValid() else len(self._rows)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        if not index.isValid() or not 0 <= index.row() < len(self._rows):
            return None
        row = self._rows[index.row()]
        if role == ROW_ROLE:
            return row
        name = f"{row.title} {row.branch}".strip()
        if role == Qt.ItemDataRole.DisplayRole:
            return name
        if role in (Qt.ItemDataRole.AccessibleTextRole, Qt.ItemDataRole.ToolTipRole):
            return listed((name, row.right))
        if role == Qt.ItemDataRole.AccessibleDescriptionRole:
            return listed((row.below, row.below_right))
        return None

    def canFetchMore(self, parent: Index) -> bool:
        return not parent.isValid() and self._next is not None and not self._asked

    def fetchMore(self, parent: Index) -> None:  # noqa: ARG002 - a list has one parent
        if self._next is not None and not self._asked:
            self._asked = True
            self._more(self._next)

    def show_first(self, rows: tuple[RowText, ...], page: SessionPage) -> None:
        """The first page of a filter, or that page read again. Unchanged rows cost no reset."""
        self._asked = False
        same = [row.id for row in rows] == [row.id for row in self._rows[: len(rows)]]
        if same and len(self._rows) >= len(rows):
            self._rows[: len(rows)] = rows
            if rows:
                self.dataChanged.emit(self.index(0), self.index(len(rows) - 1))
            if len(self._rows) == len(rows):
                self._next = page.next_key
            return
        self.beginResetModel()
        self._rows = list(rows)
        self._next = page.next_key
        self.endResetModel()

    def show_more(self, rows: tuple[RowText, ...], page: SessionPage, asked: PageKey) -> None:
        """The page after what is shown; dropped when the filter has moved on meanwhile."""
        if asked != self._next:
            return
        self._asked = False
        self._next = page.next_key
        if rows:
            self.beginInsertRows(QModelIndex(), len(self._rows), len(self._rows) + len(rows) - 1)
            self._rows.extend(rows)
            self.endInsertRows()

    def id_at(self, index: Index) -> str:
        """The session of a row; empty for none."""
        return self._rows[index.row()].id if index.isValid() and index.row() < len(self._rows) else ""

    def row_of(self, session: str) -> int:
        """Where a session stands in what is loaded; -1 when it is not."""
        return next((at for at, row in enumerate(self._rows) if row.id == session), -1)


class RowPainter(QStyledItemDelegate):
    """Two lines a session: name and cost, then agent, time and tokens."""

    PAD = 8

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:  # noqa: ARG002 - all alike
        small = QFontMetricsF(scaled(option.font, SMALL))
        return QSize(120, round(option.fontMetrics.height() + small.height()) + 2 * self.PAD)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        row = index.data(ROW_ROLE)
        self.initStyleOption(option, index)
        option.text = ""
        option.widget.style().drawControl(QStyle.ControlElement.CE_ItemViewItem, option, painter, option.widget)
        if isinstance(row, RowText):
            painter.save()
            _paint_row(painter, option, row, self.PAD)
            painter.restore()


def _paint_row(painter: QPainter, option: QStyleOptionViewItem, row: RowText, pad: int) -> None:
    chosen = bool(option.state & QStyle.StateFlag.State_Selected)
    role = QPalette.ColorRole.HighlightedText if chosen else QPalette.ColorRole.Text
    active = bool(option.state & QStyle.StateFlag.State_Active)
    group = QPalette.ColorGroup.Active if active else QPalette.ColorGroup.Inactive
    painter.setPen(option.palette.color(group, role))
    box = QRectF(option.rect).adjusted(pad, pad, -pad, -pad)
    large = scaled(option.font, 1.0, chosen)
    title = f"{row.title} {row.branch}" if chosen else row.title
    height = _paint_pair(painter, box, title, row.right, large)
    if not chosen:
        painter.setPen(paint_colour(colours_of(option.palette, QPalette.ColorRole.Base).mute))
        _paint_branch(painter, box, row, QFontMetricsF(large))
    small = scaled(option.font, SMALL)
    _paint_pair(painter, box.adjusted(0, height, 0, 0), row.below, row.below_right, small)


def _paint_pair(painter: QPainter, box: QRectF, left: str, right: str, font: QFont) -> float:
    painter.setFont(font)
    metrics = QFontMetricsF(font)
    line = QRectF(box.left(), box.top(), box.width(), metrics.height())
    width = metrics.horizontalAdvance(right)
    shown = metrics.elidedText(left, Qt.TextElideMode.ElideRight, max(0.0, box.width() - width - 10))
    painter.drawText(line, Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter, shown)
    painter.drawText(line, Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter, right)
    return metrics.height()


def _paint_branch(painter: QPainter, box: QRectF, row: RowText, metrics: QFontMetricsF) -> None:
    begin = metrics.horizontalAdvance(row.title) + metrics.horizontalAdvance(" ")
    room = box.width() - begin - metrics.horizontalAdvance(row.right) - 10
    if row.branch and room > metrics.horizontalAdvance("MM"):
        shown = metrics.elidedText(row.branch, Qt.TextElideMode.ElideMiddle, room)
        line = QRectF(box.left() + begin, box.top(), room, metrics.height())
        painter.drawText(line, Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter, shown)
