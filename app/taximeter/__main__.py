"""The entry: the tray app without arguments, a command with them."""

from __future__ import annotations

import os
import sys
from pathlib import Path


def main() -> int:
    """Run what the arguments ask for; the process's exit status."""
    from taximeter.compose import Installation, start_tray

    installation = Installation.find(os.environ, Path.home())
    arguments = sys.argv[1:]
    if not arguments:
        return start_tray(installation)
    if arguments == ["demo"]:
        from taximeter.compose import demo

        return demo(installation)
    return 2


if __name__ == "__main__":
    sys.exit(main())
