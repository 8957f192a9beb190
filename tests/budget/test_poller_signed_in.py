"""The poller over a sign-in that ends: it goes on by itself, and says so when it cannot."""

from __future__ import annotations

import sqlite3
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path

import keyring
import pytest
from budget.signing import signed_in
from keyring.backends.fail import Keyring as FailKeyring
from made_keyring import MadeKeyring
from reference_service.trying import Trial, trial

from taximeter.budget.contract import Fault
from taximeter.budget.kept import Kept, recall
from taximeter.budget.keyholder import Keyholder
from taximeter.budget.poller import Poller, Ways
from taximeter.budget.sign_in_entry import entry_of
from taximeter.host.service_settings import ServiceSetting
from taximeter.ledger.opening import open_writing

DEADLINE = 10.0


@pytest.fixture
def service() -> Iterator[Trial]:
    with trial() as started:
        yield started


@pytest.fixture
def keys(service: Trial, tmp_path: Path) -> Iterator[Keyholder]:
    keyring.set_keyring(MadeKeyring())
    yield Keyholder({}, tmp_path / "signed-in", lambda: service.time[0])
    keyring.set_keyring(FailKeyring())  # type: ignore[no-untyped-call]


@pytest.fixture
def polled(service: Trial, keys: Keyholder, tmp_path: Path) -> Iterator[Callable[[Callable[[Kept], bool]], Kept]]:
    """Starts the poller at the first call; what is kept once it is so."""
    setting, lock = ServiceSetting("taximeter", service.url, everything=True), threading.Lock()
    with closing(open_writing(tmp_path / "ledger.db")) as ledger:

        def kept(origin: str) -> Kept:
            with lock:
                return recall(ledger, origin)

        def write(job: Callable[[sqlite3.Connection], None]) -> None:
            with lock:
                job(ledger)

        ways = Ways(setting=lambda: setting, token=keys.token, renewed=keys.renewed, recall=kept, write=write,
                    last_activity=lambda: None, now=lambda: service.time[0], id=lambda: "name")  # fmt: skip
        poller = Poller(ways)
        started: list[bool] = []

        def until(what: Callable[[Kept], bool]) -> Kept:
            if not started:
                poller.start()
                started.append(True)
            poller.ask()
            end = time.monotonic() + DEADLINE
            while not what(found := kept(setting.origin)):
                assert time.monotonic() < end
                time.sleep(0.01)
            return found

        yield until
        poller.stop()


def test_a_session_that_has_ended_is_renewed_and_the_figures_are_read(
    service: Trial, keys: Keyholder, polled: Callable[[Callable[[Kept], bool]], Kept]
) -> None:
    keys.keep(service.url, entry_of(signed_in(service)))
    first = polled(lambda kept: kept.known.reading is not None)
    assert first.known.reading is not None
    assert first.known.reading.who == "Ed Ito"
    service.time[0] += 2 * 3_600_000
    later = polled(lambda kept: kept.polled_at >= service.time[0])
    assert later.known.failure is None


def test_an_ended_sign_in_is_told_and_the_last_figures_stay(
    service: Trial, keys: Keyholder, polled: Callable[[Callable[[Kept], bool]], Kept]
) -> None:
    keys.keep(service.url, entry_of(signed_in(service)))
    polled(lambda kept: kept.known.reading is not None)
    service.store.database.execute("DELETE FROM session")
    service.time[0] += 60_000
    out = polled(lambda kept: kept.known.failure is not None)
    assert out.known.failure is not None
    assert (out.known.failure.fault, out.known.failure.sentence) == (
        Fault.UNAUTHENTICATED, "127.0.0.1 has ended the sign-in: sign in again")  # fmt: skip
    assert out.known.quotas
    secrets = [row for row in ("refresh_token", "access_token") if row in repr(out)]
    assert not secrets
