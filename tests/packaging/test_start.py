"""The start from a checkout: what counts as ready, what is said when it cannot be, where it is put."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path
from types import ModuleType

import pytest

PACKAGING = Path(__file__).parents[2] / "packaging"


@pytest.fixture
def environment(monkeypatch: pytest.MonkeyPatch) -> ModuleType:
    monkeypatch.syspath_prepend(PACKAGING)
    import environment

    return environment


@pytest.fixture
def run(monkeypatch: pytest.MonkeyPatch) -> ModuleType:
    monkeypatch.syspath_prepend(PACKAGING)
    import run

    return run


def stamped(environment: ModuleType, folder: Path, **changes: object) -> Path:
    """A folder that looks like a finished environment, but for the changes."""
    python = environment._python(folder)
    python.parent.mkdir(parents=True)
    python.touch()
    stamp = {**environment._base(), "pyproject": environment._pyproject_hash(), "dev": False, **changes}
    (folder / environment.STAMP).write_text(json.dumps(stamp), "utf-8")
    return folder


def test_an_environment_is_complete_only_with_its_stamp(environment: ModuleType, tmp_path: Path) -> None:
    folder = stamped(environment, tmp_path / "made")
    assert environment._is_complete(folder, dev=False)
    (folder / environment.STAMP).unlink()
    assert not environment._is_complete(folder, dev=False)


@pytest.mark.parametrize("change", [{"pyproject": "other"}, {"root": "moved"}, {"python": "cpython-3.10"}])
def test_another_pyproject_place_or_python_makes_it_anew(
    environment: ModuleType, tmp_path: Path, change: dict[str, object]
) -> None:
    assert not environment._is_complete(stamped(environment, tmp_path / "made", **change), dev=False)


def test_the_checks_need_more_than_the_app_and_the_app_no_less(environment: ModuleType, tmp_path: Path) -> None:
    assert not environment._is_complete(stamped(environment, tmp_path / "app"), dev=True)
    assert environment._is_complete(stamped(environment, tmp_path / "all", dev=True), dev=False)


def test_a_broken_stamp_counts_as_none(environment: ModuleType, tmp_path: Path) -> None:
    folder = stamped(environment, tmp_path / "made")
    (folder / environment.STAMP).write_text("{half", "utf-8")
    assert not environment._is_complete(folder, dev=False)


def test_a_checkout_that_cannot_be_written_is_set_up_in_the_cache(
    environment: ModuleType, private_home: Path, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    (tmp_path / "pyproject.toml").touch()
    monkeypatch.setattr(environment, "ROOT", tmp_path)
    monkeypatch.setattr(os, "access", lambda *_: False)
    folder = environment._folder()
    assert folder.is_relative_to(private_home)
    assert environment.variables(environment._python(folder))["PYTHONPYCACHEPREFIX"].startswith(str(folder))


@pytest.mark.parametrize(
    ("said", "sentence"),
    [
        ("NewConnectionError: Failed to establish", "connect to the network"),
        ("OSError: [Errno 28] No space left on device", "The disk is full"),
        ("No matching distribution found for pyside6-essentials>=6.7", "no Qt for this system"),
        ("something else", "what pip said is above"),
    ],
)
def test_a_failed_install_ends_in_a_sentence_that_says_why(
    environment: ModuleType, said: str, sentence: str
) -> None:
    assert sentence in environment._why_pip_failed(said)


@pytest.mark.parametrize("arguments", [["status"], ["--version"], ["sessions", "--json"], ["serve"]])
def test_a_command_needs_no_qt_libraries(
    run: ModuleType, arguments: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(run.machine, "provide_qt", lambda **_: pytest.fail("asked for Qt"))
    assert run.with_screen_or_status(arguments) == arguments


def test_without_a_display_the_tray_needs_none_either(run: ModuleType, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(run.machine, "has_display", lambda: False)
    monkeypatch.setattr(run.machine, "provide_qt", lambda **_: pytest.fail("asked for Qt"))
    assert run.with_screen_or_status([]) == []


def test_a_tray_that_cannot_be_shown_becomes_the_status(
    run: ModuleType, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(run.machine, "has_display", lambda: True)
    monkeypatch.setattr(run.machine, "provide_qt", lambda **_: "Qt needs what this system lacks: run `this`.")
    assert run.with_screen_or_status([]) == ["status"]
    assert "run `this`" in capsys.readouterr().err


@pytest.mark.parametrize("script", ["run.py", "check.py"])
@pytest.mark.parametrize("version", [(3, 10), (3, 16)])
def test_another_python_is_refused_in_one_sentence(script: str, version: tuple[int, int]) -> None:
    code = f"import runpy, sys; sys.version_info = {version}; runpy.run_path(sys.argv.pop(1), run_name='__main__')"
    code = code.replace("runpy.run_path", "sys.path.insert(0, sys.argv[1].rpartition('/')[0]); runpy.run_path")
    done = subprocess.run(
        [sys.executable, "-c", code, (PACKAGING / script).as_posix()], capture_output=True, text=True, check=False
    )
    assert done.returncode == 1
    assert done.stderr.count("\n") == 1
    assert f"needs Python 3.11 to 3.15 and this is Python 3.{version[1]}" in done.stderr
