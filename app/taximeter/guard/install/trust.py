"""Trust entries: an agent may run only the hooks whose hash stands in its own settings, a TOML file.

An entry is keyed ``FILE:event_in_snake_case:GROUP:INDEX`` below ``hooks.state``. The file is changed as text
where the entries are tables of their own, so that all else stays byte for byte; other ways to write them go
through tomlkit. Either way the result is read again and compared before it is handed on.
"""

from __future__ import annotations

import hashlib
import json
import re
import tomllib
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from taximeter.guard.install.editing import Handler
from taximeter.host.trouble import Trouble

FILE, ENDED = "file", "ended"
"""Parts of a file that is there: itself, and the line end at its end."""

Moves = Mapping[str, str]
"""From a key to the key that the same hook has afterwards."""


def trusted_hash(handler: Handler) -> str:
    """The hash that trusts a command hook (seen equal to the agent's own with 0.169.0)."""
    values = handler.values
    identity: dict[str, Any] = {
        "event_name": snake_case(handler.event),
        "hooks": [{
            "async": values.get("async", False), "command": values.get("command", ""),
            "timeout": values.get("timeout", 600), "type": "command",
        }],
    }  # fmt: skip
    if handler.matcher is not None:
        identity["matcher"] = handler.matcher
    compact = json.dumps(identity, separators=(",", ":"), sort_keys=True, ensure_ascii=False)
    return f"sha256:{hashlib.sha256(compact.encode()).hexdigest()}"


def key_of(file: Path, handler: Handler) -> str:
    """The entry's key; ``file`` with the links of its folder resolved."""
    return f"{file}:{snake_case(handler.event)}:{handler.group}:{handler.position}"


def snake_case(event: str) -> str:
    """``PreToolUse`` as ``pre_tool_use``."""
    return re.sub(r"(?<!^)(?=[A-Z])", "_", event).lower()


def read_toml(path: Path, text: str) -> dict[str, Any]:
    """The file's values.

    Raises:
        Trouble: it is not TOML.
    """
    try:
        return tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise Trouble(f"{path} is not valid TOML", f"{error}. Correct it and try again.") from error


def entries(values: Mapping[str, Any]) -> dict[str, Any]:
    """All trust entries, of whatever hooks."""
    hooks = values.get("hooks", {})
    state = hooks.get("state", {}) if isinstance(hooks, dict) else {}
    return state if isinstance(state, dict) else {}


def parts(text: str) -> frozenset[str]:
    """Which parts a file that is there has."""
    return frozenset({FILE, *([ENDED] if not text or text.endswith("\n") else [])})


def changed(path: Path, text: str, moves: Moves, gone: frozenset[str], added: Mapping[str, str]) -> str:
    """The text with entries taken out, moved to another key, and added, in this order.

    Raises:
        Trouble: it is not TOML, or cannot be changed without a loss.
    """
    values = read_toml(path, text)
    before = {key: value for key, value in entries(values).items() if key not in gone}
    wanted = {moves.get(key, key): value for key, value in before.items()}
    wanted |= {key: {"trusted_hash": value} for key, value in added.items()}
    if wanted == entries(values):
        return text
    candidate = _changed_as_text(text, moves, gone, added)
    if not _is_right(values, candidate, wanted):
        candidate = _changed_as_tree(text, moves, gone, added)
    if not _is_right(values, candidate, wanted):
        why = 'Write each entry of "hooks.state" as a table of its own and try again.'
        raise Trouble(f"{path} cannot be changed", why)
    return candidate


def _is_right(values: Mapping[str, Any], candidate: str, wanted: Mapping[str, Any]) -> bool:
    """Whether the candidate says what the values say, but for the entries."""
    try:
        found = tomllib.loads(candidate)
    except tomllib.TOMLDecodeError:
        return False
    return entries(found) == wanted and _others(found) == _others(values)


def _others(values: Mapping[str, Any]) -> dict[str, Any]:
    hooks = values.get("hooks", {})
    if not isinstance(hooks, dict):
        return dict(values)
    rest = {key: value for key, value in hooks.items() if key != "state"}
    return {key: value for key, value in values.items() if key != "hooks"} | ({"hooks": rest} if rest else {})


def _changed_as_text(text: str, moves: Moves, gone: frozenset[str], added: Mapping[str, str]) -> str:
    end = "\r\n" if "\r\n" in text else "\n"
    for key in gone:
        text = _block(key).sub("", text)
    for old, new in moves.items():
        if old not in gone:
            text = text.replace(_quoted(old), _quoted(new))
    for key, value in added.items():
        gap = "" if not text else end if text.endswith("\n") else end * 2
        text += f'{gap}[hooks.state.{_quoted(key)}]{end}trusted_hash = "{value}"{end}'
    return text


def _changed_as_tree(text: str, moves: Moves, gone: frozenset[str], added: Mapping[str, str]) -> str:
    import tomlkit
    from tomlkit.exceptions import TOMLKitError

    try:
        document: Any = tomlkit.parse(text)
        hooks = document.setdefault("hooks", {})
        state = hooks.setdefault("state", {})
    except (TOMLKitError, AttributeError):
        # Something of another kind has that name, or it is TOML that this library does not know.
        return ""
    for key in gone & state.keys():
        del state[key]
    for old, new in moves.items():
        if old in state:
            state[new] = state.pop(old)
    for key, value in added.items():
        state[key] = {"trusted_hash": value}
    return tomlkit.dumps(document)


def _block(key: str) -> re.Pattern[str]:
    """An entry as a table of its own, the blank line before it and all its lines up to the next table or gap."""
    names = "|".join(re.escape(form) for form in (_quoted(key), f"'{key}'"))
    return re.compile(
        rf"(?:(?:\A|(?<=\n))\r?\n)?^[ \t]*\[[ \t]*hooks[ \t]*\.[ \t]*state[ \t]*\.[ \t]*(?:{names})[ \t]*\][^\n]*\n?"
        r"(?:[ \t]*[^\s\[#][^\n]*(?:\n|\Z))*",
        re.MULTILINE,
    )


def _quoted(key: str) -> str:
    return json.dumps(key, ensure_ascii=False).replace("\x7f", "\\u007f")
