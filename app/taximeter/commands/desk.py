"""What every command is handed: this computer's folders, clock, settings and ledger, each read when asked for."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Mapping
from contextlib import AbstractContextManager
from dataclasses import dataclass
from datetime import tzinfo
from pathlib import Path
from typing import TYPE_CHECKING

from taximeter.host.paths import Paths
from taximeter.ledger.readmodels import IndexProgress

if TYPE_CHECKING:
    from taximeter.agents.contract import Agent
    from taximeter.collect.reporting import IndexReport
    from taximeter.domain.pricing import PriceBook
    from taximeter.domain.quota import Outlook
    from taximeter.guard.judging import Judged, Launch
    from taximeter.host.service_settings import ServiceSetting
    from taximeter.host.settings import Settings

Report = Callable[[IndexProgress], None]


@dataclass(frozen=True, slots=True)
class Desk:
    """Built complete by the composition root; a test builds its own over a made-up ledger."""

    paths: Paths
    ledger: Path
    """The ledger's database, which need not exist yet."""
    zone: tzinfo
    """Of the times that are printed; the ledger's days are of the same."""
    env: Mapping[str, str]
    home: Path
    agents: Callable[[], tuple[Agent, ...]]
    """The adapters; asking loads them, which takes longer than most commands."""
    names: Callable[[], Mapping[str, str]]
    """From each agent's id to the name people know it by; cheap."""
    clock: Callable[[], int]
    """Milliseconds UTC."""
    read_settings: Callable[[], Settings]
    """The settings in force, read once. Raises ``Trouble``."""
    book: Callable[[], PriceBook]
    """The price book in force, loaded once. Raises ``Trouble``."""
    index: Callable[[Report], IndexReport | None]
    """Brings the ledger up to date; None while another process keeps it so. Raises ``Trouble``."""
    read_ledger: Callable[[], sqlite3.Connection]
    """A new connection that reads. Raises ``Trouble``, also when there is no ledger yet."""
    write_ledger: Callable[[], AbstractContextManager[sqlite3.Connection | None]]
    """The connection that writes, with the lease; None while another process holds it."""
    judge: Callable[[sqlite3.Connection, int], tuple[Outlook, ...]]
    """All quotas with what is to be expected of them, the binding one first; the number is the ledger's as-of time."""
    lease_holder: Callable[[], int | None]
    """The process that keeps the ledger up to date, if any."""
    door: Callable[..., bool | None]
    """Says words to a running app: True when it did so or it is so, False when not, None when none runs."""
    foresee: Callable[[Launch], Judged]
    """What a launch would likely cost and what the rules say of it, once the ledger was brought up to date.

    Raises ``Trouble``.
    """
    serve: Callable[[], int]
    """Keeps the ledger up to date without windows until it is told to end; its exit status."""
    show_demo: Callable[[ServiceSetting | None, str], int]
    """Runs the tray on made-up work, with a budget service and its token where they are given; its exit status."""
    draw_gallery: Callable[[Path, str], int]
    """Draws every screen into a folder, in a language; how many pictures it drew."""

    @property
    def now(self) -> int:
        """Milliseconds UTC."""
        return self.clock()

    @property
    def settings(self) -> Settings:
        """The settings in force."""
        return self.read_settings()

    @property
    def currency(self) -> str:
        """The price book's."""
        return self.book().currency

    def in_touch(self) -> bool:
        """Whether a running app says that its ledger agrees with the logs at this moment."""
        return self.door("in_touch") is True

    def app_runs(self) -> bool:
        """Whether an app runs, with its windows or without."""
        return self.lease_holder() is not None or self.door("in_touch") is not None
