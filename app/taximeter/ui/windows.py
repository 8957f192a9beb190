"""The open windows: built when asked for, filled by each snapshot, freed when closed."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from functools import partial
from time import monotonic
from typing import TYPE_CHECKING, TypeVar

from PySide6.QtCore import QObject, QRect, QTimer, Signal
from PySide6.QtWidgets import QWidget
from shiboken6 import isValid

from taximeter.ledger.readmodels import Snapshot
from taximeter.ui.bridge import Bridge
from taximeter.ui.company_windows import CompanyWindows, bring_forward, in_place
from taximeter.ui.desk import Desk, Preferences, TroubleSeen
from taximeter.ui.figures import Figures
from taximeter.ui.settings_opening import SettingsOpening
from taximeter.ui.sign_in_opening import SignInOpening

if TYPE_CHECKING:
    from taximeter.ui.first_run import FirstRun
    from taximeter.ui.popover import Popover
    from taximeter.ui.sessions import SessionsWindow
    from taximeter.ui.surface import Card
    from taximeter.ui.used_up import UsedUp

W = TypeVar("W", bound="Card")
REOPEN_SECONDS = 0.3
"""A click on the icon closes the popover by taking its focus, and must not open it again."""


class Windows(QObject):
    """At most one window of each kind."""

    preferences_chosen = Signal(object)
    shown_changed = Signal(bool)

    def __init__(
        self, desk: Desk, bridge: Bridge, icon_place: Callable[[], QRect], parent: QObject | None = None
    ) -> None:
        super().__init__(parent)
        self._desk = desk
        self._bridge = bridge
        self._icon_place = icon_place
        self._state: tuple[Snapshot, Figures, Preferences] | None = None
        self._wanted: Callable[[], None] | None = None
        self._trouble: TroubleSeen | None = None
        self._notice = ""
        self._popover: Popover | None = None
        self._sessions: SessionsWindow | None = None
        self._used_up: UsedUp | None = None
        self._first_run: FirstRun | None = None
        self._popover_closed = 0.0
        self._closing: list[QObject] = []
        self._anew = False
        self.company = CompanyWindows(desk, bridge, self._on_others_shown)
        self.signing_in = SignInOpening(desk, bridge, self._on_others_shown)
        self.settings = SettingsOpening(desk, bridge, self._on_others_shown, self.signing_in.open)

    def show_snapshot(self, snapshot: Snapshot, figures: Figures, preferences: Preferences) -> None:
        """Fill the open windows; open what was asked for before anything was known."""
        self._state = (snapshot, figures, preferences)
        self.company.follow(snapshot, figures)
        self.signing_in.follow(snapshot)
        self.settings.follow(figures)
        if self._popover is not None:
            self._fill_popover(self._popover)
        if self._sessions is not None:
            self._sessions.follow_figures(figures)
        if self._used_up is not None:
            self._used_up.show_snapshot(snapshot, figures)
        if self._first_run is not None:
            self._first_run.show_snapshot(snapshot, figures)
        if self._wanted is not None:
            wanted, self._wanted = self._wanted, None
            wanted()

    def ledger_changed(self) -> None:
        """Windows that page through the ledger read again."""
        if self._sessions is not None:
            self._sessions.ledger_changed()

    def forget_trouble(self) -> None:
        """What was wrong may be mended; what still is will be told again."""
        self._trouble = None
        if self._popover is not None:
            self._popover.forget_trouble()

    def show_trouble(self, trouble: object) -> None:
        """Keep the newest trouble and say it in the popover until that is closed."""
        if isinstance(trouble, TroubleSeen):
            self._trouble = trouble
            if self._popover is not None:
                self._popover.show_trouble(trouble)

    def show_notice(self, text: str) -> None:
        """Keep the newest notice that no notification could tell, and say it in the popover until that is closed."""
        self._notice = text
        if self._popover is not None:
            self._popover.show_notice(text)

    def toggle_popover(self) -> None:
        """A click on the icon: open, or close."""
        if self._popover is not None:
            self._popover.close()
        elif monotonic() - self._popover_closed > REOPEN_SECONDS:
            self.open_popover()

    def open_popover(self) -> None:
        """The popover beside the icon, or as an ordinary window where its place is not known."""
        from taximeter.ui.placement import anchor_now

        self._open_popover(anchor_now(self._icon_place()))

    def open_without_tray(self) -> None:
        """No tray host came up: an ordinary window, which says how to get it back."""
        self._open_popover(None, without_tray=True)

    def raise_or_open(self) -> None:
        """The app was started again: bring what is open to the front, or open a window."""
        windows = self._all()
        if not windows:
            self._open_popover(None)
        for window in windows:
            bring_forward(window)

    def open_sessions(self, session: str = "") -> None:
        """The sessions window, with a session chosen where one is named."""
        from taximeter.ui.sessions import SessionsWindow

        if self._state is None:
            self._wanted = self._on_sessions_asked
            return
        if self._sessions is None:
            self._sessions = self._track(SessionsWindow(self._desk, self._bridge, self._state[1]))
            self._sessions.begin(session)
        elif session:
            self._sessions.choose(session)
        bring_forward(self._sessions)

    def open_used_up(self) -> None:
        """What stopped, what still works, when it is back."""
        from taximeter.ui.used_up import UsedUp

        if self._state is None:
            self._wanted = self.open_used_up
            return
        if self._used_up is None:
            self._used_up = self._track(UsedUp())
            self._used_up.sessions_asked.connect(self._on_sessions_asked)
            self._used_up.ask_asked.connect(self.open_ask_more)
            self._used_up.show_snapshot(*self._state[:2])
        bring_forward(self._used_up)

    def open_first_run(self) -> None:
        """The welcome; closing it ends the first run."""
        from taximeter.ui.first_run import FirstRun

        if self._state is None:
            self._wanted = self.open_first_run
            return
        if self._first_run is None:
            self._first_run = self._track(FirstRun(self._desk, self._bridge))
            self._first_run.sessions_asked.connect(self._on_sessions_asked)
            self._first_run.sign_in_asked.connect(self.signing_in.open)
            self._first_run.show_snapshot(*self._state[:2])
        bring_forward(self._first_run)

    def open_ask_more(self, quota: str = "") -> None:
        """Ask for more of the quota of that id, else of the one that ends first."""
        self.company.ask_for_more(quota)

    def open_ask_more_on_top(self, quota: str, project: str) -> None:
        """The same from a question, which stays above other windows, keeps waiting and is not answered by it."""
        self.company.ask_for_more(quota, project, on_top=True)

    def open_settings(self) -> None:
        """The settings."""
        if self._state is None:
            self._wanted = self.open_settings
            return
        self.settings.open(self._state[1])

    def open_anew(self) -> None:
        """Build the open windows again, in another language; forms that are being filled in stay as they are."""
        self._anew = True
        if self._popover is not None:
            beside, without_tray = self._popover.beside, self._popover.without_tray
            in_place(self._popover, partial(self._open_popover, beside, without_tray), self._all)
        if self._sessions is not None:
            in_place(self._sessions, partial(self.open_sessions, self._sessions.session), self._all)
        for window, open_it in ((self._used_up, self.open_used_up), (self._first_run, self.open_first_run)):
            in_place(window, open_it, self._all)
        self._anew = False
        self.company.open_anew()
        self.settings.open_anew()

    def close_all(self) -> None:
        """Close every window; the app is ending."""
        self._wanted = None
        for window in self._all():
            window.close()

    def _open_popover(self, beside: QRect | None, without_tray: bool = False) -> None:
        from taximeter.ui.popover import Popover

        if self._state is None:
            self._wanted = self.open_without_tray if without_tray else self.open_popover
            return
        if self._popover is None:
            self._popover = self._track(Popover(beside))
            self._popover.without_tray = without_tray
            self._connect_popover(self._popover)
            self._fill_popover(self._popover)
        bring_forward(self._popover)

    def _connect_popover(self, popover: Popover) -> None:
        popover.session_chosen.connect(self.open_sessions)
        popover.sessions_asked.connect(self._on_sessions_asked)
        popover.used_up_asked.connect(self.open_used_up)
        popover.budget_asked.connect(self.open_first_run)
        popover.settings_asked.connect(self.open_settings)
        popover.ask_asked.connect(self.open_ask_more)
        popover.mine_asked.connect(self.company.show_own_row)
        popover.team_asked.connect(self.company.show_team)
        popover.sign_in_asked.connect(self.signing_in.open)
        popover.aged.connect(self._on_aged)
        popover.hide_asked.connect(self._on_hide_asked)
        popover.flip_asked.connect(self._on_flip_asked)
        if self._trouble is not None:
            popover.show_trouble(self._trouble)
        popover.show_notice(self._notice)

    def _fill_popover(self, popover: Popover) -> None:
        from taximeter.ui.glance import glance_of

        if self._state is not None:
            snapshot, figures, preferences = self._state
            glance = glance_of(snapshot, figures, preferences.show_clock, preferences.decisions_read)
            popover.show_glance(glance, preferences.hide_numbers)

    def _on_aged(self) -> None:
        if self._state is not None and self._popover is not None:
            snapshot, figures, preferences = self._state
            self._state = replace(snapshot, now=max(snapshot.now, self._desk.now())), figures, preferences
            self._fill_popover(self._popover)

    def _on_sessions_asked(self) -> None:
        self.open_sessions()

    def _on_hide_asked(self) -> None:
        self._choose(lambda before: replace(before, hide_numbers=not before.hide_numbers))

    def _on_flip_asked(self) -> None:
        self._choose(lambda before: replace(before, show_clock=not before.show_clock))

    def _choose(self, change: Callable[[Preferences], Preferences]) -> None:
        if self._state is not None:
            self.preferences_chosen.emit(change(self._state[2]))

    def _track(self, window: W) -> W:
        window.closed.connect(self._on_closed)
        self.shown_changed.emit(True)
        return window

    def _on_closed(self) -> None:
        closed = self.sender()
        # Qt is in the middle of the event that closed it; without a reference it would be freed at once.
        self._closing.append(closed)
        QTimer.singleShot(0, self._closing.clear)
        if closed is self._popover:
            self._remember_decision(self._popover.asking.shown.decided)
            self._popover, self._trouble, self._notice = None, None, ""
            self._popover_closed = monotonic()
        elif closed is self._sessions:
            self._sessions = None
        elif closed is self._used_up:
            self._used_up = None
        elif closed is self._first_run:
            self._first_run = None
            if not self._anew and self._state is not None and not self._state[2].first_run_done:
                self._choose(lambda before: replace(before, first_run_done=True))
        self.shown_changed.emit(bool(self._all()))

    def _remember_decision(self, request: str) -> None:
        """It was seen in the popover, and is said no more."""
        if request:
            self._choose(lambda before: before.with_read(request))

    def _all(self) -> list[QWidget]:
        candidates = (self._first_run, self._used_up, self._sessions, self._popover)
        own = [window for window in candidates if window is not None and isValid(window)]
        return [*own, *self.company.open_windows(), *self.signing_in.open_windows(), *self.settings.open_windows()]

    def _on_others_shown(self) -> None:
        self.shown_changed.emit(bool(self._all()))
