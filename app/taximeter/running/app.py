"""The running app: its threads, started and stopped in order, and what its windows may ask of it."""

from __future__ import annotations

import contextlib
import logging
import sqlite3
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from decimal import Decimal
from functools import partial
from typing import TYPE_CHECKING, TypeVar

from taximeter.budget.burning import burn_now
from taximeter.budget.poller import Poller
from taximeter.budget.silence import service_seen
from taximeter.budget.standing import standing
from taximeter.collect.live import Collector, Ledger, Telling
from taximeter.collect.writing import writing
from taximeter.domain.usage import Totals
from taximeter.host import memory
from taximeter.host.settings import BudgetSetting
from taximeter.host.settings_edit import put_budget, set_values
from taximeter.host.trouble import Trouble
from taximeter.ledger import queries_breakdown, queries_keeping, queries_now, queries_sums
from taximeter.ledger.opening import is_made, open_reading
from taximeter.ledger.queries_days import day_of
from taximeter.ledger.readmodels import (
    Breakdown,
    DayRow,
    IndexProgress,
    ProjectRow,
    SessionFilter,
    SessionPage,
    Snapshot,
)
from taximeter.ledger.session_lists import SessionLists
from taximeter.running.asking import Asking
from taximeter.running.company import CompanyDesk
from taximeter.running.hooks import hook_rows, switch_hooks
from taximeter.running.learning import Learnt, just_refused, read_anew
from taximeter.running.polling import keyholder, ways
from taximeter.running.preferences import PreferencesDesk
from taximeter.running.renewing import Renewals
from taximeter.running.sign_in import SignInDesk
from taximeter.running.telling import keep_told, recall_told, wishes_of
from taximeter.running.thresholds import raise_threshold
from taximeter.ui import desk as ui

if TYPE_CHECKING:
    from taximeter.collect.installation import Installation

log = logging.getLogger("taximeter.app")
T = TypeVar("T")


