"""The page Budget: budgets of one's own, and the company's service with what it pays for."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import QCoreApplication, Signal
from PySide6.QtWidgets import QPushButton

from taximeter.host.settings import BudgetSetting
from taximeter.ui.bridge import Bridge
from taximeter.ui.connect_card import ConnectCard
from taximeter.ui.desk import Desk, TroubleSeen
from taximeter.ui.figures import NANO, Figures
from taximeter.ui.sentences import joined, listed, trouble_words
from taximeter.ui.settings_budget_form import BudgetForm, period_names
from taximeter.ui.settings_desk import SettingsSeen
from taximeter.ui.settings_lines import Control, Group, Line, group
from taximeter.ui.settings_page import Page, Section
from taximeter.ui.settings_parts import ActionRow, without_heading
from taximeter.ui.signing_in import Connected, Place
from taximeter.ui.words import Tone

translate = QCoreApplication.translate


class BudgetPage(Page):
    """``sign_in_asked`` wants the window for signing in; ``changed`` that the settings are read again."""

    sign_in_asked = Signal()
    changed = Signal()

    def __init__(self, desk: Desk, bridge: Bridge, figures: Figures) -> None:
        super().__init__(translate("Settings", "Budget"))
        self._desk, self._bridge = desk, bridge
        self._seen: SettingsSeen | None = None
        self._shown: tuple[BudgetSetting, ...] | None = None
        self._kept = False
        self._parts = False
        self._figures = figures
        self.rows: dict[str, BudgetRow] = {}
        em = self.fontMetrics().height()
        self.own = Section(translate("Settings", "Budgets of your own"),
                           translate("Settings", "They warn and stop nothing; nobody else sees them."))  # fmt: skip
        self.new = QPushButton(translate("Settings", "Add a budget"))
        self.new.clicked.connect(partial(self._on_edit, ""))
        self.adding = ActionRow("", "", (self.new,))
        self.form = BudgetForm(figures.locale)
        self.form.given.connect(self._on_given)
        self.form.cancelled.connect(self._on_cancelled)
        for part in (self.adding, self.form):  # a window that is closed before it was filled takes them along
            part.setParent(self)
            part.setVisible(False)
        self.company = Section(translate("Settings", "The company's service"))
        self.connect_card = ConnectCard(desk.sign_in, bridge, self.new, em, desk.agent_names)
        self.connect_card.sign_in_asked.connect(self.sign_in_asked)
        self.connect_card.connected.connect(self.changed)
        self.out = QPushButton(translate("Settings", "Sign out"))
        self.out.clicked.connect(self._on_out)
        self.part = QPushButton(translate("Settings", "Disconnect"))
        self.part.clicked.connect(self._on_part)
        self.signed_in = ActionRow(
            translate("Settings", "Signed in"),
            translate("Settings", "Signing out removes the token from this computer."),
            (self.out,),
        )
        without_heading(self.connect_card)
        self.company.add(self.connect_card, translate("Settings", "Connect the budget service, sign in"))
        self.company.add(self.signed_in, translate("Settings", "Signed in, sign out"))
        self.parting = ActionRow(
            translate("Settings", "No longer ask it"),
            translate("Settings", "Its address is taken out of your settings. What it told stays in the ledger."),
            (self.part,),
        )
        self.company.add(self.parting, translate("Settings", "Disconnect, no longer ask the service"))
        self.covers = Section(translate("Settings", "What the company's quotas pay for"))
        for section in (self.own, self.company, self.covers):
            self.add(section)

    def show_settings(self, seen: SettingsSeen, figures: Figures) -> None:
        """Show the budgets and the service."""
        self._seen, self._figures = seen, figures
        if seen.settings.budgets != self._shown:
            self._shown = seen.settings.budgets
            self._show_budgets(seen)
        usable = seen.trouble is None
        self.new.setEnabled(usable)
        for row in self.rows.values():
            row.show_state(usable=usable)
        connected = bool(seen.settings.service.kind)
        if connected:
            self.show_group(self.covers, coverage_group(seen), figures, usable=usable)
        self.covers.set_gone(not connected)
        service = seen.settings.service
        self.connect_card.follow(tuple(self._desk.agent_names), (service.origin, service.kind))
        steps = self._desk.sign_in
        self._bridge.ask(self, steps.submit, steps.connected, self._on_connected, self._on_refused)
        if self._search:
            self.narrow(self._search)

    def _show_budgets(self, seen: SettingsSeen) -> None:
        own = {budget.id for budget in seen.own.budgets}
        for part in (self.adding, self.form):
            part.setParent(None)
        self.own.clear(keep=(self.adding, self.form))
        self.rows = {}
        for budget in seen.settings.budgets:
            row = BudgetRow(budget, self._figures, own=budget.id in own)
            row.edit.clicked.connect(partial(self._on_edit, budget.id))
            row.remove.clicked.connect(partial(self._on_remove, budget.id))
            self.rows[budget.id] = row
            self.own.add(row, f"{budget.name} {row.about.text()}")
        self.own.add(self.form)
        self.own.add(self.adding, self.new.text())
        self.own.set_absent(self.form, absent=True)
        none = translate("Settings", "No budget of your own is set.") if not self.rows else ""
        self.adding.show_facts(none)

    def _on_edit(self, identifier: str) -> None:
        if self._seen is None:
            return
        settings = self._seen.settings
        budget = next((one for one in settings.budgets if one.id == identifier), None)
        taken = frozenset(one.id for one in settings.budgets if one.id != identifier)
        self.own.set_absent(self.form, absent=False)
        self.own.set_absent(self.adding, absent=True)
        self.form.begin(budget, settings.currency, settings.week_start, taken)

    def _on_given(self, budget: object) -> None:
        if isinstance(budget, BudgetSetting):
            self._act(partial(self._desk.settings.put_budget, budget))

    def _on_cancelled(self) -> None:
        self.own.set_absent(self.form, absent=True)
        self.own.set_absent(self.adding, absent=False)
        self.new.setFocus()

    def _on_remove(self, identifier: str) -> None:
        row = self.rows[identifier]
        if row.asks_again():
            self._act(partial(self._desk.settings.remove_budget, identifier))

    def _act(self, work: partial[None]) -> None:
        self._bridge.ask(self, self._desk.submit, work, self._on_acted, self._on_refused)

    def _on_acted(self, _nothing: None) -> None:
        self._on_cancelled()
        self._shown = None
        self.changed.emit()

    def _on_connected(self, connected: Connected | None) -> None:
        kept = connected is not None and connected.place in (Place.KEYRING, Place.MEMORY)
        self.company.set_absent(self.signed_in, absent=not kept)
        self.company.set_absent(self.parting, absent=connected is None or not connected.own)
        self._kept = kept

    def _on_out(self) -> None:
        steps = self._desk.sign_in
        self._bridge.ask(self, steps.submit, steps.forget, self._on_signed_out, self._on_refused)

    def _on_part(self) -> None:
        """The first press asks; the second signs out, so that no token is left behind, and disconnects."""
        if not self._parts:
            self._parts = True
            self.part.setText(translate("Settings", "Disconnect it?"))
            signed = translate("Settings", "You are signed out with it. Press again to do it.")
            self.parting.say(signed if self._kept else translate("Settings", "Press again to do it."))
            return
        self._parts = False
        self.part.setText(translate("Settings", "Disconnect"))
        self.parting.say("")
        steps = self._desk.sign_in
        if self._kept:
            self._bridge.ask(self, steps.submit, steps.forget, self._on_forgotten, self._on_refused)
        else:
            self._on_forgotten(None)

    def _on_forgotten(self, _nothing: None) -> None:
        desk = self._desk
        self._bridge.ask(self, desk.submit, desk.settings.disconnect, self._on_acted, self._on_refused)

    def _on_signed_out(self, _nothing: None) -> None:
        self.company.set_absent(self.signed_in, absent=True)
        self.connect_card.follow((), ("", "signed out"))

    def _on_refused(self, trouble: TroubleSeen) -> None:
        self.adding.say(trouble_words(trouble), Tone.ACT)


class BudgetRow(ActionRow):
    """One budget of one's own."""

    def __init__(self, budget: BudgetSetting, figures: Figures, *, own: bool) -> None:
        self.edit = QPushButton(translate("Settings", "Change"))
        self.remove = QPushButton(translate("Settings", "Remove"))
        self._own = own
        self._asked = False
        about = budget_words(budget, figures)
        if not own:
            where = translate("Settings", "It stands in the settings of this computer, not in yours.")
            about = joined(about, where)
        super().__init__(budget.name, about, (self.edit, self.remove))
        self.edit.setAccessibleName(translate("Settings", "Change {name}").format(name=budget.name))
        self.remove.setAccessibleName(translate("Settings", "Remove {name}").format(name=budget.name))

    def show_state(self, *, usable: bool) -> None:
        """Let it be changed, or not."""
        for button in (self.edit, self.remove):
            button.setEnabled(usable and self._own)

    def asks_again(self) -> bool:
        """Whether this was the second press: the first one only asks."""
        if not self._asked:
            self.remove.setText(translate("Settings", "Remove it?"))
            self.say(translate("Settings", "Press again to remove it. What was spent stays in the ledger."))
        was, self._asked = self._asked, True
        return was


