"""One person beside the table: every limit, what they ask for, what was decided lately."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication, Qt, Signal
from PySide6.QtWidgets import QFrame, QScrollArea, QVBoxLayout, QWidget

from taximeter.ui.decide_box import DecideBox
from taximeter.ui.desk import TroubleSeen
from taximeter.ui.figures import Figures
from taximeter.ui.quota_card import LimitRow
from taximeter.ui.request_card import RequestCard
from taximeter.ui.request_words import request_view
from taximeter.ui.surface import column, heading
from taximeter.ui.team_view import PersonView, RequestLine
from taximeter.ui.words import SMALL, TITLE, Tone, Words

translate = QCoreApplication.translate


class PersonPanel(QScrollArea):
    """Filled again in place; a decision that is being written stays. ``decides`` shows the verbs."""

    decided = Signal(str, object)
    """See ``DecideBox.decided``."""

    def __init__(self, *, decides: bool) -> None:
        super().__init__()
        self._decides = decides
        self._person = ""
        self._limit_rows: list[LimitRow] = []
        self._asked: dict[str, DecideBox | RequestCard] = {}
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setWidgetResizable(True)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.name = Words(scale=TITLE, bold=True, wrap=True)
        self.as_of = Words(tone=Tone.MUTE, scale=SMALL, wrap=True)
        self.nothing = Words(wrap=True)
        self.limits_title = heading(translate("Team", "Limits"))
        self.limits = QVBoxLayout()
        self.asked_title = heading(translate("Team", "Asks for more"))
        self.asked = QVBoxLayout()
        self.decided_title = heading(translate("Team", "Decided lately"))
        self.decided_lines = Words(scale=SMALL, wrap=True)
        self._lay_out()

    def _lay_out(self) -> None:
        body = QWidget()
        em = self.fontMetrics().height()
        layout = column(body)
        layout.setContentsMargins(em, round(em * 0.6), em, em)
        layout.setSpacing(round(em * 0.3))
        self.limits.setSpacing(round(em * 0.4))
        self.asked.setSpacing(em)
        layout.addWidget(self.name)
        layout.addWidget(self.as_of)
        layout.addWidget(self.nothing)
        layout.addWidget(self.asked_title)
        layout.addLayout(self.asked)
        layout.addWidget(self.limits_title)
        layout.addLayout(self.limits)
        layout.addWidget(self.decided_title)
        layout.addWidget(self.decided_lines)
        layout.addStretch(1)
        self.setWidget(body)

    def show_person(self, view: PersonView, figures: Figures) -> None:
        """Show a person as they are known now."""
        if view.id != self._person:
            self._person = view.id
            self.verticalScrollBar().setValue(0)
        self.name.setText(view.name)
        self.as_of.setText(view.as_of)
        self.nothing.setText(view.nothing)
        self.nothing.setVisible(bool(view.nothing))
        self._show_limits(view)
        self._show_asked(view.waiting, figures)
        self.asked_title.setVisible(bool(view.waiting))
        self.decided_lines.setText("\n\n".join(view.decided))
        for part in (self.decided_title, self.decided_lines):
            part.setVisible(bool(view.decided))

    def show_trouble(self, request: str, trouble: TroubleSeen) -> None:
        """Say at a request why it was not decided."""
        box = self._asked.get(request)
        if isinstance(box, DecideBox):
            box.show_trouble(trouble)
            self.ensureWidgetVisible(box)

    def focus_first(self) -> None:
        """Put the keyboard on the first request that waits."""
        box = next((one for one in self._asked.values() if isinstance(one, DecideBox)), None)
        if box is not None:
            box.amount.setFocus(Qt.FocusReason.TabFocusReason)
            self.ensureWidgetVisible(box)

    def boxes(self) -> tuple[DecideBox, ...]:
        """The requests that wait, from the top."""
        return tuple(one for one in self._asked.values() if isinstance(one, DecideBox))

    def _show_limits(self, view: PersonView) -> None:
        while len(self._limit_rows) < len(view.limits):
            self._limit_rows.append(LimitRow(wrap=True))
            self.limits.addWidget(self._limit_rows[-1])
        for at, line in enumerate(self._limit_rows):
            line.setVisible(at < len(view.limits))
            if at < len(view.limits):
                line.show_view(view.limits[at])
        self.limits_title.setVisible(bool(view.limits))

    def _show_asked(self, lines: tuple[RequestLine, ...], figures: Figures) -> None:
        wanted = {line.request.id for line in lines}
        for gone in [name for name in self._asked if name not in wanted]:
            part = self._asked.pop(gone)
            part.hide()
            self.asked.removeWidget(part)
            part.deleteLater()
        for line in lines:
            if line.request.id not in self._asked:
                self._asked[line.request.id] = self._part(line, figures)
                self.asked.addWidget(self._asked[line.request.id])

    def _part(self, line: RequestLine, figures: Figures) -> DecideBox | RequestCard:
        if self._decides:
            box = DecideBox(line.request, line.quota, figures)
            box.decided.connect(self.decided)
            return box
        card = RequestCard()
        card.show_view(request_view(line.request, line.quota, figures))
        return card
