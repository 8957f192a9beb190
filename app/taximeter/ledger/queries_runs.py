"""Runs of agents as the forecast sees them: how each stands, and with which others it was started."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from enum import Enum
from itertools import pairwise

from taximeter.domain.reading import RunEnd
from taximeter.domain.usage import Mark

QUIET_MS = 10 * 60_000
"""A run without a request for so long is over, whatever its log does not tell."""
TOGETHER_MS = 2_000
"""Where no log tells which reply started them, runs of one parent that begin within so much of each other are one
launch."""

LAST_MARKS = "(SELECT marks FROM request WHERE run_id = u.id ORDER BY at DESC LIMIT 1)"
"""The marks of the last request of ``run u``."""
LAUNCH = "coalesce(nullif(c.launch, ''), u.launch)"
"""The launch of ``run u`` with its ``call c``, as logs tell it; empty where none does."""
WITH_CALL = "LEFT JOIN call c ON c.agent = u.agent AND c.name = u.call AND u.call <> ''"


class Standing(Enum):
    """Whether a run is over, and whether its cost is all it would have cost."""

    GOES_ON = "goes on"
    FINISHED = "finished"
    KILLED = "killed"


def standing(ended_at: int, last_marks: int, told_end: int, told_at: int, now: int) -> Standing:
    """How a run stands, from its last request and the last word on it.

    A word from before the last request is void: the run was taken up again. A word without a time (0)
    holds once the run is quiet. A run whose last reply called tools, and that is quiet, was killed.
    """
    recent = now - max(ended_at, told_at) < QUIET_MS
    if told_end == RunEnd.RUNS:
        return Standing.GOES_ON if recent else Standing.KILLED
    if told_end and told_at >= ended_at:
        return Standing.KILLED if told_end == RunEnd.KILLED else Standing.FINISHED
    told_finished = told_end == RunEnd.FINISHED and not told_at
    if last_marks & Mark.GOES_ON:
        return Standing.GOES_ON if recent else Standing.FINISHED if told_finished else Standing.KILLED
    return Standing.FINISHED if told_finished or not recent else Standing.GOES_ON


def launches_by_time(runs: Iterable[tuple[int, str, int]]) -> dict[int, str]:
    """A launch for each run that began close to another one: (run's id, its parent's name, start) -> launch by id.

    Each run within ``TOGETHER_MS`` of the one before it, of the same parent, belongs to that one's launch.
    """
    launches: dict[int, str] = {}
    ordered: Sequence[tuple[int, str, int]] = sorted(runs, key=lambda run: (run[1], run[2], run[0]))
    for (one, parent, start), (other, parent_of_other, later) in pairwise(ordered):
        if parent and parent == parent_of_other and later - start <= TOGETHER_MS:
            launches[other] = launches.setdefault(one, f"{parent}@{start}")
    return launches
