from __future__ import annotations

import json
from functools import partial
from pathlib import Path
from typing import Any

import pytest

from taximeter.guard.install.claude_code import HOOKED_CLAUDE_CODE as AGENT
from taximeter.guard.install.contract import Hold, Plan
from taximeter.guard.install.line import HookLine
from taximeter.host.trouble import Trouble

THEIRS = {"matcher": "Bash", "hooks": [{"type": "command", "command": "theirs"}]}


def carry_out(plan: Plan) -> None:
    for change in plan.changes:
        if change.new is None:
            change.path.unlink()
        else:
            change.path.write_bytes(change.new)


@pytest.fixture
def line(tmp_path: Path) -> HookLine:
    client = tmp_path / "data" / "hook" / "ask.py"
    client.parent.mkdir(parents=True)
    client.touch()
    return HookLine(client, client, "/run/taximeter-0123456789ab.sock", platform="linux")


@pytest.fixture
def home(tmp_path: Path) -> Path:
    (tmp_path / "agent").mkdir()
    return tmp_path / "agent"


def write(path: Path, values: Any) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(json.dumps(values))


def hooks(home: Path) -> Any:
    return json.loads((home / "settings.json").read_bytes())["hooks"]


def hold(home: Path, line: HookLine) -> Hold:
    return AGENT.state(home, line, home.parent / "root").hold


def test_subagents_shell_commands_and_prompts_are_held_as_long_as_the_app_may_ask(home: Path, line: HookLine) -> None:
    carry_out(AGENT.plan(home, line, {}))
    found = [(event, group.get("matcher"), each) for event in hooks(home) for group in hooks(home)[event]
             for each in group["hooks"]]  # fmt: skip
    assert [(event, matcher) for event, matcher, _ in found] == [
        ("PreToolUse", "Agent|Task|Workflow"), ("PreToolUse", "Bash"), ("UserPromptSubmit", None),
    ]  # fmt: skip
    for event, _, handler in found:
        command = line.command("claude-code", event)
        assert handler == {"type": "command", "command": command, "timeout": 610}


def test_settings_are_looked_for_where_the_agent_reads_them(tmp_path: Path) -> None:
    assert AGENT.homes({}, tmp_path) == (tmp_path / ".claude",)
    assert AGENT.homes({"CLAUDE_CONFIG_DIR": "/one"}, tmp_path) == (Path("/one"),)


def test_on_windows_the_line_goes_to_powershell(home: Path, line: HookLine) -> None:
    windows = HookLine(line.python, line.client, r"\\.\pipe\taximeter-0123456789ab", platform="win32")
    carry_out(AGENT.plan(home, windows, {}))
    (group,) = hooks(home)["UserPromptSubmit"]
    command = windows.powershell("claude-code", "UserPromptSubmit")
    assert group["hooks"] == [{"type": "command", "command": command, "shell": "powershell", "timeout": 610}]


def test_a_file_that_came_with_the_hooks_goes_with_them(home: Path, line: HookLine) -> None:
    plan = AGENT.plan(home, line, {})
    carry_out(plan)
    carry_out(AGENT.unplan(home, {change.path: change.there for change in plan.changes}))
    assert list(home.iterdir()) == []


def test_a_file_that_came_with_the_hooks_stays_when_something_else_is_in_it(home: Path, line: HookLine) -> None:
    plan = AGENT.plan(home, line, {})
    carry_out(plan)
    full = json.loads((home / "settings.json").read_bytes())
    write(home / "settings.json", {"model": "x", **full})
    carry_out(AGENT.unplan(home, {change.path: change.there for change in plan.changes}))
    assert json.loads((home / "settings.json").read_bytes()) == {"model": "x"}


def test_an_empty_file_is_empty_again(home: Path, line: HookLine) -> None:
    (home / "settings.json").touch()
    plan = AGENT.plan(home, line, {})
    carry_out(plan)
    carry_out(AGENT.unplan(home, {change.path: change.there for change in plan.changes}))
    assert (home / "settings.json").read_bytes() == b""


