"""What is worth a notification: each episode once, however often one looks and however the figures flap.

Pure: what was told before, and what is so now, give what to tell, what to withdraw and what to remember. A
figure that is not known tells nothing new. What is so when something is first seen is taken for told: who has
just installed or connected it looks at it anyway.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from enum import StrEnum

from taximeter.domain.burning import QUIET_STATES, REARMS, TELLS, Burn
from taximeter.domain.episode_quotas import Episode, EpisodeKind, QuotaTold, look_at_quotas, quota_key
from taximeter.domain.increase import IncreaseRequest, RequestStatus
from taximeter.domain.quota import Outlook

SERVICE_KEY = "service"
DECIDE_KEY = "decide"
BURN_KEY = "burn"
HOUR = 3_600_000
DAY_MINUTES = 24 * 60
MOST_REQUESTS = 50
"""Requests that are remembered; a service lists those decided lately alone."""


class Sight(StrEnum):
    """How it stands with the company's service."""

    NONE = "none"
    """There is none, or nothing was seen of it yet."""
    UNSURE = "unsure"
    """It was not asked yet, or it fails since a moment that is nobody's concern."""
    WELL = "well"
    SILENT = "silent"
    """It has given nothing for long."""
    SIGNED_OUT = "signed_out"


@dataclass(frozen=True, slots=True)
class Situation:
    """What is so now, ms UTC."""

    now: int
    outlooks: tuple[Outlook, ...] = ()
    service: Sight = Sight.NONE
    requests: tuple[IncreaseRequest, ...] = ()
    """One's own, waiting or decided lately."""
    to_decide: int | None = None
    """How many requests wait for this person's decision; None for who decides none."""
    burn: Burn | None = None
    """How fast the binding quota is spent; None where nothing runs."""


@dataclass(frozen=True, slots=True)
class Wishes:
    """What a person wants to be told."""

    kinds: frozenset[EpisodeKind] = frozenset(EpisodeKind)
    quiet_from: int = 0
    quiet_until: int = 0
    """Minutes of the local day between which nothing is told; over midnight where the first is the later one."""

    def is_quiet(self, minute: int) -> bool:
        """Whether a minute of the local day lies in the quiet hours; equal ends are none."""
        if self.quiet_from <= self.quiet_until:
            return self.quiet_from <= minute < self.quiet_until
        return minute >= self.quiet_from or minute < self.quiet_until


@dataclass(frozen=True, slots=True)
class Memory:
    """What was told, to be kept over restarts."""

    since: int = 0
    """When somebody first looked, ms UTC; 0 for never."""
    quotas: tuple[QuotaTold, ...] = ()
    service: Sight = Sight.NONE
    requests: tuple[tuple[str, RequestStatus], ...] = ()
    """Ids, and what became of them as far as it was told."""
    to_decide: int | None = None
    burning: str = ""
    """The id of the quota that was told to be spent fast; empty when none is."""

    @property
    def next_look(self) -> int | None:
        """When the next snooze ends, ms UTC; None when nothing is snoozed."""
        return min((told.snoozed for told in self.quotas if told.snoozed), default=None)


@dataclass(frozen=True, slots=True)
class Look:
    """What follows from a situation."""

    told: tuple[Episode, ...]
    """Worst first; one with a key that is shown already takes its place."""
    withdrawn: tuple[str, ...]
    """Keys of what is not so any more."""
    memory: Memory


