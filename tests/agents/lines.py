"""Lines of logs as the agents write them, made by hand: every field that a reader looks at, in the real places."""

from __future__ import annotations

import json
from typing import Any

SESSION = "5b0c9c1e-1d2f-4a77-9c64-0d6a3a1f0001"
FORK = "5b0c9c1e-1d2f-4a77-9c64-0d6a3a1f0002"
AGENT = "a41c07be8d52f9a13"
THREAD = "019b2f00-0000-7000-8000-000000000001"
CHILD = "019b2f00-0000-7000-8000-000000000002"
AT = "2026-11-10T10:00:00.000Z"
SONNET = "claude-sonnet-4-6"
CWD = "/home/dev/shop"

Record = dict[str, Any]


def jsonl(*records: Record) -> bytes:
    """Records as lines, without spaces, as both agents write them."""
    return b"".join(json.dumps(each, separators=(",", ":")).encode() + b"\n" for each in records)


def usage(
    input: int = 0, read: int = 0, short: int = 0, long: int = 0, output: int = 0, *, searches: int = 0, **more: Any
) -> Record:
    """The usage of one answer; ``short`` and ``long`` are cache writes."""
    found: Record = {
        "input_tokens": input,
        "cache_creation_input_tokens": short + long,
        "cache_read_input_tokens": read,
        "cache_creation": {"ephemeral_5m_input_tokens": short, "ephemeral_1h_input_tokens": long},
        "output_tokens": output,
        "service_tier": "standard",
        "inference_geo": "not_available",
        "server_tool_use": {"web_search_requests": searches, "web_fetch_requests": 0},
        "speed": "standard",
    }
    return found | more


def answer(
    id: str | None,
    used: Record | None,
    *,
    model: str = SONNET,
    at: str = AT,
    session: str = SESSION,
    request: str | None = "req_011CV",
    agent: str = "",
    stop: str | None = "end_turn",
    content: list[Record] | None = None,
    **more: Any,
) -> Record:
    """One line of an assistant's message; ``agent`` makes it a line of a subagent."""
    line = _frame("assistant", at, session, agent)
    message: Record = {"model": model, "type": "message", "role": "assistant", "stop_sequence": None}
    message |= {"content": content or [{"type": "text", "text": "Done."}], "stop_reason": stop}
    if id is not None:
        message["id"] = id
    if used is not None:
        message["usage"] = used
    line["message"] = message
    if request is not None:
        line["requestId"] = request
    return line | {"uuid": f"uuid-{id}-{at}", "timestamp": at} | more


def echo(id: str, used: Record, *, agent: str = AGENT, at: str = AT, request: str = "req_011CV", **more: Any) -> Record:
    """A subagent's answer as older versions repeat it in the parent's transcript."""
    line = _frame("progress", at, SESSION, "")
    inner: Record = {"model": SONNET, "id": id, "type": "message", "role": "assistant", "content": []}
    inner |= {"stop_reason": None, "usage": used} | more
    said = {"type": "assistant", "timestamp": at, "message": inner, "requestId": request, "uuid": f"inner-{id}"}
    line["data"] = {"message": said, "type": "agent_progress", "prompt": "", "agentId": agent}
    return line | {"toolUseID": "agent_msg_1", "uuid": f"uuid-{id}", "timestamp": at}


def typed(text: str, *, at: str = AT, session: str = SESSION, agent: str = "", **more: Any) -> Record:
    """What a person typed."""
    line = _frame("user", at, session, agent)
    return line | {"message": {"role": "user", "content": text}, "uuid": "uuid-user", "timestamp": at} | more


def launch(call: str, type: str = "Explore", description: str = "Find the readers") -> Record:
    """The content block that starts a subagent."""
    words = {"description": description, "prompt": "Look.", "subagent_type": type}
    return {"type": "tool_use", "id": call, "name": "Task", "input": words}


