"""The poller: asks when it is time or when somebody looks, keeps what was told, and ends."""

from __future__ import annotations

import json
import sqlite3
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import closing
from dataclasses import replace
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest
from budget.faults import serving, waits

from taximeter.budget.contract import Failure, Fault, Memory
from taximeter.budget.kept import Kept, recall
from taximeter.budget.latest import Known
from taximeter.budget.poller import Poller, Ways, _has_to_wait
from taximeter.domain.poll_state import NextPoll, Reason
from taximeter.host.service_settings import ServiceSetting
from taximeter.host.trouble import Trouble
from taximeter.ledger.opening import open_writing

DEADLINE = 10.0


class Gateway:
    """A loopback service that answers each call as it is told, and counts."""

    def __init__(self) -> None:
        gateway = self
        self.asked: list[tuple[str, str]] = []
        self.status = 200
        self.spend = "12.5"

        class Handler(BaseHTTPRequestHandler):
            def do_GET(self) -> None:
                gateway.asked.append((self.path, self.headers.get("Authorization", "")))
                info = {"key_name": "sk-...1", "spend": 0, "max_budget": 100.0, "budget_duration": "30d",
                        "budget_reset_at": "2099-01-01T00:00:00+00:00"}  # fmt: skip
                body = json.dumps({"key": "a" * 64, "info": info}).replace('"spend": 0', f'"spend": {gateway.spend}')
                self.send_response(gateway.status if self.path.startswith("/key/info") else 404)
                self.send_header("Content-Type", "application/json")
                self.end_headers()
                self.wfile.write(body.encode())

            def log_message(self, format: str, *args: object) -> None:
                """Quiet."""

        self.server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.thread = threading.Thread(target=self.server.serve_forever, kwargs={"poll_interval": 0.02})
        self.thread.start()

    @property
    def setting(self) -> ServiceSetting:
        return ServiceSetting("litellm", f"http://127.0.0.1:{self.server.server_address[1]}", everything=True)

    def stop(self) -> None:
        self.server.shutdown()
        self.server.server_close()
        self.thread.join()


