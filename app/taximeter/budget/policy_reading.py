"""The company's policy as the neutral contract tells it, read field by field: what cannot be used is left out and said.

No content of it raises anything, and nothing that is odd in one field costs another its effect.
"""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import suppress
from typing import TypeVar, get_args
from urllib.parse import urljoin, urlsplit

from taximeter.budget.contract import Answer, Failure, Fault, Source
from taximeter.budget.faults import sentence_of
from taximeter.budget.fields import BadJson, Fields, read_object
from taximeter.host.company import AMOUNTS
from taximeter.host.policy import (
    HIGHEST_COUNT,
    LONGEST_POLL,
    SHORTEST_POLL,
    Decided,
    Default,
    Mode,
    Policy,
    PriceSource,
)
from taximeter.host.question_settings import LONGEST_WAIT, Offer, ThresholdSetting
from taximeter.host.service_settings import origin_of
from taximeter.host.settings import is_currency

MOST_AGENTS = 100
MOST_ODD = 20
LONGEST_ID = 80
LONGEST_ADDRESS = 2000

T = TypeVar("T")
MODES: tuple[Mode, ...] = get_args(Mode)
DEFAULTS: tuple[Default, ...] = get_args(Default)


def read_policy(answer: Answer, source: Source) -> Policy | Failure:
    """The policy of an answer with a body, or why there is nothing in it that can be used."""
    odd: list[str] = []
    try:
        whole = Fields(read_object(answer.body), "", odd)
    except BadJson:
        return Failure(Fault.BAD_BODY, sentence_of(Fault.BAD_BODY, source.host), call=answer.call)
    version = whole.text("version")
    if not version:
        return Failure(Fault.UNREADABLE, f"The policy of {source.host} has no version", call=answer.call)
    return Policy(
        version=version,
        updated_at=whole.moment("updated_at") or 0,
        decided=_decided(whole),
        prices=_prices(whole, source.origin + answer.call.path),
        odd=tuple(odd[:MOST_ODD]),
    )


def _decided(whole: Fields) -> Decided:
    question, offer = whole.inner("question"), whole.inner("offer")
    currency = question.text("currency")
    if currency and not is_currency(currency):
        question.say("currency", "is not a currency of three capital letters")
        currency = ""
    return Decided(
        mode=_choice(question, "mode", MODES),
        agents=_agents(question.inner("agents")),
        amber_after=question.whole("amber_after", 0, LONGEST_WAIT),
        amber_default=_choice(question, "amber_default", DEFAULTS),
        red_wait=question.whole("red_wait", 0, LONGEST_WAIT),
        red_default=_choice(question, "red_default", DEFAULTS),
        thresholds=_thresholds(question.inner("thresholds"), currency),
        currency=currency,
        offer=Offer(offer.text("model"), offer.text("agent"), offer.text("text")),
        min_poll_seconds=whole.whole("min_poll_seconds", SHORTEST_POLL, LONGEST_POLL) or 0,
    )


def _choice(fields: Fields, key: str, choices: Sequence[T]) -> T | None:
    """One of the words that this version knows."""
    told = fields.values.get(key)
    found = next((choice for choice in choices if choice == told), None)
    if told is not None and found is None:
        fields.say(key, f"is none of {', '.join(map(str, choices))}")
    return found


def _agents(fields: Fields) -> tuple[tuple[str, Mode], ...]:
    modes: list[tuple[str, Mode]] = []
    for agent in list(fields.values)[:MOST_AGENTS]:
        if not agent or len(agent) > LONGEST_ID or not agent.isprintable():
            fields.say(repr(agent[:LONGEST_ID]), "is no agent's id")
        elif mode := _choice(fields, agent, MODES):
            modes.append((agent, mode))
    if len(fields.values) > MOST_AGENTS:
        fields.say("agents", f"are {len(fields.values)}: only the first {MOST_AGENTS} are read")
    return tuple(modes)


def _thresholds(fields: Fields, currency: str) -> tuple[tuple[str, int], ...]:
    found: list[tuple[str, int]] = []
    for name in ThresholdSetting._fields:
        value = _amount(fields, name, currency) if name in AMOUNTS else _count(fields, name)
        if value is not None:
            found.append((name, value))
    return tuple(found)


def _count(fields: Fields, name: str) -> int | None:
    return fields.whole(name, 0, 100 if name == "typical_percentile" else HIGHEST_COUNT)


def _amount(fields: Fields, name: str, currency: str) -> int | None:
    with suppress(LookupError):
        amount = fields.text_money(name)
        if amount is not None and not currency:
            fields.say(name, "has no currency beside it")
            return None
        return amount
    return None


def _prices(whole: Fields, document: str) -> PriceSource | None:
    """Where the price file is, told relative to the policy's own address; on another origin it is refused."""
    if whole.values.get("prices") is None:
        return None
    prices = whole.inner("prices")
    version, told = prices.text("version"), prices.values.get("url")
    path = _path(document, told) if isinstance(told, str) else ""
    if not path:
        prices.say("url", "is no address on the service's own origin")
    if not version:
        prices.say("version", "is missing")
    return PriceSource(version, path) if version and path else None


def _path(document: str, told: str) -> str:
    try:
        whole = urljoin(document, told)
        parts = urlsplit(whole)
        usable = origin_of(whole) == origin_of(document) and "@" not in parts.netloc
    except ValueError:
        return ""
    path = f"{parts.path}?{parts.query}" if parts.query else parts.path
    plain = path.isascii() and path.isprintable() and " " not in path and len(path) <= LONGEST_ADDRESS
    return path if told and usable and plain and path.startswith("/") else ""
