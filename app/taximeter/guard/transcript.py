"""The end of a transcript that a hook names: what stands beside the asking call."""

from __future__ import annotations

import os
import stat

from taximeter.guard.dialect import Ask, Dialect, Siblings

TAILS = (128 << 10, 8 << 20)
"""Bytes that are looked at, and how many more when they do not tell: a reply that starts agents mostly is a few
lines of prompts, and a reader that waits is a hook that waits."""


def siblings_in(path: str, dialect: Dialect, ask: Ask) -> Siblings:
    """The calls that stand beside the asking one at the end of a transcript."""
    found = Siblings(ask.calls, complete=False)
    for size in TAILS:
        tail = tail_of(path, size)
        found = dialect.siblings(tail, ask)
        if found.complete and not found.cut:
            break
        if len(tail) < size // 2:
            # There is no more of it (a last line of half that size is no transcript's).
            break
    return found


def size_of(path: str) -> int:
    """How large a transcript is, which tells whether it is worth another look; 0 where there is none."""
    try:
        return os.stat(path).st_size if os.path.isabs(path) else 0
    except (OSError, ValueError):
        return 0


def tail_of(path: str, size: int) -> bytes:
    """The last whole lines of a file, at most ``size`` bytes; nothing when it is no file that can be read."""
    if not os.path.isabs(path):
        return b""
    try:
        # Whatever a hostile input names is not waited for: a pipe opens at once, and is no file.
        descriptor = os.open(path, os.O_RDONLY | getattr(os, "O_NONBLOCK", 0))
    except (OSError, ValueError):
        return b""
    with os.fdopen(descriptor, "rb", buffering=0) as file:
        about = os.fstat(descriptor)
        if not stat.S_ISREG(about.st_mode):
            return b""
        begin = max(0, about.st_size - size)
        file.seek(begin)
        data = file.read(size) or b""
    first = data.find(b"\n") + 1 if begin else 0
    return data[first : data.rfind(b"\n") + 1]
