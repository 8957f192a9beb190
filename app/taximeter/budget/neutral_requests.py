"""A request for more as the neutral contract writes it."""

from __future__ import annotations

from taximeter.budget.fields import Fields
from taximeter.budget.neutral_budgets import ID, UNITS, amount_of, currency_of
from taximeter.domain.increase import LONGEST_WORDS, IncreaseRequest, RequestStatus
from taximeter.domain.quota import Unit

STATUSES = {one.value: one for one in RequestStatus}
MOST_REQUESTS = 500


def neutral_request(told: Fields) -> IncreaseRequest:
    """One request. Its times are the service's own.

    Raises:
        LookupError: what it takes to show it is missing or cannot be used; the reason stands in ``odd``.
    """
    unit, status = UNITS.get(told.text("unit")), STATUSES.get(told.text("status"))
    if unit is None or status is None:
        raise _lacking(told, "status" if unit else "unit", "is not one that can be shown")
    amount, created_at = amount_of(told, "amount", unit), told.moment("created_at")
    for key, found in (("id", told.text("id")), ("budget_id", told.text("budget_id")),
                       ("amount", amount), ("created_at", created_at)):  # fmt: skip
        if not found:
            raise _lacking(told, key, "is missing")
    who = told.inner("subject")
    approved = amount_of(told, "approved_amount", unit)
    return IncreaseRequest(
        id=told.text("id"),
        quota=ID + told.text("budget_id"),
        who=who.text("name") or who.text("id"),
        unit=unit,
        currency=currency_of(told) if unit is Unit.MONEY else "",
        amount=amount or 0,
        reason=told.text("reason", longest=LONGEST_WORDS),
        until=told.moment("wanted_until"),
        status=status,
        created_at=created_at or 0,
        approved=approved if status is RequestStatus.APPROVED else None,
        ends_at=told.moment("expires_at"),
        decided_at=told.moment("decided_at"),
        decided_by=told.inner("decided_by").text("name"),
        note=told.text("note", longest=LONGEST_WORDS),
    )


def neutral_requests(whole: Fields, key: str) -> tuple[IncreaseRequest, ...]:
    """All requests of a list that can be shown, in its order; why others cannot stands in ``odd``."""
    found = []
    for told in whole.objects(key)[:MOST_REQUESTS]:
        try:
            found.append(neutral_request(told))
        except LookupError:
            continue
    return tuple(found)


def _lacking(told: Fields, key: str, what: str) -> LookupError:
    told.say(key, what)
    return LookupError(key)
