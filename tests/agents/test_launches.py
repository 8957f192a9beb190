"""Runs that start together from one reply are one launch, whichever file is read first; and how a run ended."""

from __future__ import annotations

import shutil
from collections.abc import Sequence
from itertools import permutations
from pathlib import Path
from typing import Any

import pytest
from agents.lines import (
    AGENT,
    CHILD,
    SESSION,
    THREAD,
    Record,
    answer,
    count,
    launch,
    launched,
    meta,
    spawn_event,
    sums,
    turn,
    turn_event,
    typed,
    usage,
)
from agents.metering import NOW, PROJECT, Meter, open_meter, picture
from shipped_book import book

from taximeter.domain.reading import RunEnd
from taximeter.domain.usage import Mark
from taximeter.ledger.queries_history import observations

RECORDED = Path(__file__).parents[1] / "fixtures" / "recorded"
OTHER = "b52d18cf9e63a0b24"
STARTS = "SELECT run.name, c.call, c.launch FROM run LEFT JOIN call c ON c.agent = run.agent AND c.name = run.call"
DESCRIBED = b'{"agentType":"Explore","description":"Look","toolUseId":"toolu_%d","finished":true}'


def starts(meter: Meter) -> dict[str, tuple[str, str]]:
    """Of each subagent's run the call and the launch that it meets."""
    return {row[0]: row[1:] for row in meter.connection.execute(f"{STARTS} WHERE kind = 'subagent'")}


def ends(meter: Meter) -> dict[str, RunEnd]:
    """How each run stands, as told."""
    return {name: RunEnd(end) for name, end in meter.connection.execute("SELECT name, told_end FROM run")}


@pytest.mark.parametrize(
    ("run", "agents", "launches"),
    [("claude/allow", 4, 1), ("claude/ultra", 4, 1), ("codex/first", 4, 1), ("codex/v2", 2, 1)],
)
def test_recorded_agents_of_one_reply_are_one_launch_that_ended(
    meter: Meter, run: str, agents: int, launches: int
) -> None:
    shutil.copytree(RECORDED / run / "home", meter.home, dirs_exist_ok=True)
    meter.index()
    found = starts(meter)
    assert len(found) == agents
    assert len({launch for _, launch in found.values()}) == launches
    assert len({call for call, _ in found.values()}) == (1 if run == "claude/ultra" else agents)
    assert {ends(meter)[name] for name in found} == {RunEnd.FINISHED}


@pytest.mark.parametrize(("run", "agents"), [("claude/allow", 4), ("codex/first", 4), ("codex/v2", 2)])
def test_history_holds_each_recorded_run_with_its_own_requests_alone(meter: Meter, run: str, agents: int) -> None:
    shutil.copytree(RECORDED / run / "home", meter.home, dirs_exist_ok=True)
    meter.index()
    *started, main = observations(meter.connection, NOW, book().price)
    assert len(started) == agents
    assert len({seen.cost for seen in started}) == len({seen.launch for seen in started}) == 1
    assert started[0].cost > 0
    assert (main.type, main.launch, main.cost) == ("main", "", started[0].cost * len(meter.bills()) - sum(
        seen.cost for seen in started))  # fmt: skip


def test_recorded_calls_that_were_denied_start_no_run(meter: Meter) -> None:
    shutil.copytree(RECORDED / "claude/deny/home", meter.home, dirs_exist_ok=True)
    meter.index()
    assert starts(meter) == {}
    assert meter.one("SELECT count(*), count(DISTINCT launch) FROM call") == (2, 1)


def new_version(meter: Meter) -> list[tuple[str, Any]]:
    """Two agents of one reply, each described beside its file."""
    reply = [answer("msg_1", usage(5), stop="tool_use", content=[launch(f"toolu_{n}")]) for n in (1, 2)]
    files: list[tuple[str, Any]] = [(SESSION, reply)]
    for number, agent in ((1, AGENT), (2, OTHER)):
        inner = answer(f"msg_of_{agent}", usage(7), agent=agent)
        files += [(f"{SESSION}/subagents/agent-{agent}", [inner]),
                  (f"{SESSION}/subagents/agent-{agent}.meta.json", DESCRIBED % number)]  # fmt: skip
    return files


def put(meter: Meter, file: tuple[str, Any]) -> None:
    path, content = file
    if isinstance(content, bytes):
        meter.write(f"{PROJECT}/{path}", content)
    else:
        meter.claude(path, *content)


def test_whichever_file_is_read_first_the_run_meets_its_launch(tmp_path: Path) -> None:
    pictures = []
    for number, order in enumerate(permutations(range(5))):
        folder = tmp_path / str(number)
        folder.mkdir()
        with open_meter(folder) as meter:
            files = new_version(meter)
            for place in order:
                put(meter, files[place])
                meter.index()
            pictures.append(picture(meter.connection))
            launches = {f"{SESSION}/{AGENT}": ("toolu_1", "msg_1"), f"{SESSION}/{OTHER}": ("toolu_2", "msg_1")}
            assert starts(meter) == launches
    assert all(each == pictures[0] for each in pictures)


