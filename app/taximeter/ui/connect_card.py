"""The card that connects the company's service: its address, what it is, what it pays for, and then signing in."""

from __future__ import annotations

from collections.abc import Mapping
from functools import partial

from PySide6.QtCore import QCoreApplication, Signal
from PySide6.QtWidgets import (
    QCheckBox,
    QComboBox,
    QFrame,
    QHBoxLayout,
    QLineEdit,
    QPushButton,
    QRadioButton,
    QVBoxLayout,
    QWidget,
)

from taximeter.ui.bridge import Bridge
from taximeter.ui.connect_view import (
    connected_words,
    found_words,
    no_agent_chosen,
    nothing_chosen,
    offers_sign_in,
    place_words,
    sign_in_verb,
)
from taximeter.ui.desk import TroubleSeen
from taximeter.ui.sentences import joined, trouble_words
from taximeter.ui.signing_in import Choice, Connected, Probe, SignIn
from taximeter.ui.surface import column, heading, outlined, row
from taximeter.ui.words import SMALL, Tone, Words

translate = QCoreApplication.translate


class ConnectCard(QFrame):
    """Asks an address what it is only on a click, and writes the settings only on another."""

    sign_in_asked = Signal()
    connected = Signal()

    def __init__(self, steps: SignIn, bridge: Bridge, before: QWidget, em: int, names: Mapping[str, str]) -> None:
        """``before`` is the control from which Tab leads into the card; ``names`` are those of agents, by id."""
        super().__init__()
        self._steps = steps
        self._bridge = bridge
        self._names = names
        self._probe: Probe | None = None
        self._key: object = None
        self.agents: dict[str, QCheckBox] = {}
        self.setFrameShape(QFrame.Shape.StyledPanel)
        self._make()
        layout = QVBoxLayout(self)
        layout.setContentsMargins(em, round(em * 0.6), em, round(em * 0.8))
        layout.addWidget(heading(translate("Connect", "Connect your company's service")))
        layout.addWidget(self.about)
        layout.addWidget(self.form)
        layout.addWidget(self.standing)
        layout.addWidget(self.said)
        self._fill_form(em)
        self._fill_standing()
        self._before: QWidget | None = before
        self._show(None)

    @property
    def last(self) -> QWidget:
        """The control from which Tab leads on."""
        return self.sign_in

    def _make(self) -> None:
        self.about = Words(
            translate("Connect", "If your company runs a budget service, Taximeter shows what is left of your quota. "
                      "The address is asked what it is, without saying who asks. No prompt, project or file name is "
                      "ever sent by itself; a service that sets amounts aside is told one, and how many agents start, "
                      "of each launch that you let go."),
            tone=Tone.MUTE, scale=SMALL, wrap=True,
        )  # fmt: skip
        self.form, self.details, self.standing = QWidget(), QWidget(), QWidget()
        self.address = QLineEdit()
        self.address.setPlaceholderText("https://budget.example.com")
        self.address.setAccessibleName(translate("Connect", "Address of the service"))
        self.address.returnPressed.connect(self._on_look)
        self.address.textEdited.connect(self._forget_probe)
        self.look = QPushButton(translate("Connect", "Look"))
        self.look.setAccessibleName(translate("Connect", "Look what answers at the address"))
        self.look.clicked.connect(self._on_look)
        self.found = Words(scale=SMALL, wrap=True)
        self.kind = QComboBox()
        self.kind.setAccessibleName(translate("Connect", "What it is"))
        for kind, name in self._steps.kinds:
            self.kind.addItem(name, kind)
        self.name = QLineEdit()
        self.name.setPlaceholderText(translate("Connect", "What you call it"))
        self.name.setAccessibleName(translate("Connect", "What you call the service"))
        self.pays = heading(translate("Connect", "It pays for"))
        self.everything = QRadioButton(translate("Connect", "Everything that agents do here"))
        self.some = QRadioButton(translate("Connect", "These agents alone"))
        self.some.toggled.connect(self._show_agents)
        self.connect_it = QPushButton(translate("Connect", "Connect and sign in"))
        self.connect_it.clicked.connect(self._on_connect)
        self.where = Words(wrap=True)
        self.sign_in = QPushButton(translate("Connect", "Sign in"))
        self.sign_in.clicked.connect(self.sign_in_asked)
        self.said = Words(scale=SMALL, wrap=True)
        self.said.setVisible(False)

    def _fill_form(self, em: int) -> None:
        line = QHBoxLayout()
        line.addWidget(self.address, 1)
        line.addWidget(self.look)
        layout = column(self.form)
        layout.setSpacing(round(em * 0.4))
        layout.addLayout(line)
        layout.addWidget(self.found)
        layout.addWidget(self.details)
        inner = column(self.details)
        inner.setSpacing(round(em * 0.3))
        for part in (self.kind, self.name, self.pays, self.everything, self.some):
            inner.addWidget(part)
        self._agents = QVBoxLayout()
        self._agents.setContentsMargins(round(em * 1.6), 0, 0, 0)
        inner.addLayout(self._agents)
        verbs = QHBoxLayout()
        verbs.addStretch(1)
        verbs.addWidget(self.connect_it)
        inner.addLayout(verbs)

    def _fill_standing(self) -> None:
        line = row(self.where, self.sign_in)
        layout = column(self.standing)
        layout.addLayout(line)

    def _order_tabs(self) -> None:
        """Once, when the card has come into its window."""
        before, self._before = self._before, None
        if before is None:
            return
        parts = (self.address, self.look, self.kind, self.name, self.everything, self.some, self.connect_it,
                 self.sign_in)  # fmt: skip
        for part in parts:
            QWidget.setTabOrder(before, part)
            before = part

    def follow(self, agents_found: tuple[str, ...], key: object) -> None:
        """Offer the agents that were found; look at what is connected again when ``key`` is another than before."""
        self._order_tabs()
        for agent in agents_found:
            if agent not in self.agents:
                self.agents[agent] = box = outlined(QCheckBox(self._names.get(agent, agent)))
                box.setVisible(self.some.isChecked())
                self._agents.addWidget(box)
                QWidget.setTabOrder(self._before_connect(), box)
                QWidget.setTabOrder(box, self.connect_it)
        if key != self._key or self._key is None:
            self._key = key if key is not None else ""
            self._ask(self._steps.connected, self._show)

    def _before_connect(self) -> QWidget:
        boxes = list(self.agents.values())
        return boxes[-2] if len(boxes) > 1 else self.some

    def _ask(self, work: object, deliver: object) -> None:
        self._bridge.ask(self, self._steps.submit, work, deliver, self._on_trouble)  # type: ignore[arg-type]

    def _show(self, connected: Connected | None) -> None:
        self.form.setVisible(connected is None)
        self.about.setVisible(connected is None)
        self.standing.setVisible(connected is not None)
        if connected is not None:
            self.where.setText(joined(connected_words(connected), place_words(connected)))
            self.sign_in.setVisible(offers_sign_in(connected))
            self.sign_in.setText(sign_in_verb(connected))
        self._show_probe()

    def _show_probe(self) -> None:
        probe = self._probe
        self.found.setText(found_words(probe, self._steps.kinds) if probe is not None else "")
        self.found.setVisible(probe is not None)
        self.details.setVisible(probe is not None and bool(probe.origin))
        self.kind.setVisible(probe is not None and not probe.kind)

    def _show_agents(self, shown: bool) -> None:
        for box in self.agents.values():
            box.setVisible(shown)

    def _forget_probe(self) -> None:
        self._probe = None
        self._say("")
        self._show_probe()

    def _on_look(self) -> None:
        self._forget_probe()
        self.look.setEnabled(False)
        self._say(translate("Connect", "Asking that address what it is"))
        self._ask(partial(self._steps.probe, self.address.text()), self._on_probed)

    def _on_probed(self, probe: Probe) -> None:
        self.look.setEnabled(True)
        self._say("")
        self._probe = probe
        if probe.name:
            self.name.setText(probe.name)
        self._show_probe()
        if probe.origin:
            (self.name if probe.kind else self.kind).setFocus()

    def _on_connect(self) -> None:
        probe = self._probe
        chosen = tuple(agent for agent, box in self.agents.items() if box.isChecked())
        if probe is None:
            return
        if not self.everything.isChecked() and not self.some.isChecked():
            self._say(nothing_chosen())
            return
        if self.some.isChecked() and not chosen:
            self._say(no_agent_chosen())
            return
        kind = probe.kind or str(self.kind.currentData())
        choice = Choice(kind, probe.origin, self.name.text(), self.everything.isChecked(), chosen)
        self.connect_it.setEnabled(False)
        self._ask(partial(self._steps.connect, choice), self._on_connected)

    def _on_connected(self, _nothing: None) -> None:
        self.connect_it.setEnabled(True)
        self._say("")
        self._ask(self._steps.connected, self._show)
        self.connected.emit()
        self.sign_in_asked.emit()

    def _on_trouble(self, trouble: TroubleSeen) -> None:
        for button in (self.look, self.connect_it):
            button.setEnabled(True)
        self._say(trouble_words(trouble), Tone.ACT)

    def _say(self, text: str, tone: Tone = Tone.INK) -> None:
        self.said.set_tone(tone)
        self.said.setText(text)
        self.said.setVisible(bool(text))
