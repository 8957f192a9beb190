"""What stands below a quota's bar besides its use: who tells it, what was added, what happens when nothing is left.

Pure sentences. Block, throttle and warn-only never read alike: each says what becomes of a request.
"""

from __future__ import annotations

from enum import Enum

from PySide6.QtCore import QCoreApplication

from taximeter.domain.quota import SERVICE_KINDS, Enforcement, Outlook, Quota, QuotaKind, QuotaState
from taximeter.ui.figures import Figures
from taximeter.ui.sentences import joined, stopped
from taximeter.ui.wording import amount

translate = QCoreApplication.translate

LONGEST_MESSAGE = 200
"""Of what a service has to say, so that it cannot push everything else off the screen."""
_THREATENED = (QuotaState.WATCH, QuotaState.LOW)


class Effect(Enum):
    """What becomes of a request when nothing is left."""

    REFUSED = "refused"
    SLOWED = "slowed"
    TOLD = "told"
    """It goes on, and the company is told."""
    COUNTED = "counted"
    """It goes on, and is only counted."""
    OWN = "own"
    """It goes on: the budget is one's own."""


_OF_ENFORCEMENT = {
    Enforcement.BLOCK: Effect.REFUSED,
    Enforcement.THROTTLE: Effect.SLOWED,
    Enforcement.WARN: Effect.TOLD,
    Enforcement.NONE: Effect.COUNTED,
}


def effect_of(quota: Quota) -> Effect:
    """A budget of one's own stops nothing, a vendor's plan window does; a service says which it is."""
    if quota.suspended or quota.kind is QuotaKind.PLAN_WINDOW:
        return Effect.REFUSED
    return Effect.OWN if quota.kind is QuotaKind.LOCAL else _OF_ENFORCEMENT[quota.enforcement]


def effect_words(quota: Quota) -> str:
    """What becomes of requests now that nothing is left, in a few words."""
    words = {
        Effect.REFUSED: translate("Details", "Requests are refused"),
        Effect.SLOWED: translate("Details", "Requests are slowed"),
        Effect.TOLD: translate("Details", "Nothing is stopped, your company is told"),
        Effect.COUNTED: translate("Details", "Nothing is stopped, it only counts"),
        Effect.OWN: translate("Details", "Nothing is stopped, it is your own budget"),
    }
    return words[effect_of(quota)]


def meaning_words(quota: Quota | None) -> str:
    """The link to the used-up screen; a refusal without a known quota stops something."""
    effect = Effect.REFUSED if quota is None else effect_of(quota)
    if effect is Effect.REFUSED:
        return translate("Details", "What stopped, and what still works")
    if effect is Effect.SLOWED:
        return translate("Details", "What is slowed, and what is not")
    return translate("Details", "What that means, and the other limits")


def spent_note(outlook: Outlook, now: int, figures: Figures) -> str:
    """For a quota of which nothing is left: what becomes of requests, until when. Else empty."""
    if outlook.state is not QuotaState.SPENT:
        return ""
    quota = outlook.quota
    does = effect_words(quota)
    if quota.suspended:
        words = translate("Details", "{effect} until your company lifts it.")
        return joined(words.format(effect=does), quota.message[:LONGEST_MESSAGE])
    if not quota.limit:
        return translate("Details", "{effect}. It takes a higher limit.").format(effect=does)
    if not quota.resets:
        return translate("Details", "{effect}. It is never reset.").format(effect=does)
    if effect_of(quota) in (Effect.REFUSED, Effect.SLOWED):
        until = figures.moment(quota.period.end, now)
        return translate("Details", "{effect} until {moment}.").format(effect=does, moment=until)
    return stopped(does)


def details(outlook: Outlook, now: int, figures: Figures) -> tuple[str, ...]:
    """The quiet lines below the bar, each a sentence of its own; none for a plain budget."""
    quota = outlook.quota
    found = (_source(quota), _held(quota, figures), _increase(quota, now, figures), soft_words(quota, figures),
             _threat(outlook), "" if quota.suspended else quota.message[:LONGEST_MESSAGE])  # fmt: skip
    return tuple(line for line in found if line)


def coverage_words(quota: Quota) -> str:
    """That nobody said what a quota pays for, and how to; empty where it was said."""
    if quota.coverage_chosen:
        return ""
    return translate(
        "Details", "Nobody said what it pays for, so nothing of this desktop is taken off it.\n"
        "To say it: taximeter budget connect --help")  # fmt: skip


def soft_words(quota: Quota, figures: Figures) -> str:
    """From which use on the source warns, and the mark that shows it; empty where it does not."""
    if quota.soft_limit is None:
        return ""
    at = amount(quota, quota.soft_limit, figures, whole=True)
    if quota.past_soft_limit:
        return translate("Details", "Past the {amount} at which your company warns").format(amount=at)
    if quota.limit is None or quota.soft_limit >= quota.limit:
        return translate("Details", "Your company warns at {amount} used").format(amount=at)
    return translate("Details", "Small triangle: your company warns at {amount} used").format(amount=at)


def provenance(quota: Quota) -> str:
    """Whom it is granted to and who set it, as far as the service tells; for the bar's tooltip."""
    said = []
    if quota.who:
        said.append(translate("Details", "Granted to {who}").format(who=quota.who))
    if quota.source:
        said.append(translate("Details", "Set by {source}").format(source=quota.source))
    return ". ".join(said)


def _source(quota: Quota) -> str:
    if quota.kind not in SERVICE_KINDS or not quota.origin:
        return ""
    return translate("Details", "{quota}, told by {service}").format(quota=quota.name, service=quota.origin)


def _held(quota: Quota, figures: Figures) -> str:
    if not quota.held:
        return ""
    return translate("Details", "{amount} held for launches that run").format(
        amount=amount(quota, quota.held, figures))  # fmt: skip


def _increase(quota: Quota, now: int, figures: Figures) -> str:
    granted = quota.increase
    if granted is None:
        return ""
    more = amount(quota, granted.amount, figures, whole=True)
    if granted.until is None:
        return translate("Details", "Includes {amount} more for a while").format(amount=more)
    day = figures.day(granted.until, now)
    return translate("Details", "Includes {amount} more until {day}").format(amount=more, day=day)


def _threat(outlook: Outlook) -> str:
    quota = outlook.quota
    if quota.kind not in SERVICE_KINDS or not (outlook.state in _THREATENED or outlook.runs_out_at is not None):
        return ""
    if outlook.state is QuotaState.SPENT:
        return ""
    words = {
        Effect.REFUSED: translate("Details", "When it is used up, requests are refused"),
        Effect.SLOWED: translate("Details", "When it is used up, requests are slowed"),
        Effect.TOLD: translate("Details", "When it is used up, nothing is stopped; your company is told"),
        Effect.COUNTED: translate("Details", "When it is used up, nothing is stopped; it only counts"),
    }
    return words.get(effect_of(quota), "")
