"""The app's icon as tray hosts on the bus see it, and a host of the tests' own that is nothing but that."""

from __future__ import annotations

import contextlib
import socket
import threading
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from desktop.session import WATCHER, Desktop, until

ITEM = "org.kde.StatusNotifierItem"
MENU = "com.canonical.dbusmenu"


@dataclass(frozen=True, slots=True)
class Item:
    """One registered icon."""

    desktop: Desktop
    name: str
    path: str

    def get(self, what: str) -> Any:
        """One of its properties; None when it is gone."""
        return self.desktop.ask(self.name, self.path, ITEM, what)

    def picture(self, size: int = 22) -> bytes:
        """Its pixels of that size; empty where it has none."""
        return next((bytes(pixels) for width, _, pixels in self.get("IconPixmap") or () if width == size), b"")

    def activate(self, x: int, y: int) -> None:
        """A left click, as the host tells of it."""
        self.desktop.call(self.name, self.path, ITEM, "Activate", "ii", (x, y))

    def menu(self) -> dict[str, int]:
        """The menu's entries with a label that can be chosen, and their numbers."""
        layout = self._call_menu("GetLayout", "iias", (0, -1, ["label", "enabled"]))
        children = layout[1][2] if layout else []
        found = {one[1][1].get("label", ("s", ""))[1]: one[1][0] for one in children
                 if one[1][1].get("enabled", ("b", True))[1]}  # fmt: skip
        return {label.replace("_", ""): number for label, number in found.items() if label}

    def choose(self, label: str) -> None:
        """Choose an entry of the menu."""
        self._call_menu("Event", "isvu", (self.menu()[label], "clicked", ("s", ""), 0))

    def _call_menu(self, method: str, signature: str, values: tuple[Any, ...]) -> tuple[Any, ...] | None:
        return self.desktop.call(self.name, self.get("Menu"), MENU, method, signature, values)


def the_item(desktop: Desktop) -> Item:
    """The only icon, once it is registered and tells of itself."""

    def found() -> Item | None:
        for one in desktop.ask_watcher("RegisteredStatusNotifierItems") or ():
            name, slash, path = one.partition("/")
            item = Item(desktop, name, slash + path)
            if item.get("Id"):
                return item
        return None

    return until("the icon on the bus", found)


@contextlib.contextmanager
def made_host(desktop: Desktop) -> Iterator[list[str]]:
    """A tray host that shows nothing and takes icons over the bus alone; the icons that were registered."""
    from jeepney.bus_messages import message_bus
    from jeepney.io.blocking import open_dbus_connection

    registered: list[str] = []
    connection = open_dbus_connection(desktop.env["DBUS_SESSION_BUS_ADDRESS"])
    connection.send_and_get_reply(message_bus.RequestName(WATCHER), timeout=10)
    thread = threading.Thread(target=_answer, args=(connection, registered))
    thread.start()
    try:
        yield registered
    finally:
        with contextlib.suppress(OSError):
            connection.sock.shutdown(socket.SHUT_RDWR)
        thread.join(10)
        connection.close()


def _answer(connection: Any, registered: list[str]) -> None:
    from jeepney import new_error, new_method_return

    with contextlib.suppress(OSError):
        while True:
            message = connection.receive()
            if message.header.message_type.name != "method_call":
                continue
            fields = {field.name: value for field, value in message.header.fields.items()}
            if fields["member"] == "RegisterStatusNotifierItem":
                (service,) = message.body
                at = fields["sender"] + service if service.startswith("/") else f"{service}/StatusNotifierItem"
                registered.append(at)
                connection.send(new_method_return(message))
            elif fields["member"] == "Get":
                answers = {"RegisteredStatusNotifierItems": ("as", registered[-1:]), "ProtocolVersion": ("i", 0),
                           "IsStatusNotifierHostRegistered": ("b", True)}  # fmt: skip
                connection.send(new_method_return(message, "v", (answers[message.body[1]],)))
            else:
                connection.send(new_error(message, "org.freedesktop.DBus.Error.UnknownMethod"))
