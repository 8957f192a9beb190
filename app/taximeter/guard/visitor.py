"""One caller at the door: what it has said so far, and the way to answer it."""

from __future__ import annotations

import contextlib
import os
import socket
import struct
import sys
from collections.abc import Callable

from taximeter.guard.protocol import BODY_LIMIT, HEADER_LIMIT, OK, Frame, packed

MINE: frozenset[int | None] = frozenset({None, getattr(os, "geteuid", int)()})
"""Whose calls are answered: this user's, and those of whom the system does not tell, since the address is private."""

_SEND_SECONDS = 2.0


class Visitor:
    """Lives on the doorbell's thread."""

    def __init__(self, connection: socket.socket, gone: Callable[[Visitor], None]) -> None:
        connection.settimeout(0)
        self.connection = connection
        self.has_asked = False
        self._gone = gone
        self._data = b""

    def read(self) -> bytes | None:
        """All that it has said so far; None when it has hung up or says too much."""
        try:
            part = self.connection.recv(1 << 20)
        except BlockingIOError:
            return self._data
        except OSError:
            return None
        if not part or len(self._data) + len(part) > BODY_LIMIT + HEADER_LIMIT:
            return None
        self._data += part
        return self._data

    def answer(self, frame: Frame) -> None:
        """Say it and hang up; whoever has left misses it."""
        with contextlib.suppress(OSError):
            self.connection.settimeout(_SEND_SECONDS)
            self.connection.sendall(packed(frame))
        self._gone(self)

    def say(self, body: bytes = b"") -> None:
        """Answer with what a hook is to print; nothing lets its agent go on."""
        self.answer(Frame(OK, body=body))

    def hang_up(self) -> None:
        """Close the line without a word."""
        self.connection.close()


def caller_of(connection: socket.socket) -> int | None:
    """The user who calls, where the system tells."""
    if sys.platform != "linux":
        return None
    told = connection.getsockopt(socket.SOL_SOCKET, socket.SO_PEERCRED, struct.calcsize("3i"))
    return int(struct.unpack("3i", told)[1])
