"""A price file written by a company or a user: what it pays, in TOML, checked strictly.

Its keys are documented in ``docs/prices.md``.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime
from decimal import Decimal, InvalidOperation
from pathlib import Path

from taximeter.domain.quotes import EVER, NEVER, instant
from taximeter.domain.rates import Exchange, Layer, Offer, Prices, Rate, Step, Tariff
from taximeter.host.toml_text import TomlTable, TomlText
from taximeter.host.trouble import Trouble

_KINDS = ("input", "cache_read", "cache_write_5m", "cache_write_1h", "output")
_MODES = ("fast", "priority", "batch", "flex")
_CHANNELS = ("direct", "bedrock", "bedrock-global", "bedrock-regional", "vertex", "azure", "gateway")


@dataclass(frozen=True, slots=True)
class PriceFile:
    """What a file says. ``book_currency`` is empty unless it asks for figures in that currency."""

    path: Path
    layer: Layer
    exchanges: tuple[Exchange, ...]
    book_currency: str


def read_price_file(path: Path, layer: str) -> PriceFile:
    """A company's or a user's file.

    Raises:
        Trouble: it cannot be read or used; the title names the file and the line.
    """
    try:
        text = TomlText(path, path.read_text(encoding="utf-8"))
    except (OSError, UnicodeDecodeError) as error:
        reason = error.strerror if isinstance(error, OSError) else "It is not UTF-8 text"
        detail = f"{reason}. Correct it, or its path in the settings."
        raise Trouble(f"Cannot read the price file {path}", detail) from error
    table = TomlTable(text, text.values())
    currency = currency_of(table, "currency", "USD")
    book_currency = currency_of(table, "book_currency", "")
    exchanges = tuple(_exchange(one) for one in table.tables("exchange"))
    rates = table.tables("rate")
    _refuse_unknown(table)
    return PriceFile(path, read_rows(rates, layer, currency), exchanges, book_currency)


def read_rows(rows: list[TomlTable], layer: str, currency: str) -> Layer:
    """The layer that price rows make, each a table of a file.

    Raises:
        Trouble: a row cannot be used, or two hold for the same thing on the same day.
    """
    offers = tuple(_offer(one, layer) for one in rows)
    _refuse_overlaps(rows, offers)
    return Layer(layer, currency, offers, patterns=True)


def _offer(table: TomlTable, layer: str) -> Offer:
    models = tuple(model.lower() for model in table.texts("model"))
    if not models:
        raise table.wrong("model", 'Each [[rate]] needs a model, such as "claude-opus-*".')
    channel = table.text("channel", "", _CHANNELS)
    start, end = _day(table, "valid_from"), _day(table, "valid_to")
    if instant(start, EVER) >= instant(end, NEVER):
        raise table.wrong("valid_to", "It has to be later than valid_from.")
    rate = Rate(
        valid_from=start,
        valid_to=end,
        web_search=_number(table, "web_search"),
        us_only=_number(table, "us_only"),
        multiplier=_number(table, "multiplier"),
        currency=currency_of(table, "currency", ""),
        basis="contract",
        source=" ".join(part for part in (table.text("contract", ""), table.text("source", "")) if part),
    )
    rate = _with_prices(table, rate)
    _refuse_unknown(table)
    return Offer("", models[0], models, (rate,), channel, layer)


def _with_prices(table: TomlTable, rate: Rate) -> Rate:
    prices = _prices(table)
    steps = tuple(_step(one) for one in table.tables("over"))
    shares = {mode: _number(table, mode) for mode in _MODES}
    if any(one is not None for one in prices):
        if rate.multiplier is not None:
            raise table.wrong("multiplier", "It stands in place of prices: leave out one or the other.")
        tariff = Tariff(prices, tuple(sorted(steps)))
        modes = {mode: _scaled(tariff, share) for mode, share in shares.items() if share is not None}
        return replace(rate, tariff=tariff, modes=modes)
    if rate.multiplier is None:
        raise table.wrong("model", "Its [[rate]] has no price: add input and output, or a multiplier on the list.")
    for key in (*_MODES, "us_only", "web_search", "over", "currency"):
        if key in table.values:
            raise table.wrong(key, "A multiplier applies to everything that the list charges; leave this out.")
    return rate


def _prices(table: TomlTable) -> Prices:
    return Prices(*(_number(table, kind) for kind in _KINDS))


def _step(table: TomlTable) -> Step:
    step = Step(table.whole("prompt", 0, 1, 1_000_000_000), _prices(table))
    if not step.over:
        raise table.wrong("prompt", "Say from how many prompt tokens these prices hold.")
    _refuse_unknown(table)
    return step


def _scaled(tariff: Tariff, share: Decimal) -> Tariff:
    def times(prices: Prices) -> Prices:
        return Prices(*(None if one is None else one * share for one in prices))

    return Tariff(times(tariff.prices), tuple(Step(over, times(prices)) for over, prices in tariff.steps))


def _exchange(table: TomlTable) -> Exchange:
    rate = _number(table, "rate")
    currency = currency_of(table, "currency", "")
    if not rate or not currency:
        raise table.wrong("rate", "An [[exchange]] needs a currency and its rate, more than 0, in the book's currency.")
    found = Exchange(currency, rate, _day(table, "valid_from"))
    _refuse_unknown(table)
    return found


def _number(table: TomlTable, key: str) -> Decimal | None:
    found = table.raw(key)
    if found is None:
        return None
    try:
        number = Decimal(found) if isinstance(found, str | int | Decimal) and not isinstance(found, bool) else None
    except InvalidOperation:
        number = None
    if number is None or not number.is_finite() or number < 0:
        raise table.wrong(key, "It has to be a number, 0 or more.")
    return number


def _day(table: TomlTable, key: str) -> str:
    found = table.raw(key)
    if found is None:
        return ""
    try:
        moment = datetime.fromisoformat(found) if isinstance(found, str) else found
        if isinstance(moment, datetime):
            zoned = moment if moment.tzinfo else moment.replace(tzinfo=UTC)
            return zoned.astimezone(UTC).isoformat()
        if isinstance(moment, date):
            return moment.isoformat()
    except ValueError:
        pass
    raise table.wrong(key, "It has to be a day such as 2026-07-01.")


def currency_of(table: TomlTable, key: str, default: str) -> str:
    """A currency's three letters. Raises ``Trouble``."""
    found = table.text(key, default)
    if found and not (len(found) == 3 and found.isascii() and found.isalpha() and found.isupper()):
        raise table.wrong(key, 'It has to be a currency of three capital letters, such as "EUR".')
    return found


def _refuse_unknown(table: TomlTable) -> None:
    unknown = table.unknown()
    if unknown:
        raise Trouble(unknown[0], "Correct its spelling or leave it out.")


def _refuse_overlaps(tables: list[TomlTable], offers: tuple[Offer, ...]) -> None:
    """Two rows for the same pattern and channel may not hold on the same day."""
    for later, offer in enumerate(offers):
        for earlier in range(later):
            if _same_scope(offers[earlier], offer) and _overlap(offers[earlier].rates[0], offer.rates[0]):
                place = tables[earlier].source.place(tables[earlier].where)
                sentence = f"Its days overlap with those of {place}; end one where the other begins."
                raise tables[later].wrong("model", sentence)


def _same_scope(one: Offer, other: Offer) -> bool:
    return one.channel == other.channel and bool(set(one.names) & set(other.names))


def _overlap(one: Rate, other: Rate) -> bool:
    def span(rate: Rate) -> Iterator[int]:
        yield instant(rate.valid_from, EVER)
        yield instant(rate.valid_to, NEVER)

    (start, end), (other_start, other_end) = span(one), span(other)
    return start < other_end and other_start < end
