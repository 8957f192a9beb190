"""The manager's window: a table by name, read page by page from the company's service, and a person beside it.

It shows amounts and requests, never what anything was used for, and nobody is compared with anybody.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from PySide6.QtCore import QCoreApplication, QModelIndex, Qt, QTimer
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QFileDialog, QPushButton, QSplitter, QStackedWidget, QVBoxLayout, QWidget

from taximeter.domain.increase import Decision, IncreaseRequest
from taximeter.domain.people import Person, TeamPage
from taximeter.ui.bridge import Bridge
from taximeter.ui.company import Company
from taximeter.ui.desk import TroubleSeen
from taximeter.ui.figures import Figures
from taximeter.ui.person_panel import PersonPanel
from taximeter.ui.sentences import joined, trouble_words
from taximeter.ui.surface import Card, column
from taximeter.ui.team_bar import TeamBar, TeamFoot
from taximeter.ui.team_csv import team_csv, write_csv
from taximeter.ui.team_pages import TeamRead, first_page, reads_on, shown_people, with_page, with_people, with_request
from taximeter.ui.team_table import TeamModel, TeamTable
from taximeter.ui.team_view import Shown, count_words, figures_of, nobody_words, person_row, person_view
from taximeter.ui.words import TITLE, Tone, Words

translate = QCoreApplication.translate

SEARCH_MS = 300
"""A pause in typing after which the service is asked."""
WIDTH_EM, HEIGHT_EM, PANEL_EM = 84, 40, 28


class TeamWindow(Card):
    """Asks the service when it is opened, searched, scrolled and told to, and at no other time."""

    def __init__(self, company: Company, bridge: Bridge, now: Callable[[], int], figures: Figures) -> None:
        super().__init__()
        self._company = company
        self._bridge = bridge
        self._now = now
        self._figures = figures
        self._team = TeamRead()
        self._search = ""
        self._at = now()
        """The moment of the last reading: what is foretold stays as it was told until the next one."""
        self._turn = 0
        """Of the search or the reading anew that counts; answers to earlier ones are dropped."""
        self._reading = False
        self._wanted = 0
        self._chosen = ""
        self.setWindowTitle(translate("Team", "Team"))
        self.bar = TeamBar()
        self.foot = TeamFoot()
        self.model = TeamModel(self)
        self.table = TeamTable(self.model, translate("Team", "People, by name"))
        self.panel = PersonPanel(decides=True)
        self._typing = QTimer(self, interval=SEARCH_MS, singleShot=True)
        self._lay_out()
        self._connect()

    def _lay_out(self) -> None:
        em = self.fontMetrics().height()
        self.title = Words(scale=TITLE, bold=True, wrap=True)
        self.detail = Words(wrap=True)
        self.again = QPushButton(translate("Team", "Try again"))
        told = QWidget()
        inner = column(told)
        inner.setContentsMargins(em * 2, em * 2, em * 2, em * 2)
        inner.setSpacing(round(em * 0.5))
        for part in (self.title, self.detail):
            inner.addWidget(part)
        inner.addWidget(self.again, 0, Qt.AlignmentFlag.AlignLeft)
        inner.addStretch(1)
        self.left = QStackedWidget()
        self.left.addWidget(self.table)
        self.left.addWidget(told)
        hint = translate("Team", "Choose a person to see every limit, and to decide.")
        self.hint = Words(hint, tone=Tone.MUTE, wrap=True)
        self.hint.setContentsMargins(em, em, em, em)
        self.right = QStackedWidget()
        self.right.addWidget(self.hint)
        self.right.addWidget(self.panel)
        self.split = QSplitter()
        self.split.setChildrenCollapsible(False)
        self.split.addWidget(self.left)
        self.split.addWidget(self.right)
        self.split.setStretchFactor(0, 1)
        self.split.setSizes([em * (WIDTH_EM - PANEL_EM), em * PANEL_EM])
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addWidget(self.bar)
        layout.addWidget(self.split, 1)
        layout.addWidget(self.foot)
        self.resize(em * WIDTH_EM, em * HEIGHT_EM)

    def _connect(self) -> None:
        self.bar.search.textChanged.connect(self._typing.start)
        self.bar.search.returnPressed.connect(self._search_now)
        self._typing.timeout.connect(self._search_now)
        self.bar.shown.currentIndexChanged.connect(self._on_narrowed)
        self.bar.refresh.clicked.connect(self.read)
        self.bar.export.clicked.connect(self._on_export)
        self.again.clicked.connect(self.read)
        self.foot.more.clicked.connect(self._read_more)
        self.table.selectionModel().currentChanged.connect(self._on_current)
        self.table.end_reached.connect(self._read_more)
        self.table.opened.connect(self.panel.focus_first)
        self.panel.decided.connect(self._on_decided)
        QShortcut(QKeySequence(QKeySequence.StandardKey.Refresh), self, self.read)
        QShortcut(QKeySequence(QKeySequence.StandardKey.Find), self, self.bar.search.setFocus)

    def begin(self) -> None:
        """Read for the first time."""
        self.read()
        self.bar.search.setFocus()

    def choose(self, person: str) -> None:
        """Show the person of that id, where they are in the table."""
        at = self.model.line_of(person)
        if at >= 0:
            self.table.setCurrentIndex(self.model.index(at, 0))

    def follow_figures(self, figures: Figures) -> None:
        """Write figures another way from now on, as with numbers hidden."""
        if figures != self._figures:
            self._figures = figures
            self._show()

    def read(self) -> None:
        """Read the first page of the search anew. What is shown stays until it is there."""
        self._turn += 1
        self._reading, self._wanted, self._at = True, 0, self._now()
        self.foot.say("")
        self._show()
        work = partial(self._company.team, self._search, "")
        answered, refused = partial(self._on_first, self._turn), partial(self._on_refused, self._turn)
        self._bridge.ask(self, self._company.submit, work, answered, refused)

    def _read_more(self) -> None:
        if self._reading or not self._team.next:
            return
        self._wanted = self.model.rowCount()
        self._read_on()

    def _read_on(self) -> None:
        self._reading = True
        work = partial(self._company.team, self._team.search, self._team.next)
        answered, refused = partial(self._on_more, self._turn), partial(self._on_refused, self._turn)
        self._bridge.ask(self, self._company.submit, work, answered, refused)
        self._show_foot()

    def _search_now(self) -> None:
        self._typing.stop()
        search = self.bar.search.text().strip()
        if search != self._search:
            self._search = search
            self.read()

    def _on_first(self, turn: int, page: TeamPage) -> None:
        if turn == self._turn:
            self._take(first_page(self._search, page))

    def _on_more(self, turn: int, page: TeamPage) -> None:
        if turn == self._turn:
            self._take(with_page(self._team, page))

    def _take(self, team: TeamRead) -> None:
        self._reading = False
        self._team = team
        self._show()
        self._look_further()

    def _look_further(self) -> None:
        if not self._reading and reads_on(self._team, self.bar.choice, self.model.rowCount(), self._wanted):
            self._read_on()

    def _on_refused(self, turn: int, trouble: TroubleSeen) -> None:
        if turn != self._turn:
            return
        self._reading = False
        if self._team.people:
            self._show()
            self.foot.say(trouble_words(trouble), wrong=True)
        else:
            self._tell(trouble.title, trouble.detail, again=True)

    def _shown(self) -> tuple[Person, ...]:
        return shown_people(self._team, self.bar.choice, self._at)

    def _show(self) -> None:
        now, people = self._at, self._shown()
        self.model.show_rows(tuple(person_row(person, now, self._figures) for person in people))
        self.table.fit_columns()
        self.bar.as_of.setText(figures_of(people, now, self._figures))
        self.bar.export.setEnabled(bool(people))
        if people:
            self.left.setCurrentIndex(0)
        elif self._reading:
            self._tell(translate("Team", "Reading"), translate("Team", "The company's service is asked."))
        elif self._team.pages:
            self._tell(*nobody_words(self.bar.choice, self._team.search))
        self._show_foot()
        self._keep_chosen()

    def _show_foot(self) -> None:
        team, shown = self._team, self.model.rowCount()
        known = bool(team.pages)
        self.foot.count.setText(
            count_words(shown, len(team.people), team.total, self.bar.choice, self._figures) if shown else "")
        self.foot.count.updateGeometry()
        self.foot.more.setVisible(bool(team.next) and not self._reading)
        if self._reading and known:
            self.foot.say(translate("Team", "Reading"))
        elif not self._reading and not self._team.odd:
            self.foot.say("")
        elif team.odd:
            self.foot.say(joined(*team.odd), wrong=True)

    def _tell(self, title: str, detail: str, *, again: bool = False) -> None:
        self.title.setText(title)
        self.detail.setText(detail)
        self.again.setVisible(again)
        self.left.setCurrentIndex(1)

    def _on_narrowed(self) -> None:
        self._wanted = 0
        self._show()
        self._look_further()

    def _on_current(self, current: QModelIndex, _before: QModelIndex) -> None:
        row = self.model.row_at(current)
        if row is not None:
            self._chosen = row.id
            self._show_person()

    def _keep_chosen(self) -> None:
        at = self.model.line_of(self._chosen)
        if at >= 0 and self.table.currentIndex().row() != at:
            self.table.setCurrentIndex(self.model.index(at, 0))
        self._show_person()

    def _show_person(self) -> None:
        # Who is decided on may leave the choice that is shown, and what came of it is still to be read.
        person = next((one for one in self._team.people if one.id == self._chosen), None)
        if person is not None:
            self.panel.show_person(person_view(person, self._at, self._figures), self._figures)
        self.right.setCurrentWidget(self.hint if person is None else self.panel)
        self.right.setVisible(person is not None or bool(self.model.rowCount()))

    def _on_decided(self, request: str, decision: Decision) -> None:
        work = partial(self._company.decide, request, decision)
        self._bridge.ask(self, self._company.submit, work, self._on_done, partial(self._on_not_done, request))

    def _on_done(self, request: IncreaseRequest) -> None:
        self._team = with_request(self._team, request)
        self._show()
        # Their limit is another one now; the service says which.
        name = next((one.name for one in self._team.people if any(r.id == request.id for r in one.requests)), "")
        self._bridge.ask(self, self._company.submit, partial(self._company.team, name, ""), self._on_read_again,
                         self._on_not_read_again)  # fmt: skip

    def _on_not_done(self, request: str, trouble: TroubleSeen) -> None:
        self.panel.show_trouble(request, trouble)

    def _on_read_again(self, page: TeamPage) -> None:
        self._team = with_people(self._team, page)
        self._show()

    def _on_not_read_again(self, trouble: TroubleSeen) -> None:
        self.foot.say(translate("Team", "Decided. The new figures could not be read: {why}.").format(why=trouble.title))

    def _on_export(self) -> None:
        title = translate("Team", "Export the people in the table")
        path, _ = QFileDialog.getSaveFileName(self, title, "team.csv", translate("Team", "CSV (*.csv)"))
        if path:
            self.export_to(path)

    def export_to(self, path: str) -> None:
        """Write the people in the table to a file."""
        people = self._shown()
        said = translate("Team", "Exported, {count}.").format(
            count=count_words(len(people), len(people), None, Shown.ALL, self._figures))  # fmt: skip
        work = partial(write_csv, path, team_csv(people, self._at))
        self._bridge.ask(self, self._company.submit, work, partial(self._on_exported, said), self._on_not_exported)

    def _on_exported(self, said: str, _nothing: None) -> None:
        self.foot.say(said)

    def _on_not_exported(self, trouble: TroubleSeen) -> None:
        self.foot.say(trouble_words(trouble), wrong=True)
