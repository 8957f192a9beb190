"""Asking for more, purely: which way it goes, what is suggested and why, and what the manager will read of it."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum
from urllib.parse import urlsplit

from PySide6.QtCore import QCoreApplication

from taximeter.domain.increase import LONGEST_WORDS, IncreaseRequest, RequestStatus
from taximeter.domain.quota import SERVICE_KINDS, Outlook, Quota, QuotaState
from taximeter.ledger.readmodels import Snapshot
from taximeter.ui import request_words, wording
from taximeter.ui.amounts import rounded_up
from taximeter.ui.figures import Figures

translate = QCoreApplication.translate

KNOWN_AFTER = 3
"""Percent of a period before its pace says anything."""
WITHOUT_PACE = 4
"""The part of the limit that is suggested where no pace is known."""
_ASK_SOON = (QuotaState.WATCH, QuotaState.LOW, QuotaState.SPENT)


class Way(Enum):
    """How a company is asked for more."""

    SERVICE = "service"
    """The service takes requests."""
    PAGE = "page"
    """The company has a page of its own for it."""
    TEXT = "text"
    """Neither: a text to send to the manager."""


@dataclass(frozen=True, slots=True)
class Suggestion:
    """What stands in the field at first; None where nothing can be suggested."""

    amount: int | None
    why: str


def can_ask(quota: Quota) -> bool:
    """Whether there is anybody to ask, and anything to ask for."""
    return quota.kind in SERVICE_KINDS and quota.limit is not None and not quota.suspended


def asked_first(snapshot: Snapshot) -> Outlook | None:
    """The quota that more is asked of where none is named: the one that ends first among those that can grow."""
    return next((one for one in snapshot.outlooks if can_ask(one.quota)), None)


def is_pressing(outlook: Outlook) -> bool:
    """Whether asking deserves a place beside the figure, in place of one among the details."""
    return can_ask(outlook.quota) and (outlook.state in _ASK_SOON or outlook.runs_out_at is not None)


def way_of(snapshot: Snapshot, quota: Quota) -> Way:
    """How more of a quota is asked for."""
    if snapshot.service is not None and "increase_requests" in snapshot.service.can:
        return Way.SERVICE
    return Way.PAGE if page_of(quota) else Way.TEXT


def has_team(snapshot: Snapshot) -> bool:
    """Whether a manager sees anything of this person in a service's team."""
    return snapshot.service is not None and "team" in snapshot.service.can


def page_of(quota: Quota) -> str:
    """The company's page, empty where there is none that a browser may be sent to."""
    parts = urlsplit(quota.request_url)
    return quota.request_url if parts.scheme in ("http", "https") and parts.hostname else ""


