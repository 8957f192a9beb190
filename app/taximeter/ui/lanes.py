"""Which lane a run is drawn in, and the ticks of both axes: the chart's arithmetic, without paint."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta, tzinfo

from taximeter.domain.usage import RunKind
from taximeter.ledger.readmodels import RunRow
from taximeter.ui.figures import MINUTE, SECOND

MOST = 36
"""Lanes that can be told apart; with more runs than that, runs that do not overlap share one."""
_STEPS = (1, 2, 5, 10, 15, 30, 60, 120, 240, 480, 720, 1440, 2880, 10_080, 20_160, 40_320)


@dataclass(frozen=True, slots=True)
class Group:
    """Runs of one type; ``lanes`` hold (start, end) in ms."""

    name: str
    count: int
    kind: RunKind
    lanes: tuple[tuple[tuple[int, int], ...], ...]


def groups_of(runs: tuple[RunRow, ...]) -> tuple[Group, ...]:
    """The main run first, then each type in the order in which it first started."""
    sorted_runs = sorted(runs, key=lambda run: (run.kind is not RunKind.MAIN, run.started_at, run.id))
    by_type: dict[tuple[RunKind, str], list[RunRow]] = {}
    for run in sorted_runs:
        by_type.setdefault((run.kind, "" if run.kind is RunKind.MAIN else run.type), []).append(run)
    shared = len(runs) > MOST
    return tuple(
        Group(name, len(members), kind, _lanes(members, shared)) for (kind, name), members in by_type.items()
    )


def _lanes(runs: list[RunRow], shared: bool) -> tuple[tuple[tuple[int, int], ...], ...]:
    lanes: list[list[tuple[int, int]]] = []
    for run in runs:
        free = next((lane for lane in lanes if shared and lane[-1][1] <= run.started_at), None)
        if free is None:
            lanes.append([(run.started_at, run.ended_at)])
        else:
            free.append((run.started_at, run.ended_at))
    return tuple(tuple(lane) for lane in lanes)


def time_ticks(start: int, end: int, zone: tzinfo, most: int = 5) -> tuple[int, ...]:
    """Moments on the local clock's round marks between start and end, at most ``most`` of them."""
    minutes = max(1, (end - start) // MINUTE)
    step = next((one for one in _STEPS if minutes / one <= most), _STEPS[-1])
    local = datetime.fromtimestamp(start / SECOND, zone)
    midnight = local.replace(hour=0, minute=0, second=0, microsecond=0)
    first = midnight + timedelta(minutes=-(-(local - midnight) // timedelta(minutes=step)) * step)
    ticks: list[int] = []
    while (at := int(first.timestamp() * SECOND)) <= end and len(ticks) <= most:
        if at >= start:
            ticks.append(at)
        first += timedelta(minutes=step)
    return tuple(ticks)


def cost_top(cost: int) -> int:
    """The top of a cost axis: the next round amount, whose half is round as well."""
    if cost <= 0:
        return 0
    size = int(10 ** (len(str(cost)) - 1))
    return next(size * one // 10 for one in (10, 12, 16, 20, 24, 30, 40, 50, 60, 80, 100) if size * one // 10 >= cost)
