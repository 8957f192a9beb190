"""How the sources are kept: small, named after the trade, documented, finished."""

from __future__ import annotations

import ast
import re
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
SOURCES = sorted([*(ROOT / "app").rglob("*.py"), *(ROOT / "packaging").rglob("*.py")])
TESTS = sorted((ROOT / "tests").rglob("*.py"))
FILE_LINES, FUNCTION_LINES, COMPOSE_LINES = 300, 50, 150
VAGUE = r"utils?|helpers?|common|managers?|base|misc|core"
UNFINISHED = re.compile(r"\b(" + "|".join(("TO" + "DO", "FIX" + "ME", "X" + "XX", "HA" + "CK", "WI" + "P")) + r")\b")


def relative(path: object) -> str:
    """A source's name in a test's id."""
    assert isinstance(path, Path)
    return path.relative_to(ROOT).as_posix()


def line_count(path: Path) -> int:
    """How many lines a source has, blank ones too."""
    return len(path.read_text(encoding="utf-8").splitlines())


def parsed(path: Path) -> ast.Module:
    """The source's tree."""
    return ast.parse(path.read_text(encoding="utf-8"))


@pytest.mark.parametrize("path", SOURCES + TESTS, ids=relative)
def test_a_file_has_at_most_300_lines_and_a_function_50(path: Path) -> None:
    lines = line_count(path)
    assert lines <= FILE_LINES
    functions = [node for node in ast.walk(parsed(path)) if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)]
    long = {node.name: (node.end_lineno or 0) - node.lineno + 1 for node in functions}
    assert not {name: length for name, length in long.items() if length > FUNCTION_LINES}


def test_the_composition_root_stays_small() -> None:
    lines = line_count(ROOT / "app/taximeter/compose.py")
    assert lines <= COMPOSE_LINES


@pytest.mark.parametrize("path", SOURCES, ids=relative)
def test_names_are_the_trades_and_not_vague(path: Path) -> None:
    assert not re.fullmatch(VAGUE, path.stem)
    assert not re.fullmatch(VAGUE, path.parent.name)
    classes = [node.name for node in ast.walk(parsed(path)) if isinstance(node, ast.ClassDef)]
    vague = re.compile(r".*(Utils?|Helpers?|Common|Manager|Base|Misc|Impl)|I[A-Z][a-z].*")
    assert not [name for name in classes if vague.fullmatch(name)]


@pytest.mark.parametrize("path", SOURCES, ids=relative)
def test_every_module_says_what_it_is_for(path: Path) -> None:
    assert ast.get_docstring(parsed(path))


@pytest.mark.parametrize("path", SOURCES + TESTS, ids=relative)
def test_nothing_is_left_to_be_done_later(path: Path) -> None:
    lines = path.read_text(encoding="utf-8").splitlines()
    assert not [line for line in lines if UNFINISHED.search(line)]


@pytest.mark.parametrize("path", SOURCES, ids=relative)
def test_no_module_keeps_a_state_that_functions_change(path: Path) -> None:
    assert not [node.names for node in ast.walk(parsed(path)) if isinstance(node, ast.Global)]