def suggestion(outlook: Outlook, now: int, figures: Figures) -> Suggestion:
    """What would last to the reset at one's own pace, rounded up; a quarter of the limit where no pace is known."""
    quota = outlook.quota
    limit = quota.limit or 0
    if limit <= 0:
        return Suggestion(None, "")
    missing = _missing(outlook, now)
    if missing is None:
        return Suggestion(rounded_up(max(1, limit // WITHOUT_PACE)), translate("AskMore", "A quarter of the limit."))
    if missing > limit:
        need = wording.amount(quota, rounded_up(missing), figures, whole=True)
        why = translate("AskMore", "As much again as the limit. To last to the reset at your pace takes {need}.")
        return Suggestion(limit, why.format(need=need))
    return Suggestion(rounded_up(max(1, missing)), translate("AskMore", "At your pace that lasts to the reset."))


def _missing(outlook: Outlook, now: int) -> int | None:
    """What the pace so far still takes until the reset beyond what is left; None where no pace is known."""
    quota, end = outlook.quota, outlook.quota.period.end
    used, left = wording.used(quota), quota.remaining or 0
    ends = outlook.runs_out_at
    if not quota.resets or end <= now or used <= 0:
        return None
    if left > 0:
        if ends is None or not now < ends < end:
            return None
        return max(1, left * (end - ends) // (ends - now))
    until = ends if ends is not None and quota.period.start < ends <= now else now
    passed = until - quota.period.start
    if passed * 100 < (end - quota.period.start) * KNOWN_AFTER:
        return None
    return used * (end - now) // passed - left


def one_waiting(snapshot: Snapshot, quota: str, here: IncreaseRequest | None) -> IncreaseRequest | None:
    """The request for more of a quota that waits. ``here`` is what a window has just been answered."""
    return next((one for one in _known(snapshot, here)
                 if one.quota == quota and one.status is RequestStatus.PENDING), None)  # fmt: skip


def last_outcome(snapshot: Snapshot, quota: str, here: IncreaseRequest | None = None) -> IncreaseRequest | None:
    """The newest request for more of a quota that does not wait any more."""
    return next((one for one in _known(snapshot, here)
                 if one.quota == quota and one.status is not RequestStatus.PENDING), None)  # fmt: skip


def _known(snapshot: Snapshot, here: IncreaseRequest | None) -> tuple[IncreaseRequest, ...]:
    """The service's requests, the newest first, with what was answered since the last poll."""
    told = snapshot.service.requests if snapshot.service is not None else ()
    if here is None:
        return told
    known = next((one for one in told if one.id == here.id), None)
    if known is None:
        return (here, *told)
    newer = here if known.status is RequestStatus.PENDING else known
    return tuple(newer if one.id == here.id else one for one in told)


def draft(snapshot: Snapshot, quota: Quota, amount: int, until: int | None, reason: str) -> IncreaseRequest:
    """A request as it would be, for showing it before it is sent."""
    who = snapshot.service.who if snapshot.service is not None else ""
    return IncreaseRequest("", quota.id, who or quota.who or translate("AskMore", "You"), quota.unit, quota.currency,
                           amount, reason.strip(), until, RequestStatus.PENDING, snapshot.now)  # fmt: skip


def rest_words(outlook: Outlook, now: int, figures: Figures) -> str:
    """The quota that it is about, in a line."""
    return translate("AskMore", "{quota}: {rest}. {outlook}.").format(
        quota=outlook.quota.name, rest=wording.rest_of_whole(outlook.quota, figures),
        outlook=wording.outlook_words(outlook, now, figures))  # fmt: skip


def reset_choice(quota: Quota, figures: Figures) -> str:
    """Until the reset, with the moment."""
    return translate("AskMore", "Until the reset, {moment}").format(moment=figures.full_moment(quota.period.end))


def text_to_send(request: IncreaseRequest, quota: Quota, figures: Figures) -> str:
    """For a company whose service takes no requests: a text for the manager."""
    view = request_words.request_view(request, quota, figures)
    lines = (
        translate("AskMore", "I would like {amount} more of the quota {quota}.").format(
            amount=wording.amount(quota, request.amount, figures, whole=True), quota=quota.name),
        translate("AskMore", "{until}.").format(until=view.until),
        translate("AskMore", "Now: {rest}. {effect}.").format(
            rest=wording.rest_of_whole(quota, figures), effect=view.effect),
        request.reason,
    )  # fmt: skip
    return "\n".join(line for line in lines if line)


def project_line(project: str) -> str:
    """What naming the project adds to the reason."""
    return translate("AskMore", "Project: {project}").format(project=project)


def with_project(reason: str, project: str) -> str:
    """The reason with the project named on a line of its own."""
    return f"{reason.rstrip()}\n{project_line(project)}".lstrip()


def without_project(reason: str, project: str) -> str:
    """The reason without that line."""
    kept = [line for line in reason.split("\n") if line.strip() != project_line(project)]
    return "\n".join(kept).rstrip()


def room_words(reason: str, figures: Figures) -> str:
    """How much of the reason's room is left, once it gets scarce."""
    left = LONGEST_WORDS - len(reason)
    if left < 0:
        return translate("AskMore", "{n} characters too many").format(n=figures.locale.toString(-left))
    return translate("AskMore", "{n} characters left").format(n=figures.locale.toString(left)) if left < 100 else ""
