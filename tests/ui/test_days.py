"""The day view: days without gaps whose parts add up, in at most five series."""

from __future__ import annotations

from dataclasses import replace
from itertools import pairwise

from pytestqt.qtbot import QtBot
from ui.made_up import FIGURES, SESSIONS, day_rows, spent, total

from taximeter.ledger.readmodels import DayRow
from taximeter.ui.day_sums import SERIES_COLOURS, day_headers, day_sums
from taximeter.ui.day_sums import day_rows as table_rows
from taximeter.ui.days import DaysPage

ROWS = day_rows(SESSIONS)


def test_parts_add_up_to_the_day_and_days_to_the_whole() -> None:
    for by_model in (False, True):
        sums = day_sums(ROWS, by_model, FIGURES)
        assert all(total(day.parts) == day.totals for day in sums.days)
        assert total(tuple(day.totals for day in sums.days)) == sums.totals == total(tuple(row.totals for row in ROWS))


def test_quiet_days_keep_their_place() -> None:
    days = day_sums(ROWS, by_model=False, figures=FIGURES).days
    assert {(after.date - before.date).days for before, after in pairwise(days)} == {1}
    assert any(not day.totals.requests for day in days)


def test_many_series_are_put_together() -> None:
    rows = tuple(DayRow("2026-11-20", "codex", f"model-{at}", False, spent(10 + at, 0, 0, 0)) for at in range(9))
    sums = day_sums(rows, by_model=True, figures=FIGURES)
    assert len(sums.names) == len(SERIES_COLOURS)
    assert sums.names[-1] == "others"
    assert total(sums.days[0].parts) == total(tuple(row.totals for row in rows))


def test_fast_requests_stand_apart() -> None:
    row = DayRow("2026-11-20", "codex", "m", False, spent(1, 1, 1, 1))
    assert day_sums((row, replace(row, fast=True)), by_model=True, figures=FIGURES).names == ("m", "m (fast)")


def test_the_table_shows_no_zero_for_nothing() -> None:
    sums = day_sums(ROWS, by_model=False, figures=FIGURES)
    rows = table_rows(sums, FIGURES)
    assert all(len(row.texts) == len(day_headers(sums)) == len(row.keys) for row in rows)
    assert not any(text == "$0.00" for row in rows for text in row.texts)
    assert rows[-1].total


def test_no_day_is_said_in_words(qtbot: QtBot) -> None:
    page = DaysPage()
    qtbot.addWidget(page)
    page.show_days((), FIGURES)
    assert page.title.text() == "Nothing used in this period"
    page.show_days(ROWS, FIGURES)
    page.by.setCurrentIndex(1)
    assert page.table.rows.columnCount() == 1 + 3 + 2
    assert page.bars.accessibleName().startswith("Cost by day: 21 days")
