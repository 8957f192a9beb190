"""A launch afterwards: its forecast beside what it came to, nothing claimed of what never ran."""

from __future__ import annotations

from dataclasses import replace

import pytest
from ui.made_up import CENT, CHECKOUT, DAY, DOLLAR, FIGURES, LAUNCH, START, breakdown_of, changed

from taximeter.domain.launch import Kind, Severity, Spread, Verb
from taximeter.ledger.readmodels import LaunchRow
from taximeter.ui import launch_words as words
from taximeter.ui.breakdown_rows import launch_headers, launch_rows, provenance

STOPPED = LAUNCH._replace(answer=Verb.STOP, launched=0, runs=0, actual=None)
RUNNING = LAUNCH._replace(going_on=3, actual=7 * DOLLAR)


def test_the_forecast_stands_beside_what_it_came_to() -> None:
    assert words.forecast_words(LAUNCH, START, FIGURES) == "forecast at 09:17: $11 to $29, came to $11.24"
    assert words.place_words(LAUNCH) == "inside"


def test_what_still_runs_says_so_far() -> None:
    assert words.forecast_words(RUNNING, START, FIGURES) == "forecast at 09:17: $11 to $29, $7.00 so far"
    renewed = RUNNING._replace(renewed=Spread(12 * DOLLAR, 14 * DOLLAR, 19 * DOLLAR))
    assert words.forecast_words(renewed, START, FIGURES) == (
        "forecast at 09:17: $11 to $29, now $12 to $19, $7.00 so far"
    )
    assert (words.cost_words(RUNNING, FIGURES), words.place_words(RUNNING)) == ("$7.00 so far", "still runs")


def test_of_what_was_stopped_nothing_is_claimed() -> None:
    said = words.forecast_words(STOPPED, START, FIGURES)
    assert said == "forecast at 09:17: $11 to $29, stopped"
    assert (words.answer_words(STOPPED), words.cost_words(STOPPED, FIGURES), words.place_words(STOPPED)) == (
        "stopped", "\N{EN DASH}", "not run",
    )  # fmt: skip


def test_without_a_range_only_the_floor_is_told() -> None:
    cold = LAUNCH._replace(told=None)
    assert words.told_words(cold, FIGURES) == "at least $2.00, no basis yet"
    assert words.told_words(cold._replace(floor=0), FIGURES) == "no basis yet"


def test_a_forecast_of_another_day_names_it() -> None:
    assert words.forecast_words(LAUNCH, START + 4 * DAY, FIGURES).startswith("forecast at 23 November 09:17: ")


@pytest.mark.parametrize(
    ("launch", "said"),
    [
        (LAUNCH, "run"),
        (LAUNCH._replace(answer=Verb.LIMIT, launched=3), "at most 3"),
        (LAUNCH._replace(answer=Verb.EXPIRED), "none: ran"),
        (LAUNCH._replace(answer=Verb.EXPIRED, launched=0), "none: stopped"),
        (LAUNCH._replace(answer=None), "none"),
        (LAUNCH._replace(answer=None, mode="observe"), "only observed"),
        (LAUNCH._replace(answer=None, severity=Severity.NOTICE), "not asked"),
    ],
)
def test_an_answer_in_words(launch: LaunchRow, said: str) -> None:
    assert words.answer_words(launch) == said


@pytest.mark.parametrize(
    ("launch", "said"),
    [
        (LAUNCH._replace(actual=30 * DOLLAR), "above"),
        (RUNNING._replace(actual=30 * DOLLAR), "above"),
        (LAUNCH._replace(actual=3 * DOLLAR), "below"),
        (LAUNCH._replace(killed=2), "2 ended early"),
        (LAUNCH._replace(runs=6), "6 of 8 seen"),
        (LAUNCH._replace(runs=0, actual=None), "none seen"),
        (LAUNCH._replace(told=None), "\N{EN DASH}"),
    ],
)
def test_where_the_cost_lies_is_told_only_where_it_can_be(launch: LaunchRow, said: str) -> None:
    assert words.place_words(launch) == said


def test_agents_of_no_type_are_counted_and_long_names_shortened() -> None:
    kinds = (Kind("", "", 1), Kind("x" * 60, "", 2))
    said = words.kinds_words(LAUNCH._replace(kinds=kinds))
    assert said.startswith("1 agent, 2 xxx")
    assert len(said) < 50


def test_a_running_launch_in_one_line() -> None:
    so_far = "Launch of 8, $7.00 so far"
    assert words.running_words(RUNNING, LAUNCH.at, FIGURES) == (so_far, "forecast at 09:17: $11 to $29")
    renewed = RUNNING._replace(renewed=Spread(12 * DOLLAR, 14 * DOLLAR, 19 * DOLLAR))
    assert words.running_words(renewed, LAUNCH.at, FIGURES) == (so_far, "forecast $12 to $19")
    unpriced = words.running_words(RUNNING._replace(actual=None), LAUNCH.at, FIGURES)
    assert unpriced[0] == "Launch of 8"


def test_the_table_has_a_text_and_a_key_for_every_column() -> None:
    page = changed(breakdown_of(CHECKOUT), launches=(LAUNCH, STOPPED))
    rows = launch_rows(page, FIGURES)
    assert rows[0].texts == ("5 reviewer, 3 explore", "09:17", "run", "8", "$11 to $29", "$11.24", "inside")
    assert all(len(row.texts) == len(row.keys) == len(launch_headers()) for row in rows)


def test_hidden_numbers_are_hidden_here_too() -> None:
    hidden = replace(FIGURES, hidden=True)
    said = [words.forecast_words(RUNNING, START, hidden).partition(": ")[2], words.cost_words(RUNNING, hidden)]
    assert not any(char.isdigit() for char in "".join(said))


def test_the_part_for_reading_is_explained_where_there_is_one() -> None:
    read = changed(breakdown_of(CHECKOUT), launches=(LAUNCH._replace(reading=40 * CENT),))
    assert any("reading its results" in line for line in provenance(read, FIGURES))
    assert not any("reading its results" in line for line in provenance(breakdown_of(CHECKOUT), FIGURES))
