"""Tables: golden texts over a small ledger, 80 columns whatever the names, and what a mark means."""

from __future__ import annotations

import os
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from taximeter.commands.session_text import as_tree, short_ids
from taximeter.commands.tables import Column, cells_wide, cut_to, one_line, table
from taximeter.commands.wording import cost_cell, cost_words, length_words, moment, money_words, notes, token_words
from taximeter.domain.usage import Cost, RunKind, Tokens, Totals
from taximeter.ledger.readmodels import RunRow

GOLDEN = Path(__file__).parent / "golden"
SHOWN = {
    "status": ("status",),
    "status-line": ("status", "--line"),
    "sessions": ("sessions", "--since", "all"),
    "session": ("session", "0a1b2c3d-0"),
    "daily": ("daily",),
    "models": ("models",),
    "projects": ("projects", "--since", "all"),
    "index": ("index",),
}


@pytest.mark.parametrize("name", SHOWN)
def test_a_text_is_as_it_was(name: str, run: Any) -> None:
    shown = run(*SHOWN[name])
    assert (shown.code, shown.err) == (0, "")
    file = GOLDEN / f"{name}.txt"
    if os.environ.get("TAXIMETER_NEW_GOLDEN"):
        file.write_text(shown.out, encoding="utf-8")
    assert shown.out == file.read_text(encoding="utf-8")
    assert max(cells_wide(line) for line in shown.out.splitlines()) <= 80


def test_names_are_cut_to_80_columns_and_figures_never() -> None:
    columns = (Column("A", cut=True), Column("名前", cut=True), Column("Cost", right=True))
    rows = [("a" * 200, "计量器" * 40, "$1,234,567.89"), ("b", "c", "$1.00")]
    lines = table(columns, rows, 80).splitlines()
    assert {cells_wide(line) for line in lines[1:]} <= {79, 80}
    assert lines[1].endswith("  $1,234,567.89")
    assert lines[1].count("…") == 2


def test_a_short_table_is_not_stretched() -> None:
    assert table((Column("A"), Column("B", right=True)), [("x", "1"), ("yy", "22")], 80) == "A    B\nx    1\nyy  22"


def test_a_wide_character_is_never_halved() -> None:
    assert (cut_to("计量器", 6), cut_to("计量器", 5), cut_to("计量器", 4)) == ("计量器", "计量…", "计…")
    assert cells_wide(cut_to("计量器计量器", 6)) <= 6


def test_a_name_cannot_command_the_terminal() -> None:
    assert one_line("a\nb\x1b[31mc\u202ed\te") == "a b [31mc d e"


def totals(**given: Any) -> Totals:
    return replace(Totals(requests=1, tokens=Tokens(input=38_000), cost=Cost(input=12_410_000_000)), **given)


@pytest.mark.parametrize(
    ("total", "cell", "words"),
    [
        (totals(), "$12.41", "$12.41"),
        (totals(estimated_requests=1), "~$12.41", "about $12.41"),
        (totals(floor_requests=1, estimated_requests=1), "≥$12.41", "at least $12.41"),
        (totals(requests=2, unpriced_requests=1, unpriced_tokens=38_000), "$12.41 +", "$12.41 + 38 k tokens unpriced"),
        (totals(cost=Cost(), unpriced_requests=1, unpriced_tokens=38_000), "unpriced", "38 k tokens unpriced"),
        (Totals(), "$0.00", "$0.00"),
    ],
)
def test_a_cost_says_how_sure_it_is(total: Totals, cell: str, words: str) -> None:
    assert (cost_cell(total, "USD"), cost_words(total, "USD")) == (cell, words)


def test_only_marks_that_stand_there_are_explained() -> None:
    assert notes(["$1.00", "~$2.00"]) == ["~ estimated"]
    assert notes(["$1.00", "unpriced"]) == []


@pytest.mark.parametrize(
    ("nano", "words"),
    [(0, "$0.00"), (1, "<$0.01"), (9_999_999, "<$0.01"), (10**7, "$0.01"), (1_234_567_890_000, "$1,234.57"),
     (-5 * 10**9, "-$5.00"), (999_995_000_000, "$1,000.00")],
)  # fmt: skip
def test_a_little_money_is_never_nothing(nano: int, words: str) -> None:
    assert money_words(nano, "USD") == words


def test_other_currencies_stand_behind() -> None:
    assert money_words(5 * 10**9, "EUR") == "5.00 EUR"


@pytest.mark.parametrize(
    ("count", "words"),
    [(0, "0"), (999, "999"), (1_160, "1 k"), (9_999, "10 k"), (999_499, "999 k"), (999_999, "1.0 M"),
     (38_000, "38 k"), (1_234_567, "1.2 M"), (60_200_000_000, "60.2 G"), (-6_500_000, "-6.5 M")],
)  # fmt: skip
def test_tokens_in_their_largest_unit(count: int, words: str) -> None:
    assert token_words(count) == words


def test_times_near_are_short_and_times_far_are_whole(made: Any, now: int) -> None:
    from zoneinfo import ZoneInfo

    utc = ZoneInfo("UTC")
    days = ("2026-11-20", "2026-01-02", "2025-12-31")
    shown = [moment(made.at(f"{day}T09:05:00"), now, utc) for day in days]
    assert shown == ["09:05", "Jan 2 09:05", "2025-12-31"]
    assert [length_words(ms) for ms in (0, 59_999, 720_000, 11_100_000, 3 * 86_400_000)] == [
        "0 s", "59 s", "12 min", "3 h 05", "3 days",
    ]  # fmt: skip


def test_ids_are_as_long_as_it_takes_to_tell_them_apart() -> None:
    assert short_ids(["aaaaaaaaaa", "bbbbbbbbbb"]) == ["aaaaaaaa", "bbbbbbbb"]
    assert short_ids(["aaaaaaaaax", "aaaaaaaaay"]) == ["aaaaaaaaax", "aaaaaaaaay"]
    assert [len(id) for id in short_ids(["a" * 40 + "x", "a" * 40 + "y"])] == [18, 18]


def test_every_run_stands_once_after_its_parent_even_in_a_ring() -> None:
    def one(id: str, parent: str) -> RunRow:
        return RunRow(id, parent, RunKind.SUBAGENT, "", "", "", 0, 0, Totals())

    runs = [one("c", "b"), one("b", "a"), one("a", ""), one("x", "y"), one("y", "x")]
    assert [(run.id, depth) for run, depth in as_tree(runs)] == [("a", 0), ("b", 1), ("c", 2), ("x", 0), ("y", 0)]
