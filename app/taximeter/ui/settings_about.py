"""The page About: what is installed, under which licences, where it keeps what, and facts for who helps."""

from __future__ import annotations

import os
from functools import partial

from PySide6.QtCore import QCoreApplication, QUrl
from PySide6.QtGui import QDesktopServices, QGuiApplication
from PySide6.QtWidgets import QPushButton

from taximeter.ui.bridge import Bridge
from taximeter.ui.desk import Desk, TroubleSeen
from taximeter.ui.sentences import trouble_words
from taximeter.ui.settings_agents import folder_words
from taximeter.ui.settings_desk import About
from taximeter.ui.settings_page import Page, Section
from taximeter.ui.settings_parts import ActionRow
from taximeter.ui.words import TITLE, Tone, scaled

translate = QCoreApplication.translate

OWN_LICENCE = "MIT"
UNKNOWN = "unknown"
"""The version of a checkout that was never installed."""


class AboutPage(Page):
    """Read when it is shown first."""

    def __init__(self, desk: Desk, bridge: Bridge) -> None:
        super().__init__(translate("Settings", "About"))
        self._desk, self._bridge = desk, bridge
        self.copy = QPushButton(translate("Settings", "Copy"))
        self.copy.setAccessibleName(translate("Settings", "Copy facts for who helps you"))
        self.copy.clicked.connect(self._on_copy)
        self.what = ActionRow(
            "Taximeter",
            translate(
                "Settings", "What your coding agents cost, what is left of the quota, and a question before it is gone."
            ),
        )
        self.what.label.setFont(scaled(self.what.label.font(), TITLE, bold=True))
        self.stands = ActionRow(translate("Settings", "Stands on"))
        self.help = ActionRow(
            translate("Settings", "Facts for who helps you"),
            translate("Settings", "Versions, counts and states, as text to paste. No path, project, session or name."),
            (self.copy,))  # fmt: skip
        self.licences = ActionRow(translate("Settings", "Licences"))
        self.files: dict[str, ActionRow] = {}
        self.opens: dict[str, QPushButton] = {}
        head, version = Section(""), translate("Settings", "Version")
        for row in (self.what, self.stands, self.help):
            head.add(row, f"{row.label.text()} {row.about.text()} {version}")
        self.places = Section(translate("Settings", "Where things are"))
        for key, name in (("settings", translate("Settings", "Settings")), ("ledger", translate("Settings", "Ledger")),
                          ("journal", translate("Settings", "The app's own log"))):  # fmt: skip
            self._add_place(key, name)
        made = Section(translate("Settings", "Licences"))
        made.add(self.licences, self.licences.label.text())
        for section in (head, self.places, made):
            self.add(section)

    def _add_place(self, key: str, name: str) -> None:
        button = QPushButton(translate("Settings", "Open"))
        button.setAccessibleName(translate("Settings", "Open: {name}").format(name=name))
        button.clicked.connect(partial(self._on_open, key))
        self.opens[key] = button
        self.files[key] = ActionRow(name, "", (button,))
        self.places.add(self.files[key], name)

    def read(self) -> None:
        """Read what is installed."""
        self._bridge.ask(self, self._desk.submit, self._desk.settings.about, self.show_about, self._on_refused)

    def show_about(self, about: About) -> None:
        """Show it."""
        versions = dict(about.versions)
        version = versions.pop("taximeter", "")
        named = translate("Settings", "Taximeter {version}").format(version=version)
        self.what.show_facts("Taximeter" if version == UNKNOWN else named, self.what.about.text())
        names = {"python": "Python", "sqlite": "SQLite", "ledger_format": translate("Settings", "ledger format"),
                 "price_book": translate("Settings", "price book"),
                 "system": ""}  # fmt: skip
        told = ", ".join(f"{names.get(name, name)} {version}".strip() for name, version in versions.items())
        self.stands.show_facts(translate("Settings", "Stands on"), told)
        lines = [translate("Settings", "Taximeter: {licence}").format(licence=OWN_LICENCE)]
        lines += [f"{name} {version}: {licence}" for name, version, licence in about.licences]
        self.licences.show_facts(translate("Settings", "Taximeter and what it stands on"), "\n".join(lines))
        for key, path in (("settings", about.settings), ("ledger", about.ledger), ("journal", about.journal)):
            row = self.files[key]
            row.setProperty("path", path)
            row.show_facts(row.label.text(), folder_words(path, there=True))

    def _on_open(self, key: str) -> None:
        """A file is shown in its folder, where it can be opened with whatever one likes; settings are text."""
        path = str(self.files[key].property("path") or "")
        if path:
            QDesktopServices.openUrl(QUrl.fromLocalFile(path if key == "settings" else os.path.dirname(path)))

    def _on_copy(self) -> None:
        self._bridge.ask(self, self._desk.submit, self._desk.settings.diagnostics, self._on_facts, self._on_refused)

    def _on_facts(self, text: str) -> None:
        QGuiApplication.clipboard().setText(text)
        self.help.say(translate("Settings", "Copied: {n} lines.").format(n=text.count("\n")))

    def _on_refused(self, trouble: TroubleSeen) -> None:
        self.help.say(trouble_words(trouble), Tone.ACT)