class House:
    """A poller over a real ledger."""

    def __init__(self, file: Path, setting: ServiceSetting) -> None:
        self.ledger = open_writing(file)
        self.lock = threading.Lock()
        self.setting: ServiceSetting | Trouble = setting
        self.token: str | Trouble | None = "sk-made-up"
        self.ways = Ways(self.now_set, self.now_token, self.recalled, self.write, lambda: None,
                         lambda: time.time_ns() // 1_000_000, lambda: "name")  # fmt: skip
        self.poller = Poller(self.ways)

    def now_set(self) -> ServiceSetting:
        if isinstance(self.setting, Trouble):
            raise self.setting
        return self.setting

    def now_token(self, setting: ServiceSetting) -> str | None:
        if isinstance(self.token, Trouble):
            raise self.token
        return self.token

    def write(self, job: Callable[[sqlite3.Connection], None]) -> None:
        with self.lock:
            job(self.ledger)

    def recalled(self, origin: str) -> Kept:
        with self.lock:
            return recall(self.ledger, origin)

    def until(self, what: Callable[[Kept], object]) -> Kept:
        """What is kept, once it is so."""
        assert isinstance(self.setting, ServiceSetting)
        end = time.monotonic() + DEADLINE
        while not what(kept := self.recalled(self.setting.origin)):
            assert time.monotonic() < end
            time.sleep(0.01)
        return kept


@pytest.fixture
def gateway() -> Iterator[Gateway]:
    made = Gateway()
    yield made
    made.stop()


@pytest.fixture
def house(tmp_path: Path, gateway: Gateway) -> Iterator[House]:
    made = House(tmp_path / "ledger.db", gateway.setting)
    with closing(made.ledger):
        yield made
        made.poller.stop()


def test_who_looks_gets_a_fresh_figure_that_outlives_the_app(house: House, gateway: Gateway) -> None:
    house.poller.start()
    house.poller.ask()
    kept = house.until(lambda kept: kept.known.reading)
    assert kept.known.reading is not None
    (quota,) = kept.known.quotas
    assert (quota.limit, quota.spent, quota.currency) == (100 * 10**9, 12_500_000_000, "USD")
    assert {token for _, token in gateway.asked} == {"Bearer sk-made-up"}
    assert kept.failures == 0


def test_looking_again_at_once_asks_no_second_time(house: House, gateway: Gateway) -> None:
    house.poller.start()
    house.poller.ask()
    house.until(lambda kept: kept.known.reading)
    before = len(gateway.asked)
    for _ in range(20):
        house.poller.ask()
    time.sleep(0.3)
    assert len(gateway.asked) == before


def test_a_service_that_fails_keeps_the_last_good_figures(house: House, gateway: Gateway) -> None:
    house.poller.start()
    house.poller.ask()
    good = house.until(lambda kept: kept.known.reading)
    house.poller.stop()
    gateway.status = 503
    kept = Poller(house.ways)._polled(gateway.setting, good, NextPoll(0, Reason.USUAL))
    assert kept.known.failure is not None
    assert kept.known.failure.fault is Fault.UNAVAILABLE
    assert (kept.known.quotas, kept.failures) == (good.known.quotas, 1)
    assert house.recalled(gateway.setting.origin) == kept


def test_the_end_hangs_up_and_is_no_failure_of_the_service(house: House) -> None:
    with serving(waits) as heard:
        house.setting = ServiceSetting("litellm", f"http://127.0.0.1:{heard.port}")
        house.poller.start()
        house.poller.ask()
        while not heard.requests:
            time.sleep(0.01)
        house.poller.stop()
        assert house.recalled(house.setting.origin) == Kept()
    assert "poller" not in [thread.name for thread in threading.enumerate()]


@pytest.mark.parametrize("token", [None, Trouble("The keyring is locked", "Unlock it.")])
def test_without_a_token_nothing_is_sent_and_it_says_so(
    house: House, gateway: Gateway, token: str | Trouble | None
) -> None:
    house.token = token
    house.poller.start()
    house.poller.ask()
    kept = house.until(lambda kept: kept.known.failure)
    assert kept.known.failure is not None
    assert kept.known.failure.fault is Fault.UNAUTHENTICATED
    assert gateway.asked == []


def test_settings_that_cannot_be_used_end_nothing(house: House, gateway: Gateway) -> None:
    good, house.setting = house.setting, Trouble("Line 3", "Mend it.")
    house.poller.start()
    time.sleep(0.1)
    house.setting = good
    house.poller.settings_changed()
    house.until(lambda kept: kept.known.reading)


def test_without_a_service_it_waits_and_ends(house: House, gateway: Gateway) -> None:
    house.setting = ServiceSetting()
    house.poller.start()
    time.sleep(0.1)
    house.poller.stop()
    assert gateway.asked == []


def test_who_signs_in_waits_for_no_earlier_refusal(house: House, gateway: Gateway) -> None:
    house.token = None
    house.poller.start()
    house.poller.ask()
    house.until(lambda kept: kept.known.failure)
    house.token = "sk-made-up"
    house.poller.token_changed()
    kept = house.until(lambda kept: kept.known.reading)
    assert (kept.known.failure, kept.failures) == (None, 0)


def test_another_token_is_never_shown_the_figures_of_the_one_before(house: House, gateway: Gateway) -> None:
    house.poller.start()
    house.poller.ask()
    house.until(lambda kept: kept.known.reading)
    house.token = None
    house.poller.token_changed()
    kept = house.until(lambda kept: kept.known.failure)
    assert (kept.known.reading, kept.failures) == (None, 1)


def test_what_was_changed_by_hand_is_read_at_once_however_fresh_the_figure_is(house: House, gateway: Gateway) -> None:
    house.poller.start()
    house.poller.ask()
    house.until(lambda kept: kept.known.reading)
    gateway.spend = "20.0"
    house.poller.poll_now()
    house.until(lambda kept: kept.known.quotas[0].spent == 20 * 10**9)


@pytest.mark.parametrize(("wait", "waits"), [(60, True), (0, False), (None, False)])
def test_who_was_told_to_wait_does_so_whatever_was_changed(wait: int | None, waits: bool) -> None:
    failed = Kept(Known(failure=Failure(Fault.RATE_LIMITED, "", 429, wait)), polled_at=1_000_000)
    assert _has_to_wait(failed, 1_030_000) is waits
    assert not _has_to_wait(failed, 1_060_000)


def test_what_was_learnt_with_one_token_is_not_believed_of_another(house: House, gateway: Gateway) -> None:
    setting = gateway.setting
    first = house.poller._polled(setting, Kept(), NextPoll(0, Reason.USUAL))
    assert first.known.reading is not None
    learnt = replace(first.known.reading, memory=Memory(quiet=(("key", time.time_ns() // 1_000_000),)))
    kept = Kept(Known(learnt), first.polled_at)
    gateway.asked.clear()
    house.token = "sk-of-another"
    house.poller._polled(setting, kept, NextPoll(0, Reason.USUAL))
    assert [path for path, _ in gateway.asked if path.startswith("/key/info")] == ["/key/info"]
    gateway.asked.clear()
    house.poller._polled(setting, kept, NextPoll(0, Reason.USUAL))
    assert not [path for path, _ in gateway.asked if path.startswith("/key/info")]


def test_a_coverage_chosen_anew_holds_at_once(house: House, gateway: Gateway) -> None:
    house.poller.start()
    house.poller.token_changed()
    house.until(lambda kept: kept.known.reading)
    house.setting = gateway.setting._replace(everything=False)
    house.poller.token_changed()
    kept = house.until(lambda kept: not kept.known.quotas[0].coverage_chosen)
    assert len(kept.known.quotas) == 1
