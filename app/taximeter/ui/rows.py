"""Small tables and trees behind the charts: rows of finished texts, sorted by their own keys."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

from PySide6.QtCore import QAbstractItemModel, QModelIndex, QObject, QPersistentModelIndex, QSize, Qt
from PySide6.QtGui import QFont, QFontMetrics, QGuiApplication, QKeyEvent, QKeySequence
from PySide6.QtWidgets import QAbstractItemView, QHeaderView, QTreeView

from taximeter.ui.sentences import named

Index = QModelIndex | QPersistentModelIndex
MEASURED = 300
"""Rows whose texts decide a column's width."""
LONGEST_NAME = 20
"""Characters of a name that are shown beside the first column; the rest is elided."""


@dataclass(frozen=True, slots=True)
class Row:
    """One line: its texts and what they sort by. A ``total`` stays last and stands out."""

    texts: tuple[str, ...]
    keys: tuple[int | str, ...]
    children: tuple[Row, ...] = ()
    total: bool = False


@dataclass(slots=True)
class _Node:
    row: Row
    parent: int
    at: int
    children: list[int] = field(default_factory=list)


class RowsModel(QAbstractItemModel):
    """A tree of ``Row``; columns from ``numbers_from`` on are numbers and stand to the right."""

    def __init__(self, headers: tuple[str, ...], numbers_from: int, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._headers = headers
        self.numbers_from = numbers_from
        self._nodes: list[_Node] = []
        self._top: list[int] = []
        self._bold = QFont()
        self._bold.setBold(True)
        self._order: tuple[int, Qt.SortOrder] | None = None

    def show_rows(self, rows: tuple[Row, ...]) -> None:
        """Replace what is shown; the order that was chosen is kept."""
        self.beginResetModel()
        self._nodes = []
        self._top = [self._add(row, -1) for row in rows]
        if self._order is not None:
            self._arrange(*self._order)
        self._number(self._top)
        self.endResetModel()

    def index(self, row: int, column: int, parent: Index | None = None) -> QModelIndex:
        siblings = self._children(parent)
        if not 0 <= row < len(siblings) or not 0 <= column < len(self._headers):
            return QModelIndex()
        return self.createIndex(row, column, siblings[row])

    def parent(self, index: Index) -> QModelIndex:  # type: ignore[override]
        if not index.isValid():
            return QModelIndex()
        above = self._nodes[index.internalId()].parent
        return QModelIndex() if above < 0 else self.createIndex(self._nodes[above].at, 0, above)

    def rowCount(self, parent: Index | None = None) -> int:
        return len(self._children(parent))

    def columnCount(self, parent: Index | None = None) -> int:  # noqa: ARG002 - all alike
        return len(self._headers)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        if not index.isValid():
            return None
        column = index.column()
        row = self._nodes[index.internalId()].row
        if role == Qt.ItemDataRole.DisplayRole:
            return row.texts[column]
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return named(self._headers[column], row.texts[column])
        if role == Qt.ItemDataRole.ToolTipRole and column < self.numbers_from:
            return row.texts[column]
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return self._alignment(column)
        if role == Qt.ItemDataRole.SizeHintRole and column == 0:
            return QSize(0, round(1.55 * QFontMetrics(self._bold).height()))
        return self._bold if role == Qt.ItemDataRole.FontRole and row.total else None

    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> object:
        if orientation is not Qt.Orientation.Horizontal or not 0 <= section < len(self._headers):
            return None
        if role == Qt.ItemDataRole.DisplayRole:
            return self._headers[section]
        return self._alignment(section) if role == Qt.ItemDataRole.TextAlignmentRole else None

    def sort(self, column: int, order: Qt.SortOrder = Qt.SortOrder.AscendingOrder) -> None:
        if not 0 <= column < len(self._headers):
            return
        self.layoutAboutToBeChanged.emit()
        kept = self.persistentIndexList()
        self._order = (column, order)
        self._arrange(column, order)
        self._number(self._top)
        moved = [self.createIndex(self._nodes[one.internalId()].at, one.column(), one.internalId()) for one in kept]
        self.changePersistentIndexList(kept, moved)
        self.layoutChanged.emit()

    def texts(self, column: int, most: int) -> list[str]:
        """The header and the first texts of a column."""
        return [self._headers[column], *(node.row.texts[column] for node in self._nodes[:most])]

    def as_text(self) -> str:
        """Headers and rows as tab-separated lines, children indented by two spaces a level."""
        lines = ["\t".join(self._headers)]
        lines += [
            "\t".join(("  " * depth + row.texts[0], *row.texts[1:])) for depth, row in self._walk(self._top, 0)
        ]
        return "\n".join(lines) + "\n"

    def _walk(self, siblings: list[int], depth: int) -> Iterator[tuple[int, Row]]:
        for one in siblings:
            yield depth, self._nodes[one].row
            yield from self._walk(self._nodes[one].children, depth + 1)

    def _add(self, row: Row, parent: int) -> int:
        here = len(self._nodes)
        node = _Node(row, parent, 0)
        self._nodes.append(node)
        node.children = [self._add(child, here) for child in row.children]
        return here

    def _children(self, parent: Index | None) -> list[int]:
        if parent is None or not parent.isValid():
            return self._top
        return self._nodes[parent.internalId()].children if parent.column() == 0 else []

    def _arrange(self, column: int, order: Qt.SortOrder) -> None:
        backwards = order is Qt.SortOrder.DescendingOrder
        for siblings in (self._top, *(node.children for node in self._nodes)):
            siblings.sort(key=lambda one: self._nodes[one].row.keys[column], reverse=backwards)
            siblings.sort(key=lambda one: self._nodes[one].row.total)

    def _number(self, siblings: list[int]) -> None:
        for at, one in enumerate(siblings):
            self._nodes[one].at = at
            self._number(self._nodes[one].children)

    def _alignment(self, column: int) -> int:
        across = Qt.AlignmentFlag.AlignRight if column >= self.numbers_from else Qt.AlignmentFlag.AlignLeft
        return int(across | Qt.AlignmentFlag.AlignVCenter)


class RowsView(QTreeView):
    """A table or tree on the platform's own style; Ctrl+C copies all of it."""

    def __init__(self, model: RowsModel, name: str, tree: bool = False) -> None:
        super().__init__()
        self.rows = model
        model.setParent(self)
        self.setRootIsDecorated(tree)
        self.setModel(model)
        self.setAccessibleName(name)
        self.header().setAccessibleName(name)
        self.setUniformRowHeights(True)
        self.setAllColumnsShowFocus(True)
        self.setFrameShape(QTreeView.Shape.NoFrame)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setTabKeyNavigation(False)
        self.header().setStretchLastSection(False)
        self.header().setSectionResizeMode(0, QHeaderView.ResizeMode.Stretch)
        self.header().setSortIndicator(-1, Qt.SortOrder.AscendingOrder)
        self.setSortingEnabled(True)

    def show_rows(self, rows: tuple[Row, ...]) -> None:
        """Show rows, all of them unfolded, at the place that was scrolled to."""
        place = self.verticalScrollBar().value()
        self.rows.show_rows(rows)
        self._fit_columns()
        self.expandAll()
        self.verticalScrollBar().setValue(place)

    def _fit_columns(self) -> None:
        metrics = self.fontMetrics()
        margin = 2 * metrics.averageCharWidth() + 8
        for column in range(1, self.rows.columnCount()):
            texts = self.rows.texts(column, MEASURED)
            widest = max((metrics.horizontalAdvance(text) for text in texts), default=0)
            width = round(widest * 1.08) + margin
            if column < self.rows.numbers_from:
                width = min(width, LONGEST_NAME * metrics.averageCharWidth())
            self.header().resizeSection(column, width)

    def copy(self) -> None:
        """Put the whole table on the clipboard."""
        QGuiApplication.clipboard().setText(self.rows.as_text())

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.matches(QKeySequence.StandardKey.Copy):
            self.copy()
        elif event.key() == Qt.Key.Key_Escape:
            event.ignore()
        else:
            super().keyPressEvent(event)
