"""Connecting a budget service: what is written, what is refused, and that the token is seen nowhere."""

from __future__ import annotations

import io
import logging
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import keyring
import pytest
from keyring.backends.fail import Keyring as FailKeyring
from made_keyring import MadeKeyring

from taximeter.commands.desk import Desk
from taximeter.host.secrets import stored_origins
from taximeter.host.service_settings import ServiceSetting
from taximeter.host.settings import load_settings

ORIGIN = "https://budget.example.com"
TOKEN = "sk-made-up-0123456789"
NOTED = """# mine
hide_numbers = true

[service]
colour = "red"  # ours

# My budgets
[[budget]]
name = "a"
amount = 3
"""


@pytest.fixture
def keys() -> Iterator[MadeKeyring]:
    backend = MadeKeyring()
    keyring.set_keyring(backend)
    yield backend
    keyring.set_keyring(FailKeyring())  # type: ignore[no-untyped-call]


@pytest.fixture
def settings_file(desk: Desk) -> Path:
    desk.paths.settings_file.parent.mkdir(parents=True)
    return desk.paths.settings_file


@pytest.fixture
def typed(monkeypatch: pytest.MonkeyPatch) -> Callable[[str], None]:
    """Puts words on standard input."""
    return lambda text: monkeypatch.setattr("sys.stdin", io.TextIOWrapper(io.BytesIO(text.encode())))


@pytest.fixture
def own(run: Any, desk: Desk, typed: Callable[[str], None]) -> Any:
    """Runs a command of ``budget`` on the settings as they are, with nothing on standard input but what is told."""

    def invoke(*words: str, stdin: str = "", **other: Any) -> Any:
        typed(stdin)
        return run("budget", *words, read_settings=lambda: load_settings(desk.paths), **other)

    return invoke


def service(desk: Desk) -> ServiceSetting:
    return load_settings(desk.paths).service


def test_connecting_writes_the_service_and_leaves_the_rest_of_the_file(
    own: Any, desk: Desk, settings_file: Path
) -> None:
    settings_file.write_text(NOTED)
    assert own("connect", "litellm", f"{ORIGIN}/", "--agents", "a, b*", "--token-command", "pass 'my key'").code == 0
    assert service(desk) == ServiceSetting("litellm", ORIGIN, agents=("a", "b*"), token_command=("pass", "my key"))
    text = settings_file.read_text()
    for kept in ("# mine\nhide_numbers = true\n", 'colour = "red"  # ours\n', "# My budgets\n"):
        assert kept in text
    assert own("disconnect").code == 0
    assert service(desk) == ServiceSetting()
    assert settings_file.read_text() == NOTED


def test_without_anything_beside_it_nothing_of_the_service_is_left(own: Any, desk: Desk, settings_file: Path) -> None:
    own("connect", "litellm", ORIGIN, "--everything", "--name", "Acme")
    assert service(desk) == ServiceSetting("litellm", ORIGIN, "Acme", everything=True)
    own("disconnect")
    assert settings_file.read_text().strip() == ""


def test_it_says_what_is_sent_to_whom_and_what_it_pays_for(own: Any) -> None:
    told = " ".join(own("connect", "litellm", ORIGIN).out.split())
    assert told.startswith(f"Connected to {ORIGIN}. Your token goes to budget.example.com and nowhere else")
    assert "No prompt is sent" in told
    assert "Nobody said what it pays for, so nothing that you use is taken off its figures" in told
    assert "Next, sign in: taximeter budget sign-in" in told
    assert "Taximeter does not run now" in told
    told = own("connect", "litellm", ORIGIN, "--everything", lease_holder=lambda: 42).out
    assert "It pays for everything." in told
    assert "does not run" not in told
    assert "It pays for project:x-*." in own("connect", "litellm", ORIGIN, "--projects", "x-*").out


def test_of_the_same_service_what_is_not_told_stays_and_of_another_nothing(own: Any, desk: Desk) -> None:
    own("connect", "litellm", ORIGIN, "--everything", "--name", "Acme", "--token-command", "pass acme")
    own("connect", "litellm", ORIGIN, "--models", "*opus*")
    assert service(desk) == ServiceSetting("litellm", ORIGIN, "Acme", models=("*opus*",),
                                           token_command=("pass", "acme"))  # fmt: skip
    own("connect", "litellm", "http://127.0.0.1:4000")
    assert service(desk) == ServiceSetting("litellm", "http://127.0.0.1:4000")


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (("nothing", ORIGIN), "litellm"),
        (("litellm", "http://budget.example.com"), "https://"),
        (("litellm", "budget.example.com"), "https://"),
        (("litellm", f"https://me:{TOKEN}@budget.example.com"), "has no place"),
        (("litellm", f"{ORIGIN}/?key={TOKEN}"), "has no place"),
        (("litellm", ORIGIN, "--everything", "--agents", "a"), "contradict"),
        (("litellm", ORIGIN, "--token-command", "pass 'x"), "quotation mark"),
        (("litellm", ORIGIN, TOKEN), "never stands in a command line"),
        (("litellm", ORIGIN, f"--token={TOKEN}"), "never stands in a command line"),
    ],
)
def test_what_cannot_be_used_is_refused_in_words_and_nothing_is_written(
    own: Any, desk: Desk, words: tuple[str, ...], told: str
) -> None:
    ran = own("connect", *words)
    assert (ran.code, ran.out) == (2, "")
    assert told in " ".join(ran.err.split())
    assert TOKEN not in ran.err
    assert not desk.paths.settings_file.exists()


