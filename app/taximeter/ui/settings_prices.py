"""The page Prices: the book in force and its date, the files above it, its check, and a newer list when asked for."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import TypeVar

from PySide6.QtCore import QCoreApplication, QDate
from PySide6.QtWidgets import QFileDialog, QPushButton

from taximeter.ui.bridge import Bridge
from taximeter.ui.desk import Desk, TroubleSeen
from taximeter.ui.figures import Figures, many
from taximeter.ui.sentences import trouble_words
from taximeter.ui.settings_desk import CheckSeen, PricesSeen, SettingsSeen
from taximeter.ui.settings_lines import Control, Group, Line, group
from taximeter.ui.settings_page import Page, Section
from taximeter.ui.settings_parts import ActionRow
from taximeter.ui.settings_rows import SettingRow
from taximeter.ui.words import Tone

T = TypeVar("T")
translate = QCoreApplication.translate

SHOWN = 6
"""Models without a price that are named."""


class PricesPage(Page):
    """Reads the book when it is filled; checks and fetches only on a click."""

    def __init__(self, desk: Desk, bridge: Bridge) -> None:
        super().__init__(translate("Settings", "Prices"))
        self._desk, self._bridge = desk, bridge
        self._figures: Figures | None = None
        self.book = ActionRow(translate("Settings", "Price book"))
        self.unpriced = ActionRow(translate("Settings", "Without a price"))
        self.check = QPushButton(translate("Settings", "Check"))
        self.check.setAccessibleName(translate("Settings", "Check the price list"))
        self.check.clicked.connect(self._on_check)
        self.checked = ActionRow(
            translate("Settings", "Does the list hold?"),
            translate("Settings", "It is compared with itself and, where that is installed, with what it was made "
                      "from."),
            (self.check,))  # fmt: skip
        self.fetch = QPushButton(translate("Settings", "Fetch"))
        self.fetch.setAccessibleName(translate("Settings", "Fetch a newer price list now"))
        self.fetch.clicked.connect(self._on_fetch)
        self.fetched = ActionRow(
            translate("Settings", "A newer list"),
            translate("Settings", "Never fetched by itself. A click fetches a public file and sends nothing; costs "
                      "that are stored stay as they are."),
            (self.fetch,))  # fmt: skip
        self.now = now = Section(translate("Settings", "In force"))
        now.add(self.book, translate("Settings", "Price book, date, currency"))
        now.add(self.unpriced, translate("Settings", "Models without a price"))
        self.files = Section(
            translate("Settings", "Prices of your own"),
            translate("Settings", "Files that lie above the list: the company's first, then yours."),
        )
        self._pickers = tuple(
            self._picker(key, name) for key, name in (
                ("prices.company", translate("Settings", "Choose the company's price file")),
                ("prices.user", translate("Settings", "Choose your price file"))))  # fmt: skip
        act = Section(translate("Settings", "Check and fetch"))
        for row in (self.checked, self.fetched):
            act.add(row, f"{row.label.text()} {row.about.text()}")
        for section in (now, self.files, act):
            self.add(section)

    def _picker(self, key: str, name: str) -> QPushButton:
        button = QPushButton(translate("Settings", "Choose"))
        button.setAccessibleName(name)
        button.clicked.connect(partial(self._on_choose, key, name))
        return button

    def show_settings(self, seen: SettingsSeen, figures: Figures) -> None:
        """Show the files; the book is read by whoever shows the page."""
        self._figures = figures
        self.show_group(self.files, files_group(seen), figures, usable=seen.trouble is None)
        for row, button in zip((row for row, _ in self.files.rows), self._pickers, strict=True):
            if isinstance(row, SettingRow) and button.parent() is None:
                row.add_button(button)
        free = (not seen.settings.company_source("prices.company"), True)
        for button, usable in zip(self._pickers, free, strict=True):
            button.setEnabled(usable and seen.trouble is None)

    def show_book(self, prices: PricesSeen, figures: Figures) -> None:
        """Show what prices."""
        self.book.show_facts(*book_words(prices, figures))
        self.now.set_absent(self.unpriced, absent=not prices.unpriced)
        self.unpriced.show_facts(*unpriced_words(prices, figures))

    def show_trouble(self, trouble: TroubleSeen) -> None:
        """No book can be used."""
        self.book.show_facts(trouble.title, trouble.detail)
        self.now.set_absent(self.unpriced, absent=True)

    def _on_choose(self, key: str, name: str) -> None:
        file, _ = QFileDialog.getOpenFileName(self, name, "", "TOML (*.toml)")
        if file:
            self.chosen.emit(key, file)

    def _on_check(self) -> None:
        self._begin(self.check, self.checked, translate("Settings", "Checking"))
        self._ask(self._desk.settings.check_prices, self._on_checked, self.check, self.checked)

    def _on_checked(self, found: CheckSeen) -> None:
        self.check.setEnabled(True)
        bad = bool(found.flaws or found.unsigned)
        self.checked.say(check_words(found), Tone.ACT if bad else Tone.INK)

    def _on_fetch(self) -> None:
        self._begin(self.fetch, self.fetched, translate("Settings", "Fetching"))
        self._ask(self._desk.settings.fetch_prices, self._on_fetched, self.fetch, self.fetched)

    def _on_fetched(self, day: str) -> None:
        self.fetch.setEnabled(True)
        self.fetched.say(translate("Settings", "Prices of {day} are in force.").format(day=day))
        self._bridge.ask(self, self._desk.submit, self._desk.settings.prices, self._on_read, self.show_trouble)

    def _on_read(self, prices: PricesSeen) -> None:
        if self._figures is not None:
            self.show_book(prices, self._figures)

    def _begin(self, button: QPushButton, row: ActionRow, text: str) -> None:
        button.setEnabled(False)
        row.say(text)

    def _ask(self, work: Callable[[], T], deliver: Callable[[T], None], button: QPushButton, row: ActionRow) -> None:
        self._bridge.ask(self, self._desk.settings.submit, work, deliver, partial(_refuse, button, row))


def files_group(seen: SettingsSeen) -> Group:
    """The two files."""
    settings = seen.settings
    lines = (
        Line("prices.company", translate("Settings", "The company's file"), Control.TEXT,
             str(settings.company_prices or ""), hint=translate("Settings", "none")),
        Line("prices.user", translate("Settings", "Your file"), Control.TEXT, str(settings.user_prices or ""),
             hint=translate("Settings", "none")),
    )  # fmt: skip
    return group("", settings, lines)


def book_words(prices: PricesSeen, figures: Figures) -> tuple[str, str]:
    """The book's date, and where it is from."""
    day = QDate.fromString(prices.as_of, "yyyy-MM-dd")
    date = figures.full_date(day) if day.isValid() else prices.as_of
    title = translate("Settings", "Prices of {day}, in {currency}").format(day=date, currency=prices.currency)
    came = (translate("Settings", "Fetched by you. Price book {id}.") if prices.fetched
            else translate("Settings", "Came with Taximeter. Price book {id}."))  # fmt: skip
    return title, came.format(id=prices.id)


