"""The tray app: one event loop, the tray, and windows that are built when they are asked for."""

from __future__ import annotations

import sys
from collections.abc import Callable
from dataclasses import replace
from functools import partial

from PySide6.QtCore import QObject, Qt, QTimer
from PySide6.QtWidgets import QApplication

from taximeter.domain.episode_quotas import EpisodeKind
from taximeter.ledger.readmodels import IndexProgress, Snapshot
from taximeter.ui import garbage
from taximeter.ui.bridge import Bridge, Throttle
from taximeter.ui.desk import Desk, IconStyle, Preferences, QuestionsPaused
from taximeter.ui.figures import Figures
from taximeter.ui.gauge import icon, icon_key
from taximeter.ui.language import speak
from taximeter.ui.notices import Bubble
from taximeter.ui.presence import Presence
from taximeter.ui.questions import Questions
from taximeter.ui.quitting import EndingSignals, Stages, log_what_nobody_caught
from taximeter.ui.shapes import GaugeState
from taximeter.ui.telling import Telling
from taximeter.ui.told import in_language
from taximeter.ui.tray import Tray
from taximeter.ui.tray_view import Asking, tray_view
from taximeter.ui.windows import Windows

SHOWN_MS = 60_000
"""While a window is open its clock texts may change each minute."""
HIDDEN_MS = 600_000
"""With no window open the day's turn and a figure's age are looked at rarely."""

PAUSE_MINUTES = 60

_WINDOW_ICON = icon_key(GaugeState.OK, 0.7, IconStyle.RING)


def run_tray(desk: Desk) -> int:
    """Run the tray app until it is asked to end; the process's exit status."""
    app = make_application(sys.argv[:1])
    log_what_nobody_caught()
    meter = TrayApp(desk, app, partial(app.exit, 0))
    meter.begin()
    garbage.put_off()
    status = app.exec()
    meter.end_now()
    return status


def make_application(argv: list[str]) -> QApplication:
    """The Qt application, named for the desktop."""
    existing = QApplication.instance()
    app = existing if isinstance(existing, QApplication) else QApplication(argv)
    app.setApplicationName("taximeter")
    app.setApplicationDisplayName("Taximeter")
    app.setDesktopFileName("taximeter")
    app.setQuitOnLastWindowClosed(False)
    return app


