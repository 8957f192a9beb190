"""What crosses threads: payloads arrive on the GUI thread, in order, and only while it is open."""

from __future__ import annotations

import threading
from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor

from PySide6.QtCore import QObject
from pytestqt.qtbot import QtBot
from ui.made_up import submit_now

from taximeter.host.trouble import Trouble
from taximeter.ledger.readmodels import IndexProgress
from taximeter.ui.bridge import Bridge, Throttle
from taximeter.ui.desk import (
    LedgerChanged,
    NoticeUntold,
    QuestionsChanged,
    QuestionsPaused,
    QuestionWanted,
    QuitAsked,
    RaiseYourself,
    TroubleSeen,
)


def test_payloads_of_another_thread_arrive_on_this_one(qtbot: QtBot) -> None:
    bridge = Bridge(submit_now)
    seen: list[object] = []
    bridge.progressed.connect(lambda progress: seen.append((progress, threading.current_thread())))
    told = [
        bridge.ledger_changed, bridge.progressed, bridge.raised, bridge.quit_asked, bridge.troubled,
        bridge.questions_changed, bridge.questions_paused, bridge.question_wanted, bridge.notice_untold,
    ]  # fmt: skip
    with qtbot.waitSignals(told):
        payloads = (LedgerChanged(), IndexProgress(2**40, 2**41), RaiseYourself(), QuitAsked(), TroubleSeen("a", "b"),
                    QuestionsChanged(()), QuestionsPaused(None), QuestionWanted(), NoticeUntold("a"))  # fmt: skip
        worker = threading.Thread(target=lambda: list(map(bridge.post, payloads)))
        worker.start()
        worker.join()
    assert seen == [(IndexProgress(2**40, 2**41), threading.main_thread())]


def test_answers_come_back_on_this_thread(qtbot: QtBot) -> None:
    answers: list[tuple[int, threading.Thread]] = []
    with ThreadPoolExecutor(1) as pool:
        bridge = Bridge(pool.submit)
        bridge.read(bridge, lambda: 7, lambda answer: answers.append((answer, threading.current_thread())))
        qtbot.waitUntil(lambda: bool(answers))
    assert answers == [(7, threading.main_thread())]
    assert not bridge.is_waiting


def test_an_answer_for_a_window_that_is_gone_is_dropped(qtbot: QtBot) -> None:
    waiting: list[Future[int]] = []
    answers: list[int] = []

    def later(_work: Callable[[], int], /) -> Future[int]:
        waiting.append(Future())
        return waiting[-1]

    bridge = Bridge(later)  # type: ignore[arg-type]
    owner = QObject()
    bridge.read(owner, lambda: 7, answers.append)
    owner.deleteLater()
    with qtbot.waitSignal(owner.destroyed):
        pass
    waiting[0].set_result(7)
    qtbot.waitUntil(lambda: not bridge.is_waiting)
    assert not answers


def test_a_read_that_fails_is_told_and_can_be_tried_again(qtbot: QtBot, expected_log: Callable[[str], None]) -> None:
    expected_log("A read for a window failed")
    bridge = Bridge(submit_now)
    failed: list[bool] = []
    with qtbot.waitSignal(bridge.troubled) as told:
        bridge.read(bridge, lambda: 1 // 0, lambda _: None, lambda: failed.append(True))
    trouble = told.args[0] if told.args else None
    assert isinstance(trouble, TroubleSeen)
    assert trouble.title
    assert failed == [True]


def test_what_the_company_refuses_is_said_where_it_was_asked(qtbot: QtBot) -> None:
    bridge = Bridge(submit_now)
    told: list[object] = []
    elsewhere: list[object] = []
    bridge.troubled.connect(elsewhere.append)

    def work() -> int:
        raise Trouble("Already decided", "Read it anew.")

    with ThreadPoolExecutor(1) as pool:
        bridge.ask(bridge, pool.submit, work, lambda _: None, told.append)
        qtbot.waitUntil(lambda: not bridge.is_waiting)
    assert (told, elsewhere) == ([TroubleSeen("Already decided", "Read it anew.")], [])


def test_what_nobody_foresaw_is_said_there_too_and_logged(qtbot: QtBot, expected_log: Callable[[str], None]) -> None:
    expected_log("What a window asked for failed")
    bridge = Bridge(submit_now)
    told: list[TroubleSeen] = []
    bridge.ask(bridge, submit_now, lambda: 1 // 0, lambda _: None, told.append)
    qtbot.waitUntil(lambda: bool(told))
    assert told[0].title


def test_a_closed_bridge_takes_nothing_in(qtbot: QtBot) -> None:
    bridge = Bridge(submit_now)
    seen: list[bool] = []
    bridge.ledger_changed.connect(lambda: seen.append(True))
    bridge.post(LedgerChanged())
    bridge.close()
    bridge.post(LedgerChanged())
    bridge.read(bridge, lambda: 1, lambda _: seen.append(True))
    qtbot.wait(1)
    assert not seen


def test_the_first_change_shows_at_once_and_a_burst_once_more(qtbot: QtBot) -> None:
    throttle = Throttle()
    due: list[int] = []
    throttle.due.connect(lambda: due.append(1))
    for _ in range(50):
        throttle.poke()
    assert len(due) == 1
    qtbot.waitUntil(lambda: len(due) == 2)
    qtbot.waitUntil(lambda: not throttle._timer.isActive())
    assert len(due) == 2
