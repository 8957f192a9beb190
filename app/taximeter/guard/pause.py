"""A pause of the questions: nothing is asked until it is over."""

from __future__ import annotations

from collections.abc import Callable
from time import monotonic


class Pause:
    """Lives on the doorbell's thread. What is open when it begins stays open."""

    def __init__(self, now: Callable[[], int], changed: Callable[[int | None], None]) -> None:
        """``changed`` hears until when (ms UTC) nothing is asked, or None when it is over."""
        self._now = now
        self._changed = changed
        self._ends = 0.0

    @property
    def is_on(self) -> bool:
        """Whether nothing is to be asked now."""
        return monotonic() < self._ends

    def begin(self, minutes: int) -> None:
        """Ask nothing for so many minutes from now."""
        self._ends = monotonic() + minutes * 60
        self._changed(self._now() + minutes * 60_000)

    def end(self) -> None:
        """Ask again from now on."""
        self._ends = 0.0
        self._changed(None)

    def due(self) -> float | None:
        """When it is over, monotonic seconds; None while there is none."""
        return self._ends or None

    def tick(self) -> None:
        """End it when its time has come."""
        if self._ends and not self.is_on:
            self.end()
