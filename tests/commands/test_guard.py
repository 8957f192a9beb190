"""Hooks are put in, looked at and taken out by one command each, which changes nothing when it only shows."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from taximeter.commands.hooks import client_source
from taximeter.guard.install.line import is_ours
from taximeter.host.question_settings import QuestionSetting
from taximeter.host.settings import AgentSetting, Settings


@pytest.fixture
def claude(tmp_path: Path) -> Path:
    """The settings of an agent that was found, with a hook of the person's own."""
    file = tmp_path / ".claude" / "settings.json"
    file.parent.mkdir()
    own = {"matcher": "Bash", "hooks": [{"type": "command", "command": "mine"}]}
    file.write_text(json.dumps({"model": "opus", "hooks": {"PreToolUse": [own]}}, indent=2) + "\n")
    return file


def test_install_and_remove_are_exact_and_said(run: Any, claude: Path) -> None:
    before = claude.read_bytes()
    ran = run("guard", "install")
    assert (ran.code, ran.err) == (0, "")
    assert ran.out == f"Installed the hooks of Claude Code in {claude.parent}\n"
    assert any(is_ours(text) for text in claude.read_text().splitlines())
    assert run("guard", "install").out == f"The hooks are in place already: Claude Code in {claude.parent}\n"
    assert run("guard", "remove").out == f"Removed the hooks of Claude Code in {claude.parent}\n"
    assert claude.read_bytes() == before
    assert run("guard", "remove").out == f"There are no hooks: Claude Code in {claude.parent}\n"


def test_a_dry_run_prints_the_diff_and_changes_nothing(run: Any, claude: Path, tmp_path: Path) -> None:
    before = claude.read_bytes()
    ran = run("guard", "install", "--dry-run")
    assert ran.out.startswith(f"--- {claude}\n+++ {claude}\n")
    assert '+            "timeout": 610' in ran.out
    assert claude.read_bytes() == before
    assert not (tmp_path / "data" / "hook").exists()
    run("guard", "install")
    installed = claude.read_bytes()
    assert f"+++ {claude}" in run("guard", "remove", "--dry-run").out
    assert claude.read_bytes() == installed


def test_agents_whose_sessions_must_be_started_anew_are_named(run: Any, tmp_path: Path) -> None:
    (tmp_path / ".codex").mkdir()
    assert "Sessions of Codex that already run ask only after they are started anew." in run("guard", "install").out


def test_status_ends_with_1_until_the_hooks_are_in_place(run: Any, claude: Path) -> None:
    ran = run("guard", "status")
    assert ran.code == 1
    assert ran.out.splitlines()[0] == "Claude Code: absent"
    run("guard", "install")
    ran = run("guard", "status")
    assert (ran.code, ran.out.splitlines()[0]) == (0, "Claude Code: installed")
    assert "No Taximeter is running, so every launch goes on unasked." in ran.out
    assert "No Taximeter" not in run("guard", "status", door=lambda *words: False).out
    claude.write_text(claude.read_text().replace("610", "5"))
    ran = run("guard", "status", "--json")
    assert (ran.code, ran.data["hooks"][0]["state"]) == (1, "altered")


def test_a_setting_of_how_long_is_waited_can_be_changed_without_a_second_install(run: Any, claude: Path) -> None:
    run("guard", "install")
    settings = Settings(question=QuestionSetting(amber_after=600, red_wait=30))
    assert run("guard", "status", read_settings=lambda: settings).code == 0


def test_only_the_agent_that_was_named_is_looked_at(run: Any, claude: Path, tmp_path: Path) -> None:
    (tmp_path / ".codex").mkdir()
    run("guard", "install", "codex")
    assert [hook["agent"] for hook in run("guard", "status", "codex", "--json").data["hooks"]] == ["codex"]
    assert run("guard", "status", "codex").code == 0
    assert run("guard", "status").code == 1
    ran = run("guard", "status", "nobody")
    assert (ran.code, ran.out) == (2, "")
    assert "claude-code, codex" in ran.err


def test_asking_an_agent_that_cannot_be_asked_decides_nothing(run: Any, claude: Path) -> None:
    run("guard", "install")
    ran = run("guard", "status", "--verify", "--json")
    assert ran.code == 0
    assert ran.data["hooks"][0]["verified"]["holds"] is None


def test_without_an_agent_nothing_is_done_and_nothing_is_wrong(run: Any) -> None:
    assert run("guard", "install").code == run("guard", "remove").code == run("guard", "status").code == 0


def test_trouble_at_one_place_is_told_and_the_others_are_done(run: Any, claude: Path, tmp_path: Path) -> None:
    other = tmp_path / "other"
    other.mkdir()
    claude.write_text("{ no JSON")
    settings = Settings(agents=(AgentSetting("claude-code", homes=(other,)),))
    ran = run("guard", "install", read_settings=lambda: settings)
    assert ran.code == 69
    assert f"Claude Code in {claude.parent}: {claude} is not valid JSON" in ran.err
    assert f"Installed the hooks of Claude Code in {other}" in ran.out
    assert claude.read_text() == "{ no JSON"


def test_the_client_that_is_installed_is_the_one_that_ships(run: Any, claude: Path, tmp_path: Path) -> None:
    run("guard", "install")
    assert (tmp_path / "data" / "hook" / "ask.py").read_bytes() == client_source().read_bytes()
