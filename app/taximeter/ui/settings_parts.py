"""Parts of the settings' pages that are no settings: a fact with its buttons, a list of things, a choice of a file."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from taximeter.ui.sentences import listed, named
from taximeter.ui.surface import column
from taximeter.ui.words import SMALL, Tone, Words


class ActionRow(QWidget):
    """What something is, a sentence below, its buttons on the right, and below that how the last click went."""

    def __init__(self, label: str, about: str = "", buttons: Sequence[QPushButton] = ()) -> None:
        super().__init__()
        em = self.fontMetrics().height()
        self.label = Words(label, wrap=True)
        self.about = Words(about, tone=Tone.MUTE, scale=SMALL, wrap=True)
        self.said = Words(scale=SMALL, wrap=True)
        self.said.setVisible(False)
        texts = QWidget()
        left = column(texts)
        for part in (self.label, self.about, self.said):
            left.addWidget(part)
        self.about.setVisible(bool(about))  # only now: without a parent it would be shown as a window
        left.addStretch(1)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(em, round(em * 0.5), em, round(em * 0.5))
        layout.setSpacing(round(em * 0.6))
        layout.addWidget(texts, 1)
        for button in buttons:
            button.setAutoDefault(False)
            layout.addWidget(button, 0, Qt.AlignmentFlag.AlignVCenter)

    def show_facts(self, label: str, about: str = "") -> None:
        """Say something else."""
        self.label.setText(label)
        self.about.setText(about)
        self.about.setVisible(bool(about))

    def say(self, text: str, tone: Tone = Tone.INK) -> None:
        """Say how it went; empty says nothing."""
        self.said.set_tone(tone)
        self.said.setText(text)
        self.said.setVisible(bool(text))


def without_heading(card: QWidget) -> QWidget:
    """A card of another window, whose heading the page says already."""
    layout = card.layout()
    first = layout.itemAt(0) if layout is not None else None
    title = first.widget() if first is not None else None
    if title is not None:
        title.setVisible(False)
    if isinstance(card, QFrame):
        card.setFrameShape(QFrame.Shape.NoFrame)
    return card


class Things(QWidget):
    """A few things, each with a button that takes it away, and one that adds another."""

    def __init__(self, label: str, about: str, add: QPushButton, remove: str) -> None:
        """``remove`` is what the button at each thing says."""
        super().__init__()
        em = self.fontMetrics().height()
        self.label, self._remove = label, remove
        self.removes: dict[str, QPushButton] = {}
        self._shown: tuple[str, ...] | None = None
        self._list = QVBoxLayout()
        self._list.setSpacing(round(em * 0.2))
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        self.head = ActionRow(label, about, (add,))
        layout.addWidget(self.head)
        holder = QWidget()
        self._holder = holder
        holder.setLayout(self._list)
        self._list.setContentsMargins(em * 2, 0, em, round(em * 0.5))
        layout.addWidget(holder)

    def show_things(self, things: tuple[str, ...], on_remove: Callable[[str], None]) -> None:
        """Show these, and call back with the one whose button is pressed."""
        if things == self._shown:
            return
        self._shown = things
        while self._list.count():
            item = self._list.takeAt(0)
            old = item.widget() if item is not None else None
            if old is not None:
                old.deleteLater()
        self.removes = {}
        for thing in things:
            self._list.addWidget(self._line(thing, on_remove))
        self._holder.setVisible(bool(things))

    def _line(self, thing: str, on_remove: Callable[[str], None]) -> QWidget:
        line = QWidget()
        layout = QHBoxLayout(line)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(Words(thing), 1)
        button = QPushButton(self._remove)
        button.setAutoDefault(False)
        button.setAccessibleName(named(listed((self.label, thing)), self._remove))
        button.clicked.connect(partial(on_remove, thing))
        layout.addWidget(button)
        self.removes[thing] = button
        return line
