"""What stands above and below the table of people: search, choice, the figures' age, and how many people there are."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication
from PySide6.QtWidgets import QComboBox, QHBoxLayout, QLineEdit, QPushButton, QSizePolicy, QWidget

from taximeter.ui.team_view import Shown
from taximeter.ui.words import SMALL, Link, Tone, Words

translate = QCoreApplication.translate


class TeamBar(QWidget):
    """Search, who is shown, and what can be done with the table."""

    def __init__(self) -> None:
        super().__init__()
        self.search = QLineEdit()
        self.search.setPlaceholderText(translate("Team", "Search by name"))
        self.search.setAccessibleName(translate("Team", "Search by name"))
        self.search.setClearButtonEnabled(True)
        self.shown = QComboBox()
        self.shown.setAccessibleName(translate("Team", "Who is shown"))
        self.shown.addItem(translate("Team", "Everyone"), Shown.ALL)
        self.shown.addItem(translate("Team", "Will run out before the reset"), Shown.ENDING)
        self.shown.addItem(translate("Team", "Asks for more"), Shown.ASKING)
        self.as_of = Words(tone=Tone.MUTE, scale=SMALL)
        self.refresh = QPushButton(translate("Team", "Read again"))
        self.export = QPushButton(translate("Team", "Export"))
        self.export.setToolTip(translate("Team", "The people in the table, as CSV"))
        for button in (self.refresh, self.export):
            button.setAutoDefault(False)
            button.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        em = self.fontMetrics().height()
        layout = QHBoxLayout(self)
        layout.setContentsMargins(em // 2, em // 2, em // 2, em // 2)
        self.search.setMaximumWidth(em * 20)
        layout.addWidget(self.search, 2)
        layout.addWidget(self.shown)
        layout.addStretch(1)
        layout.addWidget(self.as_of)
        layout.addWidget(self.refresh)
        layout.addWidget(self.export)

    @property
    def choice(self) -> Shown:
        """Who is shown."""
        return Shown(self.shown.currentData())


class TeamFoot(QWidget):
    """How many people there are, what went wrong, and the way to the next page."""

    def __init__(self) -> None:
        super().__init__()
        em = self.fontMetrics().height()
        self.count = Words(tone=Tone.MUTE, scale=SMALL)
        self.count.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.said = Words(scale=SMALL)
        self.more = Link(translate("Team", "Show more"), scale=SMALL)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(em // 2, round(em * 0.3), em // 2, round(em * 0.3))
        layout.setSpacing(em)
        layout.addWidget(self.count)
        layout.addWidget(self.more)
        layout.addWidget(self.said, 1)

    def say(self, text: str, *, wrong: bool = False) -> None:
        """Say what came of something; empty takes it away."""
        self.said.set_tone(Tone.ACT if wrong else Tone.MUTE)
        self.said.setText(text)
