"""The sessions window: the list with its filter and totals, a session's page, and the day view."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import QCoreApplication, QItemSelectionModel, QModelIndex, Qt
from PySide6.QtWidgets import QHBoxLayout, QListView, QSplitter, QStackedWidget, QTabBar, QVBoxLayout, QWidget

from taximeter.ledger.readmodels import Breakdown, DayRow, ProjectRow, SessionFilter, SessionPage
from taximeter.ui.breakdown import BreakdownPage, EmptyPage
from taximeter.ui.bridge import Bridge, Throttle
from taximeter.ui.days import DaysPage
from taximeter.ui.desk import Desk, PageKey
from taximeter.ui.figures import Figures, many
from taximeter.ui.filters import FilterBar
from taximeter.ui.list import PAGE, RowPainter, SessionList, row_text
from taximeter.ui.surface import Card, column
from taximeter.ui.words import SMALL, Link, Words

translate = QCoreApplication.translate


class SessionsWindow(Card):
    """Reads through the desk, never by itself; follows the ledger while it is open."""

    def __init__(self, desk: Desk, bridge: Bridge, figures: Figures) -> None:
        super().__init__()
        self._desk = desk
        self._bridge = bridge
        self._figures = figures
        self._session = ""
        self._generation = 0
        self._projects_read = False
        self._throttle = Throttle(self)
        self._throttle.due.connect(self._read_anew)
        self.setWindowTitle(translate("Sessions", "Sessions"))
        self.filters = FilterBar(figures, tuple(desk.agent_names))
        self.filters.changed.connect(self._on_filter)
        self.views = QTabBar()
        self.views.setAccessibleName(translate("Sessions", "View"))
        self.views.addTab(translate("Sessions", "Sessions"))
        self.views.addTab(translate("Sessions", "Days"))
        self.views.currentChanged.connect(self._on_view)
        self.model = SessionList(self._read_more, self)
        self.days = DaysPage()
        self.pages = QStackedWidget()
        self.pages.addWidget(self._list_and_page())
        self.pages.addWidget(self.days)
        self._lay_out()

    def _lay_out(self) -> None:
        em = self.fontMetrics().height()
        top = QHBoxLayout()
        top.setContentsMargins(em // 2, em // 2, em // 2, em // 2)
        top.addWidget(self.views)
        top.addSpacing(em)
        top.addWidget(self.filters, 1)
        layout = column(self)
        layout.setSpacing(0)
        layout.addLayout(top)
        layout.addWidget(self.pages, 1)
        self.resize(em * 84, em * 46)

    def _list_and_page(self) -> QWidget:
        self.totals = Words(scale=SMALL, bold=True)
        self.totals.setContentsMargins(8, 4, 8, 4)
        self.list = QListView()
        self.list.setModel(self.model)
        self.list.setItemDelegate(RowPainter(self.list))
        self.list.setUniformItemSizes(True)
        self.list.setFrameShape(QListView.Shape.NoFrame)
        self.list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.list.setAccessibleName(translate("Sessions", "Sessions"))
        self.list.selectionModel().currentChanged.connect(self._on_current)
        self.empty = Words("", wrap=True)
        self.empty.setContentsMargins(8, 8, 8, 8)
        self.widen = Link(translate("Sessions", "Show everything"))
        self.widen.clicked.connect(self.filters.widen)
        left = QWidget()
        beside = QVBoxLayout(left)
        beside.setContentsMargins(0, 0, 0, 0)
        beside.addWidget(self.totals)
        beside.addWidget(self.empty)
        indented = QHBoxLayout()
        indented.setContentsMargins(8, 0, 8, 0)
        indented.addWidget(self.widen)
        indented.addStretch(1)
        beside.addLayout(indented)
        beside.addWidget(self.list, 100)
        beside.addStretch(1)
        self.page = BreakdownPage()
        self.nothing = EmptyPage(translate("Sessions", "Choose a session to see where its cost went."))
        self.right = QStackedWidget()
        self.right.addWidget(self.nothing)
        self.right.addWidget(self.page)
        split = QSplitter()
        split.setChildrenCollapsible(False)
        split.addWidget(left)
        split.addWidget(self.right)
        split.setStretchFactor(1, 1)
        em = self.fontMetrics().height()
        split.setSizes([em * 24, em * 60])
        return split

    def begin(self, session: str = "") -> None:
        """Read for the first time, with a session chosen where one is named."""
        self._session = session
        self._throttle.poke()
        self.list.setFocus()

    def choose(self, session: str) -> None:
        """Show another session."""
        self.views.setCurrentIndex(0)
        self._session = session
        self._mark_current()
        self._read_breakdown()

    @property
    def session(self) -> str:
        """The session that is shown; empty while none is."""
        return self._session

    def ledger_changed(self) -> None:
        """Something new is in the ledger."""
        self._throttle.poke()

    def follow_figures(self, figures: Figures) -> None:
        """Write figures another way from now on, as with numbers hidden."""
        if figures != self._figures:
            self._figures = figures
            self._throttle.poke()

    def _wanted(self) -> SessionFilter:
        return self.filters.wanted(self._desk.now(), self._desk.zone)

    def _read_anew(self) -> None:
        """The figures may be others: all that is shown, while another order or filter leaves the breakdown as it is."""
        if self._session and self.views.currentIndex() == 0:
            self._read_breakdown()
        self._read()

    def _read(self) -> None:
        self._generation += 1
        wanted = self._wanted()
        if self.views.currentIndex() == 1:
            self._bridge.read(self, partial(self._desk.days, wanted.since, wanted.until), self._on_days)
            return
        count = max(PAGE, min(self.model.rowCount(), 5 * PAGE))
        self._bridge.read(
            self, partial(self._desk.session_page, wanted, None, count), partial(self._on_first, self._generation)
        )

    def _read_more(self, after: PageKey) -> None:
        work = partial(self._desk.session_page, self._wanted(), after, PAGE)
        self._bridge.read(self, work, partial(self._on_more, after))

    def _read_breakdown(self) -> None:
        work = partial(self._desk.breakdown, self._session)
        self._bridge.read(self, work, partial(self._on_breakdown, self._session))

    def _on_first(self, generation: int, page: SessionPage) -> None:
        if generation != self._generation:
            return
        now = self._desk.now()
        self.model.show_first(tuple(row_text(row, now, self._figures) for row in page.rows), page)
        self._show_totals(page)
        if not self._session and page.rows:
            self._session = page.rows[0].id
            self._read_breakdown()
        self._mark_current()
        if not self._projects_read:
            # What can be chosen takes the longest to read, and nobody sees it before a click: last.
            self._projects_read = True
            self._bridge.read(self, partial(self._desk.projects, None, None), self._on_projects)

    def _on_more(self, after: PageKey, page: SessionPage) -> None:
        now = self._desk.now()
        self.model.show_more(tuple(row_text(row, now, self._figures) for row in page.rows), page, after)

    def _on_breakdown(self, session: str, breakdown: Breakdown | None) -> None:
        if session != self._session:
            return
        if breakdown is None:
            self.right.setCurrentWidget(self.nothing)
            return
        self.page.show_breakdown(breakdown, self._figures, self._desk.now())
        self.right.setCurrentWidget(self.page)

    def _on_days(self, rows: tuple[DayRow, ...]) -> None:
        self.days.show_days(rows, self._figures)

    def _on_projects(self, rows: tuple[ProjectRow, ...]) -> None:
        self.filters.show_projects(tuple(row.project for row in rows if row.project))

    def _show_totals(self, page: SessionPage) -> None:
        count = many(page.count, translate("Sessions", "1 session"), translate("Sessions", "{n} sessions"))
        self.totals.setVisible(bool(page.count))
        self.totals.setText(
            translate("Sessions", "{count}, {cost}, at list price").format(
                count=count, cost=self._figures.short_cost(page.totals)
            )
        )
        narrowed = self.filters.is_narrowed()
        self.empty.setText(
            translate("Sessions", "No session fits these choices.") if narrowed
            else translate("Sessions", "No session yet. Sessions appear as soon as a coding agent has worked here.")
        )  # fmt: skip
        self.empty.setVisible(not page.count)
        self.widen.setVisible(not page.count and narrowed)
        self.list.setVisible(bool(page.count))
        self.nothing.words.setVisible(bool(page.count))

    def _mark_current(self) -> None:
        at = self.model.row_of(self._session)
        if at >= 0 and self.list.currentIndex().row() != at:
            flag = QItemSelectionModel.SelectionFlag.ClearAndSelect
            self.list.selectionModel().setCurrentIndex(self.model.index(at), flag)

    def _on_current(self, current: QModelIndex, _before: QModelIndex) -> None:
        session = self.model.id_at(current)
        if session and session != self._session:
            self._session = session
            self._read_breakdown()

    def _on_filter(self) -> None:
        self._throttle.stop()
        self._read()

    def _on_view(self, view: int) -> None:
        self.pages.setCurrentIndex(view)
        for part in (self.filters.agent, self.filters.project, self.filters.order, self.filters.search):
            part.setVisible(view == 0)
        self._read()
