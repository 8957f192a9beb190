"""How often a database is looked at while its owner writes it, which may be many times a second."""

from __future__ import annotations

import math
from collections.abc import Iterable

from taximeter.collect.discovery import Work

PAUSE_S = 1.0
"""Between two looks at the same database."""


class Pacing:
    """Which databases have to wait, and until when. Times are seconds of a clock that never goes back."""

    def __init__(self) -> None:
        self._looked: dict[str, float] = {}
        self._waiting: set[str] = set()

    @property
    def due(self) -> float:
        """When the first that waits may be looked at; infinite when none does."""
        return min((self._looked[path] + PAUSE_S for path in self._waiting), default=math.inf)

    def admit(self, work: Iterable[Work], now: float) -> list[Work]:
        """What may be read now; a database that was read a moment ago waits."""
        admitted = []
        for item in work:
            path = item.found.path
            if item.found.database and now < self._looked.get(path, -math.inf) + PAUSE_S:
                self._waiting.add(path)
                continue
            if item.found.database:
                self._looked[path] = now
                self._waiting.discard(path)
            admitted.append(item)
        return admitted

    def ready(self, now: float) -> set[str]:
        """The databases that have waited long enough, which then wait no more."""
        ready = {path for path in self._waiting if now >= self._looked[path] + PAUSE_S}
        self._waiting -= ready
        return ready
