"""Taking sessions out of the ledger: chosen, counted, and only then removed."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import QCoreApplication, QDate, QLocale, Qt, Signal
from PySide6.QtWidgets import QCheckBox, QDateEdit, QGridLayout, QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from taximeter.ui.bridge import Bridge
from taximeter.ui.desk import Desk, TroubleSeen
from taximeter.ui.sentences import trouble_words
from taximeter.ui.settings_desk import Doomed, Kept
from taximeter.ui.settings_lines import counted
from taximeter.ui.settings_rows import Choice
from taximeter.ui.surface import outlined
from taximeter.ui.words import SMALL, Tone, Words

translate = QCoreApplication.translate

EVERY = ""
MONTHS_BACK = 6


class PurgeRow(QWidget):
    """What was counted is what goes: another choice forgets the count. ``done`` tells that something went."""

    done = Signal()

    def __init__(self, desk: Desk, bridge: Bridge) -> None:
        super().__init__()
        self._desk, self._bridge = desk, bridge
        self._begun = False
        self._counted: Doomed | None = None
        self.label = Words(translate("Settings", "Which sessions"), wrap=True)
        self.about = Words(
            translate("Settings", "They cannot be read again: the logs are not touched, and not read anew."),
            tone=Tone.MUTE, scale=SMALL, wrap=True)  # fmt: skip
        self.project = Choice()
        self.project.setAccessibleName(translate("Settings", "Sessions of which project"))
        self.project.addItem(translate("Settings", "All projects"), EVERY)
        self.old = outlined(QCheckBox(translate("Settings", "Ended before")))
        self.before = QDateEdit()
        self.before.setCalendarPopup(True)
        self.before.setAccessibleName(translate("Settings", "Sessions that ended before this day"))
        self.count = QPushButton(translate("Settings", "Count"))
        self.count.setAccessibleName(translate("Settings", "Count the sessions that would go"))
        self.remove = QPushButton(translate("Settings", "Remove for good"))
        self.keep = QPushButton(translate("Settings", "Keep them"))
        self.said = Words(wrap=True)
        self._connect()
        self._lay_out()
        self._forget()

    def _connect(self) -> None:
        self.project.activated.connect(self._on_changed)
        self.old.toggled.connect(self._on_old)
        self.before.dateChanged.connect(self._on_changed)
        self.count.clicked.connect(self._on_count)
        self.remove.clicked.connect(self._on_remove)
        self.keep.clicked.connect(self._forget)
        for button in (self.count, self.remove, self.keep):
            button.setAutoDefault(False)

    def _lay_out(self) -> None:
        em = self.fontMetrics().height()
        layout = QVBoxLayout(self)
        layout.setContentsMargins(em, round(em * 0.5), em, round(em * 0.5))
        layout.setSpacing(round(em * 0.3))
        layout.addWidget(self.label)
        layout.addWidget(self.about)
        which, since = QHBoxLayout(), QHBoxLayout()
        which.addWidget(self.project)
        which.addStretch(1)
        which.addWidget(self.count)
        since.addWidget(self.old)
        since.addWidget(self.before)
        since.addStretch(1)
        layout.addLayout(which)
        layout.addLayout(since)
        grid = QGridLayout()
        grid.addWidget(self.said, 0, 0)
        grid.addWidget(self.remove, 0, 1, Qt.AlignmentFlag.AlignTop)
        grid.addWidget(self.keep, 0, 2, Qt.AlignmentFlag.AlignTop)
        grid.setColumnStretch(0, 1)
        layout.addLayout(grid)
        self.before.setEnabled(False)

    def begin(self, locale: QLocale, today: QDate) -> None:
        """Write days and counts so; a day half a year before ``today`` is offered at first."""
        self.setLocale(locale)
        if not self._begun:
            self._begun = True
            self.before.setDate(today.addMonths(-MONTHS_BACK))
        self.before.setDisplayFormat(locale.dateFormat(QLocale.FormatType.ShortFormat))

    def show_kept(self, kept: Kept) -> None:
        """Offer the projects that are kept; the chosen one stays."""
        chosen = self.project.currentData()
        if tuple(self.project.itemData(at) for at in range(1, self.project.count())) != kept.projects:
            while self.project.count() > 1:
                self.project.removeItem(1)
            for name in kept.projects:
                self.project.addItem(name, name)
            self.project.setCurrentIndex(max(0, self.project.findData(chosen)))
        self.count.setEnabled(bool(kept.sessions))

    @property
    def chosen(self) -> Doomed | None:
        """What was chosen; None where neither a project nor a day was."""
        project = self.project.currentData() or None
        before = self.before.date().toString(Qt.DateFormat.ISODate) if self.old.isChecked() else ""
        return Doomed(project, before) if project or before else None

    def _on_old(self, on: bool) -> None:
        self.before.setEnabled(on)
        self._forget()

    def _on_changed(self) -> None:
        self._forget()

    def _forget(self) -> None:
        self._counted = None
        self._say("")
        for button in (self.remove, self.keep):
            button.setVisible(False)

    def _on_count(self) -> None:
        doomed = self.chosen
        if doomed is None:
            self._say(translate("Settings", "Choose a project, or the day before which sessions are to go."))
            return
        desk = self._desk
        self._bridge.ask(self, desk.submit, partial(desk.settings.count_doomed, doomed),
                         partial(self._on_counted, doomed), self._on_refused)  # fmt: skip

    def _on_counted(self, doomed: Doomed, count: tuple[int, int]) -> None:
        sessions, requests = count
        shown = self.locale().toString
        if not sessions:
            self._forget()
            self._say(translate("Settings", "There are no such sessions."))
            return
        self._counted = doomed
        told = translate("Settings", "{sessions} with {requests} would go.")
        first = counted(
            sessions, translate("Settings", "1 session"), translate("Settings", "{n} sessions"), shown(sessions)
        )
        then = counted(
            requests, translate("Settings", "1 request"), translate("Settings", "{n} requests"), shown(requests)
        )
        self._say(told.format(sessions=first, requests=then))
        for button in (self.remove, self.keep):
            button.setVisible(True)
            button.setEnabled(True)
        self.keep.setFocus()

    def _on_remove(self) -> None:
        if self._counted is None:
            return
        for button in (self.remove, self.keep, self.count):
            button.setEnabled(False)
        desk = self._desk
        self._say(translate("Settings", "Removing them"))
        self._bridge.ask(self, desk.settings.submit, partial(desk.settings.purge, self._counted), self._on_removed,
                         self._on_refused)  # fmt: skip

    def _on_removed(self, _nothing: None) -> None:
        self._forget()
        self.count.setEnabled(True)
        self.count.setFocus()
        self._say(translate("Settings", "They are gone."))
        self.done.emit()

    def _on_refused(self, trouble: TroubleSeen) -> None:
        self._forget()
        self.count.setEnabled(True)
        self._say(trouble_words(trouble), Tone.ACT)

    def _say(self, text: str, tone: Tone = Tone.INK) -> None:
        self.said.set_tone(tone)
        self.said.setText(text)
        self.said.setVisible(bool(text))
