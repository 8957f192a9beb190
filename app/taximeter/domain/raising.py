"""The higher threshold that is offered to those who let launches run that they are asked about again and again."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

from taximeter.domain.launch import Finding, Forecast, Rule, Verdict
from taximeter.domain.pace import DAY
from taximeter.domain.rules import high_of
from taximeter.domain.thresholds import NANO, Thresholds

RAISED: Mapping[Rule, tuple[str, ...]] = {
    Rule.LEFT: ("left_amber_percent",),
    Rule.PACE: ("pace_amber_days",),
    Rule.TYPICAL: ("typical_amber_times",),
    Rule.COLD_START: ("cold_agents", "cold_amount"),
}
"""Which of the thresholds a rule's offer changes."""

TIMES = 2
"""A threshold that is raised by less is soon passed again."""
HIGHEST_SHARE = 50
"""Percent of what is left: a launch that takes more than half of it is always worth a question."""
HIGHEST_DAYS = 31
HIGHEST_TIMES = 1000
HIGHEST_AGENTS = 1000
HIGHEST_AMOUNT = 1_000_000 * NANO
"""The most that the settings take."""


def raised(thresholds: Thresholds, verdict: Verdict, forecast: Forecast, own: Sequence[int]) -> Thresholds | None:
    """The thresholds with a higher one for the rule of the worst finding, at which it would not have asked.

    At least twice as high as now, where the highest there is allows it, and a plain figure. None when the
    rule would have asked about this launch at the highest one as well: then an offer would change nothing.
    ``own`` is what one's own launches cost, as in ``verdict.Standing``.
    """
    if not verdict.findings:
        return None
    worst = verdict.findings[0]
    if worst.rule is Rule.LEFT:
        return _left(thresholds, worst)
    if worst.rule is Rule.PACE:
        return _pace(thresholds, worst, verdict)
    if worst.rule is Rule.TYPICAL:
        return _typical(thresholds, forecast, own)
    return _cold_start(thresholds, forecast)


def plain(number: int) -> int:
    """The next number that is easily said: 8, 15, 40, 150."""
    step: int = max(1, 10 ** (len(str(number)) - 1) // 2)
    return -(-number // step) * step


def _left(now: Thresholds, finding: Finding) -> Thresholds | None:
    # Its percent is rounded down, so that at exactly half it cannot be told whether it is more.
    if finding.over_all or finding.percent >= HIGHEST_SHARE:
        return None
    percent = _above(now.left_amber_percent, finding.percent + 1, HIGHEST_SHARE)
    return None if percent is None else replace(now, left_amber_percent=percent)


def _pace(now: Thresholds, finding: Finding, verdict: Verdict) -> Thresholds | None:
    if verdict.binding is None:
        return None
    period = verdict.binding.quota.period
    end = period.end if finding.ran_out_at is None else finding.ran_out_at
    shift = end - finding.runs_out_at
    if shift * 100 > now.pace_red_percent * (period.end - period.start):
        return None
    days = _above(now.pace_amber_days, shift // DAY + 1, HIGHEST_DAYS)
    return None if days is None else replace(now, pace_amber_days=days)


def _typical(now: Thresholds, forecast: Forecast, own: Sequence[int]) -> Thresholds | None:
    high = high_of(own, now) if own else 0
    if forecast.cost is None or high <= 0:
        return None
    times = _above(now.typical_amber_times, -(-forecast.cost.p50 // high), HIGHEST_TIMES)
    return None if times is None else replace(now, typical_amber_times=times)


def _cold_start(now: Thresholds, forecast: Forecast) -> Thresholds | None:
    """Of the two numbers those that spoke."""
    agents: int | None = now.cold_agents
    amount: int | None = now.cold_amount
    if forecast.agents >= now.cold_agents:
        agents = _above(now.cold_agents, forecast.agents + 1, HIGHEST_AGENTS)
    p90 = forecast.cost.p90 if forecast.cost else 0
    if p90 > now.cold_amount:
        units = _above(-(-now.cold_amount // NANO), -(-p90 // NANO), HIGHEST_AMOUNT // NANO)
        amount = None if units is None else units * NANO
    if agents is None or amount is None:
        return None
    return replace(now, cold_agents=agents, cold_amount=amount)


def _above(now: int, least: int, highest: int) -> int | None:
    """A plain figure that is at least ``least`` and twice that of now, or the highest; None where that is too low."""
    number = min(plain(max(TIMES * now, least)), highest)
    return number if number > now and number >= least else None
