"""``taximeter uninstall``: the hooks out of all agents' settings, no start at login and, asked twice, no data."""

from __future__ import annotations

import os
import shutil
import sys
from pathlib import Path

import click

from taximeter.commands.desk import Desk
from taximeter.commands.guard import removed
from taximeter.commands.options import WrongUse
from taximeter.host.autostart import login_of, remove_autostart
from taximeter.host.trouble import Trouble


@click.command()
@click.option("--keep-data", is_flag=True, help="Take out hooks and autostart alone and do not ask.")
@click.option("--yes", is_flag=True, help="Remove the data too, without being asked.")
@click.pass_obj
def uninstall(desk: Desk, *, keep_data: bool, yes: bool) -> int:
    """Take the hooks out of all agents' settings, end the start with the desktop and, asked twice, remove the data."""
    if keep_data and yes:
        raise click.UsageError("--keep-data and --yes contradict each other.")
    if not keep_data and not yes and not sys.stdin.isatty():
        raise WrongUse("Say what is to become of the data", "with --keep-data or --yes. Nothing was removed.")
    if not keep_data:
        refuse_while_running(desk)
    code = removed(desk, "", dry_run=False)
    if code:
        return code
    started_by = remove_autostart(login_of(desk.env, desk.home))
    if started_by:
        click.echo(f"Removed {started_by}: Taximeter no longer starts with the desktop.")
    if keep_data or not (yes or agreed_twice(desk)):
        click.echo("What Taximeter keeps was left where it is.")
        return 0
    for folder in own_folders(desk):
        remove_folder(folder)
        click.echo(f"Removed {folder}")
    click.echo("The agents' own logs were not touched. The program itself is still where you put it.")
    return 0


def refuse_while_running(desk: Desk) -> None:
    """Data is not taken from under a running app. Raises ``Trouble``."""
    if desk.lease_holder() is not None or desk.door("in_touch") is not None:
        raise Trouble("Taximeter is running", "Quit it from its menu, then try again. Nothing was removed.")


def agreed_twice(desk: Desk) -> bool:
    """Whether a person says yes to what is removed, and again to what that means."""
    places = "\n".join(f"  {folder}" for folder in own_folders(desk))
    click.echo(f"Taximeter keeps its ledger, your settings and copies of the agents' settings in:\n{places}")
    return click.confirm("Remove all of that?") and click.confirm(
        "Agents delete their logs after some weeks, so most of it cannot be read again. Remove it for good?"
    )


def own_folders(desk: Desk) -> list[Path]:
    """The folders of this installation that are there, and where ``data move`` put the ledger's."""
    paths, ledger = desk.paths, desk.ledger
    folders = [ledger.parent, paths.data, paths.config, paths.cache, paths.runtime]
    if ledger.parent.is_symlink() and ledger.exists():
        folders.insert(0, ledger.parent.resolve())
    return [folder for folder in dict.fromkeys(folders) if os.path.lexists(folder)]


def remove_folder(folder: Path) -> None:
    """Remove a folder, or the link that stands for it. Raises ``Trouble`` with what is left."""
    try:
        if folder.is_symlink():
            folder.unlink()
        elif folder.is_dir():
            shutil.rmtree(folder)
    except OSError as error:
        raise Trouble(f"{folder} could not be removed", f"{error.strerror or error}. Remove it by hand.") from error
