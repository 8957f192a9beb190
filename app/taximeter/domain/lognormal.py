"""What runs of one kind cost: a log-normal, shrunken toward that of the less alike runs around it.

Natural logarithms of nano-units throughout. The shrinkage is normal-inverse-gamma: a group's mean
starts as if it had been seen in five runs of its parent, its spread as if eight runs had shown the
prior one. A run that was killed or still runs is right-censored: it is known to cost at least what
it has cost. Ground: the reference's section 4.2.
"""

from __future__ import annotations

from collections.abc import Sequence
from math import erfc, exp, log, pi, sqrt
from typing import NamedTuple

PSEUDO_RUNS = 5
"""How many runs the parent's mean counts for."""
SPREAD_RUNS = 8
"""How many runs the prior spread counts for."""
PRIOR_SPREAD = 0.9
"""The spread before any run: the upper end is 3.2 times the middle, as agents' tasks were measured to vary."""
MOST_SPREAD = 2.5
"""An upper end of 25 times the middle. Wider is no longer a statement, and sums of such runs have no use."""
OUTLYING = 3.0
"""Robust standard deviations from the median beyond which a run counts as if it lay at that distance: a
runaway run is one run, and must not become the kind's mean."""
Z90 = 1.2815515655446004
"""The normal distribution's upper tenth begins there."""

_ROUNDS = 12
_CLOSE = 1e-4
_MAD = 1.4826
"""The median distance from the median, times this, estimates a normal's standard deviation."""


class Seen(NamedTuple):
    """One earlier run, as a group learns from it."""

    log_cost: float
    weight: float
    """From 0 to 1: how much of a run it still counts for."""
    censored: bool


class Fit(NamedTuple):
    """What is known of one kind of run."""

    mean: float
    spread: float
    anchor: float
    """How many runs the mean rests on, the parent's pseudo-runs among them."""
    freedom: float
    """How many runs the spread rests on, the prior's among them."""
    effective: float
    """What the runs seen still count for together, old ones less, censored ones by what they tell."""
    runs: int
    """How many runs were seen."""
    median: float
    """The middle of the finished runs' own costs, nano-units; 0 when none has finished."""

    @property
    def range_spread(self) -> float:
        """The spread whose normal range holds what the Student t of an estimated spread holds."""
        return self.spread * _student_90(self.freedom) / Z90


def fit(seen: Sequence[Seen], parent: Fit | None) -> Fit:
    """What the runs of a kind say, shrunken toward their parent; the root (``parent`` None) has its own mean.

    ``seen`` must not be empty.
    """
    ends = sorted(run.log_cost for run in seen if not run.censored)
    low, high = _bounds(ends or sorted(run.log_cost for run in seen))
    sums = _Sums(0.0, 0.0, 0.0)
    cut_off: list[tuple[float, float]] = []
    for log_cost, weight, censored in seen:
        if censored:
            cut_off.append((min(log_cost, high), weight))
        else:
            held = min(max(log_cost, low), high)
            sums = _Sums(sums.runs + weight, sums.first + weight * held, sums.second + weight * held * held)
    mean, spread, count = _settled(sums, cut_off, parent, high)
    return Fit(
        mean,
        min(spread, MOST_SPREAD),
        count + (PSEUDO_RUNS if parent else 0),
        count + SPREAD_RUNS - (0 if parent else 1),
        count if ends else 0.0,  # how far censored runs alone would have gone, nothing bounds
        len(seen),
        exp(_middle(ends)) if ends else 0.0,
    )


class _Sums(NamedTuple):
    runs: float
    first: float
    second: float


def _settled(
    ended: _Sums, cut_off: Sequence[tuple[float, float]], parent: Fit | None, high: float
) -> tuple[float, float, float]:
    """Mean, spread and count at which the censored runs agree with what is said of them.

    A censored run at c enters as a working observation, by scoring: with z = (c - mean) / spread and
    h the normal hazard at z it counts for h(h - z) of a run, lies spread / (h - z) above the mean,
    and adds (spread h)^2 to the squares. The fixed point is the likelihood's maximum; a run that was
    killed at once has a weight of almost nothing, in place of vouching for the mean.
    """
    mean, spread, count = _updated(ended, 0.0, parent) if ended.runs else (high, PRIOR_SPREAD, 0.0)
    for _ in range(_ROUNDS if cut_off else 0):
        before = mean, spread
        total, squares = ended, 0.0
        for log_cost, weight in cut_off:
            z = (log_cost - mean) / spread
            hazard = normal_hazard(z)
            tells = weight * hazard * (hazard - z)
            at = mean + spread / (hazard - z)
            total = _Sums(total.runs + tells, total.first + tells * at, total.second + tells * at * at)
            # The working value's own distance is in the second moment; what the squares need is (spread h)^2.
            squares += weight * (spread * hazard) ** 2 - tells * (at - mean) ** 2
        if not total.runs:
            break
        mean, spread, count = _updated(total, squares, parent)
        if abs(mean - before[0]) + abs(spread - before[1]) < _CLOSE:
            break
    return mean, spread, count


def _updated(sums: _Sums, squares: float, parent: Fit | None) -> tuple[float, float, float]:
    """The posterior of a normal-inverse-gamma prior; ``squares`` corrects the sum of squares."""
    count, first, second = sums
    anchor = parent.mean if parent else 0.0
    weight = PSEUDO_RUNS if parent else 0
    mean = (first + weight * anchor) / (count + weight)
    about = second - 2 * mean * first + count * mean * mean + weight * (mean - anchor) ** 2 + squares
    freedom = SPREAD_RUNS + count - (0 if parent else min(1.0, count))
    return mean, sqrt((SPREAD_RUNS * PRIOR_SPREAD**2 + max(about, 0.0)) / freedom), count


def _bounds(values: Sequence[float]) -> tuple[float, float]:
    """Between which costs a run is taken as it is; ``values`` ascending."""
    middle = _middle(values)
    distance = _MAD * _middle(sorted(abs(value - middle) for value in values))
    reach = OUTLYING * max(distance, PRIOR_SPREAD)
    return middle - reach, middle + reach


def _middle(values: Sequence[float]) -> float:
    half = len(values) // 2
    return values[half] if len(values) % 2 else (values[half - 1] + values[half]) / 2


def survival(z: float) -> float:
    """The chance that a standard normal lies above ``z``."""
    return erfc(z / sqrt(2)) / 2


def normal_hazard(z: float) -> float:
    """The normal's density over its survival at ``z``; above ``z`` everywhere."""
    if z > 8:
        return z + 1 / z - 2 / z**3  # the quotient of two tiny numbers loses its figures there
    return exp(-z * z / 2) / sqrt(2 * pi) / survival(z)


def _student_90(freedom: float) -> float:
    """Student's t at 0.9 by its expansion: within 0.2 % from 5 degrees of freedom on, and never fewer here."""
    z = Z90
    return z + (z**3 + z) / (4 * freedom) + (5 * z**5 + 16 * z**3 + 3 * z) / (96 * freedom**2)


def log_of(cost: int) -> float:
    """The logarithm that a cost above 0 is learnt by."""
    return log(cost)
