"""What is said about quotas: whether it lasts, what is left, how sure that is. Pure sentences.

The same facts stand in the tray's tooltip, its menu, the popover and the used-up screen; they are
worded here once.
"""

from __future__ import annotations

from dataclasses import dataclass
from fnmatch import fnmatchcase
from typing import Protocol

from PySide6.QtCore import QCoreApplication

from taximeter.domain.quota import SERVICE_KINDS, Outlook, Quota, QuotaKind, QuotaState, Refusal, Unit
from taximeter.ledger.readmodels import Snapshot
from taximeter.ui import service_words
from taximeter.ui.figures import DAY, Figures, many
from taximeter.ui.sentences import listed
from taximeter.ui.shapes import GaugeState

translate = QCoreApplication.translate

_SHAPES = {
    QuotaState.OK: GaugeState.OK,
    QuotaState.WATCH: GaugeState.WATCH,
    QuotaState.LOW: GaugeState.LOW,
    QuotaState.SPENT: GaugeState.SPENT,
    QuotaState.STALE: GaugeState.STALE,
    QuotaState.OFFLINE: GaugeState.OFF,
    QuotaState.SIGNED_OUT: GaugeState.OFF,
}
_AT_RISK = (QuotaState.WATCH, QuotaState.LOW, QuotaState.SPENT)


@dataclass(frozen=True, slots=True)
class Stop:
    """That something is used up: which quota (None when only a refusal tells), and since when."""

    outlook: Outlook | None
    since: int | None
    refusal: Refusal | None


def stop_of(snapshot: Snapshot) -> Stop | None:
    """What is used up now: a refusal in a log counts before the next poll; a rate limit does not."""
    refusal = snapshot.refusal
    if refusal is not None and refusal.reason in ("budget", "credit", "plan_window"):
        return Stop(_refusing(snapshot, refusal), refusal.at, refusal)
    if snapshot.outlooks and snapshot.outlooks[0].state is QuotaState.SPENT:
        outlook = snapshot.outlooks[0]
        since = None if outlook.quota.suspended else outlook.runs_out_at
        return Stop(outlook, since if since is not None and since <= snapshot.now else None, None)
    return None


def _refusing(snapshot: Snapshot, refusal: Refusal) -> Outlook | None:
    """The quota that refused; a budget of one's own refuses nothing."""
    kinds = {QuotaKind.PLAN_WINDOW} if refusal.reason == "plan_window" else SERVICE_KINDS
    for outlook in snapshot.outlooks:
        if outlook.quota.kind in kinds and covers(outlook.quota, refusal.agent):
            return outlook
    return None


def covers(quota: Quota, agent: str) -> bool:
    """Whether a quota pays for an agent, as far as agents narrow it."""
    return not quota.covers.agents or any(fnmatchcase(agent, pattern) for pattern in quota.covers.agents)


def gauge_state(snapshot: Snapshot | None, questions: int = 0) -> tuple[GaugeState, float]:
    """The icon's shape and the share that is left (0 to 1).

    That another quota is fine says nothing of the company's: it is fine only while both are known.
    """
    if questions:
        return GaugeState.QUESTION, 0.0
    if snapshot is None:
        return GaugeState.NONE, 0.0
    if stop_of(snapshot) is not None:
        return GaugeState.SPENT, 0.0
    if not snapshot.outlooks:
        return GaugeState.OFF if service_words.is_troubled(snapshot.service) else GaugeState.NONE, 0.0
    outlook = snapshot.outlooks[0]
    if outlook.state is QuotaState.OK and service_words.is_cut_off(snapshot):
        return GaugeState.OFF, 0.0
    return _SHAPES[outlook.state], share_left(outlook.quota)


def share_left(quota: Quota) -> float:
    """What is left to use as a share of the limit, 0 to 1; 1 without a limit."""
    if quota.suspended:
        return 0.0
    if quota.limit is None or quota.remaining is None:
        return 1.0
    return max(0.0, min(1.0, quota.remaining / quota.limit)) if quota.limit > 0 else 0.0


