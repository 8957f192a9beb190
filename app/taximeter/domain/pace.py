"""One's own rhythm of spending, and what it says about the rest of a period.

A month is not spent evenly: nights and weekends count less. The activity profile gives each of the
168 hours of a local week a weight, learnt from the last eight weeks of one's own spending; before
there is enough of it every hour weighs the same, which is a straight line. Between two moments
lies as much activity as the weights of the hours between them, so that "half of the period" means
half of the work, and a quota's pace is what was used per unit of activity.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime, tzinfo
from functools import lru_cache
from itertools import accumulate

HOUR = 3_600_000
DAY = 24 * HOUR
WEEK = 7 * DAY
HOURS_OF_WEEK = 168

_EPOCH_HOUR = 3 * 24
"""The first of January 1970 was a Thursday."""

LEARNT_WEEKS = 8
LEAST_WEEKS = 2
"""A profile needs spending at least that long ago, so that each hour of the week was seen twice."""
LEAST_HOURS = 20
"""And at least that many hours with spending."""
HOUR_CAP = 4
"""One hour counts for at most that many times the median hour: a single dear night is no habit."""
EVEN_SHARE = 10
"""One part in ten of the weight is spread evenly: an hour never worked before is not impossible."""
RECENT = WEEK
"""How far back "the recent pace" looks at most."""
RECENT_CAP = 4
"""The recent pace counts for at most that many times the period's own, and at least for one part of as many."""


