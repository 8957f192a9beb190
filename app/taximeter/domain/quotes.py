"""Which dated row of which layer prices a model at a moment, and until when that holds."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from decimal import Decimal
from fnmatch import fnmatchcase
from fractions import Fraction

from taximeter.domain.modelids import ModelId, readings
from taximeter.domain.rates import COMPANY, DIRECT, USER, Exchange, Layer, Offer, Prefix, Rate, Tariff
from taximeter.domain.usage import Mark

EVER, NEVER = -(2**62), 2**62
SERVED = Mark.FAST | Mark.PRIORITY | Mark.BATCH | Mark.FLEX | Mark.US_ONLY
"""The marks that choose a price."""

_MODES = ((Mark.FAST, "fast"), (Mark.PRIORITY, "priority"), (Mark.BATCH, "batch"), (Mark.FLEX, "flex"))
_DAY = 86_400_000
_MINUTE = 60_000


@dataclass(frozen=True, slots=True)
class Quote:
    """The prices that hold for a model from ``valid_from`` until before ``valid_to`` (ms).

    ``factor`` turns the tariff's unit prices, ``fee_factor`` the fees, into the book's currency,
    contract and region included.
    """

    reading: ModelId
    offer: Offer
    rate: Rate
    tariff: Tariff
    factor: Fraction
    fee_factor: Fraction
    web_search: Decimal | None
    estimated: bool
    valid_from: int
    valid_to: int


@dataclass(frozen=True, slots=True)
class Source:
    """Everything that is looked through: layers in order, exchange rates, prefixes of ids."""

    layers: tuple[Layer, ...]
    currency: str
    exchanges: tuple[Exchange, ...] = ()
    prefixes: tuple[Prefix, ...] = ()


class Index:
    """Offers of the layers by name, built once for many look-ups."""

    def __init__(self, source: Source) -> None:
        self.source = source
        self._names: list[dict[str, list[Offer]]] = []
        for layer in source.layers:
            names: dict[str, list[Offer]] = {}
            for offer in layer.offers:
                for name in offer.names:
                    names.setdefault(name, []).append(offer)
            self._names.append(names)

    def offers(self, which: int, reading: ModelId) -> Iterator[Offer]:
        """The offers of a layer that sell this very id through this channel, in the file's order."""
        layer = self.source.layers[which]
        if layer.patterns:
            for offer in layer.offers:
                if _covers(offer, reading) and any(fnmatchcase(reading.name, name) for name in offer.names):
                    yield offer
            return
        for offer in self._names[which].get(reading.name, ()):
            if _sells(offer, reading):
                yield offer


def quote(index: Index, model: str, at: int, served: int) -> tuple[Quote | None, int, int]:
    """The quote for a logged id at a moment, or None, and from when until when this answer holds."""
    edges = [EVER, NEVER]
    found = _search(index, _ids(index.source, model), at, served, 0, edges)
    start = max(edge for edge in edges if edge <= at)
    end = min(edge for edge in edges if edge > at)
    if found is None:
        return None, start, end
    return replace(found, valid_from=start, valid_to=end), start, end


def _ids(source: Source, model: str) -> Iterable[ModelId]:
    """Lazily where one layer asks once: most ids are known as they stand."""
    ids = readings(model, source.prefixes)
    return ids if len(source.layers) == 1 else tuple(ids)


def offers_of(source: Source, model: str) -> list[tuple[ModelId, Offer]]:
    """All offers that a logged id may be priced by, in the order in which they are asked."""
    index = Index(source)
    ids = tuple(readings(model, source.prefixes))
    return [
        (reading, offer)
        for which in range(len(source.layers))
        for reading in ids
        for offer in index.offers(which, reading)
    ]


def _search(index: Index, ids: Iterable[ModelId], at: int, served: int, first: int, edges: list[int]) -> Quote | None:
    for which in range(first, len(index.source.layers)):
        layer = index.source.layers[which]
        for reading in ids:
            for offer in index.offers(which, reading):
                rate = _rate_at(offer, at, edges)
                if rate is None:
                    continue
                if rate.multiplier is not None:
                    base = _search(index, ids, at, served, _first_listed(index.source), edges)
                    return _discounted(base, offer, rate, rate.multiplier) if base else None
                exchange = _exchange(index.source, rate.currency or layer.currency, at, edges)
                return _quoted(reading, offer, rate, exchange, at, served, edges) if exchange else None
    return None


