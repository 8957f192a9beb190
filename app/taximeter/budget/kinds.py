"""The kinds of service that can be asked; a new one is one file and one word here."""

from __future__ import annotations

from collections.abc import Mapping

from taximeter.budget import litellm, neutral
from taximeter.budget.contract import Service

SERVICES: Mapping[str, Service] = {one.kind: one for one in (neutral.SERVICE, litellm.SERVICE)}
"""By kind, as the settings name it. What was read is told without loading any (``kept``)."""
