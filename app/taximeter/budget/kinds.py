"""The kinds of service that can be asked; a new one is its files and a word in each list here."""

from __future__ import annotations

from collections.abc import Mapping

from taximeter.budget import litellm, litellm_acts, neutral, neutral_acts
from taximeter.budget.acts import Acts
from taximeter.budget.contract import Service

SERVICES: Mapping[str, Service] = {one.kind: one for one in (neutral.SERVICE, litellm.SERVICE)}
"""By kind, as the settings name it. What was read is told without loading any (``kept``)."""
ACTS: Mapping[str, Acts] = {neutral.SERVICE.kind: neutral_acts.ACTS, litellm.SERVICE.kind: litellm_acts.ACTS}
"""What each may be asked by hand."""
