"""What a service counts beside what this desktop counts for the same time: how much of it comes from here."""

from __future__ import annotations

from typing import NamedTuple


class Reconciled(NamedTuple):
    """One quota's two figures, in its unit, over ``since <= t < until`` (ms UTC)."""

    quota: str
    """The quota's id."""
    own: int
    """What this desktop counted."""
    counted: int
    """What the service counted, more than 0."""
    since: int
    until: int
    at_least: bool = False
    """Whether this desktop used more than it can tell, such as tokens without a price."""

    @property
    def share(self) -> float:
        """The part of the service's figure that comes from here; over 1 where this desktop's figure is the higher."""
        return self.own / self.counted

    @property
    def percent(self) -> int:
        """The share in whole percent: 0 and 100 only when it is so."""
        exact = self.own * 100 / self.counted
        if 0 < exact < 1:
            return 1
        return 99 if 99 < exact < 100 else round(exact)
