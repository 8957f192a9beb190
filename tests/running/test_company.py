"""The running app asks the company's service for more, on a thread of its own, and shows at once what became of it."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path

import pytest
from budget.faults import serving, waits
from reference_service.trying import Trial, trial

from taximeter.collect.installation import Installation
from taximeter.domain.increase import Decision, RequestStatus, Wish
from taximeter.host.secrets import VARIABLE
from taximeter.host.trouble import Trouble
from taximeter.ledger.readmodels_service import ServiceStanding
from taximeter.running.app import RunningApp
from taximeter.ui.desk import Desk

SOON = 10.0
NANO = 10**9


@pytest.fixture
def service() -> Iterator[Trial]:
    with trial() as started:
        yield started


@contextmanager
def app_of(service: Trial, person: str, folder: Path) -> Iterator[Desk]:
    env = {"TAXIMETER_HOME": str(folder), "TZ": "UTC", VARIABLE: service.tokens[person]}
    place = replace(Installation.find(env, folder), now=lambda: service.time[0])
    place.paths.settings_file.parent.mkdir(parents=True, exist_ok=True)
    place.paths.settings_file.write_text(f'[service]\nkind = "taximeter"\norigin = "{service.url}"\n')
    desk = RunningApp(place, place.names()).desk()
    desk.start(lambda _payload: None)
    try:
        desk.freshen()
        yield desk
    finally:
        desk.stop()


def until(desk: Desk, what: Callable[[ServiceStanding], object]) -> ServiceStanding:
    end = time.monotonic() + SOON
    while (found := desk.snapshot().service) is None or not what(found):
        assert time.monotonic() < end, found
        time.sleep(0.01)
    return found


def test_what_was_asked_and_decided_is_shown_without_waiting_for_the_next_turn(service: Trial, tmp_path: Path) -> None:
    with app_of(service, "ed", tmp_path / "ed") as ed, app_of(service, "mia", tmp_path / "mia") as mia:
        found = until(ed, lambda one: one.read)
        assert (found.who, found.leads, "increase_requests" in found.can) == ("Ed Ito", False, True)
        wish = Wish("service:ed-month", 20_000 * NANO, "Migration.")
        asked = ed.company.submit(lambda: ed.company.ask(wish)).result(SOON)
        assert until(ed, lambda one: one.requests).requests == (asked,)
        until(mia, lambda one: one.read)
        (row,) = mia.company.submit(lambda: mia.company.team("Ed Ito", "")).result(SOON).people
        assert row == ed.company.submit(ed.company.mine).result(SOON)
        mia.company.submit(lambda: mia.company.decide(asked.id, Decision(approve=True))).result(SOON)
        again = ed.company.submit(lambda: ed.company.ask(replace(wish, amount=NANO))).result(SOON)
        ed.company.submit(lambda: ed.company.withdraw(again.id)).result(SOON)
        shown = until(ed, lambda one: len(one.requests) == 2 and one.requests[0].status is RequestStatus.CANCELLED)
        assert shown.requests[1].approved == 20_000 * NANO


def test_a_refusal_comes_back_to_who_asked(service: Trial, tmp_path: Path) -> None:
    with app_of(service, "ed", tmp_path) as ed:
        until(ed, lambda one: one.read)
        future = ed.company.submit(lambda: ed.company.withdraw("r-99"))
        with pytest.raises(Trouble, match="No such request"):
            future.result(SOON)
    assert not [thread for thread in threading.enumerate() if thread.name.startswith("errands")]


def test_the_end_of_the_app_hangs_up_on_a_service_that_says_nothing(tmp_path: Path) -> None:
    env = {"TAXIMETER_HOME": str(tmp_path), "TZ": "UTC", VARIABLE: "sk-made-up-0123456789"}
    place = Installation.find(env, tmp_path)
    place.paths.settings_file.parent.mkdir(parents=True, exist_ok=True)
    with serving(waits) as heard:
        told = f'[service]\nkind = "taximeter"\norigin = "http://127.0.0.1:{heard.port}"\n'
        place.paths.settings_file.write_text(told)
        desk = RunningApp(place, place.names()).desk()
        future = desk.company.submit(desk.company.mine)
        while not heard.requests:
            time.sleep(0.01)
        desk.stop()
        assert future.done(), "the errand went on after the end"
        with pytest.raises(Trouble, match="did not answer in time"):
            future.result()
