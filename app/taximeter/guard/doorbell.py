"""The app's local socket: owner only, one frame each way, with limits on size, time and number.

One thread serves all callers with a selector, because a hook may wait for minutes while a person
thinks. What is to be answered is decided by a ``Keeper`` on the same thread, so that it needs no
locks; other threads hand it work with ``call``. ``docs/decisions`` says why it is a plain socket.
"""

from __future__ import annotations

import contextlib
import logging
import os
import queue
import selectors
import socket
import threading
import time
from collections.abc import Callable
from pathlib import Path
from typing import Protocol

from taximeter.guard.protocol import ERROR, OK, Frame, Refused, packed, unpacked
from taximeter.guard.visitor import Visitor, is_mine
from taximeter.host.paths import ensure_private
from taximeter.host.trouble import Trouble

log = logging.getLogger("taximeter.guard")

READ_SECONDS = 2.0
"""A caller that has not said what it wants by then is sent away."""
RINGS = 20
MOST_VISITORS = 512
"""More than that at one moment are not let in: their agents go on."""


class Keeper(Protocol):
    """Decides what callers are answered; all of it runs on the doorbell's thread."""

    def rang(self, visitor: Visitor, frame: Frame) -> None:
        """Somebody asks; answered now or later through ``visitor.answer``."""

    def left(self, visitor: Visitor) -> None:
        """Somebody hung up before the answer."""

    def due(self) -> float | None:
        """When ``tick`` is wanted next (``time.monotonic``); None when nothing waits for a moment."""

    def tick(self) -> None:
        """The moment has come."""


class Doorbell:
    """Listens from ``start`` until ``stop``, which is to be called in any case."""

    def __init__(self, path: Path, keeper: Keeper) -> None:
        self._path = path
        self._keeper = keeper
        self._stopping = False
        self._visitors: dict[Visitor, float] = {}
        self._work: queue.SimpleQueue[Callable[[], None]] = queue.SimpleQueue()
        self._selector = selectors.DefaultSelector()
        self._listening: tuple[socket.socket, ...] = ()
        self._woken, self._waker = socket.socketpair()
        for one in (self._woken, self._waker):
            one.settimeout(0)
        self._selector.register(self._woken, selectors.EVENT_READ)
        self._thread = threading.Thread(target=self._run, name="doorbell", daemon=True)

    def start(self) -> None:
        """Take the address over from an instance that is gone, and begin to answer; returns at once.

        The caller holds the instance's lease. Raises ``Trouble`` when the folder is not ours or the
        address cannot be used; what is handed over with ``call`` is done all the same.
        """
        try:
            ensure_private(self._path.parent)
            self._listening = (_listen(self._path),)
            self._selector.register(self._listening[0], selectors.EVENT_READ)
        finally:
            self._thread.start()

    def call(self, work: Callable[[], None]) -> None:
        """Have ``work`` run on the doorbell's thread; returns at once, from any thread."""
        self._work.put(work)
        with contextlib.suppress(OSError):  # a full pipe wakes it as well, a closed one need not
            self._waker.send(b".")

    def stop(self) -> None:
        """Answer nobody any more and take the address away; who waits is hung up on, so its agent goes on."""
        self._stopping = True
        self.call(_nothing)
        if self._thread.is_alive():
            self._thread.join(READ_SECONDS + 1)
        for visitor in self._visitors:
            visitor.hang_up()
        self._selector.close()
        for one in (*self._listening, self._woken, self._waker):
            one.close()
        if self._listening:
            self._path.unlink(missing_ok=True)

    def _run(self) -> None:
        while not self._stopping:
            for key, _ in self._selector.select(self._patience()):
                if key.fileobj in self._listening:
                    self._let_in()
                elif key.fileobj is self._woken:
                    self._run_work()
                else:
                    self._listen_to(key.data)
            self._send_away_the_silent()
            wanted = self._keeper.due()
            if wanted is not None and wanted <= time.monotonic():
                self._keep(self._keeper.tick)

    def _patience(self) -> float | None:
        """Seconds until something has to be done though nobody moves; None for ever."""
        moments = [end for visitor, end in self._visitors.items() if not visitor.has_asked]
        wanted = self._keeper.due()
        if wanted is not None:
            moments.append(wanted)
        return max(0.0, min(moments) - time.monotonic()) if moments else None

    def _let_in(self) -> None:
        try:
            connection, _ = self._listening[0].accept()
        except OSError:
            return
        if len(self._visitors) >= MOST_VISITORS or not is_mine(connection):
            connection.close()
            return
        visitor = Visitor(connection, self._forget)
        self._visitors[visitor] = time.monotonic() + READ_SECONDS
        self._selector.register(connection, selectors.EVENT_READ, visitor)

    def _listen_to(self, visitor: Visitor) -> None:
        data = visitor.read()
        if data is None:
            self._forget(visitor)
            if visitor.has_asked:
                self._keep(lambda: self._keeper.left(visitor))
        elif not visitor.has_asked:
            try:
                frame = unpacked(data)
            except Refused as refused:
                visitor.answer(Frame(ERROR, body=str(refused).encode()))
                return
            if frame is not None:
                visitor.has_asked = True
                self._ask(visitor, frame)

    def _ask(self, visitor: Visitor, frame: Frame) -> None:
        try:
            self._keeper.rang(visitor, frame)
        except Exception:
            # A mistake of ours must not stop the agent that asked.
            log.exception("a call at the door could not be judged; its agent goes on")
            visitor.say()

    def _send_away_the_silent(self) -> None:
        now = time.monotonic()
        for visitor in [one for one, end in self._visitors.items() if end < now and not one.has_asked]:
            visitor.answer(Frame(ERROR, body=b"too slow"))

    def _forget(self, visitor: Visitor) -> None:
        if self._visitors.pop(visitor, None) is not None:
            self._selector.unregister(visitor.connection)
            visitor.hang_up()

    def _run_work(self) -> None:
        with contextlib.suppress(OSError):
            self._woken.recv(4096)
        with contextlib.suppress(queue.Empty):
            while True:
                self._keep(self._work.get_nowait())

    def _keep(self, act: Callable[[], None]) -> None:
        try:
            act()
        except Exception:
            # The door stays open to the others.
            log.exception("the doorbell could not do what was asked")