class TrayApp(QObject):
    """Keeps the tray and the open windows up to date with the ledger, and ends in order."""

    def __init__(self, desk: Desk, app: QApplication, leave: Callable[[], None]) -> None:
        super().__init__()
        self._desk = desk
        self._app = app
        self._snapshot: Snapshot | None = None
        self._reading = False
        self._again = False
        self._preferences = desk.preferences()
        self._figures = _figures(desk, self._preferences)
        self._mask = sys.platform == "darwin"
        self.bridge = Bridge(desk.submit, self)
        self.tray = Tray(tray_view(None, self._figures, self._preferences.icon_style, self._mask), self)
        self.windows = Windows(desk, self.bridge, self.tray.geometry, self)
        self.questions = Questions(desk, self.bridge, self._figures, self)
        self.telling = Telling(desk, self.bridge, self.questions.notifications, self)
        self._paused_until: int | None = None
        self._presence = Presence(self)
        self._throttle = Throttle(self)
        self._clock = QTimer(self)
        self._clock.setTimerType(Qt.TimerType.VeryCoarseTimer)
        self.stages = Stages((self._close_windows, self._stop_desk, self._hide_tray, leave), self)
        self._signals = EndingSignals(self.stages.begin, self)
        self._connect()
        self._connect_questions()
        self._connect_telling()
        self.questions.follow(self._figures, named=self._named)

    def begin(self) -> None:
        """Show the tray, then start the threads; the first answer fills it."""
        self._app.setWindowIcon(icon(_WINDOW_ICON))
        self.tray.show()
        self._throttle.poke()
        self._clock.start(HIDDEN_MS)
        QTimer.singleShot(0, self._start_desk)

    def end_now(self) -> None:
        """Run what is left of ending; nothing when it went its way."""
        self.stages.run_rest()
        self._signals.close()

    def _connect(self) -> None:
        self._throttle.due.connect(self._read)
        self._clock.timeout.connect(self._on_clock)
        self.bridge.ledger_changed.connect(self._throttle.poke)
        self.bridge.ledger_changed.connect(self.windows.ledger_changed)
        self.bridge.progressed.connect(self._on_progress)
        self.bridge.preferences_changed.connect(self._on_preferences)
        self.bridge.raised.connect(self.windows.raise_or_open)
        self.bridge.quit_asked.connect(self.stages.begin)
        self.bridge.troubled.connect(self.windows.show_trouble)
        self.tray.clicked.connect(self._on_clicked)
        self.tray.open_asked.connect(self.windows.open_popover)
        self.tray.sessions_asked.connect(self.windows.open_sessions)
        self.tray.question_asked.connect(self.questions.open)
        self.tray.pause_asked.connect(self._on_pause_asked)
        self.tray.settings_asked.connect(self.windows.open_settings)
        self.tray.quit_asked.connect(self.stages.begin)
        self.tray.host_missing.connect(self.windows.open_without_tray)
        self.windows.preferences_chosen.connect(self._save_preferences)
        self.windows.shown_changed.connect(self._on_shown_changed)

    def _connect_questions(self) -> None:
        self.bridge.questions_changed.connect(self.questions.show_changes)
        self.bridge.questions_paused.connect(self._on_paused)
        self.bridge.question_wanted.connect(self.questions.open)
        self.bridge.sign_in_wanted.connect(self.windows.signing_in.open)
        self.bridge.notice_seen.connect(self.questions.show_notice)
        self.bridge.notice_untold.connect(self.questions.show_untold)
        self.bridge.raised.connect(self.questions.open)
        self.questions.waiting_changed.connect(self._show_tray)
        self.questions.notice_untold.connect(self.windows.show_notice)
        self.questions.more_asked.connect(self.windows.open_ask_more_on_top)

    def _connect_telling(self) -> None:
        self._presence.locked_changed.connect(self._on_locked)
        self._presence.returned.connect(self._throttle.poke)
        self.bridge.episode_acted.connect(self.telling.act)
        self.bridge.notice_untold.connect(self.telling.show_untold)
        self.telling.due.connect(self._throttle.poke)
        self.telling.opened.connect(self._on_episode_opened)
        self.telling.untold.connect(self._on_untold)

    @property
    def _named(self) -> bool:
        """Whether names and amounts may stand in notifications, which a locked screen may show."""
        return self._preferences.names_in_notifications and not self._presence.locked

    def _on_locked(self, locked: bool) -> None:
        self._show()
        self.questions.set_locked(locked)

    def _on_episode_opened(self, kind: object) -> None:
        if kind is EpisodeKind.SPENT:
            self.windows.open_used_up()
        elif kind is EpisodeKind.TO_DECIDE:
            self.windows.company.show_team()
        else:
            self.windows.open_popover()

    def _on_untold(self, line: str, bubble: object) -> None:
        self.windows.show_notice(line)
        if isinstance(bubble, Bubble):
            self.tray.tell(bubble.title, bubble.body)

    def _start_desk(self) -> None:
        if not self.stages.begun:
            self._desk.start(self.bridge.post)
            self.telling.begin()
            self._presence.begin()

    def _read(self) -> None:
        if self._reading:
            self._again = True
            return
        self._reading = True
        self.bridge.read(self, self._desk.snapshot, self._on_snapshot, self._on_read_failed)

    def _on_snapshot(self, snapshot: Snapshot) -> None:
        self._reading = False
        first = self._snapshot is None
        self._snapshot = snapshot = in_language(snapshot)
        self._figures = replace(self._figures, currency=snapshot.currency or "USD")
        self._show()
        self.telling.show_snapshot(snapshot, self._figures, self._preferences.wishes, named=self._named)
        if first and not self._preferences.first_run_done:
            self.windows.open_first_run()
        if self._again:
            self._again = False
            self._throttle.poke()

    def _on_read_failed(self) -> None:
        self._reading = False

    def _show(self) -> None:
        self._show_tray()
        self.questions.follow(self._figures, named=self._named)
        if self._snapshot is not None:
            self.windows.show_snapshot(self._snapshot, self._figures, self._preferences)

    def _show_tray(self) -> None:
        asking = Asking(self.questions.waiting, self._paused_until)
        self.tray.apply(tray_view(self._snapshot, self._figures, self._preferences.icon_style, self._mask, asking))

    def _on_clicked(self) -> None:
        if self.questions.waiting:
            self.questions.open()
        else:
            self.windows.toggle_popover()

    def _on_pause_asked(self) -> None:
        self._desk.pause_questions(PAUSE_MINUTES if self._paused_until is None else None)

    def _on_paused(self, paused: object) -> None:
        if isinstance(paused, QuestionsPaused):
            self._paused_until = paused.until
            self._show_tray()

    def _on_progress(self, progress: object) -> None:
        if isinstance(progress, IndexProgress):
            self._throttle.poke()

    def _on_preferences(self) -> None:
        self.windows.forget_trouble()
        self.bridge.read(self, self._desk.preferences, self._follow_preferences)

    def _save_preferences(self, chosen: object) -> None:
        if isinstance(chosen, Preferences):
            self._follow_preferences(chosen)
            self.bridge.read(self, _saving(self._desk, chosen), _nothing_to_do)

    def _follow_preferences(self, preferences: Preferences) -> None:
        spoken, self._preferences = self._preferences.language, preferences
        if preferences.language != spoken:
            self._figures = replace(self._figures, locale=speak(preferences.language))
        self._figures = replace(self._figures, hidden=preferences.hide_numbers)
        self._show()
        if preferences.language != spoken:
            self.questions.open_anew()
            self.windows.open_anew()
            self._throttle.poke()

    def _on_clock(self) -> None:
        self._throttle.poke()
        if self._clock.interval() == HIDDEN_MS:
            garbage.look()

    def _on_shown_changed(self, shown: bool) -> None:
        self._clock.start(SHOWN_MS if shown else HIDDEN_MS)
        if shown:
            self._throttle.poke()
            self._desk.freshen()

    def _close_windows(self) -> None:
        self.bridge.close()
        self._throttle.stop()
        self._clock.stop()
        self.telling.stop()
        self.windows.close_all()
        self.questions.close()

    def _stop_desk(self) -> None:
        self._desk.stop()

    def _hide_tray(self) -> None:
        self.tray.close()


def _figures(desk: Desk, preferences: Preferences) -> Figures:
    """How figures are written in the language that is spoken from now on, before any text is built."""
    return Figures(speak(preferences.language), desk.zone, "USD", preferences.hide_numbers, desk.agent_names)


def _saving(desk: Desk, chosen: Preferences) -> Callable[[], None]:
    return partial(desk.save_preferences, chosen)


def _nothing_to_do(_answer: None) -> None:
    """Saving has no answer."""
