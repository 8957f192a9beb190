"""The table of a manager's people on the service's pages, and how what is left is painted in it."""

from __future__ import annotations

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QPersistentModelIndex, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QFontMetrics, QGuiApplication, QKeyEvent, QKeySequence, QPainter, QPalette
from PySide6.QtWidgets import (
    QAbstractItemView,
    QHeaderView,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QTreeView,
)

from taximeter.ui.bars import paint_quota
from taximeter.ui.colours import colours_of
from taximeter.ui.sentences import named
from taximeter.ui.team_view import PersonRow, headers

Index = QModelIndex | QPersistentModelIndex
NAME, LEFT = 0, 1
BAR_EM = 6
"""The length of a bar beside what is left."""


class TeamModel(QAbstractTableModel):
    """Rows in the order in which the service gives them, which is by name."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._rows: tuple[PersonRow, ...] = ()
        self._headers = headers()

    def show_rows(self, rows: tuple[PersonRow, ...]) -> None:
        """Show these. What stays or only grows keeps the place that was scrolled to, and who is chosen."""
        before = tuple(row.id for row in self._rows)
        now = tuple(row.id for row in rows)
        if before and now[: len(before)] == before:
            self._rows = rows[: len(before)]
            self.dataChanged.emit(self.index(0, 0), self.index(len(before) - 1, len(self._headers) - 1))
            if len(rows) > len(before):
                self.beginInsertRows(QModelIndex(), len(before), len(rows) - 1)
                self._rows = rows
                self.endInsertRows()
            return
        self.beginResetModel()
        self._rows = rows
        self.endResetModel()

    def row_at(self, index: Index) -> PersonRow | None:
        """The person of a line."""
        return self._rows[index.row()] if index.isValid() and index.row() < len(self._rows) else None

    def line_of(self, person: str) -> int:
        """Where a person stands; -1 when they are not shown."""
        return next((at for at, row in enumerate(self._rows) if row.id == person), -1)

    def rowCount(self, parent: Index | None = None) -> int:
        return 0 if parent is not None and parent.isValid() else len(self._rows)

    def columnCount(self, parent: Index | None = None) -> int:
        return 0 if parent is not None and parent.isValid() else len(self._headers)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        row = self.row_at(index)
        if row is None:
            return None
        text = row.texts[index.column()]
        if role == Qt.ItemDataRole.DisplayRole:
            return text
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return named(self._headers[index.column()], text)
        if role == Qt.ItemDataRole.ToolTipRole:
            return f"{row.name}\n{row.details}"
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return _alignment(index.column())
        return None

    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> object:
        if orientation is not Qt.Orientation.Horizontal or not 0 <= section < len(self._headers):
            return None
        if role == Qt.ItemDataRole.DisplayRole:
            return self._headers[section]
        return _alignment(section) if role == Qt.ItemDataRole.TextAlignmentRole else None

    def widest(self, column: int, metrics: QFontMetrics) -> int:
        """The longest text of a column."""
        texts = (self._headers[column], *(row.texts[column] for row in self._rows))
        return max(metrics.horizontalAdvance(text) for text in texts)

    def as_text(self) -> str:
        """Tab-separated lines."""
        return "\n".join("\t".join(texts) for texts in (self._headers, *(row.texts for row in self._rows))) + "\n"


class LeftPainter(QStyledItemDelegate):
    """What is left: a bar, and the amount beside it."""

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        model = index.model()
        row = model.row_at(index) if isinstance(model, TeamModel) else None
        super().paint(painter, option, index)
        if row is None or row.bar is None:
            return
        height = option.fontMetrics.height()
        length = min(height * BAR_EM, option.rect.width() - option.fontMetrics.horizontalAdvance(row.left) - height)
        if length < height:
            return
        chosen = bool(option.state & QStyle.StateFlag.State_Selected)
        box = QRectF(option.rect.left() + height * 0.3, option.rect.center().y() - height * 0.25, length, height * 0.5)
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        ground = QPalette(option.palette)
        colours = colours_of(ground, QPalette.ColorRole.Base)
        if chosen:
            # On the colour of what is chosen the bar keeps a ground of its own.
            painter.fillRect(box.adjusted(-3, -5, 3, 5), ground.color(QPalette.ColorRole.Base))
        paint_quota(painter, box, row.bar, colours)
        painter.restore()

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        hint = super().sizeHint(option, index)
        return QSize(hint.width(), max(hint.height(), round(option.fontMetrics.height() * 1.9)))


class TeamTable(QTreeView):
    """One line a person; Enter opens the person, Ctrl+C copies the table."""

    opened = Signal()
    end_reached = Signal()
    """Somebody scrolled near the last line. Qt's own way of fetching more asks before the table is laid out."""

    def __init__(self, model: TeamModel, name: str) -> None:
        super().__init__()
        self.people = model
        model.setParent(self)
        self.setModel(model)
        self.setAccessibleName(name)
        self.header().setAccessibleName(name)
        self.header().setSectionsClickable(False)
        self.setItemDelegateForColumn(LEFT, LeftPainter(self))
        self.setRootIsDecorated(False)
        self.setUniformRowHeights(True)
        self.setAllColumnsShowFocus(True)
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setFrameShape(QTreeView.Shape.NoFrame)
        self.setTabKeyNavigation(False)
        self.header().setStretchLastSection(False)
        self.header().setSectionResizeMode(NAME, QHeaderView.ResizeMode.Stretch)
        self.verticalScrollBar().valueChanged.connect(self._on_scrolled)

    def fit_columns(self) -> None:
        """Give every column but the first the room of its longest text."""
        metrics = self.fontMetrics()
        margin = 3 * metrics.averageCharWidth() + 10
        for column in range(1, self.people.columnCount()):
            width = round(self.people.widest(column, metrics) * 1.06) + margin
            if column == LEFT:
                width += metrics.height() * (BAR_EM + 1)
            self.header().resizeSection(column, width)

    def _on_scrolled(self, value: int) -> None:
        bar = self.verticalScrollBar()
        if value > 0 and value + bar.pageStep() >= bar.maximum():
            self.end_reached.emit()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.matches(QKeySequence.StandardKey.Copy):
            QGuiApplication.clipboard().setText(self.people.as_text())
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.opened.emit()
        elif event.key() == Qt.Key.Key_Escape:
            event.ignore()
        else:
            super().keyPressEvent(event)


def _alignment(column: int) -> int:
    right = column >= LEFT
    across = Qt.AlignmentFlag.AlignRight if right else Qt.AlignmentFlag.AlignLeft
    return int(across | Qt.AlignmentFlag.AlignVCenter)
