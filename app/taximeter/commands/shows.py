"""``taximeter serve``, ``demo`` and ``gallery``: the app without its windows, and its windows on made-up work."""

from __future__ import annotations

import sys
from pathlib import Path

import click

from taximeter.commands.desk import Desk


@click.command()
@click.pass_obj
def serve(desk: Desk) -> int:
    """Keep the ledger up to date until Ctrl-C; for a machine without a screen."""
    return desk.serve()


@click.command()
@click.option("--service", "origin", metavar="ORIGIN", help="Ask this budget service too, such as one for trying.")
@click.option("--kind", default="taximeter", show_default=True, help="What it is: taximeter or litellm.")
@click.pass_obj
def demo(desk: Desk, *, origin: str | None, kind: str) -> int:
    """Start the tray on made-up work. It goes when the demo ends.

    The token for the service is that of TAXIMETER_TOKEN, or is asked for; without one you can sign in from the
    window. It is kept nowhere.
    """
    if origin is None:
        return desk.show_demo(None, "")
    from taximeter.commands.connecting import chosen_service
    from taximeter.host.secrets import VARIABLE
    from taximeter.host.service_settings import ServiceSetting

    service = chosen_service(ServiceSetting(), kind, origin, {"everything": True})
    token = desk.env.get(VARIABLE, "").strip()
    if not token and sys.stdin.isatty():
        asked = f"Token for {service.host} (not shown; nothing to sign in from the window)"
        token = str(click.prompt(asked, default="", show_default=False, hide_input=True, err=True)).strip()
    return desk.show_demo(service, token)


@click.command()
@click.argument("folder", type=click.Path(file_okay=False, path_type=Path))
@click.option(
    "--language",
    type=click.Choice(("en", "zh_CN", "pseudo")),
    default="en",
    show_default=True,
    help="What the windows speak; pseudo is made up, with longer words, to see what is cut off.",
)
@click.pass_obj
def gallery(desk: Desk, folder: Path, language: str) -> None:
    """Draw every screen in every state into FOLDER as pictures. Needs no display."""
    count = desk.draw_gallery(folder, language)
    click.echo(f"{count} pictures in {folder}")
