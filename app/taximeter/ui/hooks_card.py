"""The card that has agents ask before they start others: a switch each, and the exact change to each file."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import QCoreApplication
from PySide6.QtGui import QFontDatabase, QFontMetrics
from PySide6.QtWidgets import QFrame, QPlainTextEdit, QPushButton, QSizePolicy, QVBoxLayout, QWidget

from taximeter.host.trouble import Trouble
from taximeter.ui.bridge import Bridge
from taximeter.ui.desk import Desk, HookRow, HookStanding, TroubleSeen
from taximeter.ui.hooks_view import AgentView, agent_views, switched_words
from taximeter.ui.sentences import named, trouble_words
from taximeter.ui.surface import column, heading, row
from taximeter.ui.words import SMALL, Link, Tone, Words

translate = QCoreApplication.translate

DIFF_LINES = 10


class HooksCard(QFrame):
    """Reads how the agents stand when it is filled, and again after each switch; changes nothing by itself."""

    def __init__(self, desk: Desk, bridge: Bridge, before: QWidget, em: int) -> None:
        """``before`` is the control from which Tab leads into the card."""
        super().__init__()
        self._last = before
        self._desk = desk
        self._bridge = bridge
        self.lines: dict[str, AgentLine] = {}
        self._found: tuple[str, ...] | None = None
        self.setFrameShape(QFrame.Shape.StyledPanel)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(em, round(em * 0.6), em, round(em * 0.8))
        layout.addWidget(heading(translate("Hooks", "Ask me before costly launches")))
        self.about = Words(
            translate("Hooks", "Before agents start that would take much, you see what it will likely cost, and "
                      "decide. Nothing is changed until you switch it on."),
            tone=Tone.MUTE, scale=SMALL, wrap=True,
        )  # fmt: skip
        self.nobody = Words(translate("Hooks", "No agent that can ask was found here."), wrap=True)
        self.nobody.setVisible(False)
        self.said = Words(scale=SMALL, wrap=True)
        self.said.setVisible(False)
        self._agents = QVBoxLayout()
        self._agents.setSpacing(round(em * 0.5))
        layout.addWidget(self.about)
        layout.addLayout(self._agents)
        layout.addWidget(self.nobody)
        layout.addWidget(self.said)

    def follow(self, agents_found: tuple[str, ...]) -> None:
        """Look at the agents' files, again when others were found than before."""
        if agents_found != self._found:
            self._found = agents_found
            self._again()

    def _on_switched(self, agent: str, on: bool) -> None:
        for line in self.lines.values():
            line.switch.setEnabled(False)
        self._bridge.read(self, partial(_switch, self._desk, agent, on), partial(self._on_done, agent, on), self._again)

    def _again(self) -> None:
        self._bridge.read(self, partial(_read, self._desk), self._on_read)

    def _on_done(self, agent: str, on: bool, answer: tuple[TroubleSeen | None, tuple[HookRow, ...]]) -> None:
        trouble, rows = answer
        views = self._show(rows)
        view = next((one for one in views if one.agent == agent), None)
        if trouble is not None:
            self._say(trouble_words(trouble), Tone.ACT)
        elif view is not None:
            self._say(switched_words(view, on), Tone.INK)

    def _on_read(self, answer: tuple[TroubleSeen | None, tuple[HookRow, ...]]) -> None:
        trouble, rows = answer
        if trouble is None:
            self._show(rows)
        else:
            self._say(trouble_words(trouble), Tone.ACT)

    def _show(self, rows: tuple[HookRow, ...]) -> tuple[AgentView, ...]:
        views = agent_views(rows)
        for view in views:
            if view.agent not in self.lines:
                self.lines[view.agent] = self._new_line(view.agent)
            self.lines[view.agent].show_view(view)
        shown = {view.agent for view in views}
        for agent, line in self.lines.items():
            line.setVisible(agent in shown)
        self.nobody.setVisible(not views)
        return views

    def _new_line(self, agent: str) -> AgentLine:
        line = AgentLine(agent)
        line.switch.clicked.connect(partial(self._on_clicked, agent))
        line.toggle.clicked.connect(partial(self._on_toggled, agent))
        self._agents.addWidget(line)
        for part in (line.switch, line.toggle, line.diff):
            self.setTabOrder(self._last, part)
            self._last = part
        return line

    def _on_clicked(self, agent: str) -> None:
        view = self.lines[agent].view
        if view is not None:
            self._on_switched(agent, view.standing is not HookStanding.ON)

    def _on_toggled(self, agent: str) -> None:
        """One change at a time: two would be higher than a small screen."""
        for line in self.lines.values():
            line.show_change(shown=line.agent == agent and line.diff.isHidden())

    def _say(self, text: str, tone: Tone) -> None:
        self.said.set_tone(tone)
        self.said.setText(text)
        self.said.setVisible(True)


