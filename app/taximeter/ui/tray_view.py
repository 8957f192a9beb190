"""What the tray shows for a snapshot: decided here, purely; ``tray`` only applies it."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import QCoreApplication

from taximeter.domain.quota import QuotaState
from taximeter.ledger.readmodels import Snapshot
from taximeter.ui.desk import IconStyle
from taximeter.ui.figures import Figures, many
from taximeter.ui.gauge import IconKey, icon_key
from taximeter.ui.quota_details import effect_words
from taximeter.ui.service_words import tray_lines
from taximeter.ui.wording import gauge_state, headline, reset_words, rest_of_whole
from taximeter.ui.work_words import progress_words, running_words, today_words

translate = QCoreApplication.translate


@dataclass(frozen=True, slots=True)
class TrayView:
    """The icon, its words, and the menu's labels: four of facts (never empty), two about questions."""

    icon: IconKey
    tooltip: str
    facts: tuple[str, str, str, str]
    question: str
    waits: bool
    """Whether a question waits, so that its entry leads somewhere."""
    pause: str


@dataclass(frozen=True, slots=True)
class Asking:
    """How it stands with questions: how many wait, and until when none is asked."""

    waiting: int = 0
    paused_until: int | None = None


NOTHING_ASKED = Asking()


def tray_view(
    snapshot: Snapshot | None, figures: Figures, style: IconStyle, mask: bool = False, asking: Asking = NOTHING_ASKED
) -> TrayView:
    """The tray for what is known; None before the first answer."""
    questions = asking.waiting
    question, pause = question_words(questions), pause_words(asking, figures)
    state, share = gauge_state(snapshot, questions)
    key = icon_key(state, share, style, mask)
    if snapshot is None:
        waiting = translate("Tray", "Reading the ledger")
        unknown = translate("Tray", "No figures yet")
        tooltip = f"{question}\n{waiting}" if questions else waiting
        return TrayView(key, tooltip, (waiting, unknown, unknown, unknown), question, bool(questions), pause)
    answer = headline(snapshot, figures)
    rest = _rest(snapshot, figures)
    facts = (answer, rest, today_words(snapshot, figures), running_words(snapshot.running))
    first = question if questions else ""
    words = translate("Tray", "{answer}: {rest}").format(answer=answer, rest=rest) if snapshot.outlooks else answer
    lines = [first, words, _stopping(snapshot), *tray_lines(snapshot, figures),
             progress_words(snapshot.progress, figures)]  # fmt: skip
    if not snapshot.outlooks:
        lines.insert(2, facts[2])
    if asking.paused_until is not None:
        until = figures.clock(asking.paused_until)
        lines.append(translate("Tray", "Questions are paused until {time}").format(time=until))
    return TrayView(key, "\n".join(line for line in lines if line), facts, question, bool(questions), pause)


def question_words(questions: int) -> str:
    """The menu's first entry, which is always there."""
    if not questions:
        return translate("Tray", "No question waits")
    return many(questions, translate("Tray", "A question waits"), translate("Tray", "{n} questions wait"))


def pause_words(asking: Asking, figures: Figures) -> str:
    """The menu's entry that pauses questions, or asks them again."""
    if asking.paused_until is None:
        return translate("Tray", "Pause questions for 1 h")
    return translate("Tray", "Resume questions (paused until {time})").format(time=figures.clock(asking.paused_until))


def _rest(snapshot: Snapshot, figures: Figures) -> str:
    if not snapshot.outlooks:
        return translate("Tray", "Spending is shown without a limit")
    quota = snapshot.outlooks[0].quota
    return translate("Tray", "{rest}, {reset}").format(
        rest=rest_of_whole(quota, figures), reset=reset_words(quota, snapshot.now, figures)
    )


def _stopping(snapshot: Snapshot) -> str:
    if not snapshot.outlooks or snapshot.outlooks[0].state is not QuotaState.SPENT:
        return ""
    return effect_words(snapshot.outlooks[0].quota)
