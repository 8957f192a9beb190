"""Ending in order, each stage in its own turn of the event loop, and the signals that ask for it."""

from __future__ import annotations

import logging
import os
import signal
import socket
import sys
import threading
from collections.abc import Callable
from types import TracebackType

from PySide6.QtCore import QObject, QSocketNotifier, QTimer

log = logging.getLogger("taximeter.ui")


class Stages(QObject):
    """Runs callables one after the other by zero timers; a stage that fails does not stop the rest."""

    def __init__(self, stages: tuple[Callable[[], None], ...], parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._left = list(stages)
        self._begun = False

    @property
    def begun(self) -> bool:
        """Whether the app is closing."""
        return self._begun

    def begin(self) -> None:
        """Start ending; asked again it changes nothing."""
        if not self._begun:
            self._begun = True
            QTimer.singleShot(0, self._next)

    def run_rest(self) -> None:
        """Run what is left at once, for an end that the session manager forces."""
        self._begun = True
        while self._left:
            self._run_one()

    def _next(self) -> None:
        if not self._left:
            return
        self._run_one()
        QTimer.singleShot(0, self._next)

    def _run_one(self) -> None:
        stage = self._left.pop(0)
        try:
            stage()
        except Exception:
            log.exception("A stage of ending failed; the rest goes on")


class EndingSignals(QObject):
    """SIGINT and SIGTERM, which Python would see only at its next bytecode, wake the event loop."""

    def __init__(self, on_signal: Callable[[], None], parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._on_signal = on_signal
        self._reader, self._writer = socket.socketpair()
        self._reader.setblocking(False)
        self._writer.setblocking(False)
        self._old_fd = signal.set_wakeup_fd(self._writer.fileno(), warn_on_full_buffer=False)
        self._old = [(number, signal.signal(number, _nothing)) for number in _ending_signals()]
        self._notifier = QSocketNotifier(self._reader.fileno(), QSocketNotifier.Type.Read, self)
        self._notifier.activated.connect(self._on_bytes)

    def close(self) -> None:
        """Give the signals back."""
        self._notifier.setEnabled(False)
        signal.set_wakeup_fd(self._old_fd)
        for number, handler in self._old:
            signal.signal(number, handler)
        self._reader.close()
        self._writer.close()

    def _on_bytes(self) -> None:
        try:
            numbers = os.read(self._reader.fileno(), 64)
        except BlockingIOError:
            return
        if any(number in _ending_signals() for number in numbers):
            self._on_signal()


def log_what_nobody_caught() -> None:
    """Send exceptions of slots and of threads to the log; the app goes on with its last figures."""
    sys.excepthook = _log_exception
    threading.excepthook = _log_thread_exception


def _ending_signals() -> tuple[int, ...]:
    return (signal.SIGINT, signal.SIGTERM)


def _nothing(_number: int, _frame: object) -> None:
    """A handler of its own keeps Python from raising in the middle of a slot; the wake-up does the work."""


def _log_exception(kind: type[BaseException], error: BaseException, trace: TracebackType | None) -> None:
    log.critical("An error that nobody caught", exc_info=(kind, error, trace))


def _log_thread_exception(args: threading.ExceptHookArgs) -> None:
    name = args.thread.name if args.thread is not None else "a thread"
    if args.exc_value is not None:
        error = (args.exc_type, args.exc_value, args.exc_traceback)
        log.critical("An error that nobody caught in %s", name, exc_info=error)
