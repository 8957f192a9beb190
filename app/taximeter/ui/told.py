"""Sentences that were made beyond the windows, in the language that is spoken."""

from __future__ import annotations

import re
from dataclasses import replace
from functools import cache

from PySide6.QtCore import QCoreApplication

from taximeter.domain.launch import Question
from taximeter.domain.quota import Outlook
from taximeter.ledger.readmodels import Snapshot
from taximeter.ui.told_words import told_sentences

translate = QCoreApplication.translate

CONTEXT = "Beyond"
_FIELD = re.compile(r"\\\{(\w+)\\\}")
_WITH_REASON = re.compile(r"(.+) \(([^()]+)\)(\.?)")


def told(text: str) -> str:
    """A sentence in the language that is spoken; one that nobody knows stays as it is.

    What stands in brackets at its end (a reason in a library's or a service's own words) stays too.
    """
    said = _known(text)
    if said:
        return said
    found = _WITH_REASON.fullmatch(text)
    said = _known(found[1]) if found else ""
    if not found or not said:
        return text
    return translate("Sentences", "{said} ({why})").format(said=said, why=found[2]) + found[3]


def in_language(snapshot: Snapshot) -> Snapshot:
    """The same with the names of quotas that nobody named in the language that is spoken."""
    outlooks = tuple(_named(one) for one in snapshot.outlooks)
    return snapshot if outlooks == snapshot.outlooks else replace(snapshot, outlooks=outlooks)


def question_in_language(question: Question) -> Question:
    """The same for the quota that a question speaks of."""
    binding = question.verdict.binding
    if binding is None:
        return question
    return replace(question, verdict=replace(question.verdict, binding=_named(binding)))


def _named(outlook: Outlook) -> Outlook:
    return replace(outlook, quota=replace(outlook.quota, name=told(outlook.quota.name)))


def _known(text: str) -> str:
    """The sentence where the table has it; else empty."""
    plain, filled = _table()
    if text in plain:
        return QCoreApplication.translate(CONTEXT, text)
    for pattern, sentence in filled:
        found = pattern.fullmatch(text)
        if found:
            return QCoreApplication.translate(CONTEXT, sentence).format(**found.groupdict())
    return ""


@cache
def _table() -> tuple[frozenset[str], tuple[tuple[re.Pattern[str], str], ...]]:
    """Sentences without places to fill in, and those with some: first those that say most themselves."""
    every = told_sentences(lambda _context, english: english)
    filled = sorted((one for one in every if "{" in one), key=lambda one: -len(re.sub(r"\{\w+\}", "", one)))
    return frozenset(every), tuple((_pattern(one), one) for one in filled)


def _pattern(sentence: str) -> re.Pattern[str]:
    return re.compile(_FIELD.sub(r"(?P<\1>.+?)", re.escape(sentence)))
