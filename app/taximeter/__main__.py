"""The entry: the tray app without arguments, a command with them."""

from __future__ import annotations

import atexit
import gc
import os
import sys
from collections.abc import Mapping
from pathlib import Path


def main() -> int:
    """Run what the arguments ask for; the process's exit status."""
    from taximeter.collect.installation import Installation
    from taximeter.compose import run_command, start_tray
    from taximeter.host.trouble import Trouble

    installation = Installation.find(os.environ, Path.home())
    arguments = sys.argv[1:]
    if arguments:
        # A command is short: collecting garbage, at its end too, would cost it more time than it frees memory.
        gc.disable()
        atexit.register(gc.freeze)
        return run_command(installation, arguments)
    if has_display(os.environ):
        try:
            return start_tray(installation)
        except Trouble as trouble:
            sys.stderr.write(f"{trouble.title}: {trouble.detail}\n")
            return 1
    sys.stderr.write("There is no display here, so this is the status; the tray starts on a desktop.\n")
    return run_command(installation, ["status"])


def has_display(env: Mapping[str, str]) -> bool:
    """Whether windows can be shown; on macOS and Windows there is always a desktop."""
    if sys.platform in {"darwin", "win32"}:
        return True
    return any(env.get(name) for name in ("DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM"))


if __name__ == "__main__":
    sys.exit(main())
