"""The page Data and privacy: what is sent, what is kept, copies of it, what can be taken out, and the way to leave."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import Any

from PySide6.QtCore import QCoreApplication, QDate, QLocale, QUrl
from PySide6.QtGui import QDesktopServices, QGuiApplication
from PySide6.QtWidgets import QFileDialog, QMessageBox, QPushButton

from taximeter.ui.bridge import Bridge
from taximeter.ui.desk import Desk, TroubleSeen
from taximeter.ui.figures import Figures
from taximeter.ui.sentences import trouble_words
from taximeter.ui.settings_data_words import kept_words, sent_words, size_words
from taximeter.ui.settings_desk import Kept, ServiceSeen, SettingsSeen
from taximeter.ui.settings_page import Page, Section
from taximeter.ui.settings_parts import ActionRow
from taximeter.ui.settings_purge import PurgeRow
from taximeter.ui.words import Tone

translate = QCoreApplication.translate

UNINSTALL = "taximeter uninstall"


class DataPage(Page):
    """Nothing is copied, taken out or moved without a click that says what it does."""

    def __init__(self, desk: Desk, bridge: Bridge) -> None:
        super().__init__(translate("Settings", "Data and privacy"))
        self._desk, self._bridge = desk, bridge
        self._figures: Figures | None = None
        self._kept: Kept | None = None
        self.sent = ActionRow("")
        self.asked = ActionRow("")
        self.hosts = ActionRow("")
        self.folder = _button(translate("Settings", "Open"), translate("Settings", "Open the folder of the data"))
        self.folder.clicked.connect(self._on_folder)
        self.held = ActionRow(translate("Settings", "The ledger"), "", (self.folder,))
        self._make_copies()
        self.purge = PurgeRow(desk, bridge)
        self.purge.done.connect(self.read)
        self._make_leaving()
        self._lay_out()

    def _make_copies(self) -> None:
        self.back_up = _button(translate("Settings", "Back up"), translate("Settings", "Back up the ledger"))
        self.back_up.clicked.connect(self._on_back_up)
        self.backed_up = ActionRow(
            translate("Settings", "A whole copy"),
            translate("Settings", "All that the ledger holds, as one file. It can be made while Taximeter runs."),
            (self.back_up,))  # fmt: skip
        self.export = _button(translate("Settings", "Export"), translate("Settings", "Export all requests as a table"))
        self.export.clicked.connect(self._on_export)
        self.exported = ActionRow(
            translate("Settings", "A table"),
            translate("Settings", "Every request with its tokens and cost, as CSV. Nothing of what was said in it."),
            (self.export,))  # fmt: skip
        self.move_it = _button(translate("Settings", "Move"), translate("Settings", "Move the data to another folder"))
        self.move_it.clicked.connect(self._on_move)
        self.moved = ActionRow(
            translate("Settings", "Another folder"),
            translate("Settings", "Taximeter ends for it, moves the ledger and the price lists, and starts again. A "
                      "link stays in the old place."),
            (self.move_it,))  # fmt: skip

    def _make_leaving(self) -> None:
        self.copy_uninstall = _button(translate("Settings", "Copy"), translate("Settings", "Copy the command"))
        self.copy_uninstall.clicked.connect(self._on_copy_uninstall)
        self.leaving = ActionRow(
            translate("Settings", "In a terminal: {command}").format(command=UNINSTALL),
            translate("Settings", "Takes the hooks out of the agents' settings and ends the start with the desktop. "
                      "Asked twice, it also removes the ledger, your settings and the caches. The agents' own logs "
                      "are not touched."),
            (self.copy_uninstall,))  # fmt: skip

    def _lay_out(self) -> None:
        cards = (
            (translate("Settings", "What is sent"), (self.sent, self.asked, self.hosts)),
            (translate("Settings", "What is kept"), (self.held, self.backed_up, self.exported, self.moved)),
            (translate("Settings", "Take sessions out for good"), (self.purge,)),
            (translate("Settings", "Uninstall"), (self.leaving,)),
        )
        for title, rows in cards:
            section = Section(title)
            for row in rows:
                section.add(row, f"{row.label.text()} {row.about.text()}".strip() or title)
            self.add(section)
        for row in (self.asked, self.hosts):
            self.sections[0].set_absent(row, absent=True)

    def show_settings(self, seen: SettingsSeen, figures: Figures) -> None:  # noqa: ARG002 - as every page
        """Everything here is read by itself."""
        self._figures = figures
        local = figures.local(self._desk.now())
        self.purge.begin(figures.locale, QDate(local.year, local.month, local.day))

    def read(self) -> None:
        """Read what is kept and who is asked."""
        self._bridge.ask(self, self._desk.submit, self._desk.settings.kept, self._on_kept, self._on_refused)
        self._bridge.ask(self, self._desk.submit, self._desk.settings.service, self._on_service, self._on_refused)

    def _on_kept(self, kept: Kept) -> None:
        self._kept = kept
        if self._figures is not None:
            self.held.show_facts(*kept_words(kept, self._figures))
            self.purge.show_kept(kept)
        for button in (self.back_up, self.export):
            button.setEnabled(bool(kept.bytes))

    def _on_service(self, service: ServiceSeen | None) -> None:
        if self._figures is None:
            return
        for row, words in zip((self.sent, self.asked, self.hosts),
                              sent_words(service, self._figures, self._desk.now()), strict=True):  # fmt: skip
            row.show_facts(*words)
            self.sections[0].set_absent(row, absent=not words[0])

    def _on_refused(self, trouble: TroubleSeen) -> None:
        self.held.show_facts(trouble.title, trouble.detail)

    def _on_folder(self) -> None:
        if self._kept is not None:
            QDesktopServices.openUrl(QUrl.fromLocalFile(self._kept.folder))

    def _on_back_up(self) -> None:
        title = translate("Settings", "Back up the ledger")
        file = self._new_file(title, "taximeter-backup.sqlite3", "SQLite (*.sqlite3)")
        if file:
            self._do(self.back_up, self.backed_up, partial(self._desk.settings.back_up, file),
                     lambda size: translate("Settings", "Copied to {file}, {size}.").format(
                         file=file, size=size_words(size, self._locale())))  # fmt: skip

    def _on_export(self) -> None:
        title = translate("Settings", "Export all requests")
        file = self._new_file(title, "taximeter.csv", "CSV (*.csv)", overwrite=True)
        if file:
            self._do(self.export, self.exported, partial(self._desk.settings.export, file),
                     lambda count: translate("Settings", "{n} requests written to {file}.").format(
                         n=self._locale().toString(count), file=file))  # fmt: skip

    def _on_move(self) -> None:
        folder = QFileDialog.getExistingDirectory(self, translate("Settings", "An empty folder for the data"))
        if not folder:
            return
        question = translate("Settings", "Taximeter ends, moves its data to {folder}, and starts again.").format(
            folder=folder)  # fmt: skip
        answer = QMessageBox.question(self, translate("Settings", "Move the data"), question)
        if answer == QMessageBox.StandardButton.Yes:
            self._do(self.move_it, self.moved, partial(self._desk.settings.move, folder),
                     lambda _: translate("Settings", "Taximeter ends now and moves its data."))  # fmt: skip

    def _on_copy_uninstall(self) -> None:
        QGuiApplication.clipboard().setText(UNINSTALL)
        self.leaving.say(translate("Settings", "Copied."))

    def _new_file(self, title: str, name: str, kind: str, *, overwrite: bool = False) -> str:
        none = QFileDialog.Option(0)
        asks = none if overwrite else QFileDialog.Option.DontConfirmOverwrite
        file, _ = QFileDialog.getSaveFileName(self, title, str(Path.home() / name), kind, options=asks)
        return file

    def _do(self, button: QPushButton, row: ActionRow, work: Callable[[], Any], words: Callable[[Any], str]) -> None:
        button.setEnabled(False)
        row.say(translate("Settings", "At work"))
        self._bridge.ask(self, self._desk.settings.submit, work, partial(_tell, button, row, words),
                         partial(_refuse, button, row))  # fmt: skip

    def _locale(self) -> QLocale:
        return self._figures.locale if self._figures is not None else QLocale()


def _button(text: str, name: str) -> QPushButton:
    button = QPushButton(text)
    button.setAccessibleName(name)
    return button


def _tell(button: QPushButton, row: ActionRow, words: Callable[[Any], str], answer: object) -> None:
    button.setEnabled(True)
    row.say(words(answer))


def _refuse(button: QPushButton, row: ActionRow, trouble: TroubleSeen) -> None:
    button.setEnabled(True)
    row.say(trouble_words(trouble), Tone.ACT)
