"""What stands below a quota about asking for more: the verb, a request that waits, a decision nobody has seen. Pure."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass

from PySide6.QtCore import QCoreApplication

from taximeter.domain.increase import IncreaseRequest, RequestStatus
from taximeter.ledger.readmodels import Snapshot
from taximeter.ledger.readmodels_service import ServiceState
from taximeter.ui import ask_more_view as asking
from taximeter.ui import request_words
from taximeter.ui.figures import Figures

translate = QCoreApplication.translate

_TOLD = (RequestStatus.APPROVED, RequestStatus.DENIED, RequestStatus.EXPIRED)


@dataclass(frozen=True, slots=True)
class AskLine:
    """Empty texts are left out."""

    said: str = ""
    """The request that waits, or what became of one."""
    verb: str = ""
    quota: str = ""
    """The id of the quota that the verb is about."""
    quiet: bool = False
    """Nothing presses: the verb is offered without drawing the eye."""
    mine: str = ""
    """The way to one's own row as the manager sees it."""
    sign_in: str = ""
    decided: str = ""
    """The id of the request whose outcome is said."""


def ask_line(snapshot: Snapshot, figures: Figures, seen: Collection[str] = ()) -> AskLine:
    """What to offer and to say; ``seen`` are the ids of requests whose outcome was read."""
    mine = translate("AskMore", "What your manager sees") if asking.has_team(snapshot) else ""
    if is_signed_out(snapshot):
        return AskLine(sign_in=translate("AskMore", "Sign in"))
    requests = snapshot.service.requests if snapshot.service is not None else ()
    first = asking.asked_first(snapshot)
    decided = next((one for one in requests if one.status in _TOLD and one.id not in seen), None)
    if decided is not None:
        again = first is not None and asking.is_pressing(first) and decided.status is not RequestStatus.APPROVED
        verb = translate("AskMore", "Ask again") if again else ""
        return AskLine(_outcome(decided, snapshot.now, figures), verb, decided.quota, mine=mine, decided=decided.id)
    waiting = next((one for one in requests if one.status is RequestStatus.PENDING), None)
    if waiting is not None:
        said = translate("AskMore", "{waiting}.").format(
            waiting=request_words.waiting_words(waiting, snapshot.now, figures))  # fmt: skip
        return AskLine(said, translate("AskMore", "Show the request"), waiting.quota, quiet=True, mine=mine)
    if first is None:
        return AskLine(mine=mine)
    verb = translate("AskMore", "Ask for more")
    return AskLine("", verb, first.quota.id, quiet=not asking.is_pressing(first), mine=mine)


def team_words(snapshot: Snapshot) -> tuple[str, str]:
    """The way to the team and how it is read out; empty without the right to see one."""
    standing = snapshot.service
    if standing is None or not standing.leads or "team" not in standing.can:
        return "", ""
    team = translate("Team", "Team")
    if not standing.to_decide:
        return team, team
    spoken = translate("Team", "Team, requests that wait: {n}").format(n=standing.to_decide)
    return translate("Team", "Team ({n})").format(n=standing.to_decide), spoken


def is_signed_out(snapshot: Snapshot) -> bool:
    """Whether signing in would bring figures back."""
    return snapshot.service is not None and snapshot.service.state is ServiceState.SIGNED_OUT


def _outcome(request: IncreaseRequest, now: int, figures: Figures) -> str:
    outcome, note = request_words.outcome_words(request, now, figures), request_words.note_words(request, figures)
    if not note:
        return translate("AskMore", "{outcome}.").format(outcome=outcome)
    return translate("AskMore", "{outcome}. {note}").format(outcome=outcome, note=note)
