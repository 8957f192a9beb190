"""Uninstalling takes the hooks out at once, and the data only from who says so twice."""

from __future__ import annotations

import io
import sys
from pathlib import Path
from typing import Any

import pytest

from taximeter.host.autostart import Standing, login_of, switch_autostart


@pytest.fixture
def hooked(run: Any, tmp_path: Path) -> Path:
    """An agent with our hooks in its settings."""
    (tmp_path / ".claude").mkdir()
    (tmp_path / "config").mkdir()
    assert run("guard", "install").code == 0
    return tmp_path / ".claude" / "settings.json"


class Typed(io.StringIO):
    """What a person types on a terminal."""

    def isatty(self) -> bool:
        return True


def test_hooks_alone_go_and_the_data_stays(run: Any, hooked: Path, ledger: Path) -> None:
    ran = run("uninstall", "--keep-data")
    assert ran.code == 0
    assert not hooked.exists()
    assert ledger.exists()
    assert "left where it is" in ran.out


@pytest.mark.skipif(sys.platform in ("darwin", "win32"), reason="the login's entry lies elsewhere there")
def test_the_start_with_the_desktop_goes_and_other_entries_stay(run: Any, hooked: Path, tmp_path: Path) -> None:
    login = login_of({}, tmp_path)
    assert switch_autostart(login, on=True).standing is Standing.ON
    entry = tmp_path / ".config" / "autostart" / "taximeter.desktop"
    other = entry.with_name("other.desktop")
    other.write_text("[Desktop Entry]\n")
    assert f"Removed {entry}" in run("uninstall", "--keep-data").out
    assert not entry.exists()
    assert other.exists()
    assert "starts with the desktop" not in run("uninstall", "--keep-data").out


def test_with_yes_all_goes_but_the_agents_own_logs(run: Any, hooked: Path, ledger: Path, tmp_path: Path) -> None:
    ran = run("uninstall", "--yes")
    assert ran.code == 0
    assert not hooked.exists()
    assert hooked.parent.exists()
    assert not [name for name in ("data", "config", "cache", "runtime") if (tmp_path / name).exists()]


@pytest.mark.parametrize(("typed", "kept"), [("y\ny\n", False), ("y\nn\n", True), ("n\n", True)])
def test_a_person_is_asked_twice(
    typed: str, kept: bool, run: Any, hooked: Path, ledger: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("sys.stdin", Typed(typed))
    assert run("uninstall").code == 0
    assert not hooked.exists()
    assert ledger.exists() == kept


def test_a_script_has_to_say_what_becomes_of_the_data(run: Any, hooked: Path, ledger: Path) -> None:
    for words in ((), ("--yes", "--keep-data")):
        assert run("uninstall", *words).code == 2
    assert hooked.exists()
    assert ledger.exists()


def test_data_is_not_taken_from_under_a_running_app(run: Any, hooked: Path, ledger: Path) -> None:
    ran = run("uninstall", "--yes", lease_holder=lambda: 42)
    assert (ran.code, hooked.exists(), ledger.exists()) == (69, True, True)
    assert run("uninstall", "--yes", door=lambda *words: False).code == 69
    assert run("uninstall", "--keep-data", lease_holder=lambda: 42).code == 0


def test_a_ledger_that_was_moved_goes_with_its_link(run: Any, hooked: Path, ledger: Path, tmp_path: Path) -> None:
    target = tmp_path / "elsewhere"
    ledger.parent.rename(target)
    ledger.parent.symlink_to(target)
    assert run("uninstall", "--yes").code == 0
    assert not target.exists()
    assert not ledger.parent.is_symlink()


def test_what_a_link_of_the_persons_own_leads_to_is_left(run: Any, hooked: Path, tmp_path: Path) -> None:
    mine = tmp_path / "dotfiles"
    (tmp_path / "config").rename(mine)
    (tmp_path / "config").symlink_to(mine)
    assert run("uninstall", "--yes").code == 0
    assert mine.exists()
    assert not (tmp_path / "config").is_symlink()


def test_when_hooks_cannot_be_taken_out_the_data_stays(run: Any, hooked: Path, ledger: Path) -> None:
    hooked.write_text("{ no JSON")
    assert run("uninstall", "--yes").code == 69
    assert ledger.exists()
