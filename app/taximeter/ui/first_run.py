"""The first run: what was found and what it cost, before anything is asked."""

from __future__ import annotations

from decimal import Decimal, InvalidOperation
from functools import partial

from PySide6.QtCore import QCoreApplication, Signal
from PySide6.QtWidgets import (
    QComboBox,
    QFrame,
    QHBoxLayout,
    QLayout,
    QLineEdit,
    QProgressBar,
    QPushButton,
    QVBoxLayout,
)

from taximeter.ledger.readmodels import SessionFilter, SessionPage, Snapshot
from taximeter.ui import work_words
from taximeter.ui.bridge import Bridge, Throttle
from taximeter.ui.connect_card import ConnectCard
from taximeter.ui.desk import BudgetChoice, BudgetPeriod, Desk, PageKey, TroubleSeen
from taximeter.ui.figures import ABSENT, NANO, Figures, day_start, many, sentence
from taximeter.ui.hooks_card import HooksCard
from taximeter.ui.sentences import listed, trouble_words
from taximeter.ui.surface import Card, Scroll, Sheet, column, heading, row
from taximeter.ui.words import LARGE, SMALL, TITLE, Tone, Words

translate = QCoreApplication.translate

DAYS_BACK = 30
FIRST: PageKey | None = None


def amount_in(text: str, decimal_point: str) -> int | None:
    """A typed amount in nano-units; None where it is no amount above nothing."""
    plain = "".join(char for char in text.strip() if char.isdigit() or char == decimal_point)
    try:
        value = Decimal(plain.replace(decimal_point, "."))
    except InvalidOperation:
        return None
    nano = int(value * NANO)
    return nano if 0 < nano < 10**18 else None


