"""The page Question as it stands in the window: modes, a pause, the hooks, the ends and the thresholds."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication
from PySide6.QtWidgets import QPushButton

from taximeter.host.question_settings import ThresholdSetting
from taximeter.ui.bridge import Bridge
from taximeter.ui.desk import Desk
from taximeter.ui.figures import Figures
from taximeter.ui.hooks_card import HooksCard
from taximeter.ui.settings_desk import AgentSeen, SettingsSeen
from taximeter.ui.settings_page import Page, Section
from taximeter.ui.settings_parts import ActionRow, without_heading
from taximeter.ui.settings_question import mode_group, threshold_groups, waiting_group

translate = QCoreApplication.translate

PAUSE_MINUTES = 60
THRESHOLDS = tuple(f"question.thresholds.{name}" for name in ThresholdSetting._fields)


class QuestionPage(Page):
    """The agents that can be asked about are told when they are known."""

    def __init__(self, desk: Desk, bridge: Bridge) -> None:
        super().__init__(translate("Settings", "Question"))
        self._desk = desk
        self._agents: tuple[AgentSeen, ...] = ()
        self._paused_until: int | None = None
        self._seen: SettingsSeen | None = None
        self._figures: Figures | None = None
        self.modes = Section(translate("Settings", "When you are asked"))
        self.pause = QPushButton(translate("Settings", "Pause for 1 h"))
        self.pause.clicked.connect(self._on_pause)
        self.paused = ActionRow(
            translate("Settings", "Questions are asked"),
            translate("Settings", "A pause asks nothing; what is open stays open."), (self.pause,))  # fmt: skip
        pausing = Section(translate("Settings", "Pause"))
        pausing.add(self.paused, translate("Settings", "Pause the questions for an hour"))
        self.hooks = HooksCard(desk, bridge, self.pause, self.fontMetrics().height())
        without_heading(self.hooks)
        hooked = Section(translate("Settings", "Agents that ask"))
        hooked.add(self.hooks, translate("Settings", "Hooks of the agents, switch on, switch off, exact change"))
        self.waiting = Section(translate("Settings", "When nobody answers"))
        self._thresholds: list[Section] = []
        self.reset = QPushButton(translate("Settings", "As delivered"))
        self.reset.setAccessibleName(translate("Settings", "Set all thresholds as delivered"))
        self.reset.clicked.connect(self._on_reset)
        self.resetting = ActionRow(translate("Settings", "All of these as they were delivered"), "", (self.reset,))
        self.resetting.setParent(self)  # until it has its card
        self.resetting.setVisible(False)
        for section in (self.modes, hooked, pausing, self.waiting):
            self.add(section)

    def show_agents(self, agents: tuple[AgentSeen, ...]) -> None:
        """Offer a mode for each that can be asked about."""
        self._agents = agents
        self.hooks.follow(tuple(agent.id for agent in agents if agent.found))
        if self._seen is not None and self._figures is not None:
            self.show_settings(self._seen, self._figures)

    def show_paused(self, until: int | None, figures: Figures) -> None:
        """Say until when nothing is asked."""
        self._paused_until = until
        if until is None:
            title, verb = translate("Settings", "Questions are asked"), translate("Settings", "Pause for 1 h")
        else:
            title = translate("Settings", "Nothing is asked until {time}").format(time=figures.clock(until))
            verb = translate("Settings", "Ask again now")
        self.paused.show_facts(title, self.paused.about.text())
        self.pause.setText(verb)

    def show_settings(self, seen: SettingsSeen, figures: Figures) -> None:
        """Show the settings as they are now."""
        self._seen, self._figures = seen, figures
        usable = seen.trouble is None
        self.show_group(self.modes, mode_group(seen, self._agents), figures, usable=usable)
        self.show_group(self.waiting, waiting_group(seen, figures), figures, usable=usable)
        groups = threshold_groups(seen, figures)
        if not self._thresholds:
            self._thresholds = [Section(one.title, one.about) for one in groups]
            for section in self._thresholds:
                self.add(section)
            last = Section("")
            last.add(self.resetting, f"{self.resetting.label.text()} {self.reset.text()}")
            self.add(last)
        for section, one in zip(self._thresholds, groups, strict=True):
            self.show_group(section, one, figures, usable=usable)
        self.reset.setEnabled(usable and any(not seen.settings.company_source(key) for key in THRESHOLDS)
                              and seen.own.question.thresholds != ThresholdSetting())  # fmt: skip
        if self._search:
            self.narrow(self._search)

    def _on_pause(self) -> None:
        self._desk.pause_questions(PAUSE_MINUTES if self._paused_until is None else None)

    def _on_reset(self) -> None:
        if self._seen is None:
            return
        settings = self._seen.settings
        free = {key: None for key in THRESHOLDS if not settings.company_source(key)}
        self.chosen.emit("", free)
