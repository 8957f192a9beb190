"""One's own row as the manager sees it: the same table and the same panel, with nothing to decide."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QCoreApplication
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from taximeter.domain.people import Person
from taximeter.ui.bridge import Bridge
from taximeter.ui.company import Company
from taximeter.ui.desk import TroubleSeen
from taximeter.ui.figures import Figures
from taximeter.ui.person_panel import PersonPanel
from taximeter.ui.sentences import trouble_words
from taximeter.ui.surface import Card
from taximeter.ui.team_table import TeamModel, TeamTable
from taximeter.ui.team_view import person_row, person_view
from taximeter.ui.words import TITLE, Tone, Words

translate = QCoreApplication.translate

WIDTH_EM, HEIGHT_EM = 54, 36
TABLE_EM = 3.7
"""The table's height: its header and the one row."""


class OwnRow(Card):
    """Asks the service when it is opened and when it is told to."""

    def __init__(self, company: Company, bridge: Bridge, now: Callable[[], int], figures: Figures) -> None:
        super().__init__()
        self._company = company
        self._bridge = bridge
        self._now = now
        self._figures = figures
        self._person: Person | None = None
        self._turn = 0
        self.setWindowTitle(translate("Team", "What your manager sees of you"))
        self.title = Words(translate("Team", "What your manager sees of you"), scale=TITLE * 1.1, bold=True, wrap=True)
        self.about = Words(
            translate("Team", "Your limits, what is used of them, and the requests that you send. No session, no "
                      "project, no prompt: they stay on this computer."),
            tone=Tone.MUTE, wrap=True,
        )  # fmt: skip
        self.said = Words(wrap=True)
        self.model = TeamModel(self)
        self.table = TeamTable(self.model, translate("Team", "Your row"))
        self.panel = PersonPanel(decides=False)
        self.again = QPushButton(translate("Team", "Read again"))
        self.again.clicked.connect(self.read)
        self.away = QPushButton(translate("Team", "Close"))
        self.away.clicked.connect(self.close)
        self._lay_out()

    def _lay_out(self) -> None:
        em = self.fontMetrics().height()
        verbs = QHBoxLayout()
        for button in (self.again, self.away):
            button.setAutoDefault(False)
            verbs.addWidget(button)
        verbs.addStretch(1)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(round(em * 1.3), em, round(em * 1.3), em)
        layout.setSpacing(round(em * 0.5))
        self.table.setFixedHeight(round(em * TABLE_EM))
        parts: tuple[QWidget, ...] = (self.title, self.about, self.said, self.table)
        for part in parts:
            layout.addWidget(part)
        layout.addWidget(self.panel, 1)
        layout.addStretch(0)
        layout.addLayout(verbs)
        self.resize(em * WIDTH_EM, em * HEIGHT_EM)

    def read(self) -> None:
        """Ask for the row; what is shown stays until it is there."""
        self._turn += 1
        turn = self._turn

        def answered(person: Person) -> None:
            self._on_answered(turn, person)

        def refused(trouble: TroubleSeen) -> None:
            self._on_refused(turn, trouble)

        self._say(translate("Team", "Reading") if self._person is None else "")
        self._show()
        self._bridge.ask(self, self._company.submit, self._company.mine, answered, refused)

    def follow_figures(self, figures: Figures) -> None:
        """Write figures another way from now on, as with numbers hidden."""
        if figures != self._figures:
            self._figures = figures
            self._show()

    def _on_answered(self, turn: int, person: Person) -> None:
        if turn == self._turn:
            self._person = person
            self._say("")
            self._show()

    def _on_refused(self, turn: int, trouble: TroubleSeen) -> None:
        if turn == self._turn:
            self._say(trouble_words(trouble), Tone.ACT)

    def _say(self, text: str, tone: Tone = Tone.MUTE) -> None:
        self.said.set_tone(tone)
        self.said.setText(text)
        self.said.setVisible(bool(text))

    def _show(self) -> None:
        person, now = self._person, self._now()
        self.table.setVisible(person is not None)
        self.panel.setVisible(person is not None)
        if person is not None:
            self.model.show_rows((person_row(person, now, self._figures),))
            self.table.fit_columns()
            self.panel.show_person(person_view(person, now, self._figures), self._figures)
