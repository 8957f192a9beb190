"""Fetches the seed's published price data, on request only: no token, bounded size and time.

What is fetched is compiled with our own corrections, checked, and only then put in place. Costs
that are stored stay as they are.
"""

from __future__ import annotations

import json
import time
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from taximeter.collect.pricebook import newest_table, refreshed_file
from taximeter.collect.pricetable import Table, read_table, write_table
from taximeter.collect.verdicts import Verdicts, compile_table, read_verdicts
from taximeter.domain.rates import Rate
from taximeter.host.files import replace_file
from taximeter.host.paths import Paths
from taximeter.host.trouble import Trouble

if TYPE_CHECKING:
    import httpx

URL = "https://raw.githubusercontent.com/pydantic/genai-prices/refs/heads/main/prices/new_data/v2/data.json"
MAX_BYTES = 8_000_000
MAX_SECONDS = 30.0
NEEDED = ("anthropic", "openai")


@dataclass(frozen=True, slots=True)
class Refreshed:
    """What a refresh changed: models, as ids."""

    as_of: str
    models: int
    added: tuple[str, ...]
    changed: tuple[str, ...]
    removed: tuple[str, ...]


def refresh_prices(paths: Paths, now: int, transport: httpx.BaseTransport | None = None) -> Refreshed:
    """Fetch, check, put in place. ``now`` (ms) becomes the day that the prices are of.

    Raises:
        Trouble: it could not be fetched or does not look like a price list; the old one stays.
    """
    old = read_table(newest_table(paths))
    day = datetime.fromtimestamp(now / 1000, UTC).date().isoformat()
    table = _compiled(_fetch(transport), shipped_verdicts(paths), day)
    replace_file(refreshed_file(paths), write_table(table))
    return _difference(old, table)


def shipped_verdicts(paths: Paths) -> Verdicts:
    """The corrections that came with the app.

    Raises:
        Trouble: they are missing or damaged.
    """
    try:
        return read_verdicts((paths.resources / "prices" / "corrections.toml").read_text(encoding="utf-8"))
    except (OSError, ValueError) as error:
        raise Trouble("The price corrections that ship with Taximeter are damaged", "Install it again.") from error


def _compiled(data: bytes, verdicts: Verdicts, day: str) -> Table:
    try:
        providers: Any = json.loads(data, parse_float=Decimal)
        table = compile_table(providers, verdicts, day, f"genai-prices, published file of {day}")
    except ValueError as error:
        raise Trouble("What was fetched is not a price list", f"{error}. The old prices stay.") from error
    missing = [name for name in NEEDED if not any(offer.provider == name for offer in table.offers)]
    if missing:
        raise Trouble(f"The fetched price list holds nothing of {missing[0]}", "The old prices stay.")
    return table


def _fetch(transport: httpx.BaseTransport | None) -> bytes:
    import ssl

    import httpx
    import truststore

    verify = truststore.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
    deadline = time.monotonic() + MAX_SECONDS
    found = bytearray()
    try:
        with (
            httpx.Client(verify=verify, timeout=10, transport=transport) as client,
            client.stream("GET", URL) as answer,
        ):
            answer.raise_for_status()
            for part in answer.iter_bytes():
                found += part
                if len(found) > MAX_BYTES or time.monotonic() > deadline:
                    raise Trouble("The published price list is too large or too slow", "The old prices stay.")
    except httpx.HTTPError as error:
        reason = str(error) or type(error).__name__
        detail = f"{reason}. The old prices stay; try again when {httpx.URL(URL).host} can be reached."
        raise Trouble("The published price list could not be fetched", detail) from error
    return bytes(found)


def _difference(old: Table, new: Table) -> Refreshed:
    was, now = _by_offer(old), _by_offer(new)
    changed = {key for key in was.keys() & now.keys() if was[key] != now[key]}
    return Refreshed(
        new.as_of, len(now), _models(now.keys() - was.keys()), _models(changed), _models(was.keys() - now.keys())
    )


_Key = tuple[str, str, str]


def _by_offer(table: Table) -> dict[_Key, list[Rate]]:
    """Every offer's rows without where they came from."""
    return {
        (offer.provider, offer.channel, offer.model): [replace(rate, source="") for rate in offer.rates]
        for offer in table.offers
    }


def _models(keys: AbstractSet[_Key]) -> tuple[str, ...]:
    return tuple(sorted({model for _, _, model in keys}))
