"""The settings: pages on the left, what is chosen on the right, a search over all of it. Every change holds at once."""

from __future__ import annotations

from collections.abc import Mapping
from functools import partial
from itertools import pairwise

from PySide6.QtCore import QCoreApplication, QSize, Qt, QUrl, Signal
from PySide6.QtGui import QDesktopServices, QKeyEvent, QKeySequence
from PySide6.QtWidgets import (
    QFrame,
    QHBoxLayout,
    QLineEdit,
    QListWidget,
    QListWidgetItem,
    QPushButton,
    QScrollArea,
    QSizePolicy,
    QVBoxLayout,
    QWidget,
)

from taximeter.host.autostart import Autostart
from taximeter.ui.bridge import Bridge
from taximeter.ui.desk import Desk, QuestionsPaused, TroubleSeen
from taximeter.ui.figures import Figures
from taximeter.ui.sentences import trouble_words
from taximeter.ui.settings_about import AboutPage
from taximeter.ui.settings_agents import AgentsPage
from taximeter.ui.settings_budget import BudgetPage
from taximeter.ui.settings_data import DataPage
from taximeter.ui.settings_desk import AgentSeen, SettingsSeen, Values
from taximeter.ui.settings_filling import Filling
from taximeter.ui.settings_general import AUTOSTART, general_groups
from taximeter.ui.settings_lines import written
from taximeter.ui.settings_notifications import OFF, notification_groups, off_after
from taximeter.ui.settings_page import Page, in_reading_order
from taximeter.ui.settings_prices import PricesPage
from taximeter.ui.settings_question_page import QuestionPage
from taximeter.ui.surface import Card, column
from taximeter.ui.words import TITLE, Tone, Words

translate = QCoreApplication.translate

WIDTH_EM, HEIGHT_EM, NARROWEST_EM = 54, 40, 24
ROOM = 0.9
"""Of the screen, which large text would outgrow."""