@dataclass(frozen=True, slots=True)
class Profile:
    """How one's activity spreads over the hours of a local week."""

    zone: tzinfo
    weights: tuple[int, ...] = (1,) * HOURS_OF_WEEK
    """For each hour from Monday 00:00 to Sunday 23:00; all above 0; only their ratios mean something."""
    known: bool = False
    """False while there is too little spending to learn from."""
    hours: tuple[tuple[int, int], ...] = ()
    """(start in ms UTC, nano-units spent), ascending: what the recent pace is told from."""

    def activity(self, start: int, end: int) -> int:
        """The activity between two moments, in weight times milliseconds; 0 when ``end <= start``."""
        total = 0
        for begin, until, offset in _spans(start, end, self.zone):
            if offset is None:
                total += sum(weight * (after - before) for before, after, weight in self._hourly(begin, until))
            else:
                total += _since_epoch(self.weights, until + offset) - _since_epoch(self.weights, begin + offset)
        return total

    def reach(self, start: int, amount: float, end: int) -> int | None:
        """When ``amount`` of activity has passed since ``start``; None when that is not before ``end``."""
        left = amount
        for before, after, weight in self._stretches(start, end):
            if weight * (after - before) > left:
                return before + int(left / weight)
            left -= weight * (after - before)
        return None

    @property
    def week(self) -> int:
        """The activity of a week whose clocks do not change."""
        return sum(self.weights) * HOUR

    def _stretches(self, start: int, end: int) -> Iterator[tuple[int, int, int]]:
        """The hours between two moments: from, to, weight."""
        for begin, until, offset in _spans(start, end, self.zone):
            yield from self._hourly(begin, until, offset)

    def _hourly(self, start: int, end: int, offset: int | None = None) -> Iterator[tuple[int, int, int]]:
        """The same of a span of one offset; None asks the zone for each hour."""
        at = start
        while at < end:
            hour = utc_hour(at)
            following = min(hour + HOUR, end)
            local = hour + (offset if offset is not None else _offset(hour, self.zone))
            yield at, following, self.weights[(local // HOUR + _EPOCH_HOUR) % HOURS_OF_WEEK]
            at = following


def _spans(start: int, end: int, zone: tzinfo) -> Iterator[tuple[int, int, int | None]]:
    """From, to, and by how many whole hours (in ms) local clocks are ahead; None on a day on which they change.

    Asking the zone for each hour would be most of the time that a forecast takes. An hour of UTC
    counts as the local hour that it begins in, so the rest of an hour does not matter.
    """
    at = start
    while at < end:
        offset = _offset_of_day(at // DAY, zone)
        until = at - at % DAY + DAY
        while until < end and offset is not None and _offset_of_day(until // DAY, zone) == offset:
            until += DAY
        yield at, min(until, end), offset
        at = until


@lru_cache(maxsize=4_000)
def _offset_of_day(day: int, zone: tzinfo) -> int | None:
    first, last = _offset(day * DAY, zone), _offset(day * DAY + DAY - 1, zone)
    return first // HOUR * HOUR if first == last else None


def _since_epoch(weights: tuple[int, ...], local: int) -> int:
    """The activity of a week's weights repeated from the epoch's Monday on."""
    sums = _running_sums(weights)
    weeks, rest = divmod(local + _EPOCH_HOUR * HOUR, WEEK)
    hour, part = divmod(rest, HOUR)
    return (weeks * sums[-1] + sums[hour]) * HOUR + weights[hour] * part


@lru_cache(maxsize=64)
def _running_sums(weights: tuple[int, ...]) -> tuple[int, ...]:
    return (0, *accumulate(weights))


def hour_of_week(at: int, zone: tzinfo) -> int:
    """The local hour of the week, 0 from Monday 00:00 to 167, of a moment in ms UTC."""
    return ((at + _offset(at, zone)) // HOUR + _EPOCH_HOUR) % HOURS_OF_WEEK


def _offset(at: int, zone: tzinfo) -> int:
    """Milliseconds by which local clocks are ahead of UTC at a moment."""
    offset = datetime.fromtimestamp(at // 1000, zone).utcoffset()
    return 0 if offset is None else int(offset.total_seconds() * 1000)


def straight_line(zone: tzinfo) -> Profile:
    """Every hour weighs the same."""
    return Profile(zone)


def profile_of(hourly: Mapping[int, int], now: int, zone: tzinfo) -> Profile:
    """Learns the profile from one's own spending.

    ``hourly`` has nano-units by the start of the hour (ms UTC); what is older than eight weeks or
    not above 0 does not count. Too little of it gives a straight line.
    """
    since = now - LEARNT_WEEKS * WEEK
    hours = tuple(sorted((at, spent) for at, spent in hourly.items() if since <= at < now and spent > 0))
    if len(hours) < LEAST_HOURS or now - hours[0][0] < LEAST_WEEKS * WEEK:
        return Profile(zone, hours=hours)
    median = sorted(spent for _, spent in hours)[(len(hours) - 1) // 2]
    sums = [0] * HOURS_OF_WEEK
    for at, spent in hours:
        sums[hour_of_week(at, zone)] += min(spent, HOUR_CAP * median)
    even = max(1, sum(sums) // ((EVEN_SHARE - 1) * HOURS_OF_WEEK))
    return Profile(zone, tuple(own + even for own in sums), known=True, hours=hours)


def recent_pace(profile: Profile, start: int, end: int, now: int) -> float:
    """How one's recent spending compares with that since ``start``, both per activity.

    Recent is the last quarter of the period's length and at most seven days; it may reach back
    before ``start``, which steadies a period that has just begun. From 1/4 to 4, and 1 when there
    is nothing to compare.
    """
    since = utc_hour(now - min(RECENT, (end - start) // 4))
    begun = max(utc_hour(start), utc_hour(now) - LEARNT_WEEKS * WEEK)
    of_period = _speed(profile, begun, now)
    recent = _speed(profile, since, now)
    if not of_period:
        return 1.0
    return min(max(recent / of_period, 1 / RECENT_CAP), RECENT_CAP)


def _speed(profile: Profile, start: int, now: int) -> float:
    first, last = bisect_left(profile.hours, (start,)), bisect_left(profile.hours, (now,))
    spent = sum(spent for _, spent in profile.hours[first:last])
    return spent / profile.activity(start, now) if spent else 0.0


def utc_hour(at: int) -> int:
    """The start of the hour that holds a moment, ms UTC: the key of ``profile_of``'s mapping."""
    return at - at % HOUR
