"""Episodes from a snapshot to the desktop: told once, put off, clicked, and said in the popover without a server."""

from __future__ import annotations

import shutil
import sys
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtCore import QCoreApplication, QEvent
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot
from ui.made_up import DAY, DOLLAR, HOUR, NOW, SNAPSHOT, Record, desk, outlook, quota
from ui.notification_server import MadeServer, session_bus

from taximeter.domain.episodes import Memory, Sight, Situation, Wishes, look
from taximeter.domain.quota import QuotaState
from taximeter.ledger.readmodels import Snapshot
from taximeter.ledger.readmodels_service import ServiceStanding, ServiceState
from taximeter.ui.app import TrayApp
from taximeter.ui.desk import LedgerChanged, Preferences
from taximeter.ui.popover import Popover
from taximeter.ui.team import TeamWindow
from taximeter.ui.telling import situation_of
from taximeter.ui.used_up import UsedUp

pytestmark = pytest.mark.qt_log_ignore("systemTrayWindowChanged", extend=True)
needs_bus = pytest.mark.skipif(
    sys.platform != "linux" or shutil.which("dbus-daemon") is None, reason="needs dbus-daemon"
)
FULL = ("actions", "body")
LOW = replace(SNAPSHOT, outlooks=(outlook(QuotaState.LOW, runs_out_at=NOW + DAY),))
SPENT = replace(SNAPSHOT, outlooks=(outlook(QuotaState.SPENT, quota(used=200 * DOLLAR), runs_out_at=NOW - HOUR),))


class Meter:
    """A tray app over a ledger that the test changes; what was told before it started is handed to it."""

    def __init__(self, qtbot: QtBot, app: QApplication, told: Memory, preferences: Preferences) -> None:
        self.snapshot: Snapshot = SNAPSHOT
        self.kept: list[Memory] = []
        self._record, self._qtbot = Record(), qtbot
        made = desk(preferences=preferences, record=self._record)
        made = replace(made, snapshot=lambda: self.snapshot, recall_told=lambda: told, keep_told=self.kept.append,
                       now=lambda: self.snapshot.now)  # fmt: skip
        self.app = TrayApp(made, app, lambda: None)
        self.app.begin()
        qtbot.waitUntil(lambda: self.app._snapshot is not None and bool(self._record.posts))
        qtbot.waitUntil(lambda: not self.app.bridge.is_waiting)

    def show(self, snapshot: Snapshot) -> None:
        self.snapshot = snapshot
        self._record.posts[0](LedgerChanged())
        self._qtbot.waitUntil(lambda: self.app._snapshot is snapshot)
        self._qtbot.waitUntil(lambda: not self.app.bridge.is_waiting)


Start = Callable[..., Meter]


@pytest.fixture
def start(qtbot: QtBot, qapp: QApplication) -> Iterator[Start]:
    meters: list[Meter] = []

    def begin(told: Memory = Memory(), wishes: Wishes = Wishes()) -> Meter:
        end()
        meters.append(Meter(qtbot, qapp, told, Preferences(first_run_done=True, wishes=wishes)))
        return meters[-1]

    def end() -> None:
        while meters:
            ended = meters.pop()
            ended.app.end_now()
            ended.app.deleteLater()

    yield begin
    end()
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete.value)


