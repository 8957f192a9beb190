"""From the seed's data and our corrections file to the compiled table."""

from __future__ import annotations

import tomllib
from collections.abc import Sequence
from dataclasses import dataclass
from hashlib import sha256
from typing import Any

import msgspec

from taximeter.collect.corrections import Correction, corrected
from taximeter.collect.pricetable import Table
from taximeter.collect.seedrates import Raw, seed_offers
from taximeter.domain.rates import Prefix


@dataclass(frozen=True, slots=True)
class Verdicts:
    """The corrections file: what may stand before a model's id, and all corrections."""

    prefixes: tuple[Prefix, ...]
    correction: tuple[Correction, ...]
    digest: str = ""
    """Short hash of the file's text."""

    def by_id(self) -> dict[str, Correction]:
        """The corrections by their ids."""
        return {one.id: one for one in self.correction}


def read_verdicts(text: str) -> Verdicts:
    """The corrections file.

    Raises:
        ValueError: it is not TOML, or not of the documented shape.
    """
    text = text.replace("\r\n", "\n")
    raw = _plain(tomllib.loads(text))
    raw["digest"] = sha256(text.encode()).hexdigest()[:12]
    return msgspec.convert(raw, Verdicts)


def compile_table(providers: Sequence[Raw], verdicts: Verdicts, as_of: str, seed: str) -> Table:
    """The seed's data with every correction applied.

    Raises:
        ValueError: the data does not have the expected shape, or a price is not one.
    """
    try:
        offers = corrected(seed_offers(providers, seed), verdicts.correction)
    except (KeyError, TypeError, AttributeError, ArithmeticError) as error:
        raise ValueError(f"The price data does not have the expected shape ({error!r})") from error
    return Table(as_of, seed, "USD", verdicts.digest, prefixes=verdicts.prefixes, offers=offers)


def _plain(value: Any) -> Any:  # noqa: ANN401 - TOML of any shape
    """TOML's dates as ISO text."""
    if isinstance(value, dict):
        return {key: _plain(one) for key, one in value.items()}
    if isinstance(value, list):
        return [_plain(one) for one in value]
    return value.isoformat() if hasattr(value, "isoformat") else value
