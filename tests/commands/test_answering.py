"""A question is answered on the command line as in the window; what cannot be answered is told plainly."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest
from ledger.launches import asked

from taximeter.domain.launch import Answer, Severity, Verb
from taximeter.ledger.opening import open_writing
from taximeter.ledger.questions import put_answer, put_question


class Door:
    """A running app: says yes to what it is told to, and keeps the words."""

    def __init__(self, *, says: bool | None = True) -> None:
        self.says = says
        self.words: list[tuple[str, ...]] = []

    def __call__(self, *words: str) -> bool | None:
        self.words.append(words)
        return self.says


@pytest.fixture
def ask(ledger: Path, now: int) -> Callable[..., None]:
    """Writes a question down as the running app does."""

    def put(id: str, answer: Answer | None = None, **more: Any) -> None:
        with closing(open_writing(ledger)) as connection:
            put_question(connection, asked(id, more.pop("at", now - 20_000), agents=4, **more))
            if answer is not None:
                put_answer(connection, id, answer, now - 5_000)

    return put


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("stop",), ("stop",)), (("run",), ("run",)), (("limit", "2"), ("limit", "2")),
        (("run", "--session"), ("run", "session")), (("limit", "2", "--session"), ("limit", "2", "session")),
    ],
)  # fmt: skip
def test_the_running_app_is_told(words: tuple[str, ...], said: tuple[str, ...], run: Any, ask: Any) -> None:
    ask("ab2cd")
    door = Door()
    ran = run("guard", "answer", "ab2cd", *words, door=door)
    assert (ran.code, ran.err) == (0, "")
    assert ran.out.startswith(f"Answered ab2cd: {' '.join(words).removesuffix(' --session')}.")
    assert door.words == [("answer", "ab2cd", *said)]


def test_the_beginning_of_an_open_question_is_enough(run: Any, ask: Any) -> None:
    ask("ab2cd")
    ask("ab9zz", Answer(Verb.RUN))
    ask("ab3zz", severity=Severity.NOTICE)
    ask("ab4zz", mode="observe")
    door = Door()
    run("guard", "answer", "AB", "stop", door=door)
    assert door.words == [("answer", "ab2cd", "stop")]
    ask("ab5xy")
    ran = run("guard", "answer", "ab", "stop", door=door)
    assert ran.code == 2
    assert "ab2cd" in ran.err
    assert "ab5xy" in ran.err
    assert len(door.words) == 1


def test_one_that_the_ledger_does_not_have_yet_is_handed_on(run: Any) -> None:
    door = Door()
    assert run("guard", "answer", "zz9zz", "run", door=door, ledger=Path("nowhere")).code == 0
    assert door.words == [("answer", "zz9zz", "run")]


@pytest.mark.parametrize(
    ("answer", "why"),
    [(Answer(Verb.STOP), "It was answered: stop."), (Answer(Verb.EXPIRED, 0, "default"), "its default was applied.")],
)
def test_one_that_is_not_open_any_more_says_why(answer: Answer, why: str, run: Any, ask: Any) -> None:
    ask("ab2cd", answer)
    ran = run("guard", "answer", "ab2cd", "run", door=Door(says=False))
    assert ran.code == 69
    assert "not open any more" in ran.err
    assert why in ran.err


def test_one_that_never_was_is_wrong_use(run: Any) -> None:
    assert run("guard", "answer", "zz9zz", "run", door=Door(says=False)).code == 2


def test_without_a_running_app_nothing_can_be_answered(run: Any, ask: Any) -> None:
    ask("ab2cd")
    for words in (("answer", "ab2cd", "run"), ("pause",), ("pause", "--off"), ("resume",)):
        ran = run("guard", *words)
        assert ran.code == 69
        assert "No Taximeter is running" in ran.err


@pytest.mark.parametrize(
    "words", [("limit",), ("limit", "0"), ("stop", "3"), ("maybe",), ("limit", "10000"), ("limit", "x")]
)
def test_an_answer_that_means_nothing_is_wrong_use(words: tuple[str, ...], run: Any, ask: Any) -> None:
    ask("ab2cd")
    door = Door()
    assert run("guard", "answer", "ab2cd", *words, door=door).code == 2
    assert not door.words


def test_a_pause_has_a_length_and_an_end(run: Any) -> None:
    door = Door()
    assert run("guard", "pause", door=door).out == "Nothing is asked until 13:00.\n"
    assert run("guard", "pause", "15", door=door).out == "Nothing is asked until 12:15.\n"
    run("guard", "pause", "--off", door=door)
    assert run("guard", "resume", door=door).out == "Launches are asked about again.\n"
    assert door.words == [("pause", "60"), ("pause", "15"), ("resume",), ("resume",)]
    assert run("guard", "pause", "0", door=door).code == run("guard", "pause", "10081", door=door).code == 2
