"""LiteLLM's kinds of budget, each as a quota: of a key, of a person, of a person in a team, of a whole team.

Their figures are US dollars as JSON numbers. A budget may stand in a table of its own beside them.
A temporary increase is not in ``max_budget``: it counts on top until its end. A budget without a
time of reset is never reset.
"""

from __future__ import annotations

import re
from calendar import monthrange
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from taximeter.budget.contract import Source
from taximeter.budget.fields import Fields
from taximeter.domain.quota import Enforcement, Increase, Period, Quota, QuotaKind, Unit

KEY_ID, USER_ID, TEAM_ID = "service:key", "service:user", "service:team:"
WHOLE_TEAM_ID = "service:whole-team:"
CURRENCY = "USD"
SHARE = "Your share of "
YEAR = 366 * 86_400_000
"""How far ahead a budget is foretold that is never reset."""
TABLE = "litellm_budget_table"
_DURATION = re.compile(r"([0-9]{1,6})(s|m|h|d|w|mo)")
_SECONDS = {"s": 1, "m": 60, "h": 3600, "d": 86_400, "w": 7 * 86_400}


@dataclass(frozen=True, slots=True)
class Told:
    """An answer's times and where it came from."""

    served: int
    """When it was written, by the service's clock, ms UTC."""
    as_of: int
    """When its figures were true, by this computer's clock."""
    source: Source


def key_quota(info: Fields, told: Told) -> Quota:
    """The calling key's budget.

    Raises:
        LookupError: its limit or its spending cannot be used; the reason stands in ``info.odd``.
    """
    name = info.text("key_alias") or info.text("key_name")
    return _quota((KEY_ID, f"Key {name}".strip(), "key"), info, info.inner("metadata"), told)


def user_quota(user: Fields, told: Told) -> Quota:
    """A person's own budget, which knows no increase for a time; see ``key_quota``."""
    return _quota((USER_ID, "Your own budget", "user"), user, Fields({}, ""), told)


def member_quota(member: Fields, told: Told, of_team: Fields = Fields({}, "")) -> Quota:
    """A person's budget in a team; see ``key_quota``.

    ``of_team`` is what the team gives who has no amount of their own, where 0 is none. It lends its amount alone: the
    member's spending is reset with the member's own budget, and never where that names no reset.
    """
    team = member.text("team_id")
    name = member.text("team_alias") or team
    called = (TEAM_ID + team, SHARE + name, "team_member")
    return _quota(called, member, member.inner(TABLE), told, of_team.number_money("max_budget") or None)


def team_quota(team: Fields, told: Told) -> Quota:
    """What a whole team has together, which holds for each of its members as well; see ``key_quota``."""
    called = (WHOLE_TEAM_ID + team.text("team_id"), f"Team {team.text('team_alias') or team.text('team_id')}", "team")
    return _quota(called, team, Fields({}, ""), told)


def is_set(quota: Quota) -> bool:
    """Whether anything holds: LiteLLM tells the spending of what has no budget, too."""
    return quota.limit is not None or quota.soft_limit is not None or quota.suspended


def _quota(
    called: tuple[str, str, str], fields: Fields, raised: Fields, told: Told, otherwise: int | None = None
) -> Quota:
    table = fields.inner(TABLE)
    limit = _first_money("max_budget", fields, table)
    limit = otherwise if limit is None else limit
    spent = fields.number_money("spend")
    if spent is None:
        fields.say("spend", "is missing")
        raise LookupError(called[0])
    increase = _increase(raised, told.served) if limit is not None else None
    reset = _first_moment("budget_reset_at", fields, table)
    begun = _first_moment("created_at", fields, table)
    length = next((text for place in (fields, table) if (text := place.text("budget_duration"))), "")
    return Quota(
        id=called[0],
        name=called[1],
        kind=QuotaKind.LITELLM,
        unit=Unit.MONEY,
        currency=CURRENCY,
        limit=None if limit is None else limit + (increase.amount if increase else 0),
        spent=spent,
        not_billed=0,
        held=0,
        period=_period(reset, length, begun, told.served),
        as_of=told.as_of,
        covers=told.source.cover.coverage,
        soft_limit=_soft_limit(fields, table),
        enforcement=Enforcement.BLOCK,
        suspended=fields.flag("blocked"),
        increase=increase,
        resets=reset is not None,
        coverage_chosen=told.source.cover.chosen,
        scope=called[2],
        origin=told.source.host,
    )


def _first_money(key: str, *places: Fields) -> int | None:
    """The first of the places that tells an amount; LiteLLM fills a key's own blanks from its budget's table."""
    return next((found for place in places if (found := place.number_money(key)) is not None), None)


def _first_moment(key: str, *places: Fields) -> int | None:
    return next((found for place in places if (found := place.moment(key)) is not None), None)


def _soft_limit(fields: Fields, table: Fields) -> int | None:
    """The soft limit; one that cannot be used is left out, with the reason among what was odd."""
    try:
        return _first_money("soft_budget", fields, table)
    except LookupError:
        return None


def _increase(raised: Fields, served: int) -> Increase | None:
    """An increase that holds when the answer was written; LiteLLM applies none that has no end."""
    until = raised.moment("temp_budget_expiry")
    try:
        amount = raised.number_money("temp_budget_increase")
    except LookupError:
        return None
    return Increase(amount, until) if amount and until is not None and until > served else None


def _period(reset: int | None, length: str, begun: int | None, served: int) -> Period:
    """From the reset before to the next one, which LiteLLM puts on calendar boundaries."""
    if reset is None:
        return Period(min(begun or served, served), served + YEAR)
    found = _DURATION.fullmatch(length)
    if found is None:
        return Period(min(begun or served, served, reset - 1), reset)
    count, unit = int(found[1]), found[2]
    if unit == "mo" or (unit, count) == ("d", 30):
        return Period(_months_before(reset, count if unit == "mo" else 1), reset)
    return Period(reset - max(1, count * _SECONDS[unit]) * 1000, reset)


def _months_before(reset: int, months: int) -> int:
    """The same day so many months earlier; the day is that of the nearest midnight UTC, since the reset is a local one.

    A reset at 22:00 UTC on the last of a month is midnight of the first in a zone ahead of UTC.
    """
    at = datetime.fromtimestamp(reset / 1000, UTC)
    midnight = (at + timedelta(hours=12)).replace(hour=0, minute=0, second=0, microsecond=0)
    year, month = divmod(midnight.year * 12 + midnight.month - 1 - months, 12)
    year, month = max(year, 1), month + 1
    earlier = midnight.replace(year=year, month=month, day=min(midnight.day, monthrange(year, month)[1]))
    return round((earlier + (at - midnight)).timestamp() * 1000)
