"""What the rules say of a launch: silent, a notice, amber or red, and the number of agents that fits."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from taximeter.domain import rules
from taximeter.domain.launch import Finding, Forecast, Rule, Severity, Spread, Verdict
from taximeter.domain.pace import Profile
from taximeter.domain.quota import Outlook, Unit
from taximeter.domain.thresholds import Thresholds

ORDER = (Rule.LEFT, Rule.PACE, Rule.TYPICAL, Rule.COLD_START)


@dataclass(frozen=True, slots=True)
class Standing:
    """What a launch is held against."""

    outlooks: tuple[Outlook, ...]
    """The quotas in the price book's currency that cover it (``coverage.covering``), what is held for
    other launches taken off (``holds.with_holds``), the one that binds first."""
    profile: Profile
    own: tuple[int, ...]
    """What one's own launches of the last ``typical_days`` cost, in any order."""


@dataclass(frozen=True, slots=True)
class _Ground:
    """What stays the same whatever the number of agents."""

    standing: Standing
    thresholds: Thresholds
    now: int
    limited: tuple[Outlook, ...]
    """The quotas that can be judged: with a limit, in money, in a period that is not over, since an older
    figure says nothing of what is left now. And suspended ones, which stay so until that is lifted."""


def judge(
    forecast_for: Callable[[int], Forecast], agents: int, standing: Standing, thresholds: Thresholds, now: int
) -> Verdict:
    """The verdict on a launch of so many agents; ``now`` is ms UTC.

    ``forecast_for`` tells what any number of them will cost and is dear: it is asked about
    log2(agents) times, never twice for one number. The worst severity wins. Each rule has one
    finding, of the quota for which it is worst (of several, the one that binds first). Nothing is
    said of a launch whose upper end is small (see ``Thresholds``).

    Without a range only two rules speak: R0 by the number of agents, since there is nothing to
    compare with, and R1 as if the launch cost its floor. A figure that is too old to act on is
    judged but never louder than amber.

    ``fits`` is ``agents`` itself when the verdict is silent.
    """
    ground = _ground(standing, thresholds, now)
    courses = _courses(ground)
    findings = _findings(forecast_for(agents), agents, ground, courses)

    def speaks(count: int) -> bool:
        return bool(_findings(forecast_for(count), count, ground, courses))

    fits: int | None = agents
    if findings:
        stopped = any(rules.lets_nothing_through(seen) for seen in ground.limited)
        fits = None if stopped else _largest_silent(speaks, agents)
    level = findings[0].severity if findings else Severity.SILENT
    return Verdict(level, findings, fits, _binding(findings, ground.limited))


def surely_silent(upper: int, agents: int, standing: Standing, thresholds: Thresholds, now: int) -> bool:
    """Whether a launch that has a range is silent, told from an upper bound of its P90 alone.

    True only when ``judge`` would be silent for every range up to ``upper``; the cheap rules come
    first. Not for launches without a range.
    """
    ground = _ground(standing, thresholds, now)
    most = Spread(upper, upper, upper)
    if rules.is_small(upper, _amounts_left(ground), thresholds):
        return True
    if _by_amount(most, agents, ground):
        return False
    return not _by_pace(upper, ground, _courses(ground))


def _ground(standing: Standing, thresholds: Thresholds, now: int) -> _Ground:
    limited = tuple(
        seen
        for seen in standing.outlooks
        if seen.quota.unit is Unit.MONEY
        and (seen.quota.suspended or (seen.quota.limit is not None and now < seen.quota.period.end))
    )
    return _Ground(standing, thresholds, now, limited)


def _findings(
    forecast: Forecast, agents: int, ground: _Ground, courses: tuple[rules.Course, ...]
) -> tuple[Finding, ...]:
    """What the rules say, the worst first; rules of the same severity in the order of ``ORDER``."""
    if forecast.cost is None:
        found = _without_a_range(forecast.floor, agents, ground)
    elif rules.is_small(forecast.cost.p90, _amounts_left(ground), ground.thresholds):
        found = []
    else:
        found = _by_amount(forecast.cost, agents, ground) + _by_pace(forecast.cost.p50, ground, courses)
    return tuple(sorted(found, key=lambda finding: (-finding.severity, ORDER.index(finding.rule))))


def _without_a_range(floor: int, agents: int, ground: _Ground) -> list[Finding]:
    own = len(ground.standing.own)
    return _worst(_of_what_is_left(Spread(floor, floor, floor), ground)) + _said(
        rules.cold_start(agents, 0, own, ground.thresholds)
    )


def _by_amount(cost: Spread, agents: int, ground: _Ground) -> list[Finding]:
    """The rules that compare amounts alone."""
    own, thresholds = ground.standing.own, ground.thresholds
    found = _worst(_of_what_is_left(cost, ground)) + _said(rules.typical(own, cost.p50, thresholds))
    if not ground.limited or len(own) < thresholds.cold_launches:
        found += _said(rules.cold_start(agents, cost.p90, len(own), thresholds))
    return found


def _by_pace(middle: int, ground: _Ground, courses: tuple[rules.Course, ...]) -> list[Finding]:
    profile = ground.standing.profile
    return _worst([rules.moved(course, middle, profile, ground.thresholds, ground.now) for course in courses])


def _of_what_is_left(cost: Spread, ground: _Ground) -> list[Finding | None]:
    return [rules.left(seen, cost, ground.thresholds, ground.now) for seen in ground.limited]


def _courses(ground: _Ground) -> tuple[rules.Course, ...]:
    found = (rules.course(seen, ground.standing.profile, ground.now) for seen in ground.limited)
    return tuple(course for course in found if course)


def _amounts_left(ground: _Ground) -> list[int]:
    return [0 if rules.lets_nothing_through(seen) else seen.quota.remaining or 0 for seen in ground.limited]


def _worst(found: list[Finding | None]) -> list[Finding]:
    """The worst of one rule's findings about several quotas; of equal ones the first."""
    spoken = [finding for finding in found if finding]
    return [max(spoken, key=lambda finding: finding.severity)] if spoken else []


def _said(finding: Finding | None) -> list[Finding]:
    return [finding] if finding else []


def _largest_silent(speaks: Callable[[int], bool], agents: int) -> int | None:
    """The largest number below ``agents`` at which no rule speaks: more agents never make one quieter."""
    silent, loud = 0, agents
    while loud - silent > 1:
        middle = (silent + loud) // 2
        if speaks(middle):
            loud = middle
        else:
            silent = middle
    return silent or None


def _binding(findings: tuple[Finding, ...], limited: tuple[Outlook, ...]) -> Outlook | None:
    named = findings[0].quota if findings else ""
    return next((seen for seen in limited if seen.quota.id == named), limited[0] if limited else None)
