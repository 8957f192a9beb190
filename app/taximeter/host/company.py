"""What the company decided, on top of everybody's own settings: by the machine's file, and by the service's policy.

An administrator writes it as ``[company]`` in the machine's settings file, a budget service tells it
as its policy, which wins over the machine's. Who decided a key stands in ``Settings.company``, so that
windows and commands can say it.
"""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple, cast

from taximeter.host.policy import (
    LONGEST_POLL,
    SHORTEST_POLL,
    Decided,
    KeptPolicy,
    Mode,
    policy_prices_file,
    recall_policy,
)
from taximeter.host.question_settings import NANO, Offer, QuestionSetting, ThresholdSetting, read_question
from taximeter.host.settings import is_currency, path_of

if TYPE_CHECKING:
    from taximeter.host.paths import Paths
    from taximeter.host.settings import Settings
    from taximeter.host.toml_text import TomlTable

AMOUNTS = ("silent_amount", "cold_amount")
"""The thresholds that are money."""
_WAITS = ("amber_after", "amber_default", "red_wait", "red_default")


class CompanyRow(NamedTuple):
    """One key that the company decided."""

    key: str
    """As it stands in the settings, such as ``question.mode``."""
    value: str
    source: str
    """Who told it: the service, or the machine's settings file."""


def with_company(settings: Settings, paths: Paths, table: TomlTable | None) -> Settings:
    """The settings with what the company decided on top: the machine's ``[company]``, then the service's policy.

    Raises:
        Trouble: a value of the machine's file cannot be used.
    """
    if table is not None and table.values:
        decided, prices, unknown = read_company(table)
        settings = decided_on_top(settings, decided, str(table.source.file), prices)
        settings = replace(settings, unknown=(*settings.unknown, *unknown))
    kept = recall_policy(paths, settings.service.origin) if settings.service.kind else None
    if kept is None:
        return settings
    return decided_on_top(settings, kept.policy.decided, settings.service.called, _prices(paths, kept))


def decided_on_top(settings: Settings, decided: Decided, source: str, prices: Path | None) -> Settings:
    """The settings with one set of decisions on top; ``source`` is who told them, for people."""
    question, keys = _question(settings.question, decided)
    offer = decided.offer
    keys += [f"offer.{name}" for name, value in zip(Offer._fields, offer, strict=True) if value]
    if any(offer):
        question = question._replace(offer=offer)
    if prices is not None:
        keys.append("prices.company")
    if decided.min_poll_seconds:
        keys.append("min_poll_seconds")
    told = dict(settings.company) | dict.fromkeys(keys, source)
    return replace(
        settings,
        question=question,
        company_prices=prices or settings.company_prices,
        min_poll_seconds=decided.min_poll_seconds or settings.min_poll_seconds,
        company=tuple(told.items()),
    )


def read_company(table: TomlTable) -> tuple[Decided, Path | None, tuple[str, ...]]:
    """The ``[company]`` of a machine's file, the price file that it names, and its keys that mean nothing.

    Raises:
        Trouble: a value cannot be used.
    """
    part, offer, prices = table.table("question"), table.table("offer"), table.table("prices")
    currency = part.text("currency", "")
    if currency and not is_currency(currency):
        raise part.wrong("currency", "It has to be three capital letters, such as USD or EUR.")
    told, unknown = read_question(part, QuestionSetting())
    waits = {key: getattr(told, key) for key in _WAITS if key in part.values}
    names = part.values.get("thresholds", {})
    decided = Decided(
        mode=cast("Mode", told.mode) if "mode" in part.values else None,
        agents=cast("tuple[tuple[str, Mode], ...]", told.agents),
        thresholds=tuple((name, getattr(told.thresholds, name)) for name in ThresholdSetting._fields if name in names),
        currency=currency,
        offer=Offer(offer.text("model", ""), offer.text("agent", ""), offer.text("text", "")),
        min_poll_seconds=table.whole("min_poll_seconds", 0, SHORTEST_POLL, LONGEST_POLL),
        **waits,
    )
    file = path_of(prices, "file", None)
    return decided, file, (*table.unknown(), *unknown, *offer.unknown(), *prices.unknown())


def company_rows(settings: Settings) -> tuple[CompanyRow, ...]:
    """Every key that the company decided, with its value and who told it, in the order in which they were decided."""
    return tuple(CompanyRow(key, _value(settings, key), source) for key, source in settings.company)


def _prices(paths: Paths, kept: KeptPolicy) -> Path | None:
    """The last good price file of the policy."""
    file = policy_prices_file(paths)
    return file if kept.policy.prices is not None and kept.prices.version and file.exists() else None


def _question(question: QuestionSetting, decided: Decided) -> tuple[QuestionSetting, list[str]]:
    waits = {key: getattr(decided, key) for key in _WAITS if getattr(decided, key) is not None}
    known = [(name, value) for name, value in decided.thresholds if name in ThresholdSetting._fields]
    amounts = {name: value for name, value in known if name in AMOUNTS and decided.currency}
    plain = {name: value for name, value in known if name not in amounts}
    earlier = tuple(one for one in question.company_amounts if one[0] not in dict(known))
    keys = ["mode"] if decided.mode else []
    keys += [f"agents.{agent}" for agent, _ in decided.agents]
    keys += [*waits, *(f"thresholds.{name}" for name, _ in known)]
    # A mode for all agents leaves none of a person's own: else an agent could be taken out of it.
    agents = {} if decided.mode else dict(question.agents)
    changed = question._replace(
        mode=decided.mode or question.mode,
        agents=tuple((agents | dict(decided.agents)).items()),
        thresholds=question.thresholds._replace(**plain),
        company_amounts=(*earlier, *((name, value, decided.currency) for name, value in amounts.items())),
        **waits,
    )
    return changed, [f"question.{key}" for key in keys]


def _value(settings: Settings, key: str) -> str:
    """A decided value as text."""
    question, name = settings.question, key.rpartition(".")[2]
    if key.startswith("question.agents."):
        return question.mode_of(key.removeprefix("question.agents."))
    if key.startswith("question.thresholds."):
        return _threshold(question, name)
    if key.startswith("question."):
        return str(getattr(question, name))
    if key.startswith("offer."):
        return str(getattr(question.offer, name))
    return str(settings.company_prices) if key == "prices.company" else str(settings.min_poll_seconds)


def _threshold(question: QuestionSetting, name: str) -> str:
    number: int = getattr(question.thresholds, name)
    if name not in AMOUNTS:
        return str(number)
    from decimal import Decimal

    told = ((amount, currency) for known, amount, currency in question.company_amounts if known == name)
    amount, currency = next(told, (number, ""))
    return f"{(Decimal(amount) / NANO).normalize():f} {currency}".rstrip()
