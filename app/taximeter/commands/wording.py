"""Figures in words for a terminal: money, tokens, times, and how sure they are."""

from __future__ import annotations

from datetime import datetime, tzinfo

from taximeter.domain.currencies import places_of
from taximeter.domain.usage import Totals

NANO = 10**9
CENT = NANO // 100
NOTES = {"~": "~ estimated", "≥": "≥ at least this", "+": "+ and tokens without a price"}
"""What the marks in a table's column of costs mean."""


def money_words(nano: int, currency: str) -> str:
    """An amount for people, with the decimals of its currency; a little is never shown as nothing."""
    places = places_of(currency)
    smallest = NANO // 10**places
    if 0 < nano < smallest:
        return f"<{_with_sign(f'{10**-places:.{places}f}', currency)}"
    parts = (abs(nano) + smallest // 2) // smallest
    whole, rest = divmod(parts, 10**places)
    text = f"{whole:,}.{rest:0{places}}" if places else f"{whole:,}"
    return f"{'-' if nano < 0 else ''}{_with_sign(text, currency)}"


def token_words(tokens: int) -> str:
    """A count of tokens as the windows write it, in three figures at most: ``890``, ``38 k``, ``5.1 M``, ``1.2 G``."""
    for size, letter in ((10**9, "G"), (10**6, "M"), (10**3, "k")):
        share = abs(tokens) / size
        if share >= 0.9995:
            places = 1 if letter != "k" and share < 99.95 else 0
            return f"{tokens / size:,.{places}f} {letter}"
    return f"{tokens:,}"


def cost_words(totals: Totals, currency: str) -> str:
    """A cost in a sentence: ``about $12.41 + 38 k tokens unpriced``."""
    unpriced = f"{token_words(totals.unpriced_tokens)} tokens unpriced"
    if totals.cost_or_none is None:
        return unpriced
    doubt = "at least " if totals.floor_requests else "about " if totals.estimated_requests else ""
    rest = f" + {unpriced}" if totals.unpriced_requests else ""
    return f"{doubt}{money_words(totals.cost.total, currency)}{rest}"


def cost_cell(totals: Totals, currency: str) -> str:
    """A cost in a table: ``~$12.41 +``; the marks are explained by ``notes``."""
    if totals.cost_or_none is None:
        return "unpriced"
    doubt = "≥" if totals.floor_requests else "~" if totals.estimated_requests else ""
    return f"{doubt}{money_words(totals.cost.total, currency)}{' +' if totals.unpriced_requests else ''}"


def notes(cells: list[str]) -> list[str]:
    """The meaning of each mark that stands in these cells, a line in all."""
    used = [meaning for mark, meaning in NOTES.items() if any(mark in cell for cell in cells)]
    return ["   ".join(used)] if used else []


def moment(at: int, now: int, zone: tzinfo) -> str:
    """When something was, in at most 12 columns: the hour today, the day and hour this year, else the day."""
    there, here = datetime.fromtimestamp(at / 1000, zone), datetime.fromtimestamp(now / 1000, zone)
    if there.date() == here.date():
        return f"{there:%H:%M}"
    if there.year == here.year:
        return f"{there:%b} {there.day} {there:%H:%M}"
    return f"{there:%Y-%m-%d}"


def length_words(milliseconds: int) -> str:
    """How long something took: ``48 s``, ``12 min``, ``3 h 05``, ``2 days``."""
    seconds = milliseconds // 1000
    if seconds < 60:
        return f"{seconds} s"
    minutes = seconds // 60
    if minutes < 60:
        return f"{minutes} min"
    hours = minutes // 60
    return f"{hours} h {minutes % 60:02}" if hours < 48 else f"{hours // 24} days"


def count_words(count: int, one: str, many: str = "") -> str:
    """A count with its noun: ``1 session``, ``12 sessions``."""
    return f"{count:,} {one if count == 1 else many or f'{one}s'}"


def _with_sign(text: str, currency: str) -> str:
    return f"${text}" if currency == "USD" else f"{text} {currency}"
