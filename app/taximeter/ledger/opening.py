"""Opening the ledger: one writing connection, any number of reading ones."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Iterator
from contextlib import ExitStack, closing, contextmanager
from pathlib import Path

from taximeter.host.filesystem import is_network
from taximeter.host.trouble import Trouble
from taximeter.ledger import schema

BUSY_MS = 5_000


def open_writing(path: Path) -> sqlite3.Connection:
    """The connection that writes; creates and migrates the ledger. Its folder must exist.

    Raises ``Trouble`` when the ledger is newer, damaged, or cannot be written.
    """
    if path.is_file():
        # A newer one is refused here: a connection that may write would tidy up its log on closing.
        open_reading(path).close()
    return _open(path, "rwc", _prepare_writing)


def is_made(path: Path) -> bool:
    """Whether there is a ledger; a file that was begun, and not finished yet or ever, is none.

    Raises ``Trouble`` when the file cannot be read.
    """
    if not path.is_file():
        return False
    with closing(open_reading(path)) as connection:
        (version,) = connection.execute("PRAGMA user_version").fetchone()
        return bool(version)


def open_reading(path: Path) -> sqlite3.Connection:
    """A connection that changes no row; raises ``Trouble`` when there is no readable ledger.

    After a kill in the wrong moment a journal is left to be put right, which SQLite does only for a
    connection that may write the file (https://www.sqlite.org/lockingv3.html#hot_journals).
    """
    try:
        return _open(path, "ro", _prepare_reading)
    except Trouble as trouble:
        if not getattr(trouble.__cause__, "sqlite_errorname", "").startswith("SQLITE_READONLY"):
            raise
    return _open(path, "rw", _prepare_reading)


def _open(path: Path, mode: str, prepare: Callable[[sqlite3.Connection, Path], None]) -> sqlite3.Connection:
    address = f"{path.absolute().as_uri()}?mode={mode}"
    with told_in_words(path), ExitStack() as undo:
        connection = sqlite3.connect(
            address, uri=True, isolation_level=None, check_same_thread=False, cached_statements=64
        )
        undo.callback(connection.close)
        connection.execute(f"PRAGMA busy_timeout = {BUSY_MS}")
        prepare(connection, path)
        undo.pop_all()
    return connection


def _prepare_writing(connection: sqlite3.Connection, path: Path) -> None:
    path.chmod(0o600)
    # Without a write-ahead log readers and the writer wait for each other; ``doctor`` says so.
    connection.execute(f"PRAGMA journal_mode = {'DELETE' if is_network(path.parent) else 'WAL'}").fetchone()
    connection.execute("PRAGMA synchronous = NORMAL")
    connection.execute("PRAGMA wal_autocheckpoint = 4000")
    connection.execute("PRAGMA cache_size = -16000")
    connection.execute("PRAGMA temp_store = MEMORY")
    schema.migrate(connection, path)


def _prepare_reading(connection: sqlite3.Connection, path: Path) -> None:
    connection.execute("PRAGMA query_only = ON")
    (found,) = connection.execute("PRAGMA user_version").fetchone()
    schema.refuse_newer(found, path)


@contextmanager
def told_in_words(path: Path) -> Iterator[None]:
    """Turn any failure of the database inside into a ``Trouble`` that a person can act on."""
    try:
        yield
    except sqlite3.Error as error:
        raise ledger_trouble(error, path) from error


def ledger_trouble(error: sqlite3.Error, path: Path) -> Trouble:
    """What a person should read for a failure of the database (disk full, damaged, locked, read-only)."""
    name = getattr(error, "sqlite_errorname", "")
    if name.startswith("SQLITE_FULL"):
        return Trouble("The disk is full", "Nothing new can be recorded until there is room; what is there is kept.")
    if name.startswith(("SQLITE_CORRUPT", "SQLITE_NOTADB")):
        return Trouble(
            "The ledger is damaged",
            f"{path.name} could not be read ({error}). Restore a backup, or move it away: the logs are read again.",
        )
    if name.startswith(("SQLITE_BUSY", "SQLITE_LOCKED")):
        return Trouble("The ledger is in use", "Another program keeps it locked; try again in a moment.")
    if name.startswith(("SQLITE_READONLY", "SQLITE_CANTOPEN", "SQLITE_PERM")):
        return Trouble("The ledger cannot be opened", f"Check that {path} exists and that you may write to its folder.")
    return Trouble("The ledger failed", f"SQLite says: {error}.")
