"""Amounts have as many decimals as their currency."""

from __future__ import annotations

import pytest

from taximeter.domain.currencies import places_of


@pytest.mark.parametrize(("code", "places"), [("JPY", 0), ("KRW", 0), ("USD", 2), ("EUR", 2), ("KWD", 3), ("BHD", 3)])
def test_a_currency_has_its_decimals(code: str, places: int) -> None:
    assert places_of(code) == places


def test_two_where_nothing_is_known() -> None:
    assert places_of("") == places_of("XYZ") == 2