def _first_listed(source: Source) -> int:
    """A contract's share is of the list price, whatever other files say."""
    return sum(layer.name in (COMPANY, USER) for layer in source.layers)


def _quoted(
    reading: ModelId, offer: Offer, rate: Rate, exchange: Fraction, at: int, served: int, edges: list[int]
) -> Quote:
    asked = [mode for mark, mode in _MODES if served & mark]
    if reading.fast and "fast" not in asked:
        asked.insert(0, "fast")
    tariff, certain = _tariff(rate, asked, at, edges)
    region = Fraction(rate.us_only) if served & Mark.US_ONLY and rate.us_only is not None else Fraction(1)
    return Quote(
        reading=reading,
        offer=offer,
        rate=rate,
        tariff=tariff,
        factor=exchange * region,
        fee_factor=exchange,
        web_search=rate.web_search,
        estimated=not certain or reading.doubtful or rate.basis == "assumed",
        valid_from=EVER,
        valid_to=NEVER,
    )


def _tariff(rate: Rate, asked: Sequence[str], at: int, edges: list[int]) -> tuple[Tariff, bool]:
    """The tariff of the mode asked for; where the model has none, the list's, which is uncertain."""
    listed = _windowed(rate, at, edges)
    known = [rate.modes[mode] for mode in asked if mode in rate.modes]
    if not known:
        return listed, not asked
    return known[0], len(known) == len(asked) and all(other == known[0] for other in known)


def _windowed(rate: Rate, at: int, edges: list[int]) -> Tariff:
    if not rate.windows:
        return rate.tariff
    midnight = at - at % _DAY
    edges += (midnight, midnight + _DAY)
    edges += (midnight + minute * _MINUTE for window in rate.windows for minute in window[:2])
    day = datetime.fromtimestamp(midnight // 1000, UTC)
    for window in rate.windows:
        inside = window.start * _MINUTE <= at - midnight < window.end * _MINUTE
        resting = (window.weekdays_only and day.weekday() > 4) or day.date().isoformat() in window.not_on
        if inside and not resting:
            return window.tariff
    return rate.tariff


def _discounted(base: Quote, offer: Offer, rate: Rate, multiplier: Decimal) -> Quote:
    share = Fraction(multiplier)
    return replace(
        base,
        offer=offer,
        rate=rate,
        factor=base.factor * share,
        fee_factor=base.fee_factor * share,
    )


def _rate_at(offer: Offer, at: int, edges: list[int]) -> Rate | None:
    found = None
    for rate in offer.rates:
        start, end = instant(rate.valid_from, EVER), instant(rate.valid_to, NEVER)
        edges += (start, end)
        if found is None and start <= at < end:
            found = rate
    return found


def _exchange(source: Source, currency: str, at: int, edges: list[int]) -> Fraction | None:
    if currency == source.currency:
        return Fraction(1)
    known = sorted((instant(one.valid_from, EVER), one.rate) for one in source.exchanges if one.currency == currency)
    edges += (start for start, _ in known)
    passed = [rate for start, rate in known if start <= at]
    return Fraction(passed[-1]) if passed else None


def _covers(offer: Offer, reading: ModelId) -> bool:
    """A file's row without a channel covers all; ``bedrock`` covers its regions."""
    return offer.channel in ("", reading.channel, reading.channel.partition("-")[0])


def _sells(offer: Offer, reading: ModelId) -> bool:
    """Resellers without a list of their own charge the vendor's; Amazon's differs and is never guessed."""
    if reading.provider and offer.provider != reading.provider:
        return False
    if offer.channel == reading.channel:
        return True
    return offer.channel == DIRECT and not reading.channel.startswith("bedrock")


def instant(text: str, empty: int) -> int:
    """An ISO day or instant in UTC as ms since the epoch; ``empty`` where there is none."""
    if not text:
        return empty
    moment = datetime.fromisoformat(text)
    return int((moment if moment.tzinfo else moment.replace(tzinfo=UTC)).timestamp() * 1000)
