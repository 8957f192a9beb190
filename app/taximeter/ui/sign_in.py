"""The window for signing in: with a code on a page of the company's, or with a token that is pasted.

It asks nobody before it has said whom, opens no page by itself, and holds no secret longer than a step takes.
"""

from __future__ import annotations

from dataclasses import replace
from functools import partial

from PySide6.QtCore import QCoreApplication, Qt, QTimer, QUrl
from PySide6.QtGui import QCloseEvent, QDesktopServices, QFontDatabase, QGuiApplication
from PySide6.QtWidgets import QHBoxLayout, QLayout, QLineEdit, QPushButton, QVBoxLayout

from taximeter.ledger.readmodels import Snapshot
from taximeter.ledger.readmodels_service import ServiceStanding
from taximeter.ui.bridge import Bridge
from taximeter.ui.desk import Desk, TroubleSeen
from taximeter.ui.sentences import trouble_words
from taximeter.ui.sign_in_view import SignInView, Stage, State, sign_in_view
from taximeter.ui.signing_in import Connected, Ended, Granted, Offer, Place, Waiting
from taximeter.ui.surface import Card, Sheet, column
from taximeter.ui.words import LARGE, SMALL, TITLE, Link, Tone, Words, scaled

translate = QCoreApplication.translate

WIDTH_EM = 29
TICK_MS = 1000
COPIED_MS = 2000


