"""``taximeter budget sign-in`` and ``sign-out``: who asks the company's budget service."""

from __future__ import annotations

import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from typing import TYPE_CHECKING

import click

from taximeter.commands.connecting import KEEPS_WORDS, connected, refuse_words, running_words, say
from taximeter.commands.desk import Desk
from taximeter.host.service_settings import ServiceSetting
from taximeter.host.trouble import Trouble

if TYPE_CHECKING:
    from taximeter.budget.device_flow import Pending, Tokens
    from taximeter.budget.discovery import SignIn
    from taximeter.budget.keyholder import Keyholder

LONGEST_INPUT = 65_536
"""Bytes that are read of what should be a token."""
MINUTE = 60_000


@click.command("sign-in", context_settings=KEEPS_WORDS)
@click.option("--token", "paste", is_flag=True, help="Type a token, unseen, or read it from standard input.")
@click.option("--device", is_flag=True, help="Sign in on a page of your company's, with a code that is shown here.")
@click.pass_context
def sign_in(context: click.Context, *, paste: bool, device: bool) -> None:
    """Sign in to the connected service: with a code on a page of your company's, or with a token.

    Without an option it is the way that the service prefers. What it gives is kept in this computer's keyring.
    """
    from taximeter.host.secrets import VARIABLE

    desk: Desk = context.obj
    refuse_words(context)
    if paste and device:
        raise click.UsageError("--token and --device contradict each other.")
    setting = connected(desk)
    way = None if paste or not (device or sys.stdin.isatty()) else chosen_way(desk, setting, device=device)
    entry = read_token(setting) if way is None else session_entry(desk, setting, way)
    keyholder(desk).keep(setting.origin, entry)
    desk.door("token_changed")
    what = "The token lies" if way is None else "You are signed in. The token lies"
    say(f"{what} in this computer's keyring now. It goes to {setting.host} alone.")
    if desk.env.get(VARIABLE, "").strip():
        say(f"{VARIABLE} is set and is used before it.")
    elif setting.token_command:
        say("The settings name a token command, which is used before it.")
    say(*running_words(desk))


@click.command("sign-out")
@click.pass_obj
def sign_out(desk: Desk) -> None:
    """Forget the token that this computer keeps. Nothing is told to the service."""
    from taximeter.host.secrets import VARIABLE, stored_origins

    keys = keyholder(desk)
    if stored_origins(keys.marker) | stored_origins(keys.asking_marker):
        forget_all(desk)
    else:
        say("No token lies in the keyring.")
    if desk.env.get(VARIABLE, "").strip():
        say(f"{VARIABLE} is still set and is used.")
    elif desk.settings.service.token_command:
        say("The token command in the settings is still used.")


def keyholder(desk: Desk) -> Keyholder:
    """Who has the token, for one command."""
    from taximeter.budget.keyholder import Keyholder

    return Keyholder(desk.env, desk.paths.token_marker, desk.clock)


def forget_all(desk: Desk) -> None:
    """Forgets every token that was ever kept here, whichever service it is for; a running app forgets its own."""
    from taximeter.host.secrets import stored_origins

    keys = keyholder(desk)
    for origin in sorted(stored_origins(keys.marker) | stored_origins(keys.asking_marker)):
        keys.forget(origin)
        say(f"The token for {origin} is forgotten here. The service was not told.")
    desk.door("token_changed")


def chosen_way(desk: Desk, setting: ServiceSetting, *, device: bool) -> SignIn | None:
    """The device flow, where the service prefers it or it was asked for; None for a token.

    Raises ``Trouble`` when it was asked for and is not to be had.
    """
    from taximeter.budget.contract import Failure
    from taximeter.budget.signing_in import device_way, find

    paste = "Sign in with a token: taximeter budget sign-in --token"
    if setting.kind != "taximeter":
        if device:
            raise Trouble(f"{setting.host} knows no sign-in but a token", paste)
        return None
    found = find(setting.origin, setting.ca_file, desk.clock)
    if isinstance(found, Failure):
        if device:
            raise Trouble(found.sentence, f"Try again later. {paste}")
        say(f"{found.sentence}, so that it cannot tell how to sign in. A token can be kept all the same.")
        return None
    way = device_way(found)
    if device and way is None:
        raise Trouble(f"{found.name} offers no sign-in with a code", paste)
    return way if device or found.prefers_device else None


