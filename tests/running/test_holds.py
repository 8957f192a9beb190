"""What is set aside at the company's service for a launch: once, at its upper end, and freed when it is over."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Iterator
from concurrent.futures import Future
from contextlib import closing, contextmanager
from pathlib import Path
from typing import Any

import pytest
from ledger.launches import asked, foreseen, spend
from reference_service.trying import NOON, Trial, trial

from taximeter.budget.client import Address, visit
from taximeter.budget.contract import Reading
from taximeter.budget.errands import Errands
from taximeter.budget.kept import Kept, recall, row_of, source_of
from taximeter.budget.latest import Known, after, poll
from taximeter.budget.neutral import SERVICE
from taximeter.budget.poller import Ways
from taximeter.budget.shown import service_quotas, shown
from taximeter.domain.forecast import Told
from taximeter.domain.holds import with_holds
from taximeter.domain.launch import Answer, Kind, Question, Severity, Source, Verb, Verdict
from taximeter.domain.quota import Quota
from taximeter.domain.reading import RunEnd
from taximeter.guard.judging import Record
from taximeter.host.service_settings import ServiceSetting
from taximeter.ledger.opening import open_writing
from taximeter.ledger.queries_holds import open_holds
from taximeter.ledger.questions import put_answer, put_question
from taximeter.ledger.service_holds import hold_trouble, placed_holds
from taximeter.ledger.services import put_service
from taximeter.running.holds import REST_MS, HoldsDesk

NANO = 10**9
MINUTE = 60_000
MIDDLE = 150 * NANO
"""Of the forecast, whose upper end is twice that."""


class House:
    """A desk of holds over a real ledger, for somebody who is signed in at the service."""

    def __init__(self, service: Trial, ledger: sqlite3.Connection, person: str = "ed", *, covers: bool = True) -> None:
        self.service, self.ledger, self.person = service, ledger, person
        self.setting = ServiceSetting("taximeter", service.url, everything=covers)
        ways = Ways(lambda: self.setting, lambda _: service.tokens[person], lambda origin: recall(ledger, origin),
                    lambda job: job(ledger), lambda: None, self.now, lambda: "a computer")  # fmt: skip
        self.errands = 0
        self.desk = HoldsDesk(ways, Errands(ways.setting, ways, ways.recall, ways.now), self.submit, self.reading)

    def now(self) -> int:
        return self.service.time[0]

    def submit(self, work: Callable[[], Any], /) -> Future[Any]:
        self.errands += 1
        future: Future[Any] = Future()
        future.set_result(work())
        return future

    @contextmanager
    def reading(self) -> Iterator[sqlite3.Connection]:
        yield self.ledger

    def polled(self) -> Quota:
        """Ed's month, as the service tells it now and this computer shows it."""
        memory = recall(self.ledger, self.setting.origin).known.memory
        with visit(Address(self.service.url), self.service.tokens[self.person], self.now, 10) as ask:
            found = poll(SERVICE, ask, memory, source_of(self.setting), self.now())
        assert isinstance(found, Reading), found
        put_service(self.ledger, self.setting.origin, row_of(Kept(after(Known(), found), self.now())))
        return self.shown()

    def shown(self) -> Quota:
        """The same, from what the ledger keeps."""
        known = shown(self.ledger, self.setting.origin)
        quotas = service_quotas(self.ledger, self.setting.origin, known, "USD", self.now())
        held = with_holds(quotas, open_holds(self.ledger, self.now()), self.now())
        return next(quota for quota in held if quota.id == f"service:{self.person}-month")

    def launch(self, id: str = "q1", answer: Answer = Answer(Verb.RUN), agents: int = 2, middle: int = MIDDLE) -> None:
        """A launch that was asked about is answered."""
        put_question(self.ledger, asked(id, self.now(), f"c-{id}", agents=agents, middle=middle))
        put_answer(self.ledger, id, answer, self.now())
        told = Told(foreseen(agents, middle), None, 0, 0)
        question = Question(id, "one", "s", "shop", Source.CALLS, (Kind("Explore", "m", agents),), agents, 0, False,
                            told.forecast, Verdict(Severity.AMBER, (), 1, None), "USD", self.now(), 0,
                            Verb.RUN)  # fmt: skip
        self.desk.answered(Record(question, told, "p1", (f"c-{id}",), "ask", answer, self.now()))

    def held(self) -> int:
        """By the service, of the month, in all."""
        budgets = self.service.get(self.person, "/v1/me/budgets").json()["budgets"]
        return next(int(float(one["held"]) * NANO) for one in budgets if one["id"] == f"{self.person}-month")


@pytest.fixture(scope="module")
def running() -> Iterator[Trial]:
    with trial() as started:
        yield started


@pytest.fixture
def house(running: Trial, tmp_path: Path) -> Iterator[House]:
    running.anew()
    with closing(open_writing(tmp_path / "ledger.db")) as ledger:
        yield House(running, ledger)


def test_the_upper_end_is_set_aside_once_and_freed_when_the_launch_is_over(house: House) -> None:
    house.polled()
    house.launch()
    assert house.held() == 2 * MIDDLE
    (placed,) = placed_holds(house.ledger, house.setting.origin)
    assert (placed.launch, placed.amount, placed.quotas) == ("q1", 2 * MIDDLE, ("service:ed-month",))
    house.launch()
    assert house.held() == 2 * MIDDLE
    spend(house.ledger, "r1", 60 * NANO, start=NOON + 1_000, call="c-q1", launch="m")
    house.service.time[0] += 2_000
    house.desk.ledger_changed()
    assert house.held() == 2 * MIDDLE
    ended = NOON + 10_000
    spend(house.ledger, "r1", 60 * NANO, start=NOON + 1_000, call="c-q1", launch="m", end=RunEnd.FINISHED,
          told_at=ended)  # fmt: skip
    house.service.time[0] = ended + MINUTE
    house.desk.ledger_changed()
    assert house.held() == 0
    assert placed_holds(house.ledger, house.setting.origin)[0].settled_at == house.now()
    done = house.errands
    house.service.time[0] += MINUTE
    house.desk.ledger_changed()
    assert house.errands == done


