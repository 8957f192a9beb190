"""The end of a transcript that a hook names: what stands beside the asking call."""

from __future__ import annotations

import os
import stat

TAIL = 1 << 20
"""Bytes; a reply that starts agents is a few lines of prompts, and a reader that waits is a hook that waits."""


def tail_of(path: str) -> bytes:
    """The last whole lines of a file, at most ``TAIL`` bytes; nothing when it is no file that can be read."""
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
        begin = max(0, about.st_size - TAIL)
        file.seek(begin)
        data = file.read(TAIL) or b""
    first = data.find(b"\n") + 1 if begin else 0
    return data[first : data.rfind(b"\n") + 1]
