"""Agents that a script starts side by side: counted by their processes before the first of them asks its model."""

from __future__ import annotations

import os
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from guard.callers import Scene, hook_input

from taximeter.domain.launch import Answer, Source, Verb
from taximeter.guard import hook_client
from taximeter.guard.doorbell import Doorbell
from taximeter.guard.doorkeeper import Doorkeeper
from taximeter.guard.processes import party_of

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="neighbouring processes are looked for on Linux")
AGENT = """#!/bin/sh
# Stands in for an agent without a screen: runs its prompt hook, and says whether it went on.
answer=$({python} -I -S {client} {door} claude-code UserPromptSubmit < "$INPUTS/$2.json")
[ -n "$answer" ] && echo "stopped $2" || echo "went on $2"
"""


@pytest.fixture
def agents(scene: Scene, tmp_path: Path) -> Iterator[Path]:
    """A folder with the stand-in and its inputs, and a door to ask at."""
    program = tmp_path / "claude"
    words = {"python": sys.executable, "client": hook_client.__file__, "door": tmp_path / "door.sock"}
    program.write_text(AGENT.format(**words), encoding="utf-8")
    program.chmod(0o755)
    for number in range(1, 6):
        told = hook_input("claude/allow-UserPromptSubmit", session_id=f"s{number}", prompt_id=f"p{number}", cwd="/repo")
        (tmp_path / f"{number}.json").write_bytes(told)
    bell = Doorbell(tmp_path / "door.sock", Doorkeeper(scene.gate, scene.pause, lambda _: False))
    bell.start()
    yield tmp_path
    bell.stop()


def script(folder: Path, text: str) -> subprocess.Popen[str]:
    """A script of its own session, as a terminal starts one."""
    env = {**os.environ, "PATH": f"{folder}:{os.environ['PATH']}", "INPUTS": str(folder)}
    return subprocess.Popen(["sh", "-c", text], env=env, stdout=subprocess.PIPE, text=True, start_new_session=True)


def until_asked(scene: Scene) -> None:
    end = time.monotonic() + 10
    while not scene.told.questions:
        assert time.monotonic() < end
        time.sleep(0.01)


@pytest.mark.parametrize(
    ("answer", "went_on"), [(Answer(Verb.STOP), 0), (Answer(Verb.LIMIT, 2), 2), (Answer(Verb.RUN), 3)]
)
def test_a_loop_of_processes_is_one_question_before_any_of_them_runs(
    scene: Scene, agents: Path, answer: Answer, went_on: int
) -> None:
    loop = script(agents, "for i in 1 2 3; do claude -p $i & done; wait")
    until_asked(scene)
    question = scene.told.questions[0]
    assert (question.agents, question.source, question.already) == (3, Source.LOOP, 0)
    time.sleep(0.5)
    assert len(scene.told.questions) == 1
    scene.gate.answer(question.id, answer)
    out, _ = loop.communicate(timeout=20)
    assert out.count("went on") == went_on
    assert out.count("stopped") == 3 - went_on


def test_one_process_alone_is_nobodys_business(scene: Scene, agents: Path) -> None:
    scene.judge.asks_from = 1
    assert script(agents, "claude -p 1").communicate(timeout=20)[0] == "went on 1\n"
    assert scene.told.records == []


def test_two_one_after_another_are_somebody_at_a_terminal(scene: Scene, agents: Path) -> None:
    scene.judge.asks_from = 1
    out, _ = script(agents, "claude -p 1; claude -p 2; true").communicate(timeout=20)
    assert out == "went on 1\nwent on 2\n"


def test_processes_one_after_another_add_up(scene: Scene, agents: Path) -> None:
    loop = script(agents, "claude -p 1; claude -p 2; claude -p 3; true")
    until_asked(scene)
    assert (scene.told.questions[0].agents, scene.told.questions[0].already) == (3, 2)
    scene.gate.answer(scene.told.questions[0].id, Answer(Verb.STOP))
    assert loop.communicate(timeout=20)[0].split("\n")[:3] == ["went on 1", "went on 2", "stopped 3"]


def test_processes_that_a_shell_tool_starts_were_asked_about_there(scene: Scene, agents: Path) -> None:
    held = scene.call(9, source="claude/bashp-PreToolUse", cwd="/repo")
    scene.gate.answer(scene.told.questions[0].id, Answer(Verb.RUN))
    assert held.went_on
    out, _ = script(agents, "for i in 1 2 3 4; do claude -p $i & done; wait").communicate(timeout=20)
    assert out.count("went on") == 4
    assert scene.told.questions == ()
    launch = scene.told.records[0].question.id
    assert sorted(scene.told.belonging) == [(launch, f"s{number}") for number in (1, 2, 3, 4)]


def test_another_session_of_the_system_is_another_party(agents: Path) -> None:
    one, two = (script(agents, "echo; exec sleep 30") for _ in range(2))
    for process in (one, two):
        while not Path(f"/proc/{process.pid}/cmdline").read_bytes().startswith(b"sleep"):
            time.sleep(0.01)
    parties = {party_of(one.pid, ("sleep",)), party_of(two.pid, ("sleep",))}
    for process in (one, two):
        process.kill()
        process.communicate()
    assert parties == {(one.pid, 1), (two.pid, 1)}
    assert party_of(2**22 + 1, ("x",)).id == 0