def budget_words(budget: BudgetSetting, figures: Figures) -> str:
    """How much, how often, and for what."""
    names = dict(zip(("day", "week", "month"), period_names(), strict=True))
    amount = figures.round_money(int(budget.amount * NANO), budget.currency)
    text = translate("Settings", "{amount} a {period}").format(amount=amount, period=names[budget.period])
    patterns = (*(figures.agent(one) for one in budget.agents), *budget.projects, *budget.models)
    covers = listed(patterns) or translate("Settings", "everything")
    return translate("Settings", "{amount}, for {covers}.").format(amount=text, covers=covers)


def coverage_group(seen: SettingsSeen) -> Group:
    """What the company's quotas pay for, as somebody chose it."""
    service, settings = seen.settings.service, seen.settings
    everything = service.everything
    hint = translate("Settings", "patterns, divided by commas")
    unchosen = translate(
        "Settings", "Nobody chose it yet, so nothing of this computer's use is taken off the service's figures."
    )
    about = "" if service.coverage_chosen else unchosen
    lines = (
        Line("service.everything", translate("Settings", "All that agents do here"), Control.SWITCH, everything, about),
        *(Line(f"service.{key}", label, Control.PATTERNS, getattr(service, key), hint=hint, usable=not everything)
          for key, label in (("agents", translate("Settings", "Else these agents")),
                             ("projects", translate("Settings", "These projects")),
                             ("models", translate("Settings", "These models")))),
    )  # fmt: skip
    return group("", settings, lines)
