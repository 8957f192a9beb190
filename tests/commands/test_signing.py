"""Signing in from a terminal: the way that the service prefers, nothing kept of what was stopped, and no trace left."""

from __future__ import annotations

import io
from collections.abc import Callable, Iterator
from typing import Any

import keyring
import pytest
from budget.faults import says, serving
from keyring.backends.fail import Keyring as FailKeyring
from made_keyring import MadeKeyring
from reference_service.trying import Trial, trial

from taximeter.budget.sign_in_entry import Session, read_entry
from taximeter.commands.desk import Desk
from taximeter.host.settings import load_settings

TOKEN = "sk-made-up-0123456789"


class Terminal(io.StringIO):
    """Standard input that somebody types at."""

    def isatty(self) -> bool:
        return True


@pytest.fixture(scope="module")
def running() -> Iterator[Trial]:
    with trial() as started:
        yield started


@pytest.fixture
def service(running: Trial) -> Trial:
    running.anew()
    return running


@pytest.fixture
def keys() -> Iterator[MadeKeyring]:
    backend = MadeKeyring()
    keyring.set_keyring(backend)
    yield backend
    keyring.set_keyring(FailKeyring())  # type: ignore[no-untyped-call]


@pytest.fixture
def own(run: Any, desk: Desk, service: Trial, monkeypatch: pytest.MonkeyPatch) -> Any:
    """Runs a command of ``budget``; ``typed`` None is a pipe with nothing in it."""

    def invoke(*words: str, typed: str | None = None, **other: Any) -> Any:
        piped = io.TextIOWrapper(io.BytesIO(b""))
        monkeypatch.setattr("sys.stdin", piped if typed is None else Terminal(typed))
        return run("budget", *words, read_settings=lambda: load_settings(desk.paths), clock=lambda: service.time[0],
                   **other)  # fmt: skip

    return invoke


@pytest.fixture
def meanwhile(service: Trial, monkeypatch: pytest.MonkeyPatch) -> Callable[..., None]:
    """Each wait passes at once; in each the next thing is done, the last again and again."""

    def plan(*acts: Callable[[], object]) -> None:
        left = list(acts)

        def sleep(seconds: float) -> None:
            service.time[0] += round(seconds * 1000)
            (left.pop(0) if len(left) > 1 else left[0])()

        monkeypatch.setattr("taximeter.commands.signing.time.sleep", sleep)

    return plan


def code(service: Trial) -> str:
    return str(service.store.database.execute("SELECT user_code FROM device ORDER BY rowid DESC").fetchone()[0])


def deciding(service: Trial, *, allow: bool) -> Callable[[], None]:
    return lambda: service.order("POST", f"devices/{code(service)}", {"person": "ed", "allow": allow})


def flat(text: str) -> str:
    return " ".join(text.split())


def test_connecting_names_the_service_and_what_it_offers_without_a_token(
    own: Any, desk: Desk, service: Trial, keys: MadeKeyring
) -> None:
    ran = own("connect", "taximeter", service.url, "--everything")
    told = flat(ran.out)
    assert told.startswith(f"Connected to Reference budget service at {service.url}. It offers your budgets, ")
    assert "You sign in with a code on a page of your company's or with a token." in told
    assert load_settings(desk.paths).service.name == "Reference budget service"
    assert keys.kept == {}


def test_a_service_that_is_not_reached_is_connected_with_a_word(own: Any, desk: Desk) -> None:
    with serving(says(503)) as heard:
        ran = own("connect", "taximeter", f"http://127.0.0.1:{heard.port}")
    assert "has trouble of its own. It is connected all the same, and asked again by itself." in flat(ran.out)
    assert load_settings(desk.paths).service.kind == "taximeter"
    assert "authorization" not in heard.all.lower()


