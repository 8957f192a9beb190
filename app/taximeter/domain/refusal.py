"""What a refusal in an agent's log says of the quotas: it is a fact before any service tells it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from fnmatch import fnmatchcase

from taximeter.domain.outlook import in_order
from taximeter.domain.quota import SERVICE_KINDS, Outlook, Quota, QuotaKind, QuotaState, Refusal

SETTLED = 2 * 60_000
"""A figure of so long after the refusal knows what was spent until then: services book within a minute."""
UNEXPLAINED = 24 * 3_600_000
"""How long a refusal counts that no known quota explains: where its agent is not used again nothing else ends it."""
OF_A_BUDGET = frozenset({"budget", "credit", "plan_window"})
"""Reasons that a quota stands behind; a rate limit passes by itself."""


def after_refusal(outlooks: tuple[Outlook, ...], refusal: Refusal | None, now: int) -> tuple[Outlook, ...]:
    """The outlooks once an agent was refused: the quota that paid for it is spent, whatever its figure still shows.

    Where a quota that may have refused shows already that nothing is left, that is the one and nothing
    changes. Else it is the first of them in order, which binds from then on. It is so no longer once its
    period is over, or when a settled figure of later shows a rest: then more was granted.
    """
    if refusal is None or refusal.reason not in OF_A_BUDGET:
        return outlooks
    able = [seen for seen in outlooks if _may_refuse(seen.quota, refusal)]
    if any(_explains(seen, refusal, now) for seen in able):
        return outlooks
    found = next((seen for seen in able if _holds(seen.quota, refusal, now)), None)
    if found is None:
        return outlooks
    stopped = replace(found, state=QuotaState.SPENT, runs_out_at=refusal.at, refused_at=refusal.at)
    return in_order(stopped if seen is found else seen for seen in outlooks)


def standing_refusal(refusal: Refusal | None, outlooks: tuple[Outlook, ...], now: int) -> Refusal | None:
    """The refusal as long as it counts: what ``after_refusal`` made of the outlooks says so. None afterwards."""
    if refusal is None or refusal.reason not in OF_A_BUDGET:
        return None
    able = [seen for seen in outlooks if _may_refuse(seen.quota, refusal)]
    if not able:
        return refusal if now - refusal.at < UNEXPLAINED else None
    counts = any(seen.refused_at is not None or _explains(seen, refusal, now) for seen in able)
    return refusal if counts else None


def _may_refuse(quota: Quota, refusal: Refusal) -> bool:
    """A budget of one's own refuses nothing; an unlimited one neither, unless it is suspended."""
    kinds: Iterable[QuotaKind] = (QuotaKind.PLAN_WINDOW,) if refusal.reason == "plan_window" else SERVICE_KINDS
    agents = quota.covers.agents
    pays = not agents or any(fnmatchcase(refusal.agent, pattern) for pattern in agents)
    return quota.kind in kinds and pays and (quota.limit is not None or quota.suspended)


def _explains(seen: Outlook, refusal: Refusal, now: int) -> bool:
    """Whether the quota's own figure tells that nothing is let through."""
    quota = seen.quota
    used_up = quota.remaining is not None and quota.remaining <= 0 and _same_period(quota, refusal, now)
    return quota.suspended or used_up


def _holds(quota: Quota, refusal: Refusal, now: int) -> bool:
    return _same_period(quota, refusal, now) and quota.as_of <= refusal.at + SETTLED


def _same_period(quota: Quota, refusal: Refusal, now: int) -> bool:
    return not quota.resets or (quota.period.start <= refusal.at and now < quota.period.end)
