"""Codex: groups of our own in ``<home>/hooks.json``, and the entries in ``<home>/config.toml`` that make it trust them.

Held there: calls for subagents (``spawn_agent`` in the first form, ``collaborationspawn_agent`` in the second, so
the matcher looks at the end), shell commands, which its hooks call ``Bash`` whatever the tool's own name is (seen
with 0.169.0), and prompts. Hooks written as ``[hooks]`` in config.toml are the person's and are left alone.
A hook without a trust entry is skipped without a word, hence the entries; ``trust.py`` has the rule.
"""

from __future__ import annotations

import os
import shutil
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from taximeter.agents.codex import CODEX
from taximeter.guard.install import trust
from taximeter.guard.install.asking import ask_for_hooks
from taximeter.guard.install.contract import FileChange, Hold, HookedAgent, HookState, Plan, There, Verified
from taximeter.guard.install.editing import Groups, Handler, decode, handlers
from taximeter.guard.install.hookfile import hold_of, installed, read_file, removed
from taximeter.guard.install.json_text import BYTE_ORDER_MARK
from taximeter.guard.install.line import HookLine, is_ours
from taximeter.guard.install.wording import ABSENT, ALTERED, GONE, INSTALLED, UNTRUSTED
from taximeter.host.trouble import Trouble

_HELD = (("PreToolUse", "spawn_agent$"), ("PreToolUse", "Bash"), ("UserPromptSubmit", None))
_PROGRAM = "codex"


def _groups(line: HookLine) -> Groups:
    return [(event, _group(line, event, matcher)) for event, matcher in _HELD]


def _group(line: HookLine, event: str, matcher: str | None) -> dict[str, Any]:
    handler = {"type": "command", "command": line.command(CODEX.id, event), "timeout": line.limit_s}
    return {**({} if matcher is None else {"matcher": matcher}), "hooks": [handler]}


def _file(home: Path) -> Path:
    return home / "hooks.json"


def _plan(home: Path, line: HookLine, there: There) -> Plan:
    hooks = installed(_file(home), _groups(line), there)
    if (hooks.old or b"").startswith(BYTE_ORDER_MARK.encode()):
        # The agent itself ignores such a file (seen): its hooks would never run.
        raise Trouble(f"{hooks.path} begins with a byte order mark", "Save it as UTF-8 without one and try again.")
    return Plan((_trusted(home, hooks, there), hooks))


def _unplan(home: Path, there: There) -> Plan:
    hooks = removed(_file(home), there)
    return Plan((hooks, _trusted(home, hooks, there)))


def _trusted(home: Path, hooks: FileChange, there: There) -> FileChange:
    """The entries for our hooks after the change, and none other of ours; others' keep up with their hooks."""
    path = home / "config.toml"
    old = read_file(path)
    text = decode(path, old)
    file, known = _key_file(home), there.get(path)
    before, after = (handlers(hooks.path, decode(hooks.path, each)) for each in (hooks.old, hooks.new))
    foreign = [[trust.key_of(file, each) for each in side if not each.is_ours] for side in (before, after)]
    added = {trust.key_of(file, each): trust.trusted_hash(each) for each in after if each.is_ours}
    gone = _stale(text, path, f"{file}:", [each for each in (*before, *after) if each.is_ours])
    gone |= {trust.key_of(file, each) for each in before if each.is_ours} | added.keys()
    moves = {one: other for one, other in zip(*foreign, strict=True) if one != other}
    new = trust.changed(path, text, moves, frozenset(gone - set(foreign[0])), added)
    if known is None or not gone & trust.entries(trust.read_toml(path, text)).keys():
        known = frozenset() if old is None else trust.parts(text)
    if added:
        return FileChange(path, old, old if new == text else new.encode(), known)
    return FileChange(path, old, _without_traces(old, text, new, known))


def _without_traces(old: bytes | None, text: str, new: str, known: frozenset[str]) -> bytes | None:
    """The bytes after removing: the file goes if it came with the hooks, and so does the line end that they needed."""
    if new == text:
        return old
    if trust.FILE not in known and not new.strip():
        return None
    end = "\r\n" if new.endswith("\r\n") else "\n"
    if trust.ENDED not in known and text.startswith(f"{new}{end}[hooks.state."):
        new = new.removesuffix(end)
    return new.encode()


def _stale(text: str, path: Path, prefix: str, ours: list[Handler]) -> set[str]:
    """Entries that an earlier install left under a place which another hook has now."""
    hashes = {trust.trusted_hash(each) for each in ours}
    found = trust.entries(trust.read_toml(path, text)).items()
    return {key for key, value in found if key.startswith(prefix) and _hash_in(value) in hashes}


