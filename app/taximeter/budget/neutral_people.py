"""What a person may use, as the neutral contract writes it: ``me/budgets``, and each row of ``team/budgets``."""

from __future__ import annotations

from dataclasses import replace
from typing import NamedTuple

from taximeter.budget import moments
from taximeter.budget.contract import Source
from taximeter.budget.fields import Fields
from taximeter.budget.neutral_budgets import ID, neutral_quota, quota_id
from taximeter.budget.neutral_requests import neutral_requests
from taximeter.domain.people import Person
from taximeter.domain.quota import Quota

MOST_BUDGETS = 100


class Told(NamedTuple):
    """A person, and the ids of their quotas whose figures cannot be used."""

    person: Person
    unread: tuple[str, ...]


def neutral_person(told: Fields, source: Source, off: int, received_at: int) -> Told:
    """One person's budgets. ``off`` is by how many ms the service's clock is ahead of this computer's.

    Raises:
        LookupError: there is no moment that they are of, or no list; its argument names what is missing.
    """
    moment = told.moment("as_of")
    if moment is None or not isinstance(told.values.get("budgets"), list):
        raise LookupError("as_of" if moment is None else "budgets")
    as_of = moments.here(moment, off, received_at)
    subject = told.inner("subject")
    who = subject.text("name") or subject.text("id")
    quotas, unread = _quotas(told, who, as_of, source)
    binding = ID + told.text("binding_budget_id")
    person = Person(
        id=subject.text("id"),
        name=who,
        as_of=as_of,
        quotas=tuple(replace(quota, told_binds=quota.id == binding) for quota in quotas),
        binding=binding if any(quota.id == binding for quota in quotas) else "",
        requests=neutral_requests(told, "increase_requests"),
    )
    return Told(person, unread)


def _quotas(told: Fields, who: str, as_of: int, source: Source) -> tuple[tuple[Quota, ...], tuple[str, ...]]:
    """The budgets that can be shown, and the ids of those that cannot."""
    read: dict[str, Quota | None] = {}
    budgets = told.objects("budgets")
    if len(budgets) > MOST_BUDGETS:
        told.say("budgets", f"are {len(budgets)}: only {MOST_BUDGETS} are shown")
    for budget in budgets[:MOST_BUDGETS]:
        try:
            known_as = quota_id(budget)
        except LookupError:
            continue
        if known_as in read:
            budget.say("id", "is that of another budget")
            continue
        try:
            read[known_as] = neutral_quota(budget, who, as_of, source)
        except LookupError:
            read[known_as] = None
    quotas = tuple(quota for quota in read.values() if quota is not None)
    return quotas, tuple(known_as for known_as, quota in read.items() if quota is None)
