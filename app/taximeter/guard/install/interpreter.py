"""Which Python starts the hook client: one that does not go away with our own environment."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Iterable, Iterator
from pathlib import Path

from taximeter.host.trouble import Trouble

_CHECK = "import _socket, os, sys; sys.exit(sys.version_info < (3, 9))"
_LIMIT_S = 10.0


def find_interpreter() -> Path:
    """The interpreter behind the virtual environment or the bundle that this process runs in, links resolved.

    Raises:
        Trouble: there is none on this computer that could start the client.
    """
    return first_usable(_candidates())


def first_usable(candidates: Iterable[str]) -> Path:
    """The first that lies in no virtual environment and starts.

    Raises:
        Trouble: none does.
    """
    for candidate in candidates:
        path = Path(os.path.realpath(candidate))
        if not _is_in_venv(path) and _starts(path):
            return path
    raise Trouble(
        "No Python was found to start the hook with",
        "Install Python 3.9 or newer where it stays (such as your system's python3), and install the hooks again.",
    )


def _candidates() -> Iterator[str]:
    if not getattr(sys, "frozen", False):
        yield getattr(sys, "_base_executable", "") or sys.executable
        yield os.path.join(sys.base_exec_prefix, "bin", "python3")
    for name in ("python3", "python"):
        for path in (None if sys.platform == "darwin" else os.defpath, None):
            found = shutil.which(name, path=path)
            if found and not _is_stub(found):
                yield found


def _is_stub(found: str) -> bool:
    """On macOS the system's own opens a window that offers to install developer tools, unless they are there."""
    tools = ("/Library/Developer/CommandLineTools", "/Applications/Xcode.app")
    return sys.platform == "darwin" and found.startswith("/usr/bin/") and not any(map(os.path.isdir, tools))


def _is_in_venv(path: Path) -> bool:
    return any((folder / "pyvenv.cfg").exists() for folder in (path.parent, path.parent.parent))


def _starts(path: Path) -> bool:
    """Asked of the program itself: it may be a stub that only says where to get Python."""
    try:
        done = subprocess.run([path, "-I", "-S", "-c", _CHECK], capture_output=True, check=False, timeout=_LIMIT_S)
    except (OSError, subprocess.SubprocessError):
        return False
    return done.returncode == 0
