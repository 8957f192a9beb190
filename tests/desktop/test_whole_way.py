"""From an agent's hooks to a person's answer and back: the real app on a real desktop, and real hooks' inputs."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from desktop.conftest import Start
from desktop.meter import Meter
from desktop.session import Desktop, until

from taximeter.guard import hook_client
from taximeter.guard.doorbell import ring
from taximeter.host.paths import find_paths, socket_path
from taximeter.ledger.opening import open_reading
from taximeter.ledger.queries_questions import questions

pytestmark = pytest.mark.desktop
LAUNCH = Path(__file__).parents[1] / "fixtures" / "hooks" / "launches" / "claude-parallel"
TITLE = "4 agents are about to start.*"
SETTINGS = "[question.thresholds]\ncold_agents = 3\n"


class Agent:
    """Plays the agent of a recorded launch: four calls at once, each with a hook process of its own."""

    def __init__(self, home: Path) -> None:
        self.paths = find_paths(os.environ, home)
        self.door = socket_path(self.paths)
        self.transcript = home / "transcript.jsonl"
        self.hooks: list[subprocess.Popen[bytes]] = []

    def launch(self) -> None:
        """The reply is written, and the hooks start."""
        self.transcript.write_bytes(LAUNCH.with_name(f"{LAUNCH.name}.transcript.jsonl").read_bytes())
        for frame in json.loads(LAUNCH.with_suffix(".json").read_text(encoding="utf-8")):
            if frame["event"] == "PreToolUse":
                told = json.dumps({**frame["input"], "transcript_path": str(self.transcript)}).encode()
                command = [
                    sys.executable,
                    "-I",
                    "-S",
                    hook_client.__file__,
                    str(self.door),
                    frame["agent"],
                    frame["event"],
                ]
                hook = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE)
                assert hook.stdin is not None
                hook.stdin.write(told)
                hook.stdin.close()
                hook.stdin = None
                self.hooks.append(hook)

    def answers(self) -> list[str]:
        """What each hook printed, as the decision it says; empty where it lets the call go."""
        ended = [hook.communicate(timeout=20)[0] for hook in self.hooks]
        assert all(hook.returncode == 0 for hook in self.hooks)
        return [json.loads(out)["hookSpecificOutput"]["permissionDecision"] if out else "" for out in ended]


@pytest.fixture
def agent(private_home: Path) -> Iterator[Agent]:
    playing = Agent(private_home)
    playing.paths.settings_file.parent.mkdir(parents=True, exist_ok=True)
    playing.paths.settings_file.write_text(SETTINGS, encoding="utf-8")
    yield playing
    for hook in playing.hooks:
        hook.kill()
        hook.communicate()


def asked(start: Start, desktop: Desktop, agent: Agent) -> Meter:
    """The app, whose question about the launch is open."""
    meter = start(desktop)
    until("an app that asks", lambda: (told := ring(agent.door, "mode")) and told.body == b"ask")
    agent.launch()
    meter.wait_for(TITLE)
    return meter


def press_until_gone(meter: Meter, *keys: str) -> None:
    """Go to the question and press; within its first second that does nothing."""
    meter.desktop.run("xdotool", "search", "--name", f"^{TITLE}$", "windowactivate", "--sync")
    meter.press(*keys[:-1])

    def gone() -> bool:
        meter.press(keys[-1])
        return meter.window(TITLE) is None

    until("the question gone", gone)


@pytest.mark.parametrize(
    ("keys", "denied", "verb"), [(("Tab", "Return"), 4, "stop"), (("Tab", "Tab", "Return"), 2, "limit")]
)
def test_what_a_person_answers_reaches_the_hooks_and_the_ledger(
    start: Start, desktop: Desktop, agent: Agent, keys: tuple[str, ...], denied: int, verb: str
) -> None:
    meter = asked(start, desktop, agent)
    assert all(hook.poll() is None for hook in agent.hooks)
    press_until_gone(meter, *keys)
    assert sorted(agent.answers()) == [""] * (4 - denied) + ["deny"] * denied
    file = agent.paths.data / "ledger.sqlite3"

    def kept() -> list[str]:
        ledger = open_reading(file)
        try:
            return [row.answer.value for row in questions(ledger) if row.answer]
        finally:
            ledger.close()

    assert until("the answer in the ledger", kept) == [verb]


def test_an_app_that_dies_while_it_asks_lets_the_launch_go_on(start: Start, desktop: Desktop, agent: Agent) -> None:
    meter = asked(start, desktop, agent)
    os.killpg(meter.process.pid, signal.SIGKILL)
    assert agent.answers() == [""] * 4
