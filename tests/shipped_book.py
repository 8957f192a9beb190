"""The book that ships with the app, and short words for requests."""

from __future__ import annotations

from datetime import UTC, datetime
from functools import cache
from pathlib import Path

from taximeter.collect.pricebook import load_book
from taximeter.domain.pricing import PriceBook
from taximeter.domain.usage import Priced, Pricing, Tokens
from taximeter.host.paths import find_paths
from taximeter.host.settings import Settings

NOVEMBER = "2026-11-10"
M = 1_000_000


@cache
def book() -> PriceBook:
    """The shipped list, without company or user prices."""
    nowhere = Path("/nonexistent")
    return load_book(find_paths({"TAXIMETER_HOME": str(nowhere)}, nowhere), Settings())


def at(day: str) -> int:
    """An ISO day or instant in UTC as ms."""
    return int(datetime.fromisoformat(day).replace(tzinfo=UTC).timestamp() * 1000)


def priced(model: str, tokens: tuple[int, ...], day: str = NOVEMBER, marks: int = 0, searches: int = 0) -> Priced:
    """A request's price; tokens are input, read, short write, long write, output."""
    return book().price(model, at(day), Tokens(*tokens), marks, searches)


def dollars(priced: Priced) -> str | None:
    """The cost in dollars with six decimals, None when unpriced."""
    if priced.pricing is Pricing.UNPRICED:
        return None
    return f"{priced.cost.total / 1e9:.6f}"
