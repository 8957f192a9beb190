"""A session's page: what it cost, where that went, which agents worked when, and how the figure was made."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication, Qt
from PySide6.QtWidgets import (
    QHBoxLayout,
    QLabel,
    QPushButton,
    QScrollArea,
    QSizePolicy,
    QTabWidget,
    QVBoxLayout,
    QWidget,
)

from taximeter.ledger.readmodels import Breakdown, SessionRow
from taximeter.ui import breakdown_rows as rows
from taximeter.ui import launch_words
from taximeter.ui.bars import KindBar
from taximeter.ui.figures import Figures, many, sentence
from taximeter.ui.glance import project
from taximeter.ui.legend import Entry, Legend
from taximeter.ui.rows import RowsModel, RowsView
from taximeter.ui.sentences import listed
from taximeter.ui.surface import Paper, column, heading, row
from taximeter.ui.timeline import Timeline
from taximeter.ui.words import LARGE, SMALL, TITLE, Tone, Words

translate = QCoreApplication.translate


class BreakdownPage(Paper):
    """Shows one ``Breakdown``; shown again it changes only what changed."""

    def __init__(self) -> None:
        super().__init__()
        self._shown: tuple[Breakdown, Figures] | None = None
        self.title = Words(scale=TITLE, bold=True)
        self.title.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Fixed)
        self.branch = Words(tone=Tone.MUTE, scale=TITLE)
        self.cost = Words(scale=LARGE, bold=True, right=True)
        self.below = Words(tone=Tone.MUTE, scale=SMALL)
        self.label = Words(translate("Breakdown", "at list price"), tone=Tone.MUTE, scale=SMALL, right=True)
        self.forecast = Words(tone=Tone.MUTE, scale=SMALL, right=True)
        self.bar = KindBar()
        self.legend = Legend()
        self.timeline = Timeline()
        self.tabs = self._tabs()
        em = self.fontMetrics().height()
        layout = column(self)
        layout.setContentsMargins(em, round(em * 0.8), em, round(em * 0.6))
        layout.setSpacing(round(em * 0.3))
        top = QHBoxLayout()
        top.setSpacing(8)
        for part, stretch in ((self.title, 0), (self.branch, 1), (self.cost, 0)):
            top.addWidget(part, stretch)
        layout.addLayout(top)
        layout.addLayout(row(self.below, self.forecast))
        where = heading(translate("Breakdown", "Where it went"))
        self.label.setContentsMargins(where.contentsMargins())
        layout.addLayout(row(where, self.label))
        layout.addWidget(self.bar)
        layout.addWidget(self.legend)
        layout.addWidget(heading(translate("Breakdown", "Agents over time, and the cost so far")))
        layout.addWidget(self.timeline)
        layout.addSpacing(round(em * 0.5))
        layout.addWidget(self.tabs, 1)

    def _tabs(self) -> QTabWidget:
        self.runs = RowsView(RowsModel(rows.run_headers(), 2), translate("Breakdown", "Agents"), tree=True)
        self.models = RowsView(RowsModel(rows.model_headers(), 1), translate("Breakdown", "Models"))
        self.turns = RowsView(RowsModel(rows.turn_headers(), 3), translate("Breakdown", "Dearest turns"))
        self.launches = RowsView(RowsModel(rows.launch_headers(), 3), translate("Breakdown", "Launches"))
        self.made = QLabel()
        self.made.setWordWrap(True)
        self.made.setTextFormat(Qt.TextFormat.PlainText)
        self.made.setAlignment(Qt.AlignmentFlag.AlignTop)
        self.made.setContentsMargins(4, 6, 4, 6)
        self.made.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByKeyboard
                                          | Qt.TextInteractionFlag.TextSelectableByMouse)  # fmt: skip
        scroll = QScrollArea()
        scroll.setWidgetResizable(True)
        scroll.setFrameShape(QScrollArea.Shape.NoFrame)
        scroll.setWidget(self.made)
        tabs = QTabWidget()
        tabs.setDocumentMode(True)
        tabs.addTab(self.runs, translate("Breakdown", "Agents"))
        tabs.addTab(self.models, translate("Breakdown", "Models"))
        tabs.addTab(self.turns, translate("Breakdown", "Dearest turns"))
        tabs.addTab(scroll, translate("Breakdown", "How it was made"))
        tabs.addTab(self.launches, translate("Breakdown", "Launches"))
        copy = QPushButton(translate("Breakdown", "Copy as table"))
        copy.setFlat(True)
        copy.clicked.connect(self._on_copy)
        tabs.setCornerWidget(copy)
        return tabs

    def show_breakdown(self, breakdown: Breakdown, figures: Figures, now: int) -> None:
        """Show a session as of ``now``."""
        if self._shown == (breakdown, figures):
            return
        self._shown = (breakdown, figures)
        session = breakdown.session
        self.title.setText(project(session))
        self.branch.setText(session.branch)
        self.cost.setText(sentence(figures.short_cost(session.totals)))
        self.cost.setAccessibleName(figures.cost(session.totals))
        self.below.setText(session_words(session, now, figures))
        self.legend.show_entries(kind_entries(session, figures))
        self.bar.show_parts(tuple(session.totals.cost), self.legend.accessibleName())
        self.timeline.show_breakdown(breakdown, figures)
        self.runs.show_rows(rows.run_rows(breakdown, figures))
        self.models.show_rows(rows.model_rows(breakdown, figures))
        self.turns.show_rows(rows.turn_rows(breakdown, figures))
        self.made.setText("\n\n".join(rows.provenance(breakdown, figures)))
        self._show_launches(breakdown, figures)

    def _show_launches(self, breakdown: Breakdown, figures: Figures) -> None:
        launches, day = breakdown.launches, breakdown.session.started_at
        self.forecast.setText(launch_words.forecast_words(launches[0], day, figures) if launches else "")
        self.launches.show_rows(rows.launch_rows(breakdown, figures))
        self.tabs.setTabVisible(self.tabs.indexOf(self.launches), launch_words.worth_a_list(launches))

    def _on_copy(self) -> None:
        shown = self.tabs.currentWidget()
        if isinstance(shown, RowsView):
            shown.copy()
        else:
            from PySide6.QtGui import QGuiApplication

            QGuiApplication.clipboard().setText(self.made.text())


def session_words(session: SessionRow, now: int, figures: Figures) -> str:
    """Who worked when, and how much of it at once."""
    span = translate("Breakdown", "{start} to {end}").format(
        start=figures.moment(session.started_at, now),
        end=figures.clock(session.ended_at)
        if figures.local(session.ended_at).date() == figures.local(session.started_at).date()
        else figures.moment(session.ended_at, now),
    )
    requests = session.totals.requests
    parts = [figures.agent(session.agent), span,
             many(requests, translate("Breakdown", "1 turn"), translate("Breakdown", "{n} turns"))]  # fmt: skip
    if session.runs:
        parts.append(many(session.runs, translate("Breakdown", "1 agent"), translate("Breakdown", "{n} agents")))
    if session.peak > 1:
        parts.append(translate("Breakdown", "{n} at once").format(n=session.peak))
    return listed(parts)


def kind_entries(session: SessionRow, figures: Figures) -> tuple[Entry, ...]:
    """The legend of where a cost went; kinds that cost nothing are left out."""
    names = (
        translate("Breakdown", "Input"),
        translate("Breakdown", "Cache read"),
        translate("Breakdown", "Cache write"),
        translate("Breakdown", "Output"),
        translate("Breakdown", "Fees"),
    )
    fields = ("input", "cache_read", "cache_write", "output", "fees")
    cost = session.totals.cost
    return tuple(
        Entry(field, f"{name} {figures.money(part)}")
        for field, name, part in zip(fields, names, cost, strict=True) if part
    )  # fmt: skip


class EmptyPage(QWidget):
    """What to do where there is nothing to show."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.words = Words(text, tone=Tone.MUTE, wrap=True)
        self.words.setAlignment(Qt.AlignmentFlag.AlignCenter)
        layout = QVBoxLayout(self)
        layout.addStretch(1)
        layout.addWidget(self.words)
        layout.addStretch(2)
