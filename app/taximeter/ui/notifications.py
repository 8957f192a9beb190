"""Desktop notifications, in a thread of their own that sleeps until there is something to say or to hear. No Qt.

Without a bus, a server or Linux nothing is shown, which is told; the windows are there in any case.
"""

from __future__ import annotations

import contextlib
import logging
import selectors
import socket
import threading
from collections.abc import Callable
from typing import Protocol

from taximeter.ui.notices import Bubble
from taximeter.ui.notification_server import Server

log = logging.getLogger("taximeter.ui")

STOP_SECONDS = 2.0


class Notifying(Protocol):
    """Shows and withdraws; returns at once, from any thread."""

    def show(self, bubble: Bubble) -> None:
        """Show it, in place of the one with its key."""
        ...

    def withdraw(self, key: str) -> None:
        """Take it away, if it is there."""
        ...

    def stop(self) -> None:
        """Withdraw all and end the thread."""
        ...


class Notifications:
    """Starts its thread with the first notification. The callables are called in that thread."""

    def __init__(self, acted: Callable[[str, str, str], None], untold: Callable[[str], None]) -> None:
        """``acted`` gets a notification's key, the action's and a token to come forward with, mostly empty.

        ``untold`` gets the key of one that nobody shows.
        """
        self._acted = acted
        self._untold = untold
        self._lock = threading.Lock()
        self._wanted: dict[str, Bubble | None] = {}
        self._staying: dict[str, Bubble] = {}
        self._ending = False
        self._thread: threading.Thread | None = None
        self._woken, self._wake = socket.socketpair()
        self._woken.setblocking(False)
        self._wake.setblocking(False)

    def show(self, bubble: Bubble) -> None:
        """Show it, in place of the one with its key. Of several that wait only the last is sent."""
        self._want(bubble.key, bubble)

    def withdraw(self, key: str) -> None:
        """Take it away, if it is there."""
        self._want(key, None)

    def stop(self) -> None:
        """Withdraw all and end the thread; nothing is shown afterwards."""
        with self._lock:
            self._ending, thread = True, self._thread
        if thread is not None:
            self._poke()
            thread.join(STOP_SECONDS)
        if thread is None or not thread.is_alive():
            self._woken.close()
            self._wake.close()

    def _want(self, key: str, bubble: Bubble | None) -> None:
        with self._lock:
            if self._ending or (bubble is None and self._thread is None):
                return
            self._wanted[key] = bubble
            if self._thread is None:
                self._thread = threading.Thread(target=self._run, name="notifications", daemon=True)
                self._thread.start()
        self._poke()

    def _poke(self) -> None:
        with contextlib.suppress(BlockingIOError):  # full: it will wake anyway
            self._wake.send(b"\0")

    def _take(self) -> tuple[dict[str, Bubble | None], bool]:
        with contextlib.suppress(BlockingIOError):
            self._woken.recv(4096)
        with self._lock:
            wanted, self._wanted = self._wanted, {}
            return wanted, self._ending

    def _run(self) -> None:
        ending = False
        while not ending:
            try:
                with contextlib.closing(Server.found(self._acted)) as server:
                    ending = self._serve(server)
            except (OSError, ImportError, LookupError, RuntimeError, ValueError) as error:
                # No bus, no server, or one that went away: what waits is told otherwise, the next is tried anew.
                log.info("no desktop notifications: %s", error)
                ending = self._give_up()

    def _serve(self, server: Server) -> bool:
        """Show and listen until the end, which is told, or until the bus is gone, which is an error."""
        with selectors.DefaultSelector() as selector:
            selector.register(self._woken, selectors.EVENT_READ)
            selector.register(server.socket, selectors.EVENT_READ)
            while True:
                wanted, ending = self._take()
                self._send(server, wanted)
                if ending:
                    server.withdraw_all()
                    return True
                lost = self._show_again(server.listen())
                if not lost:
                    selector.select()

    def _show_again(self, lost: tuple[str, ...]) -> bool:
        """Whether something that stays must be shown by the server that came in the place of another."""
        again = {key: self._staying[key] for key in lost if key in self._staying}
        with self._lock:
            self._wanted = {**again, **self._wanted}
        return bool(again)

    def _send(self, server: Server, wanted: dict[str, Bubble | None]) -> None:
        try:
            for key, bubble in tuple(wanted.items()):
                self._staying.pop(key, None)
                if bubble is None:
                    server.withdraw(key)
                elif not server.show(bubble):
                    self._untold(key)
                elif bubble.stays:
                    self._staying[key] = bubble
                del wanted[key]
        except OSError:
            with self._lock:
                self._wanted = wanted | self._wanted
            raise

    def _give_up(self) -> bool:
        """Tell that what waits is not shown; wait for the next. Returns whether that is the end."""
        while True:
            wanted, ending = self._take()
            for key, bubble in wanted.items():
                if bubble is not None:
                    self._untold(key)
            if ending:
                return True
            self._woken.setblocking(True)
            try:
                self._woken.recv(1, socket.MSG_PEEK)
            finally:
                self._woken.setblocking(False)
            with self._lock:
                if any(self._wanted.values()):
                    return False
