"""A page of the settings: groups of lines on cards, and cards of its own, all of which a search can narrow."""

from __future__ import annotations

from collections.abc import Iterator

from PySide6.QtCore import QCoreApplication, Qt, Signal
from PySide6.QtWidgets import QFrame, QLayout, QVBoxLayout, QWidget

from taximeter.ui.figures import Figures
from taximeter.ui.settings_desk import SettingsSeen
from taximeter.ui.settings_lines import Group, Groups, matches
from taximeter.ui.settings_rows import SettingRow
from taximeter.ui.surface import column, heading
from taximeter.ui.words import SMALL, Tone, Words

translate = QCoreApplication.translate


def in_reading_order(part: QWidget) -> Iterator[QWidget]:
    """What Tab can reach in a part, in the order in which it is laid out."""
    if part.focusPolicy() & Qt.FocusPolicy.TabFocus:
        yield part
    layout = part.layout()
    if layout is not None:
        yield from _laid_out(layout)


def _laid_out(layout: QLayout) -> Iterator[QWidget]:
    for at in range(layout.count()):
        item = layout.itemAt(at)
        widget, inner = (item.widget(), item.layout()) if item is not None else (None, None)
        if widget is not None:
            yield from in_reading_order(widget)
        elif inner is not None:
            yield from _laid_out(inner)


class Section(QWidget):
    """A titled card of rows, each found by its own words; ``words`` are those of the whole card."""

    def __init__(self, title: str, about: str = "") -> None:
        super().__init__()
        self.words = f"{title} {about}"
        self.rows: list[tuple[QWidget, str]] = []
        self._rules: list[QWidget] = []
        self._holders: dict[QWidget, QWidget] = {}
        self._absent: set[QWidget] = set()
        self._gone = False
        self._search = ""
        layout = column(self)
        em = self.fontMetrics().height()
        layout.setSpacing(round(em * 0.3))
        self.title = heading(title)
        self.about = Words(about, tone=Tone.MUTE, scale=SMALL, wrap=True)
        self.card = QFrame()
        self.card.setObjectName("card")
        self.card.setFrameShape(QFrame.Shape.StyledPanel)
        self._inside = QVBoxLayout(self.card)
        self._inside.setContentsMargins(0, round(em * 0.2), 0, round(em * 0.2))
        self._inside.setSpacing(0)
        for part in (self.title, self.about, self.card):
            layout.addWidget(part)
        self.title.setVisible(bool(title))
        self.about.setVisible(bool(about))

    def add(self, row: QWidget, words: str = "", *, own_margins: bool = True) -> None:
        """Put a row at the end. Without words it stays while anything of the card is found."""
        em = self.fontMetrics().height()
        holder = row
        if not own_margins:
            holder = QWidget()
            inner = QVBoxLayout(holder)
            inner.setContentsMargins(em, round(em * 0.5), em, round(em * 0.5))
            inner.addWidget(row)
        line = QFrame()
        line.setFrameShape(QFrame.Shape.HLine)
        line.setFrameShadow(QFrame.Shadow.Plain)
        line.setForegroundRole(line.palette().ColorRole.Midlight)
        self._inside.addWidget(line)
        self._inside.addWidget(holder)
        self._rules.append(line)
        self._holders[row] = holder
        self.rows.append((row, words))
        self.narrow(self._search)

    def clear(self, keep: tuple[QWidget, ...] = ()) -> None:
        """Take all rows away; those to ``keep`` are not freed."""
        for part in (*self._rules, *(row for row, _ in self.rows)):
            part.setParent(None)
            if part not in keep:
                part.deleteLater()
        self.rows, self._rules, self._holders = [], [], {}
        self._absent.clear()

    def set_absent(self, row: QWidget, *, absent: bool) -> None:
        """Leave a row out, whatever is searched for, or have it back."""
        if absent:
            self._absent.add(row)
        else:
            self._absent.discard(row)
        self.narrow(self._search)

    def set_gone(self, gone: bool) -> None:
        """Leave the whole card out, or have it back."""
        self._gone = gone
        self.narrow(self._search)

    def narrow(self, search: str) -> bool:
        """Show what the search finds; whether anything is."""
        self._search = search
        whole = not search or matches(self.words, search)
        found = {row for row, words in self.rows if words and (whole or matches(f"{self.words} {words}", search))}
        found -= self._absent
        some = not self._gone and (bool(found) or whole)
        first = True
        for rule, (row, words) in zip(self._rules, self.rows, strict=True):
            shown = some and row not in self._absent and (row in found or not words)
            self._holders[row].setVisible(shown)
            row.setVisible(shown)
            rule.setVisible(shown and not first)
            first = first and not shown
        if not some or self.parentWidget() is not None:  # shown before it is on its page it would be a window
            self.setVisible(some)
        return some


class Page(QWidget):
    """Filled with the settings whenever they change. ``chosen`` tells a key and its new value."""

    chosen = Signal(str, object)

    def __init__(self, title: str, groups: Groups | None = None) -> None:
        super().__init__()
        self.title = title
        self.sections: list[Section] = []
        self.lines: dict[str, SettingRow] = {}
        self._groups = groups
        self._search = ""
        self._layout = column(self)
        self._layout.setSpacing(self.fontMetrics().height())

    def add(self, section: Section) -> None:
        """Put a card at the end."""
        self.sections.append(section)
        self._layout.addWidget(section)
        section.narrow(self._search)

    def show_settings(self, seen: SettingsSeen, figures: Figures) -> None:
        """Show the settings as they are now."""
        for at, group in enumerate(self._groups(seen, figures) if self._groups else ()):
            self.show_group(self._section(at, group), group, figures, usable=seen.trouble is None)
        if self._search:
            self.narrow(self._search)

    def show_group(self, section: Section, group: Group, figures: Figures, *, usable: bool) -> None:
        """Show a group's lines on its card; rows are made once."""
        keys = [line.key for line in group.lines]
        if keys != [row.line.key for row, _ in section.rows if isinstance(row, SettingRow)]:
            section.clear()
            for line in group.lines:
                row = SettingRow(line, figures.locale)
                row.chosen.connect(self.chosen)
                self.lines[line.key] = row
                section.add(row, line.words)
        for line in group.lines:
            self.lines[line.key].show_line(line._replace(usable=line.usable and usable))

    def narrow(self, search: str) -> bool:
        """Show what the search finds; whether anything is."""
        self._search = search
        whole = bool(search) and matches(self.title, search)
        found = [section.narrow("" if whole else search) for section in self.sections]
        return any(found)

    def _section(self, at: int, group: Group) -> Section:
        while len(self.sections) <= at:
            self.add(Section(group.title, group.about))
        return self.sections[at]
