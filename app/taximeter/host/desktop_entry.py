"""Desktop entries: their keys read and changed, and everything else in them left as it is.

After the Desktop Entry Specification 1.5 of freedesktop.org: a value is written with backslashes before
what cannot stand there, ``Exec`` has a quoting of its own beneath that, and ``%`` begins a field code.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping

_GROUP = "[Desktop Entry]"
_ESCAPES = {"s": " ", "n": "\n", "t": "\t", "r": "\r", "\\": "\\"}
_RESERVED = re.compile(r"[\s\"'\\<>~|&;$*?#()`]")
_KEY = re.compile(r"\s*([A-Za-z0-9-]+)\s*=\s*(.*?)\s*$")


def values_of(text: str) -> dict[str, str]:
    """The keys of the entry itself, without translations and actions; escapes are resolved. The first one counts."""
    found: dict[str, str] = {}
    for line in _entry_lines(text.splitlines()):
        key = _KEY.match(line)
        if key:
            found.setdefault(key[1], _plain(key[2]))
    return found


def is_true(values: Mapping[str, str], key: str, *, default: bool = False) -> bool:
    """A yes or no; ``default`` where it does not stand there."""
    found = values.get(key)
    return default if found is None else found.strip().lower() in ("true", "1")


def listed(values: Mapping[str, str], key: str) -> tuple[str, ...]:
    """A list of names, which ``;`` divides."""
    return tuple(name.strip() for name in values.get(key, "").split(";") if name.strip())


def with_values(text: str, values: Mapping[str, str | None]) -> str:
    """The text with these keys set, or with None taken out; the order, comments and other keys stay."""
    lines = text.splitlines() or [_GROUP]
    if _GROUP not in (line.strip() for line in lines):
        lines.insert(0, _GROUP)
    begin = next(at for at, line in enumerate(lines) if line.strip() == _GROUP) + 1
    end = next((at for at in range(begin, len(lines)) if lines[at].startswith("[")), len(lines))
    left = dict(values)
    kept = []
    for line in lines[begin:end]:
        key = _KEY.match(line)
        if not key or key[1] not in values:
            kept.append(line)
        elif left.get(key[1]) is not None:
            kept.append(f"{key[1]}={_escaped(left.pop(key[1]) or '')}")
    at = len(kept)
    while at and not kept[at - 1].strip():
        at -= 1
    kept[at:at] = [f"{key}={_escaped(value)}" for key, value in left.items() if value is not None]
    return "\n".join([*lines[:begin], *kept, *lines[end:]]) + "\n"


def exec_value(words: Iterable[str]) -> str:
    """A program and its arguments as the value of ``Exec``; the program is an absolute path."""
    return " ".join(_quoted(word) for word in words)


def exec_words(value: str) -> tuple[str, ...]:
    """The program and its arguments of a value of ``Exec``, field codes left out; empty where it cannot be read."""
    words: list[str] = []
    word, quoted, begun, at = "", False, False, 0
    while at < len(value):
        char = value[at]
        if quoted and char == "\\" and at + 1 < len(value):
            word, at = word + value[at + 1], at + 1
        elif char == '"':
            quoted, begun = not quoted, True
        elif char.isspace() and not quoted:
            words += [word] if begun else []
            word, begun = "", False
        else:
            word, begun = word + char, True
        at += 1
    if quoted:
        return ()
    words += [word] if begun else []
    return tuple(_without_codes(one) for one in words if not re.fullmatch("%[^%]", one))


def _entry_lines(lines: list[str]) -> Iterable[str]:
    inside = False
    for line in lines:
        if line.startswith("["):
            inside = line.strip() == _GROUP
        elif inside and not line.lstrip().startswith("#"):
            yield line


def _quoted(word: str) -> str:
    shown = word.replace("%", "%%")
    if word and not _RESERVED.search(word):
        return shown
    return '"' + re.sub(r'(["`$\\])', r"\\\1", shown) + '"'


def _without_codes(word: str) -> str:
    return re.sub("%(.)", lambda code: "%" if code[1] == "%" else "", word)


def _plain(value: str) -> str:
    return re.sub(r"\\(.)", lambda found: _ESCAPES.get(found[1], found[0]), value)


def _escaped(value: str) -> str:
    text = value.replace("\\", "\\\\").replace("\n", "\\n").replace("\t", "\\t").replace("\r", "\\r")
    return f"\\s{text[1:]}" if text.startswith(" ") else text
