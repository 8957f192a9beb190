"""What the settings window does with the data that is kept: looks at it, copies it, takes of it, moves it."""

from __future__ import annotations

import contextlib
import os
from collections.abc import Callable
from concurrent.futures import CancelledError, Future
from dataclasses import replace
from datetime import date, datetime
from pathlib import Path
from typing import TYPE_CHECKING

from taximeter.host.trouble import Trouble
from taximeter.ledger.opening import is_made
from taximeter.ui.desk import Desk, TroubleSeen
from taximeter.ui.settings_desk import About, Doomed, Kept

if TYPE_CHECKING:
    import sqlite3

    from taximeter.collect.installation import Installation
    from taximeter.ledger.purging import Doomed as Rows

LEASE_S = 15
"""How long another process that keeps the ledger is waited for."""
WRITING_S = 600


def has_ledger(here: Installation) -> bool:
    """Whether there is a ledger to read."""
    return is_made(here.keeping().file)


def is_folder(path: str) -> bool:
    """Whether there is such a folder."""
    return os.path.isdir(path)


def kept(here: Installation) -> Kept:
    """What the ledger holds. Raises ``Trouble`` when it cannot be read."""
    from taximeter.commands.doctor import ledger_bytes
    from taximeter.ledger.queries_keeping import holdings, project_names

    file = here.keeping().file
    folder = str(file.parent.resolve())
    if not is_made(file):
        return Kept(folder, 0, 0, 0, 0, 0, 0, ())
    with here.reading() as ledger:
        held, names = holdings(ledger), project_names(ledger)
    return Kept(folder, ledger_bytes(file), held.sessions, held.requests, held.files, held.oldest, held.newest, names)


def count(here: Installation, doomed: Doomed) -> tuple[int, int]:
    """How many sessions and requests would go. Raises ``Trouble``."""
    from taximeter.ledger.purging import count_doomed

    if not has_ledger(here):
        return 0, 0
    with here.reading() as ledger:
        return count_doomed(ledger, _rows(here, doomed))


def take_out(
    here: Installation, write_alone: Callable[[Callable[[sqlite3.Connection], None]], Future[None]], doomed: Doomed
) -> None:
    """Take the sessions out for good, by the one connection that writes; waits until it is done.

    Raises ``Trouble`` when another process keeps the ledger, or it fails; nothing was removed then.
    """
    from taximeter.ledger.opening import told_in_words
    from taximeter.ledger.purging import purge

    rows = _rows(here, doomed)
    done = write_alone(lambda ledger: purge(ledger, rows))
    with contextlib.suppress(TimeoutError):
        done.exception(LEASE_S)
    if done.cancel():
        raise Trouble("Another Taximeter keeps the ledger", "End it, then try again. Nothing was removed.")
    with told_in_words(here.keeping().file):
        try:
            done.result(WRITING_S)
        except (TimeoutError, CancelledError) as error:
            raise Trouble("That takes very long", "It goes on in the background; look again later.") from error


def back_up(here: Installation, file: str) -> int:
    """Write a whole copy of the ledger to a new file; its size in bytes. Raises ``Trouble``."""
    from taximeter.ledger.purging import copy_whole

    with here.reading() as ledger:
        copy_whole(ledger, Path(file))
    return Path(file).stat().st_size


def export(here: Installation, file: str) -> int:
    """Write all requests to a file, as ``taximeter export`` does; how many. Raises ``Trouble``."""
    from taximeter.commands.export import write_requests
    from taximeter.ledger.queries_export import requests_of

    with here.reading() as ledger:
        return write_requests(requests_of(ledger, 0, "", ""), Path(file))


def refuse_move(here: Installation, folder: str) -> None:
    """Raises ``Trouble`` when the data cannot move to that folder."""
    from taximeter.ledger.moving import refuse_target

    refuse_target(here.keeping().file.parent, Path(folder).absolute())


