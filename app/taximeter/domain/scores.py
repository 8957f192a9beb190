"""How good forecasts and warnings were: what may be said of them, with its count and its interval.

Every forecast was kept before its launch, so nothing scored was known when it was told. Launches
that were stopped have no actual cost: they are counted, not scored, and no saving is claimed for
them. Ground: the reference's section 4.4.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from math import exp, log, sqrt
from typing import NamedTuple

from taximeter.domain.calibration import Scored
from taximeter.domain.launch import Spread
from taximeter.domain.shares import SURE, Share, beta_below, share

LEAST_FOR_MIDDLES = 5
"""Below five, the interval of a median is not inside the values seen."""
LEAST_FOR_LOSS = 10
"""A mean of fewer losses is mostly chance."""
SHARES = (0.1, 0.5, 0.9)
"""The quantiles that a range names."""

_Z95 = 1.6448536269514722
_LEAST_COST = 1
"""A cost of 0 has no logarithm; it is scored as one nano-unit."""


class Figure(NamedTuple):
    """A value, and between which the true one lies nine times of ten."""

    value: float
    low: float
    high: float


@dataclass(frozen=True, slots=True)
class Scores:
    """What so many scored forecasts say. None where there are too few to say it."""

    n: int
    coverage: Share
    """Inside the range, the ends included; eight of ten are meant to be."""
    above: Share
    """Dearer than the upper end; one of ten is meant to be."""
    below: Share
    sharpness: Figure | None
    """The median of upper end over lower end: coverage without sharpness is worth nothing."""
    pinball: tuple[float, float, float] | None
    """The mean loss at the lower end, the middle and the upper end, on log cost; smaller is better."""
    skill: Figure | None
    """1 - the loss over that of "as many agents times my median"; below 0 it is worse than that."""
    middle_skill: Figure | None
    """The same of the middle alone: a range beats any single figure at its ends, and this does not credit it."""
    compared: int
    """How many of them had a median to be compared with."""
    ratio_error: Figure | None
    """The median factor between the actual cost and the middle of the range, either way; at least 1."""


def score(scored: Sequence[Scored]) -> Scores:
    """Scores forecasts; group them by size, type, model or level beforehand to score those apart."""
    costs = [(one.predicted, one.actual) for one in scored]
    compared = [one for one in scored if one.baseline > 0]
    return Scores(
        len(scored),
        share(sum(told.p10 <= actual <= told.p90 for told, actual in costs), len(scored)),
        share(sum(actual > told.p90 for told, actual in costs), len(scored)),
        share(sum(actual < told.p10 for told, actual in costs), len(scored)),
        _median([_log(told.p90) - _log(told.p10) for told, _ in costs]),
        _pinball(costs) if len(costs) >= LEAST_FOR_LOSS else None,
        _skill(compared, slice(None)) if len(compared) >= LEAST_FOR_LOSS else None,
        _skill(compared, slice(1, 2)) if len(compared) >= LEAST_FOR_LOSS else None,
        len(compared),
        _median([abs(_log(actual) - _log(told.p50)) for told, actual in costs]),
    )


def score_by(scored: Sequence[Scored], group: Callable[[Scored], str]) -> dict[str, Scores]:
    """The scores of each group, by the group's name in order."""
    names = sorted({group(one) for one in scored})
    return {name: score([one for one in scored if group(one) == name]) for name in names}


class Warned(NamedTuple):
    """A launch that ran, whether it was warned of, and whether it exceeded what the rule warned of."""

    warned: bool
    exceeded: bool


@dataclass(frozen=True, slots=True)
class Warnings:
    """How well warnings did."""

    false_alarms: Share
    """Of the launches warned of, those that did not exceed; at most 30 % of the red and 60 % of the amber ones."""
    misses: Share
    """Of the launches that exceeded, those not warned of; meant to be at most 10 %."""
    exceeded: Share
    """Of all launches: what false alarms and misses are to be seen beside."""


def warnings(records: Sequence[Warned]) -> Warnings:
    """Scores the warnings of launches that ran in full; stopped and limited ones do not belong here."""
    warned = [one for one in records if one.warned]
    exceeded = [one for one in records if one.exceeded]
    return Warnings(
        share(sum(not one.exceeded for one in warned), len(warned)),
        share(sum(not one.warned for one in exceeded), len(exceeded)),
        share(len(exceeded), len(records)),
    )


def interruptions_a_day(questions: int, active_days: int) -> float | None:
    """Questions per day on which anything was used; None without such a day. Meant to be at most 1."""
    return questions / active_days if active_days > 0 else None


def pinball_loss(log_actual: float, log_told: float, at: float) -> float:
    """The loss of telling a quantile: the distance, times ``at`` below the actual and ``1 - at`` above it."""
    off = log_actual - log_told
    return at * off if off >= 0 else (at - 1) * off


def _log(cost: int) -> float:
    return log(max(cost, _LEAST_COST))


def _losses(told: Spread, actual: int) -> list[float]:
    return [pinball_loss(_log(actual), _log(end), at) for end, at in zip(told, SHARES, strict=True)]


def _pinball(costs: Sequence[tuple[Spread, int]]) -> tuple[float, float, float]:
    low, middle, high = (sum(column) / len(costs) for column in zip(*(_losses(*one) for one in costs), strict=True))
    return low, middle, high


def _skill(compared: Sequence[Scored], of: slice) -> Figure:
    """1 - the ratio of the two mean losses; its interval by the usual expansion for a ratio of means."""
    own = [sum(_losses(one.predicted, one.actual)[of]) for one in compared]
    other = [sum(_losses(Spread(*(one.baseline,) * 3), one.actual)[of]) for one in compared]
    count, whole = len(compared), sum(other)
    if not whole:
        return Figure(0.0, 0.0, 0.0)
    ratio = sum(own) / whole
    off = sum((a - ratio * b) ** 2 for a, b in zip(own, other, strict=True)) / (count - 1)
    error = _Z95 * sqrt(off / count) / (whole / count)
    return Figure(1 - ratio, 1 - ratio - error, 1 - ratio + error)


def _median(logs: Sequence[float]) -> Figure | None:
    """The median as a factor; its interval lies between two of the values, by the binomial distribution."""
    if len(logs) < LEAST_FOR_MIDDLES:
        return None
    values, count = sorted(logs), len(logs)
    rank = next((rank for rank in _from_middle(count) if _below_half(rank, count) <= (1 - SURE) / 2), 0)
    middle = (values[(count - 1) // 2] + values[count // 2]) / 2
    return Figure(exp(middle), exp(values[rank]), exp(values[count - 1 - rank]))


def _from_middle(count: int) -> range:
    return range((count - 1) // 2, -1, -1)


def _below_half(rank: int, count: int) -> float:
    """The chance that at most ``rank`` of ``count`` values lie below the true median."""
    return beta_below(0.5, count - rank, rank + 1)
