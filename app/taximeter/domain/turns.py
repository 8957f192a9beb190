"""A computer's own turns: moments one interval apart that no other computer shares, whatever the clock says."""

from __future__ import annotations

import hmac
from dataclasses import dataclass

NOISE_PERCENT = 5
"""Percent of the interval by which a turn may lie before or after its even place."""
_BYTES = 6
"""Of a digest; 48 bits, which a float holds exactly."""


@dataclass(frozen=True, slots=True)
class Installation:
    """Whose turns they are.

    ``id`` is random and made once per installation, so that the turns survive a restart and do not
    all move to the moment at which a building's power returns. ``key`` names the service: two of
    them have turns of their own. ``seed`` is the noise's, any number.
    """

    id: str
    key: str
    seed: int


def phase(whose: Installation) -> float:
    """Where in every interval the turn lies, 0 <= share < 1: HMAC-SHA256 of the key under the id."""
    return _share(whose.id, whose.key)


def chance(whose: Installation, occasion: str) -> float:
    """A random share, 0 <= share < 1, that is the same each time it is drawn for the same occasion."""
    return _share(whose.id, f"{whose.key}\0{whose.seed}\0{occasion}")


def turn(whose: Installation, interval: int, earliest: int) -> int:
    """The first own turn at or after ``earliest`` (ms UTC), less than 1.1 intervals (ms) later.

    Two turns in a row are 0.9 to 1.1 intervals apart. As the turns lie on a line of their own
    and not after the last poll, a fleet that was stopped at one moment does not start at one.
    """
    first = int(phase(whose) * interval)
    number = (earliest - first) // interval
    while (found := first + number * interval + _noise(whose, interval, number)) < earliest:
        number += 1
    return found


def _noise(whose: Installation, interval: int, number: int) -> int:
    widest = interval * NOISE_PERCENT // 100
    return int((2 * chance(whose, f"turn {number} of {interval}") - 1) * widest)


def _share(secret: str, words: str) -> float:
    digest = hmac.digest(secret.encode(), words.encode(), "sha256")
    return int.from_bytes(digest[:_BYTES], "big") / (1 << 8 * _BYTES)
