"""What real hooks' inputs ask, and which calls stand beside them in real transcripts."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from guard.callers import hook_input

from taximeter.domain.launch import Source
from taximeter.guard.dialect import Ask, Dialect
from taximeter.guard.dialects.claude_code import CLAUDE_CODE
from taximeter.guard.dialects.codex import CODEX
from taximeter.guard.transcript import TAILS, siblings_in

RECORDED = Path(__file__).parents[1] / "fixtures" / "recorded"


def asked(dialect: Dialect, event: str, name: str, **changes: object) -> Ask:
    """What a recorded input asks."""
    ask = dialect.understand(event, hook_input(name, **changes))
    assert ask is not None
    return ask


@pytest.mark.parametrize("name", ["allow", "old_allow", "gap"])
def test_a_call_of_claude_code_is_one_agent_of_the_default_type(name: str) -> None:
    ask = asked(CLAUDE_CODE, "PreToolUse", f"claude/{name}-PreToolUse")
    (call,) = ask.calls
    assert (ask.source, call.type, call.model) == (Source.CALLS, "general-purpose", "")
    assert call.id.startswith("toolu_")
    assert call.prompt_bytes > 0
    assert ask.session in ask.transcript


@pytest.mark.parametrize(("name", "model"), [("allow", ""), ("v2", "")])
def test_a_call_of_codex_is_one_agent_in_both_versions_of_its_tools(name: str, model: str) -> None:
    ask = asked(CODEX, "PreToolUse", f"codex/{name}-PreToolUse")
    assert [(call.type, call.model) for call in ask.calls] == [("", model)]
    assert (ask.model, ask.source) == ("gpt-5.4", Source.CALLS)


def test_a_prompt_is_a_process_of_its_own_but_not_a_subagents() -> None:
    ask = asked(CODEX, "UserPromptSubmit", "codex/allow-UserPromptSubmit")
    assert (ask.source, ask.calls[0].type) == (Source.LOOP, "main")
    assert CODEX.understand("UserPromptSubmit", hook_input("codex/allow-UserPromptSubmit", agent_id="a1")) is None
    assert asked(CLAUDE_CODE, "UserPromptSubmit", "claude/allow-UserPromptSubmit").calls[0].type == "main"


def test_codex_names_its_shell_bash() -> None:
    told = {"tool_name": "Bash", "tool_input": {"command": "for i in 1 2 3; do codex exec go & done"}}
    assert len(asked(CODEX, "PreToolUse", "codex/allow-PreToolUse", **told).calls) == 3


def claude_transcript() -> tuple[Path, list[str]]:
    """The recorded session of four agents, and the ids of its calls."""
    path = next((RECORDED / "claude" / "allow").rglob("projects/*/*.jsonl"))
    lines = [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]
    blocks = [block for line in lines if line.get("type") == "assistant" for block in line["message"]["content"]]
    return path, [block["id"] for block in blocks if block["type"] == "tool_use"]


def test_all_siblings_of_claude_code_stand_in_the_reply() -> None:
    path, ids = claude_transcript()
    for id in ids:
        ask = asked(CLAUDE_CODE, "PreToolUse", "claude/allow-PreToolUse", tool_use_id=id)
        found = siblings_in(str(path), CLAUDE_CODE, ask)
        assert (found.complete, [call.id for call in found.calls]) == (True, ids)


def test_a_call_that_is_not_written_yet_has_no_siblings(tmp_path: Path) -> None:
    path, _ = claude_transcript()
    ask = asked(CLAUDE_CODE, "PreToolUse", "claude/allow-PreToolUse", tool_use_id="toolu_later")
    assert siblings_in(str(path), CLAUDE_CODE, ask) == (ask.calls, False, False)
    assert not siblings_in(str(tmp_path / "none"), CLAUDE_CODE, ask).complete
    assert not siblings_in("relative", CLAUDE_CODE, ask).complete


@pytest.mark.parametrize(("run", "agents"), [("first", 4), ("v2", 2)])
def test_all_siblings_of_codex_stand_in_the_turn(run: str, agents: int) -> None:
    # The first file is the session's own; those of its agents repeat what they were forked from.
    path = min((RECORDED / "codex" / run).rglob("rollout-*.jsonl"))
    lines = [json.loads(line)["payload"] for line in path.read_text(encoding="utf-8").splitlines()]
    ids = [one["call_id"] for one in lines if one.get("type") == "function_call" and "spawn" in one["name"]]
    turn = next(one["turn_id"] for one in lines if "turn_id" in one)
    for id in ids:
        ask = asked(CODEX, "PreToolUse", "codex/allow-PreToolUse", tool_use_id=id, turn_id=turn)
        found = siblings_in(str(path), CODEX, ask)
        assert (found.complete, [call.id for call in found.calls]) == (True, ids)
    assert len(ids) == agents


def test_a_reply_that_begins_before_the_first_look_is_looked_for_further_back(tmp_path: Path) -> None:
    path = tmp_path / "long.jsonl"
    with path.open("w", encoding="utf-8") as file:
        for number in range(9):
            block = {
                "type": "tool_use",
                "id": f"call{number}",
                "name": "Task",
                "input": {"prompt": "x" * (TAILS[0] // 4)},
            }
            file.write(json.dumps({"type": "assistant", "message": {"id": "msg", "content": [block]}}) + "\n")
    ask = asked(CLAUDE_CODE, "PreToolUse", "claude/allow-PreToolUse", tool_use_id="call8")
    assert len(siblings_in(str(path), CLAUDE_CODE, ask).calls) == 9
