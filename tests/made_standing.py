"""Made-up quotas and forecasts to judge launches against, in a month of 30 days that has a third behind it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Any
from zoneinfo import ZoneInfo

from taximeter.domain.launch import Finding, Forecast, Level, Rule, Spread, Verdict
from taximeter.domain.pace import DAY, Profile, straight_line
from taximeter.domain.quota import Outlook, Period, Quota, QuotaKind, QuotaState, Unit
from taximeter.domain.thresholds import Thresholds
from taximeter.domain.verdict import Standing, judge

USD = 1_000_000_000
UTC = ZoneInfo("UTC")
LINE = straight_line(UTC)
START = 1_793_491_200_000  # 2026-11-01 00:00 UTC
MONTH = Period(START, START + 30 * DAY)
NOW = START + 10 * DAY
ENOUGH = (2 * USD,) * 5
"""Own launches that end the cold start, too few to be typical."""


def a_quota(left: int, *, spent: int = 0, limited: bool = True, **more: Any) -> Quota:
    """A quota in US dollars with so much left, amounts in nano-units."""
    limit = spent + left if limited else None
    return replace(Quota("q", "Q", QuotaKind.LOCAL, Unit.MONEY, "USD", limit, spent, 0, 0, MONTH, NOW), **more)


def seen(left: int, state: QuotaState = QuotaState.OK, *, known: bool = False, **more: Any) -> Outlook:
    """Its outlook; unless ``known`` it is too early to foretell its end, which keeps R2 silent."""
    return Outlook(a_quota(left, **more), state, None, known, None, binds=False)


def held_against(*outlooks: Outlook, own: tuple[int, ...] = ENOUGH, profile: Profile = LINE) -> Standing:
    """What a launch is held against."""
    return Standing(outlooks, profile, own)


def a_forecast(agents: int, cost: Spread | None, floor: int = 0) -> Forecast:
    """A forecast of so many agents."""
    return Forecast(agents, cost, floor, Level.TYPE if cost else Level.NONE, 12 if cost else 0)


def each(p50: int, p90: int) -> Callable[[int], Forecast]:
    """A forecast that grows with the number of agents, from the range of one."""
    return lambda count: a_forecast(count, Spread(0, p50 * count, p90 * count))


def verdict_on(cost: Spread | None, standing: Standing, agents: int = 1, *, floor: int = 0, now: int = NOW) -> Verdict:
    """The verdict on a launch whose cost does not depend on how many agents it has."""
    return judge(lambda count: a_forecast(count, cost, floor), agents, standing, Thresholds(), now)


def found_of(rule: Rule, verdict: Verdict) -> Finding | None:
    """What one rule said."""
    return next((finding for finding in verdict.findings if finding.rule is rule), None)
