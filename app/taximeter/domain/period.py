"""Periods of a calendar: days, weeks and months in a named time zone.

A period begins at a local midnight and ends at another, so it is 23 or 25 hours longer or shorter
where the clocks change. Where midnight does not exist, the day begins at the first moment after.
"""

from __future__ import annotations

from calendar import monthrange
from dataclasses import dataclass
from datetime import date, datetime, timedelta, tzinfo
from enum import StrEnum
from typing import assert_never

from taximeter.domain.quota import Period

MS = 1000


class PeriodKind(StrEnum):
    """How often a budget begins anew."""

    DAY = "day"
    WEEK = "week"
    MONTH = "month"


@dataclass(frozen=True, slots=True)
class Rhythm:
    """A period that comes again. ``start`` is 1 (Monday) to 7 for weeks, 1 to 31 for months.

    A month too short for its start day begins on its last day. Days have no start day.
    """

    kind: PeriodKind
    start: int = 1


def period_at(rhythm: Rhythm, now: int, zone: tzinfo) -> Period:
    """The period of a rhythm that holds ``now`` (ms UTC): ``start <= now < end``."""
    today = datetime.fromtimestamp(now / MS, zone).date()
    first = _first_day(rhythm, today)
    following = _following_day(rhythm, first)
    if day_start(following, zone) <= now:
        first, following = following, _following_day(rhythm, following)
    return Period(day_start(first, zone), day_start(following, zone))


def day_start(day: date, zone: tzinfo) -> int:
    """When a local day begins, ms UTC."""
    return round(datetime(day.year, day.month, day.day, tzinfo=zone).timestamp()) * MS


def _first_day(rhythm: Rhythm, today: date) -> date:
    match rhythm.kind:
        case PeriodKind.DAY:
            return today
        case PeriodKind.WEEK:
            return today - timedelta(days=(today.isoweekday() - rhythm.start) % 7)
        case PeriodKind.MONTH:
            this = _in_month(today.year, today.month, rhythm.start)
            return this if this <= today else _in_month(*_month_before(today), rhythm.start)
        case _:
            assert_never(rhythm.kind)


def _following_day(rhythm: Rhythm, first: date) -> date:
    match rhythm.kind:
        case PeriodKind.DAY:
            return first + timedelta(days=1)
        case PeriodKind.WEEK:
            return first + timedelta(days=7)
        case PeriodKind.MONTH:
            year, month = divmod(first.year * 12 + first.month, 12)
            return _in_month(year, month + 1, rhythm.start)
        case _:
            assert_never(rhythm.kind)


def _in_month(year: int, month: int, day: int) -> date:
    return date(year, month, min(day, monthrange(year, month)[1]))


def _month_before(today: date) -> tuple[int, int]:
    year, month = divmod(today.year * 12 + today.month - 2, 12)
    return year, month + 1