def test_the_code_is_shown_and_the_pair_is_kept(
    own: Any, service: Trial, keys: MadeKeyring, meanwhile: Callable[..., None]
) -> None:
    rung: list[str] = []
    own("connect", "taximeter", service.url, "--everything")
    meanwhile(lambda: None, deciding(service, allow=True), lambda: None)
    ran = own("sign-in", "--device", typed="", door=rung.append)
    assert (ran.code, ran.err) == (0, "")
    told = flat(ran.out)
    assert f"Open {service.url}/oauth/verify Type " in told
    assert "The code is good for 10 minutes, until 12:10. Waiting for you to allow it there; Ctrl-C stops." in told
    assert "You are signed in. The token lies in this computer's keyring now. It goes to 127.0.0.1 alone." in told
    session = read_entry(keys.kept["taximeter", service.url])
    assert isinstance(session, Session)
    assert rung[0] == "token_changed"
    assert service.get(session.tokens.access, "/v1/me/budgets").json()["subject"]["id"] == "ed"
    for secret in (session.tokens.access, session.tokens.refresh):
        assert secret not in ran.out


@pytest.mark.parametrize(
    ("act", "told"), [("deny", "It was refused on that page: Nothing was kept."),
                      ("wait", "The code is no longer good: Nothing was kept.")])  # fmt: skip
def test_without_a_yes_nothing_is_kept(
    own: Any, service: Trial, keys: MadeKeyring, meanwhile: Callable[..., None], act: str, told: str
) -> None:
    own("connect", "taximeter", service.url, "--everything")
    if act == "deny":
        meanwhile(deciding(service, allow=False), lambda: None)
    else:
        meanwhile(lambda: None)
    ran = own("sign-in", "--device", typed="")
    assert ran.code == 69
    assert told in flat(ran.err)
    assert keys.kept == {}


def test_ctrl_c_ends_the_wait_with_a_word(
    own: Any, service: Trial, keys: MadeKeyring, meanwhile: Callable[..., None]
) -> None:
    def stopped() -> None:
        raise KeyboardInterrupt

    own("connect", "taximeter", service.url, "--everything")
    meanwhile(stopped)
    ran = own("sign-in", "--device", typed="")
    assert ran.code != 0
    assert ran.err.split() == ["Stopped."]
    assert keys.kept == {}


def test_the_way_that_the_service_prefers_is_taken_where_somebody_types(
    own: Any, service: Trial, keys: MadeKeyring, meanwhile: Callable[..., None], monkeypatch: pytest.MonkeyPatch
) -> None:
    own("connect", "taximeter", service.url, "--everything")
    meanwhile(deciding(service, allow=True), lambda: None)
    assert "Type" in own("sign-in", typed="").out
    monkeypatch.setattr("click.prompt", lambda *_args, **_more: TOKEN)
    assert "Type" not in own("sign-in", "--token", typed="").out
    assert keys.kept["taximeter", service.url] == TOKEN


def test_another_host_is_named_before_anything_goes_there(own: Any, service: Trial, keys: MadeKeyring) -> None:
    with serving(says(400, b'{"error": "invalid_client"}')) as provider:
        where = f"http://localhost:{provider.port}"
        told = service.get(None, "/.well-known/taximeter-budget").json()
        device = next(way for way in told["auth"] if way["type"] == "device")
        device |= {"device_authorization_endpoint": f"{where}/d", "token_endpoint": f"{where}/t"}
        body = signing_body(told)
        own("connect", "taximeter", service.url, "--everything")
        service.order("PUT", "faults", [body, body])
        stopped = own("sign-in", "--device", typed="n\n")
        assert "Your company signs people in at localhost." in flat(stopped.out)
        assert (stopped.code != 0, provider.requests) == (True, [])
        refused = own("sign-in", "--device", typed="y\n")
        assert "invalid_client" in refused.err
    assert len(provider.requests) == 1
    assert keys.kept == {}


def signing_body(told: object) -> dict[str, object]:
    import json

    return {"path": "/.well-known", "status": 200, "body": json.dumps(told), "content_type": "application/json"}


def test_what_offers_no_code_says_so(own: Any, service: Trial, keys: MadeKeyring) -> None:
    own("connect", "litellm", "http://127.0.0.1:1")
    assert "knows no sign-in but a token" in own("sign-in", "--device", typed="").err
    assert "contradict" in own("sign-in", "--device", "--token", typed="").err


def test_signing_out_tells_what_it_does_not_do(own: Any, service: Trial, keys: MadeKeyring) -> None:
    rung: list[str] = []
    own("connect", "taximeter", service.url, "--everything")
    keys.kept["taximeter", service.url] = TOKEN
    own("sign-out")
    ran = own("sign-out", door=rung.append)
    assert ran.out == "No token lies in the keyring.\n"
