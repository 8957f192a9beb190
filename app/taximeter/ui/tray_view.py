"""What the tray shows for a snapshot: decided here, purely; ``tray`` only applies it."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import QCoreApplication

from taximeter.domain.quota import QuotaState
from taximeter.ledger.readmodels import Snapshot
from taximeter.ui.desk import IconStyle
from taximeter.ui.figures import Figures
from taximeter.ui.gauge import IconKey, icon_key
from taximeter.ui.wording import (
    gauge_state,
    headline,
    progress_words,
    reset_words,
    rest_of_whole,
    running_words,
    today_words,
)

translate = QCoreApplication.translate


@dataclass(frozen=True, slots=True)
class TrayView:
    """The icon, its words, and the menu's four labels of facts (always four, never empty)."""

    icon: IconKey
    tooltip: str
    facts: tuple[str, str, str, str]


def tray_view(
    snapshot: Snapshot | None, figures: Figures, style: IconStyle, mask: bool = False, questions: int = 0
) -> TrayView:
    """The tray for what is known; None before the first answer."""
    state, share = gauge_state(snapshot, questions)
    key = icon_key(state, share, style, mask)
    if snapshot is None:
        waiting = translate("Tray", "Reading the ledger")
        unknown = translate("Tray", "No figures yet")
        return TrayView(key, waiting, (waiting, unknown, unknown, unknown))
    answer = headline(snapshot, figures)
    rest = _rest(snapshot, figures)
    facts = (answer, rest, today_words(snapshot, figures), running_words(snapshot.running))
    first = translate("Tray", "A question waits") if questions else ""
    words = translate("Tray", "{answer}: {rest}").format(answer=answer, rest=rest) if snapshot.outlooks else answer
    lines = [first, words, _since(snapshot, figures), progress_words(snapshot.progress, figures)]
    if not snapshot.outlooks:
        lines.insert(2, facts[2])
    return TrayView(key, "\n".join(line for line in lines if line), facts)


def _rest(snapshot: Snapshot, figures: Figures) -> str:
    if not snapshot.outlooks:
        return translate("Tray", "Spending is shown without a limit")
    quota = snapshot.outlooks[0].quota
    return translate("Tray", "{rest}, {reset}").format(
        rest=rest_of_whole(quota, figures), reset=reset_words(quota, snapshot.now, figures)
    )


def _since(snapshot: Snapshot, figures: Figures) -> str:
    if not snapshot.outlooks:
        return ""
    outlook = snapshot.outlooks[0]
    if outlook.state not in (QuotaState.STALE, QuotaState.OFFLINE, QuotaState.SIGNED_OUT):
        return ""
    since = figures.moment(outlook.quota.as_of, snapshot.now)
    return translate("Tray", "Figure from {since}").format(since=since)
