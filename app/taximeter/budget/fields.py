"""Reading a service's JSON field by field: exact numbers, and a reason for each value that cannot be used.

Nothing here passes through a binary fraction: numbers keep the digits that the service wrote. A
value that cannot be used is refused with a sentence that names its field, and the rest is still
read; a figure that is missing is never taken for 0.
"""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from decimal import ROUND_HALF_EVEN, Decimal, DecimalException, localcontext
from typing import Any

NANO_DIGITS = 9
MONEY_DIGITS, COUNT_DIGITS = 12, 18
"""Amounts and counts are below 10 to the power of that: more is a mistake, not a budget."""
_AMOUNT = re.compile(r"-?[0-9]+(\.[0-9]+)?")
LONGEST_NUMBER = 60
"""Digits of a number as text: more is no amount, and takes long to read."""
EARLIEST, LATEST = 946_684_800_000, 7_258_118_400_000
"""2000 and 2200, ms UTC: no budget begins or ends outside, and every zone can show what lies between."""
LONGEST_TEXT = 200
"""Characters of a name or a reason that are kept."""


class BadJson(ValueError):
    """A body that is not one JSON object in UTF-8."""


@dataclass(frozen=True, slots=True)
class Unusable:
    """A number that no field can hold: NaN, Infinity, or too many digits."""

    text: str


def read_object(body: bytes) -> dict[str, Any]:
    """A body as a JSON object, fractions as ``Decimal`` of their own text.

    Raises:
        BadJson: it is something else.
    """
    try:
        found = json.loads(body.decode("utf-8-sig"), parse_float=_decimal, parse_int=_whole, parse_constant=Unusable)
    except (ValueError, RecursionError) as error:
        raise BadJson("not JSON in UTF-8") from error
    if not isinstance(found, dict):
        raise BadJson("not a JSON object")
    return found


def money_text(nano: int) -> str:
    """An amount as a service reads it: exact, no decimals that say nothing."""
    return f"{Decimal(nano).scaleb(-NANO_DIGITS).normalize():f}"


def _is_shown(letter: str) -> bool:
    return letter.isprintable() or letter in "\n\t"


def _decimal(text: str) -> Decimal | Unusable:
    if len(text) > LONGEST_NUMBER:
        return Unusable(text[:LONGEST_NUMBER])
    try:
        number = Decimal(text)
    except DecimalException:
        return Unusable(text)
    return number if number.is_finite() else Unusable(text)


def _whole(text: str) -> int | Unusable:
    return int(text) if len(text) <= LONGEST_NUMBER else Unusable(text[:LONGEST_NUMBER])


