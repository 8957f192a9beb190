"""A launch is matched with the runs that it became, each run with one launch at most."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest
from ledger.launches import MINUTE, NOW, UNKNOWN, asked, foreseen, spend

from taximeter.domain.launch import Answer, Source, Verb
from taximeter.domain.reading import RunEnd
from taximeter.domain.usage import Mark, RunKind
from taximeter.ledger.opening import open_writing
from taximeter.ledger.queries_actual import Actual, actual, actuals, scored
from taximeter.ledger.queries_noticed import noticed
from taximeter.ledger.queries_questions import questions
from taximeter.ledger.questions import put_answer, put_question

ASKED = NOW - 60 * MINUTE


@pytest.fixture
def ledger(tmp_path: Path) -> Iterator[sqlite3.Connection]:
    with closing(open_writing(tmp_path / "ledger.db")) as connection:
        yield connection


def came_to(ledger: sqlite3.Connection, now: int = NOW) -> dict[str, tuple[set[str], int | None]]:
    found = actuals(ledger, questions(ledger), now)
    return {id: ({run.removeprefix("s/") for run in one.runs}, one.cost) for id, one in found.items()}


def test_runs_are_matched_by_the_calls_that_started_them(ledger: sqlite3.Connection) -> None:
    put_question(ledger, asked("q1", ASKED, "c1", "c2"))
    put_question(ledger, asked("q2", ASKED + 1_000, "c3", agents=1))
    for number, start in ((1, 9), (2, 8), (3, 7)):
        spend(ledger, f"r{number}", 10**number, start=ASKED + start * MINUTE, call=f"c{number}", launch="m")
    assert came_to(ledger) == {"q1": ({"r1", "r2"}, 110), "q2": ({"r3"}, 1_000)}


def test_where_no_log_names_the_call_the_newest_question_before_the_run_takes_it(ledger: sqlite3.Connection) -> None:
    put_question(ledger, asked("q1", ASKED))
    put_question(ledger, asked("q2", ASKED + 5 * MINUTE, agents=1))
    spend(ledger, "before", 1, start=ASKED - 1)
    spend(ledger, "r1", 10, start=ASKED + 1_000)
    spend(ledger, "r2", 100, start=ASKED + 5 * MINUTE + 1_000)
    spend(ledger, "r3", 1_000, start=ASKED + 6 * MINUTE)
    spend(ledger, "late", 1, start=ASKED + 16 * MINUTE)
    spend(ledger, "review", 1, start=ASKED + 1_000, kind=RunKind.REVIEW)
    assert came_to(ledger) == {"q1": ({"r1", "r3"}, 1_010), "q2": ({"r2"}, 100)}


def test_the_time_to_start_counts_from_the_answer(ledger: sqlite3.Connection) -> None:
    put_question(ledger, asked("q1", ASKED))
    put_answer(ledger, "q1", Answer(Verb.RUN), ASKED + 9 * MINUTE)
    spend(ledger, "r1", 10, start=ASKED + 15 * MINUTE)
    assert came_to(ledger) == {"q1": ({"r1"}, 10)}


def test_a_run_whose_call_was_not_asked_about_is_of_no_question_that_knows_its_calls(
    ledger: sqlite3.Connection,
) -> None:
    put_question(ledger, asked("q1", ASKED, "c1"))
    spend(ledger, "r9", 10, start=ASKED + 1_000, call="c9", launch="m")
    assert came_to(ledger) == {"q1": (set(), None)}


def test_a_stopped_launch_takes_no_run(ledger: sqlite3.Connection) -> None:
    put_question(ledger, asked("q1", ASKED))
    put_answer(ledger, "q1", Answer(Verb.STOP), ASKED)
    spend(ledger, "r1", 10, start=ASKED + 1_000)
    assert came_to(ledger) == {"q1": (set(), None)}


def test_a_workflow_takes_all_its_runs_however_many_were_foreseen(ledger: sqlite3.Connection) -> None:
    put_question(ledger, asked("q1", ASKED, agents=1, source=Source.WORKFLOW))
    for number in range(4):
        spend(ledger, f"r{number}", 10, start=ASKED + 1_000)
    assert came_to(ledger)["q1"][1] == 40


def test_separate_processes_are_matched_by_their_sessions(ledger: sqlite3.Connection) -> None:
    put_question(ledger, asked("q1", ASKED, "s1", "s2", source=Source.LOOP))
    for name in ("s1", "s2", "s3"):
        spend(ledger, name, 10, start=ASKED + 1_000, main=True)
    spend(ledger, "inner", 5, session="s2", start=ASKED + 2_000)
    assert came_to(ledger) == {"q1": ({"s1", "s2", "s2/inner"}, 25)}


def test_what_has_no_price_makes_the_whole_unknown(ledger: sqlite3.Connection) -> None:
    put_question(ledger, asked("q1", ASKED))
    spend(ledger, "r1", 10, start=ASKED + 1_000)
    spend(ledger, "r2", 10, start=ASKED + 1_000, model=UNKNOWN)
    assert came_to(ledger) == {"q1": ({"r1", "r2"}, None)}


def test_how_the_runs_stand_is_told(ledger: sqlite3.Connection) -> None:
    put_question(ledger, asked("q1", ASKED, agents=4))
    spend(ledger, "quiet", 10, start=ASKED + 1_000)
    spend(ledger, "told", 10, start=ASKED + 2_000, end=RunEnd.FINISHED, told_at=ASKED + 3_000)
    spend(ledger, "killed", 10, start=ASKED + 3_000, marks=int(Mark.GOES_ON))
    spend(ledger, "at-work", *[10] * 9, start=ASKED + 4_000, end=RunEnd.RUNS)
    soon, later = ASKED + MINUTE, NOW
    (row,) = questions(ledger)
    assert actual(ledger, row, soon)[1:] == (120, 1, 3, 0)
    assert actual(ledger, row, later) == Actual(actual(ledger, row, soon).runs, 120, 4, 0, 2)


def test_only_what_ran_as_foreseen_and_is_over_is_scored(ledger: sqlite3.Connection) -> None:
    def launched(id: str, minutes: int, *runs: int, answer: Answer | None = None, **more: Any) -> None:
        at = ASKED + minutes * MINUTE
        put_question(ledger, asked(id, at, agents=2, **more))
        if answer is not None:
            put_answer(ledger, id, answer, at, foreseen(1, 40) if answer.verb is Verb.LIMIT else None)
        for number, cost in enumerate(runs):
            spend(ledger, f"{id}-{number}", cost, start=at + 1_000)

    launched("silent", -300, 10, 20)
    launched("limited", -250, 30, answer=Answer(Verb.LIMIT, 1))
    launched("stopped", -200, answer=Answer(Verb.STOP))
    launched("no-range", -150, 10, 20, middle=None)
    launched("one-missing", -100, 10)
    launched("unpriced", -50)
    for number in range(2):
        spend(ledger, f"u{number}", 1, start=ASKED - 49 * MINUTE, model=UNKNOWN)
    launched("going-on", 58, 10, 20)
    found = scored(ledger, NOW)
    assert [(one.id, one.agents, one.actual, one.range.p50) for one in found] == [
        ("silent", 2, 30, 100), ("limited", 1, 30, 40),
    ]  # fmt: skip
    assert (found[0].answer, found[1].answer, found[0].baseline) == (None, Verb.LIMIT, 90)


def test_agents_at_work_together_that_nobody_was_asked_about_are_noticed(ledger: sqlite3.Connection) -> None:
    for number in range(5):
        spend(ledger, f"r{number}", 100, session="wild", start=NOW - MINUTE + number)
        spend(ledger, f"t{number}", 100, start=NOW - MINUTE, call=f"c{number}", launch="m")
    put_question(ledger, asked("q1", NOW - 2 * MINUTE, *(f"c{n}" for n in range(5)), agents=5))
    (one,) = noticed(ledger, NOW)
    assert (one.session, one.project, one.agents, one.started_at) == ("wild", "shop", 5, NOW - MINUTE)
    assert (one.cost, one.cost_per_hour) == (500, 3_000)
    assert [(kind.type, kind.model, kind.count) for kind in one.kinds] == [("Explore", "m", 5)]
    assert noticed(ledger, NOW + 2 * MINUTE) == ()


def test_separate_sessions_of_one_project_are_noticed_together(ledger: sqlite3.Connection) -> None:
    for number in range(6):
        spend(ledger, f"main-{number}", 10, start=NOW - MINUTE, main=True)
        spend(ledger, f"other-{number}", 10, start=NOW - MINUTE, main=True, project=f"p{number}")
    (one,) = noticed(ledger, NOW)
    assert (one.session, one.project, one.agents) == ("", "shop", 6)
    put_question(ledger, asked("q1", NOW, *(f"main-{n}" for n in range(3)), source=Source.LOOP))
    assert noticed(ledger, NOW) == ()


def test_two_agents_are_noticed_where_they_are_dear(ledger: sqlite3.Connection) -> None:
    for number in range(2):
        spend(ledger, f"r{number}", 100, start=NOW - MINUTE)
    assert noticed(ledger, NOW) == noticed(ledger, NOW, pace=1_201) == ()
    assert [one.agents for one in noticed(ledger, NOW, pace=1_200)] == [2]
