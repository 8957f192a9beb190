"""Who may import whom: the contracts of pyproject.toml, and what they cannot say."""

from __future__ import annotations

import ast
import os
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
APP = ROOT / "app" / "taximeter"
PURE = {
    "__future__", "bisect", "calendar", "collections", "dataclasses", "datetime", "decimal", "enum", "fnmatch",
    "fractions", "functools", "heapq", "hmac", "itertools", "math", "operator", "random", "re", "statistics", "types",
    "typing", "zoneinfo", "taximeter",
}  # fmt: skip
CLOCKS = {"now", "utcnow", "today", "time", "time_ns", "monotonic"}
HEAVY = {"PySide6", "genai_prices", "httpx", "jeepney", "keyring", "pydantic", "rich", "truststore", "watchdog"}


def imported(path: Path) -> set[str]:
    """Every module that a file imports, wherever in it, with the names of ``from`` imports joined on."""
    names = set()
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            names |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom):
            names |= {f"{node.module}.{alias.name}" for alias in node.names}
    return names


def test_the_import_contracts_of_pyproject_are_kept() -> None:
    command = [sys.executable, "-c", "from importlinter.cli import lint_imports_command as run; run()", "--no-cache"]
    env = {**os.environ, "PYTHONPATH": str(ROOT / "app"), "PYTHONIOENCODING": "utf-8"}
    done = subprocess.run(command, cwd=ROOT, env=env, capture_output=True, text=True, check=False, encoding="utf-8")
    assert done.returncode == 0, done.stdout + done.stderr
    assert " 0 broken" in done.stdout


@pytest.mark.parametrize("path", sorted((APP / "domain").glob("*.py")), ids=lambda path: path.name)
def test_the_domain_imports_only_what_computes(path: Path) -> None:
    assert {name.split(".")[0] for name in imported(path)} <= PURE
    assert all(name.startswith("taximeter.domain.") for name in imported(path) if name.startswith("taximeter."))


@pytest.mark.parametrize("path", sorted((APP / "domain").glob("*.py")), ids=lambda path: path.name)
def test_the_domain_asks_no_clock_and_opens_nothing(path: Path) -> None:
    called = [node.func for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))) if isinstance(node, ast.Call)]
    assert not {func.attr for func in called if isinstance(func, ast.Attribute)} & CLOCKS
    assert not {func.id for func in called if isinstance(func, ast.Name)} & {"open", "print", "input"}


def test_qt_is_imported_only_in_ui() -> None:
    users = {path for path in APP.rglob("*.py") if any(name.startswith("PySide6") for name in imported(path))}
    assert all(path.is_relative_to(APP / "ui") for path in users)


def test_an_agent_knows_no_other_agent() -> None:
    listed = {name.split(".")[2] for name in imported(APP / "agents" / "__init__.py") if name.count(".") > 2}
    adapters = listed - {"contract"}
    for adapter in adapters:
        path = APP / "agents" / f"{adapter}.py"
        others = {f"taximeter.agents.{name}" for name in adapters - {adapter}}
        assert not [name for name in imported(path) if any(name.startswith(other) for other in others)]


@pytest.mark.parametrize("arguments", [["--version"], ["status", "--no-index"], ["status", "--line"]], ids=" ".join)
def test_a_quick_command_loads_nothing_heavy(arguments: list[str]) -> None:
    code = (
        "import atexit, runpy, sys; atexit.register(lambda: print(*sys.modules, file=sys.stderr)); "
        "sys.argv[0] = 'taximeter'; runpy.run_module('taximeter', run_name='__main__')"
    )
    env = {**os.environ, "PYTHONPATH": str(ROOT / "app")}
    done = subprocess.run(
        [sys.executable, "-c", code, *arguments], env=env, capture_output=True, text=True, check=False
    )
    assert "Traceback" not in done.stderr, done.stderr
    loaded = {name.split(".")[0] for name in done.stderr.split()}
    assert "taximeter" in loaded
    assert not loaded & HEAVY