@pytest.mark.parametrize("asynchronous", [False, True])
def test_an_older_version_names_the_call_in_its_result(meter: Meter, asynchronous: bool) -> None:
    said: Record = {"status": "async_launched", "isAsync": True} if asynchronous else {"totalToolUseCount": 2}
    calls = [launch(f"toolu_{n}") for n in (1, 2)]
    meter.claude(SESSION, answer("msg_1", usage(5), content=calls[:1]), answer("msg_1", usage(5), content=calls[1:]),
                 launched("toolu_2", OTHER, **said), launched("toolu_1", **said))  # fmt: skip
    meter.index()
    assert starts(meter) == {
        f"{SESSION}/{AGENT}": ("toolu_1", "msg_1"), f"{SESSION}/{OTHER}": ("toolu_2", "msg_1"),
    }  # fmt: skip
    expected = RunEnd.NOT_TOLD if asynchronous else RunEnd.FINISHED
    assert {ends(meter)[f"{SESSION}/{agent}"] for agent in (AGENT, OTHER)} == {expected}


def test_a_call_without_a_type_in_a_line_that_repeats_the_bill_is_seen(meter: Meter) -> None:
    plain = launch("toolu_2")
    plain["input"].pop("subagent_type")
    meter.claude(SESSION, answer("msg_1", usage(5), stop="tool_use"),
                 answer("msg_1", usage(5), stop="tool_use", content=[plain]))  # fmt: skip
    meter.index()
    assert meter.one("SELECT call, launch FROM call") == ("toolu_2", "msg_1")


NOTICE = ("<task-notification>\n<task-id>{}</task-id>\n<tool-use-id>toolu_1</tool-use-id>\n<status>{}</status>\n"
          '<summary>{} "look" ended</summary>\n</task-notification>')  # fmt: skip


@pytest.mark.parametrize(
    ("status", "told"), [("completed", RunEnd.FINISHED), ("killed", RunEnd.KILLED), ("running", RunEnd.NOT_TOLD)]
)
def test_a_notice_tells_how_a_run_in_the_background_ended(meter: Meter, status: str, told: RunEnd) -> None:
    meter.claude(f"{SESSION}/subagents/agent-{AGENT}", answer("msg_2", usage(7), agent=AGENT))
    meter.claude(SESSION, typed(NOTICE.format(AGENT, status, "Agent")), typed(NOTICE.format("b7", status, "Command")))
    meter.index()
    assert ends(meter) == {f"{SESSION}/{AGENT}": told}


def test_a_reply_that_calls_tools_goes_on(meter: Meter) -> None:
    meter.claude(SESSION, answer("msg_1", usage(5), stop="tool_use"), answer("msg_2", usage(6), request="r2"))
    meter.index()
    assert [bill.marks for bill in meter.bills()] == [Mark.GOES_ON, Mark.NONE]


def rollouts(meter: Meter, generation: int) -> Sequence[RunEnd]:
    """A thread whose first reply starts two agents and whose second starts one; how the three stand."""
    used = [sums(n * 100, 0, n) for n in range(1, 4)]
    events = [spawn_event(f"call_{n}", f"{CHILD}-{n}", generation) for n in range(3)]
    meter.codex(THREAD, meta(), turn(), count(used[0]), *events[:2], count(used[1]), events[2], count(used[2]))
    source = {"subagent": {"thread_spawn": {"parent_thread_id": THREAD, "depth": 1}}}
    last = ["task_complete", "turn_aborted", "task_started"]
    for n in range(3):
        meter.codex(f"{CHILD}-{n}", meta(f"{CHILD}-{n}", source=source), turn_event("task_started"), count(used[0]),
                    turn_event(last[n], at="2026-11-10T10:00:09.000Z"))  # fmt: skip
    meter.index()
    told = ends(meter)
    return [told[f"{CHILD}-{n}"] for n in range(3)]


@pytest.mark.parametrize("generation", [0, 1, 2])
def test_threads_started_between_two_bills_are_one_launch(meter: Meter, generation: int) -> None:
    assert rollouts(meter, generation) == [RunEnd.FINISHED, RunEnd.KILLED, RunEnd.RUNS]
    launches = {f"{CHILD}-{n}": (f"call_{n}", "call_0" if n < 2 else "call_2") for n in range(3)}
    assert starts(meter) == launches


def test_the_history_that_a_fork_replays_starts_nothing(meter: Meter) -> None:
    meter.codex(CHILD, meta(CHILD, forked_from_id=THREAD), spawn_event("call_9", "old-child"), count(sums(9, 0, 1)))
    meter.index()
    assert meter.one("SELECT count(*) FROM call") == (0,)
