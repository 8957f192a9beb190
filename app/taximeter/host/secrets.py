"""The token of the budget service: from the environment, from a command, or from the computer's keyring.

The keyring is not touched, not even loaded, before there is something to store, and then off the
caller's thread with a deadline: it may wait for a password dialog that nobody sees. Only keyrings
that encrypt and belong to the desktop are used. A token is never logged and stands in no error.
"""

from __future__ import annotations

import os
import subprocess
import threading
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

from taximeter.host.files import replace_file
from taximeter.host.trouble import Trouble

if TYPE_CHECKING:
    from keyring.backend import KeyringBackend

VARIABLE = "TAXIMETER_TOKEN"
SERVICE = "taximeter"
COMMAND_DEADLINE = 15.0
KEYRING_DEADLINE = 60.0
"""Seconds; long enough to type a password."""
LONGEST_TOKEN = 16_384
SAFE = frozenset(f"keyring.backends.{name}" for name in ("SecretService", "kwallet", "libsecret", "macOS", "Windows"))
"""Where the library's keyrings of the desktops live; others keep files that anybody can read, or nothing."""
ELSEWHERE = f"Set {VARIABLE}, or name a program that prints the token as token_command under [service]."
UNLOCK = f"Unlock it and try again, or s{ELSEWHERE[1:]}"

T = TypeVar("T")


class NoSafeKeyring(Trouble):
    """There is no keyring here that keeps a token safely."""


def told_token(env: Mapping[str, str], command: Sequence[str]) -> str | None:
    """The token of the environment, else what the command prints; None when neither is there.

    Raises:
        Trouble: the command cannot be run, takes too long, fails, or prints no token.
    """
    told = env.get(VARIABLE, "").strip()
    if told:
        return _checked(told, VARIABLE)
    return _of_command(command) if command else None


def stored_token(marker: Path, origin: str, deadline: float = KEYRING_DEADLINE) -> str | None:
    """The token that was stored for an origin; None when ``marker`` says that none was.

    Raises:
        Trouble: the keyring cannot be read, is not safe, or does not answer within ``deadline`` seconds.
    """
    if origin not in stored_origins(marker):
        return None
    found = _off_thread(lambda: _safe_keyring().get_password(SERVICE, origin), deadline)
    return _checked(found, "The keyring") if found else None


def store_token(marker: Path, origin: str, token: str, deadline: float = KEYRING_DEADLINE) -> None:
    """Stores the token of an origin in the keyring, and its origin, which is no secret, in ``marker``.

    Raises:
        Trouble: as for ``stored_token``, or it is no token. A keyring whose dialog is answered after
            the deadline stores it all the same, and the marker says so then.
    """
    checked = _checked(token, "What was given")

    def store() -> bool:
        _safe_keyring().set_password(SERVICE, origin, checked)
        _mark(marker, {*stored_origins(marker), origin})
        return True

    _off_thread(store, deadline)


def forget_token(marker: Path, origin: str, deadline: float = KEYRING_DEADLINE) -> None:
    """Removes the token of an origin; does nothing when none was stored.

    Raises:
        Trouble: as for ``stored_token``.
    """
    if origin in stored_origins(marker):
        _off_thread(lambda: _removed(origin), deadline)
        _mark(marker, stored_origins(marker) - {origin})


def stored_origins(marker: Path) -> set[str]:
    """The origins for which a token lies in the keyring, without touching it."""
    try:
        return set(marker.read_text("utf-8").split())
    except FileNotFoundError:
        return set()
    except (OSError, UnicodeDecodeError) as error:
        raise Trouble(f"{marker} cannot be read", "Remove it and sign in again.") from error


def is_token(text: str) -> bool:
    """Whether a text can be a token: one word of printable ASCII, as a header can hold it."""
    return text.isascii() and text.isprintable() and " " not in text and 0 < len(text) <= LONGEST_TOKEN


def safe_backend(backend: KeyringBackend) -> KeyringBackend | None:
    """The part of a keyring that keeps secrets safely; None when no part does.

    The library falls back from one keyring to the next when storing fails, so that a safe one is
    named and used by itself.
    """
    parts = getattr(backend, "backends", None)
    choices = list(parts) if type(backend).__module__ == "keyring.backends.chainer" and parts else [backend]
    return next((choice for choice in choices if type(choice).__module__ in SAFE), None)


def _safe_keyring() -> KeyringBackend:
    import keyring

    backend = safe_backend(keyring.get_keyring())
    if backend is None:
        raise NoSafeKeyring("This computer has no keyring that keeps a token safely", ELSEWHERE)
    return backend


def _removed(origin: str) -> None:
    from keyring.errors import PasswordDeleteError

    try:
        _safe_keyring().delete_password(SERVICE, origin)
    except PasswordDeleteError:
        return


def _mark(marker: Path, origins: set[str]) -> None:
    if origins:
        replace_file(marker, "".join(f"{origin}\n" for origin in sorted(origins)).encode())
    else:
        marker.unlink(missing_ok=True)


def _off_thread(work: Callable[[], T], deadline: float) -> T:
    """Does work of the keyring's on a thread of its own, which is left behind when it does not end in time."""
    done: list[T] = []
    failed: list[Trouble] = []

    def run() -> None:
        try:
            done.append(work())
        except Trouble as trouble:
            failed.append(trouble)
        except Exception as error:  # noqa: BLE001 - each keyring has errors of its own, and all mean this
            failed.append(Trouble(f"The keyring gave an error ({type(error).__name__})", UNLOCK))

    thread = threading.Thread(target=run, name="taximeter-keyring", daemon=True)
    thread.start()
    thread.join(deadline)
    if failed:
        raise failed[0]
    if not done:
        raise Trouble(f"The keyring did not answer within {deadline:g} seconds", UNLOCK)
    return done[0]


def _of_command(command: Sequence[str]) -> str:
    name = command[0]
    try:
        ran = subprocess.run(
            [os.path.expanduser(name), *command[1:]],
            stdin=subprocess.DEVNULL,
            capture_output=True,
            timeout=COMMAND_DEADLINE,
            check=False,
        )
    except subprocess.TimeoutExpired:
        title = f"The token command {name} did not end within {COMMAND_DEADLINE:g} seconds"
        raise Trouble(title, "Run it in a terminal to see what it waits for.") from None
    except (OSError, ValueError) as error:
        raise Trouble(f"The token command {name} cannot be run", "Check token_command under [service].") from error
    if ran.returncode:
        raise Trouble(f"The token command {name} failed with {ran.returncode}", "Run it in a terminal to see why.")
    return _checked(ran.stdout.decode("utf-8", "replace").strip(), f"The token command {name}")


def _checked(token: str, origin: str) -> str:
    if not is_token(token):
        raise Trouble(f"{origin} holds no token", "A token is one word of plain letters, digits and signs.")
    return token
