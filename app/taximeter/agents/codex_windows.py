"""What rollouts say of the plan's windows. Every event repeats them, so only the last word on each limit is read."""

from __future__ import annotations

from re import compile as pattern

import msgspec

from taximeter.agents.records import Count, decoded
from taximeter.domain.reading import Reading, WindowSeen

_NAME = pattern(rb'"limit_id":("[^"]*")')


class _Limits(msgspec.Struct, gc=False):
    limit_id: str | None = None
    plan_type: str | None = None
    primary: _Limits | None = None
    secondary: _Limits | None = None
    # What each of the two windows holds.
    used_percent: float | None = None
    window_minutes: Count | None = None
    resets_at: Count | None = None
    resets_in_seconds: Count | None = None


_limits = msgspec.json.Decoder(_Limits | None)


class PlanWindows:
    """The plan windows that one chunk's events tell of."""

    def __init__(self, reading: Reading) -> None:
        self._reading = reading
        self._name = self._like = b""
        self._last: dict[tuple[bytes, int], tuple[msgspec.Raw, int]] = {}

    def heard(self, limits: msgspec.Raw, at: int) -> None:
        """Keep what an event says. One that tells of fewer windows than another does not replace it."""
        text = bytes(limits)
        if not (self._like and text.startswith(self._like)):
            name = _NAME.search(text)
            self._name, self._like = (name[1], text[: name.end()]) if name else (b"", b"")
        self._last[self._name, text.count(b'"used_percent"')] = (limits, at)

    def note(self) -> None:
        """Put the windows into the reading, as the chunk's last events tell them."""
        for raw, at in self._last.values():
            limits = (decoded(_limits, raw, self._reading, "odd plan windows") if bytes(raw) else None) or _Limits()
            for window in (limits.primary, limits.secondary):
                if window is None or window.used_percent is None or not window.window_minutes:
                    continue
                resets = window.resets_at * 1000 if window.resets_at else at + (window.resets_in_seconds or 0) * 1000
                seen = WindowSeen(limits.limit_id or "", window.window_minutes, window.used_percent, resets, at,
                                  limits.plan_type or "")  # fmt: skip
                self._reading.windows.append(seen)
