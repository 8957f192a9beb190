"""Plain tables for a terminal: cut to its width, figures to the right, wide characters counted as two."""

from __future__ import annotations

import shutil
import sys
from collections.abc import Sequence
from typing import NamedTuple

WIDTH = 80
WIDEST = 140
GAP = "  "
SHORTEST = 6
"""Columns that are cut keep at least so much."""


class Column(NamedTuple):
    """A column's title, whether it stands to the right, and whether it may be cut when room is short."""

    title: str
    right: bool = False
    cut: bool = False


def room() -> int:
    """How wide a table may be: the terminal's width within reason, 80 where there is none."""
    if not sys.stdout.isatty():
        return WIDTH
    return max(40, min(shutil.get_terminal_size((WIDTH, 24)).columns, WIDEST))


def table(columns: Sequence[Column], rows: Sequence[Sequence[str]], width: int | None = None) -> str:
    """The rows under their titles, at most ``width`` columns wide as long as names can be cut to that."""
    clean = [[one_line(cell) for cell in row] for row in rows]
    lines = [[column.title for column in columns], *clean]
    widths = [max(cells_wide(line[at]) for line in lines) for at in range(len(columns))]
    excess = sum(widths) + len(GAP) * (len(columns) - 1) - (width or room())
    while excess > 0:
        at = max((at for at, column in enumerate(columns) if column.cut), key=lambda at: widths[at], default=-1)
        if at < 0 or widths[at] <= SHORTEST:
            break
        widths[at] -= 1
        excess -= 1
    return "\n".join(_line(columns, line, widths) for line in lines)


def one_line(text: str) -> str:
    """A name as it can be printed: no line breaks, no control characters that a terminal would obey."""
    return "".join(one if one.isprintable() else " " for one in text)


def cells_wide(text: str) -> int:
    """How many columns of a terminal a text takes; East Asian characters take two."""
    from unicodedata import combining, east_asian_width

    return sum(0 if combining(one) else 2 if east_asian_width(one) in "WF" else 1 for one in text)


def cut_to(text: str, width: int) -> str:
    """The text in at most ``width`` columns, with a mark where something is missing."""
    if cells_wide(text) <= width:
        return text
    while cells_wide(text) > width - 1:
        text = text[:-1]
    return f"{text}…"


def wrapped(words: str, indent: str = "  ", first: str = "") -> list[str]:
    """A text in lines of at most 80 columns, wide characters counted as two; ``first`` begins the first."""
    lines = [first]
    for word in words.split():
        longer = f"{lines[-1]} {word}" if lines[-1].strip() else f"{lines[-1]}{word}"
        if cells_wide(longer) <= WIDTH or not lines[-1].strip():
            lines[-1] = longer
        else:
            lines.append(f"{indent}{word}")
    return lines


def _line(columns: Sequence[Column], cells: Sequence[str], widths: Sequence[int]) -> str:
    parts = []
    for column, cell, width in zip(columns, cells, widths, strict=True):
        text = cut_to(cell, width)
        space = " " * (width - cells_wide(text))
        parts.append(f"{space}{text}" if column.right else f"{text}{space}")
    return GAP.join(parts).rstrip()
