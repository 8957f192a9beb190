"""A launch is written down before it starts, and stays as it was foreseen."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest
from ledger.launches import DAY, NOW, asked, foreseen, spend

from taximeter.domain.launch import Answer, Rule, Severity, Spread, Verb
from taximeter.ledger.opening import open_writing
from taximeter.ledger.purging import Doomed, purge
from taximeter.ledger.queries_questions import question_named, questions, tally
from taximeter.ledger.questions import new_question_id, put_answer, put_calls, put_question


@pytest.fixture
def ledger(tmp_path: Path) -> Iterator[sqlite3.Connection]:
    with closing(open_writing(tmp_path / "ledger.db")) as connection:
        yield connection


def test_what_is_written_is_read(ledger: sqlite3.Connection) -> None:
    wrote = asked("abcde", NOW, "call-1", "call-2")
    put_question(ledger, wrote)
    (row,) = questions(ledger)
    assert (row.id, row.prompt, row.agent, row.session, row.project) == ("abcde", "p1", "one", "s", "shop")
    assert (row.source, row.kinds, row.agents, row.forecast) == (
        wrote.source, wrote.kinds, wrote.agents, wrote.forecast,
    )  # fmt: skip
    assert (row.severity, row.findings, row.fits) == (Severity.AMBER, wrote.verdict.findings, 1)
    assert (row.mode, row.asked_at, row.calls, row.baseline) == ("ask", NOW, ("call-1", "call-2"), 90)
    assert (row.book, row.currency, row.answer, row.allowed, row.answered_at) == ("b", "USD", None, None, 0)
    assert (row.rule, row.launched, row.scored_forecast) == (Rule.LEFT, 2, wrote.forecast)


def test_one_without_a_range_and_without_a_rule_is_read_so(ledger: sqlite3.Connection) -> None:
    put_question(ledger, asked("abcde", NOW, severity=Severity.SILENT, middle=None, baseline=None))
    (row,) = questions(ledger)
    assert (row.forecast.cost, row.forecast.floor, row.rule, row.findings, row.baseline) == (None, 5, None, (), None)


def test_an_open_one_grows_and_keeps_the_time_it_was_first_asked(ledger: sqlite3.Connection) -> None:
    put_question(ledger, asked("abcde", NOW, "call-1", agents=1))
    put_question(ledger, asked("abcde", NOW + 900, "call-1", "call-2", agents=2))
    (row,) = questions(ledger)
    assert (row.agents, row.calls, row.asked_at) == (2, ("call-1", "call-2"), NOW)


def test_an_answered_one_stays_as_it_was_foreseen(ledger: sqlite3.Connection) -> None:
    put_question(ledger, asked("abcde", NOW))
    assert put_answer(ledger, "abcde", Answer(Verb.RUN), NOW + 5)
    put_question(ledger, asked("abcde", NOW, agents=9, middle=900))
    (row,) = questions(ledger)
    assert (row.agents, row.forecast) == (2, foreseen(2))


def test_the_first_answer_holds(ledger: sqlite3.Connection) -> None:
    put_question(ledger, asked("abcde", NOW))
    assert put_answer(ledger, "abcde", Answer(Verb.STOP, by="command", for_session=True), NOW + 5)
    assert not put_answer(ledger, "abcde", Answer(Verb.RUN), NOW + 9)
    assert not put_answer(ledger, "other", Answer(Verb.RUN), NOW + 9)
    (row,) = questions(ledger)
    assert (row.answer, row.allowed, row.answered_by, row.for_session) == (Verb.STOP, 0, "command", True)
    assert row.answered_at == NOW + 5


@pytest.mark.parametrize(
    ("answer", "allowed"),
    [(Answer(Verb.RUN), 4), (Answer(Verb.LIMIT, 3), 3), (Answer(Verb.EXPIRED, 0, "default"), 0),
     (Answer(Verb.EXPIRED, None, "default"), 4)],
)  # fmt: skip
def test_an_answer_says_how_many_may_run(ledger: sqlite3.Connection, answer: Answer, allowed: int) -> None:
    put_question(ledger, asked("abcde", NOW, agents=4))
    put_answer(ledger, "abcde", answer, NOW)
    assert questions(ledger)[0].allowed == allowed


def test_a_limit_is_held_against_the_forecast_for_those_that_may_run(ledger: sqlite3.Connection) -> None:
    put_question(ledger, asked("abcde", NOW, agents=4))
    put_answer(ledger, "abcde", Answer(Verb.LIMIT, 3), NOW, foreseen(3, 70))
    (row,) = questions(ledger)
    assert (row.forecast, row.scored_forecast) == (foreseen(4), foreseen(3, 70))


def test_what_a_score_needs_is_kept_of_the_whole_and_of_those_that_may_run(ledger: sqlite3.Connection) -> None:
    whole, part = Spread(1, 2, 3), Spread(4, 5, 6)
    put_question(ledger, asked("abcde", NOW, agents=4)._replace(uncorrected=whole, reading=7))
    (row,) = questions(ledger)
    assert (row.uncorrected, row.reading) == (whole, 7)
    put_answer(ledger, "abcde", Answer(Verb.LIMIT, 3), NOW, foreseen(3), part, 8)
    (row,) = questions(ledger)
    assert (row.uncorrected, row.reading) == (part, 8)


def test_calls_are_added_to_an_answered_one_once_each(ledger: sqlite3.Connection) -> None:
    put_question(ledger, asked("abcde", NOW, "call-1"))
    put_answer(ledger, "abcde", Answer(Verb.RUN), NOW)
    put_calls(ledger, "abcde", ["call-2", "call-1"])
    put_calls(ledger, "other", ["call-2"])
    assert questions(ledger)[0].calls == ("call-1", "call-2")


def test_the_newest_come_first_and_as_many_as_are_asked_for(ledger: sqlite3.Connection) -> None:
    for number in range(5):
        put_question(ledger, asked(f"id-{number}", NOW + number))
    assert [row.id for row in questions(ledger, 2)] == ["id-4", "id-3"]
    assert [row.id for row in questions(ledger, since=NOW + 3)] == ["id-4", "id-3"]


def test_one_is_named_by_the_beginning_of_its_id_while_no_other_begins_so(ledger: sqlite3.Connection) -> None:
    for id in ("ab2", "ab234", "cd234"):
        put_question(ledger, asked(id, NOW))
    found = {text: question_named(ledger, text) for text in ("c", "ab", "ab2", "ab23", "x", "")}
    assert {text: row and row.id for text, row in found.items()} == {
        "c": "cd234", "ab": None, "ab2": "ab2", "ab23": "ab234", "x": None, "": None,
    }  # fmt: skip


def test_ids_are_short_and_not_used_twice(ledger: sqlite3.Connection) -> None:
    ids = {new_question_id(ledger) for _ in range(200)}
    assert {len(id) for id in ids} == {5}
    assert len(ids) > 190


def test_answers_are_counted_apart(ledger: sqlite3.Connection) -> None:
    def answered(id: str, *answer: Answer, severity: Severity = Severity.AMBER, mode: str = "ask") -> None:
        put_question(ledger, asked(id, NOW, severity=severity, mode=mode))
        for one in answer:
            put_answer(ledger, id, one, NOW)

    answered("1", severity=Severity.NOTICE)
    answered("2", mode="observe")
    answered("3", Answer(Verb.STOP))
    answered("4", Answer(Verb.EXPIRED, 0))
    answered("5", Answer(Verb.EXPIRED))
    answered("6", Answer(Verb.LIMIT, 1))
    answered("7", Answer(Verb.RUN))
    answered("8")
    put_question(ledger, asked("old", NOW - 9 * DAY))
    assert tally(ledger, NOW - DAY)._asdict() == {
        "launches": 8, "silent": 1, "observed": 1, "stopped": 2, "limited": 1, "run": 1, "expired": 1,
        "unanswered": 1, "days": 1,
    }  # fmt: skip


def test_questions_and_calls_of_purged_sessions_go_with_them(ledger: sqlite3.Connection) -> None:
    spend(ledger, "r1", 5, call="call-1", launch="m1")
    spend(ledger, "r2", 5, session="other", call="call-2", launch="m2", project="docs")
    put_question(ledger, asked("abcde", NOW))
    put_question(ledger, asked("fghij", NOW, session="other")._replace(project="docs"))
    put_question(ledger, asked("klmno", NOW - DAY, session="")._replace(project="docs"))
    purge(ledger, Doomed(project="shop"))
    assert [row.id for row in questions(ledger)] == ["fghij", "klmno"]
    purge(ledger, Doomed(before=NOW - 60 * 60_000))
    assert [row.id for row in questions(ledger)] == ["fghij"]
    assert ledger.execute("SELECT name FROM call").fetchall() == [("call-2",)]