class FirstRun(Card):
    """Shows numbers as they come in, then offers a budget, the company's service and the question.

    Closing it is no answer to anything.
    """

    sessions_asked = Signal()
    sign_in_asked = Signal()

    def __init__(self, desk: Desk, bridge: Bridge) -> None:
        super().__init__()
        self._desk = desk
        self._bridge = bridge
        self._figures: Figures | None = None
        self._throttle = Throttle(self)
        self._throttle.due.connect(self._read)
        bridge.troubled.connect(self._on_trouble)
        self.setWindowTitle(translate("FirstRun", "Welcome to Taximeter"))
        em = self.fontMetrics().height()
        body = Sheet(em * 32)
        layout = column(body)
        layout.setSpacing(round(em * 0.4))
        self._add_figures(layout, em)
        layout.addSpacing(round(em * 0.5))
        layout.addWidget(self._budget_card(em))
        layout.addSpacing(round(em * 0.5))
        self.connect_card = ConnectCard(desk.sign_in, bridge, self.set, em, desk.agent_names)
        self.connect_card.sign_in_asked.connect(self.sign_in_asked)
        layout.addWidget(self.connect_card)
        layout.addSpacing(round(em * 0.5))
        self.hooks = HooksCard(desk, bridge, self.connect_card.last, em)
        layout.addWidget(self.hooks)
        layout.addSpacing(round(em * 0.5))
        layout.addLayout(self._verbs())
        outer = QVBoxLayout(self)
        outer.setContentsMargins(round(em * 1.4), em, round(em * 1.4), em)
        outer.setSizeConstraint(QLayout.SizeConstraint.SetFixedSize)
        outer.addWidget(Scroll(body))

    def _add_figures(self, layout: QVBoxLayout, em: int) -> None:
        self.promise = Words(translate("FirstRun", "Only you see this. Nothing has been sent."), scale=TITLE, bold=True)
        self.found = Words(tone=Tone.MUTE, wrap=True)
        self.month = Words(ABSENT, scale=LARGE, bold=True)
        self.month_label = Words(tone=Tone.MUTE, scale=SMALL)
        self.today = Words()
        self.progress = Words(tone=Tone.MUTE, scale=SMALL)
        self.progress_bar = QProgressBar()
        self.progress_bar.setTextVisible(False)
        self.progress_bar.setMaximumHeight(round(em * 0.5))
        self.leave = Words(
            translate("FirstRun", "You can close this window; reading goes on."), tone=Tone.MUTE, scale=SMALL
        )
        for part in (self.promise, self.found, self.month, self.month_label, self.today):
            layout.addWidget(part)
        for below in (self.progress, self.progress_bar, self.leave):
            layout.addWidget(below)

    def _budget_card(self, em: int) -> QFrame:
        card = QFrame()
        card.setFrameShape(QFrame.Shape.StyledPanel)
        layout = QVBoxLayout(card)
        layout.setContentsMargins(em, round(em * 0.6), em, round(em * 0.8))
        layout.addWidget(heading(translate("FirstRun", "Set a budget, if you like")))
        layout.addWidget(Words(
            translate("FirstRun", "Taximeter then says whether it lasts. It warns and stops nothing."),
            tone=Tone.MUTE, scale=SMALL, wrap=True))  # fmt: skip
        self.amount = QLineEdit()
        self.amount.setPlaceholderText(translate("FirstRun", "Amount"))
        self.amount.setAccessibleName(translate("FirstRun", "Budget amount"))
        self.amount.returnPressed.connect(self._on_set)
        self.period = QComboBox()
        self.period.setAccessibleName(translate("FirstRun", "Budget period"))
        names = (translate("FirstRun", "a month"), translate("FirstRun", "a week"), translate("FirstRun", "a day"))
        for value, name in zip((BudgetPeriod.MONTH, BudgetPeriod.WEEK, BudgetPeriod.DAY), names, strict=True):
            self.period.addItem(name, value)
        self.set = QPushButton(translate("FirstRun", "Set the budget"))
        self.set.clicked.connect(self._on_set)
        line = row(self.amount, self.period)
        line.addWidget(self.set)
        layout.addLayout(line)
        self.said = Words(scale=SMALL, wrap=True)
        self.said.setVisible(False)
        layout.addWidget(self.said)
        return card

    def _verbs(self) -> QHBoxLayout:
        sessions = QPushButton(translate("FirstRun", "Show the sessions"))
        sessions.clicked.connect(self.sessions_asked)
        done = QPushButton(translate("FirstRun", "Done"))
        done.clicked.connect(self.close)
        verbs = QHBoxLayout()
        verbs.addWidget(sessions)
        verbs.addStretch(1)
        verbs.addWidget(done)
        return verbs

    def show_snapshot(self, snapshot: Snapshot, figures: Figures) -> None:
        """Show what has been found so far, newest days first."""
        self._figures = figures
        self.found.setText(_found_words(snapshot, figures))
        if snapshot.service is not None:
            self.promise.setText(translate("FirstRun", "Only you see this. Nothing of your work has been sent."))
        self.today.setText(work_words.today_words(snapshot, figures))
        self.today.setVisible(bool(snapshot.requests_ever))
        words = work_words.progress_words(snapshot.progress, figures)
        for part in (self.progress, self.progress_bar, self.leave):
            part.setVisible(bool(words))
        self.progress.setText(words)
        if words:
            self.progress_bar.setValue(round(100 * snapshot.progress.files_done / snapshot.progress.files_total))
            self.progress_bar.setAccessibleName(words)
        service = snapshot.service
        self.connect_card.follow(snapshot.agents_found, service and (service.name, service.state))
        self.hooks.follow(snapshot.agents_found)
        self._throttle.poke()

    def _read(self) -> None:
        since = day_start(self._desk.now(), self._desk.zone, DAYS_BACK - 1)
        self._bridge.read(self, partial(self._desk.session_page, SessionFilter(since=since), FIRST, 1), self._on_page)

    def _on_page(self, page: SessionPage) -> None:
        if self._figures is None:
            return
        cost = sentence(self._figures.short_cost(page.totals)) if page.count else ABSENT
        self.month.fit_text(cost, self.found.width())
        count = many(page.count, translate("FirstRun", "1 session"), translate("FirstRun", "{n} sessions"))
        self.month_label.setText(
            translate("FirstRun", "in the last 30 days, {count}, at list price, not your bill").format(count=count)
            if page.count else translate("FirstRun", "No session in the last 30 days")
        )  # fmt: skip

    def _on_set(self) -> None:
        figures = self._figures
        if figures is None:
            return
        nano = amount_in(self.amount.text(), figures.locale.decimalPoint())
        if nano is None:
            self._say(translate("FirstRun", "Type an amount above 0, for example 200."))
            self.amount.setFocus()
            return
        choice = BudgetChoice(nano, figures.currency, BudgetPeriod(self.period.currentData()))
        self._bridge.read(self, partial(self._desk.set_budget, choice), partial(self._on_budget_set, nano))

    def _on_budget_set(self, nano: int, _answer: None) -> None:
        self._bridge.ledger_changed.emit()
        if self._figures is not None:
            amount = self._figures.round_money(nano)
            self._say(translate("FirstRun", "{amount} {period} is set. The icon shows what is left of it.").format(
                amount=amount, period=self.period.currentText()))  # fmt: skip

    def _on_trouble(self, trouble: object) -> None:
        if isinstance(trouble, TroubleSeen):
            self._say(trouble_words(trouble))

    def _say(self, text: str) -> None:
        self.said.setText(text)
        self.said.setVisible(True)


def _found_words(snapshot: Snapshot, figures: Figures) -> str:
    worked = sorted({row.agent for row in snapshot.today_sessions})
    found = snapshot.agents_found or tuple(worked)
    if not found and snapshot.requests_ever:
        return ""
    if not found:
        return translate("FirstRun", "No coding agent has worked here yet. Taximeter looks again by itself.")
    names = listed(figures.agent(one) for one in found)
    return translate("FirstRun", "Found on this computer: {agents}").format(agents=names)
