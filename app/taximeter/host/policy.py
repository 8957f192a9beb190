"""What a company decided for its desktops: a pure value, and the file in which a service's last word is kept.

The file is tied to the service's origin: another service, or none, and it no longer holds. It
outlives the app and a service that cannot be reached. Times are ms UTC.
"""

from __future__ import annotations

import logging
from dataclasses import dataclass
from pathlib import Path
from typing import Annotated, Literal

import msgspec

from taximeter.host.files import replace_file
from taximeter.host.paths import Paths
from taximeter.host.question_settings import LONGEST_WAIT, Offer

log = logging.getLogger("taximeter.settings")

SHORTEST_POLL, LONGEST_POLL = 60, 3600
"""Seconds: what a company may set as the shortest interval between polls."""
HIGHEST_COUNT = 1_000_000

Mode = Literal["ask", "observe", "off"]
Default = Literal["run", "stop"]
Seconds = Annotated[int, msgspec.Meta(ge=0, le=LONGEST_WAIT)]
Threshold = Annotated[int, msgspec.Meta(ge=0)]


@dataclass(frozen=True, slots=True)
class Decided:
    """What a company decided. What is None or empty is the person's own choice."""

    mode: Mode | None = None
    """For all agents that ``agents`` does not name."""
    agents: tuple[tuple[str, Mode], ...] = ()
    amber_after: Seconds | None = None
    amber_default: Default | None = None
    red_wait: Seconds | None = None
    red_default: Default | None = None
    thresholds: tuple[tuple[str, Threshold], ...] = ()
    """By the names of ``ThresholdSetting``; amounts are nano-units of ``currency``."""
    currency: str = ""
    """ISO 4217; empty: the price book's."""
    offer: Offer = Offer()
    min_poll_seconds: Annotated[int, msgspec.Meta(ge=0, le=LONGEST_POLL)] = 0
    """0 sets nothing."""


@dataclass(frozen=True, slots=True)
class PriceSource:
    """Where the company's price file is."""

    version: str
    path: str
    """Path and query on the service's origin."""


@dataclass(frozen=True, slots=True)
class Policy:
    """A service's policy as it was read."""

    version: str
    updated_at: int = 0
    """0 where it does not tell."""
    decided: Decided = Decided()
    prices: PriceSource | None = None
    odd: tuple[str, ...] = ()
    """What was left out since it cannot be used, one sentence each."""


@dataclass(frozen=True, slots=True)
class KeptPrices:
    """How it stands with the company's price file."""

    version: str = ""
    """Of the last good one, which is in force; empty where there is none."""
    tried: str = ""
    """The version that was asked for last, good or not."""
    tried_at: int = 0
    failure: str = ""
    """Why the file of ``tried`` is not in force; empty when it is."""


@dataclass(frozen=True, slots=True)
class KeptPolicy:
    """The last good policy of a service, and how it was come by."""

    origin: str
    policy: Policy
    told: str = ""
    """The version that ``me/budgets`` named when it was read."""
    etag: str = ""
    read_at: int = 0
    """When the service last said that it holds."""
    max_age: int = 3600
    """Seconds for which that is good."""
    failure: str = ""
    """Why it could not be read anew since; empty when all is well."""
    prices: KeptPrices = KeptPrices()
    reader: int = 0
    """Which version of the reader understood it."""


def policy_file(paths: Paths) -> Path:
    """Where a service's policy is kept."""
    return paths.policy_file


def policy_prices_file(paths: Paths) -> Path:
    """Where the price file of a service's policy is kept."""
    return paths.data / "prices" / "company.toml"


def recall_policy(paths: Paths, origin: str) -> KeptPolicy | None:
    """The policy that is kept of the service at ``origin``; None where there is none that can be read."""
    try:
        kept = msgspec.json.decode(policy_file(paths).read_bytes(), type=KeptPolicy)
    except FileNotFoundError:
        return None
    except (OSError, msgspec.DecodeError, UnicodeDecodeError, RecursionError) as error:
        # Another version wrote it, or somebody changed it: the next poll tells it anew.
        log.info("the company's policy that was kept cannot be read: %s", error)
        return None
    return kept if kept.origin == origin else None


def keep_policy(paths: Paths, kept: KeptPolicy) -> None:
    """Keep it in place of the one before, for this user alone. Raises ``Trouble`` when it cannot be written."""
    replace_file(policy_file(paths), msgspec.json.format(msgspec.json.encode(kept)) + b"\n")


def drop_policy(paths: Paths) -> bool:
    """Forget what is kept; False when nothing was."""
    was_there = policy_file(paths).exists()
    for file in (policy_file(paths), policy_prices_file(paths)):
        file.unlink(missing_ok=True)
    return was_there
