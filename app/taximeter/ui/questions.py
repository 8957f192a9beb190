"""The open questions: which window and which notifications show them, and where their answers go."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer, Signal
from PySide6.QtWidgets import QApplication

from taximeter.domain.launch import Answer, Question, Rule
from taximeter.domain.thresholds import Thresholds
from taximeter.ui.bridge import Bridge
from taximeter.ui.desk import (
    ActivationGiven,
    Desk,
    EpisodeActed,
    NoticeSeen,
    NoticeUntold,
    QuestionsChanged,
    QuestionWanted,
)
from taximeter.ui.episode_words import PREFIX
from taximeter.ui.figures import Figures
from taximeter.ui.notices import OPEN, answer_in, notice_bubble, notice_line, question_bubble
from taximeter.ui.notifications import Notifications, Notifying
from taximeter.ui.told import question_in_language

if TYPE_CHECKING:
    from taximeter.ui.question import QuestionWindow


class Questions(QObject):
    """A question opens the window once; closed, it waits at the icon until it is asked for again."""

    waiting_changed = Signal()
    notice_untold = Signal(str)
    more_asked = Signal(str, str)
    """More of a quota is asked for from a question, with its project."""

    def __init__(self, desk: Desk, bridge: Bridge, figures: Figures, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._desk = desk
        self._bridge = bridge
        self._figures = figures
        self._named = False
        self._locked = self._held_back = False
        self._open: tuple[Question, ...] = ()
        self._seen: set[str] = set()
        self._answered: dict[str, int] = {}
        self._untold: dict[str, str] = {}
        self._window: QuestionWindow | None = None
        self._closing: list[QObject | None] = []
        acting = _Acting(desk, bridge)
        self._notifications: Notifying = Notifications(acting.acted, acting.untold)

    @property
    def notifications(self) -> Notifying:
        """Where everything is told: one thread, one connection."""
        return self._notifications

    @property
    def waiting(self) -> int:
        """How many questions wait for an answer."""
        return len(self._open)

    def show_changes(self, change: object) -> None:
        """Follow the guard: show new questions, let open ones grow, say what became of those that went."""
        if not isinstance(change, QuestionsChanged):
            return
        listed = {one.id: one for one in change.questions}
        # An answer is on its way; until the guard has it the question is still listed.
        self._answered = {name: at for name, at in self._answered.items()
                          if name in listed and listed[name].asked_at == at}  # fmt: skip
        shown = tuple(question_in_language(one) for one in change.questions if one.id not in self._answered)
        self._show(shown, dict(change.ended), set())

    def _show(self, questions: tuple[Question, ...], ended: dict[str, Answer], answered: set[str]) -> None:
        before, self._open = self._open, questions
        names = {one.id for one in questions}
        fresh = names - self._seen
        self._seen = names
        self._notify(before)
        self._held_back = bool(questions) and (self._held_back or (self._locked and bool(fresh)))
        if self._window is None and fresh and not self._locked:
            self._window = self._new_window()
        if self._window is not None:
            self._window.show_questions(questions, ended, answered)
            if fresh and not self._locked:
                self._come_forward()
        if len(before) != len(questions):
            self.waiting_changed.emit()

    def set_locked(self, locked: bool) -> None:
        """While the screen is locked no window comes to the front; what was asked meanwhile waits behind it."""
        self._locked = locked
        if not locked and self._held_back:
            self._held_back = False
            if self._window is None:
                self._window = self._new_window()
                self._window.show_questions(self._open, {}, set())
            self._come_forward()

    def _come_forward(self) -> None:
        """To the front, without the keyboard."""
        if self._window is not None:
            self._window.show()
            self._window.raise_()
            # Where a program may not raise a window, its entry in the panel asks for attention instead.
            QApplication.alert(self._window)

    def show_notice(self, seen: object) -> None:
        """Tell of a launch that runs, in a notification; without a server in the popover."""
        if isinstance(seen, NoticeSeen):
            bubble = notice_bubble(seen.notice, self._figures, named=self._named)
            self._untold = {bubble.key: notice_line(seen.notice, self._figures)}
            self._notifications.show(bubble)

    def show_untold(self, untold: object) -> None:
        """Tell in a window what no notification could."""
        if isinstance(untold, NoticeUntold) and untold.key in self._untold:
            self.notice_untold.emit(self._untold.pop(untold.key))

    def follow(self, figures: Figures, *, named: bool) -> None:
        """Write figures in another way; ``named`` lets projects and amounts stand in notifications."""
        told_otherwise = (named, figures.hidden) != (self._named, self._figures.hidden)
        self._figures, self._named = figures, named
        if told_otherwise:
            self._notify(())
        if self._window is not None:
            self._window.follow_figures(figures)

    def open(self) -> None:
        """Bring the questions that wait to the front; asked for, the window takes the keyboard."""
        if not self._open:
            return
        if self._window is None:
            self._window = self._new_window()
            self._window.show_questions(self._open, {}, set())
        self._window.show()
        self._window.raise_()
        self._window.activateWindow()

    def open_anew(self) -> None:
        """Say everything again, in another language."""
        self._notify(())
        if self._window is not None:
            place, shown = self._window.pos(), self._window.isVisible()
            self._window.close()
            if self._open and shown:
                self._window = self._new_window()
                self._window.show_questions(self._open, {}, set())
                self._window.move(place)
                self._window.show()

    def close(self) -> None:
        """Close the window and withdraw the notifications; the app is ending. Nothing is answered by it."""
        if self._window is not None:
            self._window.close()
        self._notifications.stop()

    def _new_window(self) -> QuestionWindow:
        from taximeter.ui.question import QuestionWindow

        window = QuestionWindow(self._desk.now, self._figures)
        window.answered.connect(self._on_answered)
        window.raised.connect(self._on_raised)
        window.more_asked.connect(self.more_asked)
        window.closed.connect(self._on_closed)
        return window

    def _notify(self, before: tuple[Question, ...]) -> None:
        names = {one.id for one in self._open}
        for gone in before:
            if gone.id not in names:
                self._notifications.withdraw(gone.id)
        for question in self._open:
            if question not in before:
                bubble = question_bubble(question, self._desk.now(), self._figures, named=self._named)
                self._notifications.show(bubble)

    def _on_answered(self, name: str, answer: Answer) -> None:
        self._desk.answer(name, answer)
        self._answered |= {one.id: one.asked_at for one in self._open if one.id == name}
        self._show(tuple(one for one in self._open if one.id != name), {}, {name})

    def _on_raised(self, rule: Rule, higher: Thresholds) -> None:
        # What it changed is read again once the settings' change is announced.
        self._bridge.read(self, partial(self._desk.raise_threshold, rule, higher), lambda _: None)

    def _on_closed(self) -> None:
        # Qt is in the middle of the event that closed it; without a reference it would be freed at once.
        self._closing.append(self._window)
        QTimer.singleShot(0, self._closing.clear)
        self._window = None


class _Acting:
    """What a pressed notification does, in the notifications' thread: no Qt object is touched there but the bridge."""

    def __init__(self, desk: Desk, bridge: Bridge) -> None:
        self._answer = desk.answer
        self._post = bridge.post

    def acted(self, key: str, action: str, token: str = "") -> None:
        """An action was pressed; closing a notification is none. The token lets a window come to the front."""
        answer = answer_in(action)
        if token:
            self._post(ActivationGiven(token))
        if key.startswith(PREFIX):
            self._post(EpisodeActed(key, action))
        elif action == OPEN:
            self._post(QuestionWanted())
        elif answer is not None:
            self._answer(key, answer)

    def untold(self, key: str) -> None:
        """A notification is not shown."""
        self._post(NoticeUntold(key))
