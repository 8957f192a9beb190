"""A quota in the popover: the binding one in large with all that is said of it, another one in two lines."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication
from PySide6.QtWidgets import QBoxLayout, QWidget

from taximeter.ui.bars import QuotaBar
from taximeter.ui.glance import LimitView, QuotaView
from taximeter.ui.surface import column, row
from taximeter.ui.words import LARGE, SMALL, TITLE, Link, Tone, Words

translate = QCoreApplication.translate

_BESIDE, _BELOW = QBoxLayout.Direction.LeftToRight, QBoxLayout.Direction.TopToBottom


class QuotaCard(QWidget):
    """The answer, the binding quota, and how fresh the figure is."""

    def __init__(self, width: int) -> None:
        super().__init__()
        self.setFixedWidth(width)
        self.answer = Words(scale=TITLE, bold=True)
        self.age = Words(tone=Tone.MUTE, scale=SMALL, right=True)
        self.large = Words(scale=LARGE, bold=True)
        self.flip = Link(quiet=True, scale=SMALL, right=True)
        self.flip.setToolTip(translate("Popover", "Show the reset as a time or as a countdown"))
        self.bar = QuotaBar()
        self.below_left = Words(tone=Tone.MUTE, scale=SMALL, wrap=True)
        self.below_right = Words(tone=Tone.MUTE, scale=SMALL, right=True)
        self.note = Words(tone=Tone.INK, scale=SMALL, wrap=True)
        self.details = Words(tone=Tone.MUTE, scale=SMALL, wrap=True)
        self.hint = Words(tone=Tone.MUTE, scale=SMALL, wrap=True)
        layout = column(self)
        self._top = row(self.answer, self.age)
        layout.addLayout(self._top)
        self._figure = row(self.large, self.flip)
        layout.addLayout(self._figure)
        layout.addWidget(self.bar)
        layout.addLayout(row(self.below_left, self.below_right))
        for below in (self.note, self.details, self.hint):
            layout.addWidget(below)

    def show_view(self, view: QuotaView) -> None:
        """Show a quota, or today's sum where there is none."""
        self.answer.fit_text(view.answer, self.width(), (TITLE, 1.0, SMALL))
        self.age.setText(view.age)
        self.large.fit_text(view.large, self.width())
        self.flip.set_text(view.beside)
        self._set_beside(self._top, self.answer, self.age)
        self._set_beside(self._figure, self.large, self.flip)
        self.flip.setVisible(bool(view.beside))
        self.bar.setVisible(view.bar is not None)
        if view.bar is not None:
            self.bar.show_view(view.bar)
        below = ((self.below_left, view.below_left), (self.below_right, view.below_right), (self.note, view.note),
                 (self.details, "\n".join(view.details)), (self.hint, view.hint))  # fmt: skip
        for part, text in below:
            part.setText(text)
            part.setVisible(bool(text))

    def _set_beside(self, pair: QBoxLayout, left: QWidget, right: QWidget) -> None:
        """Two things on one line, on two where the line is too short for both."""
        beside = left.sizeHint().width() + right.sizeHint().width() + 8 <= self.width()
        pair.setDirection(_BESIDE if beside else _BELOW)
        pair.setSpacing(8 if beside else 0)


class LimitRow(QWidget):
    """One of the other limits: its name, what is left of it, a thin bar."""

    def __init__(self, *, wrap: bool = False) -> None:
        """``wrap`` breaks lines where there is no room, else they are shortened."""
        super().__init__()
        self.name = Words(scale=SMALL, wrap=wrap)
        self.words = Words(tone=Tone.MUTE, scale=SMALL, wrap=wrap)
        self.bar = QuotaBar(0.3)
        layout = column(self)
        layout.addWidget(self.name)
        layout.addWidget(self.bar)
        layout.addWidget(self.words)

    def show_view(self, view: LimitView) -> None:
        """Show another limit."""
        self.name.setText(view.name)
        self.words.setText(view.words)
        self.words.set_tone(Tone.INK if view.at_risk else Tone.MUTE)
        self.bar.show_view(view.bar)
