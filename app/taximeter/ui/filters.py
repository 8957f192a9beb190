"""The filter bar over the sessions: period, agent, project, order and a search, as one value."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import tzinfo

from PySide6.QtCore import QCoreApplication, Qt, QTimer, Signal
from PySide6.QtWidgets import QComboBox, QHBoxLayout, QLineEdit, QSizePolicy, QWidget

from taximeter.ledger.readmodels import SessionFilter
from taximeter.ui.figures import Figures, day_start, month_start

translate = QCoreApplication.translate

SEARCH_MS = 200
LONGEST_NAME = 22
PERIODS = ("today", "week", "month", "thirty", "all")
ORDERS = ("recent", "cost", "tokens", "project")


def period_start(period: str, now: int, zone: tzinfo) -> int | None:
    """When a named period began, in local days; None for all time."""
    if period == "today":
        return day_start(now, zone)
    if period == "week":
        return day_start(now, zone, 6)
    if period == "month":
        return month_start(now, zone)
    return day_start(now, zone, 29) if period == "thirty" else None


class FilterBar(QWidget):
    """Tells ``changed`` when a choice was made; typing counts once it pauses."""

    changed = Signal()

    def __init__(self, figures: Figures, agents: tuple[str, ...]) -> None:
        super().__init__()
        self._pause = QTimer(self)
        self._pause.setSingleShot(True)
        self._pause.setInterval(SEARCH_MS)
        self._pause.timeout.connect(self.changed)
        self.period = _choice(translate("Filters", "Period"), zip(PERIODS, _period_names(), strict=True))
        self.period.setCurrentIndex(PERIODS.index("month"))
        named = [("", translate("Filters", "All agents")), *((one, figures.agent(one)) for one in agents)]
        self.agent = _choice(translate("Filters", "Agent"), named)
        self.project = _choice(translate("Filters", "Project"), [("", translate("Filters", "All projects"))])
        self.order = _choice(translate("Filters", "Order"), zip(ORDERS, _order_names(), strict=True))
        self.search = QLineEdit()
        self.search.setPlaceholderText(translate("Filters", "Search"))
        self.search.setAccessibleName(translate("Filters", "Search projects and branches"))
        self.search.setClearButtonEnabled(True)
        self.search.textChanged.connect(self._on_typed)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        for box in (self.period, self.agent, self.project, self.order):
            box.currentIndexChanged.connect(self._on_chosen)
            layout.addWidget(box)
        layout.addWidget(self.search, 100)
        layout.addStretch(1)

    def show_projects(self, names: tuple[str, ...]) -> None:
        """Offer the projects that were worked on; the chosen one stays."""
        chosen = self.project.currentData()
        self.project.blockSignals(True)
        while self.project.count() > 1:
            self.project.removeItem(1)
        metrics = self.project.fontMetrics()
        room = LONGEST_NAME * metrics.averageCharWidth()
        for name in names:
            self.project.addItem(metrics.elidedText(name, Qt.TextElideMode.ElideMiddle, room), name)
            self.project.setItemData(self.project.count() - 1, name, Qt.ItemDataRole.ToolTipRole)
        self.project.setCurrentIndex(max(0, self.project.findData(chosen)))
        self.project.blockSignals(False)

    def wanted(self, now: int, zone: tzinfo) -> SessionFilter:
        """The filter as chosen, counted from ``now``."""
        return SessionFilter(
            since=period_start(str(self.period.currentData()), now, zone),
            agent=str(self.agent.currentData()), project=str(self.project.currentData()),
            search=self.search.text().strip(), order=str(self.order.currentData()),
        )  # fmt: skip

    def is_narrowed(self) -> bool:
        """Whether anything but the order was chosen beyond all time."""
        chosen = (self.agent.currentData(), self.project.currentData(), self.search.text().strip())
        return any(chosen) or self.period.currentData() != "all"

    def widen(self) -> None:
        """All time, all agents, all projects, no search."""
        for box, index in ((self.period, PERIODS.index("all")), (self.agent, 0), (self.project, 0)):
            box.setCurrentIndex(index)
        self.search.clear()

    def _on_typed(self) -> None:
        self._pause.start()

    def _on_chosen(self) -> None:
        self._pause.stop()
        self.changed.emit()


def _choice(name: str, items: Iterable[tuple[str, str]]) -> QComboBox:
    box = QComboBox()
    box.setAccessibleName(name)
    box.setToolTip(name)
    box.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
    box.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToContents)
    for value, text in items:
        box.addItem(text, value)
    return box


def _period_names() -> tuple[str, ...]:
    return (translate("Filters", "Today"), translate("Filters", "7 days"), translate("Filters", "This month"),
            translate("Filters", "30 days"), translate("Filters", "All time"))  # fmt: skip


def _order_names() -> tuple[str, ...]:
    return (translate("Filters", "Newest first"), translate("Filters", "Dearest first"),
            translate("Filters", "Most tokens first"), translate("Filters", "By project"))  # fmt: skip
