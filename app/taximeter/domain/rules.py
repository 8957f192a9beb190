"""The rules that speak of a launch: each looks at one thing and says how loudly.

All compare a range's middle or its upper end with a threshold, so that more agents never make a
rule quieter. Amounts are nano-units of one currency, times ms UTC.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, tzinfo

from taximeter.domain.launch import Finding, Rule, Severity, Spread
from taximeter.domain.outlook import CANNOT_TELL, is_stale, own_pace, used_up
from taximeter.domain.pace import DAY, Profile
from taximeter.domain.quota import Outlook
from taximeter.domain.thresholds import Thresholds


@dataclass(frozen=True, slots=True)
class Course:
    """A quota and one's own pace in it."""

    outlook: Outlook
    pace: float | None
    """What is used per unit of activity; None while nothing was used."""


def course(seen: Outlook, profile: Profile, now: int) -> Course | None:
    """A quota's course; None when nothing is left of it, or when it is too early to foretell its end."""
    quota = seen.quota
    remaining = quota.remaining
    if remaining is None or lets_nothing_through(seen) or not seen.forecast_known:
        return None
    passed = profile.activity(quota.period.start, min(now, quota.period.end))
    return Course(seen, own_pace(quota, profile, passed, now))


def lets_nothing_through(seen: Outlook) -> bool:
    """Whether nothing can be had of a quota: used up, suspended, or refused whatever its figure shows."""
    remaining = seen.quota.remaining
    return seen.quota.suspended or seen.refused_at is not None or (remaining is not None and remaining <= 0)


def is_small(p90: int, left: Sequence[int], thresholds: Thresholds) -> bool:
    """Whether a launch is too small to be spoken of; ``left`` is what remains of each quota."""
    return p90 < thresholds.silent_amount and all(
        p90 * 100 < thresholds.silent_percent * remaining for remaining in left
    )


def left(seen: Outlook, cost: Spread, thresholds: Thresholds, now: int) -> Finding | None:
    """R1: the share of what is left. A quota that lets nothing through is red: 0 percent, and ``over_all``."""
    if lets_nothing_through(seen):
        old = seen.refused_at is None and is_stale(seen.quota, now)
        return _of(seen, Finding(Rule.LEFT, Severity.AMBER if old else Severity.RED, over_all=True))
    remaining = seen.quota.remaining
    if remaining is None:
        return None
    severity = _of_share(remaining, cost, thresholds, seen.quota.period.end - now)
    if severity is Severity.SILENT:
        return None
    percent = cost.p50 * 100 // remaining
    return _of(seen, Finding(Rule.LEFT, severity, percent=percent, over_all=cost.p90 > remaining))


def moved(course: Course, middle: int, profile: Profile, thresholds: Thresholds, now: int) -> Finding | None:
    """R2: the moment it runs out, with the middle of the range spent now, against that without it.

    What lasted past the reset moves by the time from its new end to the reset, and any such move is
    a notice. What runs out before the reset anyway is worth a notice only when it ends on another
    local day: each launch moves it by minutes, and there is nothing to say of that.
    """
    quota = course.outlook.quota
    remaining, start, end = quota.remaining or 0, quota.period.start, quota.period.end
    after = used_up(remaining - middle, course.pace, profile, now, end)
    if after is None:
        return None
    before = used_up(remaining, course.pace, profile, now, end)
    shift = (end if before is None else before) - after
    if shift * 100 > thresholds.pace_red_percent * (end - start):
        severity = Severity.RED
    elif shift > 0 and shift >= thresholds.pace_amber_days * DAY:
        severity = Severity.AMBER
    elif shift > 0 and (before is None or _day(after, profile.zone) != _day(before, profile.zone)):
        severity = Severity.NOTICE
    else:
        return None
    return _of(course.outlook, Finding(Rule.PACE, severity, runs_out_at=after, ran_out_at=before))


def typical(own: Sequence[int], middle: int, thresholds: Thresholds) -> Finding | None:
    """R3: one's own launches (their costs, in any order) are usually smaller."""
    if not own or len(own) < thresholds.typical_launches:
        return None
    ranked, high = sorted(own), high_of(own, thresholds)
    if middle <= high:
        return None
    severity = Severity.AMBER if middle > thresholds.typical_amber_times * high else Severity.NOTICE
    return Finding(Rule.TYPICAL, severity, usual=ranked[(len(ranked) - 1) // 2], launches=len(ranked))


def high_of(own: Sequence[int], thresholds: Thresholds) -> int:
    """The percentile of one's own launches, one or more of them, that R3 compares with."""
    ranked = sorted(own)
    return ranked[max(0, -(-len(ranked) * thresholds.typical_percentile // 100) - 1)]


def cold_start(agents: int, p90: int, launches: int, thresholds: Thresholds) -> Finding | None:
    """R0: many agents, or much money, with nothing to compare with."""
    if agents >= thresholds.cold_agents or p90 > thresholds.cold_amount:
        return Finding(Rule.COLD_START, Severity.AMBER, launches=launches)
    return None


def _of_share(remaining: int, cost: Spread, thresholds: Thresholds, to_go: int) -> Severity:
    share = cost.p50 * 100
    lasting = to_go >= thresholds.left_red_days * DAY
    red_percent = max(thresholds.left_red_percent, thresholds.left_amber_percent)
    if cost.p50 > remaining or (lasting and share > red_percent * remaining):
        return Severity.RED
    if cost.p90 > remaining or share > thresholds.left_amber_percent * remaining:
        return Severity.AMBER
    return Severity.SILENT


def _of(seen: Outlook, finding: Finding) -> Finding:
    """The finding with its quota's id, at most amber when the figure is too old to act on.

    Red ends by stopping the launch when nobody answers. Work is not stopped on a figure that may
    have been replaced since; it is asked about, and the question says as of when the figure is.
    """
    severity = min(finding.severity, Severity.AMBER) if seen.state in CANNOT_TELL else finding.severity
    return replace(finding, quota=seen.quota.id, severity=severity)


def _day(at: int, zone: tzinfo) -> date:
    return datetime.fromtimestamp(at / 1000, zone).date()
