"""The composition root: builds complete objects, starts and stops threads. Nothing else knows everything."""

from __future__ import annotations

import contextlib
import sqlite3
import time
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import tzinfo
from pathlib import Path
from taximeter.agents import AGENTS
from taximeter.collect.discovery import Source, find_sources
from taximeter.collect.writing import Keeping, found_agents
from taximeter.host.paths import Paths, find_paths
from taximeter.host.settings import Settings, load_settings
from taximeter.ledger.opening import open_reading

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