class SettingsWindow(Card):
    """Reads the settings when it opens and whenever their file changes; writes one key at a time."""

    sign_in_asked = Signal()

    def __init__(self, desk: Desk, bridge: Bridge, figures: Figures, paused_until: int | None = None) -> None:
        super().__init__()
        self._desk, self._bridge, self.figures = desk, bridge, figures
        self._seen: SettingsSeen | None = None
        self._read_pages: set[str] = set()
        self.setWindowTitle(translate("Settings", "Settings"))
        self.search = QLineEdit()
        self.search.setPlaceholderText(translate("Settings", "Search"))
        self.search.setAccessibleName(translate("Settings", "Search the settings"))
        self.search.setClearButtonEnabled(True)
        self.search.textChanged.connect(self._on_search)
        self.general = Page(translate("Settings", "General"), general_groups)
        self.budget = BudgetPage(desk, bridge, figures)
        self.question = QuestionPage(desk, bridge)
        self.agents = AgentsPage()
        self.prices = PricesPage(desk, bridge)
        self.notifications = Page(translate("Settings", "Notifications"), notification_groups)
        self.data = DataPage(desk, bridge)
        self.about = AboutPage(desk, bridge)
        self.pages: dict[str, Page] = {
            "general": self.general, "budget": self.budget, "question": self.question, "agents": self.agents,
            "prices": self.prices, "notifications": self.notifications, "data": self.data, "about": self.about,
        }  # fmt: skip
        self._filling = Filling(self.pages, self)
        self._connect()
        self._lay_out()
        self.question.show_paused(paused_until, figures)
        self.open_page("general")
        self._read()

    def _connect(self) -> None:
        for page in self.pages.values():
            page.chosen.connect(self._on_chosen)
        self.budget.sign_in_asked.connect(self.sign_in_asked)
        self.budget.changed.connect(self._read)
        self._bridge.preferences_changed.connect(self._read)
        self._bridge.questions_paused.connect(self._on_paused)

    def _lay_out(self) -> None:
        em = self.fontMetrics().height()
        self.list = QListWidget()
        self.list.setAccessibleName(translate("Settings", "Pages"))
        widest = max(self.list.fontMetrics().horizontalAdvance(page.title) for page in self.pages.values())
        self.list.setFixedWidth(widest + 2 * em)
        self.list.setFrameShape(QFrame.Shape.NoFrame)
        self.list.viewport().setAutoFillBackground(False)
        self.list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        for page in self.pages.values():
            item = QListWidgetItem(page.title)
            item.setSizeHint(QSize(widest, round(em * 1.8)))
            self.list.addItem(item)
        self.list.currentRowChanged.connect(self._on_page)
        self.list.itemClicked.connect(self._on_clicked)
        self.file = QPushButton(translate("Settings", "Open the file"))
        self.file.setAccessibleName(translate("Settings", "Open the settings file"))
        self.file.setAutoDefault(False)
        self.file.clicked.connect(self._on_file)
        left = QVBoxLayout()
        for part in (self.search, self.list, self.file):
            left.addWidget(part)
        outer = QHBoxLayout(self)
        outer.setContentsMargins(em, em, 0, em)
        outer.setSpacing(em)
        outer.addLayout(left)
        outer.addWidget(self._pages_area(em), 1)
        room = self.screen().availableSize() * ROOM
        self.resize(QSize(em * WIDTH_EM, em * HEIGHT_EM).boundedTo(room))

    def _pages_area(self, em: int) -> QScrollArea:
        body = QWidget()
        layout = column(body)
        layout.setContentsMargins(0, 0, em, 0)
        layout.setSpacing(round(em * 0.6))
        self.said = Words(wrap=True, tone=Tone.ACT)
        self.mend = QPushButton(translate("Settings", "Open the file"))
        self.mend.setAccessibleName(translate("Settings", "Open the settings file to mend it"))
        self.mend.setAutoDefault(False)
        self.mend.clicked.connect(self._on_file)
        banner = QHBoxLayout()
        banner.setSpacing(em)
        banner.addWidget(self.said, 1)
        banner.addWidget(self.mend, 0, Qt.AlignmentFlag.AlignTop)
        layout.addLayout(banner)
        self._say("")
        self.titles: dict[str, Words] = {}
        for name, page in self.pages.items():
            self.titles[name] = Words(page.title, scale=TITLE, bold=True)
            layout.addWidget(self.titles[name])
            layout.addWidget(page)
        self.nothing = Words(translate("Settings", "No setting is called so."), tone=Tone.MUTE)
        layout.addWidget(self.nothing)
        layout.addStretch(1)
        self.area = QScrollArea()
        self.area.setFrameShape(QFrame.Shape.NoFrame)
        self.area.setWidgetResizable(True)
        self.area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        body.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
        body.setMinimumWidth(em * NARROWEST_EM)
        self.area.setWidget(body)
        return self.area

    def open_page(self, name: str) -> None:
        """Show a page, with nothing searched for."""
        self.search.clear()
        self.list.setCurrentRow(list(self.pages).index(name))

    @property
    def page(self) -> str:
        """The name of the page that is shown."""
        return list(self.pages)[self.list.currentRow()]

    def follow_figures(self, figures: Figures) -> None:
        """Write figures so from now on."""
        changed = (figures.currency, figures.hidden) != (self.figures.currency, self.figures.hidden)
        self.figures = figures
        if changed:
            self._show()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.matches(QKeySequence.StandardKey.Find):
            self.search.setFocus()
            self.search.selectAll()
        elif event.key() == Qt.Key.Key_Escape and self.search.text():
            self.search.clear()
        else:
            super().keyPressEvent(event)

    def _read(self) -> None:
        self._bridge.ask(self, self._desk.submit, self._desk.settings.read, self._on_read, self._on_refused)
        self._bridge.ask(self, self._desk.submit, self._desk.settings.agents, self._on_agents, self._on_refused)
        for name in self._read_pages:
            self._read_page(name)

    def _on_read(self, seen: SettingsSeen) -> None:
        self._seen = seen
        self._show()
        trouble = seen.trouble
        self._say(trouble_words(trouble) if trouble is not None else "")

    def _show(self) -> None:
        if self._seen is not None:
            self._filling.begin(self._seen, self.figures)
        self._narrow()

    def _on_agents(self, agents: tuple[AgentSeen, ...]) -> None:
        if self._seen is not None:
            self.agents.show_agents(agents, self._seen, self.figures)
            self.question.show_agents(agents)
            self._narrow()

    def _on_page(self, _row: int) -> None:
        self.search.clear()
        self._narrow()
        self.area.verticalScrollBar().setValue(0)

    def _on_clicked(self, item: QListWidgetItem) -> None:
        """A page is chosen, also the one that was before the search."""
        self.search.clear()
        item.setSelected(True)

    def _on_search(self, text: str) -> None:
        row = self.list.currentRow()
        self.list.item(row).setSelected(not text.strip())
        self._narrow()
        self.area.verticalScrollBar().setValue(0)

    def _narrow(self) -> None:
        search = self.search.text().strip()
        chosen = self.list.currentRow()
        some = False
        for at, (name, page) in enumerate(self.pages.items()):
            if search or at == chosen:
                self._filling.fill(name)
            found = page.narrow(search)
            shown = found if search else at == chosen
            page.setVisible(shown)
            self.titles[name].setVisible(shown)
            some = some or shown
            if shown and name not in self._read_pages:
                self._read_pages.add(name)
                self._read_page(name)
        self.nothing.setVisible(not some)
        self._order_tabs()

    def _order_tabs(self) -> None:
        """Rows come and go, so the way that Tab takes is laid anew."""
        way = [self.search, self.list, self.file, self.mend]
        for page in self.pages.values():
            way += in_reading_order(page) if page.isVisibleTo(self) else ()
        for before, after in pairwise(way):
            self.setTabOrder(before, after)

    def _read_page(self, name: str) -> None:
        if name == "data":
            self.data.read()
        elif name == "about":
            self.about.read()
        elif name == "prices":
            desk = self._desk
            self._bridge.ask(self.prices, desk.submit, desk.settings.prices, self._on_prices, self.prices.show_trouble)

    def _on_prices(self, prices: object) -> None:
        from taximeter.ui.settings_desk import PricesSeen

        if isinstance(prices, PricesSeen):
            self.prices.show_book(prices, self.figures)

    def _on_chosen(self, key: str, value: object) -> None:
        """A row has a new value."""
        if key == AUTOSTART:
            work = partial(self._desk.settings.switch_autostart, bool(value))
            self._bridge.ask(self, self._desk.submit, work, self._on_switched, self._on_refused)
        elif key.startswith(f"{OFF}.") and self._seen is not None:
            off = off_after(self._seen.settings.notifications.off, key.rpartition(".")[2], bool(value))
            self._write({OFF: off})
        else:
            self._write(value if isinstance(value, Mapping) else {key: written(key, value)})

    def _write(self, values: Values) -> None:
        work = partial(self._desk.settings.write, values)
        self._bridge.ask(self, self._desk.submit, work, self._on_written, self._on_refused)

    def _on_written(self, _nothing: None) -> None:
        self._read()

    def _on_switched(self, _autostart: Autostart) -> None:
        self._read()

    def _on_refused(self, trouble: TroubleSeen) -> None:
        self._show()
        self._say(trouble_words(trouble))

    def _on_paused(self, paused: object) -> None:
        if isinstance(paused, QuestionsPaused):
            self.question.show_paused(paused.until, self.figures)

    def _on_file(self) -> None:
        QDesktopServices.openUrl(QUrl.fromLocalFile(self._desk.settings_file))

    def _say(self, text: str) -> None:
        self.said.setText(text)
        self.said.setVisible(bool(text))
        self.mend.setVisible(bool(text) and self._seen is not None and self._seen.trouble is not None)
