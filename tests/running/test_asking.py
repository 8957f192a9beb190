"""The threads behind the question: what they learn, what they tell, and that they end."""

from __future__ import annotations

import json
import queue
import socket
import sqlite3
import threading
import time
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from guard.callers import hook_input

from taximeter.collect.installation import Installation
from taximeter.domain.launch import Answer, Verb
from taximeter.guard.doorbell import ring
from taximeter.guard.judging import Record, Rules
from taximeter.guard.protocol import Frame, packed, unpacked
from taximeter.host.paths import socket_path
from taximeter.host.trouble import Trouble
from taximeter.ledger.opening import open_writing
from taximeter.ledger.queries_questions import questions
from taximeter.running.asking import Asking
from taximeter.running.learning import Learnt, nothing_learnt
from taximeter.ui.desk import QuestionsChanged, QuestionsPaused

Job = Callable[[sqlite3.Connection], None]


class House:
    """An asking app over a real ledger, and everything that it was told and wrote."""

    def __init__(self, place: Installation) -> None:
        self.place = place
        self.posted: queue.SimpleQueue[object] = queue.SimpleQueue()
        self.loads: list[bool] = []
        self.trouble: Exception | None = None
        place.paths.data.mkdir(parents=True)
        self.ledger = open_writing(place.keeping().file)
        self.lock = threading.Lock()
        self.kept: list[Record] = []
        self.asking = Asking(place, self.load, self.write, self.posted.put, lambda word: word == "show",
                             self.kept.append)  # fmt: skip

    def load(self, before: Learnt, /, *, everything: bool) -> Learnt:
        self.loads.append(everything)
        if self.trouble is not None:
            raise self.trouble
        known = replace(before.knowledge, rules=Rules("ask"), currency="USD")
        return replace(nothing_learnt(self.place.zone()), knowledge=known, learnt_at=1)

    def write(self, job: Job) -> None:
        with self.lock:
            job(self.ledger)

    def until(self, kind: type) -> object:
        """The next payload of a kind."""
        while True:
            payload = self.posted.get(timeout=10)
            if isinstance(payload, kind):
                return payload

    @property
    def door(self) -> Path:
        return socket_path(self.place.paths)

    def wait_for_mode(self, mode: bytes) -> None:
        end = time.monotonic() + 10
        while (told := ring(self.door, "mode")) is None or told.body != mode:
            assert time.monotonic() < end
            time.sleep(0.01)

    def launch(self, agents: int) -> list[socket.socket]:
        """So many calls of one prompt arrive."""
        callers = []
        for number in range(agents):
            caller = socket.socket(socket.AF_UNIX)
            caller.connect(str(self.door))
            raw = hook_input("claude/allow-PreToolUse", tool_use_id=f"c{number}")
            caller.sendall(packed(Frame("ask", ("claude-code", "PreToolUse", "1"), raw)))
            callers.append(caller)
        return callers


@pytest.fixture
def house(tmp_path: Path) -> Iterator[House]:
    made = House(Installation.find({"TAXIMETER_HOME": str(tmp_path / "t"), "TZ": "UTC"}, tmp_path))
    yield made
    made.asking.stop()
    made.ledger.close()


def heard(caller: socket.socket) -> bytes:
    """What a hook would print."""
    caller.settimeout(10)
    data = b""
    with caller:
        while (frame := unpacked(data) if data else None) is None:
            data += caller.recv(4096)
    return frame.body


def test_before_it_has_learnt_nobody_waits(house: House) -> None:
    house.trouble = Trouble("No prices", "Mend the file.")
    house.asking.start()
    house.wait_for_mode(b"off")
    assert [heard(caller) for caller in house.launch(6)] == [b""] * 6


def test_a_question_goes_to_the_windows_and_its_answer_back_and_into_the_ledger(house: House) -> None:
    house.asking.start()
    house.wait_for_mode(b"ask")
    callers = house.launch(6)
    changed = house.until(QuestionsChanged)
    assert isinstance(changed, QuestionsChanged)
    (question,) = changed.questions
    house.asking.answer(question.id, Answer(Verb.STOP, by="window"))
    said = [json.loads(heard(caller))["hookSpecificOutput"]["permissionDecision"] for caller in callers]
    assert said == ["deny"] * 6
    ended = house.until(QuestionsChanged)
    assert ended == QuestionsChanged((), ((question.id, Answer(Verb.STOP, by="window")),))
    with house.lock:
        (row,) = questions(house.ledger)
    assert (row.id, row.agents, row.answer, row.answered_by) == (question.id, 6, Verb.STOP, "window")
    assert (house.kept[-1].question.id, house.kept[-1].answer) == (question.id, Answer(Verb.STOP, by="window"))


def test_a_pause_is_told_and_ends(house: House) -> None:
    house.asking.start()
    house.wait_for_mode(b"ask")
    house.asking.pause(30)
    until = house.until(QuestionsPaused)
    assert isinstance(until, QuestionsPaused)
    assert until.until is not None
    house.wait_for_mode(b"paused")
    assert [heard(caller) for caller in house.launch(6)] == [b""] * 6
    house.asking.pause(None)
    assert house.until(QuestionsPaused) == QuestionsPaused(None)
    house.wait_for_mode(b"ask")


def test_an_answer_to_a_question_that_is_gone_changes_nothing(house: House) -> None:
    house.asking.start()
    house.asking.answer("abcde", Answer(Verb.RUN))
    house.wait_for_mode(b"ask")


def test_a_failed_reading_is_logged_and_the_next_change_tries_again(
    house: House, expected_log: Callable[[str], None], monkeypatch: pytest.MonkeyPatch
) -> None:
    expected_log("could not be read")
    monkeypatch.setattr("taximeter.running.asking.SETTLE_SECONDS", 0.01)
    house.trouble = ValueError("a mistake of ours")
    house.asking.start()
    house.wait_for_mode(b"off")
    house.trouble = None
    house.asking.look_again(settings_changed=True)
    house.wait_for_mode(b"ask")
    assert house.loads[-1] is True


def test_without_a_door_the_rest_goes_on(house: House) -> None:
    house.door.mkdir(parents=True)
    with pytest.raises(Trouble):
        house.asking.start()
    house.door.rmdir()
