"""``taximeter serve``, ``demo`` and ``gallery``: the app without its windows, and its windows on made-up work."""

from __future__ import annotations

from pathlib import Path

import click

from taximeter.commands.desk import Desk


@click.command()
@click.pass_obj
def serve(desk: Desk) -> int:
    """Keep the ledger up to date until Ctrl-C; for a machine without a screen."""
    return desk.serve()


@click.command()
@click.pass_obj
def demo(desk: Desk) -> int:
    """Start the tray on made-up work. It goes when the demo ends."""
    return desk.show_demo()


@click.command()
@click.argument("folder", type=click.Path(file_okay=False, path_type=Path))
@click.pass_obj
def gallery(desk: Desk, folder: Path) -> None:
    """Draw every screen in every state into FOLDER as pictures. Needs no display."""
    count = desk.draw_gallery(folder)
    click.echo(f"{count} pictures in {folder}")
