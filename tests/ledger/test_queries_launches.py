"""A session's page tells its launches: what was foreseen of each, what was answered, and what it came to."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest
from ledger.launches import MINUTE, NOW, asked, foreseen, spend

from taximeter.domain.launch import Answer, Severity, Spread, Verb
from taximeter.domain.reading import RunEnd
from taximeter.ledger.opening import open_writing
from taximeter.ledger.queries_breakdown import breakdown
from taximeter.ledger.queries_launches import launches_of, running_launch
from taximeter.ledger.questions import put_answer, put_question
from taximeter.ledger.readmodels import LaunchRow

ASKED = NOW - 60 * MINUTE


@pytest.fixture
def ledger(tmp_path: Path) -> Iterator[sqlite3.Connection]:
    with closing(open_writing(tmp_path / "ledger.db")) as connection:
        yield connection


def launch(ledger: sqlite3.Connection, now: int = NOW) -> LaunchRow:
    return launches_of(ledger, "one", "s", now)[0]


def run_two(ledger: sqlite3.Connection, each: int, **more: Any) -> None:
    for number in (1, 2):
        spend(ledger, f"r{number}", each, start=ASKED + number * 1_000, call=f"c{number}", launch="m", **more)


@pytest.mark.parametrize(("each", "place"), [(10, -1), (50, 0), (100, 0), (150, 1)])
def test_a_launch_that_is_over_is_below_inside_or_above_its_range(
    ledger: sqlite3.Connection, each: int, place: int
) -> None:
    put_question(ledger, asked("q1", ASKED, "c1", "c2"))
    run_two(ledger, each)
    found = launch(ledger)
    assert (found.told, found.runs, found.actual, found.place) == (Spread(50, 100, 200), 2, 2 * each, place)


def test_the_part_for_reading_the_results_is_not_held_against_the_agents(ledger: sqlite3.Connection) -> None:
    put_question(ledger, asked("q1", ASKED, "c1", "c2")._replace(reading=20))
    run_two(ledger, 95)
    assert launch(ledger).place == 1


def test_while_it_runs_only_the_upper_end_can_be_passed(ledger: sqlite3.Connection) -> None:
    put_question(ledger, asked("q1", ASKED, "c1", "c2"))
    run_two(ledger, 10, end=RunEnd.RUNS, told_at=ASKED + MINUTE)
    now = ASKED + 2 * MINUTE
    found = launch(ledger, now)
    assert (found.going_on, found.actual, found.place) == (2, 20, None)
    assert running_launch(ledger, "one", "s", now) == found
    assert running_launch(ledger, "one", "s", NOW) is None


def test_a_stopped_launch_is_held_against_nothing(ledger: sqlite3.Connection) -> None:
    put_question(ledger, asked("q1", ASKED, "c1", "c2"))
    put_answer(ledger, "q1", Answer(Verb.STOP), ASKED + 1_000)
    found = launch(ledger)
    assert (found.answer, found.launched, found.runs, found.actual, found.place) == (Verb.STOP, 0, 0, None, None)


def test_a_limited_launch_is_held_against_what_was_told_for_those_that_might_run(ledger: sqlite3.Connection) -> None:
    put_question(ledger, asked("q1", ASKED, "c1", agents=4))
    put_answer(ledger, "q1", Answer(Verb.LIMIT, 1), ASKED + 1_000, foreseen(1, 30))
    spend(ledger, "r1", 40, start=ASKED + 2_000, call="c1", launch="m")
    found = launch(ledger)
    assert (found.agents, found.launched, found.told, found.place) == (4, 1, Spread(15, 30, 60), 0)


def test_a_killed_or_missing_run_leaves_nothing_to_be_held_against(ledger: sqlite3.Connection) -> None:
    put_question(ledger, asked("q1", ASKED, "c1", "c2"))
    spend(ledger, "r1", 60, start=ASKED + 1_000, call="c1", launch="m")
    assert launch(ledger).place is None
    spend(ledger, "r2", 60, start=ASKED + 1_000, call="c2", launch="m", end=RunEnd.KILLED, told_at=ASKED + MINUTE)
    assert (launch(ledger).killed, launch(ledger).place) == (1, None)


def test_without_a_basis_there_is_only_the_floor(ledger: sqlite3.Connection) -> None:
    put_question(ledger, asked("q1", ASKED, "c1", "c2", middle=None, severity=Severity.SILENT))
    run_two(ledger, 60)
    found = launch(ledger)
    assert (found.told, found.floor, found.actual, found.place) == (None, 5, 120, None)


def test_the_newest_launch_is_first_and_a_page_has_them_only_where_it_is_told_the_time(
    ledger: sqlite3.Connection,
) -> None:
    spend(ledger, "s", 10, main=True)
    put_question(ledger, asked("q1", ASKED, agents=1))
    put_question(ledger, asked("q2", ASKED + MINUTE, agents=1))
    page, without = breakdown(ledger, "s", NOW), breakdown(ledger, "s")
    assert page is not None
    assert without is not None
    assert [one.id for one in page.launches] == ["q2", "q1"]
    assert without.launches == ()


def test_a_ledger_of_an_older_version_has_no_launches(ledger: sqlite3.Connection) -> None:
    spend(ledger, "s", 10, main=True)
    ledger.execute("DROP TABLE question")
    page = breakdown(ledger, "s", NOW)
    assert page is not None
    assert page.launches == ()
