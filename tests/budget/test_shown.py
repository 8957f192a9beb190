"""What is shown of a service is what its poller kept, read another way."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from types import ModuleType

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from taximeter.budget import contract
from taximeter.budget.contract import Failure, Fault, Reading
from taximeter.budget.kept import Kept, recall, row_of
from taximeter.budget.latest import Known
from taximeter.budget.shown import BLOCKED, SIGNED_OUT, Shown, shown, told
from taximeter.domain.increase import IncreaseRequest
from taximeter.domain.quota import Outlook, Period, Quota, QuotaKind, QuotaState, Unit
from taximeter.ledger.services import ServiceRow, put_service

ORIGIN = "https://budget.example.com"
words = st.text(max_size=5)
readings = st.builds(
    Reading, quotas=st.lists(st.from_type(Quota), max_size=3).map(tuple), as_of=st.integers(0, 10**13), who=words,
    leads=st.booleans(), to_decide=st.integers(0, 9), can=st.frozensets(words, max_size=2),
    requests=st.lists(st.from_type(IncreaseRequest), max_size=2).map(tuple),
)  # fmt: skip
failures = st.none() | st.builds(Failure, st.sampled_from(Fault), words)


@pytest.fixture
def ledger(tmp_path: Path, made: ModuleType) -> Iterator[sqlite3.Connection]:
    connection = made.make(tmp_path / "ledger.db", [])
    yield connection
    connection.close()


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(st.none() | readings, failures, st.integers(0, 10**13))
def test_it_is_what_the_poller_kept(
    ledger: sqlite3.Connection, reading: Reading | None, failure: Failure | None, polled_at: int
) -> None:
    put_service(ledger, ORIGIN, row_of(Kept(Known(reading, failure), polled_at, 1)))
    known, kept = shown(ledger, ORIGIN), recall(ledger, ORIGIN)
    assert known.quotas == kept.known.quotas
    assert (known.polled_at, known.read) == (kept.polled_at, kept.known.reading is not None)
    assert (known.fault, known.sentence) == (("", "") if failure is None else (failure.fault.value, failure.sentence))
    if reading is not None:
        assert (known.who, known.leads, known.to_decide) == (reading.who, reading.leads, reading.to_decide)
        assert (known.requests, known.can) == (reading.requests, reading.can)


@pytest.mark.parametrize("written", [b"", b"{}", b'{"reading": {"quotas": [{"id": 1}]}, "failure": null}', b"\xff"])
def test_what_another_version_wrote_is_as_good_as_nothing(ledger: sqlite3.Connection, written: bytes) -> None:
    put_service(ledger, ORIGIN, ServiceRow(written, 5, 0))
    assert shown(ledger, ORIGIN) == Shown()
    assert shown(ledger, "https://other.example.com") == Shown()


def test_the_faults_are_the_contracts() -> None:
    assert {fault.value for fault in contract.SIGNED_OUT} == SIGNED_OUT
    assert Fault.BLOCKED.value == BLOCKED


@pytest.mark.parametrize(
    ("fault", "age", "state"),
    [
        (Fault.UNAVAILABLE, 14 * 60_000, QuotaState.OK),
        (Fault.UNAVAILABLE, 16 * 60_000, QuotaState.OFFLINE),
        (Fault.UNAUTHENTICATED, 0, QuotaState.SIGNED_OUT),
    ],
)
def test_a_service_that_fails_for_a_while_is_offline(fault: Fault, age: int, state: QuotaState) -> None:
    now = 10**12
    quota = Quota("key", "Key", QuotaKind.LITELLM, Unit.MONEY, "USD", 100, 1, 0, 0, Period(0, 2 * now), now - age)
    seen = Outlook(quota, QuotaState.OK, None, forecast_known=False, even_pace=None, binds=True)
    assert told(seen, fault, now).state is state
    assert told(seen, "", now).state is QuotaState.OK
    suspended = replace(seen, quota=replace(quota, suspended=True), state=QuotaState.SPENT)
    assert told(suspended, fault, now).state is QuotaState.SPENT
