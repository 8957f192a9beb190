"""One budget of the neutral contract as a quota; the fields' meaning stands in ``resources/budget/openapi.json``."""

from __future__ import annotations

import re

from taximeter.budget.contract import Source
from taximeter.budget.discovery import web_address
from taximeter.budget.fields import Fields
from taximeter.domain.quota import IN_PARTS, Coverage, Enforcement, Increase, Period, Quota, QuotaKind, Unit

ID = "service:"
YEAR = 366 * 86_400_000
"""How far ahead a budget is foretold that is never reset."""
UNITS = {unit.value: unit for unit in (Unit.MONEY, Unit.TOKENS, Unit.REQUESTS, Unit.CREDITS)}
LONGEST_ADDRESS = 2000
ENFORCEMENTS = {one.value: one for one in Enforcement}
_CURRENCY = re.compile(r"[A-Z]{3}")


def neutral_quota(budget: Fields, who: str, as_of: int, source: Source) -> Quota:
    """A budget of a person's. ``as_of`` is by this computer's clock.

    Raises:
        LookupError: what it takes to show it is missing or cannot be used; the reason stands in ``odd``.
    """
    unit = UNITS.get(budget.text("unit"))
    if unit is None:
        budget.say("unit", "is not one that can be shown")
        raise LookupError("unit")
    limit, spent = amount_of(budget, "limit", unit), amount_of(budget, "spent", unit)
    if spent is None or "limit" not in budget.values:
        missing = "spent" if spent is None else "limit"
        budget.say(missing, "is missing")
        raise LookupError(missing)
    held = _optional(budget, "held", unit) or 0
    left = _optional(budget, "remaining", unit, signed=True)
    period = _period(budget)
    covers = _covers(budget.inner("covers"), source.cover.coverage)
    return Quota(
        id=quota_id(budget),
        name=budget.text("name") or budget.text("id"),
        kind=QuotaKind.TAXIMETER,
        unit=unit,
        currency=currency_of(budget) if unit is Unit.MONEY else "",
        limit=limit,
        spent=spent,
        not_billed=0,
        held=held,
        period=period or Period(as_of, as_of + YEAR),
        as_of=as_of,
        covers=covers,
        soft_limit=_optional(budget, "soft_limit", unit),
        enforcement=ENFORCEMENTS.get(budget.text("enforcement"), Enforcement.BLOCK),
        suspended=budget.text("status") == "suspended",
        increase=_increase(budget, unit),
        resets=period is not None,
        coverage_chosen=source.cover.chosen or isinstance(budget.values.get("covers"), dict),
        told_left=None if left is None or limit is None else left + held,
        who=who,
        scope=budget.text("kind", "user"),
        source=budget.text("source"),
        message=budget.text("message"),
        origin=source.host,
        told_run_out=budget.moment("runs_out_at"),
        request_url=web_address(budget.text("request_url", longest=LONGEST_ADDRESS)),
    )


def quota_id(budget: Fields) -> str:
    """The id under which a budget is known here.

    Raises:
        LookupError: it has none.
    """
    told = budget.text("id")
    if not told:
        budget.say("id", "is missing")
        raise LookupError("id")
    return ID + told


def amount_of(told: Fields, key: str, unit: Unit, *, signed: bool = False) -> int | None:
    """An amount in the unit's smallest parts (see ``domain.quota``); None where there is none.

    Raises:
        LookupError: it cannot be used; the reason stands in ``odd``.
    """
    if unit in IN_PARTS:
        return told.text_money(key, signed=signed)
    return told.text_count(key, signed=signed)


def _optional(budget: Fields, key: str, unit: Unit, *, signed: bool = False) -> int | None:
    """A figure that can be done without: one that cannot be used is left out, with the reason in ``odd``."""
    try:
        return amount_of(budget, key, unit, signed=signed)
    except LookupError:
        return None


def currency_of(budget: Fields) -> str:
    """The currency of an amount of money.

    Raises:
        LookupError: it is none; the reason stands in ``odd``.
    """
    told = budget.text("currency")
    if not _CURRENCY.fullmatch(told):
        budget.say("currency", "is not three capital letters")
        raise LookupError("currency")
    return told


def _period(budget: Fields) -> Period | None:
    """The period as told; None when it is never reset.

    Raises:
        LookupError: it ends before it begins, or a part of it is missing.
    """
    if budget.values.get("period") is None:
        return None
    told = budget.inner("period")
    start, end = told.moment("start"), told.moment("end")
    if start is None or end is None or start >= end:
        budget.say("period", "does not begin before it ends")
        raise LookupError("period")
    return Period(start, end)


def _increase(budget: Fields, unit: Unit) -> Increase | None:
    told = budget.inner("temporary_increase")
    amount = _optional(told, "amount", unit)
    return Increase(amount, told.moment("expires_at")) if amount else None


def _covers(told: Fields, chosen: Coverage) -> Coverage:
    """What it pays for: the person's choice where there is one, else the company's, list by list."""
    return Coverage(
        chosen.agents or _narrowing(told.texts("agents")),
        chosen.projects,
        chosen.models or _narrowing(told.texts("models")),
    )


def _narrowing(patterns: tuple[str, ...]) -> tuple[str, ...]:
    return () if "*" in patterns else patterns