def test_a_second_install_changes_nothing(home: Path, line: HookLine) -> None:
    write(home / "settings.json", {"hooks": {"PreToolUse": [THEIRS]}})
    carry_out(AGENT.plan(home, line, {}))
    assert AGENT.plan(home, line, {}).changes == ()


def test_another_line_takes_the_place_of_an_older_one_and_removing_is_exact_still(home: Path, line: HookLine) -> None:
    file = home / "settings.json"
    file.write_text('{"hooks": {"PreToolUse": []},\n "model": "x"}')
    original = file.read_bytes()
    first = AGENT.plan(home, line, {})
    carry_out(first)
    there = {change.path: change.there for change in first.changes}
    newer = HookLine(line.python, line.client, "/elsewhere/taximeter-ba9876543210.sock", 90, "linux")
    assert hold(home, newer) is Hold.ALTERED
    second = AGENT.plan(home, newer, there)
    carry_out(second)
    assert hold(home, newer) is Hold.INSTALLED
    assert file.read_text().count("ask.py") == first.changes[0].new.count(b"ask.py")  # type: ignore[union-attr]
    carry_out(AGENT.unplan(home, {change.path: change.there for change in second.changes}))
    assert file.read_bytes() == original


def test_the_state_says_what_is_so(home: Path, line: HookLine) -> None:
    assert hold(home, line) is Hold.ABSENT
    carry_out(AGENT.plan(home, line, {}))
    assert hold(home, line) is Hold.INSTALLED
    altered = json.loads((home / "settings.json").read_bytes())
    del altered["hooks"]["UserPromptSubmit"]
    write(home / "settings.json", altered)
    assert hold(home, line) is Hold.ALTERED
    carry_out(AGENT.plan(home, line, {}))
    line.client.unlink()
    assert hold(home, line) is Hold.ALTERED
    assert "is gone" in AGENT.state(home, line, home).sentence


def test_hooks_that_are_switched_off_are_told(home: Path, line: HookLine) -> None:
    write(home / "settings.json", {"disableAllHooks": True})
    carry_out(AGENT.plan(home, line, {}))
    assert hold(home, line) is Hold.OVERRIDDEN
    assert str(home / "settings.json") in AGENT.state(home, line, home).sentence


@pytest.mark.parametrize("name", ["managed-settings.json", "managed-settings.d/10-hooks.json"])
@pytest.mark.parametrize("said", [{"disableAllHooks": True}, {"allowManagedHooksOnly": True}])
@pytest.mark.parametrize(
    ("platform", "folder"),
    [("linux", "etc/claude-code"), ("darwin", "Library/Application Support/ClaudeCode"),
     ("win32", "Program Files/ClaudeCode")],
)  # fmt: skip
def test_an_administrators_word_is_told(
    home: Path, line: HookLine, name: str, said: dict[str, bool], platform: str, folder: str
) -> None:
    there = HookLine(line.python, line.client, line.socket, platform=platform)
    carry_out(AGENT.plan(home, there, {}))
    assert hold(home, there) is Hold.INSTALLED
    write(home.parent / "root" / folder / name, said)
    assert hold(home, there) is Hold.OVERRIDDEN


def test_hooks_that_the_administrator_installed_are_installed(home: Path, line: HookLine) -> None:
    carry_out(AGENT.plan(home, line, {}))
    managed = {"allowManagedHooksOnly": True, "hooks": hooks(home)}
    (home / "settings.json").unlink()
    write(home.parent / "root" / "etc/claude-code/managed-settings.json", managed)
    assert hold(home, line) is Hold.INSTALLED


@pytest.mark.parametrize("content", [b"{,}", b"\xff\xfe{\x00}\x00", b"// mine\n{}"])
def test_a_file_that_is_no_json_is_refused_and_not_touched(home: Path, line: HookLine, content: bytes) -> None:
    (home / "settings.json").write_bytes(content)
    for attempt in (partial(AGENT.plan, home, line, {}), partial(AGENT.unplan, home, {})):
        with pytest.raises(Trouble):
            attempt()
    assert (home / "settings.json").read_bytes() == content
