"""The page Agents: what was found here, folders that are read besides, and a model for logs that name none."""

from __future__ import annotations

import os
from functools import partial

from PySide6.QtCore import QCoreApplication
from PySide6.QtWidgets import QFileDialog, QPushButton

from taximeter.ui.figures import Figures
from taximeter.ui.settings_desk import AgentSeen, SettingsSeen
from taximeter.ui.settings_lines import Control, Line, group
from taximeter.ui.settings_page import Page, Section
from taximeter.ui.settings_parts import ActionRow, Things
from taximeter.ui.settings_rows import SettingRow

translate = QCoreApplication.translate


class AgentsPage(Page):
    """A card for each agent that is known, those with logs here first."""

    def __init__(self) -> None:
        super().__init__(translate("Settings", "Agents"))
        self.cards: dict[str, AgentCard] = {}
        self._agents: tuple[AgentSeen, ...] = ()

    def show_agents(self, agents: tuple[AgentSeen, ...], seen: SettingsSeen, figures: Figures) -> None:
        """Show what was found."""
        self._agents = agents
        for agent in agents:
            if agent.id not in self.cards:
                card = AgentCard(agent, figures)
                card.model.chosen.connect(self.chosen)
                card.add_folder.clicked.connect(partial(self._on_add, agent.id))
                self.cards[agent.id] = card
                self.lines[card.model.line.key] = card.model
                self.add(card)
            self.cards[agent.id].show_agent(agent, seen, partial(self._on_remove, agent.id))
        if self._search:
            self.narrow(self._search)

    def _homes(self, agent: str) -> tuple[str, ...]:
        return next((one.homes for one in self._agents if one.id == agent), ())

    def _on_add(self, agent: str) -> None:
        folder = QFileDialog.getExistingDirectory(self, translate("Settings", "A config folder of this agent"))
        if folder:
            self.add_home(agent, folder)

    def add_home(self, agent: str, folder: str) -> None:
        """Have a folder read besides."""
        homes = self._homes(agent)
        if folder not in homes:
            self.chosen.emit(f"agents.{agent}.homes", [*homes, folder])

    def _on_remove(self, agent: str, folder: str) -> None:
        left = [home for home in self._homes(agent) if home != folder]
        self.chosen.emit(f"agents.{agent}.homes", left or None)


class AgentCard(Section):
    """One agent."""

    def __init__(self, agent: AgentSeen, figures: Figures) -> None:
        super().__init__(agent.name)
        self.words = f"{agent.name} {agent.id}"
        self.logs = ActionRow(translate("Settings", "Logs"))
        self.add_folder = QPushButton(translate("Settings", "Add a folder"))
        self.add_folder.setAccessibleName(
            translate("Settings", "Add a folder of {agent}").format(agent=agent.name))  # fmt: skip
        self.homes = Things(
            translate("Settings", "Folders that are read besides"),
            translate("Settings", "Config folders, besides those that the agent's own variables name."),
            self.add_folder, translate("Settings", "Remove"))  # fmt: skip
        self.model = SettingRow(model_line(agent, ""), figures.locale)
        self.add(self.logs, f"{self.logs.label.text()} {' '.join(folder for folder, _ in agent.folders)}")
        self.add(self.homes, self.homes.label)
        self.add(self.model, self.model.line.words)

    def show_agent(self, agent: AgentSeen, seen: SettingsSeen, on_remove: partial[None]) -> None:
        """Show it as it is now."""
        usable = seen.trouble is None
        title = translate("Settings", "Logs are read") if agent.found else translate("Settings", "No logs were found")
        self.logs.show_facts(title, "\n".join(folder_words(folder, there) for folder, there in agent.folders))
        self.add_folder.setEnabled(usable)
        self.homes.show_things(agent.homes, on_remove)
        line = model_line(agent, seen.settings.agent(agent.id).assume_model)
        (line,) = group("", seen.settings, (line,)).lines
        self.model.show_line(line._replace(usable=usable))


def model_line(agent: AgentSeen, assumed: str) -> Line:
    """The model that is taken where a log names none."""
    return Line(f"agents.{agent.id}.assume_model", translate("Settings", "Model where a log names none"), Control.TEXT,
                assumed, translate("Settings", "Without it such requests are counted and have no price."),
                hint=translate("Settings", "none"))  # fmt: skip


def folder_words(folder: str, there: bool) -> str:
    """A folder as a person would write it, and whether it is there."""
    home = os.path.expanduser("~")
    shown = f"~{folder[len(home) :]}" if folder.startswith(f"{home}{os.sep}") else folder
    return shown if there else translate("Settings", "{folder} (not there)").format(folder=shown)
