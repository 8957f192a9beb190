"""The question's window: comes to the front without taking the keyboard, and lets nobody answer by accident.

Closing it answers nothing; the questions then wait at the icon.
"""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QCoreApplication, QEvent, QObject, Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QFrame, QScrollArea, QVBoxLayout, QWidget

from taximeter.domain.launch import Answer, Question
from taximeter.ui import question_words as words
from taximeter.ui.figures import SECOND, Figures
from taximeter.ui.question_panel import QuestionPanel, stacked
from taximeter.ui.question_verbs import KEYS
from taximeter.ui.surface import Card, rule

translate = QCoreApplication.translate

SETTLE_MS = 1000
"""What is typed in the first second was meant for the window that was in front before."""
WIDTH_EM = 30
SCREEN_SHARE = 0.85
"""More questions than fit on this much of the screen's height are scrolled."""


class QuestionWindow(Card):
    """All open questions below each other, the oldest on top.

    How it comes to the front: on X11 the window is mapped with a user time of 0, so that the window
    manager leaves the focus where it is, and kept above the others, since many managers open such a
    window behind the active one. Windows shows it without activation (SW_SHOWNOACTIVATE), topmost;
    macOS orders it front without making it key. On Wayland a program can neither raise a window nor
    refuse the focus: the compositor decides, and the first second's deafness to keys is what protects.
    """

    answered = Signal(str, object)
    raised = Signal(object, object)
    """See ``QuestionPanel.raised``."""
    more_asked = Signal(str, str)
    """See ``QuestionPanel.more_asked``."""

    def __init__(self, now: Callable[[], int], figures: Figures) -> None:
        super().__init__(Qt.WindowType.Window | Qt.WindowType.WindowStaysOnTopHint, on_paper=True)
        self._now = now
        self._figures = figures
        self._panels: dict[str, QuestionPanel] = {}
        self._rules: dict[str, QFrame] = {}
        self.setAttribute(Qt.WidgetAttribute.WA_ShowWithoutActivating)
        # The window itself holds the focus at first: no verb is one key away.
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setFocus()
        self._settling = QTimer(self)
        self._settling.setSingleShot(True)
        self._tick = QTimer(self)
        self._tick.setSingleShot(True)
        self._tick.timeout.connect(self._on_tick)
        self._lay_out()

    def _lay_out(self) -> None:
        self._body = QWidget()
        self._stack = stacked(self._body)
        self._scroll = QScrollArea()
        self._scroll.setFrameShape(QFrame.Shape.NoFrame)
        self._scroll.setWidgetResizable(True)
        self._scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._scroll.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._scroll.setWidget(self._body)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.addWidget(self._scroll)

    @property
    def panels(self) -> tuple[QuestionPanel, ...]:
        """What stands in it, from the top."""
        return tuple(self._panels.values())

    def show_questions(self, questions: tuple[Question, ...], ended: dict[str, Answer], answered: set[str]) -> None:
        """Show those that are open; say what became of those that went unless they were ``answered`` here."""
        now = self._now()
        open_now = {one.id for one in questions}
        for name, panel in tuple(self._panels.items()):
            if name not in open_now and name in answered:
                self._remove(name)
            elif name not in open_now and panel.is_open:
                panel.show_outcome(*_outcome(panel.question, ended.get(name), now))
        for question in questions:
            if question.id in self._panels and not self._panels[question.id].is_open:
                self._remove(question.id)  # asked again while it is still told what became of it
            if question.id not in self._panels:
                self._add(question)
            self._panels[question.id].show_question(question, now, self._figures)
        self._arrange()

    def follow_figures(self, figures: Figures) -> None:
        """Write figures in another way, as when numbers are hidden."""
        if figures == self._figures:
            return
        self._figures = figures
        for panel in self._panels.values():
            if panel.is_open:
                panel.show_question(panel.question, self._now(), figures)
        self._arrange()

    def _add(self, question: Question) -> None:
        panel = QuestionPanel(question)
        panel.answered.connect(self.answered)
        panel.raised.connect(self.raised)
        panel.more_asked.connect(self.more_asked)
        panel.done.connect(self._on_done)
        for control in panel.controls():
            control.installEventFilter(self)
        self._rules[question.id] = rule()
        self._stack.addWidget(self._rules[question.id])
        self._stack.addWidget(panel)
        panel.show()  # in an open window Qt would do so only later, and until then give it no room
        self._panels[question.id] = panel

    def _remove(self, name: str) -> None:
        panel = self._panels.pop(name)
        if any(control.hasFocus() for control in panel.controls()):
            self.setFocus()
        for gone in (panel, self._rules.pop(name)):
            gone.hide()
            self._stack.removeWidget(gone)
            gone.deleteLater()

    def _arrange(self) -> None:
        if not self._panels:
            self.close()
            return
        for at, line in enumerate(self._rules.values()):
            line.setVisible(at > 0)
        waiting = [panel for panel in self._panels.values() if panel.is_open]
        title = translate("Question", "{n} launches wait for an answer").format(n=len(waiting))
        self.setWindowTitle(title if len(waiting) > 1 else next(iter(self._panels.values())).title.text())
        self._fit()
        self._schedule()

    def _fit(self) -> None:
        width = self.fontMetrics().height() * WIDTH_EM
        self._body.setFixedWidth(width)
        for panel in self._panels.values():
            panel.settle()
        self._stack.invalidate()
        self._stack.activate()
        height = self._stack.totalHeightForWidth(width)
        room = round(self.screen().availableGeometry().height() * SCREEN_SHARE)
        bar = self._scroll.verticalScrollBar().sizeHint().width() if height > room else 0
        self.setFixedSize(width + bar, min(height, room))

    def _schedule(self) -> None:
        now = self._now()
        left = [panel.question.ends_at - now for panel in self._panels.values() if panel.is_open]
        running = [span for span in left if span > 0]
        if running:
            self._tick.start(min(span % SECOND or SECOND for span in running) + 1)
        else:
            self._tick.stop()

    def _on_tick(self) -> None:
        now = self._now()
        for panel in self._panels.values():
            if panel.is_open:
                panel.count_down(now)
        self._schedule()

    def _on_done(self, name: str) -> None:
        if name in self._panels:
            self._remove(name)
            self._arrange()

    def event(self, event: QEvent) -> bool:
        if event.type() in (QEvent.Type.Show, QEvent.Type.WindowActivate):
            self._settling.start(SETTLE_MS)
        return super().event(event)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if self._settling.isActive() and isinstance(event, QKeyEvent) and event.key() in KEYS:
            return True
        return super().eventFilter(watched, event)


def _outcome(question: Question, answer: Answer | None, now: int) -> tuple[str, str]:
    if answer is not None:
        return words.outcome(question, answer)
    return words.default_applied(question) if now >= question.ends_at else words.gone()