def session_entry(desk: Desk, setting: ServiceSetting, way: SignIn) -> str:
    """Goes the whole way of a device flow; what the keyring is to keep.

    Raises:
        Trouble: no token came.
        click.Abort: the person stopped it, or does not want another host to be asked.
    """
    from taximeter.budget.device_flow import Ended
    from taximeter.budget.sign_in_entry import Session, entry_of
    from taximeter.budget.signing_in import begin

    say(*host_words(setting, way))
    foreign = [host for host in way.hosts if host != setting.host]
    if foreign and sys.stdin.isatty():
        click.confirm("Go on?", default=True, abort=True, err=True)
    pending = begin(way, setting.ca_file, desk.clock)
    if isinstance(pending, Ended):
        raise Trouble(pending.sentence, "Nothing was kept. Try again, or use a token: --token")
    tokens = waited(desk, setting, way, pending)
    return entry_of(Session(tokens, way.token_endpoint, way.client_id))


def host_words(setting: ServiceSetting, way: SignIn) -> list[str]:
    """Who is asked while signing in, and what they get."""
    foreign = [host for host in way.hosts if host != setting.host]
    if not foreign:
        return []
    hosts = " and ".join(foreign)
    asks = f"{way.client_id}, {way.scope}".rstrip(", ")
    told = f"Your company signs people in at {hosts}. It gets the name of this app and what it asks for ({asks})"
    return [f"{told}; the token that it gives goes to {setting.host} alone."]


def waited(desk: Desk, setting: ServiceSetting, way: SignIn, pending: Pending) -> Tokens:
    """Shows the code and asks until the person has decided. Raises ``Trouble`` when no token came."""
    from taximeter.budget.device_flow import Ended, Tokens
    from taximeter.budget.signing_in import ask

    click.echo(f"\n  Open   {pending.page}\n  Type   {pending.user_code}\n")
    if pending.page_complete:
        click.echo(f"  Or open this, with the code filled in: {pending.page_complete}\n")
    say(code_words(desk, pending))
    told: tuple[bool, str] = (False, "")
    with _cleanly():
        while True:
            time.sleep(max(0, pending.ask_at - desk.now) / 1000)
            found = ask(way, setting.ca_file, pending, desk.clock)
            if isinstance(found, Tokens):
                return found
            if isinstance(found, Ended):
                raise Trouble(found.sentence, "Nothing was kept. To try again: taximeter budget sign-in")
            pending = found
            if told != (found.slow, found.trouble):
                told = (found.slow, found.trouble)
                say(found.trouble or f"{way.hosts[-1]} wants to be asked less often: every {found.interval // 1000} s.")


def code_words(desk: Desk, pending: Pending) -> str:
    """How long the code is good."""
    minutes = max(1, -(-(pending.expires_at - desk.now) // MINUTE))
    until = datetime.fromtimestamp(pending.expires_at / 1000, desk.zone)
    words = "a minute" if minutes == 1 else f"{minutes} minutes"
    return f"The code is good for {words}, until {until:%H:%M}. Waiting for you to allow it there; Ctrl-C stops."


def read_token(setting: ServiceSetting) -> str:
    """The token from standard input, unseen where somebody types it."""
    if sys.stdin.isatty():
        return str(click.prompt(f"Token for {setting.host} (not shown)", hide_input=True, err=True)).strip()
    return sys.stdin.buffer.read(LONGEST_INPUT).decode("utf-8", "replace").strip()


@contextmanager
def _cleanly() -> Iterator[None]:
    """Ctrl-C ends the wait with a word; what was asked for at the provider runs out by itself."""
    try:
        yield
    except KeyboardInterrupt:
        click.echo(err=True)
        raise click.Abort from None