def headline(snapshot: Snapshot, figures: Figures) -> str:
    """The one large answer, which is whether it lasts."""
    stop = stop_of(snapshot)
    if stop is not None:
        if stop.since is None:
            return translate("Quota", "Used up") if stop.outlook is None else outlook_words(
                stop.outlook, snapshot.now, figures)  # fmt: skip
        return translate("Quota", "Used up since {moment}").format(moment=figures.moment(stop.since, snapshot.now))
    if not snapshot.outlooks:
        if snapshot.service is not None:
            return service_words.answer_words(snapshot.service)
        if not snapshot.requests_ever:
            return translate("Quota", "Nothing has been read yet")
        return translate("Quota", "No budget set")
    return outlook_words(snapshot.outlooks[0], snapshot.now, figures)


def outlook_words(outlook: Outlook, now: int, figures: Figures) -> str:
    """What is to be expected of one quota."""
    if outlook.quota.suspended:
        return translate("Quota", "Suspended by your company")
    if outlook.state is QuotaState.SIGNED_OUT:
        return service_words.signed_out_words()
    if outlook.state is QuotaState.OFFLINE:
        return service_words.offline_words()
    if is_over(outlook.quota, now):
        return translate("Quota", "Reset, no new figure yet")
    if outlook.state is QuotaState.SPENT or (outlook.quota.remaining or 1) <= 0:
        return translate("Quota", "Used up") if outlook.quota.limit else translate("Quota", "Nothing is granted")
    if outlook.quota.limit is None:
        return translate("Quota", "No limit")
    if outlook.runs_out_at is not None:
        return translate("Quota", "Runs out {day}").format(day=_ending(outlook.runs_out_at, now, figures))
    if not outlook.forecast_known:
        return translate("Quota", "Too early to say if it lasts")
    if not outlook.quota.resets:
        return translate("Quota", "Lasts for a long time")
    return translate("Quota", "Lasts past the reset")


def is_over(quota: Quota, now: int) -> bool:
    """Whether the period that a figure is of has ended."""
    return quota.resets and quota.period.end <= now


def _ending(at: int, now: int, figures: Figures) -> str:
    if at - now < DAY and figures.local(at).date() == figures.local(now).date():
        return translate("Quota", "today, about {time}").format(time=figures.clock(at))
    return figures.day(at, now)


class Counted(Protocol):
    """What has a unit: a quota, or a request for more of one."""

    @property
    def unit(self) -> Unit:
        """What is counted."""

    @property
    def currency(self) -> str:
        """ISO 4217 for money, empty otherwise."""


def amount(quota: Counted, value: int, figures: Figures, *, whole: bool = False) -> str:
    """An amount in the quota's unit; ``whole`` leaves out cents that it has none of."""
    if quota.unit is Unit.MONEY:
        return figures.round_money(value, quota.currency) if whole else figures.money(value, quota.currency)
    if quota.unit is Unit.PERCENT:
        return figures.percent(value / 10_000)
    counted = _bare(quota, value, figures)
    words = {
        Unit.TOKENS: translate("Quota", "{n} tokens"),
        Unit.REQUESTS: translate("Quota", "{n} requests"),
        Unit.CREDITS: translate("Quota", "{n} credits"),
    }
    return words[quota.unit].format(n=counted)


def _bare(quota: Counted, value: int, figures: Figures) -> str:
    """An amount before another one that names their unit."""
    match quota.unit:
        case Unit.TOKENS:
            return figures.tokens(value)
        case Unit.REQUESTS:
            return figures.count(value)
        case Unit.CREDITS:
            return figures.parts(value)
        case _:
            return amount(quota, value, figures)


def limit_words(quota: Quota, figures: Figures) -> str:
    """The whole that a rest is part of; a plan window's size is not told, so its name stands."""
    if quota.limit is None:
        return translate("Quota", "no limit")
    if quota.unit is Unit.PERCENT:
        return quota.name
    return amount(quota, quota.limit, figures, whole=True)


def left_words(quota: Quota, figures: Figures) -> str:
    """What is left, in large: an upper bound where part of the use has no price."""
    remaining = quota.remaining
    if quota.suspended:
        return translate("Quota", "Nothing usable")
    if remaining is None:
        return translate("Quota", "{amount} used").format(amount=amount(quota, used(quota), figures))
    if remaining < 0:
        return translate("Quota", "{amount} over").format(amount=amount(quota, -remaining, figures))
    if remaining == 0:
        return translate("Quota", "Nothing left")
    text = translate("Quota", "{amount} left").format(amount=amount(quota, remaining, figures))
    return translate("Quota", "At most {left}").format(left=text) if quota.unpriced_tokens else text


