"""The seed package, where it is installed (development), in the shape of its published file."""

from __future__ import annotations

from datetime import date, time
from decimal import Decimal
from importlib.metadata import PackageNotFoundError, version
from typing import Any

_CLAUSES = {
    "ClauseEquals": "equals",
    "ClauseStartsWith": "starts_with",
    "ClauseEndsWith": "ends_with",
    "ClauseContains": "contains",
    "ClauseRegex": "regex",
}


def installed_version() -> str:
    """The seed package's name and version, empty where it is not installed; it is not part of the app."""
    try:
        return f"genai-prices {version('genai-prices')}"
    except PackageNotFoundError:
        return ""


def installed_providers() -> list[dict[str, Any]]:
    """Its providers as plain data.

    Raises:
        ImportError: it is not installed.
    """
    from genai_prices.data import providers

    return [{"id": one.id, "models": [_model(model) for model in one.models]} for one in providers]


def _model(model: Any) -> dict[str, Any]:  # noqa: ANN401 - the package's own classes, not installed with the app
    listed = model.prices
    prices = [_conditional(one) for one in listed] if isinstance(listed, list) else _prices(listed)
    variants = [{**_conditional(one), "when": dict(one.when)} for one in model.price_variants or ()]
    return {"id": model.id, "match": _match(model.match), "prices": prices, "price_variants": variants}


def _conditional(one: Any) -> dict[str, Any]:  # noqa: ANN401 - as above
    constraint = {
        key: _plain(value) for key, value in vars(one.constraint).items() if not key.startswith("_")
    } if one.constraint is not None else {}  # fmt: skip
    return {"constraint": constraint, "prices": _prices(one.prices)}


def _prices(prices: Any) -> dict[str, Any]:  # noqa: ANN401 - as above
    return {key: _plain(value) for key, value in vars(prices).items() if value is not None and key[0] != "_"}


def _match(clause: Any) -> dict[str, Any]:  # noqa: ANN401 - as above
    name = type(clause).__name__
    if name == "ClauseOr":
        return {"or": [_match(one) for one in clause.or_]}
    if name == "ClauseAnd":
        return {"and": [_match(one) for one in clause.and_]}
    return {_CLAUSES[name]: next(iter(vars(clause).values()))}


def _plain(value: Any) -> Any:  # noqa: ANN401 - as above
    if isinstance(value, Decimal):
        return str(value)
    if isinstance(value, date | time):
        return value.isoformat()
    if hasattr(value, "tiers"):
        return {
            "base": str(value.base),
            "tiers": [{"start": one.start, "price": str(one.price)} for one in value.tiers],
        }
    return value
