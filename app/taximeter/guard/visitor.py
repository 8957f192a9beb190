"""One caller at the door: what it has said so far, and the way to answer it."""

from __future__ import annotations

import contextlib
import os
import socket
import struct
import sys
from collections.abc import Callable

from taximeter.guard.protocol import BODY_LIMIT, HEADER_LIMIT, OK, Frame, packed

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


def is_mine(connection: socket.socket) -> bool:
    """Whether it is this user who calls. Where the system does not tell, the address itself is private."""
    if sys.platform == "linux":
        try:
            told = connection.getsockopt(socket.SOL_SOCKET, socket.SO_PEERCRED, struct.calcsize("3i"))
        except OSError:
            return False
        return int(struct.unpack("3i", told)[1]) == os.geteuid()
    else:  # noqa: RET505 - mypy skips a branch for another platform, not what follows a return
        return True
