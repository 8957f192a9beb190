"""The states that a gallery shows, made from one snapshot so that its figures keep adding up.

What was used stays as the ledger has it; only limits, ages and forecasts differ.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

from taximeter.domain.quota import Outlook, QuotaState, Refusal
from taximeter.domain.usage import Totals
from taximeter.ledger.readmodels import IndexProgress, Snapshot
from taximeter.ui.figures import DAY, HOUR, MINUTE
from taximeter.ui.launch_scenes import with_renewed


@dataclass(frozen=True, slots=True)
class Scene:
    """A named state of everything."""

    name: str
    snapshot: Snapshot
    hidden: bool = False


def scenes_of(snapshot: Snapshot) -> tuple[Scene, ...]:
    """Every state of the popover; those of a quota only where the snapshot has one with a limit."""
    general = (
        Scene("no-budget", replace(snapshot, outlooks=(), refusal=None)),
        Scene("empty", _empty(snapshot)),
        Scene("first-index", replace(snapshot, progress=IndexProgress(1204, 5310, 310_000_000, 1_400_000_000))),
        Scene("numbers-hidden", snapshot, hidden=True),
        Scene("launch-renewed", with_renewed(snapshot)),
    )
    if not snapshot.outlooks or not snapshot.outlooks[0].quota.limit:
        return (Scene("ok", snapshot), *general)
    return (Scene("ok", snapshot), *_quota_scenes(snapshot, snapshot.outlooks[0]), *general)


def _quota_scenes(snapshot: Snapshot, outlook: Outlook) -> tuple[Scene, ...]:
    now, end = snapshot.now, outlook.quota.period.end
    soon = min(now + 3 * DAY + 2 * HOUR, end - HOUR)
    old = replace(outlook.quota, as_of=now - 5 * HOUR)
    agent = snapshot.running[0].session.agent if snapshot.running else snapshot.agents_found[0]
    return (
        _first(snapshot, "watch", _with_left(outlook, 0.28, QuotaState.WATCH, soon)),
        _first(snapshot, "low", _with_left(outlook, 0.07, QuotaState.LOW, min(now + 6 * HOUR, end - HOUR))),
        _first(snapshot, "spent", _with_left(outlook, 0.0, QuotaState.SPENT, now - 20 * MINUTE)),
        _first(snapshot, "too-early", replace(outlook, forecast_known=False, runs_out_at=None)),
        _first(snapshot, "stale", replace(outlook, quota=old, state=QuotaState.STALE)),
        Scene("refused", replace(snapshot, refusal=Refusal(now - 15 * MINUTE, agent, "", "budget"))),
        _risky_other(snapshot),
    )


def _first(snapshot: Snapshot, name: str, outlook: Outlook) -> Scene:
    return Scene(name, replace(snapshot, outlooks=(outlook, *snapshot.outlooks[1:])))


def _with_left(outlook: Outlook, share: float, state: QuotaState, runs_out_at: int) -> Outlook:
    """The same use under a smaller limit, so that this share of the limit is left."""
    quota = outlook.quota
    used = quota.spent + quota.not_billed + quota.held
    limit = round(used / (1 - share))
    whole = 10 ** max(0, len(str(limit)) - 3)
    limit = used if share == 0 else -(-limit // whole) * whole
    pace = outlook.even_pace
    scaled = None if pace is None or not quota.limit else pace * limit // quota.limit
    return replace(outlook, quota=replace(quota, limit=limit), state=state, runs_out_at=runs_out_at, even_pace=scaled)


def _risky_other(snapshot: Snapshot) -> Scene:
    if len(snapshot.outlooks) < 2:
        return Scene("other-at-risk", snapshot)
    first, second, *others = snapshot.outlooks
    risky = _with_left(second, 0.12, QuotaState.WATCH, second.quota.period.end - HOUR // 2)
    if second.quota.limit == 10_000:  # a plan window is always the whole of itself
        quota = replace(second.quota, spent=8_800, not_billed=0, held=0)
        risky = replace(risky, quota=quota)
    return Scene("other-at-risk", replace(snapshot, outlooks=(first, risky, *others)))


def _empty(snapshot: Snapshot) -> Snapshot:
    return replace(
        snapshot, outlooks=(), today=Totals(), today_sessions=(), running=(), refusal=None, agents_found=(),
        progress=IndexProgress(), requests_ever=0,
    )  # fmt: skip
