"""Forecasts made again for launches of the past, each from nothing but what was known before it."""

from __future__ import annotations

from bisect import bisect_left
from collections import Counter
from collections.abc import Sequence
from typing import NamedTuple

from taximeter.domain.calibration import Scored
from taximeter.domain.experience import Experience, learn
from taximeter.domain.forecast import score_later, tell
from taximeter.domain.launch import Observation, Wanted
from taximeter.domain.pace import DAY

_GROWN = 1.02
"""Learn again when there are so many times as many runs: for thousands of launches, a second in place of minutes."""


class Replayed(NamedTuple):
    """What a replay could score."""

    scored: tuple[Scored, ...]
    """In the order in which the launches began."""
    without_range: int
    """Launches before which there were too few runs for a range."""
    cut_off: int
    """Launches with a run that was killed or still runs: what they would have cost is not known."""


class _Ended(NamedTuple):
    end: int
    run: Observation


class _Launch(NamedTuple):
    at: int
    """When its first run began."""
    end: int
    """When its last one ended."""
    runs: tuple[Observation, ...]


def replay(observations: Sequence[Observation], ended: Sequence[int] = (), last: int = 0) -> Replayed:
    """Scores every launch of the past in the order of time; a run that started alone is a launch of one.

    A launch is foretold from the runs that had ended before its first one began, and corrected by the
    launches that had ended by then; nothing of itself or of later ones is used. ``ended`` tells for each
    observation when its last request was (ms UTC). Where it is left out a run counts as ended when it
    began, which lends a forecast the cost of runs that were still at work. Floors and the reading of
    results are not part of it. ``last`` above 0 scores only so many of the newest launches, which is
    enough to learn a correction from: two seconds of 5,000 runs, where all their launches take six.
    """
    runs = [_Ended(*one) for one in zip(ended or [one.at for one in observations], observations, strict=True)]
    by_end = sorted(runs, key=lambda one: (one.end, one.run.at))
    launches = _launches(runs)
    whole = [one for one in launches if not any(run.censored for run in one.runs) and _cost(one) > 0]
    waiting: list[tuple[int, Scored]] = []
    without = 0
    experience = _Learnt(learn((), 0), 0)
    for launch in whole[-last:]:
        experience = _up_to_date(experience, by_end, waiting, launch.at)
        wanted = _wanted(launch)
        told = tell(experience.learnt, wanted)
        result = score_later(told, wanted, launch.at, _cost(launch))
        if result is None:
            without += 1
        else:
            waiting.append((launch.end, result))
    return Replayed(tuple(one for _, one in waiting), without, len(launches) - len(whole))


class _Learnt(NamedTuple):
    learnt: Experience
    runs: int
    """From so many of the runs, in the order in which they ended."""


def _up_to_date(before: _Learnt, by_end: Sequence[_Ended], scored: Sequence[tuple[int, Scored]], now: int) -> _Learnt:
    """The experience at a moment; the one before while hardly anything was added to it and it is of the same day."""
    known = bisect_left(by_end, now, key=lambda one: one.end)
    if known < before.runs * _GROWN and now - before.learnt.learnt_at < DAY:
        return before
    used = [one.run for one in by_end[:known]]
    return _Learnt(learn(used, now, [one for end, one in scored if end < now]), known)


def _launches(runs: Sequence[_Ended]) -> list[_Launch]:
    """The launches in the order in which they began. Ids of launches are told apart by agent."""
    together: dict[tuple[str, str], list[_Ended]] = {}
    for place, one in enumerate(runs):
        key = (one.run.agent, one.run.launch) if one.run.launch else ("", str(place))
        together.setdefault(key, []).append(one)
    found = [
        _Launch(min(one.run.at for one in own), max(one.end for one in own), tuple(one.run for one in own))
        for own in together.values()
    ]
    return sorted(found, key=lambda one: (one.at, one.end))


def _wanted(launch: _Launch) -> list[Wanted]:
    kinds = Counter((run.agent, run.type, run.model, run.project) for run in launch.runs)
    return [Wanted(*kind, count=count) for kind, count in sorted(kinds.items())]


def _cost(launch: _Launch) -> int:
    return sum(run.cost for run in launch.runs)
