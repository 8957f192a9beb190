"""Asking before a launch: the door, the gate, and the thread that keeps what the gate judges by up to date."""

from __future__ import annotations

import logging
import queue
import sqlite3
import threading
from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING, Protocol

from taximeter.domain.launch import Answer, Notice, Question
from taximeter.guard.bookkeeping import count_unusable, join, keep
from taximeter.guard.doorbell import Doorbell
from taximeter.guard.doorkeeper import Doorkeeper
from taximeter.guard.gate import Gate
from taximeter.guard.install import DIALECTS
from taximeter.guard.judging import Judged, Launch, Record
from taximeter.guard.memory_judge import MemoryJudge
from taximeter.guard.pause import Pause
from taximeter.host.paths import socket_path
from taximeter.host.trouble import Trouble
from taximeter.running.learning import Learnt, nothing_learnt
from taximeter.ui import desk as ui

if TYPE_CHECKING:
    from taximeter.collect.installation import Installation
    from taximeter.domain.experience import Experience

log = logging.getLogger("taximeter.asking")

SETTLE_SECONDS = 5.0
"""Between two looks at what is left: an agent writes a line every few seconds, each of which changes it."""


class Load(Protocol):
    """Reads what a launch is judged by; takes up to some hundred milliseconds."""

    def __call__(self, before: Learnt, /, *, everything: bool) -> Learnt:
        """``everything`` reads the history and the prices anew as well."""


Write = Callable[[Callable[[sqlite3.Connection], None]], None]


class Asking:
    """Owns the door and the thread that learns; ``stop`` ends both."""

    def __init__(
        self, installation: Installation, load: Load, write: Write, post: Callable[[object], None],
        plain: Callable[[str], bool], kept: Callable[[Record], None] = lambda _record: None,
    ) -> None:  # fmt: skip
        """``write`` has a job run by whoever writes the ledger; ``plain`` does what single words at the door ask.

        ``kept`` is told of each launch that is written down, on the door's thread.
        """
        self._load = load
        self._post = post
        self._learnt = nothing_learnt(installation.zone())
        self._judge = MemoryJudge(self._learnt.knowledge, installation.now)
        audience = _Audience(post, write, self._book, installation.now, kept)
        self._pause = Pause(installation.now, self._paused)
        self._gate = Gate(DIALECTS, self._judge, audience, self._pause, installation.now)
        self._bell = Doorbell(socket_path(installation.paths), Doorkeeper(self._gate, self._pause, plain))
        self._woken: queue.SimpleQueue[bool] = queue.SimpleQueue()
        self._stopping = threading.Event()
        self._thread = threading.Thread(target=self._learn, name="historian", daemon=True)

    def start(self) -> None:
        """Begin to learn and open the door; returns at once.

        Raises ``Trouble`` when the door cannot be opened: then nobody can be asked, and all else works.
        """
        self._thread.start()
        self.look_again()
        self._bell.start()

    def stop(self) -> None:
        """Close the door: whoever waits goes on."""
        self._stopping.set()
        self.look_again()
        self._bell.stop()
        if self._thread.is_alive():
            self._thread.join(5)

    def look_again(self, *, settings_changed: bool = False) -> None:
        """The ledger or the settings changed; from any thread."""
        self._woken.put(settings_changed)

    @property
    def experience(self) -> Experience:
        """What history has taught so far; from any thread."""
        return self._learnt.knowledge.history.experience

    def answer(self, id: str, answer: Answer) -> None:
        """Answer an open question; from any thread."""
        self._bell.call(partial(self._answer, id, answer))

    def pause(self, minutes: int | None) -> None:
        """Ask nothing for so many minutes, or ask again; from any thread."""
        self._bell.call(self._pause.end if minutes is None else partial(self._pause.begin, minutes))

    def _answer(self, id: str, answer: Answer) -> None:
        if not self._gate.answer(id, answer):
            log.info("the question %s was not open any more", id)

    def _paused(self, until: int | None) -> None:
        self._post(ui.QuestionsPaused(until))

    def _book(self) -> str:
        return self._judge.book

    def _learn(self) -> None:
        while not self._stopping.is_set():
            changed = self._woken.get()
            while not self._woken.empty():
                changed = self._woken.get() or changed
            if self._stopping.is_set():
                return
            try:
                learnt = self._load(self._learnt, everything=changed)
            except Trouble as trouble:
                # The windows tell it, since they read the same.
                log.info("launches are judged by what was known before: %s", trouble.title)
            except Exception:
                # The gate goes on judging by what it knew; the next change of the ledger tries again.
                log.exception("what a launch is judged by could not be read")
            else:
                self._learnt = learnt
                self._bell.call(partial(self._judge.know, learnt.knowledge))
                for notice in learnt.notices:
                    self._post(ui.NoticeSeen(notice))
            self._stopping.wait(SETTLE_SECONDS)


class _Audience:
    """See ``judging.Audience``: hands everything on to other threads."""

    def __init__(
        self, post: Callable[[object], None], write: Write, book: Callable[[], str], now: Callable[[], int],
        kept: Callable[[Record], None],
    ) -> None:  # fmt: skip
        self._post = post
        self._write = write
        self._book = book
        self._now = now
        self._kept = kept

    def questions_changed(self, questions: tuple[Question, ...], ended: tuple[tuple[str, Answer], ...]) -> None:
        """The windows show them."""
        self._post(ui.QuestionsChanged(questions, ended))

    def noticed(self, launch: Launch, judged: Judged, session: str) -> None:
        """A quiet word."""
        notice = Notice(launch.agent, session, launch.project, judged.forecast.agents, judged.forecast, judged.verdict,
                        judged.currency)  # fmt: skip
        self._post(ui.NoticeSeen(notice))

    def record(self, record: Record) -> None:
        """Into the ledger."""
        self._write(keep(record, self._book()))
        self._kept(record)

    def joined(self, id: str, calls: tuple[str, ...]) -> None:
        """Into the ledger."""
        self._write(join(id, calls))

    def unusable(self, agent: str, why: str) -> None:
        """Into the ledger, for the doctor's report."""
        self._write(count_unusable(agent, why, self._now()))
