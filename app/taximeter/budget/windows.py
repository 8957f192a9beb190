"""Vendors' plan windows, as the agents' logs quote them: a share used until a reset, never money."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from taximeter.domain.quota import Coverage, Period, Quota, QuotaKind, Unit
from taximeter.ledger.readmodels import PlanWindow

WHOLE = 10_000
"""All of a window, in hundredths of a percent."""
MINUTE = 60_000
HOUR_MINUTES, DAY_MINUTES, WEEK_MINUTES = 60, 24 * 60, 7 * 24 * 60


def plan_quotas(windows: Iterable[PlanWindow], agent_names: Mapping[str, str], now: int) -> tuple[Quota, ...]:
    """The plan windows that still say something at ``now`` (ms UTC), as quotas in hundredths of a percent.

    A window past its reset is shown as unused with the age of its reading, which makes it stale;
    one that was not quoted again for its whole length after that is left out.
    """
    kept = [window for window in windows if now < _reset(window) + _length(window)]
    limits = {agent: len({one.limit_id for one in kept if one.agent == agent}) for agent in {w.agent for w in kept}}
    return tuple(_quota(window, _name(window, agent_names, several=limits[window.agent] > 1), now) for window in kept)


def window_name(minutes: int) -> str:
    """A window's length in words: ``5-hour window``, ``weekly window``."""
    if minutes == WEEK_MINUTES:
        return "weekly window"
    if minutes == DAY_MINUTES:
        return "daily window"
    if minutes % DAY_MINUTES == 0:
        return f"{minutes // DAY_MINUTES}-day window"
    if minutes % HOUR_MINUTES == 0:
        return f"{minutes // HOUR_MINUTES}-hour window"
    return f"{minutes}-minute window"


def _quota(window: PlanWindow, name: str, now: int) -> Quota:
    reset, length = _reset(window), _length(window)
    over = now >= reset
    spent = 0 if over else round(window.used_percent * 100)
    return Quota(
        id=f"{window.agent}:{window.limit_id}:{window.minutes}",
        name=name,
        kind=QuotaKind.PLAN_WINDOW,
        unit=Unit.PERCENT,
        currency="",
        limit=WHOLE,
        spent=spent,
        not_billed=0,
        held=0,
        period=Period(reset, reset + length) if over else Period(reset - length, reset),
        as_of=window.observed_at,
        covers=Coverage(agents=(window.agent,)),
        used_up_at=window.observed_at if spent >= WHOLE else None,
    )


def _name(window: PlanWindow, agent_names: Mapping[str, str], *, several: bool) -> str:
    agent = agent_names.get(window.agent, window.agent)
    limit = f" ({window.limit_id})" if several and window.limit_id else ""
    return f"{agent}, {window_name(window.minutes)}{limit}"


def _reset(window: PlanWindow) -> int:
    """When it is reset; where the log does not tell, the latest moment it could be."""
    told = window.resets_at not in (0, window.observed_at)
    return window.resets_at if told else window.observed_at + _length(window)


def _length(window: PlanWindow) -> int:
    return window.minutes * MINUTE
