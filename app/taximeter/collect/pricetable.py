"""The compiled price table: the seed with our corrections in it, one small JSON file."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import msgspec

from taximeter.domain.rates import SEED, Layer, Offer, Prefix

SCHEMA = 1


@dataclass(frozen=True, slots=True)
class TableHead:
    """What can be told about a table without reading its prices.

    ``as_of`` is the ISO day the seed's data is of, ``seed`` its name and version, ``verdicts`` the
    short hash of the corrections file that went in.
    """

    as_of: str
    seed: str
    currency: str
    verdicts: str = ""
    schema: int = SCHEMA


@dataclass(frozen=True, slots=True)
class Table(TableHead):
    """All list prices, and what may stand before a model's id in logs."""

    prefixes: tuple[Prefix, ...] = ()
    offers: tuple[Offer, ...] = ()

    def layer(self) -> Layer:
        """The list prices as the lowest layer of a book."""
        return Layer(SEED, self.currency, self.offers)


def read_head(data: bytes) -> TableHead:
    """The head of a compiled table; quick.

    Raises:
        ValueError: it is damaged.
    """
    return msgspec.json.decode(data, type=TableHead)


def read_table(data: bytes) -> Table:
    """A compiled table.

    Raises:
        ValueError: it is damaged.
    """
    return msgspec.json.decode(data, type=Table)


def write_table(table: Table) -> bytes:
    """The table as JSON, one offer a line so that a change can be reviewed, defaults left out."""
    raw = msgspec.to_builtins(table)
    offers = raw.pop("offers")
    head = msgspec.json.encode(_lean(raw)).decode()
    lines = ",\n".join(msgspec.json.encode(_lean(offer)).decode() for offer in offers)
    return f'{head[:-1]},"offers":[\n{lines}\n]}}\n'.encode()


_EMPTY: tuple[object, ...] = (None, "", (), {})
_DEFAULTS: dict[str, tuple[object, ...]] = {"basis": ("documented",), "channel": ("direct",), "layer": (SEED,)}


def _lean(value: Any) -> Any:  # noqa: ANN401 - JSON of any shape
    """Without the members that a reader fills in by itself."""
    if isinstance(value, dict):
        return {key: _lean(one) for key, one in value.items() if one not in _DEFAULTS.get(key, _EMPTY)}
    if isinstance(value, list | tuple):
        return [_lean(one) for one in value]
    return value
