"""What the documents say exists: commands, files, pictures; and nothing in the project tells where it was made."""

from __future__ import annotations

import os
import re
import subprocess
import sys
import tomllib
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
SKIPPED = {".git", ".venv", ".mypy_cache", ".ruff_cache", ".pytest_cache", ".hypothesis", "__pycache__", "dist"}
DOCUMENTS = sorted([*ROOT.glob("*.md"), *(ROOT / "docs").rglob("*.md")])
MADE_IN = re.compile(rb"(?<![\w./-])" + re.escape(os.fsencode(ROOT)) + rb"(?![\w-])")
"""The folder that this checkout lies in, wherever that is."""


def project_files() -> Iterator[Path]:
    """Every file of the project, as it lies in a checkout or an unpacked archive."""
    for folder, folders, names in os.walk(ROOT):
        folders[:] = [name for name in folders if name not in SKIPPED]
        yield from (Path(folder) / name for name in names)


def test_no_file_tells_where_it_was_made() -> None:
    told = [path.relative_to(ROOT) for path in project_files() if MADE_IN.search(path.read_bytes())]
    assert not told


@pytest.mark.parametrize("document", DOCUMENTS, ids=lambda path: path.name)
def test_a_link_leads_to_a_file_that_exists(document: Path) -> None:
    targets = re.findall(r"\]\(([^)#\s]+)[^)]*\)|src=\"([^\"]+)\"|srcset=\"([^\"]+)\"", document.read_text("utf-8"))
    local = [link for groups in targets for link in groups if link and "://" not in link]
    assert not [link for link in local if not (document.parent / link).exists()]


@pytest.mark.parametrize("document", DOCUMENTS, ids=lambda path: path.name)
def test_a_path_in_code_marks_exists(document: Path) -> None:
    quoted = re.findall(r"`((?:app|docs|packaging|resources|tests|\.ci)/[\w./-]*)`", document.read_text("utf-8"))
    assert not [path for path in quoted if not (ROOT / path).exists()]


def test_the_commands_that_the_readme_names_exist() -> None:
    shown = subprocess.run(
        [sys.executable, "-m", "taximeter", "--help"], env={**os.environ, "PYTHONPATH": str(ROOT / "app")},
        capture_output=True, text=True, check=True,
    ).stdout  # fmt: skip
    known = set(re.findall(r"^  (\w+)", shown.split("Commands:")[1], re.MULTILINE))
    readme = (ROOT / "README.md").read_text("utf-8")
    named = set(re.findall(r"\btaximeter ([a-z]+)\b", " ".join(re.findall(r"`[^`]+`|```.*?```", readme, re.DOTALL))))
    assert named
    assert named <= known, f"not there: {named - known}"


def test_the_changelog_speaks_of_this_version() -> None:
    version = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]["version"]
    assert f"## [{version}]" in (ROOT / "CHANGELOG.md").read_text("utf-8")


def test_every_exception_from_a_lint_rule_has_its_reason() -> None:
    lines = (ROOT / "pyproject.toml").read_text("utf-8").splitlines()
    rules = [line for line in lines if re.match(r'\s+"[A-Z]+\d+",', line)]
    assert rules
    assert not [line for line in rules if "#" not in line]
