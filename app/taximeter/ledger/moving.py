"""Moving the folder of the ledger to another place, with a link left in the old one."""

from __future__ import annotations

import os
import shutil
import sqlite3
from pathlib import Path

from taximeter.host.trouble import Trouble
from taximeter.ledger.purging import copy_whole


def refuse_target(source: Path, target: Path) -> None:
    """Raises ``Trouble`` when the folder ``source`` cannot move to ``target``: there must be nothing yet, and apart."""
    if target.exists() and (not target.is_dir() or any(target.iterdir())):
        raise Trouble(f"{target} is not empty", "Name a new folder.")
    if target.is_relative_to(source.resolve()):
        raise Trouble(f"{target} lies inside the folder that is to move", "Name another place.")


def copy_folder(connection: sqlite3.Connection, ledger: Path, target: Path) -> None:
    """Copy the ledger, through the connection that writes, and what lies beside it to ``target``; check the copy.

    Raises ``Trouble`` when that fails; nothing was moved.
    """
    leave_out = shutil.ignore_patterns(f"{ledger.name}*", "*.lease")
    try:
        shutil.copytree(ledger.parent, target, ignore=leave_out, dirs_exist_ok=True)
        target.chmod(0o700)
    except OSError as error:
        raise Trouble(f"{target} cannot be written", f"{error.strerror or error}. Nothing was moved.") from error
    copy_whole(connection, target / ledger.name)


def leave_link(source: Path, target: Path) -> None:
    """Put a link to ``target`` where the folder ``source`` was, and remove that.

    Raises ``Trouble`` when the system allows no link; everything is then where it was.
    """
    if source.is_symlink():
        before, old = source, source.resolve()
        before.unlink()
    else:
        old = source.with_name(f"{source.name}.moved")
        source.rename(old)
    try:
        os.symlink(target, source, target_is_directory=True)
    except OSError as error:
        old.rename(source)
        shutil.rmtree(target)
        raise Trouble("The folder could not be moved", f"The system allows no link here: {error.strerror}.") from error
    shutil.rmtree(old)
