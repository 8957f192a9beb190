"""Figures as people read them: by locale, never 0 for unknown, with what is not sure about them."""

from __future__ import annotations

from dataclasses import replace
from zoneinfo import ZoneInfo

import pytest
from PySide6.QtCore import QDate, QLocale
from PySide6.QtWidgets import QApplication
from ui.made_up import CENT, DAY, DOLLAR, FIGURES, HOUR, MINUTE, NOW, at, spent

from taximeter.commands.wording import token_words
from taximeter.domain.usage import Cost, Tokens, Totals
from taximeter.ui.figures import HIDDEN, day_start, month_start
from taximeter.ui.language import speak

NB = "\N{NO-BREAK SPACE}"


@pytest.mark.parametrize(
    ("nano", "text"),
    [(118_400_000_000, "$118.40"), (1_128_600_000_000, "$1,128.60"), (1, "< $0.01"), (9_999_999, "< $0.01"),
     (CENT, "$0.01"), (0, "$0.00"), (-4 * DOLLAR, "\N{MINUS SIGN}$4.00"), (12_345_000_000, "$12.35")],
)  # fmt: skip
def test_money(nano: int, text: str) -> None:
    assert FIGURES.money(nano) == text


def test_a_limit_that_a_person_chose_has_no_cents() -> None:
    assert FIGURES.round_money(200 * DOLLAR) == "$200"
    assert FIGURES.round_money(200 * DOLLAR + 50 * CENT) == "$200.50"


def test_money_follows_the_locale_and_the_currency() -> None:
    german = replace(FIGURES, locale=QLocale(QLocale.Language.German, QLocale.Country.Germany))
    assert german.money(1_234_500_000_000, "EUR").replace(NB, " ") == "1.234,50 €"
    assert FIGURES.money(5_400_000_000_000, "JPY") == "¥5,400"
    assert "CHF" in FIGURES.money(5 * DOLLAR, "CHF")


@pytest.mark.parametrize(
    ("nano", "currency", "text"),
    [(5_125_400_000, "KWD", "KWD 5.125"), (499_999, "KWD", "< KWD 0.001"), (5_600_000_000, "KRW", "₩6"),
     (400_000_000, "JPY", "< ¥1"), (5 * DOLLAR, "CNY", "CN¥5.00")],
)  # fmt: skip
def test_a_currency_has_its_own_decimals(nano: int, currency: str, text: str) -> None:
    assert FIGURES.money(nano, currency).replace(NB, " ") == text


def test_chinese_writes_dates_and_money_its_own_way(qapp: QApplication) -> None:
    chinese = replace(FIGURES, locale=speak("zh_CN"))
    try:
        day = at(23, 14, 5)
        assert chinese.full_moment(day) == "11月23日 星期一 14:05"
        assert chinese.day(day, day + 20 * DAY) == "11月23日"
        assert chinese.day(day, day - 3 * DAY) == "星期一"
        assert chinese.full_date(QDate(2026, 1, 2)) == "2026年1月2日"
        assert chinese.money(118_400_000_000) == "$118.40"
        assert (chinese.money(5 * DOLLAR, "CNY"), chinese.money(5 * DOLLAR, "JPY")) == ("¥5.00", "JP¥5")
        assert chinese.duration(65 * MINUTE) == "1 小时 5 分钟"
    finally:
        speak("en")


def test_forms_of_dates_are_no_words() -> None:
    try:
        assert replace(FIGURES, locale=speak("pseudo")).full_date(QDate(2026, 1, 2)) == "2 January 2026"
    finally:
        speak("en")


@pytest.mark.parametrize(
    ("count", "text"),
    [(0, "0"), (890, "890"), (999, "999"), (1000, "1 k"), (38_000, "38 k"), (212_400, "212 k"), (999_400, "999 k"),
     (999_600, "1.0 M"), (5_140_000, "5.1 M"), (1_200_000_000, "1.2 G")],
)  # fmt: skip
def test_tokens(count: int, text: str) -> None:
    assert FIGURES.tokens(count).replace(NB, " ") == text
    assert token_words(count) == text, "the command line writes it otherwise"


