"""The popover: does it last, what is left, what runs, what today's sessions cost.

It is built from a ``Glance`` and filled again in place when another arrives, so that the focus stays.
"""

from __future__ import annotations

from itertools import pairwise

from PySide6.QtCore import QCoreApplication, QEvent, QRect, Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent, QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QLayout, QProgressBar, QVBoxLayout, QWidget

from taximeter.ui.ask_row import AskRow
from taximeter.ui.colours import colours_of, paint_colour
from taximeter.ui.desk import TroubleSeen
from taximeter.ui.glance import Glance, LineView
from taximeter.ui.lines import SessionLine
from taximeter.ui.placement import place, screen_at
from taximeter.ui.quota_card import LimitRow, QuotaCard
from taximeter.ui.sentences import trouble_words
from taximeter.ui.surface import Card, column, heading, row, rule
from taximeter.ui.words import SMALL, Link, Tone, Words

translate = QCoreApplication.translate

AGEING_MS = 5_000
"""How often an age in seconds is told anew while somebody looks; older ones wait for the next reading."""


class Popover(Card):
    """The small window behind the icon. ``beside`` None makes it an ordinary window."""

    session_chosen = Signal(str)
    sessions_asked = Signal()
    used_up_asked = Signal()
    budget_asked = Signal()
    hide_asked = Signal()
    flip_asked = Signal()
    settings_asked = Signal()
    ask_asked = Signal(str)
    """More of the quota of that id."""
    mine_asked = Signal()
    sign_in_asked = Signal()
    team_asked = Signal()
    aged = Signal()

    def __init__(self, beside: QRect | None) -> None:
        super().__init__(_flags(beside), on_paper=True)
        self.beside = beside
        self._limits_open = False
        self._limit_rows: list[LimitRow] = []
        self._running_lines: list[SessionLine] = []
        self._today_lines: list[SessionLine] = []
        self._view: Glance | None = None
        self.without_tray = False
        self._ageing = QTimer(self, interval=AGEING_MS, timerType=Qt.TimerType.VeryCoarseTimer)
        self._ageing.timeout.connect(self.aged)
        self.setWindowTitle(translate("Popover", "Taximeter"))
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setFocus()
        em = self.fontMetrics().height()
        body = QWidget()
        body.setFixedWidth(em * 25)
        self._fill_body(body, em)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(em, round(em * 0.8), em, round(em * 0.5))
        outer.setSizeConstraint(QLayout.SizeConstraint.SetFixedSize)
        outer.addWidget(body)

    def _fill_body(self, body: QWidget, em: int) -> None:
        self.trouble = Words(tone=Tone.ACT, scale=SMALL, wrap=True)
        self.trouble.setVisible(False)
        self.notice = Words(scale=SMALL, wrap=True)
        self.notice.setVisible(False)
        self.card = QuotaCard(body.width())
        self.card.flip.clicked.connect(self.flip_asked)
        self.details = Link(shrinks=True)
        self.details.clicked.connect(self.used_up_asked)
        self.budget = Link(translate("Popover", "Set a budget to see whether it lasts"), shrinks=True)
        self.budget.clicked.connect(self.budget_asked)
        self.asking = AskRow(body.width())
        self.asking.ask_asked.connect(self.ask_asked)
        self.asking.mine_asked.connect(self.mine_asked)
        self.asking.sign_in_asked.connect(self.sign_in_asked)
        self.service = Words(scale=SMALL, wrap=True)
        self.others = Words(scale=SMALL)
        self.toggle = Link(scale=SMALL, right=True)
        self.toggle.clicked.connect(self._on_toggle)
        self.limits = QVBoxLayout()
        self.running_title = heading(translate("Popover", "Running now"))
        self.running = QVBoxLayout()
        self.today_title = heading("")
        self.today = QVBoxLayout()
        self.more = Link(scale=SMALL)
        self.more.clicked.connect(self.sessions_asked)
        self.progress = Words(tone=Tone.MUTE, scale=SMALL)
        self.progress_bar = QProgressBar()
        self.progress_bar.setTextVisible(False)
        self.progress_bar.setMaximumHeight(round(em * 0.5))
        self.no_tray = Words(
            translate("Popover", "This desktop has no tray. Start Taximeter again to bring this window back."),
            tone=Tone.MUTE, scale=SMALL, wrap=True,
        )  # fmt: skip
        self._lay_out(body, em)

    def _lay_out(self, body: QWidget, em: int) -> None:
        layout = column(body)
        layout.setSpacing(round(em * 0.28))
        for part in (self.trouble, self.notice, self.card, self.details, self.asking, self.budget):
            layout.addWidget(part)
        layout.addLayout(row(self.others, self.toggle))
        layout.addLayout(self.limits)
        layout.addWidget(self.service)
        layout.addWidget(self.running_title)
        layout.addLayout(self.running)
        layout.addWidget(self.today_title)
        layout.addLayout(self.today)
        for below in (self.more, self.progress, self.progress_bar, self.no_tray):
            layout.addWidget(below)
        layout.addWidget(rule())
        layout.addLayout(self._footer())

    def _footer(self) -> QBoxLayout:
        sessions = Link(translate("Popover", "Sessions"))
        sessions.clicked.connect(self.sessions_asked)
        self.team = Link()
        self.team.clicked.connect(self.team_asked)
        self.hide_numbers = Link(translate("Popover", "Hide numbers"))
        self.hide_numbers.clicked.connect(self.hide_asked)
        settings = Link(translate("Popover", "Settings"), right=True)
        settings.clicked.connect(self.settings_asked)
        self._footer_links = (sessions, self.team, self.hide_numbers, settings)
        em = self.fontMetrics().height()
        first, second = row(sessions, self.team), row(self.hide_numbers, settings)
        for pair in (first, second):
            pair.setSpacing(em)
        first.addStretch(0)
        second.insertStretch(1, 1)
        self._foot = QBoxLayout(QBoxLayout.Direction.LeftToRight)
        self._foot.addLayout(first)
        self._foot.addLayout(second, 1)
        return self._foot

    def _arrange_footer(self) -> None:
        """On one line, on two where the words of a language are too long for one."""
        em = self.fontMetrics().height()
        shown = [link.sizeHint().width() for link in self._footer_links if not link.isHidden()]
        beside = sum(shown) + em * (len(shown) - 1) <= self.card.width()
        self._foot.setDirection(QBoxLayout.Direction.LeftToRight if beside else QBoxLayout.Direction.TopToBottom)
        self._foot.setSpacing(em if beside else 2)

    def show_glance(self, view: Glance, numbers_hidden: bool) -> None:
        """Show what is known now."""
        self._view = view
        self.card.show_view(view.quota)
        self.no_tray.setVisible(self.without_tray)
        self.details.set_text(view.used_up)
        self.details.setVisible(bool(view.used_up))
        if not view.quota.young:
            self._ageing.stop()
        elif not self._ageing.isActive():
            self._ageing.start()
        self.asking.show_line(view.ask)
        self.team.set_text(view.team[0])
        self.team.setAccessibleName(view.team[1])
        self.team.setVisible(bool(view.team[0]))
        self.service.setText(view.service)
        self.service.setVisible(bool(view.service))
        self.budget.setVisible(view.offers_budget and not view.used_up)
        self.hide_numbers.set_text(
            translate("Popover", "Show numbers") if numbers_hidden else translate("Popover", "Hide numbers")
        )
        self.others.setText(view.others)
        self.others.setVisible(bool(view.others))
        self._show_limits(view)
        self.running_title.setVisible(bool(view.running))
        self._show_lines(self.running, self._running_lines, view.running)
        self.today_title.setText(view.today_title)
        self.today_title.setVisible(bool(view.today_title))
        self._show_lines(self.today, self._today_lines, view.today)
        self.more.set_text(view.more)
        self.more.setVisible(bool(view.more))
        self.progress.setText(view.progress)
        self.progress.setVisible(bool(view.progress))
        self.progress_bar.setVisible(bool(view.progress))
        self.progress_bar.setValue(round(view.progress_share * 100))
        self.progress_bar.setAccessibleName(view.progress)
        self._arrange_footer()
        self._order_tabs()

    def _order_tabs(self) -> None:
        lines = (*self._running_lines, *self._today_lines)
        above = (self.card.flip, self.details, *self.asking.links, self.budget, self.toggle)
        order = (*above, *lines, self.more, *self._footer_links)
        for before, after in pairwise(order):
            self.setTabOrder(before, after)

    def forget_trouble(self) -> None:
        """Take the trouble away again."""
        self.trouble.setVisible(False)
        self.adjustSize()

    def show_trouble(self, trouble: TroubleSeen) -> None:
        """Say what failed behind the figures, and what to do."""
        self.trouble.setText(trouble_words(trouble))
        self.trouble.setVisible(True)

    def show_notice(self, text: str) -> None:
        """Say what a notification could not, until the window is closed."""
        self.notice.setText(text)
        self.notice.setVisible(bool(text))

    def _show_limits(self, view: Glance) -> None:
        self.toggle.setVisible(bool(view.limits) and not all(one.at_risk for one in view.limits))
        self.toggle.set_text(translate("Popover", "hide") if self._limits_open else translate("Popover", "show"))
        self.toggle.setAccessibleName(
            translate("Popover", "Hide the other limits") if self._limits_open
            else translate("Popover", "Show the other limits")
        )  # fmt: skip
        shown = [one for one in view.limits if self._limits_open or one.at_risk]
        while len(self._limit_rows) < len(shown):
            self._limit_rows.append(LimitRow())
            self.limits.addWidget(self._limit_rows[-1])
        for index, part in enumerate(self._limit_rows):
            part.setVisible(index < len(shown))
            if index < len(shown):
                part.show_view(shown[index])

    def _show_lines(self, layout: QVBoxLayout, lines: list[SessionLine], views: tuple[LineView, ...]) -> None:
        while len(lines) < len(views):
            line = SessionLine(views[len(lines)])
            line.chosen.connect(self.session_chosen)
            layout.addWidget(line)
            lines.append(line)
        for index, line in enumerate(lines):
            line.setVisible(index < len(views))
            if index < len(views):
                line.show_view(views[index])

    def _on_toggle(self) -> None:
        self._limits_open = not self._limits_open
        if self._view is not None:
            self._show_limits(self._view)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Down:
            self.focusNextChild()
        elif event.key() == Qt.Key.Key_Up:
            self.focusPreviousChild()
        else:
            super().keyPressEvent(event)

    def event(self, event: QEvent) -> bool:
        if event.type() == QEvent.Type.WindowDeactivate and self.beside is not None:
            self.close()
        return super().event(event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        if self.beside is not None:
            self.move(place(event.size(), self.beside, screen_at(self.beside)))

    def paintEvent(self, _event: QPaintEvent) -> None:
        if self.beside is not None:
            painter = QPainter(self)
            painter.setPen(paint_colour(colours_of(self.palette()).line))
            painter.drawRect(self.rect().adjusted(0, 0, -1, -1))
            painter.end()


def _flags(beside: QRect | None) -> Qt.WindowType:
    if beside is None:
        return Qt.WindowType.Window
    return Qt.WindowType.Tool | Qt.WindowType.FramelessWindowHint
