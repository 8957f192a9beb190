"""The translations fit the windows' words: a missing or misspelt one fails here."""

from __future__ import annotations

import ast
import re
import string
from pathlib import Path

import pytest

import translations

WINDOWS = sorted(translations.WINDOWS.rglob("*.py"))
FIELD = re.compile(r"\{[^{}]*\}")


def calls(file: Path) -> list[ast.Call]:
    return [
        node
        for node in ast.walk(ast.parse(file.read_text(encoding="utf-8")))
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == "translate"
    ]


def test_there_is_simplified_chinese() -> None:
    assert [source.stem for source in translations.sources()] == ["taximeter_zh_CN"]


@pytest.mark.parametrize("source", translations.sources(), ids=lambda path: path.stem)
def test_the_files_are_what_the_tools_make_of_the_words(source: Path) -> None:
    assert translations.outdated(source) == [], "run: python packaging/translations.py"


@pytest.mark.parametrize("source", translations.sources(), ids=lambda path: path.stem)
def test_every_word_is_translated(source: Path) -> None:
    assert [words for _, words, said, finished in translations.messages(source) if not finished or not said] == []


@pytest.mark.parametrize("source", translations.sources(), ids=lambda path: path.stem)
def test_a_translation_has_the_same_places_for_figures(source: Path) -> None:
    different = [
        (words, said)
        for _, words, said, _ in translations.messages(source)
        if said and sorted(set(FIELD.findall(words))) != sorted(set(FIELD.findall(said)))
    ]
    assert different == []


@pytest.mark.parametrize("source", translations.sources(), ids=lambda path: path.stem)
def test_a_translation_can_be_filled_in(source: Path) -> None:
    for _, _, said, _ in translations.messages(source):
        assert all(name is None or name.isidentifier() for _, name, _, _ in string.Formatter().parse(said)), said


@pytest.mark.parametrize("file", WINDOWS, ids=lambda path: path.stem)
def test_the_tools_find_every_word(file: Path) -> None:
    """Qt's tools read literals alone, and none that stand inside another string; each is asked for in a function."""
    tree = ast.parse(file.read_text(encoding="utf-8"))
    hidden = [inner.lineno for node in ast.walk(tree) if isinstance(node, ast.JoinedStr) for inner in calls_in(node)]
    made = [call.lineno for call in calls(file) if not all(is_text(word) for word in call.args[:2])]
    early = [inner.lineno for node in tree.body if not is_code(node) for inner in calls_in(node)]
    assert (hidden, made, early) == ([], [], [])


def calls_in(node: ast.AST) -> list[ast.Call]:
    return [
        inner
        for inner in ast.walk(node)
        if isinstance(inner, ast.Call) and isinstance(inner.func, ast.Name) and inner.func.id == "translate"
    ]


def is_text(node: ast.expr) -> bool:
    return isinstance(node, ast.Constant) and isinstance(node.value, str)


def is_code(node: ast.stmt) -> bool:
    return isinstance(node, ast.FunctionDef | ast.ClassDef)
