"""A notification server on a bus of its own, which takes down what it is asked to show."""

from __future__ import annotations

import contextlib
import subprocess
import threading
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Self

from desktop.parts import BUS, written

NAME = "org.freedesktop.Notifications"
PATH = "/org/freedesktop/Notifications"


@contextlib.contextmanager
def session_bus(folder: Path) -> Iterator[str]:
    """A bus that starts nothing by itself; its address."""
    config = written(folder / "bus.conf", BUS.format(folder=folder))
    command = ["dbus-daemon", f"--config-file={config}", "--nofork", "--nopidfile", "--print-address"]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout is not None
        yield process.stdout.readline().strip()
        process.terminate()


@dataclass
class Seen:
    """A call of Notify."""

    id: int
    replaces: int
    title: str
    body: str
    actions: list[str]
    urgency: int
    timeout: int
    resident: bool


@dataclass
class MadeServer:
    """Answers in a thread of its own until it is closed."""

    address: str
    capabilities: tuple[str, ...]
    refuses: bool = False
    shown: list[Seen] = field(default_factory=list)
    closed: list[int] = field(default_factory=list)

    def __enter__(self) -> Self:
        from jeepney.bus_messages import message_bus
        from jeepney.io.blocking import open_dbus_connection

        self._connection = open_dbus_connection(self.address)
        self._connection.send_and_get_reply(message_bus.RequestName(NAME), timeout=10)
        self._thread = threading.Thread(target=self._answer)
        self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        import socket

        with contextlib.suppress(OSError):
            self._connection.sock.shutdown(socket.SHUT_RDWR)
        self._thread.join(10)
        self._connection.close()

    def tell(self, signal: str, id: int, word: str | int) -> None:
        """Send a signal as the server does when a person presses or closes."""
        from jeepney import DBusAddress, new_signal

        emitter = DBusAddress(PATH, interface=NAME)
        self._connection.send(new_signal(emitter, signal, "us" if isinstance(word, str) else "uu", (id, word)))

    def _answer(self) -> None:
        with contextlib.suppress(OSError):
            while True:
                message = self._connection.receive()
                if message.header.message_type.name == "method_call":
                    self._connection.send(self._reply(message))

    def _reply(self, message: Any) -> Any:
        from jeepney import new_error, new_method_return

        member = next(value for name, value in message.header.fields.items() if name.name == "member")
        if member == "GetCapabilities":
            return new_method_return(message, "as", (list(self.capabilities),))
        if member == "CloseNotification":
            self.closed.append(message.body[0])
            return new_method_return(message)
        if self.refuses:
            return new_error(message, "org.freedesktop.Notifications.Error.ExcessNotificationGeneration")
        _, replaces, _, title, body, actions, hints, timeout = message.body
        id = replaces or len(self.shown) + 1
        resident = bool(hints.get("resident", ("b", False))[1])
        self.shown.append(Seen(id, replaces, title, body, list(actions), hints["urgency"][1], timeout, resident))
        return new_method_return(message, "u", (id,))
