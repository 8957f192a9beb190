"""Trying a profile on the logs that are there: what its first requests are, and what was skipped. Writes nothing."""

from __future__ import annotations

import os
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from taximeter.agents import AGENTS
from taximeter.collect.discovery import Found, Work, find_logs, look_at
from taximeter.collect.house_agents import HouseAgent, read_profile
from taximeter.collect.sources import Source, find_sources
from taximeter.collect.ways import read_file
from taximeter.domain.pricing import PriceBook, build_book
from taximeter.domain.rates import COMPANY, USER
from taximeter.domain.usage import Priced, Request, merge

MOST_FILES = 50
"""The newest logs tell enough of a profile."""


@dataclass(slots=True)
class Trial:
    """What came of it."""

    house: HouseAgent
    source: Source
    found: int = 0
    """Logs that are there."""
    read: int = 0
    """Logs that were read, the newest."""
    requests: dict[bytes, Request] = field(default_factory=dict)
    sessions: dict[str, str] = field(default_factory=dict)
    """From a run to its session."""
    skipped: dict[str, int] = field(default_factory=dict)
    troubles: list[tuple[str, str]] = field(default_factory=list)
    """Files and folders that could not be read, and why."""


def find_profile(named: str, folders: Sequence[Path]) -> Path | None:
    """The profile that a path or the name of a file in the folders means; None where there is none."""
    places = (Path(named).expanduser(), *(folder / f"{named}.toml" for folder in folders))
    return next((place for place in places if place.is_file()), None)


def try_profile(
    file: Path, folders: Sequence[Path], env: Mapping[str, str], home: Path, more_homes: Mapping[str, Sequence[Path]],
    log: Path | None, now: int,
) -> Trial:  # fmt: skip
    """Read the logs where a profile says they are, or one ``log``.

    Raises:
        Trouble: the profile cannot be used.
    """
    layer = COMPANY if file.resolve().parent == folders[0].resolve() else USER
    house = read_profile(file, layer, {agent.id: agent.name for agent in AGENTS})
    (source,) = find_sources((house.agent,), env, home, more_homes)
    seen: Iterable[Found | None] = find_logs((source,)) if log is None else (look_at(source, os.fspath(log)),)
    logs = sorted((one for one in seen if one is not None), key=lambda one: one.mtime_us, reverse=True)
    trial = Trial(house, source, found=len(logs))
    for one in logs[:MOST_FILES]:
        _read(trial, one, now)
    return trial


def _read(trial: Trial, found: Found, now: int) -> None:
    for part in read_file(Work(found, None, found.size), now, trial.house.agent):
        if part.bookmark.trouble:
            trial.troubles.append((found.path, part.bookmark.trouble))
            return
        for key, request in part.reading.requests.items():
            known = trial.requests.get(key)
            trial.requests[key] = request if known is None else merge(known, request)
        trial.sessions |= {run.id: run.session for run in part.reading.runs.values()}
        for reason, count in part.reading.skipped.items():
            trial.skipped[reason] = trial.skipped.get(reason, 0) + count
    trial.read += 1


def priced(trial: Trial, book: PriceBook) -> list[tuple[Request, Priced]]:
    """The requests, the oldest first, each with what it costs by the profile's own rows and then by the book."""
    source = book.source
    layers = (trial.house.prices, *source.layers)
    price = build_book("", book.as_of, book.currency, layers, source.exchanges, source.prefixes).price
    requests = sorted(trial.requests.values(), key=lambda one: (one.at, one.key))
    return [(one, price(one.model, one.at, one.tokens, one.marks, one.web_searches)) for one in requests]