def run_and_move(here: Installation, run: Callable[[Trouble | None], tuple[int, str]]) -> int:
    """Run the app until it ends for good; whenever it ended so that its data can move, move it and run again.

    ``run`` takes what it has to tell, and gives its exit status and the folder that is wanted, if one is.
    """
    status, folder = run(None)
    while folder:
        status, folder = run(moved(here, folder))
    return status


def telling(desk: Desk, told: Trouble | None) -> Desk:
    """The same desk, which tells something as soon as somebody listens."""
    if told is None:
        return desk
    trouble = TroubleSeen(told.title, told.detail)

    def start(post: Callable[[object], None]) -> None:
        desk.start(post)
        post(trouble)

    return replace(desk, start=start)


def moved(here: Installation, folder: str) -> Trouble | None:
    """Move the ledger and what lies beside it to a folder; nothing of it may be open. Why it could not be, if so."""
    try:
        refuse_move(here, folder)
        _move(here, Path(folder).absolute())
    except Trouble as trouble:
        return trouble
    return None


def _move(here: Installation, target: Path) -> None:
    from taximeter.collect.writing import connection_for_writing
    from taximeter.ledger.moving import copy_folder, leave_link

    ledger = here.keeping().file
    with connection_for_writing(here.keeping()) as connection:
        if connection is None:
            raise Trouble("Another Taximeter keeps the ledger", "End it, then try again. Nothing was moved.")
        copy_folder(connection, ledger, target)
    leave_link(ledger.parent, target)


def about(here: Installation) -> About:
    """What is installed, and where it keeps what."""
    from taximeter.commands.versions import all_versions, libraries, own_licence

    versions = all_versions()
    with contextlib.suppress(Trouble):  # the page Prices says what is wrong with it
        book = here.book()
        versions["price_book"] = f"{book.id} ({book.as_of})"
    return About(
        tuple(versions.items()), libraries(), own_licence(),
        str(here.paths.settings_file), str(here.keeping().file), str(here.paths.data / "taximeter.log"),
    )  # fmt: skip


def diagnostics(here: Installation) -> str:
    """Versions, counts and states as text; no path, project or name. Raises ``Trouble``."""
    from taximeter.commands.versions import all_versions
    from taximeter.ledger.queries_keeping import newest_book, skipped

    lines = [f"{name.replace('_', ' ')}: {version}" for name, version in all_versions().items()]
    desktop = [here.env.get(name, "") for name in ("XDG_CURRENT_DESKTOP", "XDG_SESSION_TYPE")]
    lines.append(f"desktop: {' '.join(filter(None, desktop)) or 'not told'}")
    lines += _settings_lines(here)
    lines.append(f"agents with logs: {', '.join(here.found()) or 'none'}")
    if has_ledger(here):
        held = kept(here)
        with here.reading() as ledger:
            book, lost = newest_book(ledger), skipped(ledger)
        lines.append(f"ledger: {held.bytes} bytes, {held.sessions} sessions, {held.requests} requests, "
                     f"{held.files} files")  # fmt: skip
        lines.append(f"price book: {book.id} as of {book.as_of} in {book.currency}")
        reasons: dict[str, int] = {}
        for row in lost:
            reasons[row.reason] = reasons.get(row.reason, 0) + row.count
        lines += [f"skipped lines: {number} x {reason}" for reason, number in sorted(reasons.items())]
    return "\n".join(lines) + "\n"


def _settings_lines(here: Installation) -> list[str]:
    try:
        settings = here.settings()
    except Trouble as trouble:
        return [f"settings: cannot be used ({trouble.detail})"]
    return [
        f"settings: {len(settings.budgets)} budgets, question {settings.question.mode}",
        f"decided by the company: {len(settings.company)}; unknown keys: {len(settings.unknown)}",
        f"budget service: {settings.service.kind or 'none'}",
    ]


def _rows(here: Installation, doomed: Doomed) -> Rows:
    from taximeter.ledger.purging import Doomed as Rows

    before = None
    if doomed.before:
        day = date.fromisoformat(doomed.before)
        before = int(datetime(day.year, day.month, day.day, tzinfo=here.zone()).timestamp() * 1000)
    return Rows(doomed.project, before)
