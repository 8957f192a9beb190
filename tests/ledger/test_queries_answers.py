"""Earlier answers are read with what tells launches apart, and only those that a person gave."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest
from ledger.launches import DAY, NOW, asked

from taximeter.domain.answers import Answered
from taximeter.domain.launch import Answer, Rule, Severity, Verb
from taximeter.ledger.opening import open_writing
from taximeter.ledger.queries_answers import answered
from taximeter.ledger.questions import put_answer, put_question


@pytest.fixture
def ledger(tmp_path: Path) -> Iterator[sqlite3.Connection]:
    with closing(open_writing(tmp_path / "ledger.db")) as connection:
        yield connection


def put(ledger: sqlite3.Connection, id: str, answer: Answer, at: int = NOW, **more: object) -> None:
    put_question(ledger, asked(id, at, **more))  # type: ignore[arg-type]
    put_answer(ledger, id, answer, at + 5)


def test_the_oldest_answer_comes_first_whatever_the_ids_are(ledger: sqlite3.Connection) -> None:
    put(ledger, "c", Answer(Verb.RUN), NOW)
    put(ledger, "a", Answer(Verb.LIMIT, 1), NOW + 10)
    put(ledger, "b", Answer(Verb.STOP), NOW + 20)
    types = frozenset({"Explore"})
    assert answered(ledger, NOW) == tuple(
        Answered("one", types, Rule.LEFT, verb) for verb in (Verb.RUN, Verb.LIMIT, Verb.STOP)
    )
    assert [one.verb for one in answered(ledger, NOW + 1)] == [Verb.LIMIT, Verb.STOP]


def test_what_nobody_answered_is_left_out(ledger: sqlite3.Connection) -> None:
    put_question(ledger, asked("open", NOW))
    put(ledger, "late", Answer(Verb.EXPIRED, None, "default"))
    put(ledger, "company", Answer(Verb.RUN, by="policy"))
    put(ledger, "no rule", Answer(Verb.RUN), severity=Severity.SILENT)
    assert answered(ledger, NOW - DAY) == ()


def test_a_ledger_of_an_older_version_has_no_answers(ledger: sqlite3.Connection) -> None:
    ledger.execute("DROP TABLE question")
    assert answered(ledger, 0) == ()
