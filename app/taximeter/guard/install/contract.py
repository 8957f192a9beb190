"""What every agent's hook installer provides: which bytes of its own configuration change, and how things stand.

An installer only reads; what is to be written it hands out as a ``Plan``, and ``apply.py`` carries that out.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path

from taximeter.guard.install.line import HookLine

There = Mapping[Path, frozenset[str]]
"""Which parts of a configuration file were there before the first install, by file: what came with the hooks
goes with them. A file that is not named is taken as it stands."""


@dataclass(frozen=True, slots=True)
class FileChange:
    """One file of the agent's, before and after."""

    path: Path
    """As the agent names it; it may be a link."""
    old: bytes | None
    """None: the file is not there."""
    new: bytes | None
    """None: the file is to go."""
    there: frozenset[str] = frozenset()
    """Which of its parts are not ours, for ``There``."""


@dataclass(frozen=True, slots=True)
class Plan:
    """What is to be written, in this order; a file that stays as it is may stand in it."""

    files: tuple[FileChange, ...]

    @property
    def changes(self) -> tuple[FileChange, ...]:
        """The files that do change."""
        return tuple(file for file in self.files if file.old != file.new)


class Hold(StrEnum):
    """How an agent's hooks stand."""

    INSTALLED = "installed"
    """Exactly as they are to be."""
    ALTERED = "altered"
    """There, but not as they are to be: changed by somebody, or out of date."""
    ABSENT = "absent"
    OVERRIDDEN = "overridden"
    """Switched off by the agent's settings, or by its administrator: installed or not, they do not run."""


@dataclass(frozen=True, slots=True)
class HookState:
    """How the hooks stand in one of an agent's folders, and what to do about it."""

    hold: Hold
    sentence: str


@dataclass(frozen=True, slots=True)
class Verified:
    """What the agent itself says of our hooks."""

    holds: bool | None
    """None: it could not be asked."""
    sentence: str


@dataclass(frozen=True, slots=True)
class HookedAgent:
    """One coding agent that can be asked to ask us. Everything that is known about its hooks stands in its module."""

    id: str
    name: str
    reloads: bool
    """Whether sessions that already run take up hooks that are installed or removed; else only new ones do."""
    homes: Callable[[Mapping[str, str], Path], tuple[Path, ...]]
    """From the environment and the user's home folder to the agent's config folders."""
    plan: Callable[[Path, HookLine, There], Plan]
    """To install: from a config folder. Raises ``Trouble`` where a file is not what it has to be."""
    unplan: Callable[[Path, There], Plan]
    """To remove whatever is ours. Raises ``Trouble`` as ``plan`` does."""
    state: Callable[[Path, HookLine, Path], HookState]
    """From a config folder and the root folder of this computer. Raises ``Trouble`` as ``plan`` does."""
    verify: Callable[[Path, HookLine, Mapping[str, str]], Verified]
    """Ask the agent itself, where it is found with this environment; takes at most some seconds, never raises."""
