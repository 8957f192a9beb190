"""What one's own history says of the cost of an agent's runs, ready to be asked many times."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import chain
from typing import NamedTuple

from taximeter.domain.calibration import Correction, Scored, correction_of
from taximeter.domain.launch import Level, Observation, Wanted
from taximeter.domain.lognormal import OUTLYING, Fit, Seen, fit, log_of
from taximeter.domain.pace import DAY

HALF_LIFE = 30 * DAY
"""A run counts half as much after a month: models, prompts and habits change."""
OLDEST = 180 * DAY
"""After six half-lives it counts for less than a sixtieth and is left out, also of the number of runs named."""
LEAST_EFFECTIVE = 5 - 0.5
"""Five runs, to the nearest whole one, so that five of the last days are five: below that a level is not used.
With fewer, most of what it says is its parent's and the prior's, and naming the finer level would claim a likeness
that is not there; below that everywhere there is no range at all."""

SHARED = 0.3
"""The share of the variance that runs of one launch have in common, until one's own launches tell it."""
LEAST_LAUNCHES = 10
MOST_SHARED = 0.9
MAIN = "main"
"""The type of a session of its own."""


class Key(NamedTuple):
    """A kind of run, as closely as a level looks; empty strings stand for all."""

    agent: str
    own_session: bool
    """Sessions of their own and subagents are told apart even when nothing else is known: the one costs
    many times the other."""
    type: str = ""
    model: str = ""
    project: str = ""


@dataclass(frozen=True, slots=True)
class Experience:
    """What history taught, as of a moment."""

    fits: Mapping[Key, Fit]
    """By kind, at each level on which a kind was seen."""
    shared: float
    """The share of the variance that runs of one launch have in common."""
    launches: int
    """From how many launches that is; 0 when it is assumed."""
    correction: Correction
    learnt_at: int


class Basis(NamedTuple):
    """The level that a kind's forecast rests on."""

    level: Level
    fit: Fit | None
    """None at level NONE."""
    runs: int
    skipped: int
    """How many finer levels there were too few runs for."""


def learn(observations: Sequence[Observation], now: int, scored: Sequence[Scored] = ()) -> Experience:
    """Fits every kind of run that was seen, and how alike the runs of a launch are.

    What started after ``now`` (ms UTC), half a year before it, or cost nothing is left out. The order
    of ``observations`` does not matter. ``scored`` are earlier forecasts whose launches have ended.
    """
    used = [seen for seen in observations if seen.cost > 0 and now - OLDEST <= seen.at <= now]
    together = Counter(seen.launch for seen in used if seen.launch)
    grouped: dict[Key, list[Seen]] = defaultdict(list)
    for seen in used:
        # Runs of one launch repeat each other: by their design effect, eight of them tell as much as two or three.
        # Taken for eight, a range after a single launch held 63 % on made-up runs, after two 71 % in place of 75 %.
        repeats = 1 + (together[seen.launch] - 1) * SHARED if seen.launch else 1.0
        learnt = Seen(log_of(seen.cost), 0.5 ** ((now - seen.at) / HALF_LIFE) / repeats, seen.censored)
        for key in chain_of(seen):
            grouped[key].append(learnt)
    fits: dict[Key, Fit] = {}
    for key in sorted(grouped, key=_depth):
        fits[key] = fit(grouped[key], fits.get(_parent(key)))
    shared, launches = _shared_part(used, fits)
    return Experience(fits, shared, launches, correction_of([one for one in scored if one.at <= now]), now)


def basis(experience: Experience, wanted: Wanted) -> Basis:
    """The most alike level with at least five effective runs of what is wanted."""
    keys = chain_of(wanted)
    for skipped, key in enumerate(reversed(keys)):
        found = experience.fits.get(key)
        if found and found.effective >= LEAST_EFFECTIVE:
            return Basis(_LEVELS[len(keys) - 1 - skipped], found, found.runs, skipped)
    root = experience.fits.get(keys[0])
    return Basis(Level.NONE, None, root.runs if root else 0, len(keys))


def usual_cost(experience: Experience, wanted: Wanted) -> float:
    """The median of one's own finished runs of that type and model, or of the nearest kind that has any.

    This is what a person would reckon with, and what a forecast is scored against; 0 without any.
    """
    for key in reversed(chain_of(wanted)[:3]):
        found = experience.fits.get(key)
        if found and found.median:
            return found.median
    return 0.0


_LEVELS = (Level.AGENT, Level.TYPE, Level.MODEL, Level.PROJECT)


def chain_of(run: Wanted | Observation) -> list[Key]:
    """The kinds a run belongs to, the widest first, ending before the first thing that is not known of it."""
    own = run.type == MAIN
    keys = [Key(run.agent, own)]
    if run.type:
        keys.append(Key(run.agent, own, run.type))
        if run.model:
            keys.append(Key(run.agent, own, run.type, run.model))
            if run.project:
                keys.append(Key(run.agent, own, run.type, run.model, run.project))
    return keys


def _depth(key: Key) -> int:
    return bool(key.type) + bool(key.model) + bool(key.project)


def _parent(key: Key) -> Key:
    """The kind one level up; the widest has itself, which is not yet known when it is fitted."""
    if key.project:
        return key._replace(project="")
    return key._replace(model="") if key.model else key._replace(type="")


def _shared_part(used: Iterable[Observation], fits: Mapping[Key, Fit]) -> tuple[float, int]:
    """The intraclass correlation of launches with two or more finished runs, from the products of their pairs.

    With ten launches it is still a rough figure, so it counts against ten in which the assumed one held.
    """
    launches: dict[str, list[float]] = defaultdict(list)
    for seen in used:
        if seen.launch and not seen.censored:
            launches[seen.launch].append(_residual(seen, fits))
    several = [residuals for residuals in launches.values() if len(residuals) > 1]
    if len(several) < LEAST_LAUNCHES:
        return SHARED, 0
    squares = [residual * residual for residual in chain.from_iterable(several)]
    # A launch of n runs has n(n-1)/2 pairs but not that much to tell: its mean product counts n times.
    products = sum((sum(own) ** 2 - sum(one * one for one in own)) / (len(own) - 1) for own in several)
    found = products / sum(squares) if sum(squares) else SHARED
    count = len(several)
    blended = (count * found + LEAST_LAUNCHES * SHARED) / (count + LEAST_LAUNCHES)
    return min(max(blended, 0.0), MOST_SHARED), count


def _residual(seen: Observation, fits: Mapping[Key, Fit]) -> float:
    """How far a run lay from what its kind costs, in spreads; a runaway one no farther than when it is fitted."""
    found = [fits[key] for key in chain_of(seen)]
    used = next((one for one in reversed(found) if one.effective >= LEAST_EFFECTIVE), found[0])
    off = (log_of(seen.cost) - used.mean) / used.spread
    return min(max(off, -OUTLYING), OUTLYING)