def unpriced_words(prices: PricesSeen, figures: Figures) -> tuple[str, str]:
    """How many models have no price, and which."""
    count = len(prices.unpriced)
    title = many(count, translate("Settings", "1 model without a price"),
                 translate("Settings", "{n} models without a price"))  # fmt: skip
    unnamed = translate("Settings", "no model named")
    line = translate("Settings", "{model}: {tokens} tokens")
    told = [
        line.format(model=model or unnamed, tokens=figures.tokens(tokens)) for model, tokens in prices.unpriced[:SHOWN]
    ]
    if count > SHOWN:
        told.append(translate("Settings", "and {n} more").format(n=count - SHOWN))
    return title, "\n".join(told)


def check_words(found: CheckSeen) -> str:
    """What the check found."""
    told = list(found.flaws)
    if found.unsigned:
        one = translate("Settings", "1 price differs from {version} and nobody has judged it.")
        several = translate("Settings", "{n} prices differ from {version} and nobody has judged them.")
        told.append((one if found.unsigned == 1 else several).format(n=found.unsigned, version=found.compared_with))
    if told:
        return "\n".join(told)
    if not found.compared_with:
        return translate("Settings", "The list has no flaw in itself. What it was made from is not installed, so it "
                         "was not compared.")  # fmt: skip
    return translate("Settings", "The list holds: every difference from {version} is explained.").format(
        version=found.compared_with)  # fmt: skip


def _refuse(button: QPushButton, row: ActionRow, trouble: TroubleSeen) -> None:
    button.setEnabled(True)
    row.say(trouble_words(trouble), Tone.ACT)
