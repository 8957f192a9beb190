"""The tray app: follows the ledger at once and then calmly, rests when idle, ends in order."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from functools import partial

import pytest
from PySide6.QtCore import QCoreApplication, QEvent, QLocale
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot
from ui.asked import AMBER
from ui.made_up import HOUR, NOW, SNAPSHOT, Record, desk, outlook

from taximeter.domain.launch import Notice
from taximeter.domain.quota import QuotaState
from taximeter.ledger.readmodels import Snapshot
from taximeter.ui.app import TrayApp
from taximeter.ui.desk import (
    LedgerChanged,
    NoticeSeen,
    Preferences,
    PreferencesChanged,
    QuestionsChanged,
    QuestionsPaused,
    QuitAsked,
    RaiseYourself,
    SignInWanted,
    TroubleSeen,
)
from taximeter.ui.first_run import FirstRun
from taximeter.ui.popover import Popover
from taximeter.ui.question import QuestionWindow
from taximeter.ui.settings_window import SettingsWindow
from taximeter.ui.shapes import GaugeState
from taximeter.ui.sign_in import SignInWindow

# Offscreen there is no tray, and Qt's own icon says so.
pytestmark = pytest.mark.qt_log_ignore("systemTrayWindowChanged", extend=True)


class Source:
    """A ledger that can be changed from the test."""

    def __init__(self) -> None:
        self.snapshot: Snapshot = SNAPSHOT
        self.reads = 0
        self.record = Record()

    def read(self) -> Snapshot:
        self.reads += 1
        return self.snapshot


@pytest.fixture
def source() -> Source:
    return Source()


@pytest.fixture
def start(qtbot: QtBot, qapp: QApplication, source: Source) -> Iterator[Callable[[Preferences], TrayApp]]:
    apps: list[TrayApp] = []
    left: list[bool] = []

    def begin(preferences: Preferences = Preferences(first_run_done=True)) -> TrayApp:
        desk_ = replace(desk(preferences=preferences, record=source.record), snapshot=source.read)
        apps.append(TrayApp(desk_, qapp, partial(left.append, True)))
        apps[-1].begin()
        qtbot.waitUntil(lambda: bool(source.record.posts) and apps[-1]._snapshot is not None)
        return apps[-1]

    yield begin
    for app in apps:
        app.end_now()
        app.deleteLater()
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete.value)


Start = Callable[[Preferences], TrayApp]
SEEN = Preferences(first_run_done=True)


def test_a_change_of_the_ledger_reaches_the_tray(qtbot: QtBot, start: Start, source: Source) -> None:
    app = start(SEEN)
    app.windows.open_popover()
    source.snapshot = replace(SNAPSHOT, outlooks=(outlook(QuotaState.LOW),))
    source.record.posts[0](LedgerChanged())
    qtbot.waitUntil(lambda: app.tray._shown_key is not None and app.tray._shown_key.state is GaugeState.LOW)


def test_a_burst_of_changes_is_read_a_few_times(qtbot: QtBot, start: Start, source: Source) -> None:
    start(SEEN)
    before = source.reads
    for _ in range(200):
        source.record.posts[0](LedgerChanged())
    qtbot.waitUntil(lambda: source.reads > before)
    qtbot.wait(400)
    assert source.reads - before <= 4


def test_the_icon_is_not_set_again_for_the_same_step(qtbot: QtBot, start: Start, source: Source) -> None:
    app = start(SEEN)
    before = app.tray._tray.icon().cacheKey()
    source.snapshot = replace(SNAPSHOT, now=SNAPSHOT.now + 60_000)
    reads = source.reads
    source.record.posts[0](LedgerChanged())
    qtbot.waitUntil(lambda: source.reads > reads)
    assert app.tray._tray.icon().cacheKey() == before


def test_the_menu_keeps_its_shape(qtbot: QtBot, start: Start, source: Source) -> None:
    app = start(SEEN)
    before = [id(action) for action in app.tray._menu.actions()]
    source.snapshot = replace(SNAPSHOT, outlooks=(), running=())
    source.record.posts[0](LedgerChanged())
    qtbot.waitUntil(lambda: app.tray._facts[0].text() == "No budget set")
    assert [id(action) for action in app.tray._menu.actions()] == before


def test_the_first_start_welcomes_and_the_next_does_not(qtbot: QtBot, start: Start, source: Source) -> None:
    start(Preferences())
    welcome = [one for one in QApplication.topLevelWidgets() if isinstance(one, FirstRun)]
    assert len(welcome) == 1
    welcome[0].close()
    qtbot.waitUntil(lambda: source.record.saved == [Preferences(first_run_done=True)])


def test_settings_that_changed_are_followed(qtbot: QtBot, start: Start, source: Source) -> None:
    app = start(SEEN)
    source.record.saved.append(replace(SEEN, hide_numbers=True))
    source.record.posts[0](PreferencesChanged())
    qtbot.waitUntil(lambda: not any(char.isdigit() for char in app.tray._facts[2].text()))


def test_a_second_start_raises_a_window(qtbot: QtBot, start: Start, source: Source) -> None:
    start(SEEN)
    source.record.posts[0](RaiseYourself())
    qtbot.waitUntil(lambda: any(isinstance(one, Popover) for one in QApplication.topLevelWidgets()))


def test_who_is_asked_at_each_start_gets_the_window_for_it(qtbot: QtBot, start: Start, source: Source) -> None:
    start(Preferences(first_run_done=True))
    qtbot.waitUntil(lambda: bool(source.record.posts))
    source.record.posts[0](SignInWanted())
    qtbot.waitUntil(lambda: any(isinstance(one, SignInWindow) for one in QApplication.topLevelWidgets()))


def test_it_ends_in_order_and_once(qtbot: QtBot, start: Start, source: Source) -> None:
    app = start(SEEN)
    app.windows.open_sessions()
    source.record.posts[0](QuitAsked())
    source.record.posts[0](QuitAsked())
    qtbot.waitUntil(lambda: source.record.stopped == 1)
    qtbot.waitUntil(lambda: not app.tray._tray.isVisible())
    source.record.posts[0](LedgerChanged())
    app.end_now()
    assert source.record.stopped == 1


def test_a_read_that_fails_leaves_the_last_figures_and_is_tried_again(
    qtbot: QtBot, start: Start, source: Source, expected_log: Callable[[str], None]
) -> None:
    expected_log("A read for a window failed")
    app = start(SEEN)
    good, source.snapshot = source.snapshot, None  # type: ignore[assignment]
    broken = app._desk
    app._desk = replace(broken, snapshot=lambda: 1 // 0)  # type: ignore[return-value, arg-type]
    with qtbot.waitSignal(app.bridge.troubled):
        source.record.posts[0](LedgerChanged())
    assert app._snapshot is good
    app._desk = broken
    source.snapshot = replace(good, outlooks=())
    source.record.posts[0](LedgerChanged())
    qtbot.waitUntil(lambda: app.tray._facts[0].text() == "No budget set")


def test_idle_it_has_one_slow_timer(qtbot: QtBot, start: Start) -> None:
    app = start(SEEN)
    qtbot.waitUntil(lambda: not app._throttle._timer.isActive())
    assert app._clock.interval() == 600_000
    app.windows.open_popover()
    assert app._clock.interval() == 60_000
    app.windows.close_all()
    assert app._clock.interval() == 600_000


def test_a_trouble_goes_when_the_settings_change(qtbot: QtBot, start: Start, source: Source) -> None:
    app = start(SEEN)
    app.windows.open_popover()
    (popover,) = (one for one in QApplication.topLevelWidgets() if isinstance(one, Popover))
    source.record.posts[0](TroubleSeen("The budget is in EUR", "Set it in USD"))
    qtbot.waitUntil(lambda: not popover.trouble.isHidden())
    source.record.posts[0](PreferencesChanged())
    qtbot.waitUntil(popover.trouble.isHidden)


def asking_windows() -> list[QuestionWindow]:
    return [one for one in QApplication.topLevelWidgets() if isinstance(one, QuestionWindow) and one.isVisible()]


def test_a_question_shows_at_the_icon_and_a_click_there_opens_it_again(
    qtbot: QtBot, start: Start, source: Source
) -> None:
    app = start(SEEN)
    source.record.posts[0](QuestionsChanged((replace(AMBER, ends_at=NOW + HOUR),)))
    qtbot.waitUntil(lambda: len(asking_windows()) == 1)
    assert app.tray._shown_key is not None
    assert app.tray._shown_key.state is GaugeState.QUESTION
    asking_windows()[0].close()
    app.tray.clicked.emit()
    assert len(asking_windows()) == 1
    assert not [one for one in QApplication.topLevelWidgets() if isinstance(one, Popover)]
    source.record.posts[0](QuestionsChanged(()))
    qtbot.waitUntil(lambda: app.tray._question.text() == "No question waits")
    app.tray.clicked.emit()
    assert [one for one in QApplication.topLevelWidgets() if isinstance(one, Popover)]


def test_the_first_entry_of_the_menu_leads_to_the_question(qtbot: QtBot, start: Start, source: Source) -> None:
    app = start(SEEN)
    before = [id(action) for action in app.tray._menu.actions()]
    first = app.tray._menu.actions()[0]
    assert (first.text(), first.isEnabled()) == ("No question waits", False)
    source.record.posts[0](QuestionsChanged((replace(AMBER, ends_at=NOW + HOUR),)))
    qtbot.waitUntil(first.isEnabled)
    assert first.text() == "A question waits"
    asking_windows()[0].close()
    first.trigger()
    assert len(asking_windows()) == 1
    assert [id(action) for action in app.tray._menu.actions()] == before


def test_questions_are_paused_and_resumed_from_the_menu(qtbot: QtBot, start: Start, source: Source) -> None:
    app = start(SEEN)
    app.tray._pause.trigger()
    source.record.posts[0](QuestionsPaused(NOW + HOUR))
    qtbot.waitUntil(lambda: app.tray._pause.text() == "Resume questions (paused until 15:20)")
    assert "Questions are paused until 15:20" in app.tray._tray.toolTip()
    app.tray._pause.trigger()
    source.record.posts[0](QuestionsPaused(None))
    qtbot.waitUntil(lambda: app.tray._pause.text() == "Pause questions for 1 h")
    assert source.record.pauses == [60, None]


def test_a_notice_stands_in_the_popover_where_no_notification_can_be_shown(
    qtbot: QtBot, start: Start, source: Source
) -> None:
    app = start(SEEN)
    app.windows.open_popover()
    (popover,) = (one for one in QApplication.topLevelWidgets() if isinstance(one, Popover))
    source.record.posts[0](
        NoticeSeen(Notice(AMBER.agent, "s", "shop", 4, AMBER.forecast, AMBER.verdict, "USD", after_it_began=True))
    )
    qtbot.waitUntil(lambda: not popover.notice.isHidden())
    assert popover.notice.text().startswith("4 agents run, noticed after they began. shop: ")
    popover.close()
    app.windows.open_popover()
    assert not [one for one in QApplication.topLevelWidgets() if isinstance(one, Popover) and one.notice.isVisible()]


def test_another_language_is_spoken_at_once(qtbot: QtBot, start: Start, source: Source) -> None:
    app = start(SEEN)
    app.windows.open_settings()
    app.windows.settings.open(app._figures, "prices")
    app.windows.open_used_up()
    try:
        app._follow_preferences(replace(SEEN, language="zh_CN"))
        assert [action.text() for action in app.tray._menu.actions()][-1] == "退出 Taximeter"
        assert app._figures.locale.language() is QLocale.Language.Chinese
        assert [window.windowTitle() for window in app.windows._all()] == ["已用完", "设置"]
        settings = next(one for one in app.windows._all() if isinstance(one, SettingsWindow))
        assert settings.page == "prices"
        qtbot.waitUntil(lambda: not app.bridge.is_waiting)
    finally:
        app._follow_preferences(replace(SEEN, language="en"))
    assert [window.windowTitle() for window in app.windows._all()] == ["Used up", "Settings"]
    app.windows.close_all()
    qtbot.waitUntil(lambda: not app.bridge.is_waiting and not app.windows.settings._closing)


def test_another_language_does_not_end_the_first_run(qtbot: QtBot, start: Start, source: Source) -> None:
    app = start(Preferences())
    qtbot.waitUntil(lambda: bool(app.windows._all()))
    app._follow_preferences(Preferences(language="zh_CN"))
    assert [type(one) for one in app.windows._all()] == [FirstRun]
    assert not app._preferences.first_run_done
    app._follow_preferences(Preferences(language="en"))
    qtbot.waitUntil(lambda: not app.bridge.is_waiting)
