"""Quotas in words and as data, the same in every command that shows them."""

from __future__ import annotations

from datetime import datetime, tzinfo
from typing import TYPE_CHECKING

from taximeter.commands.documents import iso
from taximeter.commands.tables import WIDTH, Column, table
from taximeter.commands.wording import money_words, token_words
from taximeter.domain.quota import IN_PARTS, Enforcement, Outlook, Quota, QuotaKind, QuotaState, Unit

if TYPE_CHECKING:
    from decimal import Decimal

    from taximeter.domain.increase import IncreaseRequest

NANO_DIGITS = 9
MINUTE, HOUR, DAY = 60_000, 3_600_000, 86_400_000
COLUMNS = (Column(""), Column("Quota", cut=True), Column("Left", right=True), Column("Of", right=True),
           Column("Resets"), Column("At your pace"))  # fmt: skip
UNTOLD = {QuotaState.OFFLINE: "offline since {}", QuotaState.SIGNED_OUT: "signed out since {}"}
USED_UP = {Enforcement.THROTTLE: "used up, slowed down", Enforcement.WARN: "over it, goes on"}
"""What becomes of work at the limit, where the source does not stop it."""
NO_QUOTA = "No budget yet. Set one with: taximeter budget set NAME AMOUNT"


def quota_json(seen: Outlook) -> dict[str, object]:
    """A quota as every command's ``--json`` has it: money and credits as decimal strings, the rest as numbers."""
    quota = seen.quota
    return {
        "id": quota.id,
        "name": quota.name,
        "kind": quota.kind.value,
        "unit": quota.unit.value,
        "currency": quota.currency or None,
        "limit": amount_json(quota.unit, quota.limit),
        "spent": amount_json(quota.unit, quota.spent),
        "not_billed": amount_json(quota.unit, quota.not_billed),
        "held": amount_json(quota.unit, quota.held),
        "remaining": amount_json(quota.unit, quota.remaining),
        "period": {"start": iso(quota.period.start), "end": iso(quota.period.end)},
        "as_of": iso(quota.as_of),
        "state": seen.state.value,
        "binds": seen.binds,
        "covers": covered(quota.covers.agents, quota.covers.projects, quota.covers.models),
        "runs_out_at": None if seen.runs_out_at is None else iso(seen.runs_out_at),
    }


def quota_table(seen: tuple[Outlook, ...], now: int, zone: tzinfo) -> str:
    """The quotas as a table of at most 80 columns, the binding one first and marked."""
    if not seen:
        return NO_QUOTA
    rows = [_row(one, now, zone) for one in seen]
    return "\n".join([table(COLUMNS, rows, WIDTH), *_notes(seen)])


def outlook_words(seen: Outlook, now: int, zone: tzinfo) -> str:
    """Whether it lasts, in a few words."""
    quota = seen.quota
    if quota.suspended:
        return "suspended"
    if seen.state in UNTOLD:
        return UNTOLD[seen.state].format(clock(quota.as_of, now, zone))
    if seen.state == QuotaState.STALE:
        here = quota.kind in (QuotaKind.LOCAL, QuotaKind.PLAN_WINDOW)
        return f"as of {span(now - quota.as_of)} ago" if here else f"as of {clock(quota.as_of, now, zone)}"
    if quota.limit is None:
        return "no limit"
    if seen.state == QuotaState.SPENT:
        since = f" since {clock(seen.runs_out_at, now, zone)}" if seen.runs_out_at else ""
        return USED_UP.get(quota.enforcement, f"used up{since}")
    if seen.runs_out_at is not None:
        return f"runs out {clock(seen.runs_out_at, now, zone)}"
    if not seen.forecast_known:
        return "too early to say"
    return "lasts past the reset" if quota.resets else "no end in sight"


def covered(agents: tuple[str, ...], projects: tuple[str, ...], models: tuple[str, ...]) -> list[str]:
    """What a quota pays for, each pattern with its kind; empty for everything."""
    kinds = (("agent", agents), ("project", projects), ("model", models))
    return [f"{kind}:{pattern}" for kind, patterns in kinds for pattern in patterns]


def amount_words(quota: Quota | IncreaseRequest, amount: int | None) -> str:
    """An amount in a quota's unit, for people."""
    if amount is None:
        return "no limit"
    match quota.unit:
        case Unit.MONEY:
            return money_words(amount, quota.currency)
        case Unit.CREDITS:
            return f"{credit_words(amount)} credits"
        case Unit.PERCENT:
            return f"{round(amount / 100)} %"
        case Unit.TOKENS:
            return f"{token_words(amount)} tokens"
        case _:
            return f"{amount:,} {quota.unit.value}"


def amount_json(unit: Unit, amount: int | None) -> str | int | float | None:
    """An amount as data: money and credits as decimal strings, the rest as numbers."""
    if amount is None:
        return None
    if unit in IN_PARTS:
        return f"{decimal(amount):f}"
    return amount / 100 if unit is Unit.PERCENT else amount


def credit_words(nano: int) -> str:
    """Credits for people, two digits after the point where they have parts; a little is never shown as nothing."""
    if 0 < nano < 10 ** (NANO_DIGITS - 2):
        return "<0.01"
    return f"{decimal(nano):,.2f}".removesuffix(".00")


def decimal(nano: int) -> Decimal:
    """Nano-units as an exact decimal."""
    from decimal import Decimal

    return Decimal(nano).scaleb(-NANO_DIGITS)


def clock(at: int, now: int, zone: tzinfo) -> str:
    """A moment near ``now``: the hour when it is today, the weekday within six days, else the day."""
    there, here = datetime.fromtimestamp(at / 1000, zone), datetime.fromtimestamp(now / 1000, zone)
    days = abs((there.date() - here.date()).days)
    if days == 0:
        return f"{there:%H:%M}"
    return f"{there:%a %H:%M}" if days <= 6 else f"{there.day} {there:%b}"


def span(length: int) -> str:
    """A length of time in its largest unit: ``3 h``."""
    if length >= 2 * DAY:
        return f"{length // DAY} days"
    return f"{length // HOUR} h" if length >= HOUR else f"{max(length, 0) // MINUTE} min"


def _row(seen: Outlook, now: int, zone: tzinfo) -> tuple[str, ...]:
    quota = seen.quota
    at_least = "<" if quota.unpriced_tokens else ""
    return (
        ">" if seen.binds else " ",
        quota.name,
        "nothing" if quota.suspended else at_least + amount_words(quota, quota.remaining),
        "" if quota.limit is None else amount_words(quota, quota.limit),
        _reset_words(quota, now),
        outlook_words(seen, now, zone),
    )


def _reset_words(quota: Quota, now: int) -> str:
    if not quota.resets:
        return "never"
    return f"in {span(quota.period.end - now)}" if now < quota.period.end else "passed"


def _notes(seen: tuple[Outlook, ...]) -> list[str]:
    tokens = max(one.quota.unpriced_tokens for one in seen)
    if not tokens:
        return []
    return ["", f"< at most this is left: {tokens:,} tokens have no price.", "  See: taximeter prices check"]

