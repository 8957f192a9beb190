"""What a price list says: dated unit prices of a model as it is sold through one channel.

All unit prices are decimals per million tokens, fees per thousand uses, both in their layer's
currency. A missing price means "not known", never zero. Dates are ISO days or instants in UTC.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from typing import NamedTuple

COMPANY, USER, CORRECTIONS, SEED = "company", "user", "corrections", "seed"

DIRECT = "direct"
"""Sold by the vendor itself; also the list price of channels that charge the vendor's own."""


class Prices(NamedTuple):
    """Unit prices per million tokens, in the order of ``Tokens``; None where the list has none."""

    input: Decimal | None = None
    cache_read: Decimal | None = None
    cache_write_5m: Decimal | None = None
    cache_write_1h: Decimal | None = None
    output: Decimal | None = None


class Step(NamedTuple):
    """Prices of a whole request whose prompt is longer than ``over`` tokens."""

    over: int
    prices: Prices


class Tariff(NamedTuple):
    """What one way of being served costs: base prices, and dearer ones for long prompts (ascending)."""

    prices: Prices
    steps: tuple[Step, ...] = ()


class Window(NamedTuple):
    """A daily stretch of UTC minutes, end exclusive, with prices of its own."""

    start: int
    end: int
    tariff: Tariff
    weekdays_only: bool = False
    not_on: tuple[str, ...] = ()
    """ISO days on which the window does not apply (public holidays)."""


@dataclass(frozen=True, slots=True)
class Rate:
    """One dated row of a price list. ``valid_to`` is exclusive; an empty bound is open."""

    valid_from: str = ""
    valid_to: str = ""
    tariff: Tariff = Tariff(Prices())
    """Without a price in a row that multiplies the list price."""
    modes: Mapping[str, Tariff] = field(default_factory=dict)
    """Prices of ``fast``, ``priority``, ``batch`` and ``flex`` service, where there are any."""
    windows: tuple[Window, ...] = ()
    us_only: Decimal | None = None
    """Multiplier on token prices for inference pinned to the United States; None: not charged for."""
    web_search: Decimal | None = None
    """Fee for a thousand web searches."""
    multiplier: Decimal | None = None
    """Instead of prices: a contract's share of the list price, after mode, length and region."""
    currency: str = ""
    """Empty: the layer's."""
    basis: str = "documented"
    """``documented``, ``derived`` by a documented rule, ``first observed``, ``contract``, or
    ``assumed``, which makes every cost an estimate."""
    source: str = ""
    checked_on: str = ""
    corrections: tuple[str, ...] = ()
    """Ids of our signed-off corrections that made this row differ from the seed."""


@dataclass(frozen=True, slots=True)
class Offer:
    """A model as one provider sells it through one channel, with all its dated rates."""

    provider: str
    model: str
    names: tuple[str, ...]
    """Lower-case ids under which it is logged; shell patterns in company and user files."""
    rates: tuple[Rate, ...]
    channel: str = DIRECT
    """Empty: whatever the channel."""
    layer: str = SEED


@dataclass(frozen=True, slots=True)
class Layer:
    """Offers in one currency that are looked at together; of the layers, the first match wins."""

    name: str
    currency: str
    offers: tuple[Offer, ...]
    patterns: bool = False
    """Whether names are shell patterns."""


class Exchange(NamedTuple):
    """A fixed rate at which a company converts prices: one unit of ``currency`` in the book's."""

    currency: str
    rate: Decimal
    valid_from: str = ""


class Prefix(NamedTuple):
    """What stands before a model's id in logs, and what it says about who sells it."""

    text: str
    provider: str = ""
    channel: str = DIRECT
    reseller: bool = False
    """A reseller or gateway may charge otherwise than the list: its cost is an estimate."""


NO_PRICES = Prices()
