"""Made-up runs of agents whose true distribution is known."""

from __future__ import annotations

from collections.abc import Callable
from math import exp, log, sqrt
from random import Random

from taximeter.domain.launch import Observation, Wanted
from taximeter.domain.pace import HOUR

NOW = 1_795_000_000_000
WITHIN, BETWEEN = 0.9, 0.8
"""The spreads of the reference's tables: of a kind's runs, and of the kinds' means, both in logs."""
TYPICAL = log(200_000_000)
"""The mean of the kinds' means: 20 cents."""


def run(cost: float, at: int = NOW - HOUR, *, kind: str = "explore", launch: str = "", censored: bool = False,
        model: str = "large", project: str = "app", agent: str = "one") -> Observation:  # fmt: skip
    """One earlier run."""
    return Observation(agent, kind, model, project, at, round(cost), censored, launch)


def wanted(count: int = 1, *, kind: str = "explore", model: str = "large", project: str = "app", agent: str = "one",
           floor: int = 0, reading: int = 0) -> Wanted:  # fmt: skip
    """Agents that are about to start."""
    return Wanted(agent, kind, model, project, count, floor, reading)


def kind_means(random: Random, count: int) -> list[float]:
    """The true means of so many kinds."""
    return [random.gauss(TYPICAL, BETWEEN) for _ in range(count)]


def normal_noise(random: Random) -> float:
    """A standard normal."""
    return random.gauss(0.0, 1.0)


def heavy_noise(random: Random) -> float:
    """Student's t with three degrees of freedom, brought to a variance of 1."""
    chi_square = sum(random.gauss(0.0, 1.0) ** 2 for _ in range(3))
    return random.gauss(0.0, 1.0) / sqrt(chi_square / 3) / sqrt(3)


def launch_costs(random: Random, mean: float, count: int, shared: float = 0.0,
                 noise: Callable[[Random], float] = normal_noise, within: float = WITHIN) -> list[float]:  # fmt: skip
    """What runs that start together cost: a share of their variance is one factor."""
    factor = random.gauss(0.0, 1.0)
    return [exp(mean + within * (sqrt(shared) * factor + sqrt(1 - shared) * noise(random))) for _ in range(count)]
