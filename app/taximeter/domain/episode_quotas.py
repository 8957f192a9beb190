"""The episodes of quotas: worth a look, near the end, used up, and back; each told once in a period."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from enum import IntEnum, StrEnum

from taximeter.domain.increase import IncreaseRequest
from taximeter.domain.outlook import CANNOT_TELL
from taximeter.domain.quota import Outlook, Quota, QuotaState

DAY = 86_400_000
SHORT = 2 * DAY
"""A period up to so long is not worth a look long before its end: it would be told every other day."""
REARMED_AFTER = DAY
"""How long it has to look better without a reset or a higher limit before the same is told again."""
OTHER_PERIOD = 10
"""A period is another one when its end moved on by more than that part of its length: sources round."""
FORGOTTEN_AFTER = 60 * DAY
"""After its period's end a quota that is not there any more is forgotten."""


class EpisodeKind(StrEnum):
    """What may be told."""

    WATCH = "watch"
    """Used faster than its period passes, or over the soft limit."""
    RUNS_OUT = "runs_out"
    """It will not last: foretold a working day before, or sooner where that was not to be seen."""
    LOW = "low"
    """Little is left of it, whatever is foretold."""
    FAST = "fast"
    """It is being spent several times as fast as it would last."""
    SPENT = "spent"
    BACK = "back"
    UNREACHABLE = "unreachable"
    SIGNED_OUT = "signed_out"
    DECIDED = "decided"
    """One's own request for more."""
    TO_DECIDE = "to_decide"
    """Others' requests wait for this person."""


@dataclass(frozen=True, slots=True)
class Episode:
    """Something to tell. Fields that its kind does not use stay at their default."""

    key: str
    """Of what it replaces: one quota, the service, one request."""
    kind: EpisodeKind
    outlook: Outlook | None = None
    """Of a quota's, as it is now."""
    reset: bool = False
    """BACK: after a reset; else because more was granted or a suspension was lifted."""
    request: IncreaseRequest | None = None
    count: int = 0
    """TO_DECIDE: how many wait."""
    span: int = 0
    """FAST: over how long, ms."""


class Level(IntEnum):
    """How far it has come with a quota."""

    FINE = 0
    WATCH = 1
    NEAR = 2
    SPENT = 3


@dataclass(frozen=True, slots=True)
class QuotaTold:
    """What was told of a quota, or taken for told."""

    id: str
    ends: int
    """When the period ends that it was told of, ms UTC."""
    level: Level
    limit: int | None
    suspended: bool = False
    snoozed: int = 0
    """Until when nothing is told of it, ms UTC; 0 when it is not snoozed."""
    better_since: int | None = None
    """Since when it looks better than what was told; not kept over a restart."""


@dataclass(frozen=True, slots=True)
class QuotasLook:
    """What follows from the quotas."""

    episodes: tuple[Episode, ...]
    """At most one: of several that cross at once the worst speaks, and all are taken for told."""
    withdrawn: tuple[str, ...]
    told: tuple[QuotaTold, ...]


@dataclass(frozen=True, slots=True)
class _Step:
    told: QuotaTold
    kind: EpisodeKind | None = None
    reset: bool = False
    withdrawn: bool = False


def quota_key(id: str) -> str:
    """The key of a quota's notification."""
    return f"quota {id}"


def look_at_quotas(before: tuple[QuotaTold, ...], outlooks: Iterable[Outlook], now: int) -> QuotasLook:
    """What to tell of the quotas now, and what to remember. Those that are not there stay as they are."""
    old = {told.id: told for told in before}
    steps: list[tuple[Outlook, _Step]] = []
    for seen in outlooks:
        told = old.pop(seen.quota.id, None)
        if told is not None or seen.state not in CANNOT_TELL:
            steps.append((seen, _step(told, seen, now)))
    gone = tuple(told for told in old.values() if now - told.ends < FORGOTTEN_AFTER)
    spoken = [(seen, step) for seen, step in steps if step.kind is not None]
    spoken.sort(key=lambda pair: (pair[1].kind is EpisodeKind.BACK, -pair[1].told.level))
    episodes = tuple(
        Episode(quota_key(seen.quota.id), step.kind, seen, step.reset)
        for seen, step in spoken[:1] if step.kind is not None
    )  # fmt: skip
    withdrawn = tuple(quota_key(seen.quota.id) for seen, step in steps if step.withdrawn)
    return QuotasLook(episodes, withdrawn, (*(step.told for _, step in steps), *gone))


def level_of(seen: Outlook) -> Level:
    """How far it has come, from an outlook that can tell.

    What launches that run have set aside makes nothing used up. A quota that grants nothing is not news.
    """
    quota = seen.quota
    left = quota.remaining
    if quota.suspended or seen.refused_at is not None:
        return Level.SPENT
    if quota.limit == 0:
        return Level.FINE
    if seen.state is QuotaState.SPENT:
        return Level.SPENT if left is None or left + quota.held <= 0 else Level.NEAR
    if seen.state is QuotaState.LOW:
        return Level.NEAR
    long = not quota.resets or quota.period.end - quota.period.start > SHORT
    return Level.WATCH if long and (seen.state is QuotaState.WATCH or quota.past_soft_limit) else Level.FINE


def _step(told: QuotaTold | None, seen: Outlook, now: int) -> _Step:
    quota, level = seen.quota, level_of(seen)
    fresh = QuotaTold(quota.id, quota.period.end, level, quota.limit, quota.suspended)
    if told is None:
        return _Step(fresh)
    if seen.state in CANNOT_TELL or (quota.resets and quota.period.end <= now):
        return _Step(told)
    if _is_other_period(told, quota):
        if told.level is Level.SPENT and level < Level.SPENT:
            return _Step(fresh, EpisodeKind.BACK, reset=True)
        anew = _further(replace(fresh, level=Level.FINE), fresh, seen, now)
        return replace(anew, withdrawn=anew.kind is None and told.level > Level.FINE)
    return _better(told, fresh, now) if level < told.level else _further(told, fresh, seen, now)


def _is_other_period(told: QuotaTold, quota: Quota) -> bool:
    length = quota.period.end - quota.period.start
    return quota.resets and (quota.period.end - told.ends) * OTHER_PERIOD > length


def _further(told: QuotaTold, fresh: QuotaTold, seen: Outlook, now: int) -> _Step:
    """It is as far as was told, or farther."""
    if now < told.snoozed:
        return _Step(replace(told, better_since=None))
    reminded = told.snoozed > 0 and fresh.level > Level.FINE
    return _Step(fresh, _kind(seen, fresh.level) if fresh.level > told.level or reminded else None)


def _better(told: QuotaTold, fresh: QuotaTold, now: int) -> _Step:
    """It looks better than was told: at once where more was granted, else only once it has stayed so."""
    raised = told.limit is not None and (fresh.limit is None or fresh.limit > told.limit)
    if raised or (told.suspended and not fresh.suspended):
        back = told.level is Level.SPENT
        return _Step(fresh, EpisodeKind.BACK if back else None, withdrawn=not back)
    since = now if told.better_since is None else told.better_since
    if now - since < REARMED_AFTER:
        return _Step(replace(told, limit=fresh.limit, better_since=since))
    return _Step(fresh, withdrawn=True)


def _kind(seen: Outlook, level: Level) -> EpisodeKind:
    if level is Level.SPENT:
        return EpisodeKind.SPENT
    if level is Level.WATCH:
        return EpisodeKind.WATCH
    return EpisodeKind.LOW if seen.runs_out_at is None else EpisodeKind.RUNS_OUT
