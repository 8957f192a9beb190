"""The form of a budget of one's own: how much, how often, and what it covers."""

from __future__ import annotations

import re
from decimal import Decimal

from PySide6.QtCore import QCoreApplication, QLocale, Signal
from PySide6.QtWidgets import QFormLayout, QHBoxLayout, QLineEdit, QPushButton, QVBoxLayout, QWidget

from taximeter.host.settings import PERIODS, BudgetSetting, budget_id_of, is_currency, parse_amount
from taximeter.ui.settings_rows import Choice
from taximeter.ui.words import SMALL, Tone, Words

translate = QCoreApplication.translate


class BudgetForm(QWidget):
    """``given`` carries the budget once it can be used; ``cancelled`` that nothing was changed."""

    given = Signal(object)
    cancelled = Signal()

    def __init__(self, locale: QLocale) -> None:
        super().__init__()
        self._locale = locale
        self._id = ""
        self._taken: frozenset[str] = frozenset()
        self.name, self.amount, self.currency = QLineEdit(), QLineEdit(), QLineEdit()
        self.period, self.start = Choice(), Choice()
        self.agents, self.projects, self.models = QLineEdit(), QLineEdit(), QLineEdit()
        self.save = QPushButton(translate("Settings", "Save"))
        self.cancel = QPushButton(translate("Settings", "Cancel"))
        self.said = Words(tone=Tone.ACT, scale=SMALL, wrap=True)
        self._fill_choices()
        self._connect()
        self._lay_out()

    def _fill_choices(self) -> None:
        for value, name in zip(PERIODS, period_names(), strict=True):
            self.period.addItem(name, value)
        self.amount.setPlaceholderText(self._locale.toString(200))
        self.currency.setMaxLength(3)
        self.currency.setFixedWidth(self.currency.fontMetrics().averageCharWidth() * 9)
        everything = translate("Settings", "all; or patterns such as client-*, divided by commas")
        for field in (self.agents, self.projects, self.models):
            field.setPlaceholderText(everything)

    def _connect(self) -> None:
        self.period.currentIndexChanged.connect(self._on_period)
        self.save.clicked.connect(self._on_save)
        self.cancel.clicked.connect(self.cancelled)
        for field in (self.name, self.amount, self.currency, self.agents, self.projects, self.models):
            field.returnPressed.connect(self._on_save)
        for button in (self.save, self.cancel):
            button.setAutoDefault(False)

    def _lay_out(self) -> None:
        em = self.fontMetrics().height()
        layout = QVBoxLayout(self)
        layout.setContentsMargins(em, round(em * 0.5), em, round(em * 0.5))
        form = QFormLayout()
        money, often = QHBoxLayout(), QHBoxLayout()
        money.addWidget(self.amount, 1)
        money.addWidget(self.currency)
        often.addWidget(self.period)
        often.addWidget(self.start)
        often.addStretch(1)
        parts = (
            (translate("Settings", "Name"), self.name, self.name),
            (translate("Settings", "Amount"), self.amount, money),
            (translate("Settings", "Each"), self.period, often),
            (translate("Settings", "Agents"), self.agents, self.agents),
            (translate("Settings", "Projects"), self.projects, self.projects),
            (translate("Settings", "Models"), self.models, self.models),
        )
        for label, control, part in parts:
            words = Words(label)
            words.setBuddy(control)
            control.setAccessibleName(label)
            if isinstance(part, QHBoxLayout):
                form.addRow(words, part)
            else:
                form.addRow(words, part)
        self.currency.setAccessibleName(translate("Settings", "Currency"))
        self.start.setAccessibleName(translate("Settings", "First day"))
        layout.addLayout(form)
        layout.addWidget(self.said)
        verbs = QHBoxLayout()
        verbs.addStretch(1)
        verbs.addWidget(self.cancel)
        verbs.addWidget(self.save)
        layout.addLayout(verbs)

    def begin(self, budget: BudgetSetting | None, currency: str, week_start: int, taken: frozenset[str]) -> None:
        """Show a budget to change, or None for a new one; ``taken`` are the ids of the others."""
        self._id, self._taken = (budget.id if budget else ""), taken
        self.said.setVisible(False)
        self.name.setText(budget.name if budget else "")
        self.amount.setText(amount_text(budget.amount, self._locale) if budget else "")
        self.currency.setText(budget.currency if budget else currency)
        self.period.setCurrentIndex(PERIODS.index(budget.period) if budget else PERIODS.index("month"))
        self._on_period()
        start = budget.start if budget else week_start if self.period.currentData() == "week" else 1
        self.start.setCurrentIndex(max(0, self.start.findData(start)))
        for field, patterns in ((self.agents, budget.agents if budget else ()),
                                (self.projects, budget.projects if budget else ()),
                                (self.models, budget.models if budget else ())):  # fmt: skip
            field.setText(", ".join(patterns))
        self.name.setFocus()

    def _on_period(self) -> None:
        period = str(self.period.currentData())
        chosen = self.start.currentData()
        self.start.clear()
        for day, name in start_choices(period, self._locale):
            self.start.addItem(name, day)
        self.start.setCurrentIndex(max(0, self.start.findData(chosen)))
        self.start.setVisible(period != "day")

    def _on_save(self) -> None:
        budget = self._budget()
        self.said.setVisible(isinstance(budget, str))
        if isinstance(budget, str):
            self.said.setText(budget)
        else:
            self.given.emit(budget)

    def _budget(self) -> BudgetSetting | str:
        """What was typed, or what is wrong with it."""
        name, currency = self.name.text().strip(), self.currency.text().strip().upper()
        if not name:
            self.name.setFocus()
            return translate("Settings", "A budget needs a name.")
        identifier = self._id or budget_id_of(name)
        if identifier in self._taken:
            self.name.setFocus()
            return translate("Settings", "There is a budget of that name already.")
        amount = amount_of(self.amount.text(), self._locale)
        if amount is None:
            self.amount.setFocus()
            return translate("Settings", "Type an amount above 0, for example 200.")
        if not is_currency(currency):
            self.currency.setFocus()
            return translate("Settings", "A currency has three letters, such as USD or EUR.")
        period = str(self.period.currentData())
        return BudgetSetting(identifier, name, amount, currency, period, int(self.start.currentData() or 1),
                             _patterns(self.agents), _patterns(self.projects), _patterns(self.models))  # fmt: skip


