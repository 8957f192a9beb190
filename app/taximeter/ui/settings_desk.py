"""What the settings window reads and does, all complete; the composition root builds it.

The reads take some milliseconds and go through the reader thread like those of every window. What takes
longer (taking sessions out, copies, what is fetched) goes through ``submit``, a thread of its own.
Everything raises ``Trouble`` when it cannot be done, and has then changed nothing.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import NamedTuple

from taximeter.host.autostart import Autostart
from taximeter.host.settings import BudgetSetting, Settings
from taximeter.host.trouble import Trouble
from taximeter.ui.company import Submit

Values = Mapping[str, "str | bool | int | list[str] | None"]
"""By key, as it stands in the settings (``icon.style``); None takes a key out of the person's own file."""


@dataclass(frozen=True, slots=True)
class SettingsSeen:
    """The settings as they are now."""

    settings: Settings
    """Those in force; the defaults while ``trouble`` says why they cannot be read."""
    own: Settings
    """Those of the person's own file alone, above the defaults."""
    autostart: Autostart
    file: str
    trouble: Trouble | None = None


class AgentSeen(NamedTuple):
    """An agent that is known here."""

    id: str
    name: str
    folders: tuple[tuple[str, bool], ...]
    """Where its logs are looked for, and whether that folder is there."""
    homes: tuple[str, ...]
    """The folders that the person named besides."""
    can_ask: bool
    """Whether its launches can be asked about at all."""

    @property
    def found(self) -> bool:
        """Whether it has logs here."""
        return any(there for _, there in self.folders)


class PricesSeen(NamedTuple):
    """The price book in force."""

    id: str
    as_of: str
    """ISO date."""
    currency: str
    fetched: bool
    """Whether its list was fetched by the person, and is not the one that came with the app."""
    company: str
    """The company's file; empty where there is none."""
    user: str
    unpriced: tuple[tuple[str, int], ...]
    """Models without a price, and their tokens; most first."""


class CheckSeen(NamedTuple):
    """What a comparison of the price list found."""

    flaws: tuple[str, ...]
    unsigned: int
    """Differences to what it was made from that nobody has judged."""
    compared_with: str
    """The version that it was made from; empty where that is not installed: only the list itself was looked at."""


class ServiceSeen(NamedTuple):
    """The company's budget service, as far as this computer knows."""

    origin: str
    name: str
    """For people: its name, else its host."""
    host: str
    contacted_at: int
    """When it was last asked, ms UTC; 0 never."""
    failure: str
    """Why the last time gave nothing; empty when all was well."""


class Kept(NamedTuple):
    """What the ledger holds; times are ms UTC, 0 while there is nothing."""

    folder: str
    bytes: int
    sessions: int
    requests: int
    files: int
    oldest: int
    newest: int
    projects: tuple[str, ...]


class Doomed(NamedTuple):
    """Which sessions are to go: of a project (None: of all), those that ended before a day (ISO; empty: all)."""

    project: str | None = None
    before: str = ""


class About(NamedTuple):
    """What is installed, and where it keeps what."""

    versions: tuple[tuple[str, str], ...]
    """Of Taximeter first, then of what it stands on."""
    licences: tuple[tuple[str, str, str], ...]
    """Of the libraries: name, version, licence."""
    licence: str
    """Taximeter's own, in full; empty where it was not installed with it."""
    settings: str
    ledger: str
    journal: str


@dataclass(frozen=True, slots=True)
class SettingsDesk:
    """The calls."""

    submit: Submit
    read: Callable[[], SettingsSeen]
    write: Callable[[Values], None]
    put_budget: Callable[[BudgetSetting], None]
    remove_budget: Callable[[str], None]
    switch_autostart: Callable[[bool], Autostart]
    agents: Callable[[], tuple[AgentSeen, ...]]
    prices: Callable[[], PricesSeen]
    check_prices: Callable[[], CheckSeen]
    fetch_prices: Callable[[], str]
    """Fetches the published list; the ISO date that it is of. Nothing is sent."""
    service: Callable[[], ServiceSeen | None]
    """None while no service is connected."""
    disconnect: Callable[[], None]
    """Takes the service out of the settings; a token that lies here stays, see ``SignIn.forget``."""
    kept: Callable[[], Kept]
    count_doomed: Callable[[Doomed], tuple[int, int]]
    """How many sessions and requests would go."""
    purge: Callable[[Doomed], None]
    back_up: Callable[[str], int]
    """Writes a whole copy to a new file; its size in bytes."""
    export: Callable[[str], int]
    """Writes all requests as CSV to a file; how many."""
    move: Callable[[str], None]
    """Checks that the data can move to a folder; the app then ends, moves it, and starts again."""
    about: Callable[[], About]
    diagnostics: Callable[[], str]
    """What helps who is asked for help: versions and counts, no path, project or name."""