@pytest.mark.parametrize(
    ("span", "text"),
    [(0, "under 1 min"), (59_000, "under 1 min"), (20 * MINUTE, "20 min"), (65 * MINUTE, "1 h 5 min"),
     (2 * HOUR, "2 h"), (11 * HOUR + 5 * MINUTE, "11 h"), (DAY, "1 day"), (50 * HOUR, "2 days")],
)  # fmt: skip
def test_durations(span: int, text: str) -> None:
    assert FIGURES.duration(span) == text


@pytest.mark.parametrize(
    ("left", "text"),
    [(7 * DAY + HOUR, "7 days to go"), (2 * DAY, "2 days to go"), (31 * HOUR, "1 day to go"),
     (90 * MINUTE, "1 h to go"), (4 * MINUTE, "4 min to go"), (-MINUTE, "under 1 min to go")],
)  # fmt: skip
def test_countdowns(left: int, text: str) -> None:
    assert FIGURES.to_go(NOW + left, NOW) == text


@pytest.mark.parametrize(
    ("moment", "text"),
    [(at(23, 9, 12), "09:12"), (at(22, 17, 31), "yesterday 17:31"), (at(24, 8), "tomorrow 08:00"),
     (at(26, 8), "Thursday 08:00"), (at(2, 8), "2 November 08:00")],
)  # fmt: skip
def test_moments(moment: int, text: str) -> None:
    assert FIGURES.moment(moment, NOW) == text


def test_a_moment_that_cannot_be_mistaken() -> None:
    assert FIGURES.full_moment(at(31, 0)) == "Tuesday 1 December, 00:00"


def test_ages_say_since_when_once_they_are_old() -> None:
    assert FIGURES.age(NOW - 3_000, NOW) == "just now"
    assert FIGURES.age(NOW - 12_000, NOW) == "12 s ago"
    assert FIGURES.age(NOW - 5 * MINUTE, NOW) == "5 min ago"
    assert FIGURES.age(at(23, 9, 0), NOW) == "as of 09:00"


UNPRICED = Totals(1, Tokens(30_000, 0, 0, 0, 8000), Cost(), 38_000, 0, 1)


def test_a_cost_says_what_is_not_sure_about_it() -> None:
    exact = spent(100, 0, 0, 0)
    assert FIGURES.cost(exact) == "$1.00"
    assert FIGURES.cost(exact + UNPRICED).replace(NB, " ") == "$1.00 + 38 k tokens unpriced"
    assert FIGURES.short_cost(exact + UNPRICED).replace(NB, " ") == "$1.00 + 38 k unpriced"
    assert FIGURES.cost(replace(exact, estimated_requests=1)) == "about $1.00"
    assert FIGURES.cost(replace(exact, estimated_requests=1, floor_requests=1)) == "at least $1.00"


def test_unknown_is_never_zero() -> None:
    assert "0.00" not in FIGURES.cost(UNPRICED)
    assert FIGURES.cost(UNPRICED).replace(NB, " ") == "38 k tokens unpriced"
    assert not any(char.isdigit() for char in FIGURES.cost(Totals()))


def test_hidden_numbers_show_no_digit() -> None:
    hidden = replace(FIGURES, hidden=True)
    shown = (hidden.money(CENT), hidden.tokens(38_000), hidden.count(7), hidden.cost(UNPRICED), hidden.percent(0.4),
             hidden.round_money(200 * DOLLAR))  # fmt: skip
    assert all(HIDDEN in text and not any(char.isdigit() for char in text) for text in shown)


def test_days_begin_at_local_midnight_even_where_the_clock_was_changed() -> None:
    berlin = ZoneInfo("Europe/Berlin")
    monday = at(2, 12)
    assert day_start(monday, berlin) == at(1, 23)
    assert day_start(monday, berlin, 8) == at(1, 0) - 7 * DAY - 2 * HOUR
    assert month_start(monday, berlin) == at(1, 0) - HOUR


def test_an_agent_without_a_name_keeps_its_id() -> None:
    assert FIGURES.agent("codex") == "Codex"
    assert FIGURES.agent("acme") == "acme"
