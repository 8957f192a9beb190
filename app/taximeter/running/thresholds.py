"""The higher threshold that a window was told to take."""

from __future__ import annotations

from typing import TYPE_CHECKING

from taximeter.domain.raising import RAISED
from taximeter.host.settings_edit import Value, set_values

if TYPE_CHECKING:
    from taximeter.collect.installation import Installation
    from taximeter.domain.launch import Rule
    from taximeter.domain.thresholds import Thresholds

_NANO_PLACES = 9


def raise_threshold(here: Installation, rule: Rule, higher: Thresholds) -> None:
    """Write a rule's thresholds into the settings where they are higher than those in force.

    Raises ``Trouble`` when the settings cannot be used or written; nothing was changed then.
    """
    now = here.settings().question.thresholds
    names = [name for name in RAISED[rule] if getattr(higher, name) > getattr(now, name)]
    if names:
        set_values(here.paths, {("question", "thresholds", name): _written(name, higher) for name in names})


def _written(name: str, thresholds: Thresholds) -> Value:
    """As a person would write it: amounts in units of the currency, as text."""
    from decimal import Decimal

    number: int = getattr(thresholds, name)
    return f"{Decimal(number).scaleb(-_NANO_PLACES).normalize():f}" if name.endswith("_amount") else number
