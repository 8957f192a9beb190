"""What the poller of the budget service is handed on this computer: settings, token, ledger, and a name of its own."""

from __future__ import annotations

import contextlib
import secrets
import sqlite3
from collections.abc import Callable
from dataclasses import replace
from functools import cache, partial
from pathlib import Path
from typing import TYPE_CHECKING

from taximeter.budget.kept import Kept, recall
from taximeter.budget.keyholder import Keyholder
from taximeter.budget.planning import last_activity
from taximeter.budget.policy_following import PolicyWays, follow_policy
from taximeter.budget.poller import Ways
from taximeter.host.files import replace_file
from taximeter.host.network import is_metered, network_mark
from taximeter.host.paths import Paths
from taximeter.host.power import on_battery
from taximeter.host.trouble import Trouble
from taximeter.ledger.opening import is_made

if TYPE_CHECKING:
    from taximeter.collect.installation import Installation


Write = Callable[[Callable[[sqlite3.Connection], None]], None]
"""Has a job run by whoever writes the ledger."""


def ways(here: Installation, write: Write, keys: Keyholder, changed: Callable[[], None]) -> Ways:
    """All of it; ``changed`` hears, on the poller's thread, that the company decided something else."""
    return Ways(
        setting=lambda: here.settings().service,
        token=keys.token,
        renewed=keys.renewed,
        recall=partial(_recalled, here),
        write=write,
        last_activity=partial(_last_activity, here),
        now=here.now,
        id=cache(partial(installation_id, here.paths)),
        network=network_mark,
        on_battery=on_battery,
        metered=is_metered,
        floor=lambda: here.settings().min_poll_seconds * 1000,
        follow=partial(follow_policy, PolicyWays(here.paths, partial(check_prices, here), changed, here.now)),
    )


def keyholder(here: Installation) -> Keyholder:
    """Who has the token: the environment's, a command's, the keyring's, or one that this process alone holds."""
    return Keyholder(here.env, here.paths.token_marker, here.now)


def installation_id(paths: Paths) -> str:
    """This installation's random name, made once; it spreads polls and is sent to nobody."""
    file = paths.installation_file
    with contextlib.suppress(OSError, UnicodeDecodeError):
        if kept := file.read_text("ascii").strip():
            return kept
    made = secrets.token_hex(16)
    with contextlib.suppress(Trouble):
        # Where it cannot be kept, this start has a name of its own.
        replace_file(file, f"{made}\n".encode())
    return made


def check_prices(here: Installation, file: Path) -> None:
    """Raises ``Trouble`` when no price book can be made with that file as the company's."""
    from taximeter.collect.pricebook import load_book

    load_book(here.paths, replace(here.settings(), company_prices=file))


def _recalled(here: Installation, origin: str) -> Kept:
    if not is_made(here.keeping().file):
        return Kept()
    with here.reading() as ledger:
        return recall(ledger, origin)


def _last_activity(here: Installation) -> int | None:
    if not is_made(here.keeping().file):
        return None
    with here.reading() as ledger:
        return last_activity(ledger)
