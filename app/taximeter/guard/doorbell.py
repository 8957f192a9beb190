"""The app's local socket: owner only, one JSON line each way, with limits on size and time.

Today it carries one message, a second start that asks the first to show itself; ``docs/decisions``
says why it is a plain socket in a thread of its own. Garbage is answered with an error and dropped.
"""

from __future__ import annotations

import contextlib
import json
import logging
import os
import socket
import threading
import time
from collections.abc import Callable
from pathlib import Path

from taximeter.host.paths import ensure_private
from taximeter.host.trouble import Trouble

log = logging.getLogger("taximeter.guard")

PROTOCOL = 1
LINE_LIMIT = 64 << 10
TIMEOUT_S = 2.0
RINGS = 20

Answer = Callable[[str], bool]
"""From what is asked to whether it was understood; runs on the doorbell's thread."""


class Doorbell:
    """Listens until ``stop``; one connection at a time, each at most ``TIMEOUT_S``."""

    def __init__(self, path: Path, answer: Answer) -> None:
        """Takes the address over from an instance that is gone. The caller holds the instance's lease.

        Raises ``Trouble`` when the folder is not ours or the address cannot be used.
        """
        ensure_private(path.parent)
        self._path = path
        self._answer = answer
        self._stopping = threading.Event()
        self._socket = _listen(path)
        self._thread = threading.Thread(target=self._run, name="doorbell", daemon=True)

    def start(self) -> None:
        """Begin to answer; returns at once."""
        self._thread.start()

    def stop(self) -> None:
        """Answer nobody any more and take the address away."""
        self._stopping.set()
        with contextlib.suppress(OSError):
            self._socket.shutdown(socket.SHUT_RDWR)
        self._socket.close()
        if self._thread.is_alive():
            self._thread.join(TIMEOUT_S + 1)
        self._path.unlink(missing_ok=True)

    def _run(self) -> None:
        while not self._stopping.is_set():
            try:
                connection, _ = self._socket.accept()
            except OSError:
                return
            with connection:
                connection.settimeout(TIMEOUT_S)
                try:
                    reply = self._reply(_read_line(connection))
                    connection.sendall(json.dumps(reply).encode() + b"\n")
                except OSError as error:
                    log.debug("a caller at the door left: %s", error)

    def _reply(self, line: bytes) -> dict[str, object]:
        try:
            message = json.loads(line)
        except (ValueError, RecursionError):
            return {"v": PROTOCOL, "ok": False, "error": "not JSON"}
        if not isinstance(message, dict) or message.get("v") != PROTOCOL:
            return {"v": PROTOCOL, "ok": False, "error": "unknown version"}
        return {"v": PROTOCOL, "ok": self._answer(str(message.get("do", "")))}


def ring(path: Path, do: str) -> bool:
    """Ask the running instance; False when nobody answers."""
    try:
        with socket.socket(socket.AF_UNIX, socket.SOCK_STREAM) as connection:
            connection.settimeout(TIMEOUT_S)
            connection.connect(os.fspath(path))
            connection.sendall(json.dumps({"v": PROTOCOL, "do": do}).encode() + b"\n")
            return bool(json.loads(_read_line(connection)).get("ok"))
    except (OSError, ValueError, AttributeError):
        return False


def ring_patiently(path: Path, do: str) -> bool:
    """Ask an instance that may still be starting; False when nobody answers for two seconds."""
    for _ in range(RINGS):
        if ring(path, do):
            return True
        time.sleep(TIMEOUT_S / RINGS)
    return False


def _listen(path: Path) -> socket.socket:
    if not hasattr(socket, "AF_UNIX"):
        raise Trouble("This system has no local sockets", "A second start cannot raise the first one.")
    path.unlink(missing_ok=True)
    listening = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
    before = os.umask(0o177)
    try:
        listening.bind(os.fspath(path))
    except OSError as error:
        listening.close()
        raise Trouble("The local socket cannot be made", f"{path}: {error.strerror}.") from error
    finally:
        os.umask(before)
    listening.listen(8)
    return listening


def _read_line(connection: socket.socket) -> bytes:
    line = b""
    while not line.endswith(b"\n") and len(line) <= LINE_LIMIT:
        part = connection.recv(4096)
        if not part:
            break
        line += part
    return line[: LINE_LIMIT + 1]
