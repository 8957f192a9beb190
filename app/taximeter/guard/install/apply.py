"""Carrying the installers' plans out: a copy kept of every file before it changes, each replaced in one step."""

from __future__ import annotations

import contextlib
import difflib
import os
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from taximeter.guard.install.contract import FileChange, Hold, HookedAgent, HookState, Plan
from taximeter.guard.install.hookfile import read_file
from taximeter.guard.install.interpreter import find_interpreter
from taximeter.guard.install.line import HookLine
from taximeter.guard.install.record import Record, back_up, client_file, copy_client, forget, read_record, write_record
from taximeter.host.files import replace_file
from taximeter.host.paths import Paths, socket_path
from taximeter.host.trouble import Trouble


@dataclass(frozen=True, slots=True)
class Place:
    """One of an agent's config folders, links resolved."""

    agent: HookedAgent
    home: Path


@dataclass(frozen=True, slots=True)
class Outcome:
    """What was done at one place, or would be."""

    place: Place
    changes: tuple[FileChange, ...] = ()
    trouble: Trouble | None = None
    """Why nothing was changed here."""

    @property
    def diff(self) -> str:
        """The changes as a unified diff."""
        return "".join(_diff(change) for change in self.changes)


def places(
    agents: Iterable[HookedAgent], env: Mapping[str, str], home: Path, extra: Mapping[str, Sequence[Path]]
) -> tuple[Place, ...]:
    """The agents' config folders that are there, each once; ``extra`` names further ones by the agent's id."""
    found = [
        Place(agent, Path(os.path.realpath(folder)))
        for agent in agents
        for folder in (*agent.homes(env, home), *extra.get(agent.id, ()))
        if folder.is_dir()
    ]
    return tuple({(place.agent.id, place.home): place for place in found}.values())


def hook_line(paths: Paths) -> HookLine:
    """The line for this installation.

    The interpreter of an earlier install is kept while it is there, so that it does not change with
    the environment that a command happens to run in.

    Raises:
        Trouble: there is no Python that could start the client.
    """
    known = read_record(paths).python
    python = Path(known) if known and os.access(known, os.X_OK) else find_interpreter()
    return HookLine(python, client_file(paths), str(socket_path(paths)))


def install(
    paths: Paths, line: HookLine, source: Path, where: Iterable[Place], *, dry_run: bool = False
) -> tuple[Outcome, ...]:
    """Put the hooks in; ``source`` is the client to copy. Trouble at one place leaves the others to be done.

    Raises:
        Trouble: the client or the record cannot be written; no agent's file was changed.
    """
    if not dry_run:
        copy_client(source, line.client)
    outcomes = []
    for place in where:
        record = read_record(paths)
        outcome = _planned(place, partial(place.agent.plan, place.home, line, record.there))
        if not dry_run and outcome.trouble is None:
            there = {**record.there, **{change.path: change.there for change in outcome.changes}}
            write_record(paths, Record(str(line.python), there))
            outcome = _carried_out(paths, outcome)
        outcomes.append(outcome)
    return tuple(outcomes)


def remove(paths: Paths, where: Iterable[Place], *, dry_run: bool = False) -> tuple[Outcome, ...]:
    """Take the hooks out, and the client with the last of them. Trouble at one place leaves the others to be done.

    Raises:
        Trouble: the client or the record cannot be written or deleted.
    """
    outcomes = []
    for place in where:
        record = read_record(paths)
        outcome = _planned(place, partial(place.agent.unplan, place.home, record.there))
        if not dry_run and outcome.trouble is None:
            outcome = _carried_out(paths, outcome)
        if not dry_run and outcome.trouble is None:
            left = {path: parts for path, parts in record.there.items() if not path.is_relative_to(place.home)}
            write_record(paths, Record(record.python, left))
        outcomes.append(outcome)
    if not dry_run and not read_record(paths).there:
        forget(paths)
    return tuple(outcomes)


def status(line: HookLine, where: Iterable[Place], root: Path | None = None) -> tuple[tuple[Place, HookState], ...]:
    """How the hooks stand at each place; ``root`` is the computer's root folder."""
    return tuple((place, _state(place, line, root or Path(place.home.anchor))) for place in where)


def _state(place: Place, line: HookLine, root: Path) -> HookState:
    try:
        return place.agent.state(place.home, line, root)
    except Trouble as trouble:
        return HookState(Hold.ALTERED, str(trouble))


def _planned(place: Place, make: Callable[[], Plan]) -> Outcome:
    try:
        return Outcome(place, make().changes)
    except Trouble as trouble:
        return Outcome(place, (), trouble)


def _carried_out(paths: Paths, outcome: Outcome) -> Outcome:
    """Write all files of a place or none."""
    done: list[FileChange] = []
    try:
        for change in outcome.changes:
            if change.old is not None:
                back_up(paths, change.path, change.old)
            _write(change)
            done.append(change)
    except Trouble as trouble:
        for change in reversed(done):
            with contextlib.suppress(Trouble):
                _write(FileChange(change.path, change.new, change.old))
        return Outcome(outcome.place, (), trouble)
    return outcome


def _write(change: FileChange) -> None:
    if read_file(change.path) != change.old:
        raise Trouble(f"{change.path} was changed by somebody else just now", "Nothing was changed; try again.")
    if change.new is not None:
        replace_file(change.path, change.new, keep_mode=True)
        return
    try:
        os.unlink(os.path.realpath(change.path))
    except OSError as error:
        raise Trouble(f"Cannot delete {change.path}", f"{error.strerror}. Delete it by hand.") from error


def _diff(change: FileChange) -> str:
    sides = (change.old, change.new)
    old, new = ((side or b"").decode(errors="replace").splitlines(keepends=True) for side in sides)
    before, after = ("/dev/null" if side is None else str(change.path) for side in sides)
    lines = difflib.unified_diff(old, new, before, after)
    return "".join(line if line.endswith("\n") else f"{line}\n\\ No newline at end of file\n" for line in lines)
