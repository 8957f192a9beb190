"""The made-up work adds up, and what was asked about it was foreseen by the real rules from what was there before."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest
from agents.metering import dump, writer
from shipped_book import book

from taximeter.collect.demo import demo_readings
from taximeter.collect.demo_questions import put_demo_questions
from taximeter.domain.launch import Severity, Verb
from taximeter.ledger.opening import open_writing
from taximeter.ledger.queries_actual import actuals, scored
from taximeter.ledger.queries_noticed import noticed
from taximeter.ledger.queries_questions import questions, tally
from taximeter.ledger.writer import transaction

NOW = 1_795_430_000_000
"""2026-11-23T10:33Z, late in a month: there is less left of its budget than at its beginning."""


def fill(connection: sqlite3.Connection) -> None:
    writer(connection).apply(demo_readings(NOW))
    with transaction(connection):
        put_demo_questions(connection, NOW, book().price, book().currency)


@pytest.fixture
def ledger(tmp_path: Path) -> Iterator[sqlite3.Connection]:
    with closing(open_writing(tmp_path / "ledger.db")) as connection:
        fill(connection)
        yield connection


def test_the_same_moment_gives_the_same_work_and_the_same_questions(ledger: sqlite3.Connection, tmp_path: Path) -> None:
    with closing(open_writing(tmp_path / "again.db")) as again:
        fill(again)
        assert dump(again) == dump(ledger)


def test_every_answer_stands_in_the_log_and_only_where_it_was_asked(ledger: sqlite3.Connection) -> None:
    rows = questions(ledger, 200)
    assert {row.answer for row in rows} == {None, Verb.STOP, Verb.LIMIT, Verb.RUN}
    assert all(row.severity >= Severity.AMBER for row in rows if row.answer is not None)
    assert tally(ledger, 0).unanswered == 0


def test_each_launch_came_to_what_its_runs_cost(ledger: sqlite3.Connection) -> None:
    rows = questions(ledger, 200)
    came = actuals(ledger, rows, NOW)
    assert {len(came[row.id].runs) for row in rows if row.answer is Verb.STOP} == {0}
    assert all(len(came[row.id].runs) == row.launched for row in rows)
    runs = [run for one in came.values() for run in one.runs]
    assert len(runs) == len(set(runs))
    assert sum(came[row.id].going_on for row in rows) > 0


def test_forecasts_of_the_demo_can_be_scored(ledger: sqlite3.Connection) -> None:
    found = scored(ledger, NOW)
    assert len(found) >= 10
    assert any(one.range.p10 <= one.actual <= one.range.p90 for one in found)


def test_nothing_of_it_began_without_a_question(ledger: sqlite3.Connection) -> None:
    assert noticed(ledger, NOW) == ()
