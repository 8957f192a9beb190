"""The token is had from the environment, a command or a safe keyring, and the keyring is left alone until then."""

from __future__ import annotations

import os
import subprocess
import sys
import threading
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import keyring
import pytest
from keyring.backend import KeyringBackend
from keyring.backends.fail import Keyring as FailKeyring
from keyring.backends.null import Keyring as NullKeyring
from made_keyring import MadeKeyring

from taximeter.host.secrets import forget_token, safe_backend, store_token, stored_origins, stored_token, told_token
from taximeter.host.trouble import Trouble

ROOT = Path(__file__).parents[2]
ORIGIN = "https://budget.example.com"
TOKEN = "sk-made-up-0123456789"


class OnDisk(MadeKeyring):
    """One that keeps them in a file anybody can read."""


OnDisk.__module__ = "keyrings.alt.file"


class Chainer(MadeKeyring):
    """The library's fallback from one keyring to the next."""

    backends: tuple[KeyringBackend, ...] = ()


Chainer.__module__ = "keyring.backends.chainer"


@pytest.fixture
def marker(tmp_path: Path) -> Path:
    return tmp_path / "data" / "signed-in"


@pytest.fixture
def desktop() -> Iterator[MadeKeyring]:
    backend = MadeKeyring()
    keyring.set_keyring(backend)
    yield backend
    keyring.set_keyring(FailKeyring())  # type: ignore[no-untyped-call]


def prints(text: str, code: int = 0) -> list[str]:
    return [sys.executable, "-I", "-S", "-c", f"import sys; sys.stdout.write({text!r}); sys.exit({code})"]


def test_the_environment_wins_over_the_command() -> None:
    assert told_token({"TAXIMETER_TOKEN": f" {TOKEN}\n"}, prints("other")) == TOKEN
    assert told_token({"TAXIMETER_TOKEN": ""}, prints(f"{TOKEN}\n")) == TOKEN
    assert told_token({}, ()) is None


@pytest.mark.parametrize(
    ("command", "title"),
    [
        (["/nowhere/at-all"], "The token command /nowhere/at-all cannot be run"),
        (prints(TOKEN, 3), f"The token command {sys.executable} failed with 3"),
        (prints(""), f"The token command {sys.executable} holds no token"),
        (prints("Enter your password: "), f"The token command {sys.executable} holds no token"),
    ],
)
def test_a_command_that_gives_none_is_said_without_what_it_printed(command: list[str], title: str) -> None:
    with pytest.raises(Trouble) as caught:
        told_token({}, command)
    assert caught.value.title == title
    assert TOKEN not in str(caught.value)
    assert caught.value.detail


def test_a_command_that_never_ends_is_ended(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("taximeter.host.secrets.COMMAND_DEADLINE", 0.2)
    with pytest.raises(Trouble, match="did not end within"):
        told_token({}, [sys.executable, "-I", "-S", "-c", "import time; time.sleep(60)"])


def test_what_is_no_token_is_not_taken_from_the_environment() -> None:
    with pytest.raises(Trouble, match="TAXIMETER_TOKEN holds no token"):
        told_token({"TAXIMETER_TOKEN": "two words"}, ())


def test_the_library_is_not_even_loaded_before_there_is_something_to_store(tmp_path: Path) -> None:
    code = (
        "import sys; from pathlib import Path; from taximeter.host import secrets as s; "
        f"m = Path({str(tmp_path / 'none')!r}); print(s.stored_token(m, 'x'), s.forget_token(m, 'x')); "
        "print([name for name in sys.modules if name.startswith('keyring')])"
    )
    ran = subprocess.run(
        [sys.executable, "-c", code],
        capture_output=True,
        text=True,
        check=True,
        env={**os.environ, "PYTHONPATH": str(ROOT / "app")},
        cwd=ROOT,
    )
    assert ran.stdout == "None None\n[]\n"


def test_a_token_is_stored_read_and_removed(marker: Path, desktop: MadeKeyring) -> None:
    store_token(marker, ORIGIN, TOKEN)
    store_token(marker, "https://other.example.com", "another")
    assert desktop.kept["taximeter", ORIGIN] == TOKEN
    assert TOKEN not in marker.read_text("utf-8")
    assert stored_token(marker, ORIGIN) == TOKEN
    forget_token(marker, ORIGIN)
    assert (stored_token(marker, ORIGIN), stored_origins(marker)) == (None, {"https://other.example.com"})
    forget_token(marker, "https://other.example.com")
    assert not marker.exists()
    assert desktop.kept == {}


def test_one_that_somebody_removed_from_the_keyring_is_none(marker: Path, desktop: MadeKeyring) -> None:
    store_token(marker, ORIGIN, TOKEN)
    desktop.kept.clear()
    assert stored_token(marker, ORIGIN) is None


@pytest.mark.parametrize("kind", [FailKeyring, NullKeyring, OnDisk], ids=lambda kind: kind.__module__)
def test_a_keyring_that_is_not_safe_is_refused(marker: Path, desktop: MadeKeyring, kind: Any) -> None:
    backend = kind()
    keyring.set_keyring(backend)
    with pytest.raises(Trouble, match="no keyring that keeps a token safely") as caught:
        store_token(marker, ORIGIN, TOKEN)
    assert "TAXIMETER_TOKEN" in caught.value.detail
    assert stored_origins(marker) == set()
    assert getattr(backend, "kept", {}) == {}


def test_of_a_chain_only_the_safe_part_is_used() -> None:
    safe, chain = MadeKeyring(), Chainer()
    chain.backends = (OnDisk(), safe)
    assert safe_backend(chain) is safe
    chain.backends = (OnDisk(),)
    assert safe_backend(chain) is None


def test_a_keyring_that_waits_for_a_password_is_left_behind(
    marker: Path, desktop: MadeKeyring, monkeypatch: pytest.MonkeyPatch
) -> None:
    typed = threading.Event()
    monkeypatch.setattr(MadeKeyring, "set_password", lambda *_: typed.wait(10))
    try:
        with pytest.raises(Trouble, match="did not answer within"):
            store_token(marker, ORIGIN, TOKEN, 0.1)
        assert stored_origins(marker) == set()
    finally:
        typed.set()


def test_a_dialog_that_is_answered_late_still_counts(
    marker: Path, desktop: MadeKeyring, monkeypatch: pytest.MonkeyPatch
) -> None:
    typed, keeps = threading.Event(), MadeKeyring.set_password

    def wait(self: MadeKeyring, *words: str) -> None:
        typed.wait(10)
        keeps(self, *words)

    monkeypatch.setattr(MadeKeyring, "set_password", wait)
    with pytest.raises(Trouble, match="did not answer within"):
        store_token(marker, ORIGIN, TOKEN, 0.1)
    typed.set()
    (left,) = [thread for thread in threading.enumerate() if thread.name == "taximeter-keyring"]
    left.join(10)
    assert stored_token(marker, ORIGIN) == TOKEN
    forget_token(marker, ORIGIN)
    assert desktop.kept == {}


def test_an_error_of_the_keyrings_is_told_without_its_words(
    marker: Path, desktop: MadeKeyring, monkeypatch: pytest.MonkeyPatch
) -> None:
    def locked(*_: object) -> None:
        raise keyring.errors.KeyringLocked(f"cannot store {TOKEN}")

    monkeypatch.setattr(MadeKeyring, "set_password", locked)
    with pytest.raises(Trouble, match="KeyringLocked") as caught:
        store_token(marker, ORIGIN, TOKEN)
    assert TOKEN not in str(caught.value)
