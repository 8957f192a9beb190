"""The composition root: builds complete objects, starts and stops threads. Nothing else knows everything."""

from __future__ import annotations

import contextlib
import os
import sqlite3
from dataclasses import replace
from functools import cache, partial
from pathlib import Path
from typing import TYPE_CHECKING

from taximeter.collect.catching_up import bring_up_to_date
from taximeter.collect.installation import Installation
from taximeter.ledger.opening import open_reading

if TYPE_CHECKING:
    from taximeter.commands.desk import Desk
    from taximeter.domain.quota import Outlook
    from taximeter.guard.judging import Judged, Launch
    from taximeter.host.service_settings import ServiceSetting
    from taximeter.host.trouble import Trouble


def run_command(installation: Installation, arguments: list[str]) -> int:
    """Run one command; the process's exit status."""
    from taximeter.commands.line import main

    return main(arguments, command_desk(installation))


def command_desk(installation: Installation) -> Desk:
    """What the commands are handed; nothing is read before a command asks for it."""
    from taximeter.commands.desk import Desk
    from taximeter.host.lease import holder
    from taximeter.host.paths import socket_path

    place = replace(installation, settings=cache(installation.settings))
    paths, zone, settings, keeping = place.paths, place.zone(), place.settings, place.keeping()

    def write_ledger() -> contextlib.AbstractContextManager[sqlite3.Connection | None]:
        from taximeter.collect.writing import connection_for_writing

        return connection_for_writing(keeping)

    def door(*words: str) -> bool | None:
        from taximeter.guard.doorbell import asked

        return asked(socket_path(paths), *words)

    def judge(connection: sqlite3.Connection, as_of: int) -> tuple[Outlook, ...]:
        from taximeter.budget.standing import standing

        return standing(connection, settings(), place.names(), place.now(), as_of, zone)

    return Desk(
        paths=paths,
        ledger=keeping.file,
        zone=zone,
        env=installation.env,
        home=installation.home,
        agents=place.agents,
        names=place.names,
        clock=installation.now,
        read_settings=settings,
        book=cache(place.book),
        index=partial(bring_up_to_date, keeping),
        read_ledger=partial(open_reading, keeping.file),
        write_ledger=write_ledger,
        judge=judge,
        lease_holder=partial(holder, paths.lease_file),
        door=door,
        foresee=partial(foresee, place),
        serve=partial(serve, installation),
        show_demo=partial(demo, place),
        draw_gallery=partial(gallery, place),
    )


def foresee(installation: Installation, launch: Launch) -> Judged:
    """What a launch would likely cost and what the rules say of it, from a ledger that was just brought up to date."""
    from taximeter.running.learning import foreseen

    return foreseen(installation, launch, in_touch=True)


def start_tray(installation: Installation) -> int:
    """Run the tray app, or raise the one that runs already; the process's exit status."""
    from taximeter.running.keeping import run_and_move

    return run_and_move(installation, partial(_run_alone, installation))


def _run_alone(installation: Installation, told: Trouble | None) -> tuple[int, str]:
    from taximeter.guard.doorbell import ring_patiently
    from taximeter.host.lease import try_acquire
    from taximeter.host.paths import socket_path
    from taximeter.host.trouble import Trouble

    lease = try_acquire(installation.paths.data / "tray.lease")
    if lease is None:
        if ring_patiently(socket_path(installation.paths), "show"):
            return 0, ""
        raise Trouble("Taximeter runs already, but does not answer", "End it and start again if its icon is gone.")
    try:
        return _run_tray(installation, told)
    finally:
        lease.release()


def _run_tray(installation: Installation, told: Trouble | None = None, *, demo: bool = False) -> tuple[int, str]:
    """Its exit status, and the folder to which its data is to move; ``told`` is said once it runs."""
    from taximeter.host.journal import keep_journal
    from taximeter.running.app import RunningApp
    from taximeter.running.keeping import telling
    from taximeter.ui.app import run_tray

    with keep_journal(installation.paths):
        app = RunningApp(installation, installation.names(), demo=demo)
        return run_tray(telling(app.desk(), told)), app.preferring.wanted_folder


def serve(installation: Installation) -> int:
    """Everything but the windows, until SIGINT or SIGTERM; the process's exit status."""
    from taximeter.running.windowless import run_threads

    return run_threads(installation)


def demo(installation: Installation, service: ServiceSetting | None = None, token: str = "") -> int:
    """The tray app on made-up work and, where one is given, a budget service; touches nothing of the user's."""
    from taximeter.collect.made_up import made_up

    # Who signs in from the demo's window must not find it in their own keyring afterwards.
    os.environ["PYTHON_KEYRING_BACKEND"] = "keyring.backends.null.Keyring"
    with made_up(installation, service, token) as place:
        return _run_tray(place, demo=True)[0]


def gallery(installation: Installation, folder: Path, language: str = "en") -> int:
    """Draw every screen in every state, from made-up work, into ``folder``; how many pictures there are."""
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    from taximeter.collect.made_up import made_up
    from taximeter.running.app import RunningApp
    from taximeter.ui.gallery import render_gallery

    with made_up(installation) as place, RunningApp(place, place.names()).reading_only() as desk:
        return len(render_gallery(desk, folder, language))
