"""What the used-up screen says: what stopped, what still works, when it is back. Pure.

A budget of one's own stops nothing and says so; a vendor's plan window does; a company's quota
refuses, slows or only tells, and the screen reads differently for each.
"""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import QCoreApplication

from taximeter.domain.quota import Coverage, Quota, QuotaKind
from taximeter.ledger.readmodels import RunningSession, Snapshot
from taximeter.ui import ask_more_view, request_words, wording
from taximeter.ui.figures import Figures
from taximeter.ui.glance import project
from taximeter.ui.offer_words import offer_words
from taximeter.ui.quota_details import LONGEST_MESSAGE, Effect, effect_of
from taximeter.ui.sentences import joined, listed, stopped

translate = QCoreApplication.translate


@dataclass(frozen=True, slots=True)
class UsedUpView:
    """What the screen says. Empty texts are left out."""

    title: str
    since: str
    stopped: str
    sessions: str
    works: tuple[str, ...]
    back: str
    effect: Effect
    """What becomes of requests."""
    asked: str = ""
    """What became of a request for more, or that it waits."""
    ask: str = ""
    """The verb that asks for more."""
    quota: str = ""
    """The id of the quota that it is about."""
    offer: str = ""
    """What the company offers meanwhile."""

    @property
    def stops(self) -> bool:
        """False where everything goes on."""
        return self.effect is Effect.REFUSED


def used_up_view(snapshot: Snapshot, figures: Figures) -> UsedUpView:
    """The screen for a snapshot; where nothing is used up any more it says that."""
    stop = wording.stop_of(snapshot)
    if stop is None:
        answer = translate("UsedUp", "Nothing is used up")
        return UsedUpView(answer, "", stopped(wording.headline(snapshot, figures)), "", (), "", Effect.OWN)
    quota = stop.outlook.quota if stop.outlook is not None else None
    since = ""
    if stop.since is not None:
        since = translate("UsedUp", "since {moment}").format(moment=figures.moment(stop.since, snapshot.now))
    back = figures.full_moment(quota.period.end) if quota is not None and _comes_back(quota) else ""
    effect = _effect(stop)
    return UsedUpView(_title(quota), since, _stopped(snapshot, stop, figures), _failing(snapshot, stop, effect),
                      _works(snapshot, stop, figures), back, effect, *_asking(snapshot, quota, figures),
                      offer=offer_words(snapshot.offer, snapshot.currency, figures))  # fmt: skip


def _asking(snapshot: Snapshot, quota: Quota | None, figures: Figures) -> tuple[str, str, str]:
    """What is said of a request for more, the verb, and of which quota; empty where there is nobody to ask."""
    if quota is None or not ask_more_view.can_ask(quota):
        return "", "", ""
    waiting = ask_more_view.one_waiting(snapshot, quota.id, None)
    if waiting is not None:
        said = translate("UsedUp", "{waiting}.").format(
            waiting=request_words.waiting_words(waiting, snapshot.now, figures))  # fmt: skip
        return said, translate("UsedUp", "Show the request"), quota.id
    last = ask_more_view.last_outcome(snapshot, quota.id)
    said = "" if last is None else translate("UsedUp", "{outcome}.").format(
        outcome=request_words.outcome_words(last, snapshot.now, figures))  # fmt: skip
    return said, translate("UsedUp", "Ask for more"), quota.id


def _comes_back(quota: Quota) -> bool:
    """Whether the reset brings anything."""
    return quota.resets and not quota.suspended and bool(quota.limit)


def _title(quota: Quota | None) -> str:
    if quota is None:
        return translate("UsedUp", "A budget is used up")
    if quota.suspended:
        return translate("UsedUp", "Suspended: {quota}").format(quota=quota.name)
    if quota.kind is QuotaKind.PLAN_WINDOW:
        return translate("UsedUp", "The {window} is used up").format(window=quota.name)
    return translate("UsedUp", "Used up: {quota}").format(quota=quota.name)


def _effect(stop: wording.Stop) -> Effect:
    """A refusal is a fact, whatever the quota says that it does."""
    if stop.refusal is not None or stop.outlook is None:
        return Effect.REFUSED
    return effect_of(stop.outlook.quota)


