"""A program for the desktop tests: a line to type in, then a question over it; it says what is answered and typed."""

from __future__ import annotations

import sys
import time
from dataclasses import replace

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QLineEdit
from ui.asked import AMBER, RED, grown
from ui.made_up import FIGURES, desk

from taximeter.domain.launch import Answer, Question
from taximeter.ui.app import make_application
from taximeter.ui.bridge import Bridge
from taximeter.ui.desk import QuestionsChanged
from taximeter.ui.questions import Questions

EDITOR = "Somebody types here"


def say(*words: object) -> None:
    """A line for the test that waits for it."""
    sys.stdout.write(" ".join(map(str, words)) + "\n")
    sys.stdout.flush()


def edit() -> None:
    """A window in which somebody types, in a process of its own as an editor is."""
    app = make_application(["editor"])
    line = QLineEdit()
    line.setWindowTitle(EDITOR)
    line.textChanged.connect(lambda text: say("typed", text))
    line.show()
    line.activateWindow()
    app.exec()


def ask(what: Question) -> None:
    """A question of a minute, which grows once."""
    app = make_application(["asking"])

    def now() -> int:
        return time.time_ns() // 1_000_000

    def answered(name: str, answer: Answer) -> None:
        say("answered", answer.verb, answer.by)
        bridge.post(QuestionsChanged((), ((name, answer),)))  # as the guard does

    desk_ = replace(desk(), now=now, answer=answered)
    bridge = Bridge(desk_.submit)
    questions = Questions(desk_, bridge, FIGURES, bridge)
    bridge.question_wanted.connect(questions.open)
    question = replace(what, asked_at=now(), ends_at=now() + 60_000)
    QTimer.singleShot(0, lambda: questions.show_changes(QuestionsChanged((question,))))
    QTimer.singleShot(600, lambda: questions.show_changes(QuestionsChanged((grown(question, 9),))))
    app.exec()


if __name__ == "__main__":
    edit() if sys.argv[1:] == ["edit"] else ask(RED if sys.argv[1:] == ["red"] else AMBER)
