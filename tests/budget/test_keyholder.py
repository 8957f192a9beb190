"""Who has the token: it is renewed in time and once, kept before it is used, and goes where it was meant to go."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import keyring
import pytest
from budget.faults import reply, says, serving, waits
from budget.signing import signed_in
from keyring.backends.fail import Keyring as FailKeyring
from made_keyring import MadeKeyring
from reference_service.trying import Trial, trial

from taximeter.budget import client
from taximeter.budget.client import Address, visit
from taximeter.budget.contract import Call, Failure, Fault, Outcome
from taximeter.budget.device_flow import Tokens
from taximeter.budget.keyholder import Keyholder, NotRenewed, Place, asked_as
from taximeter.budget.sign_in_entry import Pasted, Session, entry_of, read_entry
from taximeter.host.secrets import NoSafeKeyring, stored_origins
from taximeter.host.service_settings import ServiceSetting

HOUR = 3_600_000
TOKEN = "sk-made-up-0123456789"
MINE = Call("mine", "/v1/me/budgets")


@pytest.fixture(scope="module")
def running() -> Iterator[Trial]:
    with trial() as started:
        yield started


@pytest.fixture
def service(running: Trial) -> Trial:
    running.anew()
    return running


@pytest.fixture(autouse=True)
def impatient(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(client, "STEP_TIMEOUT", 0.5)


@pytest.fixture
def desktop() -> Iterator[MadeKeyring]:
    backend = MadeKeyring()
    keyring.set_keyring(backend)
    yield backend
    keyring.set_keyring(FailKeyring())  # type: ignore[no-untyped-call]


@pytest.fixture
def keys(service: Trial, tmp_path: Path) -> Keyholder:
    return Keyholder({}, tmp_path / "data" / "signed-in", lambda: service.time[0])


@pytest.fixture
def setting(service: Trial) -> ServiceSetting:
    return ServiceSetting("taximeter", service.url)


def mine(service: Trial, token: str) -> Outcome:
    with visit(Address(service.url), token, lambda: service.time[0]) as ask:
        return ask(MINE)


def asked(keys: Keyholder, service: Trial, setting: ServiceSetting) -> Outcome:
    return asked_as(keys, setting, lambda token: mine(service, token))


def renewals(service: Trial) -> int:
    calls = service.client.get(f"{service.url}/-/calls", headers={"Authorization": f"Bearer {service.desk_token}"})
    return [call["path"] for call in calls.json()].count("/oauth/token")


def test_an_entry_is_one_word_and_is_read_as_it_was_written() -> None:
    session = Session(Tokens("a", "r", 5), "https://login.example.com/token", "a client of ours")
    entry = entry_of(session)
    assert " " not in entry
    assert read_entry(entry) == session
    assert read_entry(TOKEN) == Pasted(TOKEN)
    assert TOKEN not in repr(Pasted(TOKEN))


@pytest.mark.parametrize(
    "entry", ["{", "{}", '{"access_token":"a"}', entry_of(Session(Tokens("a", "r", 1), "", ""))[:-3]]
)
def test_half_an_entry_is_sent_nowhere(entry: str) -> None:
    assert read_entry(entry) is None


def test_a_renewal_goes_to_a_safe_address_or_is_not_made() -> None:
    session = read_entry(entry_of(Session(Tokens("a", "r", 5), "http://login.example.com/token", "x")))
    assert isinstance(session, Session)
    assert not session.can_be_renewed


def test_a_pasted_token_is_used_as_it_is(keys: Keyholder, setting: ServiceSetting, desktop: MadeKeyring) -> None:
    assert keys.place(setting) is Place.NOWHERE
    assert keys.keep(setting.origin, TOKEN) is Place.KEYRING
    assert (keys.token(setting), keys.place(setting)) == (TOKEN, Place.KEYRING)
    assert keys.renewed(setting, TOKEN) is None


def test_a_token_that_ends_soon_is_renewed_and_the_new_pair_is_kept_before_it_is_used(
    service: Trial, keys: Keyholder, setting: ServiceSetting, desktop: MadeKeyring
) -> None:
    session = signed_in(service)
    keys.keep(setting.origin, entry_of(session))
    assert keys.token(setting) == session.tokens.access
    service.time[0] = session.tokens.expires_at - 30_000
    new = keys.token(setting)
    kept = read_entry(desktop.kept["taximeter", setting.origin])
    assert isinstance(kept, Session)
    assert new == kept.tokens.access != session.tokens.access
    assert kept.tokens.refresh != session.tokens.refresh
    assert (kept.token_endpoint, kept.client_id) == (session.token_endpoint, session.client_id)
    assert keys.token(setting) == new
    assert not isinstance(mine(service, new), Failure)


def test_a_refused_token_is_renewed_once_and_the_question_asked_again(
    service: Trial, keys: Keyholder, setting: ServiceSetting, desktop: MadeKeyring
) -> None:
    keys.keep(setting.origin, entry_of(signed_in(service)))
    service.store.database.execute("UPDATE session SET expires_at = 0")
    before = renewals(service)
    assert not isinstance(asked(keys, service, setting), Failure)
    assert renewals(service) - before == 1
    service.order("PUT", "faults", [{"path": "/v1/me", "times": 2, "status": 401}])
    refused = asked(keys, service, setting)
    assert isinstance(refused, Failure)
    assert refused.fault is Fault.UNAUTHENTICATED
    assert renewals(service) - before == 2


def test_who_is_no_longer_let_in_is_signed_out_visibly(
    service: Trial, keys: Keyholder, setting: ServiceSetting, desktop: MadeKeyring
) -> None:
    keys.keep(setting.origin, entry_of(signed_in(service)))
    service.store.database.execute("DELETE FROM session")
    refused = asked(keys, service, setting)
    assert isinstance(refused, Failure)
    assert (refused.fault, refused.sentence) == (
        Fault.UNAUTHENTICATED, "127.0.0.1 has ended the sign-in: sign in again")  # fmt: skip
    assert (refused.call.body, refused.body) == (b"", b"")
    assert desktop.kept == {}
    assert keys.place(setting) is Place.NOWHERE
    later = asked(keys, service, setting)
    assert isinstance(later, Failure)
    assert later.sentence == "Nobody is signed in to the budget service"


@pytest.mark.parametrize("script", [waits, says(503), says(200, b"{}"), says(400, b'{"error": "invalid_client"}')])
def test_a_provider_that_cannot_answer_takes_nothing_away(
    service: Trial, keys: Keyholder, setting: ServiceSetting, desktop: MadeKeyring, script: object
) -> None:
    with serving(script) as heard:  # type: ignore[arg-type]
        session = replace(signed_in(service), token_endpoint=f"http://127.0.0.1:{heard.port}/token")
        keys.keep(setting.origin, entry_of(session))
        service.time[0] = session.tokens.expires_at - 30_000
        assert keys.token(setting) == session.tokens.access
        service.time[0] = session.tokens.expires_at
        with pytest.raises(NotRenewed) as caught:
            keys.token(setting)
        told = asked(keys, service, setting)
    assert isinstance(told, Failure)
    assert session.tokens.refresh not in repr(told) + repr(caught.value.failure)
    assert read_entry(desktop.kept["taximeter", setting.origin]) == session


def test_each_token_goes_to_one_address_alone(
    service: Trial, keys: Keyholder, setting: ServiceSetting, desktop: MadeKeyring
) -> None:
    given = reply(200, b'{"access_token": "second", "token_type": "Bearer", "refresh_token": "r2"}')
    with serving(lambda wire: wire.sendall(given)) as provider, serving(says(401)) as origin:
        here = ServiceSetting("taximeter", f"http://127.0.0.1:{origin.port}")
        session = Session(Tokens("first", "r1", 0), f"http://127.0.0.1:{provider.port}/token", "taximeter")
        keys.keep(here.origin, entry_of(session))

        def ask(token: str) -> Outcome:
            with visit(Address(here.origin), token, lambda: service.time[0]) as call:
                return call(MINE)

        assert isinstance(asked_as(keys, here, ask), Failure)
    assert [("first" in one, "second" in one) for one in origin.requests] == [(True, False), (False, True)]
    assert not [word for word in ("r1", "r2", "refresh") if word in origin.all]
    assert not [word for word in ("first", "second", "authorization") if word in provider.all.lower()]


def test_two_who_find_it_at_its_end_renew_it_once(
    service: Trial, keys: Keyholder, setting: ServiceSetting, desktop: MadeKeyring
) -> None:
    session = signed_in(service)
    keys.keep(setting.origin, entry_of(session))
    service.time[0] = session.tokens.expires_at
    before = renewals(service)
    other = replace(keys, held={})
    found: list[str | None] = []
    threads = [threading.Thread(target=lambda one=one: found.append(one.token(setting))) for one in (keys, other) * 2]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(set(found)) == 1
    assert renewals(service) - before == 1


def test_a_provider_that_rotates_nothing_is_asked_with_the_old_one(keys: Keyholder, desktop: MadeKeyring) -> None:
    given = reply(200, b'{"access_token": "second", "token_type": "Bearer", "expires_in": 60}')
    with serving(lambda wire: wire.sendall(given)) as provider:
        session = Session(Tokens("first", "r1", 1), f"http://127.0.0.1:{provider.port}/token", "taximeter")
        keys.keep("https://budget.example.com", entry_of(session))
        assert keys.token(ServiceSetting("taximeter", "https://budget.example.com")) == "second"
    kept = read_entry(desktop.kept["taximeter", "https://budget.example.com"])
    assert isinstance(kept, Session)
    assert kept.tokens.refresh == "r1"


def test_without_a_safe_keyring_it_is_held_until_the_end_and_asked_for_at_each_start(
    service: Trial, keys: Keyholder, setting: ServiceSetting
) -> None:
    entry = entry_of(signed_in(service))
    with pytest.raises(NoSafeKeyring):
        keys.keep(setting.origin, entry)
    assert keys.place(setting) is Place.NOWHERE
    assert keys.keep(setting.origin, entry, in_memory=True) is Place.MEMORY
    assert not isinstance(asked(keys, service, setting), Failure)
    service.time[0] += HOUR
    assert not isinstance(asked(keys, service, setting), Failure)
    files = [file.read_text("utf-8") for file in keys.marker.parent.iterdir() if file.is_file()]
    assert not [text for text in files if "token" in text]
    assert stored_origins(keys.marker) == set()
    assert not keys.asks_at_start(setting)
    started = replace(keys, held={})
    assert (started.place(setting), started.asks_at_start(setting)) == (Place.NOWHERE, True)
    started.forget(setting.origin)
    assert not started.asks_at_start(setting)


def test_a_keyring_that_takes_no_renewed_pair_loses_none(
    service: Trial, keys: Keyholder, setting: ServiceSetting, desktop: MadeKeyring, expected_log: object,
    monkeypatch: pytest.MonkeyPatch,
) -> None:  # fmt: skip
    assert callable(expected_log)
    expected_log("the renewed sign-in is kept until the app ends")
    session = signed_in(service)
    keys.keep(setting.origin, entry_of(session))

    def locked(*_: object) -> None:
        raise keyring.errors.KeyringLocked

    monkeypatch.setattr(MadeKeyring, "set_password", locked)
    service.time[0] = session.tokens.expires_at
    new = keys.token(setting)
    assert new not in (None, session.tokens.access)
    assert (keys.token(setting), keys.place(setting)) == (new, Place.MEMORY)


def test_what_is_told_by_the_environment_is_neither_renewed_nor_looked_up(
    keys: Keyholder, setting: ServiceSetting
) -> None:
    told = replace(keys, env={"TAXIMETER_TOKEN": TOKEN})
    assert (told.token(setting), told.place(setting)) == (TOKEN, Place.VARIABLE)
    assert told.renewed(setting, TOKEN) is None
    assert keys.place(setting._replace(token_command=("pass", "x"))) is Place.COMMAND
