"""A request that waits for a manager: what is asked, how much to give, a note, and the two verbs."""

from __future__ import annotations

from dataclasses import replace

from PySide6.QtCore import QCoreApplication, Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QPushButton, QSizePolicy, QWidget

from taximeter.domain.increase import LONGEST_WORDS, Decision, IncreaseRequest
from taximeter.domain.quota import Quota
from taximeter.ui import request_words
from taximeter.ui.amounts import amount_to_type, typed_amount, unit_words
from taximeter.ui.desk import TroubleSeen
from taximeter.ui.figures import Figures
from taximeter.ui.request_card import RequestCard
from taximeter.ui.sentences import trouble_words
from taximeter.ui.surface import column
from taximeter.ui.words import SMALL, Tone, Words

translate = QCoreApplication.translate

AMOUNT_EM = 7


class DecideBox(QWidget):
    """Tells the decision; what came of it is told to it. Two clicks decide once."""

    decided = Signal(str, object)
    """The request's id, and a ``Decision``."""

    def __init__(self, request: IncreaseRequest, quota: Quota | None, figures: Figures) -> None:
        super().__init__()
        self.request = request
        self._quota = quota
        self._figures = figures
        self._busy = False
        self.card = RequestCard()
        self.amount = QLineEdit(amount_to_type(request.amount, request.unit, figures.locale))
        self.amount.setAlignment(Qt.AlignmentFlag.AlignRight)
        self.amount.setAccessibleName(translate("Team", "How much to give"))
        self.amount.textChanged.connect(self._show_effect)
        self.unit = Words(unit_words(request))
        self.effect = Words(tone=Tone.MUTE, scale=SMALL, wrap=True)
        self.note = QLineEdit()
        self.note.setMaxLength(LONGEST_WORDS)
        self.note.setPlaceholderText(translate("Team", "A note, if you like"))
        self.note.setAccessibleName(translate("Team", "Note to {name}").format(name=request.who))
        self.approve = QPushButton(translate("Team", "Approve"))
        self.approve.clicked.connect(self._on_approve)
        self.deny = QPushButton(translate("Team", "Deny"))
        self.deny.clicked.connect(self._on_deny)
        self.trouble = Words(tone=Tone.ACT, wrap=True)
        self.trouble.hide()
        self._lay_out()
        self.card.show_view(request_words.request_view(request, quota, replace(figures, hidden=False)))
        self._show_effect()

    def _lay_out(self) -> None:
        em = self.fontMetrics().height()
        layout = column(self)
        layout.setSpacing(round(em * 0.35))
        give = Words(translate("Team", "Give"))
        give.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        give.setBuddy(self.amount)
        self.amount.setFixedWidth(em * AMOUNT_EM)
        beside, verbs = QHBoxLayout(), QHBoxLayout()
        for part in (give, self.amount, self.unit):
            beside.addWidget(part)
        beside.addStretch(1)
        for button in (self.approve, self.deny):
            button.setAutoDefault(False)
            verbs.addWidget(button)
        verbs.addStretch(1)
        layout.addWidget(self.card)
        layout.addLayout(beside)
        layout.addWidget(self.effect)
        layout.addWidget(self.note)
        layout.addLayout(verbs)
        layout.addWidget(self.trouble)

    def show_trouble(self, trouble: TroubleSeen) -> None:
        """Say why it was not done; it can be tried again."""
        self._busy = False
        self.trouble.set_tone(Tone.ACT)
        self.trouble.setText(trouble_words(trouble))
        self.trouble.show()
        self._show_effect()

    def _amount(self) -> int | None:
        return typed_amount(self.amount.text(), self.request.unit, self._figures.locale)

    def _show_effect(self) -> None:
        amount = self._amount()
        asked = amount == self.request.amount
        if amount is None:
            self.effect.setText(translate("Team", "That is no amount."))
        elif not asked and self._quota is not None:
            self.effect.setText(request_words.would_make(self._quota, amount, replace(self._figures, hidden=False)))
        self.effect.set_tone(Tone.ACT if amount is None else Tone.MUTE)
        self.effect.setVisible(amount is None or (not asked and self._quota is not None))
        self.approve.setEnabled(amount is not None and not self._busy)
        self.deny.setEnabled(not self._busy)

    def _on_approve(self) -> None:
        amount = self._amount()
        if amount is not None:
            self._decide(Decision(approve=True, amount=amount, note=self.note.text().strip()))

    def _on_deny(self) -> None:
        self._decide(Decision(approve=False, note=self.note.text().strip()))

    def _decide(self, decision: Decision) -> None:
        if self._busy:
            return
        self._busy = True
        self.trouble.set_tone(Tone.MUTE)
        self.trouble.setText(translate("Team", "Sending"))
        self.trouble.show()
        self._show_effect()
        self.decided.emit(self.request.id, decision)
