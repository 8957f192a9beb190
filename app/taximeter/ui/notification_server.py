"""The desktop's notification server, spoken to over the session bus (org.freedesktop.Notifications 1.2). No Qt.

Qt's own bus cannot call ``Notify``: it has no way to send an unsigned number.
"""

from __future__ import annotations

import contextlib
import html
import logging
import sys
from collections import deque
from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from taximeter.ui.notices import Bubble

if TYPE_CHECKING:
    import socket

    from jeepney import MatchRule, Message
    from jeepney.io.blocking import DBusConnection

Acted = Callable[[str, str], None]
log = logging.getLogger("taximeter.ui")

NAME = "org.freedesktop.Notifications"
PATH = "/org/freedesktop/Notifications"
REPLY_SECONDS = 3.0
LOW, NORMAL, CRITICAL = 0, 1, 2
NEVER, SERVERS_CHOICE = 0, -1
"""When it goes by itself: not at all, or when the server finds it time."""


class Server:
    """The notification server of this session, over a connection that one thread uses."""

    def __init__(self, connection: DBusConnection, capabilities: frozenset[str], acted: Acted) -> None:
        from jeepney import DBusAddress, MatchRule

        self._connection = connection
        self._capabilities = capabilities
        self._acted = acted
        self._address = DBusAddress(PATH, NAME, NAME)
        self._ids: dict[str, int] = {}
        self._heard: deque[Message] = deque()
        rule = MatchRule(type="signal", interface=NAME, path=PATH)
        self._listening = connection.filter(rule, queue=self._heard)
        self._listening.__enter__()
        self._ask_bus(rule)

    @classmethod
    def found(cls, acted: Acted) -> Server:
        """The server that answers now. Raises an OSError, LookupError or ImportError where there is none."""
        if sys.platform != "linux":
            raise LookupError("not on this platform")
        from jeepney import DBusAddress, new_method_call
        from jeepney.io.blocking import open_dbus_connection

        connection = open_dbus_connection("SESSION")
        try:
            question = new_method_call(DBusAddress(PATH, NAME, NAME), "GetCapabilities")
            body = _body(connection.send_and_get_reply(question, timeout=REPLY_SECONDS))
            return cls(connection, frozenset(body[0]), acted)
        except BaseException:
            connection.close()
            raise

    @property
    def socket(self) -> socket.socket:
        """What becomes readable when the server says something."""
        sock: socket.socket = self._connection.sock
        return sock

    def show(self, bubble: Bubble) -> bool:
        """Show it or put it in the place of the one with its key; False when the server refused."""
        from jeepney import new_method_call

        actions = [word for action in bubble.actions for word in action] if "actions" in self._capabilities else []
        text = html.escape(bubble.body, quote=False) if "body-markup" in self._capabilities else bubble.body
        urgency = CRITICAL if bubble.urgent else LOW if bubble.quiet else NORMAL
        hints = {"urgency": ("y", urgency), "desktop-entry": ("s", "taximeter")}
        icon = "dialog-question" if bubble.stays else "dialog-information"
        body = ("Taximeter", self._ids.get(bubble.key, 0), icon, bubble.title, text, actions, hints,
                NEVER if bubble.stays else SERVERS_CHOICE)  # fmt: skip
        message = new_method_call(self._address, "Notify", "susssasa{sv}i", body)
        try:
            (shown,) = _body(self._connection.send_and_get_reply(message, timeout=REPLY_SECONDS))
        except LookupError as error:
            log.info("a notification was refused: %s", error)
            return False
        self._ids[bubble.key] = shown
        return True

    def withdraw(self, key: str) -> None:
        """Take it away, if it is there; the server's answer does not matter."""
        from jeepney import new_method_call

        shown = self._ids.pop(key, None)
        if shown is not None:
            self._connection.send(new_method_call(self._address, "CloseNotification", "u", (shown,)))

    def withdraw_all(self) -> None:
        """Take away what is shown."""
        for key in tuple(self._ids):
            self.withdraw(key)

    def listen(self) -> None:
        """Take in what the server has said so far, and tell which actions were pressed."""
        with contextlib.suppress(TimeoutError):
            while True:
                self._connection.recv_messages(timeout=0)
        while self._heard:
            self._hear(self._heard.popleft())

    def close(self) -> None:
        """End the connection."""
        self._listening.close()
        self._connection.close()

    def _hear(self, message: Message) -> None:
        member = next((value for field, value in message.header.fields.items() if field.name == "member"), "")
        if not message.body or not isinstance(message.body[0], int):
            return
        key = next((key for key, shown in self._ids.items() if shown == message.body[0]), None)
        if key is None:
            return
        if member == "ActionInvoked":
            self._acted(key, str(message.body[1]))
        elif member == "NotificationClosed":
            del self._ids[key]  # no answer: the question goes on waiting

    def _ask_bus(self, rule: MatchRule) -> None:
        from jeepney.bus_messages import message_bus

        _body(self._connection.send_and_get_reply(message_bus.AddMatch(rule), timeout=REPLY_SECONDS))


def _body(reply: Message) -> tuple[Any, ...]:
    """The answer of a call; an error of the bus or the server is a LookupError."""
    if reply.header.message_type.name == "error":
        raise LookupError(str(reply.body[0]) if reply.body else "refused")
    body: tuple[Any, ...] = reply.body
    return body
