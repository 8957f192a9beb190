"""The states that only a company's budget service has, made from one snapshot so that their figures add up.

The month's use stays as the ledger has it: what the service told and what it cannot know yet are
parts of that one sum. Limits, ages, units and what went wrong differ.
"""

from __future__ import annotations

from dataclasses import replace

from taximeter.domain.quota import Coverage, Enforcement, Increase, Outlook, Period, Quota, QuotaKind, QuotaState, Unit
from taximeter.ledger.readmodels import Snapshot
from taximeter.ledger.readmodels_service import ServiceStanding, ServiceState
from taximeter.ui.figures import DAY, HOUR, MINUTE, NANO, SECOND
from taximeter.ui.scenes import Scene
from taximeter.ui.wording import used

HOST = "budget.example.com"
AGE = 11 * MINUTE
_FINE = ServiceStanding(HOST, ServiceState.ANSWERED, read=True)
_SLOW = ServiceStanding(HOST, ServiceState.FAILED, failure=f"{HOST} did not answer in time", read=True)
_REFUSED = f"{HOST} does not accept the token: sign in again"
_OUT = ServiceStanding(HOST, ServiceState.SIGNED_OUT, failure=_REFUSED, read=True)
_BLOCKED = ServiceStanding(HOST, ServiceState.BLOCKED, failure=f"{HOST} has blocked the token", read=True)
USED_UP = ("service-refused", "service-slowed", "service-told", "service-suspended", "service-never-back")
"""Those with a used-up screen."""


def service_scenes(snapshot: Snapshot) -> tuple[Scene, ...]:
    """Every state; none where the snapshot has no money quota to take the month's use from."""
    money = [one for one in snapshot.outlooks if one.quota.unit is Unit.MONEY and one.quota.limit]
    if not money:
        return ()
    month = max(money, key=lambda one: one.quota.period.end - one.quota.period.start)
    agents = tuple(sorted({row.agent for row in snapshot.today_sessions}))
    snapshot = replace(snapshot, agents_found=snapshot.agents_found or agents)
    usual = _usual(snapshot, month)
    return (
        *_good(snapshot, usual),
        *_other_units(snapshot, usual),
        *_gone(snapshot, usual),
        _several(snapshot, usual),
        *_nothing_left(snapshot, usual),
        *_never_read(snapshot),
    )


