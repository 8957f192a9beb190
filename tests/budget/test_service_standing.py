"""What the windows learn of the service beside its figures."""

import sqlite3
from collections.abc import Iterator
from pathlib import Path
from types import ModuleType

import pytest

from taximeter.budget.contract import Failure, Fault, Reading
from taximeter.budget.kept import Kept, row_of
from taximeter.budget.latest import Known
from taximeter.budget.service_standing import service_standing
from taximeter.domain.increase import IncreaseRequest, RequestStatus
from taximeter.domain.quota import Unit
from taximeter.host.service_settings import ServiceSetting
from taximeter.ledger.readmodels_service import ServiceStanding, ServiceState
from taximeter.ledger.services import put_service

SETTING = ServiceSetting("litellm", "https://budget.example.com:4000/proxy")
HOST = "budget.example.com"


@pytest.fixture
def ledger(tmp_path: Path, made: ModuleType) -> Iterator[sqlite3.Connection]:
    connection = made.make(tmp_path / "ledger.db", [])
    yield connection
    connection.close()


def told(ledger: sqlite3.Connection, kept: Kept) -> ServiceStanding | None:
    put_service(ledger, SETTING.origin, row_of(kept))
    return service_standing(ledger, SETTING)


def test_without_a_service_there_is_nothing_to_say(ledger: sqlite3.Connection) -> None:
    assert service_standing(ledger, ServiceSetting()) is None


def test_a_service_that_was_never_asked_has_not_failed(ledger: sqlite3.Connection) -> None:
    assert service_standing(ledger, SETTING) == ServiceStanding(HOST, ServiceState.NOT_ASKED)


def test_a_service_is_called_as_the_settings_call_it(ledger: sqlite3.Connection) -> None:
    found = service_standing(ledger, SETTING._replace(name="Example gateway"))
    assert found is not None
    assert found.name == "Example gateway"


def test_a_good_answer_is_told_with_its_time(ledger: sqlite3.Connection) -> None:
    found = told(ledger, Kept(Known(Reading((), 5000)), polled_at=6000))
    assert found == ServiceStanding(HOST, ServiceState.ANSWERED, 6000, "", read=True)


def test_what_it_tells_beside_its_figures_is_handed_on(ledger: sqlite3.Connection) -> None:
    request = IncreaseRequest("r", "service:b", "Ed", Unit.TOKENS, "", 5, "", None, RequestStatus.PENDING, 1000)
    reading = Reading((), 5000, who="Ed", leads=True, to_decide=2, requests=(request,), can=frozenset({"team"}))
    found = told(ledger, Kept(Known(reading, Failure(Fault.TIMED_OUT, "")), polled_at=6000))
    assert found is not None
    assert (found.who, found.leads, found.to_decide, found.requests) == ("Ed", True, 2, (request,))
    assert found.can == {"team"}


@pytest.mark.parametrize(
    ("fault", "state"),
    [(Fault.UNAUTHENTICATED, ServiceState.SIGNED_OUT), (Fault.FORBIDDEN, ServiceState.SIGNED_OUT),
     (Fault.BLOCKED, ServiceState.BLOCKED), (Fault.TIMED_OUT, ServiceState.FAILED),
     (Fault.UNREADABLE, ServiceState.FAILED)],
)  # fmt: skip
def test_a_failure_is_told_by_what_a_person_can_do(
    ledger: sqlite3.Connection, fault: Fault, state: ServiceState
) -> None:
    found = told(ledger, Kept(Known(failure=Failure(fault, "It did not go well.")), polled_at=6000, failures=1))
    assert found == ServiceStanding(HOST, state, 6000, "It did not go well", read=False)
