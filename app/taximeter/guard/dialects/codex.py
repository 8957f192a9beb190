"""Codex's hooks: PreToolUse on its tool that starts agents, and UserPromptSubmit of each process.

The hooks of one reply run one after another, the second when the first agent already works; but all
calls of the reply stand in the rollout before the first hook runs.
"""

from __future__ import annotations

import msgspec

from taximeter.domain.launch import Source
from taximeter.guard.dialect import Ask, Call, Dialect, Siblings, Unusable, json_denial
from taximeter.guard.fanout import fan_out

_SPAWN = "spawn_agent"
_MARKERS = (b'"function_call"', b'"turn_context"', b'"task_started"')
_SHELLS = frozenset({"Bash", "shell", "shell_command", "exec_command", "local_shell", "unified_exec"})
PROGRAMS = (r"codex\s+(?:[\w=.\"'/-]+\s+)*?exec\b",)


class _Input(msgspec.Struct, gc=False):
    message: str = ""
    agent_type: str | None = None
    model: str | None = None
    command: str | list[str] = ""
    cmd: str = ""


class _Hook(msgspec.Struct, gc=False):
    session_id: str
    hook_event_name: str
    turn_id: str = ""
    transcript_path: str | None = None
    cwd: str = ""
    model: str = ""
    agent_id: str | None = None
    tool_name: str = ""
    tool_input: msgspec.Raw = msgspec.Raw()
    tool_use_id: str = ""


class _Payload(msgspec.Struct, gc=False):
    type: str | None = None
    name: str = ""
    arguments: str = ""
    call_id: str = ""
    turn_id: str = ""


class _Line(msgspec.Struct, gc=False):
    type: str = ""
    payload: _Payload | None = None


_hook = msgspec.json.Decoder(_Hook)
_input = msgspec.json.Decoder(_Input)
_line = msgspec.json.Decoder(_Line)


def understand(event: str, raw: bytes) -> Ask | None:
    """What a hook's standard input asks."""
    try:
        hook = _hook.decode(raw)
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError) as error:
        raise Unusable("not what this agent sends") from error
    if hook.hook_event_name != event:
        raise Unusable("another event than the one it was started for")
    ask = Ask(Source.CALLS, hook.session_id, hook.turn_id, (), hook.cwd, hook.transcript_path or "", hook.model)
    if event == "UserPromptSubmit":
        # A subagent's own first prompt comes by here as well: it was asked about when it was called for.
        own = (Call(hook.session_id, "main", hook.model),)
        return None if hook.agent_id else ask._replace(source=Source.LOOP, calls=own)
    called = _called(bytes(hook.tool_input))
    if called is None:
        raise Unusable("a tool's input of another shape")
    if hook.tool_name.endswith(_SPAWN):
        return ask._replace(calls=(_call(hook.tool_use_id, called),))
    command = called.cmd or (called.command if isinstance(called.command, str) else " ".join(called.command))
    found = fan_out(command, PROGRAMS) if hook.tool_name in _SHELLS else None
    if found is None:
        return None
    calls = tuple(Call(f"{hook.tool_use_id}#{number}", "main") for number in range(found.agents))
    return ask._replace(source=Source.SHELL, calls=calls, counted=found.counted)


def siblings(tail: bytes, ask: Ask) -> Siblings:
    """All calls of the turn so far; those of the asking one's reply are all there before its hook runs."""
    if ask.source is not Source.CALLS:
        return Siblings(ask.calls, complete=True)
    calls: dict[str, Call] = {}
    # What stands before the turn began need not be looked at.
    begun = tail.find(ask.prompt.encode())
    turn = max(0, begun)
    for line in tail[tail.rfind(b"\n", 0, turn) + 1 :].split(b"\n"):
        if any(marker in line for marker in _MARKERS):
            payload = _payload(line)
            if payload is None:
                continue
            if payload.turn_id and payload.turn_id != ask.prompt:
                calls.clear()
            elif payload.type == "function_call" and payload.name.endswith(_SPAWN):
                called = _called(payload.arguments.encode("utf-8", "replace"))
                calls[payload.call_id] = _call(payload.call_id, called or _Input())
    if ask.calls[0].id not in calls:
        return Siblings(ask.calls, complete=False)
    return Siblings(tuple(calls.values()), complete=True, cut=begun < 0)


def _call(id: str, called: _Input) -> Call:
    return Call(id, called.agent_type or "", called.model or "", len(called.message.encode("utf-8", "replace")))


def _called(raw: bytes) -> _Input | None:
    try:
        return _input.decode(raw or b"{}")
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError):
        return None


def _payload(line: bytes) -> _Payload | None:
    try:
        return _line.decode(line).payload
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError):
        return None


CODEX = Dialect("codex", understand, siblings, json_denial, PROGRAMS)
