"""Has Qt wait for a tray host on the bus where no other kind can come: under Wayland."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import contextmanager

WATCHER = "org.kde.StatusNotifierWatcher"


@contextmanager
def host_expected(platform: str) -> Iterator[None]:
    """Make the icon within: Qt looks once whether hosts speak over the bus, and without one at the start never again.

    A panel that comes later, or the shell's own extension, would find no icon. So the name it will have is taken
    for a moment, unless it is there. On X11 a host that comes later takes icons as windows, for which Qt looks anew.
    """
    if sys.platform != "linux" or not platform.startswith("wayland"):
        yield
        return
    from PySide6.QtDBus import QDBusConnection

    bus = QDBusConnection.sessionBus()
    taken = bus.registerService(WATCHER)
    try:
        yield
    finally:
        if taken:
            bus.unregisterService(WATCHER)