class RunningApp:
    """One tray app's threads: the reader, the collector, the doorbell."""

    def __init__(self, installation: Installation, agent_names: dict[str, str], *, demo: bool = False) -> None:
        self._installation = installation
        self._names = agent_names
        self._zone = installation.zone()
        self._reader = ThreadPoolExecutor(1, "reader")
        self._threads = contextlib.ExitStack()
        self._progress = IndexProgress()
        self._lists = SessionLists()
        self._post: Callable[[object], None] = _told_nobody
        self._in_touch = False
        self._renewals = Renewals()
        keeping = installation.keeping()
        ledger = Ledger(partial(writing, keeping), partial(open_reading, keeping.file))
        telling = Telling(self._changed, self._progressed, self._troubled, self._settings_changed, self._set_in_touch)
        self._collector = Collector(keeping, ledger, telling)
        self._keys = keyholder(installation)
        reach = ways(installation, self._collector.write, self._keys, self._policy_changed)
        self._poller = Poller(reach)
        self._sign_in = SignInDesk(installation, self._keys, self._poller.token_changed, in_memory=demo)
        self._company = CompanyDesk(reach, self._poller.poll_now, installation.reading)
        self._asking = Asking(installation, self._learn, self._collector.write, self._tell, self._plain,
                              self._company.holds.answered)  # fmt: skip
        alone, leave = self._collector.write_alone, lambda: self._post(ui.QuitAsked())
        self.preferring = PreferencesDesk(installation, alone, self._settings_changed, leave)

    def desk(self) -> ui.Desk:
        """Everything that the windows may read or do."""
        place = self._installation
        return ui.Desk(
            snapshot=self._snapshot,
            session_page=self._session_page,
            breakdown=self._breakdown,
            days=self._days,
            projects=self._projects,
            submit=self._reader.submit,
            company=self._company.company(),
            sign_in=self._sign_in.steps(),
            start=self._start,
            stop=self._stop,
            preferences=self._preferences,
            save_preferences=self._save_preferences,
            set_budget=self._set_budget,
            hooks=partial(hook_rows, place),
            set_hooks=lambda agent, on: switch_hooks(place, agent, on=on),
            answer=self._asking.answer,
            raise_threshold=partial(raise_threshold, place),
            pause_questions=self._asking.pause,
            freshen=self._poller.ask,
            recall_told=partial(recall_told, place.paths),
            keep_told=partial(keep_told, place.paths),
            now=place.now,
            zone=self._zone,
            agent_names=self._names,
            settings_file=str(place.paths.settings_file),
            settings=self.preferring.desk(),
        )

    @contextlib.contextmanager
    def reading_only(self) -> Iterator[ui.Desk]:
        """The desk without threads that collect; the reader ends with the block."""
        try:
            yield self.desk()
        finally:
            self._stop()

    def _start(self, post: Callable[[object], None]) -> None:
        self._post = post
        self._threads.callback(self._collector.stop)
        try:
            self._asking.start()
        except Trouble as trouble:
            # The app still shows everything; only nobody can be asked, and a second start cannot raise it.
            log.info("no doorbell: %s (%s)", trouble.title, trouble.detail)
        self._collector.start()
        self._poller.start()
        if self._sign_in.asks_at_start():
            post(ui.SignInWanted())

    def _stop(self) -> None:
        self._poller.stop()
        self._company.stop()
        self.preferring.stop()
        self._asking.stop()
        self._threads.close()
        self._reader.shutdown(wait=True, cancel_futures=True)

    def _learn(self, before: Learnt, /, *, everything: bool) -> Learnt:
        learnt = read_anew(self._installation, self._names, self._is_in_touch, before, everything=everything)
        if just_refused(before, learnt, self._installation.now()):
            self._poller.ask()
        return learnt

    def _tell(self, payload: object) -> None:
        if isinstance(payload, ui.QuestionsChanged) and payload.questions:
            # What is left is what the question is about.
            self._poller.ask()
        self._post(payload)

    def _changed(self) -> None:
        self._lists.forget()
        self._post(ui.LedgerChanged())
        self._company.holds.ledger_changed()
        self._asking.look_again()

    def _progressed(self, progress: IndexProgress) -> None:
        self._progress = progress
        self._post(progress)

    def _troubled(self, trouble: Trouble) -> None:
        self._post(ui.TroubleSeen(trouble.title, trouble.detail))

    def _settings_changed(self) -> None:
        self._post(ui.PreferencesChanged())
        self._post(ui.LedgerChanged())
        self._asking.look_again(settings_changed=True)
        self._poller.settings_changed()

    def _policy_changed(self) -> None:
        """The company decided something else: as if it stood in the settings' file."""
        self._collector.rescan()
        self._settings_changed()

    def _plain(self, word: str) -> bool:
        """A single word at the door: done, or so."""
        if word == "show":
            self._post(ui.RaiseYourself())
        elif word == "quit":
            self._post(ui.QuitAsked())
        elif word == "token_changed":
            # A command signed in or out: what only this process held is no longer meant.
            self._keys.held.clear()
            self._poller.token_changed()
        elif word == "service_changed":
            self._poller.poll_now()
        return word in {"show", "quit", "token_changed", "service_changed"} or (word == "in_touch" and self._in_touch)

    def _is_in_touch(self) -> bool:
        return self._in_touch

    def _set_in_touch(self, *, now: bool) -> None:
        self._in_touch = now

    def _snapshot(self) -> Snapshot:
        place = self._installation
        now = place.now()
        found = place.found()
        if self._zone.follow():
            self._collector.rescan()  # which cuts the days anew
        if not is_made(place.keeping().file):
            return replace(EMPTY, now=now, agents_found=found, progress=self._progress)
        with place.reading() as connection:
            as_of = now if self._in_touch else queries_keeping.ledger_as_of(connection)
            try:
                outlooks = standing(connection, place.settings(), self._names, now, as_of, self._zone)
            except Trouble as trouble:
                # A budget that cannot be used takes no other figure away.
                outlooks = ()
                self._post(ui.TroubleSeen(trouble.title, trouble.detail))
            seen = queries_now.snapshot(connection, now, outlooks, found, self._progress, as_of)
            running = self._renewals.of_running(connection, seen.running, self._asking.experience, now)
            service = service_seen(connection, place.settings().service, now, self._zone)
            burn = burn_now(connection, outlooks, seen.currency, now) if running else None
            return replace(seen, running=running, service=service, offer=place.company_offer(), burn=burn)

    def _session_page(self, filter: SessionFilter, after: tuple[object, ...] | None, limit: int) -> SessionPage:
        nothing = SessionPage((), None, Totals(), 0)
        return self._ask(lambda ledger: self._lists.page(ledger, filter, after, limit), nothing)

    def _breakdown(self, session: str) -> Breakdown | None:
        return self._ask(lambda ledger: self._page(ledger, session), None)

    def _page(self, ledger: sqlite3.Connection, session: str) -> Breakdown | None:
        now = self._installation.now()
        page = queries_breakdown.breakdown(ledger, session, now)
        return None if page is None else self._renewals.of_page(ledger, page, self._asking.experience, now)

    def _days(self, since: int | None, until: int | None) -> tuple[DayRow, ...]:
        return self._ask(lambda ledger: queries_sums.days(ledger, self._stretch(since, until)), ())

    def _projects(self, since: int | None, until: int | None) -> tuple[ProjectRow, ...]:
        return self._ask(lambda ledger: queries_sums.projects(ledger, self._stretch(since, until)), ())

    def _ask(self, query: Callable[[sqlite3.Connection], T], nothing: T) -> T:
        """The answer of the ledger, ``nothing`` before there is one (the first start's first moment)."""
        if not is_made(self._installation.keeping().file):
            return nothing
        with self._installation.reading() as ledger:
            return query(ledger)

    def _stretch(self, since: int | None, until: int | None) -> queries_sums.Stretch:
        return queries_sums.Stretch(*("" if at is None else day_of(at, self._zone) for at in (since, until)))

    def _preferences(self) -> ui.Preferences:
        settings, kept = self._installation.settings(), memory.recall(self._installation.paths)
        return ui.Preferences(settings.hide_numbers, ui.IconStyle(settings.icon), kept.show_clock, kept.first_run_done,
                              settings.names_in_notifications, wishes_of(settings.notifications),
                              kept.decisions_read, settings.language)  # fmt: skip

    def _save_preferences(self, chosen: ui.Preferences) -> None:
        paths, before = self._installation.paths, self._preferences()
        memory.remember(paths, memory.Memory(chosen.first_run_done, chosen.show_clock, chosen.decisions_read))
        if (chosen.hide_numbers, chosen.icon_style) != (before.hide_numbers, before.icon_style):
            set_values(paths, {("hide_numbers",): chosen.hide_numbers, ("icon", "style"): chosen.icon_style.value})

    def _set_budget(self, chosen: ui.BudgetChoice) -> None:
        name = {"day": "Daily budget", "week": "Weekly budget", "month": "Monthly budget"}[chosen.period.value]
        amount, period = Decimal(chosen.amount).scaleb(-9).normalize(), chosen.period.value
        put_budget(self._installation.paths, BudgetSetting(period, name, amount, chosen.currency, period))


def _told_nobody(payload: object) -> None:
    """Before the windows listen there is nobody to tell."""


EMPTY = Snapshot(
    now=0, as_of=0, currency="", price_book="", outlooks=(), today=Totals(), today_sessions=(), running=(),
    refusal=None, agents_found=(), progress=IndexProgress(), requests_ever=0,
)  # fmt: skip
"""Before the first log was read there is nothing to show, which is not the same as zero."""
