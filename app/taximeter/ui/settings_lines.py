"""Settings as lines: what one is called, what it means, its value, and who decided it. Pure."""

from __future__ import annotations

from collections.abc import Callable
from enum import Enum
from typing import NamedTuple

from PySide6.QtCore import QCoreApplication

from taximeter.host.settings import Settings
from taximeter.ui.figures import Figures
from taximeter.ui.settings_desk import SettingsSeen

translate = QCoreApplication.translate

WHOLE = ("week_start",)
"""Keys that are numbers in the file and names in the window."""

Value = bool | int | str | tuple[str, ...]


class Control(Enum):
    """With what a value is changed."""

    SWITCH = "switch"
    CHOICE = "choice"
    NUMBER = "number"
    AMOUNT = "amount"
    """Money, in nano-units; 0 is allowed."""
    PATTERNS = "patterns"
    """Several texts, divided by commas."""
    TEXT = "text"
    CLOCK = "clock"
    """A time of day, in minutes from midnight."""


class Line(NamedTuple):
    """One setting."""

    key: str
    """As in the settings: ``icon.style``."""
    label: str
    control: Control
    value: Value
    about: str = ""
    """What it means, where the label does not say it all."""
    choices: tuple[tuple[str, str], ...] = ()
    """Of a choice: value and name."""
    lowest: int = 0
    highest: int = 0
    """Of a number; of a text the letters that there is room for, 0 as many as there are."""
    unit: str = ""
    """Stands behind a number, or the currency of an amount."""
    hint: str = ""
    """Shown in an empty field."""
    set_by: str = ""
    """Who decided it for the company; empty where it is the person's own choice."""
    usable: bool = True
    """False where it cannot be changed here and now; ``about`` says why."""

    @property
    def words(self) -> str:
        """All that a search looks at."""
        return " ".join((self.label, self.about, self.key, *(name for _, name in self.choices)))


class Group(NamedTuple):
    """Lines that belong together."""

    title: str
    lines: tuple[Line, ...]
    about: str = ""


Groups = Callable[[SettingsSeen, Figures], tuple[Group, ...]]
"""The groups of one page."""


def decided(line: Line, settings: Settings) -> Line:
    """The line with who decided it, where the company did."""
    return line._replace(set_by=settings.company_source(line.key))


def group(title: str, settings: Settings, lines: tuple[Line, ...], about: str = "") -> Group:
    """A group whose lines say who decided them."""
    return Group(title, tuple(decided(line, settings) for line in lines), about)


def matches(words: str, search: str) -> bool:
    """Whether every word that is searched for begins or stands in one of the words."""
    found = words.casefold()
    return all(part in found for part in search.casefold().split())


def counted(number: int, one: str, several: str, shown: str) -> str:
    """The form for one or for several, with the number as it is shown."""
    return one if number == 1 and shown == "1" else several.format(n=shown)


def set_by_words(source: str) -> str:
    """Why a control cannot be used."""
    return translate("Settings", "Set by your company: {source}").format(source=source)


def written(key: str, value: object) -> str | bool | int | list[str] | None:
    """A chosen value as it stands in the file; None takes the key out where emptiness says nothing."""
    if key in WHOLE:
        return int(str(value))
    if isinstance(value, list):
        return [str(one) for one in value] or None
    if isinstance(value, bool | int):
        return value
    return str(value) if value or key == "language" else None
