"""What is said of a request for more: where it is written, where it waits, and where it is decided. Pure.

What the employee sees before sending and what the manager sees is made by one function, so that both are the same.
"""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import QCoreApplication

from taximeter.domain.increase import IncreaseRequest, RequestStatus
from taximeter.domain.quota import Quota
from taximeter.ui.figures import Figures
from taximeter.ui.wording import amount

translate = QCoreApplication.translate


@dataclass(frozen=True, slots=True)
class RequestView:
    """A request as the manager reads it. Empty texts are left out."""

    title: str
    until: str
    effect: str
    """What it would make of the limit."""
    reason: str

    @property
    def spoken(self) -> str:
        """All of it for a screen reader."""
        return ". ".join(text for text in (self.title, self.until, self.effect, self.reason) if text)


def request_view(request: IncreaseRequest, quota: Quota | None, figures: Figures) -> RequestView:
    """A request for more of ``quota`` (None where it is not known any more)."""
    more = _more(request, request.amount, figures)
    if quota is None:
        title = translate("Request", "{who} asks for {amount} more").format(who=request.who, amount=more)
    else:
        title = translate("Request", "{who} asks for {amount} more: {quota}").format(
            who=request.who, amount=more, quota=quota.name)  # fmt: skip
    effect = "" if quota is None else would_make(quota, request.amount, figures)
    reason = request.reason.strip()
    said = figures.locale.quoteString(reason) if reason else translate("Request", "No reason given")
    return RequestView(title, until_words(request.until, figures), effect, said)


def until_words(until: int | None, figures: Figures) -> str:
    """For how long, as a line of its own."""
    if until is None:
        return translate("Request", "For good")
    return translate("Request", "Until {moment}").format(moment=figures.full_moment(until))


def would_make(quota: Quota, more: int, figures: Figures) -> str:
    """What the limit and the rest would be with so much more; empty without a limit."""
    if quota.limit is None or quota.remaining is None:
        return ""
    now, then = (amount(quota, value, figures, whole=True) for value in (quota.limit, quota.limit + more))
    left = quota.remaining + more
    if left <= 0:
        words = translate("Request", "It would make the limit {then} in place of {now}, which is used up as well")
        return words.format(then=then, now=now)
    return translate("Request", "It would make the limit {then} in place of {now}, with {left} left").format(
        then=then, now=now, left=amount(quota, left, figures))  # fmt: skip


def waiting_words(request: IncreaseRequest, now: int, figures: Figures) -> str:
    """For the employee: that it waits."""
    return translate("Request", "Asked for {amount} more at {moment}, waiting for a decision").format(
        amount=_more(request, request.amount, figures), moment=figures.moment(request.created_at, now)
    )


def outcome_words(request: IncreaseRequest, now: int, figures: Figures) -> str:
    """What became of it, as a sentence with who and when as far as that is told; empty while it waits."""
    if request.status is RequestStatus.PENDING:
        return ""
    asked = _more(request, request.amount, figures)
    words = {
        RequestStatus.DENIED: translate("Request", "Not approved{by}{when}: {asked} more"),
        RequestStatus.CANCELLED: translate("Request", "Taken back{when}: {asked} more"),
        RequestStatus.EXPIRED: translate("Request", "Nobody decided in time: {asked} more"),
        RequestStatus.APPROVED: translate("Request", "Approved{by}{when}: {given} more, {until}"),
    }[request.status]
    given = request.amount if request.approved is None else request.approved
    return words.format(
        by=translate("Request", " by {name}").format(name=request.decided_by) if request.decided_by else "",
        when=_when(request, now, figures), asked=asked, given=_more(request, given, figures),
        until=translate("Request", "for good") if request.ends_at is None
        else translate("Request", "until {moment}").format(moment=figures.moment(request.ends_at, now)),
    )  # fmt: skip


def note_words(request: IncreaseRequest, figures: Figures) -> str:
    """The manager's words; empty where there are none."""
    note = request.note.strip()
    return figures.locale.quoteString(note) if note else ""


def _when(request: IncreaseRequest, now: int, figures: Figures) -> str:
    if request.decided_at is None:
        return ""
    return translate("Request", ", {moment}").format(moment=figures.moment(request.decided_at, now))


def _more(request: IncreaseRequest, value: int, figures: Figures) -> str:
    return amount(request, value, figures, whole=True)
