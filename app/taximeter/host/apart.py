"""Threads for what may wait for long, for the network or a keyring's dialog: the app ends without them."""

from __future__ import annotations

import threading
from collections.abc import Callable
from concurrent.futures import Future
from contextlib import suppress
from functools import partial
from queue import Empty, SimpleQueue
from typing import TypeVar

T = TypeVar("T")


def apart(work: Callable[[], T], /) -> Future[T]:
    """Runs work on a thread of its own, which ends with it."""
    future: Future[T] = Future()
    threading.Thread(target=partial(_run, work, future), name="sign-in", daemon=True).start()
    return future


class InOrder:
    """One thread that does work in order; it begins with the first, and ``stop`` waits for it as long as is told."""

    def __init__(self, name: str) -> None:
        self._waiting: SimpleQueue[tuple[Callable[[], None], Callable[[], bool]] | None] = SimpleQueue()
        """What to do, and how to drop it; None ends the thread."""
        self._lock = threading.Lock()
        self._stopped = False
        self._thread = threading.Thread(target=self._work, name=name, daemon=True)

    def submit(self, work: Callable[[], T], /) -> Future[T]:
        """Has it done after all that waits. Raises ``RuntimeError`` once it is stopped."""
        future: Future[T] = Future()
        with self._lock:
            if self._stopped:
                raise RuntimeError("the app ends")
            self._waiting.put((partial(_run, work, future), future.cancel))
            if not self._thread.ident:
                self._thread.start()
        return future

    def stop(self, seconds: float) -> None:
        """Drops what waits, and gives what is under way that long to end."""
        with self._lock:
            self._stopped = True
        with suppress(Empty):
            while (dropped := self._waiting.get_nowait()) is not None:
                dropped[1]()
        self._waiting.put(None)
        if self._thread.ident:
            self._thread.join(seconds)

    def _work(self) -> None:
        while (found := self._waiting.get()) is not None:
            found[0]()


def _run(work: Callable[[], T], future: Future[T]) -> None:
    if not future.set_running_or_notify_cancel():
        return
    try:
        future.set_result(work())
    except Exception as error:  # noqa: BLE001 - whoever asked is told
        future.set_exception(error)
