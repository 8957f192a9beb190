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
from watchdog.observers.api import ObservedWatch

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

    def __init__(self, changed: Callable[[str], None], appeared: Callable[[], None]) -> None:
        """Both are called from another thread.

        ``changed`` gets the path of each file or folder that was written, ``appeared`` hears that a
        folder which was missing may be there now.
        """
        self._handler = _Handler(changed)
        self._appeared = appeared
        self._observer = Observer()
        self._observer.start()
        self._watched: set[str] = set()
        self._awaited: dict[str, ObservedWatch] = {}
        self._steps: set[str] = set()

    def cover(self, folders: Iterable[str], flat: Iterable[str] = ()) -> tuple[str, ...]:
        """Watch ``folders``, those of ``flat`` without what is below, and for the missing where they would appear.

        Returns those that are there and could not be watched.
        """
        refused, awaited = [], set()
        self._watched = {folder for folder in self._watched if os.path.isdir(folder)}
        for folder, deep in [*((each, True) for each in folders), *((each, False) for each in flat)]:
            try:
                if not os.path.isdir(folder):
                    awaited.add(self._await(folder))
                elif folder not in self._watched:
                    self._observer.schedule(self._handler, folder, recursive=deep, event_filter=_TOLD)
                    self._watched.add(folder)
            except OSError as error:
                log.info("cannot watch a log folder: %s", error.strerror)
                refused.append(folder)
        for parent in self._awaited.keys() - awaited:
            self._observer.unschedule(self._awaited.pop(parent))
        return tuple(refused)

    def stop(self) -> None:
        """End the threads."""
        self._observer.stop()
        self._observer.join(2)

    def _await(self, folder: str) -> str:
        """Watch the nearest folder above ``folder`` that exists, itself only, for the next step towards it."""
        parent, step = os.path.split(folder)
        while not os.path.isdir(parent):
            parent, step = os.path.split(parent)
        if parent not in self._awaited:
            handler = _Handler(self._came)
            filter = [DirCreatedEvent, DirMovedEvent]
            self._awaited[parent] = self._observer.schedule(handler, parent, event_filter=filter)
        self._steps.add(os.path.join(parent, step))
        return parent

    def _came(self, path: str) -> None:
        if path in self._steps:
            self._appeared()