def period_names() -> tuple[str, ...]:
    """Of PERIODS, in their order."""
    return translate("Settings", "day"), translate("Settings", "week"), translate("Settings", "month")


def start_choices(period: str, locale: QLocale) -> tuple[tuple[int, str], ...]:
    """The first days that a period can have."""
    if period == "week":
        return tuple((day, translate("Settings", "from {day}").format(day=locale.standaloneDayName(day)))
                     for day in range(1, 8))  # fmt: skip
    highest = 31 if period == "month" else 1
    return tuple((day, translate("Settings", "from day {n}").format(n=day)) for day in range(1, highest + 1))


def amount_of(text: str, locale: QLocale) -> Decimal | None:
    """An amount as typed in the locale; None where it is none above nothing."""
    value, understood = locale.toDouble(re.sub(r"\s", "", text))
    return parse_amount(repr(value)) if understood else None


def amount_text(amount: Decimal, locale: QLocale) -> str:
    """An amount as it stands in the field."""
    plain = QLocale(locale)
    plain.setNumberOptions(QLocale.NumberOption.OmitGroupSeparator)
    places = max(0, -int(amount.normalize().as_tuple().exponent))
    return plain.toString(float(amount), "f", places)


def _patterns(field: QLineEdit) -> tuple[str, ...]:
    return tuple(part.strip() for part in field.text().split(",") if part.strip())