class AgentLine(QWidget):
    """One agent: how it stands, its switch, and on request the change that the switch makes."""

    def __init__(self, agent: str) -> None:
        super().__init__()
        self.agent = agent
        self.view: AgentView | None = None
        self.name = Words(bold=True)
        self.name.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Fixed)
        self.state = Words(tone=Tone.MUTE)
        self.switch = QPushButton()
        self.folder = Words(tone=Tone.MUTE, scale=SMALL)
        self.toggle = Link(scale=SMALL, right=True)
        self.sentence = Words(scale=SMALL, wrap=True)
        self.diff = _diff_view()
        top = row(self.name, self.state)
        top.setStretch(0, 0)
        top.setStretch(1, 1)
        top.addWidget(self.switch)
        layout = column(self)
        layout.addLayout(top)
        layout.addLayout(row(self.folder, self.toggle))
        layout.addWidget(self.sentence)
        layout.addWidget(self.diff)

    def show_view(self, view: AgentView) -> None:
        """Show how the agent stands now."""
        self.view = view
        self.name.setText(view.name)
        self.state.setText(view.state)
        self.switch.setText(view.verb)
        self.switch.setAccessibleName(named(view.name, view.verb))
        self.switch.setEnabled(view.can_switch)
        self.switch.setVisible(view.can_switch)
        self.folder.setText(view.folder)
        self.sentence.setText(view.sentence)
        self.sentence.setVisible(bool(view.sentence))
        self.diff.setPlainText(view.diff)
        self.diff.setFixedHeight(_height(self.diff, min(DIFF_LINES, view.diff.count("\n"))))
        self.diff.setAccessibleName(translate("Hooks", "The exact change for {agent}").format(agent=view.name))
        self.toggle.setVisible(bool(view.diff))
        self.show_change(shown=bool(view.diff) and not self.diff.isHidden())

    def show_change(self, *, shown: bool) -> None:
        """Show what the switch changes in the agent's files, or hide it."""
        self.diff.setVisible(shown)
        words = translate("Hooks", "Hide the change") if shown else translate("Hooks", "Show the exact change")
        self.toggle.set_text(words)
        self.toggle.setAccessibleName(named(self.name.text(), words))


def _diff_view() -> QPlainTextEdit:
    view = QPlainTextEdit()
    view.setReadOnly(True)
    view.setTabChangesFocus(True)
    view.setLineWrapMode(QPlainTextEdit.LineWrapMode.NoWrap)
    font = QFontDatabase.systemFont(QFontDatabase.SystemFont.FixedFont)
    font.setPointSizeF(max(6.0, view.font().pointSizeF() * SMALL))
    view.setFont(font)
    view.setVisible(False)
    return view


def _height(view: QPlainTextEdit, lines: int) -> int:
    """So that no line is cut through."""
    around = 2 * view.frameWidth() + view.horizontalScrollBar().sizeHint().height()
    return around + round(view.document().documentMargin()) + lines * QFontMetrics(view.font()).lineSpacing()


def _read(desk: Desk) -> tuple[TroubleSeen | None, tuple[HookRow, ...]]:
    """Trouble is said in the card, not where the figures' is."""
    try:
        return None, desk.hooks()
    except Trouble as trouble:
        return TroubleSeen(trouble.title, trouble.detail), ()


def _switch(desk: Desk, agent: str, on: bool) -> tuple[TroubleSeen | None, tuple[HookRow, ...]]:
    try:
        desk.set_hooks(agent, on)
    except Trouble as trouble:
        return TroubleSeen(trouble.title, trouble.detail), _read(desk)[1]
    return _read(desk)
