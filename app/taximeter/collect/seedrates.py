"""Reads the seed's published price data (genai-prices) into our own rates, nothing corrected yet.

The shape is that of its published file: providers with models, each with a match rule, prices that
may be dated or bound to hours, and variants for batch, flex, priority and fast service.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal
from typing import Any

from taximeter.domain.rates import DIRECT, NO_PRICES, Offer, Prices, Rate, Step, Tariff, Window

PROVIDERS = (
    "anthropic", "openai", "google", "x-ai", "deepseek", "moonshotai", "zai", "zhipuai", "minimax", "mistral",
    "cursor", "aws",
)  # fmt: skip
"""Whose models coding agents meet; where two list the same id, the first is the list price."""

_KINDS = ("input_mtok", "cache_read_mtok", "cache_write_mtok", "cache_write_1h_mtok", "output_mtok")
_NO_AGENT_MODEL = re.compile(
    r"image|audio|realtime|transcribe|tts|embed|whisper|live|omni|moderation|vision|voxtral|ocr|gemma|robotics|nova"
    r"|llama|palmyra|search-api|search-preview|deep-research|instruct|davinci|babbage|curie|^ada|ft[:-]|gpt-3|gpt-4-"
    r"|^gpt-4$|gpt-4\.5|chatgpt|chat-latest|gemini-(pro|1|2\.0|flash-1|nano)|computer-use|pixtral|saba|free|claude-(v1|2)"
    r"|mixtral|-7b|tiny|saba|extended|moonshot-v1|grok-2|grok-voice|m2-her"
)
_MODES = {
    ("processing", "batch"): "batch",
    ("service_tier", "flex"): "flex",
    ("service_tier", "priority"): "priority",
    ("service_tier", "fast"): "fast",
    ("speed", "fast"): "fast",
}
_NAME = re.compile(r"[a-z0-9][a-z0-9._-]*[a-z0-9](?:\[fast=(?:true|false)\])?")
_BEDROCK = re.compile(r"^(?:(global|regional)\.)?[a-z]+\.(.+?)(?:-20\d{6})?(?:-v\d+(?::\d+)?)?$")

Raw = Mapping[str, Any]


def seed_offers(providers: Sequence[Raw], source: str) -> tuple[Offer, ...]:
    """All offers of the seed that matter to us, in the order of PROVIDERS.

    Raises:
        KeyError, TypeError, ValueError: the data does not have the expected shape.
    """
    known = {str(provider["id"]): provider for provider in providers}
    return tuple(
        offer for wanted in PROVIDERS if wanted in known for offer in _provider_offers(known[wanted], wanted, source)
    )


def _provider_offers(provider: Raw, name: str, source: str) -> Iterator[Offer]:
    for model in provider["models"]:
        logged = str(model["id"]).lower()
        if _NO_AGENT_MODEL.search(logged) or (name == "google" and "claude" in logged):
            continue
        rates = tuple(_dated(model, source))
        if rates:
            id, channel = _sold_as(logged, name)
            yield Offer(name, id, tuple(sorted(_names(model, id, channel))), rates, channel)


def _sold_as(logged: str, provider: str) -> tuple[str, str]:
    if provider != "aws":
        return logged, DIRECT
    found = _BEDROCK.match(logged)
    if found is None:
        return logged, "bedrock-regional"
    return found[2], "bedrock-global" if found[1] == "global" else "bedrock-regional"


def _names(model: Raw, id: str, channel: str) -> set[str]:
    """Whole ids only: what the seed matches by its beginning is not taken as a family."""
    found = {id}
    if channel == DIRECT:
        found |= {name for name in map(str.lower, _literals(model["match"])) if _NAME.fullmatch(name)}
    versioned = re.fullmatch(r"claude-([a-z]+)-(\d+)(?:-(\d))?", id)
    if versioned:
        maker, major, minor = versioned.groups()
        for version in {major if minor is None else f"{major}{dot}{minor}" for dot in "-."}:
            found |= {f"claude-{maker}-{version}", f"claude-{version}-{maker}"}
    return {name for name in found if not _is_dated(name, found)}


def _is_dated(name: str, names: set[str]) -> bool:
    """Whether a rule finds the name anyway, by its day."""
    return any(re.fullmatch(re.escape(other) + r"-20\d\d-?\d\d-?\d\d", name) for other in names)


def _literals(match: Raw) -> Iterator[str]:
    for key, value in match.items():
        if key in {"or", "and"}:
            for clause in value:
                yield from _literals(clause)
        elif key in {"equals", "starts_with"} and not re.search(r"-20\d\d$", value):
            yield value
        elif key == "regex":
            yield re.sub(r"\\(.)", r"\1", value).removeprefix("^").removesuffix("$")


def _dated(model: Raw, source: str) -> Iterator[Rate]:
    """One rate for each stretch between the dates on which anything changes."""
    listed = model["prices"]
    conditions = listed if isinstance(listed, list) else [{"prices": listed}]
    variants = [variant for variant in model.get("price_variants") or () if _mode(variant)]
    starts = sorted({_start(one) for one in (*conditions, *variants)} | {""})
    for start, end in zip(starts, [*starts[1:], ""], strict=True):
        base = next((one for one in reversed(conditions) if _start(one) <= start and not _hours(one)), conditions[0])
        tariff = tariff_of(base["prices"])
        if tariff.prices.input is None or tariff.prices.output is None:
            continue
        yield Rate(
            valid_from=start,
            valid_to=end,
            tariff=tariff,
            modes=dict(_modes(base["prices"], variants, start)),
            windows=tuple(_windows(conditions)),
            web_search=_decimal(base["prices"].get("web_searches_kcount")),
            source=source,
        )


def _modes(base: Raw, variants: Sequence[Raw], start: str) -> Iterator[tuple[str, Tariff]]:
    """The first variant that is active wins, kind by kind; kinds it leaves out keep the base price."""
    for mode in dict.fromkeys(_MODES.values()):
        merged: dict[str, Any] = {}
        for variant in variants:
            if _mode(variant) == mode and _start(variant) <= start:
                for key, value in variant["prices"].items():
                    merged.setdefault(key, value)
        if any(key in _KINDS for key in merged):
            yield mode, tariff_of({**base, **merged})


def _mode(variant: Raw) -> str:
    when = dict(variant["when"])
    return _MODES.get(next(iter(when.items())), "") if len(when) == 1 else ""


def _windows(conditions: Sequence[Raw]) -> Iterator[Window]:
    """The last condition wins in the seed, the first window in ours."""
    for one in reversed(conditions):
        if _hours(one):
            start, end = (_minute(one["constraint"][key]) for key in ("start_time", "end_time"))
            yield Window(start, end, tariff_of(one["prices"]))


def tariff_of(prices: Raw) -> Tariff:
    """A price set of the seed as ours; what it lists as tiers re-rates the whole request."""
    steps = sorted({int(tier["start"]) for key in _KINDS for tier in _tiers(prices.get(key))})
    return Tariff(_prices(prices, 0), tuple(Step(over, _prices(prices, over)) for over in steps if over > 0))


def _prices(prices: Raw, over: int) -> Prices:
    found = [_decimal(_price_at(prices.get(key), over)) for key in _KINDS]
    return Prices(*found) if any(one is not None for one in found) else NO_PRICES


def _price_at(price: Any, over: int) -> Any:  # noqa: ANN401 - a number or a table of tiers
    if not isinstance(price, Mapping):
        return price
    reached = [tier for tier in _tiers(price) if tier["start"] <= over]
    return max(reached, key=lambda tier: int(tier["start"]))["price"] if reached and over else price["base"]


def _tiers(price: Any) -> Sequence[Raw]:  # noqa: ANN401 - as above
    return price["tiers"] if isinstance(price, Mapping) else ()


def _decimal(value: object) -> Decimal | None:
    if value is None:
        return None
    exact = Decimal(str(value))
    if not exact.is_finite() or exact < 0:
        raise ValueError(f"{value} is not a price")
    return exact.normalize() + 0


def _start(condition: Raw) -> str:
    return str((condition.get("constraint") or {}).get("start_date", ""))


def _hours(condition: Raw) -> bool:
    return "start_time" in (condition.get("constraint") or {})


def _minute(clock: str) -> int:
    hour, minute = clock.split(":")[:2]
    return int(hour) * 60 + int(minute)
