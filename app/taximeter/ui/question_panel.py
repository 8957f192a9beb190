"""One question in the window: what starts, what it costs and leaves, why it is asked, and the verbs."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication, QObject, QRectF, QSize, Qt, QTimer, Signal
from PySide6.QtGui import QFontMetrics, QMoveEvent, QPainter, QPaintEvent, QPalette, QPen
from PySide6.QtWidgets import QCheckBox, QGridLayout, QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from taximeter.domain.launch import Question, Verb
from taximeter.ui import question_words as words
from taximeter.ui.ask_more_view import can_ask
from taximeter.ui.colours import colours_of, paint_colour
from taximeter.ui.figures import Figures, sentence
from taximeter.ui.question_bar import LaunchBar
from taximeter.ui.question_verbs import VerbButton
from taximeter.ui.question_view import answer_of, question_view
from taximeter.ui.sentences import named
from taximeter.ui.surface import column, row
from taximeter.ui.words import SMALL, TITLE, Link, Tone, Words

translate = QCoreApplication.translate

LINE_EM = 25
"""The room for the text of a check box."""
OUTCOME_MS = 5000
"""How long it is told what happened to a question that nobody answered here."""


class Pill(Words):
    """A short text in a rounded frame."""

    def __init__(self) -> None:
        super().__init__(scale=SMALL, right=True)
        self.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)

    def sizeHint(self) -> QSize:
        metrics = self.fontMetrics()
        return QSize(metrics.horizontalAdvance(self.text()) + metrics.height(), metrics.height() + 6)

    def minimumSizeHint(self) -> QSize:
        return self.sizeHint()

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QPen(paint_colour(colours_of(self.palette()).mute), 1))
        box = QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5)
        painter.drawRoundedRect(box, box.height() / 2, box.height() / 2)
        painter.end()
        super().paintEvent(event)


class QuestionPanel(QWidget):
    """Filled again in place while it is open; tells the answer, and when its outcome was shown long enough."""

    answered = Signal(str, object)
    raised = Signal(object, object)
    """The rule, and the thresholds that were taken together with ``run``; told before the answer."""
    more_asked = Signal(str, str)
    """More of the quota of that id is asked for, with the project; the question keeps waiting."""
    done = Signal(str)

    def __init__(self, question: Question) -> None:
        super().__init__()
        self.question = question
        self.title = Words(scale=TITLE * 1.1, bold=True, wrap=True)
        self.pill = Pill()
        self.origin = Words(tone=Tone.MUTE, wrap=True)
        self.bar = LaunchBar()
        self.reasons = Words(wrap=True)
        self.basis = Words(tone=Tone.MUTE, scale=SMALL, wrap=True)
        self.company = Words(wrap=True)
        self.outcome = Words(wrap=True)
        self.again = QCheckBox(translate("Question", "Don't ask again in this session"))
        self.higher = QCheckBox()
        self.higher.setToolTip(translate("Question", "It counts for every launch, once you let this one run. "
                                         "It stands in the settings, where you can change it back."))  # fmt: skip
        self.higher.setAccessibleDescription(self.higher.toolTip())
        self.verbs = {verb: VerbButton() for verb in (Verb.STOP, Verb.LIMIT, Verb.RUN)}
        for button in self.verbs.values():
            button.clicked.connect(self._on_clicked)
        self.more = Link(translate("Question", "Ask for more"))
        self.more.clicked.connect(self._on_more)
        self._linger = QTimer(self)
        self._linger.setSingleShot(True)
        self._linger.timeout.connect(self._on_lingered)
        self._lay_out()

    def _lay_out(self) -> None:
        em = self.fontMetrics().height()
        layout = column(self)
        layout.setContentsMargins(round(em * 1.3), em, round(em * 1.3), em)
        layout.setSpacing(round(em * 0.35))
        head = row(self.title, self.pill)
        head.setAlignment(self.pill, Qt.AlignmentFlag.AlignTop)
        layout.addLayout(head)
        layout.addWidget(self.origin)
        layout.addWidget(self.outcome)
        layout.addSpacing(round(em * 0.4))
        layout.addLayout(self._figures())
        layout.addWidget(self.bar)
        layout.addSpacing(round(em * 0.3))
        layout.addWidget(self.reasons)
        layout.addWidget(self.basis)
        layout.addWidget(self.company)
        layout.addSpacing(round(em * 0.4))
        layout.addLayout(self._verb_row())
        layout.addWidget(self.again)
        layout.addWidget(self.higher)
        self.outcome.hide()

    def _figures(self) -> QGridLayout:
        self.launch_name = Words(translate("Question", "This launch"))
        self.left_name = Words()
        self.launch = Words(bold=True, right=True, wrap=True)
        self.left = Words(bold=True, right=True, wrap=True)
        grid = QGridLayout()
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setVerticalSpacing(2)
        grid.setColumnStretch(1, 1)
        for at, (name, value) in enumerate(((self.launch_name, self.launch), (self.left_name, self.left))):
            name.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
            grid.addWidget(name, at, 0, Qt.AlignmentFlag.AlignTop)
            grid.addWidget(value, at, 1)
            name.setBuddy(value)
        return grid

    def _verb_row(self) -> QHBoxLayout:
        verbs = QHBoxLayout()
        em = self.fontMetrics().height()
        for button in self.verbs.values():
            button.setMinimumSize(em * 5, round(em * 2.1))
            verbs.addWidget(button)
        verbs.addStretch(1)
        verbs.addWidget(self.more)
        return verbs

    @property
    def is_open(self) -> bool:
        """Whether it still takes an answer."""
        return self.outcome.isHidden()

    def controls(self) -> tuple[QWidget, ...]:
        """Everything that the keyboard reaches while it is shown, in its order."""
        return (*self.verbs.values(), self.more, self.again, self.higher)

    def show_question(self, question: Question, now: int, figures: Figures) -> None:
        """Show a question as it is now. What a verb means may change; its button then rests."""
        if question.offer != self.question.offer:
            self.higher.setChecked(False)  # what it was checked for is no longer what it says
        self.question = question
        view = question_view(question, now, figures)
        texts = ((self.title, view.title), (self.origin, view.origin), (self.launch, view.launch),
                 (self.left_name, view.left_name), (self.left, view.left), (self.reasons, view.reasons),
                 (self.basis, view.basis), (self.company, view.company))  # fmt: skip
        for part, text in texts:
            part.setText(text)
            part.setVisible(bool(text))
        self.origin.setToolTip(view.full_origin)
        self.launch.setAccessibleName(named(self.launch_name.text(), view.launch))
        self.left.setAccessibleName(named(view.left_name, view.left))
        self.bar.setVisible(view.bar is not None)
        if view.bar is not None:
            self.bar.show_view(view.bar)
        offered = {one.verb: one for one in view.verbs}
        for verb, button in self.verbs.items():
            self._show(button, shown=verb in offered)
            if verb in offered:
                button.show_view(offered[verb])
        binding = question.verdict.binding
        self._show(self.more, shown=binding is not None and can_ask(binding.quota))
        # A check box breaks no line of itself.
        lines = in_lines(view.higher, self.fontMetrics(), self.fontMetrics().height() * LINE_EM)
        self.higher.setText(lines.replace("&", "&&"))
        self.higher.setAccessibleName(view.higher)
        self._show(self.higher, shown=bool(view.higher))
        for box in (self.again, self.higher):
            box.setPalette(visible_frame(self.palette()))
        self.count_down(now)

    def _show(self, control: QWidget, *, shown: bool) -> None:
        if not shown and control.hasFocus():
            self.window().setFocus()  # else Qt would move the focus on to the next one, such as a verb
        control.setVisible(shown)

    def count_down(self, now: int) -> None:
        """Say how long it still waits; after that it takes no answer, since the default is being applied."""
        left = words.countdown(self.question, now)
        self.pill.setText(left)
        self.pill.setAccessibleName(sentence(left))
        self.pill.updateGeometry()
        for button in self.verbs.values():
            button.hold(now >= self.question.ends_at)

    def settle(self) -> None:
        """Take the room that what is shown needs, before the event loop would see to it."""
        layout = self.layout()
        if layout is not None:
            layout.activate()
        self.updateGeometry()

    def rest(self) -> None:
        """Let no verb take a press for a moment."""
        for button in self.verbs.values():
            button.rest()

    def wake(self) -> None:
        """Let the verbs take presses again at once, as in a picture."""
        for button in self.verbs.values():
            button.wake()

    def show_outcome(self, title: str, text: str) -> None:
        """Say what happened in place of the question, and be done a few seconds later."""
        self.title.setText(title)
        self.origin.setText(words.launched(self.question))
        self.outcome.setText(text)
        self.outcome.show()
        parts = (self.pill, self.launch_name, self.launch, self.left_name, self.left, self.bar, self.reasons,
                 self.basis, self.company, *self.controls())  # fmt: skip
        if any(control.hasFocus() for control in self.controls()):
            self.window().setFocus()
        for part in parts:
            part.hide()
        self._linger.start(OUTCOME_MS)

    def moveEvent(self, event: QMoveEvent) -> None:
        super().moveEvent(event)
        self.rest()

    def _on_clicked(self) -> None:
        button: QObject = self.sender()
        # A screen reader presses without a mouse or a key, so it is looked at here as well.
        if isinstance(button, VerbButton) and button.view is not None and not button.is_resting:
            question = self.question
            if button.view.verb is Verb.RUN and question.offer is not None and self.higher.isChecked():
                self.raised.emit(question.verdict.findings[0].rule, question.offer)
            self.answered.emit(self.question.id, answer_of(button.view, for_session=self.again.isChecked()))

    def _on_more(self) -> None:
        binding = self.question.verdict.binding
        if binding is not None:
            self.more_asked.emit(binding.quota.id, self.question.project)

    def _on_lingered(self) -> None:
        self.done.emit(self.question.id)


def in_lines(text: str, metrics: QFontMetrics, width: int) -> str:
    """The text with line breaks at its spaces, so that each line fits the width where its words do."""
    lines: list[str] = []
    for word in text.split(" "):
        longer = f"{lines[-1]} {word}" if lines else word
        if lines and metrics.horizontalAdvance(longer) <= width:
            lines[-1] = longer
        else:
            lines.append(word)
    return "\n".join(lines)


def visible_frame(palette: QPalette) -> QPalette:
    """A palette with which a style that derives the frame of a check box from the window's colour shows one."""
    changed = QPalette(palette)
    changed.setColor(QPalette.ColorRole.Window, paint_colour(colours_of(palette).mute))
    return changed


def stacked(parent: QWidget) -> QVBoxLayout:
    """A column in which questions stand below each other, the oldest on top."""
    layout = column(parent)
    layout.setSpacing(0)
    return layout