def rest_of_whole(quota: Quota, figures: Figures) -> str:
    """What is left of how much, in one breath."""
    remaining = quota.remaining
    if remaining is None or quota.limit is None:
        return listed((left_words(quota, figures), limit_words(quota, figures)))
    whole = limit_words(quota, figures)
    if quota.suspended:
        return translate("Quota", "nothing usable of {whole}").format(whole=whole)
    if remaining <= 0:
        if remaining == 0:
            return translate("Quota", "nothing left of {whole}").format(whole=whole)
        over = amount(quota, -remaining, figures)
        return translate("Quota", "{amount} over the {whole}").format(amount=over, whole=whole)
    words = translate("Quota", "{amount} of {whole} left")
    if quota.unpriced_tokens:
        words = translate("Quota", "at most {amount} of {whole} left")
    return words.format(amount=_bare(quota, remaining, figures), whole=whole)


def used(quota: Quota) -> int:
    """What is used in all, billed or not; holds are not use."""
    return quota.spent + quota.not_billed


def used_words(quota: Quota, figures: Figures) -> str:
    """What is used, and what of it the service cannot know yet; for holds see ``quota_details``.

    Without a limit what is used stands in large already, unless that is only the least.
    """
    parts = [translate("Quota", "{amount} used").format(amount=amount(quota, used(quota), figures))]
    if quota.unpriced_tokens:
        parts = [translate("Quota", "at least {used}").format(used=parts[0])]
        parts.append(translate("Quota", "{n} tokens unpriced").format(n=figures.tokens(quota.unpriced_tokens)))
    if quota.not_billed:
        parts.append(translate("Quota", "{amount} not billed yet").format(
            amount=amount(quota, quota.not_billed, figures)))  # fmt: skip
    large = quota.remaining is None and not quota.unpriced_tokens
    return listed(parts[1:] if large else parts)


def reset_words(quota: Quota, now: int, figures: Figures, as_clock: bool = False) -> str:
    """The countdown to the reset, or its moment; or why there is none to wait for."""
    if quota.suspended:
        return translate("Quota", "until it is lifted")
    if not quota.resets:
        return translate("Quota", "never reset")
    if is_over(quota, now):
        return translate("Quota", "reset since then")
    if as_clock:
        return translate("Quota", "until {moment}").format(moment=figures.moment(quota.period.end, now))
    return figures.to_go(quota.period.end, now)


def refusal_words(snapshot: Snapshot, figures: Figures) -> str:
    """That an agent was refused while the quota still shows a rest: the refusal is the newer fact. Else empty."""
    stop = stop_of(snapshot)
    if stop is None or stop.refusal is None:
        return ""
    remaining = stop.outlook.quota.remaining if stop.outlook is not None else None
    if remaining is not None and remaining <= 0:
        return ""
    return translate("Quota", "{agent} was refused at {time}. The figure here does not show it yet.").format(
        agent=figures.agent(stop.refusal.agent), time=figures.moment(stop.refusal.at, snapshot.now)
    )


def is_at_risk(outlook: Outlook) -> bool:
    """Whether a limit deserves a line of its own."""
    return outlook.state in _AT_RISK or outlook.runs_out_at is not None


def others_words(others: tuple[Outlook, ...]) -> str:
    """The limits beside the binding one, in one line."""
    risky = sum(is_at_risk(one) for one in others)
    stale = sum(one.state in service_words.NOT_FRESH for one in others)
    count = many(len(others), translate("Quota", "1 other limit"), translate("Quota", "{n} other limits"))
    if risky:
        return translate("Quota", "{count}, {n} to watch").format(count=count, n=risky)
    if stale:
        return translate("Quota", "{count}, {n} not up to date").format(count=count, n=stale)
    state = {1: translate("Quota", "fine"), 2: translate("Quota", "both fine")}
    return translate("Quota", "{count}, {state}").format(
        count=count, state=state.get(len(others), translate("Quota", "all fine"))
    )
