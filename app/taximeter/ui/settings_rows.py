"""A setting on the window: what it is called and means on the left, its control on the right."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QCoreApplication, QLocale, QSignalBlocker, Qt, QTime, QTimer, Signal
from PySide6.QtGui import QFocusEvent, QWheelEvent
from PySide6.QtWidgets import QCheckBox, QComboBox, QGridLayout, QLineEdit, QPushButton, QSpinBox, QTimeEdit, QWidget

from taximeter.host.settings import parse_amount
from taximeter.ui.sentences import joined
from taximeter.ui.settings_lines import Control, Line, set_by_words
from taximeter.ui.surface import column, outlined
from taximeter.ui.words import SMALL, Tone, Words

translate = QCoreApplication.translate

PAUSE_MS = 400
"""A number that is stepped through counts once it rests."""


class Choice(QComboBox):
    """A box that the wheel does not change in passing: the page is scrolled instead."""

    def __init__(self) -> None:
        super().__init__()
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToContents)

    def wheelEvent(self, event: QWheelEvent) -> None:
        event.ignore()


class Number(QSpinBox):
    """As above, for numbers."""

    def __init__(self) -> None:
        super().__init__()
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setKeyboardTracking(False)

    def wheelEvent(self, event: QWheelEvent) -> None:
        event.ignore()


class Clock(QTimeEdit):
    """As above, for a time of day."""

    def __init__(self) -> None:
        super().__init__()
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setKeyboardTracking(False)

    def wheelEvent(self, event: QWheelEvent) -> None:
        event.ignore()


class Field(QLineEdit):
    """A text that counts when it is left or Enter is hit, and comes back with Esc."""

    given = Signal(str)

    def __init__(self) -> None:
        super().__init__()
        self.editingFinished.connect(self._on_finished)

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        self.setModified(False)

    def _on_finished(self) -> None:
        if self.isModified():
            self.setModified(False)
            self.given.emit(self.text())


class SettingRow(QWidget):
    """``chosen`` tells the key and the new value, as it stands in the settings; a value of None is no value."""

    chosen = Signal(str, object)

    def __init__(self, line: Line, locale: QLocale) -> None:
        super().__init__()
        self.line = line
        self._locale = locale
        self._waits: QTimer | None = None
        self.label = Words(line.label, wrap=True)
        self.about = Words(tone=Tone.MUTE, scale=SMALL, wrap=True)
        self.set_by = Words(tone=Tone.MUTE, scale=SMALL, bold=True, wrap=True)
        self.wrong = Words(tone=Tone.ACT, scale=SMALL, wrap=True)
        self.wrong.setVisible(False)
        self.control = self._make(line)
        self.label.setBuddy(self.control)
        em = self.fontMetrics().height()
        grid = QGridLayout(self)
        grid.setContentsMargins(em, round(em * 0.5), em, round(em * 0.5))
        grid.setHorizontalSpacing(em)
        grid.setVerticalSpacing(2)
        texts = QWidget()
        left = column(texts)
        for part in (self.label, self.about, self.set_by, self.wrong):
            left.addWidget(part)
        grid.addWidget(texts, 0, 0, Qt.AlignmentFlag.AlignVCenter)
        grid.addWidget(self.control, 0, 1, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignRight)
        grid.setColumnStretch(0, 1)
        self._grid = grid
        self.show_line(line)

    def add_button(self, button: QPushButton) -> None:
        """Put a button behind the control."""
        self._grid.addWidget(button, 0, 2, Qt.AlignmentFlag.AlignVCenter)

    def show_line(self, line: Line) -> None:
        """Show the value as it is now. What is being typed stays."""
        self.line = line
        self.label.setText(line.label)
        self.about.setText(line.about)
        self.about.setVisible(bool(line.about))
        self.set_by.setText(set_by_words(line.set_by) if line.set_by else "")
        self.set_by.setVisible(bool(line.set_by))
        self.control.setEnabled(line.usable and not line.set_by)
        self.control.setAccessibleName(line.label)
        self.control.setAccessibleDescription(joined(line.about, self.set_by.text()))
        with QSignalBlocker(self.control):
            self._fill(line)

    def _make(self, line: Line) -> QWidget:
        makers: dict[Control, Callable[[], QWidget]] = {
            Control.SWITCH: self._switch, Control.CHOICE: self._choice, Control.NUMBER: self._number,
            Control.AMOUNT: self._field, Control.PATTERNS: self._field, Control.TEXT: self._field,
            Control.CLOCK: self._clock,
        }  # fmt: skip
        return makers[line.control]()

    def _switch(self) -> QWidget:
        box = outlined(QCheckBox())
        box.clicked.connect(self._tell)
        return box

    def _choice(self) -> QWidget:
        box = Choice()
        box.activated.connect(self._on_activated)
        return box

    def _number(self) -> QWidget:
        box = Number()
        box.setLocale(self._locale)
        box.valueChanged.connect(self._tell_later)
        return box

    def _clock(self) -> QWidget:
        box = Clock()
        box.setLocale(self._locale)
        box.setDisplayFormat(self._locale.timeFormat(QLocale.FormatType.ShortFormat))
        box.timeChanged.connect(self._tell_later)
        return box

    def _field(self) -> QWidget:
        field = Field()
        money = self.line.control is Control.AMOUNT
        letters = 12 if money else self.line.highest + 4 if self.line.highest else 30
        field.setMinimumWidth(field.fontMetrics().averageCharWidth() * letters)
        if self.line.highest:
            field.setMaximumWidth(field.minimumWidth())
        field.setAlignment(Qt.AlignmentFlag.AlignRight if money else Qt.AlignmentFlag.AlignLeft)
        field.setPlaceholderText(self.line.hint)
        field.given.connect(self._on_given)
        return field

    def _fill(self, line: Line) -> None:
        box, value = self.control, line.value
        if isinstance(box, QCheckBox):
            box.setChecked(bool(value))
        elif isinstance(box, QComboBox):
            _fill_choice(box, line)
        elif isinstance(box, QSpinBox):
            box.setRange(line.lowest, line.highest)
            box.setSuffix(f"\N{NO-BREAK SPACE}{line.unit}" if line.unit else "")
            if not self._is_waiting and isinstance(value, int):
                box.setValue(value)
        elif isinstance(box, QTimeEdit):
            if not self._is_waiting and isinstance(value, int):
                box.setTime(QTime(value // 60 % 24, value % 60))
        elif isinstance(box, QLineEdit) and not (box.hasFocus() and box.isModified()):
            box.setText(text_of(line, self._locale))
            box.setModified(False)

    @property
    def _is_waiting(self) -> bool:
        return self._waits is not None and self._waits.isActive()

    def _on_activated(self, _at: int) -> None:
        self._tell()

    def _on_given(self, text: str) -> None:
        value = value_in(text, self.line, self._locale)
        self.wrong.setVisible(value is None)
        if value is None:
            self.wrong.setText(translate("Settings", "Type an amount, 0 or more, for example 2.50."))
            return
        self.chosen.emit(self.line.key, value)

    def _tell_later(self) -> None:
        if self._waits is None:
            self._waits = QTimer(self)
            self._waits.setSingleShot(True)
            self._waits.setInterval(PAUSE_MS)
            self._waits.timeout.connect(self._tell)
        self._waits.start()

    def _tell(self) -> None:
        box = self.control
        if isinstance(box, QCheckBox):
            self.chosen.emit(self.line.key, box.isChecked())
        elif isinstance(box, QComboBox):
            self.chosen.emit(self.line.key, box.currentData())
        elif isinstance(box, QSpinBox):
            self.chosen.emit(self.line.key, box.value())
        elif isinstance(box, QTimeEdit):
            self.chosen.emit(self.line.key, box.time().toString("HH:mm"))


def text_of(line: Line, locale: QLocale) -> str:
    """A value as it stands in a field."""
    if line.control is Control.AMOUNT and isinstance(line.value, int):
        from taximeter.domain.quota import Unit
        from taximeter.ui.amounts import amount_to_type

        return f"{amount_to_type(line.value, Unit.MONEY, locale)} {line.unit}".rstrip()
    return ", ".join(line.value) if isinstance(line.value, tuple) else str(line.value)


def value_in(text: str, line: Line, locale: QLocale) -> str | list[str] | None:
    """What was typed, as it stands in the settings; None where it is no amount."""
    if line.control is Control.PATTERNS:
        return [part.strip() for part in text.split(",") if part.strip()]
    if line.control is not Control.AMOUNT:
        return text.strip()
    plain = text.replace(line.unit, "").replace("\N{NO-BREAK SPACE}", " ").strip()
    value, understood = locale.toDouble(plain)
    if not understood or not 0 <= value <= 1_000_000:
        return None
    amount = parse_amount(repr(value))
    return "0" if value == 0 else f"{amount.normalize():f}" if amount is not None else None


def _fill_choice(box: QComboBox, line: Line) -> None:
    offered = [(box.itemData(at), box.itemText(at)) for at in range(box.count())]
    if offered != list(line.choices):
        box.clear()
        for value, name in line.choices:
            box.addItem(name, value)
    box.setCurrentIndex(box.findData(line.value))