def test_what_the_service_holds_for_a_launch_is_taken_off_once(house: House) -> None:
    whole = house.polled().remaining
    assert whole is not None
    house.launch()
    assert house.shown().remaining == whole - MIDDLE
    house.service.time[0] += MINUTE
    told = house.polled()
    assert (told.held, told.held_for) == (2 * MIDDLE, (("q1", 2 * MIDDLE),))
    assert told.remaining == whole - 2 * MIDDLE
    spend(house.ledger, "r1", 200 * NANO, start=NOON + MINUTE, call="c-q1", launch="m")
    spend(house.ledger, "alone", 50 * NANO, start=NOON + MINUTE, session="other", main=True)
    house.service.time[0] += MINUTE
    assert house.shown().remaining == whole - 2 * MIDDLE
    spend(house.ledger, "more", 120 * NANO, start=NOON + MINUTE, session="third", main=True)
    assert house.shown().remaining == whole - 370 * NANO
    assert house.shown().not_billed == 70 * NANO


def test_after_it_is_settled_the_figure_that_still_holds_it_is_not_taken_for_the_rest(house: House) -> None:
    whole = house.polled().remaining
    assert whole is not None
    house.launch()
    house.service.time[0] += MINUTE
    house.polled()
    spend(house.ledger, "r1", 60 * NANO, start=NOON + MINUTE, call="c-q1", launch="m", end=RunEnd.FINISHED,
          told_at=NOON + 2 * MINUTE)  # fmt: skip
    house.service.time[0] += 5 * MINUTE
    house.desk.ledger_changed()
    assert house.held() == 0
    assert house.shown().remaining == whole - 2 * MIDDLE
    house.service.order("POST", "spend", {"budget_id": "ed-month", "amount": "60"})
    house.service.time[0] += MINUTE
    assert house.polled().remaining == whole - 60 * NANO


@pytest.mark.parametrize(
    ("person", "covers", "capabilities", "answer", "middle"),
    [
        ("ed", True, ["team"], Answer(Verb.RUN), MIDDLE),
        ("wei", True, ["holds"], Answer(Verb.RUN), MIDDLE),
        ("ben", False, ["holds"], Answer(Verb.RUN), MIDDLE),
        ("ed", True, ["holds"], Answer(Verb.STOP), MIDDLE),
        ("ed", True, ["holds"], Answer(Verb.EXPIRED, 0), MIDDLE),
    ],
)
def test_nothing_is_set_aside_where_nothing_could_or_should_be(
    house: House, person: str, covers: bool, capabilities: list[str], answer: Answer, middle: int
) -> None:
    house.service.order("PATCH", "service", {"capabilities": capabilities})
    one = House(house.service, house.ledger, person, covers=covers)
    one.polled()
    one.launch(answer=answer, middle=middle)
    assert one.held() == 0
    assert (placed_holds(house.ledger, one.setting.origin), hold_trouble(house.ledger)) == ((), None)


def test_it_ends_by_this_computers_clock_where_the_services_is_wrong(house: House) -> None:
    house.service.order("PATCH", "service", {"skew_seconds": -7200})
    house.polled()
    house.launch()
    (placed,) = placed_holds(house.ledger, house.setting.origin)
    assert placed.ends_at == placed.placed_at + 120 * MINUTE


def test_a_limit_holds_for_those_that_may_run(house: House) -> None:
    house.polled()
    told = Told(foreseen(2), None, 0, 0)
    put_question(house.ledger, asked("q1", NOON))
    question = Question("q1", "one", "s", "shop", Source.CALLS, (Kind("Explore", "m", 2),), 2, 0, False, told.forecast,
                        Verdict(Severity.AMBER, (), 1, None), "USD", NOON, 0, Verb.RUN)  # fmt: skip
    allowed = Told(foreseen(1, 5 * NANO), None, 0, 0)
    record = Record(question, told, "p1", (), "ask", None, 0)
    house.desk.answered(record)
    assert house.errands == 0
    house.desk.answered(record._replace(answer=Answer(Verb.LIMIT, 1), answered_at=NOON, allowed=allowed))
    assert house.held() == 10 * NANO


def test_a_service_that_refuses_changes_nothing_but_the_doctors_line(house: House) -> None:
    whole = house.polled()
    house.launch(middle=10**15)
    assert hold_trouble(house.ledger) == (NOON, "Not enough is left. 118597.5 USD are left")
    assert placed_holds(house.ledger, house.setting.origin) == ()
    house.launch("q2")
    assert hold_trouble(house.ledger) is None
    assert whole.held == 0


def test_a_hold_that_cannot_be_settled_is_left_alone_for_a_while_and_ends_by_itself(house: House) -> None:
    house.polled()
    house.launch()
    house.service.time[0] += 11 * MINUTE
    house.service.order("PUT", "faults", [{"path": "/v1/holds", "times": 9, "status": 500, "body": "{}"}])
    house.desk.ledger_changed()
    found = hold_trouble(house.ledger)
    assert found is not None
    assert "has trouble of its own" in found[1]
    done = house.errands
    house.service.time[0] += MINUTE
    house.desk.ledger_changed()
    assert house.errands == done
    house.service.order("PUT", "faults", [])
    house.service.time[0] += REST_MS
    house.desk.ledger_changed()
    assert house.held() == 0
