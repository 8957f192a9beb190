"""Where everything stands in a JSON file, so that it can be changed as text and the rest stays byte for byte."""

from __future__ import annotations

import json
import re
from dataclasses import dataclass
from json.decoder import JSONDecodeError
from pathlib import Path
from typing import Any, NoReturn

from taximeter.host.trouble import Trouble

BYTE_ORDER_MARK = "\ufeff"
_SPACE = re.compile(r"[ \t\n\r]*")
_STRING = re.compile(r'"(?:[^"\\]|\\.)*"')
_SCALAR = re.compile(r"[^ \t\n\r,\]}]+")


@dataclass(frozen=True, slots=True)
class Node:
    """A value and where it is in the text."""

    start: int
    end: int
    items: tuple[Item, ...] = ()

    def member(self, key: str) -> Item | None:
        """The member of an object that counts: of several with one key it is the last."""
        return next((item for item in reversed(self.items) if item.key == key), None)


@dataclass(frozen=True, slots=True)
class Item:
    """An element of an array, or a member of an object with its key."""

    start: int
    value: Node
    key: str | None = None

    @property
    def end(self) -> int:
        """Where its value ends."""
        return self.value.end


def is_blank(text: str) -> bool:
    """Whether there is nothing in a file but blanks."""
    return not text.removeprefix(BYTE_ORDER_MARK).strip(" \t\r\n")


def read_json(path: Path, text: str) -> Any:  # noqa: ANN401 - JSON is of any shape
    """The values of a JSON file that is not blank.

    Raises:
        Trouble: it is not JSON; the title names the file and the place.
    """
    try:
        values = json.loads(text.removeprefix(BYTE_ORDER_MARK), parse_constant=_refuse, parse_int=_whole)
        scan(text)
    except JSONDecodeError as error:
        raise _broken(path, f"line {error.lineno}, column {error.colno}: {error.msg}") from error
    except (ValueError, RecursionError) as error:
        raise _broken(path, str(error)) from error
    return values


def scan(text: str) -> Node:
    """The root of a text that ``read_json`` has found to be JSON and not blank."""
    return _value(text, _skip(text, len(BYTE_ORDER_MARK) if text.startswith(BYTE_ORDER_MARK) else 0))


def _refuse(word: str) -> NoReturn:
    raise ValueError(f"{word} is not a number")


def _whole(digits: str) -> int | float:
    """No limit on the length of a number that nobody here needs."""
    return int(digits) if len(digits) < 20 else float(digits)


def _broken(path: Path, why: str) -> Trouble:
    return Trouble(f"{path} is not valid JSON", f"{why[:1].upper()}{why[1:]}. Correct it and try again.")


def _skip(text: str, at: int) -> int:
    return _end(_SPACE, text, at)


def _end(pattern: re.Pattern[str], text: str, at: int) -> int:
    found = pattern.match(text, at)
    return found.end() if found else at


def _value(text: str, at: int) -> Node:
    if text[at] in "[{":
        return _container(text, at)
    return Node(at, _end(_STRING if text[at] == '"' else _SCALAR, text, at))


def _container(text: str, start: int) -> Node:
    keyed, at = text[start] == "{", _skip(text, start + 1)
    items: list[Item] = []
    while text[at] not in "]}":
        begin, key = at, None
        if keyed:
            at = _end(_STRING, text, begin)
            key = str(json.loads(text[begin:at]))
            at = _skip(text, _skip(text, at) + 1)
        items.append(Item(begin, _value(text, at), key))
        at = _skip(text, items[-1].end)
        if text[at] == ",":
            at = _skip(text, at + 1)
    return Node(start, at + 1, tuple(items))
