"""What a company offers in place of a costly launch: a cheaper model, an in-house agent, a sentence of its own."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from taximeter.domain.launch import Spread


class CompanyOffer(NamedTuple):
    """Shown beside the verbs and where a quota is used up; never a reason to ask. Empty parts are not offered."""

    text: str = ""
    """The company's own sentence, shown as it is."""
    agent: str = ""
    """The in-house agent's name, else its id."""
    installed: bool = False
    """Whether that agent was found on this computer; False says nothing of it."""
    model: str = ""
    """A cheaper model's id."""
    cost: Spread | None = None
    """What the launch would likely cost on it; None without a launch, a price or a basis."""


def company_offer(
    model: str, agent: str, text: str, names: Mapping[str, str], found: Collection[str]
) -> CompanyOffer | None:
    """The offer as people know it; None where there is none.

    ``names`` is from an agent's id to its name, ``found`` the ids of those that have logs here.
    """
    if not (model or agent or text):
        return None
    return CompanyOffer(text, names.get(agent, agent), agent in found, model)
