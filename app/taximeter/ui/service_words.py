"""What is said about the company's budget service: answered or not, how old its figures are, what to do. Pure."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication

from taximeter.domain.quota import SERVICE_KINDS, Outlook, Quota, QuotaKind, QuotaState, Unit
from taximeter.ledger.readmodels import Snapshot
from taximeter.ledger.readmodels_service import ServiceStanding, ServiceState
from taximeter.ui.figures import DAY, MINUTE, Figures
from taximeter.ui.sentences import joined, stopped
from taximeter.ui.told import told

translate = QCoreApplication.translate

NOT_FRESH = (QuotaState.STALE, QuotaState.OFFLINE, QuotaState.SIGNED_OUT)
SAID_AFTER = 15 * MINUTE
_CUT_OFF = (QuotaState.OFFLINE, QuotaState.SIGNED_OUT)
_TROUBLED = (ServiceState.SIGNED_OUT, ServiceState.BLOCKED, ServiceState.FAILED)


def is_troubled(standing: ServiceStanding | None) -> bool:
    """Whether the newest poll gave nothing."""
    return standing is not None and standing.state in _TROUBLED


def signed_out_words() -> str:
    """The large answer while nobody is signed in."""
    return translate("Service", "Signed out of the budget service")


def offline_words() -> str:
    """The large answer while the service gives nothing, whether it is not reached or cannot be read."""
    return translate("Service", "The budget service is not available")


def answer_words(standing: ServiceStanding) -> str:
    """The large answer where a service is set of which no quota is known."""
    words = {
        ServiceState.NOT_ASKED: translate("Service", "Waiting for the budget service"),
        ServiceState.ANSWERED: translate("Service", "No budget set"),
        ServiceState.SIGNED_OUT: signed_out_words(),
        ServiceState.BLOCKED: translate("Service", "Blocked by the budget service"),
        ServiceState.FAILED: offline_words(),
    }
    return words[standing.state]


def advice(standing: ServiceStanding) -> str:
    """Why nothing is known, and what to do."""
    match standing.state:
        case ServiceState.NOT_ASKED:
            return translate("Service", "{service} tells what is left as soon as it answers.").format(
                service=standing.name)  # fmt: skip
        case ServiceState.ANSWERED:
            return translate("Service", "{service} knows of no budget for you. Ask who runs it.").format(
                service=standing.name)  # fmt: skip
        case ServiceState.SIGNED_OUT:
            return because(standing)
        case ServiceState.BLOCKED:
            return joined(because(standing), translate("Service", "Only your company can lift that."))
        case ServiceState.FAILED:
            again = translate("Service", "It is asked again by itself.")
            return joined(because(standing), again)


def aside(snapshot: Snapshot) -> str:
    """That the service gives nothing, where another quota has the large answer; empty when there is no need to say it.

    A service that failed a moment ago, and whose figures are still good, is none of anybody's concern.
    """
    standing = snapshot.service
    if standing is None or not snapshot.outlooks:
        return ""
    first, others = snapshot.outlooks[0], snapshot.outlooks[1:]
    if first.quota.kind in SERVICE_KINDS:
        return ""
    known = tuple(one for one in others if one.quota.kind in SERVICE_KINDS)
    if any(one.state in _CUT_OFF for one in known):
        return _cut_off_words(standing)
    if known or standing.state is ServiceState.ANSWERED:
        return ""
    return joined(stopped(answer_words(standing)), advice(standing))


def is_cut_off(snapshot: Snapshot) -> bool:
    """Whether nothing new is known of the company's quota while another one has the large answer."""
    return is_troubled(snapshot.service) and bool(aside(snapshot))


def freshness(outlook: Outlook, standing: ServiceStanding | None, now: int, figures: Figures) -> str:
    """For a figure that is not fresh: why, since when, and whether it is safe to act on. Else empty.

    A service that fails for a while is said before its last figure is too old to act on.
    """
    quota = outlook.quota
    failing = is_troubled(standing) and quota.kind in SERVICE_KINDS
    if outlook.state not in NOT_FRESH and not (failing and now - quota.as_of > SAID_AFTER):
        return ""
    why = because(standing) if standing is not None and failing else ""
    age = _age_words(quota, now, figures)
    return f"{why}\n{age}" if why and age and outlook.state is QuotaState.SIGNED_OUT else joined(why, age)


def tray_lines(snapshot: Snapshot, figures: Figures) -> tuple[str, ...]:
    """For the tooltip: since when the figure is, and what there is to do about it."""
    standing = snapshot.service
    if not snapshot.outlooks:
        return (because(standing),) if standing is not None and is_troubled(standing) else ()
    outlook = snapshot.outlooks[0]
    if outlook.state not in NOT_FRESH:
        beside = aside(snapshot)
        return (answer_words(standing),) if standing is not None and beside else ()
    since = figures.moment(outlook.quota.as_of, snapshot.now)
    lines = (translate("Service", "Figure from {since}").format(since=since),)
    how = translate("Service", "Open it to sign in")
    return (how, *lines) if outlook.state is QuotaState.SIGNED_OUT else lines


def is_taken_off(quota: Quota, figures: Figures) -> bool:
    """Whether what is used here is taken off a service's figure until the service knows it."""
    return quota.coverage_chosen and quota.unit is Unit.MONEY and quota.currency == figures.currency


def _age_words(quota: Quota, now: int, figures: Figures) -> str:
    since = figures.moment(quota.as_of, now)
    if quota.resets and quota.as_of < quota.period.end <= now:
        words = translate("Service", "The figure is from {since}, before the reset at {reset}.")
        return words.format(since=since, reset=figures.moment(quota.period.end, now))
    if now - quota.as_of > DAY:
        return translate("Service", "The figure is from {since}, too old to rely on.").format(since=since)
    if quota.kind is QuotaKind.PLAN_WINDOW:
        words = translate("Service", "It is told only while its agent works, the last time at {since}.")
    elif quota.kind is QuotaKind.LOCAL:
        words = translate("Service", "What was used since {since} is not in it.")
    elif is_taken_off(quota, figures):
        words = translate("Service", "Since {since} only what this computer used is known.")
    else:
        words = translate("Service", "What was used since {since} is not known.")
    return words.format(since=since)


def _cut_off_words(standing: ServiceStanding) -> str:
    return joined(stopped(answer_words(standing)), because(standing))


def because(standing: ServiceStanding) -> str:
    """What happened, as a sentence; empty where nothing did."""
    return stopped(told(standing.failure))