def _usual(snapshot: Snapshot, month: Outlook) -> Outlook:
    """The month's use of which the service knows all but the last minutes, under a round limit."""
    whole = used(month.quota)
    rate = next((one.cost_per_hour for one in snapshot.running if one.cost_per_hour), None) or NANO
    late = min(rate * AGE // HOUR, whole // 4)
    limit = max(10 * NANO, -(-whole * 2 // (10 * NANO)) * 10 * NANO)
    period = month.quota.period
    quota = Quota(
        "service:key", "Your key", QuotaKind.TAXIMETER, Unit.MONEY, month.quota.currency, limit, whole - late, late, 0,
        period, snapshot.now - AGE, Coverage(snapshot.agents_found[:1]), enforcement=Enforcement.BLOCK, origin=HOST,
    )  # fmt: skip
    even = limit * max(0, period.end - snapshot.now) // (period.end - period.start)
    return Outlook(
        quota, QuotaState.OK, None, forecast_known=True, even_pace=min(even, quota.remaining or 0), binds=True
    )


def _good(snapshot: Snapshot, usual: Outlook) -> tuple[Scene, ...]:
    quota, now = usual.quota, snapshot.now
    limit = quota.limit or 0
    raised = replace(quota, limit=limit + 50 * NANO, increase=Increase(50 * NANO, now + 4 * DAY),
                     as_of=now - 12 * SECOND, not_billed=0, spent=used(quota))  # fmt: skip
    warned = replace(quota, soft_limit=used(quota) * 9 // 10 // NANO * NANO, enforcement=Enforcement.THROTTLE)
    ends = min(now + 3 * DAY, quota.period.end - HOUR)
    uncovered = replace(quota, spent=used(quota), not_billed=0, coverage_chosen=False, covers=Coverage())
    endless = Period(now - 200 * DAY, now + 366 * DAY)
    return (
        _scene(snapshot, "service", replace(usual, quota=replace(quota, soft_limit=limit * 8 // 10))),
        _scene(snapshot, "service-held", replace(usual, quota=replace(quota, held=NANO * 42 // 10))),
        _scene(snapshot, "service-raised", replace(usual, quota=raised)),
        _scene(snapshot, "service-past-warning",
               replace(usual, quota=warned, state=QuotaState.WATCH, runs_out_at=ends)),
        _scene(snapshot, "service-uncovered", replace(usual, quota=uncovered)),
        _scene(snapshot, "service-unlimited", replace(usual, quota=replace(quota, limit=None), even_pace=None,
                                                      forecast_known=False)),
        _scene(snapshot, "service-never-reset",
               replace(usual, quota=replace(quota, period=endless, resets=False), even_pace=None)),
    )  # fmt: skip


def _several(snapshot: Snapshot, usual: Outlook) -> Scene:
    """A key, a person and a person's share in a team, as one gateway grants them together."""
    quota, now = usual.quota, snapshot.now
    person = replace(quota, id="service:user", name="Your own budget", limit=(quota.limit or 0) * 3)
    team = replace(quota, id="service:team", name="Your share of payments", limit=used(quota) * 12 // 11 // NANO * NANO,
                   enforcement=Enforcement.WARN)  # fmt: skip
    ends = min(now + 3 * DAY, quota.period.end - HOUR)
    seen = (
        replace(usual, quota=team, state=QuotaState.LOW, runs_out_at=ends, even_pace=None),
        replace(usual, state=QuotaState.WATCH, runs_out_at=quota.period.end - DAY, binds=False),
        replace(usual, quota=person, even_pace=None, binds=False),
    )
    return Scene("service-several", replace(snapshot, outlooks=seen, refusal=None, service=_FINE))


def _other_units(snapshot: Snapshot, usual: Outlook) -> tuple[Scene, ...]:
    def counted(unit: Unit, limit: int, spent: int) -> Outlook:
        quota = replace(usual.quota, unit=unit, currency="", limit=limit, spent=spent, not_billed=0)
        even = (usual.even_pace or 0) * limit // (usual.quota.limit or 1)
        return replace(usual, quota=quota, even_pace=even)

    return (
        _scene(snapshot, "service-tokens", counted(Unit.TOKENS, 50_000_000, 18_400_000)),
        _scene(snapshot, "service-requests", counted(Unit.REQUESTS, 12_000, 4_310)),
        _scene(snapshot, "service-credits", counted(Unit.CREDITS, 1_500 * NANO, 420 * NANO + NANO // 2)),
    )


def _gone(snapshot: Snapshot, usual: Outlook) -> tuple[Scene, ...]:
    now = snapshot.now
    old = replace(usual, quota=replace(usual.quota, as_of=now - 3 * HOUR), state=QuotaState.OFFLINE)
    begun = Period(usual.quota.period.start - 30 * DAY, now - 2 * HOUR)
    own = tuple(one for one in snapshot.outlooks if one.quota.kind is not QuotaKind.TAXIMETER)
    aside = replace(snapshot, outlooks=(*own, replace(old, binds=False)), service=_SLOW)
    return (
        _scene(snapshot, "service-stale", replace(old, state=QuotaState.STALE)),
        _scene(snapshot, "service-offline", old, _SLOW),
        _scene(snapshot, "service-long-gone", replace(old, quota=replace(old.quota, as_of=now - 11 * DAY)), _SLOW),
        _scene(snapshot, "service-signed-out", replace(old, state=QuotaState.SIGNED_OUT), _OUT),
        _scene(snapshot, "service-before-reset",
               replace(old, quota=replace(old.quota, period=begun), state=QuotaState.STALE, even_pace=None)),
        *((Scene("service-aside", aside),) if own else ()),
    )  # fmt: skip


def _nothing_left(snapshot: Snapshot, usual: Outlook) -> tuple[Scene, ...]:
    quota = usual.quota
    since = snapshot.now - 20 * MINUTE
    limit = used(quota) // (10 * NANO) * 10 * NANO or used(quota)
    even = (usual.even_pace or 0) * limit // (quota.limit or 1)
    spent = replace(usual, quota=replace(quota, limit=limit), even_pace=even, state=QuotaState.SPENT, runs_out_at=since)

    def doing(enforcement: Enforcement) -> Outlook:
        return replace(spent, quota=replace(spent.quota, enforcement=enforcement))

    suspended = replace(usual, quota=replace(quota, suspended=True, message="Your contract has ended."),
                        state=QuotaState.SPENT)  # fmt: skip
    return (
        _scene(snapshot, "service-refused", doing(Enforcement.BLOCK)),
        _scene(snapshot, "service-slowed", doing(Enforcement.THROTTLE)),
        _scene(snapshot, "service-told", doing(Enforcement.WARN)),
        _scene(snapshot, "service-suspended", suspended),
        _scene(snapshot, "service-blocked", replace(suspended, quota=replace(suspended.quota, message="")), _BLOCKED),
        _scene(
            snapshot, "service-never-back", replace(spent, quota=replace(spent.quota, resets=False), even_pace=None)
        ),
    )


def _never_read(snapshot: Snapshot) -> tuple[Scene, ...]:
    """A service is set, and no figure of it was ever read."""
    bare = replace(snapshot, outlooks=(), refusal=None)
    own = tuple(one for one in snapshot.outlooks if one.quota.kind is QuotaKind.LOCAL)
    standings = (
        ("service-not-asked", ServiceStanding(HOST, ServiceState.NOT_ASKED)),
        ("service-no-budget", ServiceStanding(HOST, ServiceState.ANSWERED, snapshot.now, read=True)),
        ("service-never-reached", _SLOW._replace(failure=f"{HOST} cannot be found: there is no network, or its name is "
                                                         "wrong", read=False)),
        ("service-nobody-signed-in", _OUT._replace(failure="Nobody is signed in to the budget service", read=False)),
        ("service-never-allowed", _BLOCKED._replace(read=False)),
    )  # fmt: skip
    scenes = tuple(Scene(name, replace(bare, service=standing)) for name, standing in standings)
    beside = replace(snapshot, outlooks=own, service=standings[3][1])
    return (*scenes, *((Scene("service-beside-own", beside),) if own else ()))


def _scene(snapshot: Snapshot, name: str, outlook: Outlook, standing: ServiceStanding = _FINE) -> Scene:
    windows = tuple(one for one in snapshot.outlooks if one.quota.kind is QuotaKind.PLAN_WINDOW)
    return Scene(name, replace(snapshot, outlooks=(outlook, *windows), refusal=None, service=standing))
