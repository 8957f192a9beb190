"""What the windows may do to sign in, against the reference service and over a real installation."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import keyring
import pytest
from budget.faults import says, serving
from keyring.backends.fail import Keyring as FailKeyring
from made_keyring import MadeKeyring
from reference_service.trying import Trial, trial

from taximeter.budget.sign_in_entry import Session, read_entry
from taximeter.collect.installation import Installation
from taximeter.host import secrets
from taximeter.host.service_settings import ServiceSetting
from taximeter.host.trouble import Trouble
from taximeter.running.polling import keyholder
from taximeter.running.sign_in import SignInDesk
from taximeter.ui.signing_in import Choice, Connected, End, Ended, Granted, Offer, Place, Probe, SignIn, Waiting

TOKEN = "sk-made-up-0123456789"


@pytest.fixture(scope="module")
def running() -> Iterator[Trial]:
    with trial() as started:
        yield started


@pytest.fixture
def service(running: Trial) -> Trial:
    running.anew()
    return running


@pytest.fixture
def desktop() -> Iterator[MadeKeyring]:
    backend = MadeKeyring()
    keyring.set_keyring(backend)
    yield backend
    keyring.set_keyring(FailKeyring())  # type: ignore[no-untyped-call]


@pytest.fixture
def place(tmp_path: Path, service: Trial) -> Installation:
    found = Installation.find({"TAXIMETER_HOME": str(tmp_path), "TZ": "UTC"}, tmp_path)
    return replace(found, now=lambda: service.time[0])


@pytest.fixture
def told() -> list[str]:
    """What the poller was told."""
    return []


@pytest.fixture
def made(place: Installation, told: list[str]) -> SignInDesk:
    return SignInDesk(place, keyholder(place), lambda: told.append("token changed"))


@pytest.fixture
def steps(made: SignInDesk, service: Trial) -> SignIn:
    found = made.steps()
    found.connect(Choice("taximeter", service.url, "Acme", everything=False, agents=("one", "two")))
    return found


def let_in(service: Trial, steps: SignIn, *, allow: bool = True) -> Granted | Ended | Waiting:
    waiting = steps.begin()
    assert isinstance(waiting, Waiting)
    service.order("POST", f"devices/{waiting.code}", {"person": "ed", "allow": allow})
    service.time[0] = waiting.ask_at
    return steps.ask(waiting)


def test_an_address_is_asked_what_it_is(made: SignInDesk, service: Trial) -> None:
    steps = made.steps()
    assert steps.probe(f" {service.url}/ ") == Probe(
        service.url, "taximeter", "Reference budget service", "127.0.0.1")  # fmt: skip
    for odd in ("", "http://budget.example.com", "ftp://x", "https://me:secret@x", "https://x/?key=1"):
        assert steps.probe(odd) == Probe()
    with serving(says(404, b"{}")) as heard:
        assert steps.probe(f"http://127.0.0.1:{heard.port}").kind == ""
    assert dict(steps.kinds).keys() == {"taximeter", "litellm"}


def test_connecting_writes_what_was_chosen(
    made: SignInDesk, place: Installation, steps: SignIn, service: Trial
) -> None:
    assert place.settings().service == ServiceSetting("taximeter", service.url, "Acme", agents=("one", "two"))
    assert steps.connected() == Connected("Acme", "127.0.0.1", service.url)
    steps.connect(Choice("taximeter", service.url, "Acme", everything=True))
    assert place.settings().service == ServiceSetting("taximeter", service.url, "Acme", everything=True)
    with pytest.raises(Trouble):
        steps.connect(Choice("taximeter", "http://budget.example.com", "", everything=True))


def test_before_a_service_is_set_there_is_nothing_to_sign_in_to(made: SignInDesk, desktop: MadeKeyring) -> None:
    steps = made.steps()
    assert steps.connected() is None
    assert not made.asks_at_start()
    for step in (steps.offer, steps.begin, steps.forget):
        with pytest.raises(Trouble, match="No budget service is connected"):
            step()


def test_a_service_of_the_computer_is_told_as_such(made: SignInDesk, place: Installation, service: Trial) -> None:
    place.paths.machine_config.mkdir()
    place.paths.machine_settings_file.write_text(f'[service]\nkind = "taximeter"\norigin = "{service.url}"\n')
    found = made.steps().connected()
    assert found is not None
    assert not found.own


def test_the_whole_way_with_a_code(
    steps: SignIn, service: Trial, desktop: MadeKeyring, told: list[str], place: Installation
) -> None:
    assert steps.offer() == Offer(device=True, preferred=True, foreign=(), asks="taximeter")
    assert desktop.kept == {}
    granted = let_in(service, steps)
    assert isinstance(granted, Granted)
    assert steps.keep(granted, False) is Place.KEYRING
    assert told == ["token changed"]
    session = read_entry(desktop.kept["taximeter", service.url])
    assert isinstance(session, Session)
    for secret in (session.tokens.access, session.tokens.refresh):
        assert secret not in repr(granted)
        files = [file.read_bytes() for file in place.paths.data.rglob("*") if file.is_file()]
        assert not [content for content in files if secret.encode() in content]
    connected = steps.connected()
    assert connected is not None
    assert connected.place is Place.KEYRING
    steps.forget()
    assert desktop.kept == {}


def test_a_refusal_keeps_nothing(steps: SignIn, service: Trial, desktop: MadeKeyring) -> None:
    found = let_in(service, steps, allow=False)
    assert isinstance(found, Ended)
    assert found.end is End.DENIED
    assert desktop.kept == {}


def test_waiting_goes_on_with_what_was_learnt(steps: SignIn, service: Trial) -> None:
    first = steps.begin()
    assert isinstance(first, Waiting)
    again = steps.ask(first)
    assert isinstance(again, Waiting)
    third = steps.ask(again)
    assert isinstance(third, Waiting)
    assert (again.slow, third.slow, third.ask_at - service.time[0]) == (False, True, 10_000)
    assert "device_code" not in repr(third)


def test_without_a_safe_keyring_it_ends_with_the_app_and_is_asked_for_at_the_next_start(
    steps: SignIn, made: SignInDesk, service: Trial, place: Installation
) -> None:
    granted = let_in(service, steps)
    assert isinstance(granted, Granted)
    assert steps.keep(granted, False) is Place.MEMORY
    assert made.keys.token(place.settings().service)
    assert not made.asks_at_start()
    assert SignInDesk(place, keyholder(place), lambda: None).asks_at_start()
    steps.forget()
    assert not SignInDesk(place, keyholder(place), lambda: None).asks_at_start()


def test_a_demo_touches_no_keyring(made: SignInDesk, steps: SignIn, service: Trial, desktop: MadeKeyring) -> None:
    kept = replace(made, in_memory=True).steps().keep(Granted(service.url, TOKEN), False)
    assert (kept, desktop.kept) == (Place.MEMORY, {})


@pytest.mark.parametrize("typed", ["", "two words", "ключ", "x" * 20_000])
def test_what_is_no_token_is_not_kept(steps: SignIn, service: Trial, desktop: MadeKeyring, typed: str) -> None:
    with pytest.raises(Trouble, match="That is no token"):
        steps.keep(Granted(service.url, typed), False)
    assert desktop.kept == {}


def test_a_keyring_that_waits_for_a_password_is_left_behind_and_told(
    steps: SignIn, service: Trial, desktop: MadeKeyring, monkeypatch: pytest.MonkeyPatch
) -> None:
    typed = threading.Event()
    monkeypatch.setattr(MadeKeyring, "set_password", lambda *_: typed.wait(10))
    monkeypatch.setattr(secrets.store_token, "__defaults__", (0.1,))
    try:
        future = steps.submit(lambda: steps.keep(Granted(service.url, TOKEN), False))
        with pytest.raises(Trouble, match="did not answer within"):
            future.result(10)
    finally:
        typed.set()
    assert steps.keep(Granted(service.url, TOKEN), True) is Place.MEMORY


def test_a_variable_or_a_program_is_named_where_it_gives_the_token(
    place: Installation, steps: SignIn, service: Trial
) -> None:
    told = replace(place, env={**place.env, "TAXIMETER_TOKEN": TOKEN})
    found = SignInDesk(told, keyholder(told), lambda: None).steps().connected()
    assert found is not None
    assert (found.place, found.told_by) == (Place.VARIABLE, "TAXIMETER_TOKEN")


def test_a_service_that_does_not_answer_takes_a_token_all_the_same(made: SignInDesk) -> None:
    with serving(says(503)) as heard:
        steps = made.steps()
        steps.connect(Choice("taximeter", f"http://127.0.0.1:{heard.port}", "", everything=True))
        offer, begun = steps.offer(), steps.begin()
    assert offer == Offer(sentence="127.0.0.1 has trouble of its own")
    assert begun == Ended(End.FAILED, "127.0.0.1 has trouble of its own")
    steps.connect(Choice("litellm", "http://127.0.0.1:1", "", everything=True))
    assert steps.offer() == Offer()