def launched(call: str, agent: str = AGENT, **result: Any) -> Record:
    """The line that tells the parent what its subagent did."""
    block = {"tool_use_id": call, "type": "tool_result", "content": [{"type": "text", "text": "Found."}]}
    line = typed("", toolUseResult={"status": "completed", "prompt": "Look.", "agentId": agent, **result})
    line["message"]["content"] = [block]
    return line


def _frame(kind: str, at: str, session: str, agent: str) -> Record:
    line: Record = {"parentUuid": None, "isSidechain": bool(agent), "userType": "external", "cwd": CWD}
    line |= {"sessionId": session, "version": "2.1.104", "gitBranch": "main", "type": kind}
    return line | ({"agentId": agent} if agent else {})


def meta(thread: str = THREAD, *, at: str = AT, source: Any = "cli", **more: Any) -> Record:
    """The first line of a rollout."""
    payload: Record = {"id": thread, "timestamp": at, "cwd": CWD, "originator": "codex_cli_rs"}
    payload |= {"cli_version": "0.142.4", "source": source, "git": {"branch": "main", "commit_hash": "0" * 40}}
    return {"timestamp": at, "type": "session_meta", "payload": payload | more}


def turn(model: str = "gpt-5.5", *, at: str = AT, **more: Any) -> Record:
    """The context of a turn: the model of what follows."""
    return {"timestamp": at, "type": "turn_context", "payload": {"cwd": CWD, "model": model, "effort": "high"} | more}


def sums(input: int, cached: int, output: int, reasoning: int = 0, written: int | None = None) -> Record:
    """Tokens as Codex counts them: cached and written inside the input, reasoning inside the output."""
    found = {"input_tokens": input, "cached_input_tokens": cached, "output_tokens": output}
    found |= {"reasoning_output_tokens": reasoning, "total_tokens": input + output}
    return found if written is None else found | {"cache_write_input_tokens": written}


def count(total: Record | None, last: Record | None = None, *, at: str = AT, limits: Record | None = None) -> Record:
    """A ``token_count`` event; without ``total`` its info is null, as on the first event of a session."""
    info = None if total is None else {"total_token_usage": total, "model_context_window": 258_400}
    if info is not None and last is not None:
        info["last_token_usage"] = last
    payload = {"type": "token_count", "info": info, "rate_limits": limits}
    return {"timestamp": at, "type": "event_msg", "payload": payload}


def usage_record(response: str, used: Record, total: Record, *, thread: str = THREAD, at: str = AT) -> Record:
    """A ``token_usage_record`` line, which newer versions write beside each ``token_count``."""
    payload = {"thread_id": thread, "turn_id": "turn-1", "session_id": thread, "response_id": response, "usage": used}
    payload |= {"turn_token_usage": used, "thread_token_usage": total}
    return {"timestamp": at, "type": "token_usage_record", "payload": payload}


def settings_applied(*, at: str = AT, **settings: Any) -> Record:
    """The event of a change of settings in the middle of a session."""
    payload = {"type": "thread_settings_applied", "thread_settings": settings}
    return {"timestamp": at, "type": "event_msg", "payload": payload}


def spawn_event(call: str, child: str, generation: int = 1, *, at: str = AT) -> Record:
    """What a thread logs when one of its calls has started an agent: three generations of it."""
    payload: Record = {"type": "item_completed", "thread_id": THREAD, "turn_id": "turn-1"}
    if generation == 0:
        payload = {"type": "collab_agent_spawn_end", "call_id": call, "new_thread_id": child, "prompt": "Look."}
    elif generation == 1:
        payload["item"] = {"type": "CollabAgentToolCall", "id": call, "tool": "spawn_agent", "status": "completed",
                           "receiver_thread_ids": [child]}  # fmt: skip
    else:
        payload["item"] = {"type": "SubAgentActivity", "id": call, "kind": "started", "agent_thread_id": child,
                           "agent_path": "/root/one"}  # fmt: skip
    return {"timestamp": at, "type": "event_msg", "payload": payload}


def turn_event(type: str, *, at: str = AT) -> Record:
    """The event that begins or ends a turn."""
    return {"timestamp": at, "type": "event_msg", "payload": {"type": type, "turn_id": "turn-1"}}
