"""What is to be expected of each quota at one's own pace, and which one binds."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from taximeter.domain.pace import DAY, HOUR, Profile, recent_pace
from taximeter.domain.quota import Outlook, Quota, QuotaKind, QuotaState

KNOWN_AFTER = 3
"""Percent of a period, by the clock and by one's own activity, before its end is foretold."""
LOW_SHARE = 10
"""Percent left at which a quota is low, unless it lasts and is not behind an even pace."""
CLEAR_MARGIN = 10
"""Percent of the limit by which what is left may lie under an even pace before it is to be watched."""
WORKING_DAY = 5
"""A working day is a fifth of a week's activity, and never more than a fifth of the period's."""

CANNOT_TELL = frozenset({QuotaState.STALE, QuotaState.OFFLINE, QuotaState.SIGNED_OUT})
"""States in which what is left is not known well enough to act on."""

SHARE_LEFT = 2
"""The rank of a quota that has something left and is not foretold to end before its reset."""

STALE_LOCAL = HOUR
STALE_SERVICE = 75 * 60_000
"""A healthy service is asked hourly while no agent runs, and a little less often than that by chance."""
STALE_WINDOW_LEAST = 10 * 60_000
STALE_WINDOW_MOST = DAY


def outlooks(quotas: tuple[Quota, ...], profile: Profile, now: int) -> tuple[Outlook, ...]:
    """Each quota with its state and its end at one's own pace, the one that binds first.

    The pace is what was used per unit of activity: the mean of the pace since the period began and
    of the recent one. The recent one notices that work has picked up or stopped; the mean keeps a
    quiet week from promising a quiet rest of the month.

    The quota that binds is a suspended one, else a spent or refused one (of each the one that stays so longest),
    else the one that runs out first before its reset, else the one with the smallest share left.
    Unlimited quotas never bind unless they are suspended. ``now`` is ms UTC.

    A source may name the one that ends first of those that it grants (``Quota.told_binds``). That counts
    among its quotas of which nothing can be foretold yet, in place of the smallest share: it knows rules
    that no figure tells. Where one's own pace is known it counts for nothing, since that rests on the
    spending of this moment, which no source has seen yet.
    """
    return in_order(outlook(quota, profile, now) for quota in quotas)


def in_order(seen: Iterable[Outlook]) -> tuple[Outlook, ...]:
    """The same outlooks, the one that binds first, and told so."""
    found = _as_told(sorted((replace(one, binds=False) if one.binds else one for one in seen), key=_urgency))
    if not found or (found[0].quota.limit is None and not found[0].quota.suspended):
        return tuple(found)
    return (replace(found[0], binds=True), *found[1:])


def outlook(quota: Quota, profile: Profile, now: int) -> Outlook:
    """One quota's outlook; ``binds`` is left to ``outlooks``.

    Where it is too early to foretell its end at one's own pace, the end that its source expects stands in.
    """
    limit, remaining = quota.limit, quota.remaining
    if limit is None or remaining is None:
        state = QuotaState.STALE if is_stale(quota, now) else QuotaState.OK
        state = QuotaState.SPENT if quota.suspended else state
        return Outlook(quota, state, None, forecast_known=False, even_pace=None, binds=False)
    start, end = quota.period.start, quota.period.end
    passed = profile.activity(start, min(now, end))
    whole = passed + profile.activity(max(start, now), end)
    known = (now - start) * 100 >= (end - start) * KNOWN_AFTER and passed * 100 >= whole * KNOWN_AFTER
    even = limit - limit * passed // whole if whole else limit
    own = _runs_out(quota, remaining, profile, passed, now) if known else _told_end(quota, now)
    ends = quota.used_up_at if remaining <= 0 else own
    seen = Outlook(quota, QuotaState.OK, ends, known, even if quota.resets else None, binds=False)
    if quota.suspended:
        return replace(seen, state=QuotaState.SPENT)
    if is_stale(quota, now):
        return replace(seen, state=QuotaState.STALE)
    if remaining <= 0:
        return replace(seen, state=QuotaState.SPENT)
    soon = ends is not None and profile.activity(now, ends) <= min(profile.week, whole) // WORKING_DAY
    return replace(seen, state=_state(limit, remaining, seen, soon=soon))


