"""The used-up screen as a window: it follows the snapshot, and leads to asking for more and to what used it."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication, Signal
from PySide6.QtWidgets import QHBoxLayout, QLayout, QPushButton, QVBoxLayout, QWidget

from taximeter.ledger.readmodels import Snapshot
from taximeter.ui.figures import Figures
from taximeter.ui.quota_details import Effect
from taximeter.ui.surface import Card, column, heading, row, turn
from taximeter.ui.used_up_view import used_up_view
from taximeter.ui.words import TITLE, Tone, Words

translate = QCoreApplication.translate


class UsedUp(Card):
    """Follows the snapshot while it is open."""

    sessions_asked = Signal()
    ask_asked = Signal(str)
    """More of the quota of that id."""

    def __init__(self) -> None:
        super().__init__(on_paper=True)
        self._quota = ""
        self.setWindowTitle(translate("UsedUp", "Used up"))
        em = self.fontMetrics().height()
        body = QWidget()
        self._width = em * 30
        body.setFixedWidth(self._width)
        self.title = Words(scale=TITLE * 1.1, bold=True)
        self.since = Words(tone=Tone.MUTE)
        self.stopped = Words(wrap=True)
        self.sessions = Words(wrap=True)
        self.works_title = heading("")
        self.works = Words(wrap=True)
        self.offer = Words(wrap=True)
        self.back_name = Words()
        self.back = Words(bold=True, right=True)
        self.asked = Words(wrap=True)
        layout = column(body)
        layout.setSpacing(round(em * 0.45))
        for part in (self.title, self.since, self.stopped, self.sessions, self.works_title, self.works, self.offer):
            layout.addWidget(part)
        layout.addLayout(row(self.back_name, self.back))
        layout.addWidget(self.asked)
        layout.addSpacing(round(em * 0.6))
        layout.addLayout(self._verbs())
        outer = QVBoxLayout(self)
        outer.setContentsMargins(round(em * 1.3), em, round(em * 1.3), em)
        outer.setSizeConstraint(QLayout.SizeConstraint.SetFixedSize)
        outer.addWidget(body)

    def _verbs(self) -> QHBoxLayout:
        self.ask = QPushButton()
        self.ask.clicked.connect(self._on_ask)
        show = QPushButton(translate("UsedUp", "Show what used it"))
        show.clicked.connect(self.sessions_asked)
        close = QPushButton(translate("UsedUp", "Close"))
        close.clicked.connect(self.close)
        self._verb_line = QHBoxLayout()
        self._verb_line.addWidget(self.ask)
        self._verb_line.addWidget(show)
        self._verb_line.addWidget(close)
        verbs = QHBoxLayout()
        verbs.addLayout(self._verb_line)
        verbs.addStretch(1)
        return verbs

    def show_snapshot(self, snapshot: Snapshot, figures: Figures) -> None:
        """Show what is known now."""
        view = used_up_view(snapshot, figures)
        texts = ((self.title, view.title), (self.since, view.since), (self.stopped, view.stopped),
                 (self.sessions, view.sessions),
                 (self.works, "\n".join(view.works)), (self.offer, view.offer), (self.back, view.back),
                 (self.asked, view.asked))  # fmt: skip
        for part, text in texts:
            part.setText(text)
            part.setVisible(bool(text))
        self._quota = view.quota
        self.ask.setText(view.ask)
        self.ask.setVisible(bool(view.ask))
        turn(self._verb_line, self._width)
        works, back = translate("UsedUp", "Still working"), translate("UsedUp", "Back on")
        if view.effect is Effect.SLOWED:
            works, back = translate("UsedUp", "Not slowed by it"), translate("UsedUp", "At full speed again on")
        elif not view.stops:
            works, back = translate("UsedUp", "Other limits"), translate("UsedUp", "Starts anew on")
        self.works_title.setText(works)
        self.back_name.setText(back)
        self.works_title.setVisible(bool(view.works))
        self.back_name.setVisible(bool(view.back))

    def _on_ask(self) -> None:
        self.ask_asked.emit(self._quota)
