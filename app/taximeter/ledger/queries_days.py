"""Days and the moments at which they begin; without a zone they are this computer's, as the rollup's are."""

from __future__ import annotations

from datetime import date, datetime, timedelta, tzinfo

MS = 1000


def day_of(at: int, zone: tzinfo | None = None) -> str:
    """The local day (YYYY-MM-DD) of a moment."""
    return datetime.fromtimestamp(at / MS, zone).strftime("%Y-%m-%d")


def day_start(day: str, zone: tzinfo | None = None) -> int:
    """The moment at which a local day begins; the first one after a midnight that the clocks skip."""
    return round(datetime.combine(date.fromisoformat(day), datetime.min.time(), zone).timestamp() * MS)


def shift_day(day: str, by: int) -> str:
    """The day that lies ``by`` days after ``day``."""
    return (date.fromisoformat(day) + timedelta(days=by)).isoformat()


def whole_days(start: int, end: int) -> tuple[str, str]:
    """The first whole local day of ``start <= t < end`` and the day after the last; equal when there is none."""
    first = day_of(start)
    if day_start(first) < start:
        first = shift_day(first, 1)
    after = day_of(end)
    return (first, after) if first <= after else (first, first)