def _hash_in(entry: object) -> object:
    return entry.get("trusted_hash") if isinstance(entry, dict) else None


def _key_file(home: Path) -> Path:
    """The file as the keys name it: links of the folder resolved, one of the file itself not (seen)."""
    return Path(os.path.realpath(home)) / "hooks.json"


def _state(home: Path, line: HookLine, root: Path) -> HookState:
    overridden = _managed(root, line.platform) or _switched_off(home, root)
    if overridden is not None:
        return overridden
    content = read_file(_file(home))
    hold = hold_of(_file(home), content, _groups(line))
    if hold is not Hold.INSTALLED:
        return HookState(hold, ABSENT if hold is Hold.ABSENT else ALTERED)
    if line.missing():
        return HookState(Hold.ALTERED, GONE)
    found = trust.entries(_config(home / "config.toml"))
    for each in handlers(_file(home), decode(_file(home), content)):
        entry = found.get(trust.key_of(_key_file(home), each), {}) if each.is_ours else None
        if isinstance(entry, dict) and entry.get("enabled") is False:
            why = "One of the hooks is switched off in the agent's own list of hooks: run `taximeter guard install`."
            return HookState(Hold.OVERRIDDEN, why)
        if entry is not None and _hash_in(entry) != trust.trusted_hash(each):
            return HookState(Hold.ALTERED, UNTRUSTED)
    return HookState(Hold.INSTALLED, INSTALLED)


def _managed(root: Path, platform: str) -> HookState | None:
    folder = root / ("ProgramData/OpenAI/Codex" if platform == "win32" else "etc/codex")
    for name in ("requirements.toml", "managed_config.toml"):
        values = _config(folder / name)
        if _feature(values) is False:
            return HookState(Hold.OVERRIDDEN, f"Your administrator has switched hooks off in {folder / name}.")
        if name == "requirements.toml" and values.get("allow_managed_hooks_only") is True:
            if is_ours(str(values.get("hooks", ""))):
                return HookState(Hold.INSTALLED, f"Your administrator has installed the hooks, in {folder / name}.")
            why = f"Your administrator allows only hooks of {folder / name}: ask for Taximeter's to be put there."
            return HookState(Hold.OVERRIDDEN, why)
    return None


def _switched_off(home: Path, root: Path) -> HookState | None:
    for path in (home / "config.toml", root / "etc/codex/config.toml"):
        said = _feature(_config(path))
        if said is not None:
            why = f'Hooks are switched off: take "hooks = false" out of "features" in {path}.'
            return None if said else HookState(Hold.OVERRIDDEN, why)
    return None


def _feature(values: Mapping[str, Any]) -> bool | None:
    """Whether the file switches hooks on or off, under the name of today or the former one."""
    features = values.get("features", {})
    said = [features.get(name) for name in ("hooks", "codex_hooks")] if isinstance(features, dict) else []
    return next((value for value in said if isinstance(value, bool)), None)


def _config(path: Path) -> dict[str, Any]:
    """What a file says; nothing where it is missing or cannot be read, for then the agent says so itself."""
    try:
        return trust.read_toml(path, decode(path, read_file(path)))
    except Trouble:
        return {}


def _verify(home: Path, line: HookLine, env: Mapping[str, str]) -> Verified:
    program = shutil.which(_PROGRAM, path=env.get("PATH", os.defpath))
    if program is None:
        return Verified(None, f"{CODEX.name} was not found, so it could not be asked.")
    try:
        told = ask_for_hooks([program, "app-server"], {**env, "CODEX_HOME": str(home)}, os.path.realpath(home))
    except Trouble as trouble:
        return Verified(None, str(trouble))
    ours = [each for each in told if is_ours(str(each.get("command", "")))]
    wrong = [each for each in ours if each.get("trustStatus") not in {"trusted", "managed"} or not each.get("enabled")]
    if len(ours) < len(_groups(line)):
        return Verified(False, f"{CODEX.name} knows {len(ours)} of {len(_groups(line))} hooks.")  # noqa: FBT003
    if wrong:
        return Verified(False, UNTRUSTED)  # noqa: FBT003
    return Verified(True, f"{CODEX.name} knows the hooks and trusts them.")  # noqa: FBT003


HOOKED_CODEX = HookedAgent(
    id=CODEX.id,
    name=CODEX.name,
    reloads=False,  # seen with 0.169.0
    homes=CODEX.homes,
    plan=_plan,
    unplan=_unplan,
    state=_state,
    verify=_verify,
)
