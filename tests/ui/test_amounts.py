"""Amounts as they are typed: exact, in the person's locale, or not taken at all."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtCore import QLocale
from ui.made_up import CENT, DOLLAR, LOCALE

from taximeter.domain.quota import Unit
from taximeter.ui.amounts import amount_to_type, rounded_up, typed_amount

GERMAN = QLocale(QLocale.Language.German, QLocale.Country.Germany)


@pytest.mark.parametrize(
    ("text", "unit", "amount"),
    [("50", Unit.MONEY, 50 * DOLLAR), (" 12.34 ", Unit.MONEY, 1234 * CENT), ("1,500", Unit.MONEY, 1500 * DOLLAR),
     ("0", Unit.MONEY, None), ("-5", Unit.MONEY, None), ("a lot", Unit.MONEY, None), ("", Unit.MONEY, None),
     ("inf", Unit.MONEY, None), ("nan", Unit.MONEY, None), ("1e300", Unit.MONEY, None), ("20 M", Unit.MONEY, None),
     ("20 M", Unit.TOKENS, 20_000_000), ("1.5k", Unit.TOKENS, 1500), ("300", Unit.TOKENS, 300),
     ("1.5", Unit.TOKENS, None), ("1.5", Unit.REQUESTS, None), ("40", Unit.CREDITS, 40 * DOLLAR),
     ("1.5", Unit.CREDITS, 150 * CENT)],
)  # fmt: skip
def test_what_is_typed_is_exact_or_no_amount(text: str, unit: Unit, amount: int | None) -> None:
    assert typed_amount(text, unit, LOCALE) == amount


@pytest.mark.parametrize(("text", "amount"), [("1.500,50", 150_050 * CENT), ("5.5", None), ("5,5", 550 * CENT)])
def test_a_separator_where_the_locale_has_none_is_not_guessed_at(text: str, amount: int | None) -> None:
    assert typed_amount(text, Unit.MONEY, GERMAN) == amount


@given(st.integers(1, 10**11 - 1), st.sampled_from([LOCALE, GERMAN]))
def test_what_stands_in_the_field_means_itself(cents: int, locale: QLocale) -> None:
    assert typed_amount(amount_to_type(cents * CENT, Unit.MONEY, locale), Unit.MONEY, locale) == cents * CENT
    assert typed_amount(amount_to_type(cents, Unit.TOKENS, locale), Unit.TOKENS, locale) == cents


@given(st.integers(1, 10**17))
def test_a_round_amount_is_not_below_and_little_above(amount: int) -> None:
    assert amount <= rounded_up(amount) <= amount * 7 // 6 + 5


def test_round_amounts_look_round() -> None:
    rounded = [rounded_up(dollars * DOLLAR) // CENT for dollars in (7, 47, 174, 1234)]
    assert rounded == [700, 5000, 18000, 130_000]
