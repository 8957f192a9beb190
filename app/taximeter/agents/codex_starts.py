"""What rollouts say of threads that agents started: who started one, by which call, and how its turns ended."""

from __future__ import annotations

import msgspec

from taximeter.domain.reading import RunEnd
from taximeter.domain.usage import RunKind

ENDS = {"task_started": RunEnd.RUNS, "task_complete": RunEnd.FINISHED, "turn_aborted": RunEnd.KILLED}
"""What the events of a turn say of its thread."""


class Facts(msgspec.Struct, gc=False):
    """The small objects inside a payload (git, settings, source, spawn, item), whose fields never clash."""

    branch: str | None = None
    model: str | None = None
    service_tier: str | None = None
    subagent: Facts | str | None = None
    thread_spawn: Facts | None = None
    other: str | None = None
    parent_thread_id: str | None = None
    agent_nickname: str | None = None
    agent_role: str | None = None
    # An item that tells of a start.
    id: str | None = None
    tool: str | None = None
    kind: str | None = None
    agent_thread_id: str | None = None
    receiver_thread_ids: list[str] | None = None


def spawned(source: Facts | str | None, thread_source: str | None) -> tuple[Facts, RunKind]:
    """Who started the thread: a person, an agent (x12), or the approval review that nobody asked for."""
    by = source.subagent if isinstance(source, Facts) else None
    facts = Facts(other=by) if isinstance(by, str) else by
    if thread_source == "guardian_review" or (facts is not None and facts.other in {"guardian", "review"}):
        return Facts(agent_role=(facts.other if facts else None) or "guardian"), RunKind.REVIEW
    if facts is None:
        return Facts(), RunKind.MAIN
    return facts.thread_spawn or Facts(agent_role=facts.other), RunKind.SUBAGENT


def started(item: Facts | None, call: str | None, thread: str | None) -> tuple[str, str]:
    """The call that started a thread, and the thread, as an event tells them; both empty when it tells no start.

    Three generations: an event of its own with the call and the thread, an item of the tool's call, and
    an item of the subagent's activity.
    """
    if item is not None and item.tool == "spawn_agent" and item.receiver_thread_ids:
        call, thread = item.id, item.receiver_thread_ids[0]
    elif item is not None and item.kind == "started":
        call, thread = item.id, item.agent_thread_id
    return (call, thread) if call and thread else ("", "")
