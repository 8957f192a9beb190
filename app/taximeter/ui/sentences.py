"""Sentences and lists put together as the language that is spoken does it; what is told from beyond the windows."""

from __future__ import annotations

from collections.abc import Iterable
from functools import reduce
from typing import Protocol
from unicodedata import east_asian_width

from PySide6.QtCore import QCoreApplication

from taximeter.ui.told import told

translate = QCoreApplication.translate

WIDE = "WF"
"""Signs of this width bring their own room with them (Unicode annex 11), stops among them."""


class Told(Protocol):
    """Trouble, in whatever form it comes to the windows."""

    @property
    def title(self) -> str:
        """What happened."""

    @property
    def detail(self) -> str:
        """What to do; may be empty."""


def joined(*said: str) -> str:
    """Sentences one after the other; those that are empty are left out."""
    text = ""
    for one in said:
        between = " " if text and one and not _has_room(text[-1]) else ""
        text += between + one
    return text


def _has_room(last: str) -> bool:
    return last.isspace() or east_asian_width(last) in WIDE


def listed(parts: Iterable[str]) -> str:
    """Things one after the other, those that are empty left out."""
    both = translate("Sentences", "{some}, {more}")
    some = [part for part in parts if part]
    return reduce(lambda left, right: both.format(some=left, more=right), some) if some else ""


def stopped(said: str) -> str:
    """Words as a sentence of their own; nothing stays nothing."""
    return translate("Sentences", "{said}.").format(said=said) if said else ""


def named(name: str, said: str) -> str:
    """What is said of something, after its name."""
    return translate("Sentences", "{name}: {said}").format(name=name, said=said)


def trouble_words(trouble: Told) -> str:
    """Trouble as sentences: what happened, and what to do."""
    return joined(stopped(told(trouble.title)), told(trouble.detail))
