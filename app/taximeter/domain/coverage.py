"""Which quotas pay for a launch."""

from __future__ import annotations

from collections.abc import Iterable
from fnmatch import fnmatchcase

from taximeter.domain.quota import Coverage, Outlook, Unit


def covers(coverage: Coverage, agent: str, project: str, models: tuple[str, ...]) -> bool:
    """Whether a quota pays for any of the requests of an agent in a project on these models.

    It means what the ledger's sums mean: patterns are shell-style and mind case, an empty list does
    not narrow. A model that is not known is the empty string, which only a pattern for anything
    matches; so are no models at all.
    """
    return (
        _matches(coverage.agents, agent)
        and _matches(coverage.projects, project)
        and (not coverage.models or any(_matches(coverage.models, model) for model in models or ("",)))
    )


def covering(
    outlooks: Iterable[Outlook], agent: str, project: str, models: tuple[str, ...], currency: str
) -> tuple[Outlook, ...]:
    """The quotas in money of that currency that pay for such a launch, or for a part of it, in their order."""
    return tuple(
        seen
        for seen in outlooks
        if seen.quota.unit is Unit.MONEY
        and seen.quota.currency == currency
        and covers(seen.quota.covers, agent, project, models)
    )


def _matches(patterns: tuple[str, ...], name: str) -> bool:
    return not patterns or any(fnmatchcase(name, pattern) for pattern in patterns)
