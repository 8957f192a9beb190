"""The window for asking for more: what would be sent, what the manager would read, and what became of it."""

from __future__ import annotations

import uuid
from dataclasses import replace
from functools import partial

from PySide6.QtCore import QCoreApplication, Qt, QUrl, Signal
from PySide6.QtGui import QDesktopServices, QGuiApplication
from PySide6.QtWidgets import QComboBox, QHBoxLayout, QLayout, QPushButton, QVBoxLayout, QWidget

from taximeter.domain.increase import IncreaseRequest, Wish
from taximeter.domain.quota import Outlook
from taximeter.ledger.readmodels import Snapshot
from taximeter.ui import ask_more_view as asking
from taximeter.ui.ask_form import AskForm
from taximeter.ui.ask_stage import AskView, Stage, stage_view
from taximeter.ui.bridge import Bridge
from taximeter.ui.company import Company
from taximeter.ui.desk import TroubleSeen
from taximeter.ui.figures import Figures
from taximeter.ui.request_card import RequestCard
from taximeter.ui.request_words import request_view
from taximeter.ui.sentences import trouble_words
from taximeter.ui.surface import Card, column, heading
from taximeter.ui.words import SMALL, TITLE, Link, Tone, Words

translate = QCoreApplication.translate

WIDTH_EM = 31