@dataclass(frozen=True, slots=True)
class Fields:
    """One JSON object that is read field by field; ``odd`` gathers what could not be used."""

    values: Mapping[str, Any]
    place: str
    """Where it stands, for the sentences: ``key``, ``budgets[0]``."""
    odd: list[str] = field(default_factory=list)

    def inner(self, key: str) -> Fields:
        """An object inside; empty where there is none."""
        found = self.values.get(key)
        if found is not None and not isinstance(found, dict):
            self._refuse(key, "is not an object")
        return Fields(found if isinstance(found, dict) else {}, self._name(key), self.odd)

    def objects(self, key: str) -> tuple[Fields, ...]:
        """A list of objects; what is none is left out and said."""
        found = self.values.get(key)
        if not isinstance(found, list):
            if found is not None:
                self._refuse(key, "is not a list")
            return ()
        kept = []
        for at, item in enumerate(found):
            if isinstance(item, dict):
                kept.append(Fields(item, f"{self._name(key)}[{at}]", self.odd))
            else:
                self._refuse(f"{key}[{at}]", "is not an object")
        return tuple(kept)

    def text(self, key: str, default: str = "", longest: int = LONGEST_TEXT) -> str:
        """A text, cut where it is very long and without control characters; a break of a line is a blank."""
        found = self.values.get(key)
        if found is None:
            return default
        if not isinstance(found, str):
            self._refuse(key, "is not a text")
            return default
        return "".join(" " if letter.isspace() else letter for letter in found if _is_shown(letter))[:longest]

    def texts(self, key: str) -> tuple[str, ...]:
        """A list of texts."""
        found = self.values.get(key)
        if found is None:
            return ()
        if not isinstance(found, list) or not all(isinstance(item, str) for item in found):
            self._refuse(key, "is not a list of texts")
            return ()
        return tuple(found)

    def flag(self, key: str) -> bool:
        """A true or false; absent is false."""
        found = self.values.get(key)
        if found is not None and not isinstance(found, bool):
            self._refuse(key, "is not true or false")
        return found is True

    def number_money(self, key: str) -> int | None:
        """An amount of money told as a JSON number, in nano-units rounded half-even once; None where there is none.

        Raises:
            LookupError: it cannot be used; the reason stands in ``odd``.
        """
        return self._scaled(key, NANO_DIGITS, self._number(key))

    def text_money(self, key: str, *, signed: bool = False) -> int | None:
        """The same of an amount told as a text with a decimal point, such as ``"31402.50"``; credits as well."""
        return self._scaled(key, NANO_DIGITS, self._told(key), signed=signed)

    def text_count(self, key: str, *, signed: bool = False) -> int | None:
        """A count told as a text, which has no decimals."""
        told = self._told(key)
        if told is not None and told != told.to_integral_value():
            raise self._refuse(key, "is not a whole number")
        return self._scaled(key, 0, told, signed=signed)

    def moment(self, key: str) -> int | None:
        """A time as RFC 3339 writes it, ms UTC; one without a zone is UTC. None where there is none or it is odd."""
        found = self.values.get(key)
        if found is None:
            return None
        try:
            moment = datetime.fromisoformat(found)
            aware = moment if moment.tzinfo else moment.replace(tzinfo=UTC)
            told = round(aware.timestamp() * 1000)
        except (TypeError, ValueError, OverflowError):
            told = 0
        if EARLIEST <= told < LATEST:
            return told
        self._refuse(key, "is not a time that can be used")
        return None

    def whole(self, key: str, low: int, high: int) -> int | None:
        """A whole number between two bounds; None where there is none or it is odd."""
        found = self.values.get(key)
        if found is None:
            return None
        if type(found) is not int or not low <= found <= high:
            self._refuse(key, f"is not a whole number from {low} to {high}")
            return None
        return found

    def say(self, key: str, what: str) -> None:
        """Notes that a field is odd, in words that follow its name."""
        self._refuse(key, what)

    def _number(self, key: str) -> Decimal | None:
        found = self.values.get(key)
        if found is None:
            return None
        if isinstance(found, Unusable):
            raise self._refuse(key, "is not a number that can be used")
        if isinstance(found, bool) or not isinstance(found, int | Decimal):
            raise self._refuse(key, "is not a number")
        return Decimal(found)

    def _told(self, key: str) -> Decimal | None:
        found = self.values.get(key)
        if found is None:
            return None
        if not isinstance(found, str) or not _AMOUNT.fullmatch(found):
            raise self._refuse(key, 'is not an amount as a text, such as "12.50"')
        number = _decimal(found)
        if isinstance(number, Unusable):
            raise self._refuse(key, "has too many digits")
        return number

    def _scaled(self, key: str, digits: int, number: Decimal | None, *, signed: bool = False) -> int | None:
        if number is None:
            return None
        if number and number.adjusted() >= (MONEY_DIGITS if digits else COUNT_DIGITS):
            raise self._refuse(key, "is too large to be a budget's figure")
        with localcontext() as context:
            context.prec = LONGEST_NUMBER + NANO_DIGITS
            found = int(number.scaleb(digits).to_integral_value(ROUND_HALF_EVEN))
        # What is taken off in binary fractions can leave some -4e-16 of nothing.
        if found < 0 and not signed:
            raise self._refuse(key, "is negative")
        return found

    def _name(self, key: str) -> str:
        return f"{self.place}.{key}" if self.place else key

    def _refuse(self, key: str, what: str) -> LookupError:
        sentence = f"{self._name(key)} {what}"
        self.odd.append(sentence)
        return LookupError(sentence)
