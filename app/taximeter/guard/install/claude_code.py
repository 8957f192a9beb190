"""Claude Code: groups of our own in ``<home>/settings.json``.

Held there: calls for subagents and workflows, shell commands that start agents side by side, and prompts, which
catch loops of separate processes. The limit is ours for all of them: the default for prompts is 30 seconds,
too short for a person. The file is plain JSON: with a comment in it the agent ignores it as a whole (seen with
2.1.330), so such a file is refused here too.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from taximeter.agents.claude_code import CLAUDE_CODE
from taximeter.guard.install.contract import Hold, HookedAgent, HookState, Plan, There, Verified
from taximeter.guard.install.editing import Groups, decode
from taximeter.guard.install.hookfile import hold_of, installed, read_file, removed
from taximeter.guard.install.json_text import is_blank, read_json
from taximeter.guard.install.line import HookLine, is_ours
from taximeter.guard.install.wording import ABSENT, ALTERED, GONE, INSTALLED
from taximeter.host.trouble import Trouble

_HELD = (("PreToolUse", "Agent|Task|Workflow"), ("PreToolUse", "Bash"), ("UserPromptSubmit", None))
_MANAGED = {
    "darwin": "Library/Application Support/ClaudeCode",
    "win32": "Program Files/ClaudeCode",
}
"""Where an administrator's settings are, below the computer's root folder."""


def _homes(env: Mapping[str, str], home: Path) -> tuple[Path, ...]:
    """The folders that it reads settings in: older logs can be elsewhere, settings cannot (seen with 2.1.330)."""
    return CLAUDE_CODE.homes(env, home) if any(map(env.get, CLAUDE_CODE.variables)) else (home / ".claude",)


def _groups(line: HookLine) -> Groups:
    return [(event, _group(line, event, matcher)) for event, matcher in _HELD]


def _group(line: HookLine, event: str, matcher: str | None) -> dict[str, Any]:
    handler: dict[str, Any] = {"type": "command", "command": line.command(CLAUDE_CODE.id, event)}
    if line.platform == "win32":
        # Without it the line would go to whichever shell is found there.
        handler |= {"command": line.powershell(CLAUDE_CODE.id, event), "shell": "powershell"}
    handler["timeout"] = line.limit_s
    return {**({} if matcher is None else {"matcher": matcher}), "hooks": [handler]}


def _file(home: Path) -> Path:
    return home / "settings.json"


def _plan(home: Path, line: HookLine, there: There) -> Plan:
    return Plan((installed(_file(home), _groups(line), there),))


def _unplan(home: Path, there: There) -> Plan:
    return Plan((removed(_file(home), there),))


def _state(home: Path, line: HookLine, root: Path) -> HookState:
    overridden = _managed(root, line.platform) or _switched_off(_file(home))
    if overridden is not None:
        return overridden
    hold = hold_of(_file(home), read_file(_file(home)), _groups(line))
    if hold is Hold.INSTALLED and line.missing():
        return HookState(Hold.ALTERED, GONE)
    return HookState(hold, {Hold.INSTALLED: INSTALLED, Hold.ALTERED: ALTERED, Hold.ABSENT: ABSENT}[hold])


def _managed(root: Path, platform: str) -> HookState | None:
    folder = root / _MANAGED.get(platform, "etc/claude-code")
    only_managed, ours = None, False
    for path in (folder / "managed-settings.json", *sorted((folder / "managed-settings.d").glob("*.json"))):
        settings = _settings(path)
        if settings.get("disableAllHooks") is True:
            return HookState(Hold.OVERRIDDEN, f"Your administrator has switched all hooks off in {path}.")
        ours = ours or any(is_ours(command) for command in _texts(settings.get("hooks")))
        only_managed = path if settings.get("allowManagedHooksOnly") is True else only_managed
    if only_managed and ours:
        return HookState(Hold.INSTALLED, f"Your administrator has installed the hooks, in {folder}.")
    if only_managed:
        why = f"Your administrator allows only hooks of {folder}: ask for Taximeter's to be put there."
        return HookState(Hold.OVERRIDDEN, why)
    return None


def _switched_off(path: Path) -> HookState | None:
    if _settings(path).get("disableAllHooks") is True:
        return HookState(Hold.OVERRIDDEN, f'Hooks are switched off: take "disableAllHooks" out of {path}.')
    return None


def _settings(path: Path) -> dict[str, Any]:
    """What a file says; nothing where it is missing or is not settings, for then the agent ignores it."""
    try:
        text = decode(path, read_file(path))
        values = {} if is_blank(text) else read_json(path, text)
    except Trouble:
        return {}
    return values if isinstance(values, dict) else {}


def _texts(value: Any) -> Iterator[str]:  # noqa: ANN401 - JSON is of any shape
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict | list):
        for part in value.values() if isinstance(value, dict) else value:
            yield from _texts(part)


def _verify(_home: Path, _line: HookLine, _env: Mapping[str, str]) -> Verified:
    return Verified(None, "This agent has no way to be asked about its hooks.")


HOOKED_CLAUDE_CODE = HookedAgent(
    id=CLAUDE_CODE.id,
    name=CLAUDE_CODE.name,
    reloads=True,  # seen with 2.1.330
    homes=_homes,
    plan=_plan,
    unplan=_unplan,
    state=_state,
    verify=_verify,
)
