"""The windows about the company's service: asking for more, the team, one's own row. At most one of each."""

from __future__ import annotations

from collections.abc import Callable, Collection
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, QTimer
from PySide6.QtWidgets import QWidget
from shiboken6 import isValid

from taximeter.ledger.readmodels import Snapshot
from taximeter.ui.bridge import Bridge
from taximeter.ui.desk import Desk
from taximeter.ui.figures import Figures

if TYPE_CHECKING:
    from taximeter.ui.ask_more import AskMore
    from taximeter.ui.own_row import OwnRow
    from taximeter.ui.team import TeamWindow


class CompanyWindows:
    """Opens them when they are asked for, and keeps them up to date until they are closed."""

    def __init__(self, desk: Desk, bridge: Bridge, shown_changed: Callable[[], None]) -> None:
        """``shown_changed`` is called after one was opened or closed."""
        self._desk = desk
        self._bridge = bridge
        self._shown_changed = shown_changed
        self._state: tuple[Snapshot, Figures] | None = None
        self._asking: AskMore | None = None
        self._team: TeamWindow | None = None
        self._own_row: OwnRow | None = None
        self._closing: list[QWidget | None] = []

    def follow(self, snapshot: Snapshot, figures: Figures) -> None:
        """Show what is known now."""
        self._state = (snapshot, figures)
        if self._asking is not None:
            self._asking.follow(snapshot, figures)
        if self._team is not None:
            self._team.follow_figures(figures)
        if self._own_row is not None:
            self._own_row.follow_figures(figures)

    def ask_for_more(self, quota: str = "", project: str = "", *, on_top: bool = False) -> None:
        """The form; ``on_top`` keeps it above a question that is kept above everything else."""
        from taximeter.ui.ask_more import AskMore

        if self._state is None:
            return
        snapshot, figures = self._state
        if self._asking is None:
            flags = Qt.WindowType.Window | Qt.WindowType.WindowStaysOnTopHint if on_top else Qt.WindowType.Window
            self._asking = AskMore(self._desk.company, self._bridge, snapshot, figures, flags)
            self._asking.closed.connect(self._on_asking_closed)
            self._asking.row_asked.connect(self.show_own_row)
            self._shown_changed()
        self._asking.begin(quota, project or _project(snapshot))
        bring_forward(self._asking)

    def show_team(self) -> None:
        """The manager's people, read anew where the window is open already."""
        from taximeter.ui.team import TeamWindow

        if self._state is None:
            return
        if self._team is None:
            self._team = TeamWindow(self._desk.company, self._bridge, self._desk.now, self._state[1])
            self._team.closed.connect(self._on_team_closed)
            self._shown_changed()
            self._team.begin()
        else:
            self._team.read()
        bring_forward(self._team)

    def show_own_row(self) -> None:
        """What a manager sees of the person who sits here."""
        from taximeter.ui.own_row import OwnRow

        if self._state is None:
            return
        if self._own_row is None:
            self._own_row = OwnRow(self._desk.company, self._bridge, self._desk.now, self._state[1])
            self._own_row.closed.connect(self._on_own_row_closed)
            self._shown_changed()
        self._own_row.read()
        bring_forward(self._own_row)

    def open_anew(self) -> None:
        """Build them again in another language; the form stays as it is, since somebody may be typing in it."""
        for window, open_it in ((self._team, self.show_team), (self._own_row, self.show_own_row)):
            in_place(window, open_it, self.open_windows)

    def open_windows(self) -> Collection[QWidget]:
        """Those that are open."""
        windows = (self._asking, self._team, self._own_row)
        return [window for window in windows if window is not None and isValid(window)]

    def _on_asking_closed(self) -> None:
        closed, self._asking = self._asking, None
        self._let_go(closed)

    def _on_team_closed(self) -> None:
        closed, self._team = self._team, None
        self._let_go(closed)

    def _on_own_row_closed(self) -> None:
        closed, self._own_row = self._own_row, None
        self._let_go(closed)

    def _let_go(self, closed: QWidget | None) -> None:
        # Qt is in the middle of the event that closed it; without a reference it would be freed at once.
        self._closing.append(closed)
        QTimer.singleShot(0, self._closing.clear)
        self._shown_changed()


def bring_forward(window: QWidget) -> None:
    """Show a window in front of the others, with the keyboard."""
    window.show()
    window.raise_()
    window.activateWindow()


def in_place(window: QWidget | None, open_it: Callable[[], None], windows: Callable[[], Collection[QWidget]]) -> None:
    """Close a window, if it is open, and open another of its kind where it was. ``windows`` are those that are open."""
    if window is None:
        return
    place, kind = window.geometry(), type(window)
    window.close()
    open_it()
    for opened in windows():
        if type(opened) is kind:
            opened.setGeometry(place)


def _project(snapshot: Snapshot) -> str:
    """The project that is worked on: of what runs, else of today's newest session."""
    if snapshot.running:
        return snapshot.running[0].session.project
    return snapshot.today_sessions[0].project if snapshot.today_sessions else ""
