"""What a launch will cost before it starts: a range from one's own runs, and a floor that is certain.

A forecast rests on the most alike kind of run that was seen often enough (``experience``), sums its
agents with what they have in common (``launch_sum``), is corrected by how earlier ranges did
(``calibration``), and is never below what the prompts alone cost. Without a basis there is no range.
Ground: the reference's section 4. Costs are nano-units.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from math import sqrt

from taximeter.domain.calibration import Scored, corrected, widest
from taximeter.domain.experience import Basis, Experience, basis, usual_cost
from taximeter.domain.launch import Forecast, Level, Spread, Wanted
from taximeter.domain.launch_sum import Part, Range, sum_range, upper_limit
from taximeter.domain.lognormal import PSEUDO_RUNS, Fit
from taximeter.domain.usage import Tokens

_ORDER = tuple(Level)
"""The levels from the most alike to none."""


@dataclass(frozen=True, slots=True)
class Told:
    """A forecast with what it takes to score it afterwards: all of it is to be kept before the launch."""

    forecast: Forecast
    uncorrected: Spread | None
    """The range of the runs alone, without correction and floor; None without a basis."""
    reading: int
    """What reading the results adds, in ``forecast.cost`` and not in ``uncorrected``."""
    baseline: int
    """The number of agents times the median of one's own runs; 0 when there is none."""


def forecast(experience: Experience, wanted: Sequence[Wanted]) -> Forecast:
    """The range of what the wanted agents cost together; the same question always has the same answer."""
    return tell(experience, wanted).forecast


def tell(experience: Experience, wanted: Sequence[Wanted]) -> Told:
    """The forecast, and beside it what its score will need. Kinds with a count of 0 do not matter."""
    kinds = [kind for kind in wanted if kind.count > 0]
    bases = [basis(experience, kind) for kind in kinds]
    floor = sum(kind.count * kind.floor for kind in kinds)
    reading = sum(kind.count * kind.reading for kind in kinds)
    baseline = _baseline(experience, kinds)
    parts = parts_of(experience, kinds, bases)
    if not parts:
        return Told(_answer(kinds, bases, None, floor), None, reading, baseline)
    alone = sum_range(parts)
    cost = spread_of(corrected(alone, experience.correction), reading, floor)
    return Told(_answer(kinds, bases, cost, floor), spread_of(alone, 0, 0), reading, baseline)


def upper_bound(experience: Experience, wanted: Sequence[Wanted]) -> int | None:
    """A cost that the forecast's upper end does not exceed, in microseconds; None without a basis.

    Above the end by 10 to 50 % in most cases: enough to tell a launch that no rule speaks of.
    """
    kinds = [kind for kind in wanted if kind.count > 0]
    parts = parts_of(experience, kinds, [basis(experience, kind) for kind in kinds])
    if not parts:
        return None
    spread = max(sqrt(part.shared**2 + part.own**2) for part in parts)
    limit = widest(upper_limit(parts), experience.correction, spread)
    reading = sum(kind.count * kind.reading for kind in kinds)
    return max(round(limit) + reading, sum(kind.count * kind.floor for kind in kinds))


def score_later(told: Told, wanted: Sequence[Wanted], at: int, actual: int) -> Scored | None:
    """The record of a launch that has ended, from what was kept of its forecast; None when no range was told.

    ``actual`` is what the launch's runs cost, without what their results cost the session that reads them.
    """
    cost, uncorrected = told.forecast.cost, told.uncorrected
    if cost is None or uncorrected is None:
        return None
    most = max(wanted, key=lambda kind: kind.count)
    alone = Spread(*(max(value - told.reading, 0) for value in cost))
    return Scored(at, told.forecast.agents, most.type, most.model, alone, uncorrected, actual, told.baseline,
                  told.forecast.level, told.forecast.runs)  # fmt: skip


def floor_cost(price: Callable[[Tokens], int | None], preamble: int, prompt_tokens: int, turns: int) -> int | None:
    """What one agent costs at the very least: its preamble and prompt, written once and read on each further turn.

    ``price`` prices one request (it may be priced by its length) and says None when it cannot; so does this.
    A vendor without a price for writing to its cache takes the first turn as plain input.
    """
    sent = preamble + prompt_tokens
    first = price(Tokens(cache_write_5m=sent))
    return _with_reads(price(Tokens(input=sent)) if first is None else first, price, sent, max(turns, 1) - 1)


def reading_cost(price: Callable[[Tokens], int | None], result_tokens: int, turns_left: int) -> int | None:
    """What one agent's result costs the session that started it: written once, read on each turn that is left."""
    first = price(Tokens(cache_write_5m=result_tokens))
    first = price(Tokens(input=result_tokens)) if first is None else first
    return _with_reads(first, price, result_tokens, max(turns_left, 0))


def parts_of(experience: Experience, kinds: Sequence[Wanted], bases: Sequence[Basis]) -> list[Part]:
    """The launch as a sum of log-normal parts; empty when any kind is without a basis, or nothing is wanted."""
    fits = [one.fit for one in bases]
    known = [found for found in fits if found is not None]
    if len(known) < len(fits):
        return []
    return [
        _part(kind.count, found, one.skipped, experience.shared)
        for kind, found, one in zip(kinds, known, bases, strict=True)
    ]


def _part(count: int, found: Fit, skipped: int, shared: float) -> Part:
    """All agents of a kind share what is not known of its mean, beside what their launch has in common.

    A kind that fell back lies as far from the wider kind's mean as the pseudo-runs of the shrinkage say. That
    counts once, however far it fell: a wider kind's own spread holds most of how its members differ.
    """
    unknown = 1 / found.anchor + (1 / PSEUDO_RUNS if skipped else 0)
    spread = found.range_spread
    return Part(count, found.mean, spread * sqrt(shared + unknown), spread * sqrt(1 - shared))


def spread_of(cost: Range, added: int, floor: int) -> Spread:
    """Whole nano-units, with what is added for certain, never below the floor."""
    return Spread(*(max(round(value) + added, floor) for value in cost))


def _answer(kinds: Sequence[Wanted], bases: Sequence[Basis], cost: Spread | None, floor: int) -> Forecast:
    worst = max(bases, key=lambda one: _ORDER.index(one.level)).level if bases else Level.NONE
    level = worst if cost else Level.NONE
    runs = min((one.runs for one in bases), default=0)
    return Forecast(sum(kind.count for kind in kinds), cost, floor, level, runs)


def _baseline(experience: Experience, kinds: Sequence[Wanted]) -> int:
    usual = [usual_cost(experience, kind) for kind in kinds]
    if not all(usual):
        return 0
    return round(sum(kind.count * one for kind, one in zip(kinds, usual, strict=True)))


def _with_reads(first: int | None, price: Callable[[Tokens], int | None], tokens: int, reads: int) -> int | None:
    each = price(Tokens(cache_read=tokens)) if reads else 0
    return None if first is None or each is None else first + reads * each
