from __future__ import annotations

import json
import sys
import tomllib
from pathlib import Path
from typing import Any

import pytest

from taximeter.guard.install.asking import ask_for_hooks
from taximeter.guard.install.codex import HOOKED_CODEX as AGENT
from taximeter.guard.install.contract import Hold, Plan, There
from taximeter.guard.install.editing import handlers
from taximeter.guard.install.line import HookLine
from taximeter.guard.install.trust import key_of, trusted_hash
from taximeter.host.trouble import Trouble

CONFIG = '# mine\nmodel = "x"   # the good one\n\n[features]\nmulti_agent = true\n'
THEIRS: dict[str, Any] = {"hooks": [{"type": "command", "command": "theirs"}]}


def carry_out(plan: Plan) -> There:
    for change in plan.changes:
        if change.new is None:
            change.path.unlink()
        else:
            change.path.write_bytes(change.new)
    return {change.path: change.there for change in plan.changes}


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


def content(home: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in home.iterdir()}


def state_of(home: Path) -> dict[str, Any]:
    found: dict[str, Any] = tomllib.loads((home / "config.toml").read_text())["hooks"]["state"]
    return found


def hold(home: Path, line: HookLine) -> Hold:
    return AGENT.state(home, line, home.parent / "root").hold


def trusted(home: Path) -> dict[str, bool]:
    """Each of the hooks and whether the entry at its place trusts it."""
    file = home / "hooks.json"
    found, state = handlers(file, file.read_text()), state_of(home)
    return {
        f"{each.event}:{each.group}:{each.position}":
        state.get(key_of(file.resolve(), each), {}).get("trusted_hash") == trusted_hash(each)
        for each in found
    }  # fmt: skip


@pytest.mark.parametrize("config", [None, "", CONFIG, CONFIG.replace("\n", "\r\n"), CONFIG.rstrip("\n")])
@pytest.mark.parametrize("found", [None, b"", b"{}\n", json.dumps({"hooks": {"Stop": [THEIRS]}}, indent=4).encode()])
def test_removing_what_was_installed_leaves_both_files_as_they_were(
    home: Path, line: HookLine, config: str | None, found: bytes | None
) -> None:
    for name, each in (("config.toml", None if config is None else config.encode()), ("hooks.json", found)):
        if each is not None:
            (home / name).write_bytes(each)
    before = content(home)
    there = carry_out(AGENT.plan(home, line, {}))
    assert hold(home, line) is Hold.INSTALLED
    assert list(trusted(home).values()).count(True) == 3
    assert AGENT.plan(home, line, there).changes == ()
    carry_out(AGENT.unplan(home, there))
    assert content(home) == before


def test_without_a_record_the_persons_own_lines_stay(home: Path, line: HookLine) -> None:
    (home / "config.toml").write_text(CONFIG)
    (home / "hooks.json").write_text("{}")
    carry_out(AGENT.plan(home, line, {}))
    carry_out(AGENT.unplan(home, {}))
    assert content(home) == {"config.toml": CONFIG.encode(), "hooks.json": b"{}"}


def test_the_matcher_of_subagents_looks_at_the_end_of_the_name(home: Path, line: HookLine) -> None:
    carry_out(AGENT.plan(home, line, {}))
    hooks = json.loads((home / "hooks.json").read_bytes())["hooks"]
    assert [group["matcher"] for group in hooks["PreToolUse"]] == ["spawn_agent$", "Bash"]
    assert [list(group) for group in hooks["UserPromptSubmit"]] == [["hooks"]]


def test_the_trust_of_others_moves_with_their_hooks(home: Path, line: HookLine) -> None:
    there = carry_out(AGENT.plan(home, line, {}))
    hooks = json.loads((home / "hooks.json").read_bytes())
    hooks["hooks"]["PreToolUse"] = [*hooks["hooks"]["PreToolUse"], THEIRS]
    hooks["hooks"]["UserPromptSubmit"][0]["hooks"].append(THEIRS["hooks"][0])
    (home / "hooks.json").write_text(json.dumps(hooks))
    file = home / "hooks.json"
    with (home / "config.toml").open("a") as config:
        for each in handlers(file, file.read_text()):
            if not each.is_ours:
                config.write(f'[hooks.state."{key_of(file.resolve(), each)}"]\ntrusted_hash = "{trusted_hash(each)}"\n')
    assert set(trusted(home).values()) == {True}
    newer = HookLine(line.python, line.client, line.socket, 90, "linux")
    carry_out(AGENT.plan(home, newer, there))
    assert set(trusted(home).values()) == {True}
    assert hold(home, newer) is Hold.INSTALLED
    carry_out(AGENT.unplan(home, there))
    assert trusted(home) == {"PreToolUse:0:0": True, "UserPromptSubmit:0:0": True}
    assert len(state_of(home)) == 2