def test_a_service_of_the_computer_cannot_be_taken_away_by_its_user(own: Any, desk: Desk) -> None:
    desk.paths.machine_config.mkdir()
    desk.paths.machine_settings_file.write_text(f'[service]\nkind = "litellm"\norigin = "{ORIGIN}"\n')
    ran = own("disconnect")
    assert (ran.code, "administrator" in ran.err) == (69, True)


def test_a_token_is_kept_in_the_keyring_and_seen_nowhere_else(
    own: Any, desk: Desk, keys: MadeKeyring, caplog: pytest.LogCaptureFixture
) -> None:
    rung: list[tuple[str, ...]] = []
    caplog.set_level(logging.DEBUG)
    own("connect", "litellm", ORIGIN)
    ran = own("sign-in", stdin=f"{TOKEN}\n", door=lambda *words: rung.append(words))
    assert (ran.code, ran.err) == (0, "")
    assert keys.kept == {("taximeter", ORIGIN): TOKEN}
    assert rung[0] == ("token_changed",)
    assert "It goes to budget.example.com alone." in " ".join(ran.out.split())
    shown = own("--json").out + own().out + own("connect", "litellm", ORIGIN).out
    files = [file.read_bytes() for file in desk.paths.settings_file.parents[1].rglob("*") if file.is_file()]
    assert TOKEN not in ran.out + shown + caplog.text
    assert not [content for content in files if TOKEN.encode() in content]


def test_a_token_is_never_taken_from_the_command_line_nor_repeated(own: Any, keys: MadeKeyring) -> None:
    own("connect", "litellm", ORIGIN)
    for words in ((TOKEN,), ("--token", TOKEN), (f"--token={TOKEN}",)):
        ran = own("sign-in", *words, stdin=f"{TOKEN}\n")
        assert (ran.code, ran.out) == (2, "")
        assert TOKEN not in ran.err
    assert keys.kept == {}


@pytest.mark.parametrize("stdin", ["", "\n", "two words", "ключ", "\0"])
def test_what_is_no_token_is_not_kept(own: Any, keys: MadeKeyring, stdin: str) -> None:
    own("connect", "litellm", ORIGIN)
    ran = own("sign-in", stdin=stdin)
    assert (ran.code, ran.out) == (69, "")
    assert "no token" in ran.err
    assert keys.kept == {}


def test_without_a_safe_keyring_it_says_what_to_do(own: Any, desk: Desk) -> None:
    keyring.set_keyring(FailKeyring())  # type: ignore[no-untyped-call]
    own("connect", "litellm", ORIGIN)
    ran = own("sign-in", stdin=TOKEN)
    assert ran.code == 69
    for word in ("no keyring that keeps a token safely", "TAXIMETER_TOKEN", "token_command"):
        assert word in ran.err
    assert TOKEN not in ran.err
    assert stored_origins(desk.paths.token_marker) == set()


def test_what_is_used_before_the_keyring_is_named(own: Any, keys: MadeKeyring) -> None:
    own("connect", "litellm", ORIGIN, "--token-command", "pass x")
    assert "a token command, which is used before it" in own("sign-in", stdin=TOKEN).out
    env = {"TAXIMETER_TOKEN": TOKEN}
    ran = own("sign-in", stdin=TOKEN, env=env)
    assert "TAXIMETER_TOKEN is set and is used before it." in ran.out
    assert "TAXIMETER_TOKEN is still set and is used." in own("sign-out", env=env).out


def test_signing_out_forgets_the_token_and_disconnecting_offers_it(own: Any, desk: Desk, keys: MadeKeyring) -> None:
    own("connect", "litellm", ORIGIN)
    own("sign-in", stdin=TOKEN)
    assert own("sign-out").out.split(" is forgotten here")[0] == f"The token for {ORIGIN}"
    assert keys.kept == {}
    assert own("sign-out").out == "No token lies in the keyring.\n"
    own("sign-in", stdin=TOKEN)
    assert "Forget it with: taximeter budget sign-out" in own("disconnect").out
    assert stored_origins(desk.paths.token_marker) == {ORIGIN}
    own("connect", "litellm", ORIGIN)
    assert own("disconnect", "--sign-out").code == 0
    assert keys.kept == {}


@pytest.mark.parametrize("word", ["disconnect", "sign-in"])
def test_without_a_service_there_is_nothing_to_sign_in_to(own: Any, word: str) -> None:
    ran = own(word, stdin=TOKEN)
    assert (ran.code, ran.err) == (2, "No budget service is connected: taximeter budget connect KIND ORIGIN\n")
