"""Told ranges held against what came: the conformal correction of a forecast.

How far an actual cost lay from the middle of its range is measured in ranges, so that launches of
any size and kind can be pooled. Where the tenths of these distances really lie is where the next
range's ends belong (split conformal, the reference's section 4.2, step 5).
"""

from __future__ import annotations

from collections.abc import Sequence
from math import ceil, exp, floor, log
from typing import NamedTuple

from taximeter.domain.launch import Level, Spread
from taximeter.domain.launch_sum import Range
from taximeter.domain.lognormal import Z90

LEAST_SCORED = 20
"""Below nine the ends are not even defined; at twenty a range that is right holds 65 to 92 % by chance."""
LAST_SCORED = 200
_TRUST = 20
"""The correction counts for as many scored forecasts as there are, against so many in which nothing was wrong."""
_FARTHEST = 3 * Z90
"""No end is moved farther than three times as far from the middle as it was told."""


class Scored(NamedTuple):
    """A launch's forecast and what it really cost. Costs are of the runs alone, without reading their results."""

    at: int
    """When it was told: before the launch."""
    agents: int
    type: str
    """Of the most agents in the launch."""
    model: str
    predicted: Spread
    """What was told."""
    uncorrected: Spread
    """What would have been told without this correction: what the next correction is learnt from. Where it was not
    kept it is what was told, and of a standing error only about half is corrected."""
    actual: int
    baseline: int
    """The number of agents times the median of one's own runs known at that time; 0 when there was none."""
    level: Level
    runs: int


class Correction(NamedTuple):
    """Where the tenths and the middle belong, in the unit in which they were told at -Z90, 0 and Z90."""

    low: float
    middle: float
    high: float
    scored: int
    """From how many forecasts; 0 when nothing is corrected."""


UNCHANGED = Correction(-Z90, 0.0, Z90, 0)


def correction_of(scored: Sequence[Scored]) -> Correction:
    """The correction from the newest 200 scored forecasts; none below twenty."""
    newest = sorted(scored, key=lambda one: one.at)[-LAST_SCORED:]
    distances = sorted(_distance(one) for one in newest if _usable(one))
    count = len(distances)
    if count < LEAST_SCORED:
        return UNCHANGED
    seen = (
        distances[max(floor((count + 1) * 0.1), 1) - 1],
        (distances[(count - 1) // 2] + distances[count // 2]) / 2,
        distances[min(ceil((count + 1) * 0.9), count) - 1],
    )
    trust = count / (count + _TRUST)
    low, middle, high = (told + trust * (_held(at) - told) for told, at in zip(UNCHANGED[:3], seen, strict=True))
    return Correction(low, middle, high, count)


def corrected(told: Range, correction: Correction) -> Range:
    """The range with its ends and middle where the correction puts them, ascending."""
    if not correction.scored:
        return told
    low, middle, high = sorted(correction[:3])
    return Range(_moved(told, low), _moved(told, middle), _moved(told, high))


def widest(limit: float, correction: Correction, spread: float) -> float:
    """An upper limit after correction; ``spread`` is at least the sum's own, in logs."""
    return limit * exp(max(max(correction[:3]) - Z90, 0.0) * spread)


def _usable(one: Scored) -> bool:
    told = one.uncorrected
    return 0 < told.p10 < told.p50 < told.p90 and one.actual > 0


def _distance(one: Scored) -> float:
    told = one.uncorrected
    off = log(one.actual / told.p50)
    return off * Z90 / (log(told.p90 / told.p50) if off > 0 else log(told.p50 / told.p10))


def _moved(told: Range, to: float) -> float:
    end = told.p90 if to > 0 else told.p10
    return float(told.p50 * (end / told.p50) ** (abs(to) / Z90))


def _held(distance: float) -> float:
    return min(max(distance, -_FARTHEST), _FARTHEST)
