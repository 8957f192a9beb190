"""Shares of counted things, with the interval in which the true share lies.

The interval is Clopper and Pearson's: it holds the true share at least so often as it says, also for
a few. Figures without a count beside them are not to be shown.
"""

from __future__ import annotations

from math import exp, lgamma, log, log1p
from typing import NamedTuple

SURE = 0.9
"""How often an interval holds the true value."""

_STEPS = 60
_TERMS = 300
_TINY = 1e-300
_EXACT = 1e-14


class Share(NamedTuple):
    """So many of so many, and between which shares the true one lies nine times of ten."""

    hits: int
    of: int
    low: float
    high: float

    @property
    def value(self) -> float | None:
        """The share; None of nothing."""
        return self.hits / self.of if self.of else None


def share(hits: int, of: int) -> Share:
    """A share with its interval; of nothing it is anywhere from 0 to 1."""
    return Share(hits, of, *interval(hits, of))


def interval(hits: int, of: int, sure: float = SURE) -> tuple[float, float]:
    """The Clopper-Pearson interval of a share: the shares that the count does not speak against."""
    tail = (1 - sure) / 2
    low = inverse_beta(tail, hits, of - hits + 1) if hits else 0.0
    high = inverse_beta(1 - tail, hits + 1, of - hits) if hits < of else 1.0
    return low, high


def inverse_beta(share: float, a: float, b: float) -> float:
    """The value that a beta variable stays below with a chance of ``share``, by bisection."""
    low, high = 0.0, 1.0
    for _ in range(_STEPS):
        middle = (low + high) / 2
        if beta_below(middle, a, b) < share:
            low = middle
        else:
            high = middle
    return (low + high) / 2


def beta_below(x: float, a: float, b: float) -> float:
    """The chance that a beta variable is at most ``x``: the regularised incomplete beta function.

    By its continued fraction (Lentz's method), on the side of the mean where it converges quickly.
    """
    if x <= 0 or x >= 1:
        return 0.0 if x <= 0 else 1.0
    front = exp(lgamma(a + b) - lgamma(a) - lgamma(b) + a * log(x) + b * log1p(-x))
    if x < (a + 1) / (a + b + 2):
        return front * _fraction(x, a, b) / a
    return 1 - front * _fraction(1 - x, b, a) / b


def _fraction(x: float, a: float, b: float) -> float:
    above, below = 1.0, 1 / _kept(1 - (a + b) * x / (a + 1))
    value = below
    for step in range(1, _TERMS):
        even = step * (b - step) * x / ((a + 2 * step - 1) * (a + 2 * step))
        odd = -(a + step) * (a + b + step) * x / ((a + 2 * step) * (a + 2 * step + 1))
        for term in (even, odd):
            below = 1 / _kept(1 + term * below)
            above = _kept(1 + term / above)
            value *= below * above
        if abs(below * above - 1) < _EXACT:
            break
    return value


def _kept(value: float) -> float:
    """Away from 0, by which is divided next."""
    return value if abs(value) > _TINY else _TINY
