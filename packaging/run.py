"""Starts Taximeter from a checkout: `python3 packaging/run.py`, or a command, `python3 packaging/run.py status`.

The first start makes `.venv` and installs what is needed; later ones go straight to the app.
"""

import os
import sys

import supported  # noqa: F401 - before the others, which need a newer Python to be read at all

# isort: split
import environment
import machine

WINDOWED = {"demo", "gallery"}
"""Commands that paint. No command at all is the tray."""


def main(arguments: list[str]) -> None:
    """Make the environment ready where it is not, then become the app."""
    python = environment.ready(dev=False)
    arguments = with_screen_or_status(arguments)
    command = [str(python), "-P", "-m", "taximeter", *arguments]
    env = environment.variables(python)
    if sys.platform == "win32":
        sys.exit(environment.wait_for(command, env))
    os.execve(command[0], command, env)  # noqa: S606 - the app takes this process over, signals and all


def with_screen_or_status(arguments: list[str]) -> list[str]:
    """The arguments, or ``status`` in place of a tray that this machine has no libraries for."""
    command = next((word for word in arguments if not word.startswith("-")), "")
    paints = command in WINDOWED or not arguments
    if not paints or (command != "gallery" and not machine.has_display()):
        return arguments
    missing = machine.provide_qt(painting_only=command == "gallery")
    if not missing:
        return arguments
    print(missing, file=sys.stderr)
    if command in WINDOWED:
        sys.exit(1)
    print("Until then, the status in place of the tray:", file=sys.stderr)
    return ["status"]


if __name__ == "__main__":
    try:
        main(sys.argv[1:])
    except KeyboardInterrupt:
        sys.exit(130)
