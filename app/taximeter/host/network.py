"""Which network this computer is on, as far as it takes to notice another one, and whether it is metered.

Nothing is sent: routes are read from the kernel, or an address is asked of a socket that never sends.
"""

from __future__ import annotations

import contextlib
import logging
import socket
import sys
from pathlib import Path

log = logging.getLogger("taximeter.host")

ROUTES = Path("/proc/net")
ANSWER_SECONDS = 1.0
UP = 0x1
"""Of a route's flags."""
VIRTUAL = ("lo", "docker", "br-", "veth", "virbr")
"""Interfaces of this computer's own, which come and go with containers."""
NOBODY = (("192.0.2.1", socket.AF_INET), ("2001:db8::1", socket.AF_INET6))
"""Addresses that are kept for documents; only the way to them is asked for."""
METERED = frozenset({1, 3})
"""NetworkManager's "yes" and "guess yes"."""


def network_mark(routes: Path = ROUTES) -> str:
    """A text that changes with the network, empty without one."""
    marks = _by_routes(routes) if sys.platform == "linux" else _by_addresses()
    return " ".join(sorted(marks))


def is_metered() -> bool:
    """Whether the network is paid by volume, as NetworkManager tells; False where it is not there.

    Takes up to a second. Other systems tell it only to programs of their own kind: False.
    """
    if sys.platform != "linux":
        return False
    try:
        from jeepney import DBusAddress, Properties
        from jeepney.io.blocking import open_dbus_connection

        name = "org.freedesktop.NetworkManager"
        address = DBusAddress("/org/freedesktop/NetworkManager", name, name)
        with open_dbus_connection("SYSTEM") as connection:
            reply = connection.send_and_get_reply(Properties(address).get("Metered"), timeout=ANSWER_SECONDS)
    except (ImportError, OSError, LookupError, RuntimeError, ValueError) as error:
        # No bus, no NetworkManager, or one that does not answer.
        log.debug("whether the network is metered is not known: %s", error)
        return False
    if reply.header.message_type.name == "error" or not reply.body:
        return False
    return reply.body[0][1] in METERED


def _by_routes(routes: Path) -> set[str]:
    """Interface, destination and gateway of each route that is up and leads out of this computer."""
    found = set()
    for line in _lines(routes / "route")[1:]:
        interface, destination, gateway, flags, *_ = line.split()
        if int(flags, 16) & UP and not interface.startswith(VIRTUAL):
            found.add(f"{interface} {destination} {gateway}")
    for line in _lines(routes / "ipv6_route"):
        destination, _, _, _, gateway, _, _, _, flags, interface = line.split()
        if not destination.strip("0") and int(flags, 16) & UP and not interface.startswith(VIRTUAL):
            found.add(f"{interface} {gateway}")
    return found


def _lines(file: Path) -> list[str]:
    with contextlib.suppress(OSError):
        return file.read_text("ascii").splitlines()
    return []


def _by_addresses() -> set[str]:
    found = set()
    for address, family in NOBODY:
        with contextlib.suppress(OSError), socket.socket(family, socket.SOCK_DGRAM) as sock:
            sock.connect((address, 9))
            found.add(str(sock.getsockname()[0]))
    return found