def look(before: Memory, situation: Situation, wishes: Wishes, minute: int) -> Look:
    """What to tell now. ``minute`` is the local minute of the day, for the quiet hours.

    In quiet hours nothing is told and nothing forgotten: what is still so at their end is told then.
    """
    if before.since and wishes.is_quiet(minute):
        return Look((), (), before)
    quotas = look_at_quotas(before.quotas, situation.outlooks, situation.now)
    service, of_service = _of_service(before.service, situation.service)
    decided, requests = _of_requests(before, situation)
    waiting = _of_decisions(before.to_decide, situation.to_decide)
    burning, fast = _of_burn(before.burning, situation)
    withdrawn = [*quotas.withdrawn, *_over(before, service, situation.to_decide)]
    if before.burning and not burning:
        withdrawn.append(BURN_KEY)
    memory = Memory(before.since or situation.now, quotas.told, service, requests,
                    before.to_decide if situation.to_decide is None else situation.to_decide, burning)  # fmt: skip
    found = [] if not before.since else [*quotas.episodes, *fast, *of_service, *decided, *waiting]
    return Look(tuple(one for one in found if one.kind in wishes.kinds), tuple(withdrawn), memory)


def snoozed(memory: Memory, key: str, now: int, *, until_reset: bool) -> Memory:
    """Nothing more of a quota for an hour, or until its reset (a quota that is never reset: for good)."""
    quotas = tuple(
        replace(told, snoozed=max(told.ends, now + HOUR) if until_reset else now + HOUR)
        if quota_key(told.id) == key else told
        for told in memory.quotas
    )  # fmt: skip
    return replace(memory, quotas=quotas)


def lasting(memory: Memory) -> Memory:
    """What of it has to be kept over a restart: since when something looks better begins anew then."""
    return replace(memory, quotas=tuple(replace(told, better_since=None) for told in memory.quotas))


def _of_service(before: Sight, now: Sight) -> tuple[Sight, list[Episode]]:
    if now is Sight.UNSURE or (before is Sight.SIGNED_OUT and now is Sight.SILENT):
        return before, []
    if now is before or before is Sight.NONE or now in (Sight.NONE, Sight.WELL):
        return now, []
    kind = EpisodeKind.SIGNED_OUT if now is Sight.SIGNED_OUT else EpisodeKind.UNREACHABLE
    return now, [Episode(SERVICE_KEY, kind)]


def _over(before: Memory, service: Sight, to_decide: int | None) -> Iterable[str]:
    if before.service in (Sight.SILENT, Sight.SIGNED_OUT) and service in (Sight.NONE, Sight.WELL):
        yield SERVICE_KEY
    if before.to_decide and to_decide == 0:
        yield DECIDE_KEY


def _of_requests(before: Memory, situation: Situation) -> tuple[list[Episode], tuple[tuple[str, RequestStatus], ...]]:
    """Decisions on one's own requests. One never seen before tells only what was decided since somebody looks."""
    told = dict(before.requests)
    episodes = []
    for request in situation.requests:
        decided = request.status in (RequestStatus.APPROVED, RequestStatus.DENIED)
        known = told.get(request.id)
        fresh = known is RequestStatus.PENDING or (known is None and (request.decided_at or 0) >= before.since)
        if decided and fresh:
            episodes.append(Episode(f"request {request.id}", EpisodeKind.DECIDED, request=request))
        told.pop(request.id, None)
    listed = tuple((request.id, request.status) for request in situation.requests)
    return episodes, (*listed, *told.items())[:MOST_REQUESTS]


def _of_burn(before: str, situation: Situation) -> tuple[str, list[Episode]]:
    """Fast spending is told once, and anew when it was well under the threshold or nothing ran in between."""
    burn = situation.burn
    if burn is None or burn.percent < (REARMS if burn.quota == before else TELLS):
        return "", []
    seen = next((one for one in situation.outlooks if one.quota.id == burn.quota), None)
    if burn.quota == before or seen is None or seen.state in QUIET_STATES:
        return before, []
    return burn.quota, [Episode(BURN_KEY, EpisodeKind.FAST, seen, span=burn.span)]


def _of_decisions(before: int | None, now: int | None) -> list[Episode]:
    if before is None or now is None or now <= before:
        return []
    return [Episode(DECIDE_KEY, EpisodeKind.TO_DECIDE, count=now)]