def test_a_hook_that_is_not_trusted_or_switched_off_is_told_and_mended(home: Path, line: HookLine) -> None:
    there = carry_out(AGENT.plan(home, line, {}))
    whole = (home / "config.toml").read_text()
    (home / "config.toml").write_text(whole.replace("sha256:", "sha256:0", 1))
    assert hold(home, line) is Hold.ALTERED
    (home / "config.toml").write_text(whole + "enabled = false\n")
    assert hold(home, line) is Hold.OVERRIDDEN
    carry_out(AGENT.plan(home, line, there))
    assert hold(home, line) is Hold.INSTALLED
    (home / "config.toml").unlink()
    assert hold(home, line) is Hold.ALTERED


def test_hooks_of_a_linked_folder_are_trusted_under_the_folders_own_name(home: Path, line: HookLine) -> None:
    link = home.parent / "link"
    link.symlink_to(home)
    carry_out(AGENT.plan(link, line, {}))
    assert all(key.startswith(f"{home.resolve()}/hooks.json:") for key in state_of(home))


@pytest.mark.parametrize(
    ("name", "said"),
    [("requirements.toml", "allow_managed_hooks_only = true"), ("requirements.toml", "[features]\nhooks = false"),
     ("managed_config.toml", "[features]\nhooks = false"), ("config.toml", "[features]\nhooks = false")],
)  # fmt: skip
def test_an_administrators_word_is_told(home: Path, line: HookLine, name: str, said: str) -> None:
    carry_out(AGENT.plan(home, line, {}))
    root = home.parent / "root" / "etc" / "codex"
    root.mkdir(parents=True)
    (root / name).write_text(said)
    assert hold(home, line) is Hold.OVERRIDDEN
    assert str(root / name) in AGENT.state(home, line, home.parent / "root").sentence


def test_the_persons_own_switch_is_told_and_comes_before_the_computers(home: Path, line: HookLine) -> None:
    (home / "config.toml").write_text("[features]\ncodex_hooks = false\n")
    carry_out(AGENT.plan(home, line, {}))
    assert hold(home, line) is Hold.OVERRIDDEN
    (home / "config.toml").write_text((home / "config.toml").read_text().replace("codex_hooks = false", "hooks = true"))
    root = home.parent / "root" / "etc" / "codex"
    root.mkdir(parents=True)
    (root / "config.toml").write_text("[features]\nhooks = false")
    assert hold(home, line) is Hold.INSTALLED


def test_files_that_the_agent_itself_could_not_read_are_refused(home: Path, line: HookLine) -> None:
    (home / "hooks.json").write_bytes(b"\xef\xbb\xbf{}")
    with pytest.raises(Trouble, match="byte order mark"):
        AGENT.plan(home, line, {})
    (home / "hooks.json").write_bytes(b"{}")
    (home / "config.toml").write_text("model = \n")
    with pytest.raises(Trouble, match="not valid TOML"):
        AGENT.plan(home, line, {})


def program(folder: Path, body: str) -> dict[str, str]:
    """A stand-in for the agent, first on PATH."""
    file = folder / "bin" / "codex"
    file.parent.mkdir()
    file.write_text(f"#!{sys.executable} -S\nimport json, os, sys\n{body}")
    file.chmod(0o755)
    return {"PATH": str(file.parent)}


@pytest.mark.skipif(sys.platform == "win32", reason="the stand-in is a script")
@pytest.mark.parametrize(("trust", "holds"), [("trusted", True), ("modified", False), ("untrusted", False)])
def test_the_agent_itself_is_asked_whether_it_trusts_the_hooks(
    home: Path, line: HookLine, trust: str, *, holds: bool
) -> None:
    carry_out(AGENT.plan(home, line, {}))
    body = f"""
asked = [json.loads(sys.stdin.readline()) for _ in range(3)]
groups = json.load(open(os.environ["CODEX_HOME"] + "/hooks.json"))["hooks"]
hooks = [{{"command": each["command"], "trustStatus": {trust!r}, "enabled": True}}
         for event in groups.values() for group in event for each in group["hooks"]]
print(json.dumps({{"id": asked[0]["id"], "result": {{}}}}), "noise", sep="\\n")
print(json.dumps({{"id": asked[2]["id"], "result": {{"data": [{{"cwd": "/", "hooks": hooks}}]}}}}), flush=True)
sys.stdin.read()
"""
    assert AGENT.verify(home, line, program(home.parent, body)).holds is holds


@pytest.mark.skipif(sys.platform == "win32", reason="the stand-in is a script")
@pytest.mark.parametrize("body", ["", "print('{}')", "print(json.dumps({'id': 2, 'error': {}}))", "sys.exit(3)"])
def test_an_agent_that_does_not_answer_leaves_it_open(home: Path, line: HookLine, body: str) -> None:
    assert AGENT.verify(home, line, program(home.parent, body)).holds is None


def test_an_agent_that_keeps_silent_is_ended() -> None:
    with pytest.raises(Trouble, match="did not say"):
        ask_for_hooks([sys.executable, "-c", "import sys; sys.stdin.read()"], {}, "/", limit_s=0.2)


def test_an_agent_that_is_not_there_leaves_it_open(home: Path, line: HookLine) -> None:
    assert AGENT.verify(home, line, {"PATH": str(home)}).holds is None
