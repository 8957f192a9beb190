"""Amounts and moments between the wire (text) and the database (integers)."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from decimal import Decimal

SCALES = {"money": 9, "credits": 9, "tokens": 0, "requests": 0}
"""Decimals that are kept: money and credits are whole billionths."""
MOST = 9 * 10**18
DAY = 86_400_000


def to_int(text: str, unit: str) -> int:
    """The amount in the smallest parts that are kept of its unit.

    Raises:
        ValueError: it has more decimals than the unit keeps, or is too large to be kept.
    """
    scaled = Decimal(text).scaleb(SCALES[unit])
    if scaled != scaled.to_integral_value() or abs(scaled) > MOST:
        raise ValueError(text)
    return int(scaled)


def to_text(amount: int | None, unit: str) -> str | None:
    """The amount as the contract writes it; None stays None."""
    if amount is None:
        return None
    text = f"{Decimal(amount).scaleb(-SCALES[unit]):f}"
    return text.rstrip("0").rstrip(".") if "." in text else text


def to_ms(text: str) -> int:
    """A moment of the wire in ms since the epoch, UTC."""
    return round(datetime.fromisoformat(text).timestamp() * 1000)


def moment(ms: int | None) -> str | None:
    """A moment for the wire, to the millisecond where it has any; None stays None."""
    if ms is None:
        return None
    stamp = datetime.fromtimestamp(ms / 1000, UTC)
    return stamp.isoformat(timespec="milliseconds" if ms % 1000 else "seconds").replace("+00:00", "Z")


def period(kind: str, now: int) -> tuple[int, int] | None:
    """Start and end of the UTC month, week or day that ``now`` is in; None for a budget that never resets."""
    today = datetime.fromtimestamp(now / 1000, UTC).replace(hour=0, minute=0, second=0, microsecond=0)
    if kind == "month":
        start = today.replace(day=1)
        end = (start + timedelta(days=32)).replace(day=1)
    elif kind == "week":
        start = today - timedelta(days=today.weekday())
        end = start + timedelta(days=7)
    elif kind == "day":
        start, end = today, today + timedelta(days=1)
    else:
        return None
    return round(start.timestamp() * 1000), round(end.timestamp() * 1000)
