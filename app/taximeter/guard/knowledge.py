"""What the gate judges by, taken from the ledger and the settings at one moment and kept in memory."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import tzinfo

from taximeter.domain.answers import Answered
from taximeter.domain.calibration import Scored
from taximeter.domain.experience import MAIN, Experience, learn
from taximeter.domain.holds import Hold
from taximeter.domain.launch import Kind, Verb
from taximeter.domain.offer import CompanyOffer
from taximeter.domain.pace import LEARNT_WEEKS, WEEK, Profile, profile_of
from taximeter.domain.pricing import PriceBook
from taximeter.domain.quota import Quota, Refusal
from taximeter.domain.thresholds import Thresholds
from taximeter.domain.usage import Pricing, Tokens
from taximeter.guard.judging import Rules
from taximeter.host.question_settings import QuestionSetting
from taximeter.host.settings import Settings
from taximeter.ledger import queries_actual, queries_history
from taximeter.ledger.queries_rhythm import rhythm

Price = Callable[[str, Tokens], int | None]
"""From a model's name and a request's tokens to nano-units at today's price; None when it has none."""


@dataclass(frozen=True, slots=True)
class History:
    """What earlier runs cost and were like. It changes slowly, and takes a moment to learn."""

    experience: Experience
    own: tuple[int, ...]
    """What one's own launches of the last 60 days cost."""
    preambles: Mapping[str, int]
    """By agent: the tokens that a subagent starts with at least."""
    results: Mapping[str, int]
    """By agent: the tokens of a subagent's result, in the middle."""
    newest_model: Mapping[tuple[str, str], str]
    """By agent and type of run; under an empty type whatever it used last."""
    models: Mapping[str, tuple[str, ...]]
    """By agent: all that its runs used, the newest first."""


@dataclass(frozen=True, slots=True)
class Knowledge:
    """All of it, complete."""

    history: History
    quotas: tuple[Quota, ...]
    """As they stand, nothing held of them yet."""
    profile: Profile
    price: Price
    currency: str
    book: str
    """The price book's id."""
    as_of: int
    thresholds: Thresholds
    rules: Rules
    in_touch: bool = False
    """Whether what is read of the logs is up to date at any moment, and not only at ``as_of``."""
    answers: tuple[Answered, ...] = ()
    """What was answered to the questions of the last 60 days, the oldest first."""
    holds: tuple[Hold, ...] = ()
    """What launches that the ledger knows will likely still cost."""
    refusal: Refusal | None = None
    """The newest refusal for want of budget that no success has followed."""
    recorded: frozenset[str] = frozenset()
    """The launches of the last hours that the ledger knows, whether anything is held for them or not."""
    company: CompanyOffer | None = None
    """What the company offers in place of a launch, its model not priced yet."""


def history_of(connection: sqlite3.Connection, book: PriceBook, scored: Sequence[Scored], now: int) -> History:
    """Learn from the ledger's runs, re-priced at today's rates; ``now`` is ms UTC."""
    seen = queries_history.observations(connection, now, book.price)
    newest: dict[tuple[str, str], str] = {}
    models: dict[str, dict[str, None]] = {}
    for one in seen:
        for type in (one.type, "") if one.type != MAIN else (one.type,):
            newest.setdefault((one.agent, type), one.model)
        models.setdefault(one.agent, {})[one.model] = None
    return History(
        learn(seen, now, scored),
        queries_history.own_launches(seen, now),
        queries_history.preambles(connection, now),
        queries_history.result_sizes(connection, now),
        newest,
        {agent: tuple(names) for agent, names in models.items()},
    )


def scored_before(connection: sqlite3.Connection, now: int) -> tuple[Scored, ...]:
    """How earlier forecasts did: what the next ones are corrected by, the oldest first."""
    found = queries_actual.scored(connection, now)
    return tuple(_scored(one, one.kinds[0] if one.kinds else Kind("", "", 0)) for one in found)


def _scored(one: queries_actual.Scored, kind: Kind) -> Scored:
    return Scored(one.asked_at, one.agents, kind.type, kind.model, one.alone, one.uncorrected or one.alone, one.actual,
                  one.baseline or 0, one.level, one.runs)  # fmt: skip


def rhythm_of(connection: sqlite3.Connection, now: int, zone: tzinfo) -> Profile:
    """One's own rhythm of spending, as the quotas' outlooks are made from."""
    return profile_of(rhythm(connection, now - LEARNT_WEEKS * WEEK, now), now, zone)


def price_today(book: PriceBook, now: int) -> Price:
    """Prices as they are now, of plain requests."""

    def price(model: str, tokens: Tokens) -> int | None:
        priced = book.price(model, now, tokens, 0, 0)
        return None if priced.pricing is Pricing.UNPRICED else priced.cost.total

    return price


def rules_of(settings: Settings) -> Rules:
    """How questions are asked, from the settings, and what of that the company decided."""
    setting = settings.question
    keys = (key.removeprefix("question.") for key, _ in settings.company if key.startswith("question."))
    return Rules(
        setting.mode, setting.amber_after, Verb(setting.amber_default), setting.red_wait, Verb(setting.red_default),
        setting.agents, frozenset(keys),
    )  # fmt: skip


def thresholds_of(setting: QuestionSetting, currency: str) -> Thresholds:
    """From where on the rules speak, from the settings: the names are the same.

    Amounts that the company set in another currency than the price book's are left out: money is not converted.
    """
    decided = {name: amount for name, amount, of in setting.company_amounts if of == currency}
    return Thresholds(*setting.thresholds._replace(**decided))
