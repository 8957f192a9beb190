"""What real agents sent while they started four subagents, in the order and with the transcript as it then stood."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from guard.callers import Caller, Scene

from taximeter.domain.launch import Answer, Verb

LAUNCHES = Path(__file__).parents[1] / "fixtures" / "hooks" / "launches"
CLAUDE = ("claude-parallel", "claude-limit", "claude-slow-stream")
CODEX = ("codex-first", "codex-second")


class Play:
    """Plays a recording to a gate, as far as its agent would have gone."""

    def __init__(self, scene: Scene, name: str) -> None:
        self.scene = scene
        self.frames: list[dict[str, Any]] = json.loads((LAUNCHES / f"{name}.json").read_text(encoding="utf-8"))
        self.lines = (LAUNCHES / f"{name}.transcript.jsonl").read_text(encoding="utf-8").splitlines(keepends=True)

    def ask(self, frame: dict[str, Any]) -> Caller:
        """The hook of one frame calls."""
        self.write(frame["lines"])
        raw = json.dumps({**frame["input"], "transcript_path": str(self.scene.transcript)}).encode()
        caller = Caller()
        self.scene.callers.append(caller)
        self.scene.gate.ask(caller.visitor, frame["agent"], frame["event"], 1, raw)
        if self.scene.gate.due() == 0:
            self.scene.gate.tick()
        return caller

    def write(self, lines: int) -> None:
        """The transcript stands as it did then."""
        self.scene.transcript.write_text("".join(self.lines[:lines]), encoding="utf-8")

    @property
    def prompt(self) -> dict[str, Any]:
        """The person's prompt, which comes first."""
        return self.frames[0]

    @property
    def calls(self) -> Iterator[dict[str, Any]]:
        """The four calls, in order."""
        return (frame for frame in self.frames if frame["event"] == "PreToolUse")


@pytest.fixture
def play(scene: Scene, request: pytest.FixtureRequest) -> Play:
    made = Play(scene, request.param)
    assert made.ask(made.prompt).went_on
    return made


@pytest.mark.parametrize("play", CLAUDE, indirect=True)
@pytest.mark.parametrize(
    ("answer", "go_on"), [(Answer(Verb.STOP), 0), (Answer(Verb.LIMIT, 2), 2), (Answer(Verb.RUN), 4)]
)
def test_four_calls_at_once_are_one_question(scene: Scene, play: Play, answer: Answer, go_on: int) -> None:
    callers = [play.ask(frame) for frame in play.calls]
    scene.settle()
    assert [one.agents for one in scene.told.questions] == [4]
    play.write(len(play.lines))
    scene.look()
    (question,) = scene.told.questions
    assert (question.agents, question.counting, len({record.question.id for record in scene.told.records})) == (
        4,
        False,
        1,
    )
    scene.gate.answer(question.id, answer)
    assert [caller.went_on for caller in callers] == [True] * go_on + [False] * (4 - go_on)
    assert scene.told.questions == ()


@pytest.mark.parametrize("play", ["claude-slow-stream"], indirect=True)
def test_a_slow_reply_is_asked_about_while_its_calls_still_come(scene: Scene, play: Play) -> None:
    calls = list(play.calls)
    assert calls[-1]["after_ms"] - calls[0]["after_ms"] > 2_000
    callers = [play.ask(frame) for frame in calls[:3]]
    scene.settle()
    assert [(one.agents, one.counting) for one in scene.told.questions] == [(3, True)]
    callers.append(play.ask(calls[3]))
    assert [one.agents for one in scene.told.questions] == [4]
    assert len({record.question.id for record in scene.told.records}) == 1
    scene.gate.answer(scene.told.questions[0].id, Answer(Verb.STOP))
    assert not any(caller.went_on for caller in callers)


@pytest.mark.parametrize("play", CODEX, indirect=True)
@pytest.mark.parametrize(
    ("answer", "go_on"), [(Answer(Verb.STOP), 0), (Answer(Verb.LIMIT, 2), 2), (Answer(Verb.RUN), 4)]
)
def test_calls_one_after_another_are_one_question_at_the_first(
    scene: Scene, play: Play, answer: Answer, go_on: int
) -> None:
    calls = list(play.calls)
    first = play.ask(calls[0])
    (question,) = scene.told.questions
    assert (question.agents, question.counting) == (4, False)
    scene.gate.answer(question.id, answer)
    later = [play.ask(frame).went_on for frame in calls[1:]]
    assert [first.went_on, *later] == [True] * go_on + [False] * (4 - go_on)
    assert len(scene.told.shown) == 2


@pytest.mark.parametrize("play", ["codex-first", "claude-limit", "claude-slow-stream"], indirect=True)
def test_prompts_of_subagents_and_results_that_come_back_are_not_asked_about(scene: Scene, play: Play) -> None:
    others = [frame for frame in play.frames[1:] if frame["event"] == "UserPromptSubmit"]
    assert len(others) == 2
    assert all(play.ask(frame).went_on for frame in others)
    assert scene.told.shown == []
    assert scene.told.odd == []
