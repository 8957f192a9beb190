"""A TOML file as a person wrote it: its values, and the line on which each stands.

The standard library's reader tells no positions, so the line is looked up in the text when a
value turns out to be wrong. That is exact for keys that begin a line, and names the nearest table
for those inside an inline one.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from pathlib import Path
from typing import Any

from taximeter.host.trouble import Trouble

type_names = {bool: "true or false", int: "a whole number", str: "text in quotes", list: "a list", dict: "a table"}

_KEY = r"(?:[A-Za-z0-9_-]+|\"[^\"]*\"|'[^']*')"
_KEYS = rf"{_KEY}(?:\s*\.\s*{_KEY})*"
_HEADER = re.compile(rf"\s*(\[\[?)\s*({_KEYS})\s*\]\]?\s*(?:#.*)?$")
_ASSIGNMENT = re.compile(rf"\s*({_KEYS})\s*=")
_POSITION = re.compile(r"\s*\(at (?:line (\d+), column \d+|end of document)\)")

Where = tuple[str | int, ...]
"""A value's place: keys, and positions in arrays of tables counted from 0."""


@dataclass(frozen=True, slots=True)
class TomlText:
    """A file's text and where it came from."""

    file: Path
    text: str

    def values(self) -> dict[str, Any]:
        """The whole file, fractions as Decimal.

        Raises:
            Trouble: it is not TOML; the title names the file and the line.
        """
        import tomllib

        try:
            return tomllib.loads(self.text, parse_float=Decimal)
        except tomllib.TOMLDecodeError as error:
            found = _POSITION.search(str(error))
            last = self.text.count("\n") + 1
            line = int(found[1]) if found and found[1] else last
            reason = _POSITION.sub("", str(error))
            raise Trouble(f"{self.file}, line {line}, cannot be read", f"{reason}. Correct that line.") from error

    def trouble(self, where: Where, sentence: str) -> Trouble:
        """What to raise for a value that cannot be used; ``sentence`` says what it has to be."""
        key = next((part for part in reversed(where) if isinstance(part, str)), "")
        return Trouble(f"{self.place(where)}: {key} cannot be used", sentence)

    def place(self, where: Where) -> str:
        """The file and line of a value, for people."""
        return f"{self.file}, line {line_of(self.text, where)}"


def line_of(text: str, where: Where) -> int:
    """The line, counted from 1, of the value at ``where`` or of the nearest table around it."""
    table: Where = ()
    arrays: dict[Where, int] = {}
    best, depth = 1, 0
    for number, line in enumerate(text.splitlines(), 1):
        header = _HEADER.match(line)
        if header:
            table = _split(header[2])
            if header[1] == "[[":
                arrays[table] = arrays.get(table, -1) + 1
                table = (*table, arrays[table])
            place = table
        elif assignment := _ASSIGNMENT.match(line):
            place = (*table, *_split(assignment[1]))
        else:
            continue
        if len(place) > depth and where[: len(place)] == place:
            best, depth = number, len(place)
    return best


def _split(keys: str) -> Where:
    return tuple(part.strip("\"'") for part in re.findall(_KEY, keys))


@dataclass(slots=True)
class TomlTable:
    """One table that is read key by key; what nobody asked for is left over as unknown."""

    source: TomlText
    values: Mapping[str, Any]
    where: Where = ()
    asked: set[str] = field(default_factory=set)

    def flag(self, key: str, *, default: bool) -> bool:
        """A true or false."""
        found = self._get(key, bool)
        return default if found is None else bool(found)

    def whole(self, key: str, default: int, low: int, high: int) -> int:
        """A whole number, ``low <= n <= high``."""
        found = self._get(key, int)
        if found is None:
            return default
        if not low <= found <= high:
            raise self.wrong(key, f"It has to be a whole number from {low} to {high}.")
        return int(found)

    def text(self, key: str, default: str, choices: Sequence[str] = ()) -> str:
        """A text, one of ``choices`` where there are any."""
        found = self._get(key, str)
        if found is None:
            return default
        if choices and found not in choices:
            raise self.wrong(key, f"It has to be one of {', '.join(repr(choice) for choice in choices)}.")
        return str(found)

    def texts(self, key: str, default: tuple[str, ...] = ()) -> tuple[str, ...]:
        """A list of texts; one text alone is taken as a list of one."""
        found = self.values.get(key)
        if isinstance(found, str):
            found = [found]
            self.asked.add(key)
        else:
            found = self._get(key, list)
        if found is None:
            return default
        if not all(isinstance(item, str) and item for item in found):
            raise self.wrong(key, "It has to be a list of texts in quotes, none of them empty.")
        return tuple(found)

    def tables(self, key: str) -> list[TomlTable]:
        """An array of tables, ``[[key]]``."""
        found = self._get(key, list) or []
        if not all(isinstance(item, dict) for item in found):
            raise self.wrong(key, f"It has to be written as [[{key}]], once for each.")
        return [TomlTable(self.source, item, (*self.where, key, at)) for at, item in enumerate(found)]

    def table(self, key: str) -> TomlTable:
        """A table, empty where there is none."""
        return TomlTable(self.source, self._get(key, dict) or {}, (*self.where, key))

    def raw(self, key: str) -> Any:  # noqa: ANN401 - a TOML value is of any type
        """A value of any type, None where there is none."""
        self.asked.add(key)
        return self.values.get(key)

    def unknown(self) -> tuple[str, ...]:
        """Keys that mean nothing here, each with its file and line."""
        left = [key for key in self.values if key not in self.asked]
        return tuple(f"{self.source.place((*self.where, key))}: {key} means nothing here" for key in left)

    def wrong(self, key: str, sentence: str) -> Trouble:
        """What to raise for this key's value."""
        return self.source.trouble((*self.where, key), sentence)

    def _get(self, key: str, kind: type) -> Any:  # noqa: ANN401 - checked here, used by the typed readers
        self.asked.add(key)
        found = self.values.get(key)
        if found is not None and type(found) is not kind:
            raise self.wrong(key, f"It has to be {type_names[kind]}.")
        return found
