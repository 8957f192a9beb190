"""Tells the episodes: looks at each snapshot, shows and withdraws notifications, remembers what was told."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import QObject, Qt, QTimer, Signal

from taximeter.domain.episode_quotas import Episode
from taximeter.domain.episodes import Memory, Sight, Situation, Wishes, lasting, look, snoozed
from taximeter.ledger.readmodels import Snapshot
from taximeter.ledger.readmodels_service import ServiceStanding, ServiceState
from taximeter.ui.bridge import Bridge
from taximeter.ui.desk import Desk, EpisodeActed, NoticeUntold
from taximeter.ui.episode_words import LATER, PREFIX, RESET, episode_bubble, episode_line
from taximeter.ui.figures import Figures
from taximeter.ui.notices import OPEN
from taximeter.ui.notifications import Notifying

LONGEST_TIMER = 24 * 3_600_000


class Telling(QObject):
    """Nothing is told before it is known what was told before the start."""

    due = Signal()
    """A snooze has ended: look anew."""
    opened = Signal(object)
    """A notification was clicked; the ``EpisodeKind``."""
    untold = Signal(str, object)
    """No notification could say it: one line for the popover, and the ``Bubble``."""

    def __init__(self, desk: Desk, bridge: Bridge, notifications: Notifying, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._desk = desk
        self._bridge = bridge
        self._notifications = notifications
        self._memory: Memory | None = None
        self._snapshot: Snapshot | None = None
        self._shown: dict[str, Episode] = {}
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setTimerType(Qt.TimerType.VeryCoarseTimer)
        self._timer.timeout.connect(self.due)

    def begin(self) -> None:
        """Read what was told before; until it is there nothing is."""
        self._bridge.read(self, self._desk.recall_told, self._on_recalled)

    def stop(self) -> None:
        """The app is ending."""
        self._timer.stop()

    def show_snapshot(self, snapshot: Snapshot, figures: Figures, wishes: Wishes, *, named: bool) -> None:
        """Tell what is new in it."""
        self._snapshot, self._figures, self._wishes, self._named = snapshot, figures, wishes, named
        if self._memory is None:
            return
        local = figures.local(snapshot.now)
        found = look(self._memory, situation_of(snapshot), wishes, local.hour * 60 + local.minute)
        for key in found.withdrawn:
            self._withdraw(key)
        for episode in found.told:
            self._shown[PREFIX + episode.key] = episode
            self._notifications.show(episode_bubble(episode, snapshot.now, figures, named=named))
        self._remember(found.memory)

    def act(self, acted: object) -> None:
        """An action of a notification was pressed; closing one is none."""
        if not isinstance(acted, EpisodeActed) or self._memory is None:
            return
        episode = self._shown.get(acted.key)
        if acted.action == OPEN and episode is not None:
            self.opened.emit(episode.kind)
        elif acted.action in (LATER, RESET):
            key = acted.key.removeprefix(PREFIX)
            self._withdraw(key)
            self._remember(snoozed(self._memory, key, self._desk.now(), until_reset=acted.action == RESET))

    def show_untold(self, told: object) -> None:
        """Say in the popover what no notification could."""
        if isinstance(told, NoticeUntold) and self._snapshot is not None and told.key in self._shown:
            episode, now = self._shown[told.key], self._snapshot.now
            bubble = episode_bubble(episode, now, self._figures, named=self._named)
            self.untold.emit(episode_line(episode, now, self._figures), bubble)

    def _on_recalled(self, memory: Memory) -> None:
        self._memory = memory
        if self._snapshot is not None:
            self.show_snapshot(self._snapshot, self._figures, self._wishes, named=self._named)

    def _remember(self, memory: Memory) -> None:
        before, self._memory = self._memory, memory
        if before is None or lasting(memory) != lasting(before):
            self._bridge.read(self, partial(self._desk.keep_told, lasting(memory)), _nothing_to_do)
        self._wait_for(memory.next_look)

    def _wait_for(self, moment: int | None) -> None:
        if moment is None:
            self._timer.stop()
            return
        wait = max(0, moment - self._desk.now())
        if wait < LONGEST_TIMER and not self._timer.isActive():
            self._timer.start(wait)

    def _withdraw(self, key: str) -> None:
        self._shown.pop(PREFIX + key, None)
        self._notifications.withdraw(PREFIX + key)


def situation_of(snapshot: Snapshot) -> Situation:
    """What of a snapshot can be an episode."""
    service = snapshot.service
    if service is None:
        return Situation(snapshot.now, snapshot.outlooks, burn=snapshot.burn)
    waiting = service.to_decide if service.leads else None
    return Situation(snapshot.now, snapshot.outlooks, _sight(service), service.requests, waiting, snapshot.burn)


def _sight(service: ServiceStanding) -> Sight:
    if service.state is ServiceState.ANSWERED:
        return Sight.WELL
    if service.state is ServiceState.SIGNED_OUT:
        return Sight.SIGNED_OUT
    return Sight.SILENT if service.silent else Sight.UNSURE


def _nothing_to_do(_answer: None) -> None:
    """Keeping has no answer."""
