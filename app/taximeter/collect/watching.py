"""Being told when a log grows: the operating system's own notices, asked of folders.

Nothing wakes up while nothing is written. Where the system refuses (no watches left, a network
folder), the caller looks again from time to time.
"""

from __future__ import annotations

import logging
import os
from collections.abc import Callable, Iterable

from watchdog.events import (
    DirCreatedEvent,
    DirMovedEvent,
    FileCreatedEvent,
    FileModifiedEvent,
    FileMovedEvent,
    FileSystemEvent,
    FileSystemEventHandler,
)
from watchdog.observers import Observer

log = logging.getLogger("taximeter.collect")

_TOLD = [FileModifiedEvent, FileCreatedEvent, FileMovedEvent, DirCreatedEvent, DirMovedEvent]
"""Our own reading opens and closes files: those notices would wake us for ourselves."""


class _Handler(FileSystemEventHandler):
    def __init__(self, changed: Callable[[str], None]) -> None:
        self._changed = changed

    def on_any_event(self, event: FileSystemEvent) -> None:
        """Pass on where something happened; a moved file is interesting where it went."""
        self._changed(os.fsdecode(event.dest_path or event.src_path))


class Watch:
    """Watches folders with all that is below them, from threads of its own, until ``stop``."""

    def __init__(self, changed: Callable[[str], None]) -> None:
        """``changed`` gets the path of each file or folder that was written; from another thread."""
        self._handler = _Handler(changed)
        self._observer = Observer()
        self._observer.start()
        self._watched: set[str] = set()

    def cover(self, folders: Iterable[str]) -> tuple[str, ...]:
        """Watch those of ``folders`` that exist; returns those that could not be watched and are there."""
        refused = []
        for folder in folders:
            if folder in self._watched or not os.path.isdir(folder):
                continue
            try:
                self._observer.schedule(self._handler, folder, recursive=True, event_filter=_TOLD)
                self._watched.add(folder)
            except OSError as error:
                log.info("cannot watch a log folder: %s", error.strerror)
                refused.append(folder)
        return tuple(refused)

    def forget_missing(self) -> None:
        """A folder that was removed is watched anew when it is back."""
        self._watched = {folder for folder in self._watched if os.path.isdir(folder)}

    def stop(self) -> None:
        """End the threads."""
        self._observer.stop()
        self._observer.join(2)