class SignInWindow(Card):
    """Walks through one sign-in; closing it ends the waiting, and the code runs out by itself."""

    def __init__(self, desk: Desk, bridge: Bridge, flags: Qt.WindowType = Qt.WindowType.Window) -> None:
        super().__init__(flags)
        self._desk = desk
        self._bridge = bridge
        self._steps = desk.sign_in
        self.state = State()
        self._granted: Granted | None = None
        self._standing: ServiceStanding | None = None
        self._next = QTimer(self, singleShot=True)
        self._next.timeout.connect(self._on_next)
        self._tick = QTimer(self, interval=TICK_MS)
        self._tick.timeout.connect(self._show)
        self._copied = QTimer(self, singleShot=True, interval=COPIED_MS)
        self._copied.timeout.connect(self._on_copied_long_ago)
        self._make()
        self._lay_out()
        self._show()

    def _make(self) -> None:
        self.title = Words(scale=TITLE, bold=True, wrap=True)
        self.about = Words(tone=Tone.MUTE, wrap=True)
        self.note = Words(tone=Tone.MUTE, scale=SMALL, wrap=True)
        self.where = Words(wrap=True)
        self.code = QLineEdit(readOnly=True)
        self.code.setFont(scaled(QFontDatabase.systemFont(QFontDatabase.SystemFont.FixedFont), LARGE, bold=True))
        self.code.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.left = Words(tone=Tone.MUTE, scale=SMALL)
        self.token = QLineEdit()
        self.token.setEchoMode(QLineEdit.EchoMode.Password)
        self.token.setPlaceholderText(translate("SignIn", "Token"))
        self.token.setAccessibleName(translate("SignIn", "Token, not shown"))
        self.token.returnPressed.connect(self._on_act)
        self.status = Words(wrap=True)
        self.open = QPushButton(translate("SignIn", "Open the page"))
        self.open.clicked.connect(self._on_open)
        self.copy = QPushButton(translate("SignIn", "Copy the code"))
        self.copy.clicked.connect(self._on_copy)
        self.act = QPushButton()
        self.act.clicked.connect(self._on_act)
        self.out = QPushButton()
        self.out.clicked.connect(self._on_out)
        self.other = Link(scale=SMALL)
        self.other.clicked.connect(self._on_other)
        self.away = QPushButton()
        self.away.clicked.connect(self.close)
        for button in (self.open, self.copy, self.act, self.out, self.away):
            button.setAutoDefault(False)

    def _lay_out(self) -> None:
        em = self.fontMetrics().height()
        body = Sheet(em * WIDTH_EM)
        layout = column(body)
        layout.setSpacing(round(em * 0.5))
        for part in (self.title, self.about, self.note, self.where, self.code):
            layout.addWidget(part)
        under = QHBoxLayout()
        under.addWidget(self.left, 1)
        under.addWidget(self.copy)
        under.addWidget(self.open)
        layout.addLayout(under)
        for below in (self.token, self.status, self.other):
            layout.addWidget(below)
        layout.addSpacing(round(em * 0.4))
        verbs = QHBoxLayout()
        verbs.addWidget(self.act)
        verbs.addWidget(self.out)
        verbs.addStretch(1)
        verbs.addWidget(self.away)
        layout.addLayout(verbs)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(round(em * 1.3), em, round(em * 1.3), em)
        outer.setSizeConstraint(QLayout.SizeConstraint.SetFixedSize)
        outer.addWidget(body)

    def begin(self) -> None:
        """Look at what is set, and ask the service how people sign in."""
        self._ask(self._steps.connected, self._on_connected)

    def follow(self, snapshot: Snapshot) -> None:
        """Show what the newest poll told, once somebody is signed in."""
        self._standing = snapshot.service
        if self.state.stage is Stage.DONE:
            self._show()

    def show_state(self, state: State) -> None:
        """Show a state as it is, as a gallery does."""
        self.state = state
        self._show()

    def _ask(self, work: object, deliver: object) -> None:
        self._bridge.ask(self, self._steps.submit, work, deliver, self._on_trouble)  # type: ignore[arg-type]

    def _become(self, **fields: object) -> None:
        self.state = replace(self.state, **{"trouble": "", **fields})  # type: ignore[arg-type]
        self._show()

    def _on_connected(self, connected: Connected | None) -> None:
        if connected is None:
            self._become(stage=Stage.NOTHING)
            return
        self._become(connected=connected)
        self._ask(self._steps.offer, self._on_offer)

    def _on_offer(self, offer: Offer) -> None:
        self._become(stage=Stage.READY, offer=offer, by_code=offer.device and offer.preferred)
        (self.act if self.state.by_code else self.token).setFocus()

    def _on_act(self) -> None:
        state = self.state
        if state.stage is Stage.UNKEPT and self._granted is not None:
            self._keep(self._granted, in_memory=False)
        elif state.stage not in (Stage.READY, Stage.ENDED, Stage.OUT):
            return
        elif state.by_code:
            self._become(stage=Stage.BUSY)
            self._ask(self._steps.begin, self._on_step)
        elif state.connected is not None:
            self._on_token(state.connected.origin, self.token.text().strip())

    def _on_token(self, origin: str, typed: str) -> None:
        if not typed:
            self._become(trouble=translate("SignIn", "Paste the token that your company gave you."))
            self.token.setFocus()
            return
        self.token.clear()
        self._keep(Granted(origin, typed), in_memory=False)

    def _on_step(self, step: Waiting | Granted | Ended) -> None:
        if isinstance(step, Granted):
            self._keep(step, in_memory=False)
        elif isinstance(step, Ended):
            self._become(stage=Stage.ENDED, ended=step, waiting=None)
        else:
            first = self.state.waiting is None
            self._become(stage=Stage.CODE, waiting=step)
            self._next.start(max(0, step.ask_at - self._desk.now()))
            if first:
                self.copy.setFocus()

    def _on_next(self) -> None:
        waiting = self.state.waiting
        if self.state.stage is Stage.CODE and waiting is not None:
            self._ask(partial(self._steps.ask, waiting), self._on_step)

    def _keep(self, granted: Granted, *, in_memory: bool) -> None:
        self._granted = granted
        self._become(stage=Stage.KEEPING, waiting=None, chosen=in_memory)
        self._ask(partial(self._steps.keep, granted, in_memory), self._on_kept)

    def _on_kept(self, place: Place) -> None:
        self._granted = None
        self._become(stage=Stage.DONE, place=place, done_at=self._desk.now())
        self.away.setFocus()
        self._bridge.ledger_changed.emit()

    def _on_trouble(self, trouble: TroubleSeen) -> None:
        words = trouble_words(trouble)
        if self.state.stage is Stage.KEEPING:
            self._become(stage=Stage.UNKEPT, trouble=words)
        elif self.state.stage is Stage.LOOKING and self.state.connected is None:
            self._become(stage=Stage.NOTHING, trouble=words)
        else:
            self._become(stage=Stage.READY, trouble=words)

    def _on_other(self) -> None:
        if self.state.stage is Stage.UNKEPT and self._granted is not None:
            self._keep(self._granted, in_memory=True)
            return
        self._become(stage=Stage.READY, by_code=not self.state.by_code)
        (self.act if self.state.by_code else self.token).setFocus()

    def _on_out(self) -> None:
        self._ask(self._steps.forget, self._on_forgotten)

    def _on_forgotten(self, _nothing: None) -> None:
        if self.state.connected is not None:
            self._become(stage=Stage.OUT, connected=replace(self.state.connected, place=Place.NOWHERE))
        self._bridge.ledger_changed.emit()

    def _on_open(self) -> None:
        if self.state.waiting is not None:
            QDesktopServices.openUrl(QUrl(self.state.waiting.page_complete or self.state.waiting.page))

    def _on_copy(self) -> None:
        if self.state.waiting is not None:
            QGuiApplication.clipboard().setText(self.state.waiting.code)
            self.copy.setText(translate("SignIn", "Copied"))
            self._copied.start()

    def _on_copied_long_ago(self) -> None:
        self.copy.setText(translate("SignIn", "Copy the code"))

    def closeEvent(self, event: QCloseEvent) -> None:
        for timer in (self._next, self._tick, self._copied):
            timer.stop()
        self.state = replace(self.state, waiting=None)
        super().closeEvent(event)

    def _show(self) -> None:
        view = sign_in_view(self.state, self._desk.now(), self._standing)
        self.setWindowTitle(view.title)
        texts = ((self.title, view.title), (self.about, view.about), (self.note, view.note), (self.where, view.where),
                 (self.left, view.left), (self.status, view.status))  # fmt: skip
        for words, text in texts:
            words.setText(text)
            words.setVisible(bool(text))
        self.status.set_tone(Tone.ACT if view.alarming else Tone.INK)
        buttons = ((self.act, view.act), (self.out, view.out), (self.away, view.away))
        for button, text in buttons:
            button.setText(text)
            button.setVisible(bool(text))
        self.other.set_text(view.other)
        self.other.setVisible(bool(view.other))
        self._show_code(view)

    def _show_code(self, view: SignInView) -> None:
        if view.code != self.code.text():
            self.code.setText(view.code)
            self.code.setAccessibleName(translate("SignIn", "The code: {code}").format(code=view.code))
        for part in (self.code, self.copy, self.open):
            part.setVisible(bool(view.code))
        self.token.setVisible(view.asks_token)
        if bool(view.code) != self._tick.isActive():
            self._tick.start() if view.code else self._tick.stop()
