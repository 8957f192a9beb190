"""What an index tells: how far it is, and at its end what it changed."""

from __future__ import annotations

from collections.abc import Callable
from typing import NamedTuple

from taximeter.ledger.readmodels import IndexProgress

Report = Callable[[IndexProgress], None]
"""Hears after each batch how far an index is."""


class IndexReport(NamedTuple):
    """What an index changed."""

    files: int
    bytes: int
    requests: int
    sessions: int
    skipped: int


NOTHING_NEW = IndexReport(0, 0, 0, 0, 0)
