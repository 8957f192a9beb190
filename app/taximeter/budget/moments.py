"""When a service's figures were true, told from its answers' headers."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import UTC
from email.utils import parsedate_to_datetime

CLOCK_TOLERANCE = 120_000
"""Clocks that differ by less agree: a header tells whole seconds, and an answer takes its time."""
LONGEST_RETRY = 24 * 3600
LONGEST_MAX_AGE = 24 * 3600


def served_at(headers: Mapping[str, str]) -> int | None:
    """When the service wrote an answer, by its own clock, ms UTC; None where it does not tell."""
    return _date(headers.get("date", ""))


def clock_off(headers: Mapping[str, str], received_at: int) -> int:
    """By how many ms the service's clock is ahead of this computer's; 0 when they agree well enough.

    An answer from a cache is older by its ``Age``.
    """
    date = served_at(headers)
    if date is None:
        return 0
    age = headers.get("age", "")
    off = date + (int(age) * 1000 if _seconds(age) else 0) - received_at
    return off if abs(off) > CLOCK_TOLERANCE else 0


def here(told: int, off: int, received_at: int) -> int:
    """A service's moment by this computer's clock, never later than the answer came."""
    return min(told - off, received_at)


def retry_after(headers: Mapping[str, str], received_at: int) -> int | None:
    """Seconds to wait as ``Retry-After`` tells, as a number or as a date; at most a day, None where it does not."""
    told = headers.get("retry-after", "").strip()
    if _seconds(told):
        return min(int(told), LONGEST_RETRY)
    moment = _date(told)
    if moment is None:
        return None
    now = served_at(headers)
    return min(max(0, (moment - (received_at if now is None else now)) // 1000), LONGEST_RETRY)


def max_age(headers: Mapping[str, str]) -> int | None:
    """Seconds for which an answer is good, as ``Cache-Control`` tells; at most a day, None where it does not."""
    found = re.search(r"(?:^|[,\s])max-age=(\d{1,9})(?:[,\s]|$)", headers.get("cache-control", ""), re.IGNORECASE)
    return None if found is None else min(int(found[1]), LONGEST_MAX_AGE)


def _seconds(told: str) -> bool:
    return re.fullmatch(r"[0-9]{1,9}", told) is not None


def _date(told: str) -> int | None:
    try:
        moment = parsedate_to_datetime(told)
        return round((moment if moment.tzinfo else moment.replace(tzinfo=UTC)).timestamp() * 1000)
    except (TypeError, ValueError, IndexError, OverflowError):
        return None
