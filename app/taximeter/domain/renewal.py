"""The forecast while its launch runs: what was spent, what still runs, what has not started.

Ended runs tell what the launch has in common (dear ones promise dear ones), and a run that has gone
on for long is likely to go on: its cost is conditional on what it has cost already. This is where a
forecast is good, and where stopping saves. Ground: the reference's section 4.2, "while running".
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from functools import cache
from itertools import accumulate
from math import exp, log, sqrt
from random import Random
from statistics import NormalDist
from typing import NamedTuple

from taximeter.domain.experience import Experience, basis
from taximeter.domain.forecast import parts_of, tell
from taximeter.domain.launch import Forecast, Spread, Wanted
from taximeter.domain.launch_sum import Part, strata
from taximeter.domain.lognormal import OUTLYING, survival

DRAWS = 768
"""Free draws in an order of their own: this is asked when a run ends, not while a hook waits."""
_NORMAL = NormalDist()
_EDGE = 1e-12
"""How near to 0 and 1 a share may come before it is turned into a deviate."""


class Spent(NamedTuple):
    """What one run of the launch has cost."""

    kind: int
    """The place of its kind in what was wanted."""
    cost: int
    """Nano-units, above 0 once it was billed."""


def renewed(
    experience: Experience, wanted: Sequence[Wanted], ended: Sequence[Spent], running: Sequence[Spent]
) -> Forecast:
    """The forecast of the whole launch, given what its runs have cost so far.

    The same as before it while nothing has ended or runs. Its floor is at least what is spent; without
    a basis that is all it says. The correction of told ranges is left out: it was learnt before
    launches, and here the launch itself speaks.
    """
    before = tell(experience, wanted).forecast
    spent = sum(one.cost for one in (*ended, *running))
    floor = max(before.floor, spent)
    parts = parts_of(experience, wanted, [basis(experience, kind) for kind in wanted])
    if not parts or not (ended or running):
        return replace(before, floor=floor, cost=before.cost and Spread(*(max(end, floor) for end in before.cost)))
    totals = _totals(parts, ended, running)
    added = sum(one.cost for one in ended) + sum(kind.count * kind.reading for kind in wanted)
    cost = Spread(*(max(round(_weighted(totals, share)) + added, floor) for share in (0.1, 0.5, 0.9)))
    return replace(before, cost=cost, floor=floor)


def _totals(parts: Sequence[Part], ended: Sequence[Spent], running: Sequence[Spent]) -> list[tuple[float, float]]:
    """Draws of what is still running or to come costs in all, ascending, each with its weight."""
    mean, spread = _shared_factor(parts, ended)
    started = [sum(one.kind == place for one in (*ended, *running)) for place in range(len(parts))]
    to_come = [place for place, part in enumerate(parts) for _ in range(part.runs - started[place])]
    factors = [mean + spread * draw for draw in _shuffled(0)]
    totals, weights = [0.0] * DRAWS, [1.0] * DRAWS
    for column, one in enumerate(running, 1):
        part = parts[one.kind]
        reached = log(one.cost) if one.cost > 0 else -1e9
        for draw, (factor, share) in enumerate(zip(factors, _shuffled_shares(column), strict=True)):
            middle = part.mean + part.shared * factor
            alive = survival((reached - middle) / part.own)
            weights[draw] *= max(alive, _EDGE)
            totals[draw] += max(exp(middle + part.own * _above(alive, share)), one.cost)
    for column, place in enumerate(to_come, len(running) + 1):
        part = parts[place]
        for draw, (factor, own) in enumerate(zip(factors, _shuffled(column), strict=True)):
            totals[draw] += exp(part.mean + part.shared * factor + part.own * own)
    return sorted(zip(totals, weights, strict=True))


def _shared_factor(parts: Sequence[Part], ended: Sequence[Spent]) -> tuple[float, float]:
    """The mean and the deviation of the launch's factor, given the runs that have ended; 0 and 1 before any."""
    precision, pull = 1.0, 0.0
    for kind, cost in ended:
        part = parts[kind]
        if cost > 0:
            reach = OUTLYING * sqrt(part.shared**2 + part.own**2)
            off = min(max(log(cost) - part.mean, -reach), reach)
            precision += (part.shared / part.own) ** 2
            pull += off * part.shared / part.own**2
    return pull / precision, 1 / sqrt(precision)


def _above(alive: float, share: float) -> float:
    """The deviate of a run that has outlived all but ``alive`` of its like, ``share`` of the way through those."""
    return -_NORMAL.inv_cdf(min(max(alive * share, _EDGE), 1 - _EDGE))


def _weighted(totals: Sequence[tuple[float, float]], share: float) -> float:
    sums = list(accumulate(weight for _, weight in totals))
    wanted = share * sums[-1]
    return next(total for (total, _), reached in zip(totals, sums, strict=True) if reached >= wanted)


@cache
def _shuffled(column: int) -> tuple[float, ...]:
    """The strata of a normal in an order that is a column's own."""
    return tuple(Random(column).sample(strata(DRAWS), DRAWS))  # noqa: S311


@cache
def _shuffled_shares(column: int) -> tuple[float, ...]:
    """Even shares between 0 and 1 in an order that is a column's own."""
    return tuple((place + 0.5) / DRAWS for place in Random(column).sample(range(DRAWS), DRAWS))  # noqa: S311
