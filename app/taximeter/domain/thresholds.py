"""From where on the rules speak of a launch."""

from __future__ import annotations

from dataclasses import dataclass

NANO = 1_000_000_000


@dataclass(frozen=True, slots=True)
class Thresholds:
    """Every number of the rules. Amounts are nano-units of the price book's currency.

    A launch whose upper end is under ``silent_amount`` and under ``silent_percent`` of what is
    left of each quota is never spoken of when it has a range.
    """

    silent_amount: int = NANO
    silent_percent: int = 1
    left_amber_percent: int = 10
    """LEFT: amber when the middle of the range is over this share of what is left."""
    left_red_percent: int = 25
    """LEFT: red when it is over this share and the period has ``left_red_days`` or more to go. Where amber
    was raised above it, red begins with amber: who raised one threshold wants to be asked less."""
    left_red_days: int = 1
    pace_amber_days: int = 1
    """PACE: amber when the end moves by so many days or more."""
    pace_red_percent: int = 20
    """PACE: red when it moves by more than this share of the period."""
    typical_launches: int = 20
    """TYPICAL: silent with fewer launches of one's own."""
    typical_days: int = 60
    """TYPICAL: how far back one's own launches are looked at."""
    typical_percentile: int = 90
    """TYPICAL: a notice when the middle of the range is over this percentile of one's own launches."""
    typical_amber_times: int = 3
    """TYPICAL: amber when it is over so many times that."""
    cold_agents: int = 5
    """COLD_START: amber with so many agents or more."""
    cold_amount: int = 10 * NANO
    """COLD_START: amber when the upper end is over it."""
    cold_launches: int = 5
    """COLD_START: with fewer launches of one's own there is nothing to compare with."""
