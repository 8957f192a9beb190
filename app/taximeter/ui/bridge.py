"""The one way into the GUI thread: payloads from any thread, and answers of the reader thread.

Only frozen payloads and numbers cross; what is to be done with an answer stays on this side, so
that no widget is ever touched or freed by another thread.
"""

from __future__ import annotations

import logging
import os
from collections.abc import Callable
from concurrent.futures import CancelledError, Future
from dataclasses import dataclass
from functools import partial
from typing import Any, TypeVar

from PySide6.QtCore import QCoreApplication, QObject, Qt, QTimer, Signal, SignalInstance
from shiboken6 import isValid

from taximeter.host.trouble import Trouble
from taximeter.ledger.readmodels import IndexProgress
from taximeter.ui.company import Submit
from taximeter.ui.desk import (
    ActivationGiven,
    EpisodeActed,
    LedgerChanged,
    NoticeSeen,
    NoticeUntold,
    PreferencesChanged,
    QuestionsChanged,
    QuestionsPaused,
    QuestionWanted,
    QuitAsked,
    RaiseYourself,
    SignInWanted,
    TroubleSeen,
)

log = logging.getLogger("taximeter.ui")
T = TypeVar("T")
translate = QCoreApplication.translate

COALESCE_MS = 150


@dataclass(frozen=True, slots=True)
class _Answer:
    ticket: int
    future: Future[Any]


@dataclass(frozen=True, slots=True)
class _Waiting:
    owner: QObject
    deliver: Callable[[Any], None]
    failed: Callable[[], None] | None
    refused: Callable[[TroubleSeen], None] | None


class Bridge(QObject):
    """Lives on the GUI thread; ``post`` may be called from any thread."""

    ledger_changed = Signal()
    preferences_changed = Signal()
    progressed = Signal(object)
    raised = Signal()
    quit_asked = Signal()
    troubled = Signal(object)
    questions_changed = Signal(object)
    questions_paused = Signal(object)
    question_wanted = Signal()
    sign_in_wanted = Signal()
    notice_seen = Signal(object)
    notice_untold = Signal(object)
    episode_acted = Signal(object)
    _arrived = Signal(object)

    def __init__(self, submit: Submit, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._submit = submit
        self._waiting: dict[int, _Waiting] = {}
        self._tickets = 0
        self._closed = False
        self._bare: dict[type, SignalInstance] = {
            LedgerChanged: self.ledger_changed, PreferencesChanged: self.preferences_changed,
            RaiseYourself: self.raised, QuitAsked: self.quit_asked, QuestionWanted: self.question_wanted,
            SignInWanted: self.sign_in_wanted,
        }  # fmt: skip
        self._carrying: dict[type, SignalInstance] = {
            IndexProgress: self.progressed, TroubleSeen: self.troubled, QuestionsChanged: self.questions_changed,
            QuestionsPaused: self.questions_paused, NoticeSeen: self.notice_seen, NoticeUntold: self.notice_untold,
            EpisodeActed: self.episode_acted,
        }  # fmt: skip
        self._arrived.connect(self._on_arrival, Qt.ConnectionType.QueuedConnection)

    def post(self, payload: object) -> None:
        """Hand a payload over; dropped once the app is closing."""
        if not self._closed:
            self._arrived.emit(payload)

    def read(
        self, owner: QObject, work: Callable[[], T], deliver: Callable[[T], None],
        failed: Callable[[], None] | None = None,
    ) -> None:  # fmt: skip
        """Run ``work`` on the reader thread and ``deliver`` its answer here while ``owner`` lives.

        An error goes to ``troubled``; ``failed`` is called as well where something must be undone.
        """
        self._begin(self._submit, work, _Waiting(owner, deliver, failed, None))

    def ask(
        self, owner: QObject, submit: Submit, work: Callable[[], T], deliver: Callable[[T], None],
        refused: Callable[[TroubleSeen], None],
    ) -> None:  # fmt: skip
        """Run ``work`` where ``submit`` does, and ``deliver`` its answer here while ``owner`` lives.

        An error goes to ``refused`` of the same window alone: what was asked there fails there.
        """
        self._begin(submit, work, _Waiting(owner, deliver, None, refused))

    @property
    def is_waiting(self) -> bool:
        """Whether an answer is still to come."""
        return bool(self._waiting)

    def close(self) -> None:
        """Take nothing more in."""
        self._closed = True
        self._waiting.clear()

    def _begin(self, submit: Submit, work: Callable[[], T], waiting: _Waiting) -> None:
        if self._closed:
            return
        self._tickets += 1
        self._waiting[self._tickets] = waiting
        submit(work).add_done_callback(partial(self._hand_over, self._tickets))

    def _hand_over(self, ticket: int, future: Future[Any]) -> None:
        self.post(_Answer(ticket, future))

    def _on_arrival(self, payload: object) -> None:
        if self._closed:
            return
        if isinstance(payload, _Answer):
            self._deliver(payload)
            return
        if isinstance(payload, ActivationGiven):
            # Where Qt looks for it when the next window is brought forward (xdg-activation of Wayland).
            os.environ["XDG_ACTIVATION_TOKEN"] = payload.token
            return
        bare, carrying = self._bare.get(type(payload)), self._carrying.get(type(payload))
        if bare is not None:
            bare.emit()
        if carrying is not None:
            carrying.emit(payload)

    def _deliver(self, answer: _Answer) -> None:
        waiting = self._waiting.pop(answer.ticket)
        try:
            result = answer.future.result()
        except CancelledError:
            return
        except Exception as error:
            if waiting.refused is not None:
                _refuse(waiting, error)
                return
            log.warning("A read for a window failed", exc_info=error)
            self.troubled.emit(TroubleSeen(_title(error), _detail(error)))
            if waiting.failed is not None and isValid(waiting.owner):
                waiting.failed()
            return
        if isValid(waiting.owner):
            waiting.deliver(result)


class Throttle(QObject):
    """``due`` at once on the first poke, then at most every 150 ms; silent while nothing is poked."""

    due = Signal()

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._again = False
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(COALESCE_MS)
        self._timer.timeout.connect(self._on_cooled)

    def poke(self) -> None:
        """Something changed."""
        if self._timer.isActive():
            self._again = True
            return
        self._timer.start()
        self.due.emit()

    def stop(self) -> None:
        """Forget what is pending."""
        self._again = False
        self._timer.stop()

    def _on_cooled(self) -> None:
        if self._again:
            self._again = False
            self.poke()


def _refuse(waiting: _Waiting, error: Exception) -> None:
    if isinstance(error, Trouble):
        log.info("not done: %s", error.title)
        told = TroubleSeen(error.title, error.detail)
    else:
        log.warning("What a window asked for failed", exc_info=error)
        told = TroubleSeen(translate("Bridge", "That did not work"), translate("Bridge", "The log says more."))
    if isValid(waiting.owner) and waiting.refused is not None:
        waiting.refused(told)


def _title(error: Exception) -> str:
    return str(getattr(error, "title", "")) or translate("Bridge", "The figures could not be read")


def _detail(error: Exception) -> str:
    return str(getattr(error, "detail", "")) or translate("Bridge", "The last ones are still shown; the log says more.")
