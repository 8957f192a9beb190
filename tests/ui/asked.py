"""Made-up questions for the tests, with the figures of the gallery's."""

from __future__ import annotations

from dataclasses import replace

from ui.made_up import NOW

from taximeter.domain.launch import Kind, Question
from taximeter.ui.figures import SECOND
from taximeter.ui.question_scenes import question_scenes

SCENES = {scene.name: scene.questions for scene in question_scenes(NOW, "claude-code")}
AMBER = SCENES["amber"][0]
RED = replace(SCENES["red"][0], id="red", project="ledger-api")
COLD = SCENES["no-basis"][0]
OFFER = SCENES["offer"][0]


def grown(question: Question, agents: int) -> Question:
    """The same question about more agents."""
    return replace(question, agents=agents, kinds=(Kind("reviewer", "opus", agents),))


class Clock:
    """A clock that the test moves."""

    def __init__(self) -> None:
        self.now = NOW

    def __call__(self) -> int:
        return self.now

    def forward(self, seconds: int) -> None:
        self.now += seconds * SECOND
