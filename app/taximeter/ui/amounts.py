"""Amounts as a person types them: read in their own locale, exact, or not at all."""

from __future__ import annotations

import math
from decimal import Decimal

from PySide6.QtCore import QCoreApplication, QLocale

from taximeter.domain.quota import IN_PARTS, Unit
from taximeter.ui.figures import NANO
from taximeter.ui.wording import Counted

translate = QCoreApplication.translate

MOST = 10**18
"""An amount from here on is a slip of the hand."""
_SIZES = {"k": 1_000, "m": 1_000_000, "g": 1_000_000_000}
_LARGE = ((1_000_000_000, "G"), (1_000_000, "M"), (1_000, "k"))


def typed_amount(text: str, unit: Unit, locale: QLocale) -> int | None:
    """What was typed, in the unit's smallest parts; None where it is no amount above nothing.

    ``20 M`` is understood of tokens. A separator at a place where the locale has none is no amount: what was
    meant by it cannot be told.
    """
    plain = "".join(text.split())
    size = 1
    if unit is Unit.TOKENS and plain[-1:].lower() in _SIZES:
        size, plain = _SIZES[plain[-1].lower()], plain[:-1]
    value, understood = locale.toDouble(plain)
    if not understood or not math.isfinite(value):
        return None
    exact = Decimal(repr(value)) * (NANO if unit in IN_PARTS else size)
    if exact != exact.to_integral_value():
        return None
    return int(exact) if 0 < exact < MOST else None


def amount_to_type(amount: int, unit: Unit, locale: QLocale) -> str:
    """An amount as it stands in a field, to be changed there."""
    plain = QLocale(locale)
    plain.setNumberOptions(QLocale.NumberOption.OmitGroupSeparator)
    if unit in IN_PARTS:
        places = 0 if amount % NANO == 0 else 2 if amount % (NANO // 100) == 0 else 9
        return plain.toString(amount / NANO, "f", places)
    if unit is Unit.TOKENS:
        for size, letter in _LARGE:
            if amount % size == 0:
                return f"{plain.toString(amount // size)}\N{NO-BREAK SPACE}{letter}"
    return plain.toString(amount)


def unit_words(counted: Counted) -> str:
    """What an amount that stands alone in a field is of."""
    words = {
        Unit.TOKENS: translate("Amounts", "tokens"),
        Unit.REQUESTS: translate("Amounts", "requests"),
        Unit.CREDITS: translate("Amounts", "credits"),
    }
    return words.get(counted.unit, counted.currency)


def rounded_up(amount: int) -> int:
    """A round amount, not below the given one and little above it: 47.30 becomes 50, 174 becomes 180."""
    digits = str(amount)
    step = (5 if digits[0] >= "3" else 1) * int("1" + "0" * max(0, len(digits) - 2))
    return -(-amount // step) * step