class AskMore(Card):
    """Sends nothing but what it shows, and only on a click. It follows the snapshot while it is open."""

    row_asked = Signal()

    def __init__(
        self, company: Company, bridge: Bridge, snapshot: Snapshot, figures: Figures,
        flags: Qt.WindowType = Qt.WindowType.Window,
    ) -> None:  # fmt: skip
        super().__init__(flags)
        self._company = company
        self._bridge = bridge
        self._snapshot = snapshot
        self._figures = figures
        self._wanted = ""
        self._project = ""
        self._begun = ""
        self._here: IncreaseRequest | None = None
        self._again = False
        self._busy = False
        self._sent = Wish("", 0)
        self._view: AskView = stage_view(snapshot, figures, None, None)
        self.setWindowTitle(translate("AskMore", "Ask for more"))
        self._make()
        self._lay_out()

    def _make(self) -> None:
        self.title = Words(scale=TITLE * 1.1, bold=True, wrap=True)
        self.quotas = QComboBox()
        self.quotas.setAccessibleName(translate("AskMore", "Of which limit"))
        self.quotas.activated.connect(self._on_quota)
        self.rest = Words(tone=Tone.MUTE, wrap=True)
        self.form = AskForm()
        self.form.changed.connect(self._show_draft)
        self.seen_title = heading("")
        self.card = RequestCard()
        self.besides = Words(tone=Tone.MUTE, scale=SMALL, wrap=True)
        self.row = Link(translate("AskMore", "What your manager sees of you at any time"), scale=SMALL)
        self.row.clicked.connect(self.row_asked)
        self.said = Words(wrap=True)
        self.trouble = Words(tone=Tone.ACT, wrap=True)
        self.act = QPushButton()
        self.act.clicked.connect(self._on_act)
        self.away = QPushButton()
        self.away.clicked.connect(self.close)
        for button in (self.act, self.away):
            button.setAutoDefault(False)

    def _lay_out(self) -> None:
        em = self.fontMetrics().height()
        body = QWidget()
        body.setFixedWidth(em * WIDTH_EM)
        layout = column(body)
        layout.setSpacing(round(em * 0.4))
        parts = (self.title, self.quotas, self.rest, self.said, self.form, self.seen_title, self.card, self.besides,
                 self.row, self.trouble)  # fmt: skip
        for part in parts:
            layout.addWidget(part)
        layout.addSpacing(round(em * 0.4))
        verbs = QHBoxLayout()
        verbs.addWidget(self.act)
        verbs.addWidget(self.away)
        verbs.addStretch(1)
        layout.addLayout(verbs)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(round(em * 1.3), em, round(em * 1.3), em)
        outer.setSizeConstraint(QLayout.SizeConstraint.SetFixedSize)
        outer.addWidget(body)

    def begin(self, quota: str, project: str) -> None:
        """Ask for more of the quota of that id, else of the one that ends first; ``project`` may be named."""
        if (quota, project) != (self._wanted, self._project):
            self._wanted, self._project, self._begun = quota, project, ""
        self._show()
        if self._view.stage in (Stage.WRITING, Stage.TEXT):
            self.form.amount.setFocus()
            self.form.amount.selectAll()

    def follow(self, snapshot: Snapshot, figures: Figures) -> None:
        """Show what is known now; what was typed stays."""
        self._snapshot, self._figures = snapshot, figures
        self._show()

    @property
    def outlook(self) -> Outlook | None:
        """The quota that more is asked of; None where none can be raised."""
        askable = (one for one in self._snapshot.outlooks if asking.can_ask(one.quota))
        wanted = next((one for one in askable if one.quota.id == self._wanted), None)
        return wanted or asking.asked_first(self._snapshot)

    def _show(self) -> None:
        outlook = self.outlook
        self._view = view = stage_view(self._snapshot, self._figures, outlook, self._here, again=self._again)
        writing = view.stage in (Stage.WRITING, Stage.TEXT)
        if outlook is not None and writing and self._begun != outlook.quota.id:
            self._begun = outlook.quota.id
            self.form.begin(outlook, self._project, self._snapshot.now, self._figures)
        focused: QWidget | None = self.focusWidget()
        texts = ((self.title, view.title), (self.rest, view.rest), (self.seen_title, view.seen_title),
                 (self.besides, view.besides), (self.said, view.said))  # fmt: skip
        for part, text in texts:
            part.setText(text)
            part.setVisible(bool(text))
        self.form.setVisible(writing)
        self._show_quotas(outlook, writing)
        self.row.setVisible(view.stage in (Stage.WRITING, Stage.WAITING) and asking.has_team(self._snapshot))
        self.act.setText(view.act)
        self.act.setVisible(bool(view.act))
        self.away.setText(view.away)
        self.trouble.setVisible(bool(self.trouble.text()))
        self._show_draft()
        if focused is not None and not focused.isVisibleTo(self):
            self.away.setFocus()

    def _show_quotas(self, chosen: Outlook | None, writing: bool) -> None:
        askable = [one.quota for one in self._snapshot.outlooks if asking.can_ask(one.quota)]
        if [self.quotas.itemData(at) for at in range(self.quotas.count())] != [one.id for one in askable]:
            self.quotas.clear()
            for one in askable:
                self.quotas.addItem(one.name, one.id)
        if chosen is not None:
            self.quotas.setCurrentIndex(self.quotas.findData(chosen.quota.id))
        self.quotas.setVisible(writing and len(askable) > 1)

    def _show_draft(self) -> None:
        """The request as it is written now, or as it waits."""
        view = self._view
        writing = view.stage in (Stage.WRITING, Stage.TEXT)
        draft = self._draft() if writing else None
        outlook = self.outlook
        seen = view.seen
        if draft is not None and outlook is not None:
            # What is typed here is seen anyway; what is left stays hidden where numbers are.
            effect = request_view(draft, outlook.quota, self._figures).effect
            seen = replace(request_view(draft, outlook.quota, self._plainly), effect=effect)
            if view.stage is Stage.TEXT:
                seen = replace(seen, title="", until="", effect="", reason=self._text(draft, outlook))
        self.card.setVisible(seen is not None)
        self.seen_title.setVisible(seen is not None and bool(view.seen_title))
        if seen is not None:
            self.card.show_view(seen)
        self.act.setEnabled(not self._busy and (not writing or self.form.is_complete))

    def _draft(self) -> IncreaseRequest | None:
        amount, outlook = self.form.amount_chosen, self.outlook
        if amount is None or outlook is None:
            return None
        return asking.draft(self._snapshot, outlook.quota, amount, self.form.until_chosen, self.form.reason_chosen)

    @property
    def _plainly(self) -> Figures:
        return replace(self._figures, hidden=False)

    def _text(self, draft: IncreaseRequest, outlook: Outlook) -> str:
        return asking.text_to_send(draft, outlook.quota, self._plainly)

    def _on_quota(self, at: int) -> None:
        self._wanted = str(self.quotas.itemData(at))
        self._show()

    def _on_act(self) -> None:
        if self._busy:
            return
        draft, outlook = self._draft(), self.outlook
        if self._view.stage is Stage.OVER:
            self._again, self._begun = True, ""
            self._show()
        elif self._view.stage is Stage.WAITING and outlook is not None:
            waiting = asking.one_waiting(self._snapshot, outlook.quota.id, self._here)
            if waiting is not None:
                self._call(partial(self._company.withdraw, waiting.id))
        elif self._view.stage is Stage.PAGE and outlook is not None:
            QDesktopServices.openUrl(QUrl(asking.page_of(outlook.quota)))
        elif self._view.stage is Stage.TEXT and draft is not None and outlook is not None:
            QGuiApplication.clipboard().setText(self._text(draft, outlook))
            self.besides.setText(translate("AskMore", "Copied. Send it to whoever decides."))
        elif self._view.stage is Stage.WRITING and draft is not None and self.form.is_complete:
            self._call(partial(self._company.ask, self._wish(draft)))

    def _wish(self, draft: IncreaseRequest) -> Wish:
        """The same wish has the same key, so that sending it again after a failure asks once."""
        wish = Wish(draft.quota, draft.amount, draft.reason, draft.until, self._sent.key)
        if wish != self._sent or not wish.key:
            self._sent = replace(wish, key=str(uuid.uuid4()))
        return self._sent

    def _call(self, work: partial[IncreaseRequest]) -> None:
        self._busy = True
        self.act.setEnabled(False)
        self.trouble.setVisible(False)
        self._bridge.ask(self, self._company.submit, work, self._on_answered, self._on_refused)

    def _on_answered(self, request: IncreaseRequest) -> None:
        self._busy = False
        self._here, self._again = request, False
        self._sent = Wish("", 0)
        self.trouble.setText("")
        self._show()

    def _on_refused(self, trouble: TroubleSeen) -> None:
        self._busy = False
        self.trouble.setText(trouble_words(trouble))
        self._show()
