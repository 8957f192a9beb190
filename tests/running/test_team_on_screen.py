"""From one screen to another: Ed asks for more, Mia sees it in her window and approves, Ed's popover says so."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path
from typing import TypeVar

import pytest
from PySide6.QtCore import QCoreApplication, QEvent, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot
from reference_service.trying import Trial, trial

from taximeter.collect.installation import Installation
from taximeter.host import memory
from taximeter.running.app import RunningApp
from taximeter.ui.app import TrayApp
from taximeter.ui.ask_more import AskMore
from taximeter.ui.own_row import OwnRow
from taximeter.ui.popover import Popover
from taximeter.ui.surface import Card
from taximeter.ui.team import TeamWindow

# Offscreen there is no tray, and Qt's own icon says so.
pytestmark = pytest.mark.qt_log_ignore("systemTrayWindowChanged", extend=True)
T = TypeVar("T", bound=Card)
SOON = 20_000
LATER = 60_000


@dataclass(slots=True)
class Screen:
    """A person's app."""

    app: TrayApp
    service: Trial

    def window(self, kind: type[T]) -> T:
        """The one of that kind that belongs to this app."""
        found = [one for one in self.app.windows._all() if isinstance(one, kind)]
        assert len(found) == 1, kind
        return found[0]

    def look(self) -> Popover:
        """Somebody opens the popover anew, some time later, and the service is asked."""
        for one in self.app.windows._all():
            if isinstance(one, Popover):
                one.close()
        QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete.value)
        self.service.time[0] += LATER
        self.app.windows.open_popover()
        return self.window(Popover)


@pytest.fixture(scope="module")
def running() -> Iterator[Trial]:
    with trial() as started:
        yield started


@pytest.fixture
def screen_of(running: Trial, tmp_path: Path, qapp: QApplication, qtbot: QtBot) -> Iterator[Callable[[str], Screen]]:
    running.anew()
    started: list[TrayApp] = []
    left: list[bool] = []

    def of(person: str) -> Screen:
        home = tmp_path / person
        env = {"TAXIMETER_HOME": str(home), "TZ": "UTC", "TAXIMETER_TOKEN": running.tokens[person],
               "XDG_RUNTIME_DIR": str(tmp_path)}  # fmt: skip
        place = replace(Installation.find(env, home), now=lambda: running.time[0])
        place.paths.settings_file.parent.mkdir(parents=True, exist_ok=True)
        place.paths.settings_file.write_text(f'[service]\nkind = "taximeter"\norigin = "{running.url}"\n', "utf-8")
        place.paths.data.mkdir(parents=True, exist_ok=True)
        memory.remember(place.paths, memory.Memory(first_run_done=True))
        app = TrayApp(RunningApp(place, place.names()).desk(), qapp, partial(left.append, True))
        started.append(app)
        app.begin()
        screen = Screen(app, running)
        qtbot.waitUntil(lambda: app._snapshot is not None and app._snapshot.service is not None, timeout=SOON)
        screen.look()
        qtbot.waitUntil(lambda: bool(app._snapshot and app._snapshot.outlooks), timeout=SOON)
        return screen

    yield of
    for app in reversed(started):  # each puts the signal handlers back that it found
        app.end_now()
        app.deleteLater()
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete.value)


def press(button: object) -> None:
    QTest.mouseClick(button, Qt.MouseButton.LeftButton)  # type: ignore[call-overload]


def same_row(ed: Screen, team: TeamWindow, qtbot: QtBot) -> None:
    """What the manager sees of a person is what the person is shown."""
    press(ed.window(Popover).asking.mine)
    own = ed.window(OwnRow)
    qtbot.waitUntil(lambda: own.model.rowCount() == 1, timeout=SOON)
    line, columns = team.model.line_of("ed"), range(own.model.columnCount())
    mine, theirs = ([model.index(at, column).data() for column in columns]
                    for model, at in ((own.model, 0), (team.model, line)))  # fmt: skip
    assert mine == theirs
    assert mine[0] == "Ed Ito"


def test_more_is_asked_for_approved_and_told(screen_of: Callable[[str], Screen], qtbot: QtBot) -> None:
    ed, mia = screen_of("ed"), screen_of("mia")
    assert not ed.window(Popover).team.isVisible()

    ed.app.windows.open_ask_more("ed-month")
    form = ed.window(AskMore)
    form.quotas.setCurrentIndex(form.quotas.findText("Engineering monthly"))
    form.quotas.activated.emit(form.quotas.currentIndex())
    form.form.amount.setText("5000")
    form.form.reason.setPlainText("The migration takes more review than planned.")
    shown = (form.card.title.text(), form.card.effect.text(), form.card.reason.text())
    press(form.act)
    qtbot.waitUntil(lambda: form.title.text() == "You asked for more", timeout=SOON)
    qtbot.waitUntil(lambda: ed.window(Popover).asking.said.text().startswith("Asked for $5,000 more"), timeout=SOON)

    mia.look()
    popover = mia.window(Popover)
    qtbot.waitUntil(lambda: popover.team.text() == "Team (1)", timeout=SOON)
    press(popover.team)
    team = mia.window(TeamWindow)
    qtbot.waitUntil(lambda: team.model.rowCount() > 0, timeout=SOON)
    team.choose("ed")
    (box,) = team.panel.boxes()
    assert (box.card.title.text(), box.card.effect.text(), box.card.reason.text()) == shown
    box.amount.setText("2500")
    box.note.setText("Half of it for now.")
    press(box.approve)
    qtbot.waitUntil(lambda: not team.panel.boxes(), timeout=SOON)
    assert team.panel.decided_lines.text().startswith("Approved by Mia Ortiz")

    told = ed.look().asking.said
    qtbot.waitUntil(lambda: told.text().startswith("Approved by Mia Ortiz"), timeout=SOON)
    assert "$2,500 more" in told.text()
    assert "Half of it for now." in told.text()
    assert form.title.text() == "Approved"
    same_row(ed, team, qtbot)
    assert not ed.look().asking.said.isVisible()


def test_a_second_manager_comes_too_late_and_is_told(screen_of: Callable[[str], Screen], qtbot: QtBot) -> None:
    mia = screen_of("mia")
    service = mia.service
    made = service.post("ed", "/v1/increase-requests", {"budget_id": "ed-month", "amount": "100"}).json()
    mia.app.windows.company.show_team()
    team = mia.window(TeamWindow)
    qtbot.waitUntil(lambda: team.model.rowCount() > 0, timeout=SOON)
    team.choose("ed")
    service.post("mia", f"/v1/increase-requests/{made['id']}/decision", {"decision": "deny"})
    (box,) = team.panel.boxes()
    press(box.approve)
    qtbot.waitUntil(box.approve.isEnabled, timeout=SOON)
    assert box.trouble.text().startswith("There is no such request that waits for you.")
