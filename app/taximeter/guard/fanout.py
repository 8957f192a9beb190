"""How many agents a shell's command line starts.

A shell's text cannot be counted for certain without running it. What can be read off it is: loops over
words, ranges and ``seq``, several commands side by side, ``xargs -P`` and ``parallel -j``. The rest counts
as the least it can be and is said to be that.
"""

from __future__ import annotations

import re
from typing import NamedTuple

_START = r"(?P<start>(?<![\w./-])(?:[\w./~-]*/)?(?:{programs}))"
_LOOP = r"\bfor\s+\w+\s+in\s+(?P<words>[^;\n]*?)\s*[;\n]\s*do\b"
_COUNTED_LOOP = (
    r"\bfor\s*\(\(\s*\w+\s*=\s*(?P<first>\d{1,6})\s*;\s*\w+\s*(?P<compare><=?)\s*(?P<last>\d{1,6})[^)]*\)\)"
    r"\s*[;\n]?\s*do\b"
)
_OPEN_LOOP = r"(?P<open>\b(?:while|until)\b[^;\n]*[;\n]\s*do\b)"
_DONE = r"(?P<done>\bdone\b)"
_SIDE_BY_SIDE = re.compile(
    r"\bxargs\b[^|;\n]*?(?:-P|--max-procs[= ])\s*(\d{1,6})|\bparallel\b[^|;\n]*?(?:-j|--jobs[= ])\s*(\d{1,6})"
)
_MANY = re.compile(r"\b(?:xargs|parallel)\b")
_RANGE = re.compile(r"\{(-?\d{1,6})\.\.(-?\d{1,6})\}")
_SEQ = re.compile(r"(?:\$\(|`)\s*seq\s+((?:-?\d{1,6}\s*){1,3})[)`]")
_LOOKED_AT = 8_000
"""Characters of a command line; a longer one is a file written in place, whose rest is not read."""
MOST = 10_000
"""A count above it is no count: somebody wrote a loop without an end."""


class FanOut(NamedTuple):
    """What a command line starts."""

    agents: int
    counted: bool
    """False where it is the least there can be."""


def fan_out(command: str, programs: tuple[str, ...]) -> FanOut | None:
    """The agents that a command line starts, by the ``programs`` (regular expressions) that start one each.

    None when it starts none, or a single one: that is no run of parallel agents.
    """
    start = _START.format(programs="|".join(programs))
    word = re.compile(f"{start}|{_LOOP}|{_COUNTED_LOOP}|{_OPEN_LOOP}|{_DONE}")
    loops: list[tuple[int, bool]] = []
    agents, counted = 0, len(command) <= _LOOKED_AT
    for found in word.finditer(command[:_LOOKED_AT]):
        if found["start"]:
            agents += _product(loops)
            counted = counted and all(sure for _, sure in loops)
        elif found["done"]:
            del loops[-1:]
        elif found["open"]:
            loops.append((2, False))
        elif found["compare"]:
            loops.append((max(0, int(found["last"]) - int(found["first"]) + (found["compare"] == "<=")), True))
        else:
            loops.append(_words(found["words"] or ""))
    if agents and _MANY.search(command[:_LOOKED_AT]):
        side = _SIDE_BY_SIDE.search(command[:_LOOKED_AT])
        agents, counted = max(agents, int((side[1] or side[2]) if side else 2)), False
    return FanOut(min(agents, MOST), counted and agents <= MOST) if agents > 1 else None


def _product(loops: list[tuple[int, bool]]) -> int:
    times = 1
    for count, _ in loops:
        times = min(times * count, MOST + 1)
    return times


def _words(text: str) -> tuple[int, bool]:
    """How many words a loop goes over, and whether that is certain."""
    count, rest = 0, text
    for found in _SEQ.finditer(text):
        first, step, last = _seq(found[1])
        count += max(0, (last - first) // step + 1) if step else 0
        rest = rest.replace(found[0], " ")
    for found in _RANGE.finditer(rest):
        count += abs(int(found[2]) - int(found[1])) + 1
    others = _RANGE.sub(" ", rest).split()
    sure = not any(set(other) & set("$`*?[") for other in others)
    return (count + len(others), True) if sure else (max(2, count + len(others)), False)


def _seq(numbers: str) -> tuple[int, int, int]:
    """The first, the step and the last that ``seq`` is told, whose first two may be left out."""
    told = [int(part) for part in numbers.split()]
    return (told[0] if len(told) > 1 else 1, told[1] if len(told) > 2 else 1, told[-1])
