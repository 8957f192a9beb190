"""What is said of the work itself: today's sum, what runs, how far a first index has come. Pure sentences."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication

from taximeter.ledger.readmodels import IndexProgress, RunningSession, Snapshot
from taximeter.ui.figures import NANO, Figures, many

translate = QCoreApplication.translate


def today_words(snapshot: Snapshot, figures: Figures) -> str:
    """Today's use; nothing read and nothing used are told apart."""
    if not snapshot.today.requests:
        return translate("Quota", "Nothing used today")
    return translate("Quota", "Today {cost}").format(cost=figures.cost(snapshot.today))


def running_words(running: tuple[RunningSession, ...]) -> str:
    """What is at work now, in one line."""
    if not running:
        return translate("Quota", "No agent is running")
    agents = sum(one.agents for one in running)
    count = many(agents, translate("Quota", "1 agent"), translate("Quota", "{n} agents"))
    if len(running) == 1:
        return translate("Quota", "Running: {project}, {agents}").format(
            project=running[0].session.project or translate("Quota", "no project"), agents=count
        )
    return translate("Quota", "Running: {n} sessions, {agents}").format(n=len(running), agents=count)


def progress_words(progress: IndexProgress, figures: Figures) -> str:
    """How far a first index has come; empty when none is under way."""
    if not progress.files_total or progress.files_done >= progress.files_total:
        return ""
    return translate("Quota", "Reading the logs, newest first: {done} of {total} files").format(
        done=figures.locale.toString(progress.files_done), total=figures.locale.toString(progress.files_total)
    )


def per_hour_words(rate: int | None, figures: Figures) -> str:
    """The pace of a running session; empty when nothing could be priced."""
    if rate is None or rate < NANO // 100:
        return ""
    return translate("Quota", "{amount} an hour").format(amount=figures.money(rate))