def ring(path: Path, verb: str, *words: str, wait: float = READ_SECONDS) -> Frame | None:
    """Ask the running instance; None when nobody answers."""
    try:
        with socket.socket(socket.AF_UNIX, socket.SOCK_STREAM) as connection:
            connection.settimeout(wait)
            connection.connect(os.fspath(path))
            connection.sendall(packed(Frame(verb, words)))
            data = b""
            while part := connection.recv(1 << 16):
                data += part
                found = unpacked(data)
                if found is not None:
                    return found
    except (AttributeError, OSError, Refused):
        return None
    return None


def asked(path: Path, verb: str, *words: str) -> bool | None:
    """Whether a running instance did what was asked, or says that it is so; None when nobody answers."""
    told = ring(path, verb, *words)
    return None if told is None else told.verb == OK


def ring_patiently(path: Path, verb: str) -> bool:
    """Ask an instance that may still be starting; False when it says no, or nobody answers for two seconds."""
    for _ in range(RINGS):
        if asked(path, verb):
            return True
        time.sleep(READ_SECONDS / RINGS)
    return False


def _nothing() -> None:
    """Wakes the thread, which then sees that it is to stop."""


def _listen(path: Path) -> socket.socket:
    if not hasattr(socket, "AF_UNIX"):
        raise Trouble("This system has no local sockets", "Nobody can be asked, and a second start cannot raise it.")
    listening = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
    before = os.umask(0o177)
    try:
        path.unlink(missing_ok=True)
        listening.bind(os.fspath(path))
    except OSError as error:
        listening.close()
        raise Trouble("The local socket cannot be made", f"{path}: {error.strerror}.") from error
    finally:
        os.umask(before)
    listening.settimeout(0)
    listening.listen(64)
    return listening