def _stopped(snapshot: Snapshot, stop: wording.Stop, figures: Figures) -> str:
    if stop.refusal is not None:
        agent = figures.agent(stop.refusal.agent)
        if stop.refusal.reason == "plan_window":
            return translate("UsedUp", "{agent} stops answering until the window is over.").format(agent=agent)
        return translate("UsedUp", "{agent} was refused for want of budget.").format(agent=agent)
    if stop.outlook is None:
        return ""
    quota = stop.outlook.quota
    said = [_what_it_does(quota).format(agents=_payees(snapshot, quota, figures))]
    if quota.suspended:
        said += [translate("UsedUp", "Only your company can lift that."), quota.message[:LONGEST_MESSAGE]]
    elif not quota.limit:
        said.append(translate("UsedUp", "Nothing is granted: it takes a higher limit."))
    elif not quota.resets:
        said.append(translate("UsedUp", "It is never reset: it takes a higher limit."))
    return joined(*said)


def _what_it_does(quota: Quota) -> str:
    if quota.suspended:
        return translate("UsedUp", "Your company lets nothing through: {agents} cannot work.")
    words = {
        Effect.REFUSED: translate("UsedUp", "Requests are refused: {agents} cannot go on."),
        Effect.SLOWED: translate("UsedUp", "Requests are slowed: {agents} can go on, but each step waits longer."),
        Effect.TOLD: translate("UsedUp", "Nothing is stopped: {agents} can go on, and your company is told."),
        Effect.COUNTED: translate("UsedUp", "Nothing is stopped: it only counts, and {agents} can go on."),
        Effect.OWN: translate("UsedUp", "It is a budget of your own. It warns and stops nothing: agents go on."),
    }
    return words[effect_of(quota)]


def _payees(snapshot: Snapshot, quota: Quota, figures: Figures) -> str:
    """Who is paid from a quota, by name where that was said."""
    if quota.coverage_chosen and quota.covers == Coverage():
        return translate("UsedUp", "agents")
    if not quota.coverage_chosen or not quota.covers.agents:
        return translate("UsedUp", "agents that it pays for")
    found = tuple(one for one in snapshot.agents_found if wording.covers(quota, one))
    return _list(tuple(figures.agent(one) for one in found or quota.covers.agents))


def _failing(snapshot: Snapshot, stop: wording.Stop, effect: Effect) -> str:
    if effect not in (Effect.REFUSED, Effect.SLOWED):
        return ""
    hit = [one for one in snapshot.running if _is_hit(one, stop)]
    if not hit:
        return ""
    names = _list(tuple(project(one.session) for one in hit[:3]))
    words = _slower(len(hit)) if effect is Effect.SLOWED else _ending(len(hit))
    return words.format(n=len(hit), names=names)


def _slower(sessions: int) -> str:
    if sessions == 1:
        return translate("UsedUp", "1 session is running and gets slower: {names}.")
    return translate("UsedUp", "{n} sessions are running and get slower: {names}.")


def _ending(sessions: int) -> str:
    if sessions == 1:
        return translate("UsedUp", "1 session was running and fails at its next step: {names}. It can be resumed.")
    return translate("UsedUp", "{n} sessions were running and fail at their next step: {names}. They can be resumed.")


def _is_hit(running: RunningSession, stop: wording.Stop) -> bool:
    if stop.refusal is not None and running.session.agent == stop.refusal.agent:
        return True
    quota = stop.outlook.quota if stop.outlook is not None else None
    return quota is not None and quota.coverage_chosen and wording.covers(quota, running.session.agent)


def _works(snapshot: Snapshot, stop: wording.Stop, figures: Figures) -> tuple[str, ...]:
    lines = []
    stops = _effect(stop) in (Effect.REFUSED, Effect.SLOWED)
    for other in snapshot.outlooks:
        left = other.quota.remaining
        if other is stop.outlook or other.quota.suspended or (left is not None and left <= 0):
            continue
        if stops and other.quota.kind is QuotaKind.LOCAL:
            continue  # a budget of one's own pays for nothing
        reset = wording.reset_words(other.quota, snapshot.now, figures, as_clock=True)
        lines.append(translate("UsedUp", "{name}: {left}, {reset}").format(
            name=other.quota.name, left=wording.left_words(other.quota, figures), reset=reset))  # fmt: skip
    quota = stop.outlook.quota if stop.outlook is not None else None
    free = [one for one in snapshot.agents_found if quota is not None and not wording.covers(quota, one)]
    if free and stops:
        lines.append(translate("UsedUp", "Not touched by it: {agents}").format(
            agents=_list(tuple(figures.agent(one) for one in free))))  # fmt: skip
    return tuple(lines)


def _list(names: tuple[str, ...]) -> str:
    if len(names) < 2:
        return "".join(names)
    return translate("UsedUp", "{first} and {last}").format(first=listed(names[:-1]), last=names[-1])
