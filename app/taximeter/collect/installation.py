"""One installation: where everything of it is on this computer, and how its parts are reached."""

from __future__ import annotations

import contextlib
import sqlite3
import time
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from taximeter.collect.keeping import Keeping
from taximeter.collect.sources import Source, found_agents, known_sources
from taximeter.host.paths import Paths, find_paths
from taximeter.host.settings import Settings, load_settings
from taximeter.ledger.opening import open_reading

if TYPE_CHECKING:
    from taximeter.agents.contract import Agent
    from taximeter.domain.offer import CompanyOffer
    from taximeter.domain.pricing import PriceBook
    from taximeter.host.zone import HereZone


@dataclass(frozen=True, slots=True)
class Installation:
    """Where everything of one installation is, and how its parts are reached."""

    env: Mapping[str, str]
    home: Path
    paths: Paths
    now: Callable[[], int]
    """Milliseconds UTC."""
    settings: Callable[[], Settings]
    """The settings as the files are now. Raises ``Trouble``."""

    @classmethod
    def find(cls, env: Mapping[str, str], home: Path) -> Installation:
        """The installation of this environment; nothing is created yet."""
        paths = find_paths(env, home)
        return cls(env, home, paths, lambda: time.time_ns() // 1_000_000, partial(load_settings, paths))

    def sources(self) -> tuple[Source, ...]:
        """The folders in which the agents' logs are."""
        extra = {agent.id: agent.homes for agent in self.settings().agents}
        folders = self.paths.profile_folders
        return known_sources(self.paths.cache / "sources.json", self.env, self.home, extra, folders)

    def keeping(self) -> Keeping:
        """What keeps this installation's ledger."""
        return Keeping(self.paths, self.settings, self.sources, self.now)

    def zone(self) -> HereZone:
        """This computer's time zone, whose midnights begin a day; it stays what it is until told to ``follow``."""
        from taximeter.host.zone import HereZone

        return HereZone(self.env)

    @contextlib.contextmanager
    def reading(self) -> Iterator[sqlite3.Connection]:
        """The ledger open for reading; raises ``Trouble`` when there is none."""
        with contextlib.closing(open_reading(self.keeping().file)) as connection:
            yield connection

    def agents(self) -> tuple[Agent, ...]:
        """The adapters, those of house agents last; loading them takes longer than most commands."""
        from taximeter.collect.house_agents import agents_in_force

        return agents_in_force(self.paths.profile_folders)

    def book(self) -> PriceBook:
        """The price book in force; read anew at each call. Raises ``Trouble``."""
        from taximeter.collect.pricebook import load_book

        return load_book(self.paths, self.settings())

    def company_offer(self) -> CompanyOffer | None:
        """What the company offers in place of a costly launch or a quota that is used up. Raises ``Trouble``."""
        offer = self.settings().question.offer
        if not any(offer):
            return None
        from taximeter.domain.offer import company_offer

        return company_offer(*offer, self.names(), self.found() if offer.agent else ())

    def names(self) -> dict[str, str]:
        """From an agent's id to the name people know it by."""
        return {source.agent: source.name for source in self.sources()}

    def found(self) -> tuple[str, ...]:
        """Ids of the agents that have logs here."""
        return found_agents(self.sources())
