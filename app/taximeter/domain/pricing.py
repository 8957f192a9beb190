"""The price of one request: exact integer arithmetic over a frozen book of dated rates.

A request is priced by its own model, time, mode of service, region and prompt length; sums are
never priced. Its cost is computed exactly and rounded half-even once, to nano-units; the kinds are
then rounded so that they add up to it.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from fractions import Fraction
from math import lcm
from typing import NamedTuple, Protocol

from taximeter.domain.quotes import SERVED, Index, Quote, Source, quote
from taximeter.domain.rates import COMPANY, USER, Exchange, Layer, Prefix, Prices
from taximeter.domain.usage import Cost, Mark, Priced, Pricing, Tokens

UNPRICED = Priced(Pricing.UNPRICED, Cost())

_EXACT = Pricing.EXACT
_UNSURE = int(Mark.OUTPUT_IS_FLOOR | Mark.MODEL_ASSUMED | Mark.CLOCK_AHEAD)
_TTL = int(Mark.WRITE_TTL_UNKNOWN)
_DOUBTS = _UNSURE | _TTL
_SERVED = int(SERVED)
_KEPT = 32
"""How many stretches of time are remembered for one model and mode."""


class Price(Protocol):
    """Prices one request: the model as logged, ms since the epoch, ``Mark`` bits, searches made."""

    def __call__(self, model: str, at: int, tokens: Tokens, marks: int, web_searches: int, /) -> Priced:
        """The cost and how it was made; never an exception."""


class Quoting(Protocol):
    """Tells which row prices a model at a moment when served as ``marks`` say; None for none."""

    def __call__(self, model: str, at: int, marks: int = 0) -> Quote | None:
        """The row, its layer, and until when it holds."""


@dataclass(frozen=True, slots=True)
class PriceBook:
    """All prices that hold together. The same id always gives the same cent for the same request."""

    id: str
    as_of: str
    """The day the list prices are of."""
    currency: str
    source: Source
    price: Price
    """What the person or the company pays: the first layer that matches."""
    list_price: Price
    """What the vendor lists, company and user layers left out."""
    quote: Quoting


class _Card(NamedTuple):
    """Integer prices of one token in ``1 / scale`` nano-units; -1 where the list has none."""

    scale: int
    input: int
    cache_read: int
    cache_write_5m: int
    cache_write_1h: int
    output: int
    web_search: int
    pricing: Pricing
    plain: bool
    """Certain, every price known and a whole number of nano-units: nothing to round or to look into."""


class _Stretch(NamedTuple):
    """A time in which a model's prices do not change; ``steps`` holds dearer cards, longest first."""

    start: int
    end: int
    card: _Card | None
    steps: tuple[tuple[int, _Card], ...]


def build_book(
    id: str,
    as_of: str,
    currency: str,
    layers: Sequence[Layer],
    exchanges: Sequence[Exchange] = (),
    prefixes: Sequence[Prefix] = (),
) -> PriceBook:
    """A book over layers, the first match wins. Cheap: cards are made when a model is first met."""
    source = Source(tuple(layers), currency, tuple(exchanges), tuple(prefixes))
    listed = tuple(layer for layer in layers if layer.name not in (COMPANY, USER))
    index = Index(source)
    list_index = index if len(listed) == len(layers) else Index(replace(source, layers=listed))

    def quoting(model: str, at: int, marks: int = 0) -> Quote | None:
        return quote(index, model, at, marks & _SERVED)[0]

    return PriceBook(id, as_of, currency, source, _pricer(index), _pricer(list_index), quoting)


