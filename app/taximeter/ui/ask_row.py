"""The part below a quota from which more is asked for, and which says what became of it."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication, Signal
from PySide6.QtWidgets import QBoxLayout, QSizePolicy, QWidget

from taximeter.ui.ask_line import AskLine
from taximeter.ui.surface import column
from taximeter.ui.words import SMALL, Link, Words

translate = QCoreApplication.translate


class AskRow(QWidget):
    """Takes no room while there is nothing to say and nobody to ask."""

    ask_asked = Signal(str)
    mine_asked = Signal()
    sign_in_asked = Signal()

    def __init__(self, width: int) -> None:
        super().__init__()
        self._width = width
        self._line = AskLine()
        self.said = Words(scale=SMALL, wrap=True)
        self.verb = Link(scale=SMALL)
        self.verb.clicked.connect(self._on_verb)
        self.sign_in = Link(scale=SMALL)
        self.sign_in.clicked.connect(self.sign_in_asked)
        self.mine = Link(scale=SMALL, quiet=True, right=True)
        self.mine.clicked.connect(self.mine_asked)
        self.links = (self.sign_in, self.verb, self.mine)
        self._row = QBoxLayout(QBoxLayout.Direction.LeftToRight)
        self._row.addWidget(self.sign_in)
        self._row.addWidget(self.verb)
        self._row.addStretch(1)
        self._row.addWidget(self.mine)
        layout = column(self)
        layout.addWidget(self.said)
        layout.addLayout(self._row)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)

    def show_line(self, line: AskLine) -> None:
        """Show what there is to ask and to say."""
        self._line = line
        self.verb.set_quiet(line.quiet)
        for part, text in ((self.verb, line.verb), (self.mine, line.mine), (self.sign_in, line.sign_in)):
            part.set_text(text)
            part.setVisible(bool(text))
        self.said.setText(line.said)
        self.said.setVisible(bool(line.said))
        beside = sum(link.sizeHint().width() for link in self.links if link.text()) + 24 <= self._width
        self._row.setDirection(QBoxLayout.Direction.LeftToRight if beside else QBoxLayout.Direction.TopToBottom)
        self._row.setSpacing(8 if beside else 0)
        self.setVisible(bool(line.said or line.verb or line.mine or line.sign_in))

    @property
    def shown(self) -> AskLine:
        """What it says now."""
        return self._line

    def _on_verb(self) -> None:
        self.ask_asked.emit(self._line.quota)
