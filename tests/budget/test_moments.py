"""What headers tell of time is believed within bounds."""

import pytest
from budget.recorded import DATE, SERVED

from taximeter.budget.moments import clock_off, here, max_age, served_at

HOUR = 3_600_000


@pytest.mark.parametrize(
    ("headers", "received_at", "off"),
    [
        ({"date": DATE}, SERVED, 0),
        ({"date": DATE}, SERVED + 120_000, 0),
        ({"date": DATE}, SERVED - 120_001, 120_001),
        ({"date": DATE}, SERVED + 3 * HOUR, -3 * HOUR),
        ({"date": DATE, "age": "10800"}, SERVED + 3 * HOUR, 0),
        ({"date": DATE, "age": "old"}, SERVED + 3 * HOUR, -3 * HOUR),
        ({}, SERVED, 0),
        ({"date": "yesterday"}, SERVED, 0),
    ],
)
def test_clocks_that_differ_are_told_apart_from_answers_that_are_old(
    headers: dict[str, str], received_at: int, off: int
) -> None:
    assert clock_off(headers, received_at) == off


def test_a_moment_is_told_by_this_computers_clock_and_is_never_later_than_the_answer() -> None:
    assert here(SERVED, 3 * HOUR, SERVED) == SERVED - 3 * HOUR
    assert here(SERVED + 5_000, 0, SERVED) == SERVED


@pytest.mark.parametrize("told", ["", "now", "Mon, 99 Nov 2026 12:00:00 GMT", "Mon, 23 Nov 99999 12:00:00 GMT", "0"])
def test_a_date_that_is_none_is_not_believed(told: str) -> None:
    assert served_at({"date": told}) is None


@pytest.mark.parametrize(
    ("told", "seconds"),
    [
        ("private, max-age=300", 300),
        ("max-age=0", 0),
        ("Max-Age=60,private", 60),
        ("s-maxage=60", None),
        ("no-store", None),
        ("max-age=-1", None),
        ("max-age=999999999", 86_400),
        ("max-age=9999999999999", None),
        ("", None),
    ],
)
def test_how_long_an_answer_is_good(told: str, seconds: int | None) -> None:
    assert max_age({"cache-control": told}) == seconds