def _pricer(index: Index) -> Price:
    """A function over its own memory of cards, since a first index calls it tens of thousands of times."""
    latest: dict[tuple[str, int], _Stretch] = {}
    earlier: dict[tuple[str, int], list[_Stretch]] = {}
    new = tuple.__new__

    def stretch(key: tuple[str, int], at: int) -> _Stretch:
        known = earlier.setdefault(key, [])
        found = next((one for one in known if one.start <= at < one.end), None)
        if found is None:
            found = _stretch(*quote(index, key[0], at, key[1]))
            known.insert(0, found)
            del known[_KEPT:]
        latest[key] = found
        return found

    def price(model: str, at: int, tokens: Tokens, marks: int, web_searches: int) -> Priced:
        key = (model, marks & _SERVED)
        now = latest.get(key)
        if now is None or not now[0] <= at < now[1]:
            now = stretch(key, at)
        card = now[2]
        fresh, read, short, long, output, _ = tokens
        for over, dearer in now[3]:
            if fresh + read + short + long > over:
                card = dearer
                break
        if card is None:
            return UNPRICED
        if not card[8] or marks & _DOUBTS:
            return _with_care(card, tokens, marks, web_searches)
        cost = (fresh * card[1], read * card[2], short * card[3] + long * card[4], output * card[5],
                web_searches * card[6])  # fmt: skip
        return new(Priced, (_EXACT, new(Cost, cost)))

    return price


def _stretch(found: Quote | None, start: int, end: int) -> _Stretch:
    if found is None:
        return _Stretch(start, end, None, ())
    longest_first = sorted(found.tariff.steps, key=lambda step: -step.over)
    steps = tuple((step.over, _card(found, step.prices)) for step in longest_first)
    return _Stretch(start, end, _card(found, found.tariff.prices), steps)


def _card(found: Quote, prices: Prices) -> _Card:
    """Unit prices as integers: per million tokens x 10^9 nano-units / 10^6 tokens, exactly."""
    exact = [None if one is None else Fraction(one) * found.factor * 1000 for one in prices]
    fee = None if found.web_search is None else Fraction(found.web_search) * found.fee_factor * 10**6
    known = [one for one in (*exact, fee) if one is not None]
    scale = lcm(*(one.denominator for one in known)) if known else 1
    units = [-1 if one is None else int(one * scale) for one in (*exact, fee)]
    pricing = Pricing.ESTIMATED if found.estimated else Pricing.EXACT
    plain = scale == 1 and -1 not in units and not found.estimated
    fresh, read, short, long, output, search = units
    return _Card(scale, fresh, read, short, long, output, search, pricing, plain)


def _with_care(card: _Card, tokens: Tokens, marks: int, web_searches: int) -> Priced:
    """The cost where something is to be rounded, is missing or uncertain."""
    cost = _rounded(card, tokens, web_searches)
    if cost is None:
        return UNPRICED
    pricing = card.pricing if tokens.total or web_searches else Pricing.EXACT
    unlisted_fee = web_searches and card.web_search < 0
    unknown_lifetime = marks & _TTL and (tokens.cache_write_5m or tokens.cache_write_1h)
    if marks & _UNSURE or unknown_lifetime or unlisted_fee:
        pricing = Pricing.ESTIMATED
    return Priced(pricing, cost)


def _rounded(card: _Card, tokens: Tokens, web_searches: int) -> Cost | None:
    """The cost where it needs rounding or care; None when a kind was used that has no price."""
    counts = (*tokens[:5], web_searches)
    if any(count and unit < 0 for count, unit in zip(counts[:5], card[1:6], strict=True)):
        return None
    fresh, read, short, long, output, fee = (
        count * unit if unit > 0 else 0 for count, unit in zip(counts, card[1:7], strict=True)
    )
    parts = (fresh, read, short + long, output, fee)
    nanos = [half_even(part, card.scale) for part in parts]
    nanos[parts.index(max(parts))] += half_even(sum(parts), card.scale) - sum(nanos)
    return Cost(*nanos)


def half_even(value: int, scale: int) -> int:
    """``value / scale`` rounded to the nearest integer, ties to the even one."""
    whole, rest = divmod(value, scale)
    double = 2 * rest
    return whole + (double > scale or (double == scale and whole & 1))
