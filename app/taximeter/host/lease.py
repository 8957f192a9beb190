"""The writer's lease: at most one process at a time may write the ledger.

The operating system keeps the lock and drops it when the process ends, however it ends (``kill
-9`` included), so no lease is ever left behind and nothing waits for a time to run out. The lock
file itself stays: removing it would let two processes lock two different files of one name.
"""

from __future__ import annotations

import os
import sys
from dataclasses import dataclass
from pathlib import Path

from taximeter.host.paths import ensure_private

_LOCKED_BYTE = 1 << 30
"""Windows locks bytes and keeps others from reading them: far behind the process id that they read."""


@dataclass(frozen=True, slots=True)
class Lease:
    """Held until ``release`` or the end of the process."""

    path: Path
    descriptor: int

    def release(self) -> None:
        """Lets the next process write. Call it once."""
        os.ftruncate(self.descriptor, 0)
        os.close(self.descriptor)


def try_acquire(path: Path) -> Lease | None:
    """Takes the lease kept in the file ``path``, or returns None at once when another holds it.

    A second call in the same process is refused too.

    Raises:
        OSError: the file cannot be opened, or the file system cannot lock.
    """
    ensure_private(path.parent)
    descriptor = os.open(path, os.O_RDWR | os.O_CREAT, 0o600)
    try:
        if not _lock(descriptor):
            os.close(descriptor)
            return None
        os.ftruncate(descriptor, 0)
        os.write(descriptor, str(os.getpid()).encode())
    except OSError:
        os.close(descriptor)
        raise
    return Lease(path, descriptor)


def holder(path: Path) -> int | None:
    """The process id that the holder wrote, for ``doctor``; None when nobody holds the lease.

    Asking takes a free lease for an instant, so a process that starts just then may be refused.
    """
    try:
        descriptor = os.open(path, os.O_RDWR)
    except FileNotFoundError:
        return None
    try:
        if _lock(descriptor):
            return None
        text = os.read(descriptor, 20)
    finally:
        os.close(descriptor)
    return int(text) if text.isdigit() else None


if sys.platform == "win32":
    import msvcrt

    def _lock(descriptor: int) -> bool:
        os.lseek(descriptor, _LOCKED_BYTE, os.SEEK_SET)
        try:
            msvcrt.locking(descriptor, msvcrt.LK_NBLCK, 1)
        except PermissionError:
            return False
        finally:
            os.lseek(descriptor, 0, os.SEEK_SET)
        return True

else:
    import fcntl

    def _lock(descriptor: int) -> bool:
        try:
            fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            return False
        return True