def is_stale(quota: Quota, now: int) -> bool:
    """Whether a quota's figure is too old to act on.

    A local one after an hour without reading the logs; a service's after 75 minutes, or once its period
    is over; a plan window's, which is only told while its agent works, after a quarter of the window (at
    least 10 minutes, at most a day), or when it was reset since.
    """
    age = now - quota.as_of
    match quota.kind:
        case QuotaKind.LOCAL:
            return age > STALE_LOCAL
        case QuotaKind.PLAN_WINDOW:
            quarter = (quota.period.end - quota.period.start) // 4
            return age > min(max(quarter, STALE_WINDOW_LEAST), STALE_WINDOW_MOST) or quota.as_of < quota.period.start
        case _:
            return age > STALE_SERVICE or (quota.resets and quota.as_of < quota.period.end <= now)


def own_pace(quota: Quota, profile: Profile, passed: int, now: int) -> float | None:
    """What one uses of a quota per unit of activity; None while nothing was used.

    ``passed`` is the activity since the period began. Holds are no pace.
    """
    used = quota.spent + quota.not_billed
    if used <= 0 or passed <= 0:
        return None
    return used / passed * (1 + recent_pace(profile, quota.period.start, quota.period.end, now)) / 2


def used_up(remaining: int, pace: float | None, profile: Profile, now: int, end: int) -> int | None:
    """The moment at which that pace has used what is left; None when that is not before ``end``."""
    if remaining <= 0:
        return now
    return None if pace is None else profile.reach(now, remaining / pace, end)


def _runs_out(quota: Quota, remaining: int, profile: Profile, passed: int, now: int) -> int | None:
    """The moment at which one's own pace has used what is left; holds are taken off, but are no pace."""
    return used_up(remaining, own_pace(quota, profile, passed, now), profile, now, quota.period.end)


def _told_end(quota: Quota, now: int) -> int | None:
    """When its source expects it to run out, if that is still to come and before the reset."""
    told = quota.told_run_out
    if told is None or told <= now or (quota.resets and told >= quota.period.end):
        return None
    return told


def _as_told(found: list[Outlook]) -> list[Outlook]:
    """The same order, a quota that its source says to bind before the others of that source which are as open."""
    named = next((one for one in found if one.quota.told_binds and _is_open(one)), None)
    if named is None:
        return found
    first = next(at for at, one in enumerate(found) if one.quota.origin == named.quota.origin and _is_open(one))
    others = [one for one in found if one is not named]
    return [*others[:first], named, *others[first:]]


def _is_open(seen: Outlook) -> bool:
    """Whether it has something left of a limit, and nothing is known of when it ends."""
    return not seen.forecast_known and _urgency(seen)[0] == SHARE_LEFT


def _state(limit: int, remaining: int, seen: Outlook, *, soon: bool) -> QuotaState:
    even = seen.even_pace or 0
    on_pace = seen.forecast_known and seen.runs_out_at is None and remaining >= even
    if soon or (remaining * 100 <= limit * LOW_SHARE and not on_pace):
        return QuotaState.LOW
    behind = (even - remaining) * 100 > limit * CLEAR_MARGIN
    return QuotaState.WATCH if behind or seen.runs_out_at is not None else QuotaState.OK


def _urgency(seen: Outlook) -> tuple[int, float, float, str]:
    limit, remaining = seen.quota.limit, seen.quota.remaining
    if seen.quota.suspended:
        return (-1, -seen.quota.period.end, 0, seen.quota.id)
    if limit is None or remaining is None:
        return (3, 0, 0, seen.quota.id)
    share = remaining / limit if limit > 0 else 0.0
    if remaining <= 0 or seen.refused_at is not None:
        return (0, -seen.quota.period.end, share, seen.quota.id)
    if seen.runs_out_at is not None:
        return (1, seen.runs_out_at, share, seen.quota.id)
    return (SHARE_LEFT, share, seen.quota.period.end, seen.quota.id)
