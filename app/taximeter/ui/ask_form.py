"""The form for asking: how much more, until when, why. Nothing is sent from here."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication, Qt, Signal
from PySide6.QtWidgets import (
    QButtonGroup,
    QCheckBox,
    QHBoxLayout,
    QLineEdit,
    QPlainTextEdit,
    QRadioButton,
    QSizePolicy,
    QWidget,
)

from taximeter.domain.increase import LONGEST_WORDS
from taximeter.domain.quota import Outlook, Quota
from taximeter.ui import ask_more_view as asking
from taximeter.ui.amounts import amount_to_type, typed_amount, unit_words
from taximeter.ui.figures import Figures
from taximeter.ui.question_panel import visible_frame
from taximeter.ui.surface import column, outlined
from taximeter.ui.wording import is_over
from taximeter.ui.words import SMALL, Tone, Words

translate = QCoreApplication.translate

REASON_LINES = 3
AMOUNT_EM = 7


class AskForm(QWidget):
    """Holds what a person chose; ``changed`` is told with every change of it."""

    changed = Signal()

    def __init__(self) -> None:
        super().__init__()
        self._quota: Quota | None = None
        self._figures: Figures | None = None
        self._why = ""
        self._project = ""
        self.amount = QLineEdit()
        self.unit = Words()
        self.why = Words(tone=Tone.MUTE, scale=SMALL, wrap=True)
        self.until_reset = QRadioButton()
        self.for_good = QRadioButton(translate("AskMore", "For good"))
        self._until = QButtonGroup(self)
        self._until.addButton(self.until_reset)
        self._until.addButton(self.for_good)
        self.reason = QPlainTextEdit()
        self.room = Words(tone=Tone.MUTE, scale=SMALL)
        self.project = outlined(QCheckBox())
        self._lay_out()
        self.amount.textChanged.connect(self._on_changed)
        self._until.buttonToggled.connect(self._on_changed)
        self.reason.textChanged.connect(self._on_changed)
        self.project.clicked.connect(self._on_project)

    def _lay_out(self) -> None:
        em = self.fontMetrics().height()
        self.amount.setFixedWidth(em * AMOUNT_EM)
        self.amount.setAlignment(Qt.AlignmentFlag.AlignRight)
        self.amount.setAccessibleName(translate("AskMore", "How much more"))
        self.reason.setTabChangesFocus(True)
        self.reason.setFixedHeight(round(self.reason.fontMetrics().lineSpacing() * (REASON_LINES + 0.8)))
        self.reason.setAccessibleName(translate("AskMore", "Reason"))
        self.reason.setPlaceholderText(translate("AskMore", "What it is for, if you want to say it"))
        layout = column(self)
        layout.setSpacing(round(em * 0.3))
        beside = QHBoxLayout()
        name = Words(translate("AskMore", "How much more"))
        name.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        name.setBuddy(self.amount)
        beside.addWidget(name)
        beside.addWidget(self.amount)
        beside.addWidget(self.unit)
        beside.addStretch(1)
        layout.addLayout(beside)
        layout.addWidget(self.why)
        layout.addSpacing(round(em * 0.3))
        layout.addWidget(self.until_reset)
        layout.addWidget(self.for_good)
        layout.addSpacing(round(em * 0.3))
        layout.addWidget(self.reason)
        layout.addWidget(self.room)
        layout.addWidget(self.project)

    def begin(self, outlook: Outlook, project: str, now: int, figures: Figures) -> None:
        """Offer what is suggested for a quota. What was typed as a reason stays."""
        quota = outlook.quota
        suggested = asking.suggestion(outlook, now, figures)
        self._quota, self._figures, self._why = quota, figures, suggested.why
        self.unit.setText(unit_words(quota))
        self.amount.setText("" if suggested.amount is None
                            else amount_to_type(suggested.amount, quota.unit, figures.locale))  # fmt: skip
        ends = quota.resets and not is_over(quota, now)
        self.until_reset.setText(asking.reset_choice(quota, figures) if ends else "")
        self.until_reset.setVisible(ends)
        (self.until_reset if ends else self.for_good).setChecked(True)
        self._project = project
        metrics = self.fontMetrics()
        shown = metrics.elidedText(project, Qt.TextElideMode.ElideMiddle, metrics.height() * 14)
        name = translate("AskMore", "Name the project: {project}").format(project=shown)
        self.project.setText(name.replace("&", "&&"))
        self.project.setToolTip(project)
        self.project.setVisible(bool(project))
        for box in (self.project, self.until_reset, self.for_good):
            box.setPalette(visible_frame(self.palette()))
        self._on_changed()

    @property
    def amount_chosen(self) -> int | None:
        """What is asked for in the quota's unit; None while it is no amount."""
        if self._quota is None or self._figures is None:
            return None
        return typed_amount(self.amount.text(), self._quota.unit, self._figures.locale)

    @property
    def until_chosen(self) -> int | None:
        """Until when; None for good."""
        return self._quota.period.end if self._quota is not None and self.until_reset.isChecked() else None

    @property
    def reason_chosen(self) -> str:
        """The reason as it would be sent."""
        return self.reason.toPlainText().strip()

    @property
    def is_complete(self) -> bool:
        """Whether it can be sent as it is."""
        return self.amount_chosen is not None and len(self.reason_chosen) <= LONGEST_WORDS

    def _on_project(self, named: bool) -> None:
        change = asking.with_project if named else asking.without_project
        self.reason.setPlainText(change(self.reason.toPlainText(), self._project))

    def _on_changed(self) -> None:
        if self._figures is None:
            return
        wrong = bool(self.amount.text().strip()) and self.amount_chosen is None
        self.why.setText(translate("AskMore", "That is no amount.") if wrong else self._why)
        self.why.set_tone(Tone.ACT if wrong else Tone.MUTE)
        room = asking.room_words(self.reason_chosen, self._figures)
        self.room.setText(room)
        self.room.setVisible(bool(room))
        self.room.set_tone(Tone.ACT if len(self.reason_chosen) > LONGEST_WORDS else Tone.MUTE)
        named = asking.project_line(self._project) in self.reason.toPlainText().split("\n") if self._project else False
        self.project.setChecked(named)
        self.changed.emit()
