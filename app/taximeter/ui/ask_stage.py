"""What the window for asking says at each stage: writing, waiting, decided, or that there is nothing to ask. Pure."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum
from urllib.parse import urlsplit

from PySide6.QtCore import QCoreApplication

from taximeter.domain.increase import IncreaseRequest, RequestStatus
from taximeter.domain.quota import Outlook, Quota
from taximeter.ledger.readmodels import Snapshot
from taximeter.ui import ask_more_view as asking
from taximeter.ui import request_words
from taximeter.ui.ask_more_view import Way
from taximeter.ui.figures import Figures
from taximeter.ui.request_words import RequestView

translate = QCoreApplication.translate


class Stage(Enum):
    """Where a request stands."""

    NOTHING = "nothing"
    WRITING = "writing"
    """It can be sent."""
    TEXT = "text"
    """It can be written and copied, but the service takes none."""
    PAGE = "page"
    WAITING = "waiting"
    OVER = "over"


@dataclass(frozen=True, slots=True)
class AskView:
    """Texts; empty ones are left out."""

    stage: Stage
    title: str
    rest: str = ""
    """How the quota stands."""
    seen_title: str = ""
    seen: RequestView | None = None
    """The request that waits; what is being written is shown as it is typed."""
    besides: str = ""
    """What else the manager sees."""
    said: str = ""
    act: str = ""
    away: str = ""


def stage_view(
    snapshot: Snapshot, figures: Figures, outlook: Outlook | None, here: IncreaseRequest | None, *, again: bool = False
) -> AskView:
    """What is shown for a quota (None where no quota can be raised).

    ``here`` is what was just answered; ``again`` once its outcome was read and more is asked for anew.
    """
    close = translate("AskMore", "Close")
    if outlook is None:
        said = translate("AskMore", "No limit of your company's is known that could be raised.")
        return AskView(Stage.NOTHING, translate("AskMore", "There is nothing to ask for"), said=said, away=close)
    waiting = asking.one_waiting(snapshot, outlook.quota.id, here)
    if waiting is not None:
        return _waiting(waiting, outlook.quota, snapshot.now, figures)
    if here is not None and not again and here.quota == outlook.quota.id:
        over = asking.last_outcome(snapshot, outlook.quota.id, here) or here
        return _over(over, snapshot.now, figures)
    return _writing(snapshot, outlook, figures)


def _writing(snapshot: Snapshot, outlook: Outlook, figures: Figures) -> AskView:
    rest = asking.rest_words(outlook, snapshot.now, figures)
    title, cancel = translate("AskMore", "Ask for more"), translate("AskMore", "Cancel")
    way = asking.way_of(snapshot, outlook.quota)
    if way is Way.PAGE:
        said = translate("AskMore", "Your company has a page for it at {host}. It opens in your browser.").format(
            host=urlsplit(asking.page_of(outlook.quota)).hostname)  # fmt: skip
        return AskView(Stage.PAGE, title, rest, said=said, act=translate("AskMore", "Open the page"), away=cancel)
    if way is Way.TEXT:
        return AskView(
            Stage.TEXT, title, rest, translate("AskMore", "The text"),
            besides=translate("AskMore", "Your company's service takes no requests. "
                              "Copy the text and send it to whoever decides."),
            act=translate("AskMore", "Copy the text"), away=cancel,
        )  # fmt: skip
    before = asking.last_outcome(snapshot, outlook.quota.id)
    return AskView(
        Stage.WRITING, title, rest, translate("AskMore", "Your manager will see"),
        besides=translate("AskMore", "Nothing else is sent: no session, no prompt, no project that you do not name."),
        said="" if before is None else translate("AskMore", "Before: {outcome}.").format(
            outcome=request_words.outcome_words(before, snapshot.now, figures)),
        act=translate("AskMore", "Send"), away=cancel,
    )  # fmt: skip


def _waiting(request: IncreaseRequest, quota: Quota, now: int, figures: Figures) -> AskView:
    return AskView(
        Stage.WAITING, translate("AskMore", "You asked for more"),
        rest=translate("AskMore", "{waiting}.").format(waiting=request_words.waiting_words(request, now, figures)),
        seen_title=translate("AskMore", "Your manager sees"),
        seen=request_words.request_view(request, quota, figures),
        besides=translate("AskMore", "The decision appears here and in the small window behind the icon."),
        act=translate("AskMore", "Take it back"), away=translate("AskMore", "Close"),
    )  # fmt: skip


def _over(request: IncreaseRequest, now: int, figures: Figures) -> AskView:
    titles = {
        RequestStatus.APPROVED: translate("AskMore", "Approved"),
        RequestStatus.DENIED: translate("AskMore", "Not approved"),
        RequestStatus.CANCELLED: translate("AskMore", "Taken back"),
        RequestStatus.EXPIRED: translate("AskMore", "Not decided in time"),
    }
    return AskView(
        Stage.OVER, titles.get(request.status, ""),
        rest=translate("AskMore", "{outcome}.").format(outcome=request_words.outcome_words(request, now, figures)),
        said=request_words.note_words(request, figures),
        act=translate("AskMore", "Ask again"), away=translate("AskMore", "Close"),
    )  # fmt: skip
