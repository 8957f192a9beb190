"""Loads the price book: company file, user file, our corrected list, in that order.

Nothing here is loaded until something has to be priced: an unchanged ledger has its costs stored.
"""

from __future__ import annotations

from collections.abc import Sequence
from hashlib import sha256
from pathlib import Path

import msgspec

from taximeter.collect.pricetable import SCHEMA, Table, read_head, read_table
from taximeter.collect.profile_files import profile_files
from taximeter.domain.pricing import PriceBook, build_book
from taximeter.domain.rates import COMPANY, USER, Exchange, Layer
from taximeter.host.paths import Paths
from taximeter.host.settings import Settings
from taximeter.host.trouble import Trouble


def load_book(paths: Paths, settings: Settings) -> PriceBook:
    """The book in force.

    Raises:
        Trouble: a price file cannot be used, or needs an exchange rate that it does not give.
    """
    data = newest_table(paths)
    table = read_table(data)
    named = [(settings.company_prices, COMPANY), (settings.user_prices, USER)]
    if not any(path for path, _ in named) and not profile_files(paths.profile_folders):
        return _book(_digest(data), table, (), (), table.currency)
    from taximeter.collect.pricefile import read_price_file

    files = [read_price_file(path, layer) for path, layer in named if path]
    currency = next((file.book_currency for file in files if file.book_currency), table.currency)
    exchanges = tuple(one for file in files for one in file.exchanges)
    for file in files:
        _need_exchange(file.path, currencies_of(file.layer), currency, exchanges)
    if files:
        _need_exchange(files[0].path, {table.currency}, currency, exchanges)
    layers = (*(file.layer for file in files), *_of_houses(paths, {currency, *(one.currency for one in exchanges)}))
    if not layers:
        return _book(_digest(data), table, (), (), currency)
    id = _digest(data, msgspec.json.encode((layers, exchanges, currency)))
    return _book(id, table, layers, exchanges, currency)


def _of_houses(paths: Paths, convertible: set[str]) -> list[Layer]:
    """The house agents' own price rows; those in a currency without an exchange rate stay out: ``agents`` says so."""
    from taximeter.collect.house_agents import house_agents

    rows = (house.prices for house in house_agents(paths.profile_folders).agents)
    return [layer for layer in rows if layer.offers and currencies_of(layer) <= convertible]


def newest_table(paths: Paths) -> bytes:
    """The compiled table in force: the refreshed one when it is newer and made with the same corrections.

    Raises:
        Trouble: the list that ships with the app is missing or damaged.
    """
    shipped = shipped_table(paths)
    try:
        refreshed = refreshed_file(paths).read_bytes()
        mine, theirs = read_head(refreshed), read_head(shipped)
    except FileNotFoundError:
        return shipped
    except (OSError, ValueError) as error:
        detail = f"Delete {refreshed_file(paths)}, or run `taximeter prices refresh`."
        raise Trouble("The refreshed price list cannot be read", detail) from error
    fits = mine.schema == SCHEMA and mine.verdicts == theirs.verdicts
    return refreshed if fits and mine.as_of >= theirs.as_of else shipped


def shipped_table(paths: Paths) -> bytes:
    """The compiled table that came with the app.

    Raises:
        Trouble: it is not there.
    """
    try:
        return (paths.resources / "prices" / "table.json").read_bytes()
    except OSError as error:
        raise Trouble("The price list that ships with Taximeter is missing", "Install Taximeter again.") from error


def refreshed_file(paths: Paths) -> Path:
    """Where ``prices refresh`` puts its table."""
    return paths.data / "prices" / "table.json"


def _book(
    id: str, table: Table, layers: tuple[Layer, ...], exchanges: tuple[Exchange, ...], currency: str
) -> PriceBook:
    return build_book(id, table.as_of, currency, (*layers, table.layer()), exchanges, table.prefixes)


def _digest(table: bytes, *rest: bytes) -> str:
    """Twelve hexadecimal digits over all that prices: the same on every computer for the same prices."""
    seed = sha256(table.replace(b"\r\n", b"\n"))
    for part in rest:
        seed.update(b"\0" + part)
    return seed.hexdigest()[:12]


def currencies_of(layer: Layer) -> set[str]:
    """In which currencies its prices stand."""
    return {
        rate.currency or layer.currency for offer in layer.offers for rate in offer.rates if rate.multiplier is None
    }


def _need_exchange(path: Path, used: set[str], currency: str, exchanges: Sequence[Exchange]) -> None:
    missing = sorted(used - {currency} - {one.currency for one in exchanges})
    if missing:
        raise Trouble(
            f"{path} has no exchange rate from {missing[0]} to {currency}",
            f'Add [[exchange]] with currency = "{missing[0]}", rate = (what one {missing[0]} is in {currency}) and '
            "valid_from; it stays fixed.",
        )