@pytest.fixture
def bus(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[str]:
    with session_bus(tmp_path) as address:
        monkeypatch.setenv("DBUS_SESSION_BUS_ADDRESS", address)
        yield address


@needs_bus
def test_an_episode_is_one_notification_that_the_next_one_replaces(bus: str, start: Start, qtbot: QtBot) -> None:
    with MadeServer(bus, FULL) as server:
        meter = start()
        meter.show(LOW)
        meter.show(replace(LOW, requests_ever=9999))
        qtbot.waitUntil(lambda: len(server.shown) == 1)
        meter.show(SPENT)
        qtbot.waitUntil(lambda: len(server.shown) == 2)
        first, second = server.shown
        assert (first.title, second.title) == (
            "Your company's budget will not last",
            "Your company's budget is used up",
        )
        assert (first.replaces, second.replaces) == (0, first.id)
        assert [word for word in first.actions if word in ("default", "later", "reset")] == [
            "default",
            "later",
            "reset",
        ]
        assert first.urgency == 1


@needs_bus
def test_a_restart_tells_nothing_twice_and_what_came_meanwhile_once(bus: str, start: Start, qtbot: QtBot) -> None:
    with MadeServer(bus, FULL) as server:
        before = start()
        before.show(LOW)
        qtbot.waitUntil(lambda: len(server.shown) == 1)
        again = start(before.kept[-1])
        again.show(LOW)
        again.show(SPENT)
        qtbot.waitUntil(lambda: len(server.shown) == 2)
        assert server.shown[1].title == "Your company's budget is used up"


@needs_bus
def test_again_in_an_hour_withdraws_it_and_tells_it_then(bus: str, start: Start, qtbot: QtBot) -> None:
    with MadeServer(bus, FULL) as server:
        meter = start()
        meter.show(LOW)
        qtbot.waitUntil(lambda: len(server.shown) == 1)
        server.tell("ActionInvoked", 1, "later")
        qtbot.waitUntil(lambda: server.closed == [1])
        assert meter.kept[-1].next_look == NOW + HOUR
        meter.show(replace(LOW, now=NOW + HOUR - 1))
        meter.show(replace(LOW, now=NOW + HOUR))
        qtbot.waitUntil(lambda: len(server.shown) == 2)


@needs_bus
def test_a_click_shows_what_is_used_up(bus: str, start: Start, qtbot: QtBot) -> None:
    with MadeServer(bus, FULL) as server:
        meter = start()
        meter.show(SPENT)
        qtbot.waitUntil(lambda: len(server.shown) == 1)
        server.tell("ActionInvoked", 1, "default")
        qtbot.waitUntil(lambda: any(isinstance(one, UsedUp) for one in meter.app.windows._all()))


@needs_bus
def test_a_click_on_what_waits_for_a_decision_opens_the_team(bus: str, start: Start, qtbot: QtBot) -> None:
    service = ServiceStanding("Budgets", ServiceState.ANSWERED, can=frozenset({"team"}), leads=True)
    with MadeServer(bus, FULL) as server:
        meter = start()
        meter.show(replace(SNAPSHOT, service=service))
        meter.show(replace(SNAPSHOT, service=service._replace(to_decide=2)))
        qtbot.waitUntil(lambda: len(server.shown) == 1)
        assert server.shown[0].title == "2 requests wait for your decision"
        server.tell("ActionInvoked", 1, "default")
        qtbot.waitUntil(lambda: any(isinstance(one, TeamWindow) for one in meter.app.windows._all()))


def test_without_a_server_the_popover_says_it(start: Start, qtbot: QtBot) -> None:
    meter = start()
    meter.show(LOW)
    qtbot.waitUntil(lambda: bool(meter.app.windows._notice))
    assert meter.app.windows._notice.startswith("November will not last. Runs out tomorrow")
    meter.app.windows.open_popover()
    assert any(isinstance(one, Popover) for one in meter.app.windows._all())


def test_what_changes_nothing_is_not_kept_and_quiet_hours_tell_nothing(start: Start) -> None:
    told = look(Memory(), situation_of(SNAPSHOT), Wishes(), 0).memory
    meter = start(told, Wishes(quiet_from=14 * 60, quiet_until=15 * 60))
    meter.show(replace(SNAPSHOT, requests_ever=9999))
    meter.show(LOW)
    assert meter.kept == []
    assert meter.app.windows._notice == ""


STATES = {
    ServiceState.ANSWERED: Sight.WELL, ServiceState.SIGNED_OUT: Sight.SIGNED_OUT, ServiceState.FAILED: Sight.UNSURE,
    ServiceState.NOT_ASKED: Sight.UNSURE, ServiceState.BLOCKED: Sight.UNSURE,
}  # fmt: skip


@pytest.mark.parametrize("state", STATES)
def test_how_it_stands_with_the_service(state: ServiceState) -> None:
    service = ServiceStanding("Budgets", state, to_decide=2)
    seen = situation_of(replace(SNAPSHOT, service=service))
    assert (seen.service, seen.to_decide) == (STATES[state], None)
    leading = situation_of(replace(SNAPSHOT, service=service._replace(leads=True, silent=True)))
    assert leading.to_decide == 2
    assert (leading.service is Sight.SILENT) == (STATES[state] is Sight.UNSURE)
    assert situation_of(SNAPSHOT) == Situation(NOW, SNAPSHOT.outlooks)
