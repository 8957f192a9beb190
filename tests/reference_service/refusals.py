"""Refusals: every error of the service is one of these, and becomes problem+json."""

from __future__ import annotations

from dataclasses import dataclass, field


# Not frozen: what passes through a context manager gets its traceback set.
@dataclass(eq=False)
class Refusal(Exception):
    """Why a call is not answered as asked."""

    status: int
    code: str
    """One of the document's."""
    title: str
    detail: str
    """One sentence on what to do."""
    more: dict[str, str] = field(default_factory=dict)
    """Further members of the problem."""
    headers: dict[str, str] = field(default_factory=dict)
