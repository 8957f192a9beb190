"""Claude Code's hooks: PreToolUse on its tools that start agents, and UserPromptSubmit of each process.

One hook call sees one call for a subagent; its siblings stand in the transcript as soon as the reply is
complete, all under one message id. Before that the transcript holds none of them, nor the asking one.
"""

from __future__ import annotations

import re

import msgspec

from taximeter.domain.launch import Source
from taximeter.guard.dialect import Ask, Call, Dialect, Siblings, Unusable, json_denial
from taximeter.guard.fanout import fan_out

_TOOLS = frozenset({"Agent", "Task"})
_DEFAULT_TYPE = "general-purpose"
_NOTIFICATION = "<task-notification>"
"""A background agent's result comes back as a prompt of its own, which nobody typed."""
PROGRAMS = (r"claude\b(?=[^;&|\n]*?\s(?:-p|--print)\b)",)


class _Input(msgspec.Struct, gc=False):
    """What tools are called with; the fields of the three never clash."""

    prompt: str = ""
    subagent_type: str | None = None
    model: str | None = None
    script: str | None = None
    command: str | None = None


class _Hook(msgspec.Struct, gc=False):
    session_id: str
    hook_event_name: str
    transcript_path: str = ""
    cwd: str = ""
    prompt_id: str = ""
    agent_id: str | None = None
    tool_name: str = ""
    tool_input: msgspec.Raw = msgspec.Raw()
    tool_use_id: str = ""
    prompt: str = ""


class _Block(msgspec.Struct, gc=False):
    type: str = ""
    id: str = ""
    name: str = ""
    input: msgspec.Raw = msgspec.Raw()


class _Message(msgspec.Struct, gc=False):
    id: str = ""
    model: str = ""
    content: list[_Block] | str = ""


class _Line(msgspec.Struct, gc=False):
    type: str = ""
    message: _Message | None = None


_hook = msgspec.json.Decoder(_Hook)
_input = msgspec.json.Decoder(_Input)
_line = msgspec.json.Decoder(_Line)


def understand(event: str, raw: bytes) -> Ask | None:
    """What a hook's standard input asks."""
    try:
        hook = _hook.decode(raw)
        called = _input.decode(hook.tool_input) if bytes(hook.tool_input) else _Input()
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError) as error:
        raise Unusable("not what this agent sends") from error
    if hook.hook_event_name != event:
        raise Unusable("another event than the one it was started for")
    if event == "UserPromptSubmit":
        return _prompt(hook)
    ask = Ask(Source.CALLS, hook.session_id, hook.prompt_id, (), hook.cwd, hook.transcript_path)
    if hook.tool_name in _TOOLS:
        return ask._replace(calls=(_call(hook.tool_use_id, called),))
    if hook.tool_name == "Workflow":
        calls = _several(hook.tool_use_id, _least_of_script(called.script or ""), "workflow-subagent")
        return ask._replace(source=Source.WORKFLOW, calls=calls, counted=False)
    found = fan_out(called.command or "", PROGRAMS) if hook.tool_name == "Bash" else None
    if found is None:
        return None
    calls = _several(hook.tool_use_id, found.agents, "main")
    return ask._replace(source=Source.SHELL, calls=calls, counted=found.counted)


def siblings(tail: bytes, ask: Ask) -> Siblings:
    """The calls of the reply that holds the asking one; only that one while the reply is still being written."""
    if ask.source is not Source.CALLS:
        return Siblings(ask.calls, complete=True)
    name = _reply_of(tail, ask.calls[0].id)
    if not name:
        return Siblings(ask.calls, complete=False)
    # Most of a transcript's end belongs to other replies, and need not be decoded.
    lines = [line for line in tail.split(b"\n") if name.encode() in line]
    calls = tuple(call for line in lines for call in _calls_of(line)[1])
    return Siblings(calls, complete=True, cut=tail.startswith(lines[0]))


def _prompt(hook: _Hook) -> Ask | None:
    """A process's prompt: one agent of its own. What a background agent sent back continues the prompt before it."""
    if hook.agent_id:
        return None
    calls = () if hook.prompt.startswith(_NOTIFICATION) else (Call(hook.session_id, "main"),)
    return Ask(Source.LOOP, hook.session_id, hook.prompt_id, calls, hook.cwd)


def _call(id: str, called: _Input) -> Call:
    model = called.model if called.model not in {None, "inherit"} else ""
    size = len(called.prompt.encode("utf-8", "replace"))
    return Call(id, called.subagent_type or _DEFAULT_TYPE, model or "", size)


def _several(id: str, count: int, type: str) -> tuple[Call, ...]:
    return tuple(Call(f"{id}#{number}" if number else id, type) for number in range(count))


def _least_of_script(script: str) -> int:
    """How many agents a workflow's script starts at least: its calls, and the longest list that it maps over."""
    written = len(re.findall(r"\bagent\s*\(", script))
    lists = [len(found.split(",")) for found in re.findall(r"\[([^\[\]]+)\]\s*\.\s*map\b", script)]
    return min(max(1, written, *lists), 1_000)


def _reply_of(tail: bytes, call: str) -> str:
    """The message that holds a call; empty when none does yet. Later lines, such as its result, name the call too."""
    own = b'"' + call.encode("utf-8", "replace") + b'"'
    at = tail.rfind(own)
    while at >= 0:
        begin = tail.rfind(b"\n", 0, at) + 1
        name, calls = _calls_of(tail[begin : tail.find(b"\n", at)])
        if name and call in {one.id for one in calls}:
            return name
        at = tail.rfind(own, 0, begin)
    return ""


def _calls_of(line: bytes) -> tuple[str, list[Call]]:
    """The message that a line belongs to, and its calls for subagents; nothing for a line of another kind."""
    try:
        message = _line.decode(line).message
        if message is None or isinstance(message.content, str):
            return "", []
        blocks = [block for block in message.content if block.type == "tool_use" and block.name in _TOOLS]
        return message.id, [_call(block.id, _input.decode(block.input)) for block in blocks]
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError):
        return "", []


CLAUDE_CODE = Dialect("claude-code", understand, siblings, json_denial, PROGRAMS)
