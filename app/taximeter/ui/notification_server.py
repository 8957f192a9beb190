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

Acted = Callable[[str, str, str], None]
log = logging.getLogger("taximeter.ui")

NAME = "org.freedesktop.Notifications"
PATH = "/org/freedesktop/Notifications"
BUS = "org.freedesktop.DBus"
REPLY_SECONDS = 3.0
LOW, NORMAL, CRITICAL = 0, 1, 2
NEVER, SERVERS_CHOICE = 0, -1
"""When it goes by itself: not at all, or when the server finds it time."""


class Server:
    """The notification server of this session, over a connection that one thread uses."""

    def __init__(self, connection: DBusConnection, acted: Acted) -> None:
        """``acted`` gets a notification's key, the action's, and a token that lets a window come to the front."""
        from jeepney import DBusAddress, MatchRule

        self._connection = connection
        self._acted = acted
        self._address = DBusAddress(PATH, NAME, NAME)
        self._shown: dict[str, tuple[int, str]] = {}
        self._tokens: dict[int, str] = {}
        self._heard: deque[Message] = deque()
        self._listening = contextlib.ExitStack()
        owner = MatchRule(type="signal", sender=BUS, interface=BUS, member="NameOwnerChanged")
        owner.add_arg_condition(0, NAME)
        for rule in (MatchRule(type="signal", interface=NAME, path=PATH), owner):
            self._listening.enter_context(connection.filter(rule, queue=self._heard))
            self._ask_bus(rule)
        self._capabilities = self._ask_capabilities()

    @classmethod
    def found(cls, acted: Acted) -> Server:
        """The server that answers now. Raises an OSError, LookupError or ImportError where there is none."""
        if sys.platform != "linux":
            raise LookupError("not on this platform")
        from jeepney.io.blocking import open_dbus_connection

        connection = open_dbus_connection("SESSION")
        try:
            return cls(connection, acted)
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
        if bubble.stays and "persistence" in self._capabilities:
            hints["resident"] = ("b", True)  # showing the question does not answer it
        icon = "dialog-question" if bubble.stays else "dialog-information"
        body = ("Taximeter", self._shown.get(bubble.key, (0, ""))[0], icon, bubble.title, text, actions, hints,
                NEVER if bubble.stays else SERVERS_CHOICE)  # fmt: skip
        message = new_method_call(self._address, "Notify", "susssasa{sv}i", body)
        try:
            reply = self._connection.send_and_get_reply(message, timeout=REPLY_SECONDS)
            (shown,) = _body(reply)
        except LookupError as error:
            log.info("a notification was refused: %s", error)
            return False
        self._shown[bubble.key] = (shown, _field(reply, "sender"))
        return True

    def withdraw(self, key: str) -> None:
        """Take it away, if it is there; the server's answer does not matter."""
        from jeepney import new_method_call

        shown = self._shown.pop(key, None)
        if shown is not None:
            self._connection.send(new_method_call(self._address, "CloseNotification", "u", shown[:1]))

    def withdraw_all(self) -> None:
        """Take away what is shown."""
        for key in tuple(self._shown):
            self.withdraw(key)

    def listen(self) -> tuple[str, ...]:
        """Take in what was said so far, and tell which actions were pressed.

        Returns the keys of what is shown no more since the server's place was taken by another.
        """
        with contextlib.suppress(TimeoutError):
            while True:
                self._connection.recv_messages(timeout=0)
        lost: tuple[str, ...] = ()
        while self._heard:
            message = self._heard.popleft()
            if _field(message, "member") == "NameOwnerChanged":
                lost += self._follow_owner(message.body[2])
            else:
                self._hear(message)
        return lost

    def close(self) -> None:
        """End the connection."""
        self._listening.close()
        self._connection.close()

    def _hear(self, message: Message) -> None:
        member = _field(message, "member")
        if not message.body or not isinstance(message.body[0], int):
            return
        number = message.body[0]
        key = next((key for key, (shown, _) in self._shown.items() if shown == number), None)
        if key is None:
            return
        if member == "ActivationToken":
            self._tokens[number] = str(message.body[1])
        elif member == "ActionInvoked":
            self._acted(key, str(message.body[1]), self._tokens.pop(number, ""))
        elif member == "NotificationClosed":
            del self._shown[key]  # no answer: the question goes on waiting
            self._tokens.pop(number, None)

    def _follow_owner(self, owner: str) -> tuple[str, ...]:
        """Another server, which may know other things; without one what was shown is remembered for the next."""
        if not owner:
            return ()
        self._capabilities = self._ask_capabilities()
        lost = tuple(key for key, (_, shown_by) in self._shown.items() if shown_by != owner)
        for key in lost:
            del self._shown[key]
        return lost

    def _ask_capabilities(self) -> frozenset[str]:
        from jeepney import new_method_call

        question = new_method_call(self._address, "GetCapabilities")
        return frozenset(_body(self._connection.send_and_get_reply(question, timeout=REPLY_SECONDS))[0])

    def _ask_bus(self, rule: MatchRule) -> None:
        from jeepney.bus_messages import message_bus

        _body(self._connection.send_and_get_reply(message_bus.AddMatch(rule), timeout=REPLY_SECONDS))


def _body(reply: Message) -> tuple[Any, ...]:
    """The answer of a call; an error of the bus or the server is a LookupError."""
    if reply.header.message_type.name == "error":
        raise LookupError(str(reply.body[0]) if reply.body else "refused")
    body: tuple[Any, ...] = reply.body
    return body


def _field(message: Message, name: str) -> str:
    """A field of a message's header; empty where it has none."""
    return next((str(value) for field, value in message.header.fields.items() if field.name == name), "")
