"""The composition root: builds complete objects, starts and stops threads. Nothing else knows everything."""

from __future__ import annotations

import contextlib
import sqlite3
import time
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import tzinfo
from functools import cache, partial
from pathlib import Path
from typing import TYPE_CHECKING

from taximeter.agents import AGENTS
from taximeter.collect.discovery import Source, find_sources
from taximeter.collect.writing import Keeping, found_agents
from taximeter.host.paths import Paths, find_paths
from taximeter.host.settings import Settings, load_settings
from taximeter.ledger.opening import open_reading

if TYPE_CHECKING:
    from taximeter.commands.desk import Desk
    from taximeter.domain.quota import Outlook

AGENT_NAMES: Mapping[str, str] = {agent.id: agent.name for agent in AGENTS}


@dataclass(frozen=True, slots=True)
class Installation:
    """Where everything of one installation is, and how its parts are reached."""

    env: Mapping[str, str]
    home: Path
    paths: Paths
    now: Callable[[], int]

    @classmethod
    def find(cls, env: Mapping[str, str], home: Path) -> Installation:
        """The installation of this environment; nothing is created yet."""
        return cls(env, home, find_paths(env, home), lambda: time.time_ns() // 1_000_000)

    def settings(self) -> Settings:
        """The settings as the files are now."""
        return load_settings(self.paths)

    def sources(self) -> tuple[Source, ...]:
        """The folders in which the agents' logs are."""
        extra = {agent.id: agent.homes for agent in self.settings().agents}
        return find_sources(AGENTS, self.env, self.home, extra)

    def keeping(self) -> Keeping:
        """What keeps this installation's ledger."""
        return Keeping(self.paths, self.settings, self.sources, self.now)

    def zone(self) -> tzinfo:
        """This computer's time zone, whose midnights begin a day."""
        from zoneinfo import ZoneInfo

        from taximeter.host.zone import local_zone_name

        return ZoneInfo(local_zone_name(self.env))

    @contextlib.contextmanager
    def reading(self) -> Iterator[sqlite3.Connection]:
        """The ledger open for reading; raises ``Trouble`` when there is none."""
        with contextlib.closing(open_reading(self.keeping().file)) as connection:
            yield connection

    def found(self) -> tuple[str, ...]:
        """Ids of the agents that have logs here."""
        return found_agents(self.sources())


def run_command(installation: Installation, arguments: list[str]) -> int:
    """Run one command; the process's exit status."""
    from taximeter.commands.line import main

    return main(arguments, command_desk(installation))


def command_desk(installation: Installation) -> Desk:
    """What the commands are handed; nothing is read before a command asks for it."""
    from taximeter.collect.pricebook import load_book
    from taximeter.collect.writing import bring_up_to_date, connection_for_writing
    from taximeter.commands.desk import Desk
    from taximeter.host.lease import holder

    paths, zone = installation.paths, installation.zone()
    settings = cache(partial(load_settings, paths))
    keeping = replace(installation.keeping(), settings=settings)

    def judge(connection: sqlite3.Connection, as_of: int) -> tuple[Outlook, ...]:
        from taximeter.budget.standing import standing

        return standing(connection, settings(), AGENT_NAMES, installation.now(), as_of, zone)

    return Desk(
        paths=paths,
        ledger=keeping.file,
        zone=zone,
        env=installation.env,
        home=installation.home,
        agents=AGENTS,
        clock=installation.now,
        read_settings=settings,
        book=cache(lambda: load_book(paths, settings())),
        index=partial(bring_up_to_date, keeping),
        read_ledger=partial(open_reading, keeping.file),
        write_ledger=partial(connection_for_writing, keeping),
        judge=judge,
        lease_holder=partial(holder, paths.lease_file),
    )


def start_tray(installation: Installation) -> int:
    """Run the tray app, or raise the one that runs already; the process's exit status."""
    from taximeter.guard.doorbell import ring
    from taximeter.host.lease import try_acquire
    from taximeter.host.paths import socket_path

    lease = try_acquire(installation.paths.data / "tray.lease")
    if lease is None:
        for _ in range(20):
            if ring(socket_path(installation.paths), "show"):
                return 0
            time.sleep(0.1)
        return 1
    try:
        return _run_tray(installation)
    finally:
        lease.release()


def _run_tray(installation: Installation) -> int:
    from taximeter.running import RunningApp
    from taximeter.ui.app import run_tray

    return run_tray(RunningApp(installation, dict(AGENT_NAMES)).desk())


@contextlib.contextmanager
def made_up(now: Callable[[], int], resources: Installation) -> Iterator[Installation]:
    """An installation in a folder of its own that holds made-up work; it goes when it is closed."""
    import tempfile

    from taximeter.collect.demo import demo_readings
    from taximeter.collect.writing import writing

    with tempfile.TemporaryDirectory(prefix="taximeter-demo-") as folder:
        home = Path(folder)
        env = {"TAXIMETER_HOME": folder, "TZ": resources.env.get("TZ", "")}
        paths = replace(find_paths(env, home), resources=resources.paths.resources)
        installation = Installation(env, home, paths, now)
        with writing(installation.keeping()) as writer:
            if writer is not None:
                writer.apply(demo_readings(now()))
        yield installation


def demo(installation: Installation) -> int:
    """The tray app on made-up work, touching nothing of the user's."""
    from taximeter.collect.demo import DEMO_BUDGETS
    from taximeter.host.settings_edit import put_budget

    with made_up(installation.now, installation) as place:
        for budget in DEMO_BUDGETS:
            put_budget(place.paths, budget)
        return _run_tray(place)


def gallery(installation: Installation, folder: Path) -> int:
    """Draw every screen in every state, from made-up work, as pictures in ``folder``."""
    from taximeter.running import RunningApp
    from taximeter.ui.gallery import render_gallery

    with made_up(installation.now, installation) as place:
        render_gallery(RunningApp(place, dict(AGENT_NAMES)).desk(), folder)
    return 0
