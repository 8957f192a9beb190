"""What transcripts say of the agents that were started: by which call, in which reply, and how they ended.

The call stands in the starter's transcript, the run in a file of its own. They meet by the call's id,
which new versions note beside the run (``agent-*.meta.json``) and old ones in the call's result; runs
of a workflow meet its call by the workflow's id, which is the name of their folder.
"""

from __future__ import annotations

from pathlib import PurePath
from re import compile as pattern

import msgspec

from taximeter.agents.records import decoded, line_spans
from taximeter.domain.reading import CallSeen, Reading, RunEnd, RunSeen
from taximeter.domain.usage import RunKind

Open = dict[str, tuple[str, str, str]]
"""Calls whose result has not come yet, by id: the type of agent, what it is to do, and the reply that made it."""

_CALL = pattern(rb'"name":"(?:Agent|Task|Workflow)"')
NOTICE = b'"type":"user","message":{"role":"user","content":"<task-notification>'
"""How a line goes on that tells the end of a run in the background, from its type on."""
_TOOL = b'"type":"tool_use"'
_NOTICED = pattern(rb"<task-id>([\w-]+)</task-id>.*<status>(\w+)</status>.*<summary>Agent ")
_ENDS = {"completed": RunEnd.FINISHED, "failed": RunEnd.KILLED, "killed": RunEnd.KILLED, "stopped": RunEnd.KILLED}


class Said(msgspec.Struct):
    """What a call, its input, its result or a description file says of a subagent's run."""

    type: str | None = None
    id: str | None = None
    tool_use_id: str | None = None
    name: str | None = None
    input: msgspec.Raw = msgspec.Raw()
    status: str | None = None
    agent_id: str | None = msgspec.field(default=None, name="agentId")
    agent_type: str | None = msgspec.field(default=None, name="agentType")
    run_id: str | None = msgspec.field(default=None, name="runId")
    call: str | None = msgspec.field(default=None, name="toolUseId")
    finished: bool | None = None
    subagent_type: str | None = None
    description: str | None = None


_said = msgspec.json.Decoder(Said)
_blocks = msgspec.json.Decoder(list[Said])


def calls_agents(chunk: bytes, begin: int, end: int) -> bool:
    """Whether a line may hold a call that starts agents; a tool's name stands right behind what it is."""
    at = chunk.find(_TOOL, begin, end)
    while at >= 0:
        if _CALL.search(chunk, at, at + 128):
            return True
        at = chunk.find(_TOOL, at + len(_TOOL), end)
    return False


class Starts:
    """What one chunk says of starts; ``open`` is carried from chunk to chunk."""

    def __init__(self, reading: Reading, path: str, carried: Open) -> None:
        self.open = carried
        self._reading = reading
        self._path = path
        self.workflow = self._parts[-2] if "workflows" in path and self._parts[-3:-2] == ("workflows",) else ""
        """The workflow that the file's run belongs to, empty when it belongs to none."""

    @property
    def _parts(self) -> tuple[str, ...]:
        return PurePath(self._path).parts

    def answers(self, chunk: bytes, begin: int, end: int) -> bool:
        """Whether what was said to the model is the result of an open call."""
        return any(chunk.find(call.encode(), begin, end) >= 0 for call in self.open)

    def called(self, reply: str | None, content: msgspec.Raw) -> None:
        """Note the calls of a reply that start agents."""
        for block in decoded(_blocks, content, self._reading, "unexpected shape of a launch") or ():
            if block.type == "tool_use" and block.id and block.name in {"Task", "Agent", "Workflow"}:
                said = decoded(_said, block.input, self._reading, "") or Said()
                launch = reply or block.id
                self.open[block.id] = (said.subagent_type or "", said.description or "", launch)
                self._reading.note_call(CallSeen(block.id, block.id, launch))

    def answered(self, session: str, content: msgspec.Raw, result: msgspec.Raw, at: int | None) -> None:
        """Take in a call's result. An older version tells a run's type only so: the call's words, the result's run."""
        if bytes(content).startswith(b'"<task-notification>'):
            self._noticed(session, bytes(content), at)
            return
        blocks = decoded(_blocks, content, self._reading, "")
        call = next((block.tool_use_id for block in blocks or () if block.tool_use_id), "") or ""
        kind, label, launch = self.open.pop(call, ("", "", ""))
        said = decoded(_said, result, self._reading, "")
        if said is None:
            return
        if said.run_id and launch:
            self._reading.note_call(CallSeen(said.run_id, call, launch))
        if said.agent_id:
            end = _ENDS.get(said.status or "", RunEnd.NOT_TOLD)
            told_at = at if end and at is not None else 0
            run = self._run(session, said.agent_id)
            self._reading.note_run(run._replace(type=said.agent_type or kind, label=label, call=call, end=end,
                                                told_at=told_at))  # fmt: skip

    def _noticed(self, session: str, content: bytes, at: int | None) -> None:
        found = _NOTICED.search(content)
        end = _ENDS.get(found[2].decode()) if found else None
        if found and end is not None and at is not None:
            self._reading.note_run(self._run(session, found[1].decode())._replace(end=end, told_at=at))

    def described(self, chunk: bytes) -> None:
        """Take in an ``agent-*.meta.json``, which says what kind of run the file beside it holds."""
        said = decoded(_said, chunk, self._reading, "unexpected shape of a subagent's description")
        if said is not None and "subagents" in self._parts:
            agent = self._parts[-1].removeprefix("agent-").removesuffix(".meta.json")
            end = RunEnd.FINISHED if said.finished else RunEnd.NOT_TOLD
            run = self._run(self._session(), agent)
            self._reading.note_run(run._replace(
                type=said.agent_type or "", label=said.description or "", call=said.call or self.workflow,
                launch=self.workflow, end=end,
            ))  # fmt: skip

    def kept_by_workflow(self, chunk: bytes) -> None:
        """Take in a workflow's journal, which says which of its runs came to an end."""
        for begin, end in line_spans(chunk, self._reading):
            said = decoded(_said, chunk[begin:end], self._reading, "")
            if said is not None and said.type == "result" and said.agent_id:
                self._reading.note_run(self._run(self._session(), said.agent_id)._replace(end=RunEnd.FINISHED))

    def _session(self) -> str:
        return self._parts[self._parts.index("subagents") - 1]

    def _run(self, session: str, agent: str) -> RunSeen:
        return RunSeen(f"{session}/{agent}", session, session, RunKind.SUBAGENT)
