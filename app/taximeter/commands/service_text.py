"""What the company's budget service tells beside its table: how old it is, what is in a figure, why there is none."""

from __future__ import annotations

from datetime import tzinfo
from typing import TYPE_CHECKING

from taximeter.commands.desk import Desk
from taximeter.commands.quota_text import amount_words, clock, quota_table
from taximeter.commands.reading import OpenLedger
from taximeter.commands.tables import one_line
from taximeter.domain.quota import SERVICE_KINDS, Enforcement, Outlook, Quota, Unit
from taximeter.ledger.readmodels_service import ServiceStanding, ServiceState

if TYPE_CHECKING:
    from taximeter.domain.reconciling import Reconciled

SCOPES = {
    "key": "of the key",
    "user": "your own",
    "team_member": "yours in a team",
    "team": "shared by a team",
    "project": "shared by a project",
    "organization": "shared by all",
}
AT_THE_END = {
    Enforcement.THROTTLE: "slows down at the limit",
    Enforcement.WARN: "only warns at the limit",
    Enforcement.NONE: "stops nothing at the limit",
}
"""What is not said of a quota that stops at its limit, as most do."""
NOT_RUNNING = "It is asked while Taximeter runs: start it, or taximeter serve."
SIGN_IN = "taximeter budget sign-in"


def service_of(ledger: OpenLedger) -> ServiceStanding | None:
    """How it stands with the service; None when none is connected."""
    setting = ledger.desk.settings.service
    if not setting.kind:
        return None
    # Loaded only where there is a service: it takes longer than the rest of a command.
    from taximeter.budget.service_standing import service_standing

    return service_standing(ledger.connection, setting)


def explained_of(ledger: OpenLedger, seen: tuple[Outlook, ...]) -> Reconciled | None:
    """How much of what the service counts this desktop explains; None where that cannot be told."""
    quotas = [one.quota for one in seen if one.quota.kind in SERVICE_KINDS]
    if not quotas:
        return None
    from taximeter.budget.explained import explained

    return explained(ledger.connection, quotas, ledger.book.currency)


def quotas_text(ledger: OpenLedger, seen: tuple[Outlook, ...]) -> str:
    """All quotas as a table, and under it what the service tells beside."""
    table = quota_table(seen, ledger.desk.now, ledger.desk.zone)
    service = service_of(ledger)
    if service is None:
        return table
    lines = service_words(ledger, service, seen)
    return "\n".join([table, "", *lines] if seen else lines)


def service_words(ledger: OpenLedger, service: ServiceStanding, seen: tuple[Outlook, ...]) -> list[str]:
    """As of when a service's figures are, or why there are none, and what is in each."""
    from taximeter.commands.tables import wrapped

    desk = ledger.desk
    quotas = [one.quota for one in seen if one.quota.kind in SERVICE_KINDS]
    lines = wrapped(f"{one_line(service.name)}: {standing_words(desk, service, quotas)}")
    for quota in quotas:
        lines += wrapped(f"{one_line(quota.name)}: {quota_words(quota, desk.now, desk.zone)}.", "    ", "  ")
    if any(not quota.coverage_chosen and quota.unit is Unit.MONEY for quota in quotas):
        told = (
            "Nobody said what it pays for, so nothing that you used since is taken off. "
            "Say it: taximeter budget connect, with --everything or patterns."
        )
        lines += wrapped(told, "  ", "  ")
    if (found := explained_of(ledger, seen)) is not None:
        quota = next(quota for quota in quotas if quota.id == found.quota)
        of = f" ({one_line(quota.name)})" if len(quotas) > 1 else ""
        lines += wrapped(explained_words(found, quota, of, desk.now, desk.zone), "  ", "  ")
    return lines


def standing_words(desk: Desk, service: ServiceStanding, quotas: list[Quota]) -> str:
    """As of when the figures are, or why there are none, or no newer ones."""
    now, zone = desk.now, desk.zone
    oldest = min((quota.as_of for quota in quotas), default=0)
    why = one_line(service.failure)
    if service.state is ServiceState.NOT_ASKED:
        return "not asked yet. The app asks it within minutes." if desk.app_runs() else f"not asked yet. {NOT_RUNNING}"
    if service.state is ServiceState.ANSWERED:
        if not quotas:
            return f"it told of no budget at {clock(service.polled_at, now, zone)}."
        from taximeter.domain.outlook import is_stale

        old = any(is_stale(quota, now) for quota in quotas)
        more = f" {NOT_RUNNING}" if old and not desk.app_runs() else ""
        return f"as of {clock(oldest, now, zone)}.{more}"
    since = f" The figures are as of {clock(oldest, now, zone)}." if quotas else " No figure of it was ever read."
    if service.state is ServiceState.SIGNED_OUT:
        return f"sign in with {SIGN_IN}. {why.removesuffix(': sign in again')}.{since}"
    if service.state is ServiceState.BLOCKED:
        return f"blocked. {why}.{since}"
    reached = f"not reached since {clock(oldest, now, zone)}" if quotas else "never reached"
    return f"{reached}: {why}."


def short_words(service: ServiceStanding) -> str:
    """Why nothing was ever read of a service, in a few words."""
    told = {
        ServiceState.NOT_ASKED: "not asked yet",
        ServiceState.ANSWERED: "told of no budget",
        ServiceState.SIGNED_OUT: "sign in",
        ServiceState.BLOCKED: "blocked",
        ServiceState.FAILED: "never reached",
    }
    return f"{one_line(service.name)}: {told[service.state]}"


def quota_words(quota: Quota, now: int, zone: tzinfo) -> str:
    """What is in a service's figure, in the order in which it is taken off."""
    said = [SCOPES.get(quota.scope, one_line(quota.scope.replace("_", " "))) if quota.scope else ""]
    if quota.suspended:
        why = f" ({one_line(quota.message)})" if quota.message else ""
        said.append(f"suspended, nothing is let through{why}")
    said.append(f"{amount_words(quota, quota.spent)} used")
    if quota.not_billed:
        said.append(f"{amount_words(quota, quota.not_billed)} not billed yet")
    if quota.held:
        said.append(f"{amount_words(quota, quota.held)} held for launches")
    if quota.soft_limit is not None:
        warns = "past the warning" if quota.past_soft_limit else "warns"
        said.append(f"{warns} at {amount_words(quota, quota.soft_limit)}")
    if quota.increase is not None:
        until = f" until {clock(quota.increase.until, now, zone)}" if quota.increase.until is not None else ""
        said.append(f"{amount_words(quota, quota.increase.amount)} of it granted{until}")
    if quota.limit is not None and quota.enforcement in AT_THE_END:
        said.append(AT_THE_END[quota.enforcement])
    if quota.source:
        said.append(f"set by {one_line(quota.source)}")
    return ", ".join(filter(None, said))


def explained_words(found: Reconciled, quota: Quota, of: str, now: int, zone: tzinfo) -> str:
    """How much of the service's figure comes from this desktop, with both figures; ``of`` names the quota."""
    counted = f"{amount_words(quota, found.counted)}{of}"
    figures = f"{amount_words(quota, found.own)} of {counted} since {clock(found.since, now, zone)}"
    if found.own > found.counted:
        return f"This desktop counts more than the service: {figures.replace(' of ', ' against ', 1)}."
    at_least = "At least " if found.at_least else ""
    return f"{at_least}{found.percent} % of what the service counts comes from here: {figures}."
