"""The running app through every way in which a service can fail, up to what is shown and printed."""

from __future__ import annotations

import gzip
import json
import socket
import time
from collections.abc import Iterator
from contextlib import ExitStack
from dataclasses import dataclass
from datetime import UTC
from pathlib import Path

import pytest
from budget import faults
from budget.faults import Heard, Script, drips, floods, says, serving
from PySide6.QtCore import QLocale
from running_app import HOUR, MINUTE, NOON, TOKEN, Meter, running

from taximeter.budget.contract import Failure, Fault
from taximeter.budget.kept import Kept
from taximeter.budget.latest import Known
from taximeter.budget.planning import Moments, poll_state_of
from taximeter.domain.polling import next_poll
from taximeter.domain.quota import QuotaState
from taximeter.domain.turns import Installation
from taximeter.ledger.readmodels import Snapshot
from taximeter.ui.desk import IconStyle
from taximeter.ui.figures import Figures
from taximeter.ui.glance import Glance, glance_of
from taximeter.ui.shapes import GaugeState
from taximeter.ui.tray_view import TrayView, tray_view

FIGURES = Figures(QLocale(QLocale.Language.English, QLocale.Country.UnitedKingdom), UTC)
JSON = "application/json"
INFO = {"key_alias": "agents", "spend": 12.5, "max_budget": 100.0, "budget_duration": "30d",
        "budget_reset_at": "2026-12-01T00:00:00+00:00"}  # fmt: skip


def told(**changed: object) -> bytes:
    """The answer of a service that is well, or one that differs in a figure; None leaves the field out."""
    info = {key: value for key, value in {**INFO, **changed}.items() if value is not None}
    return json.dumps({"key": "a" * 64, "info": info}).encode()


def odd(figure: str) -> Script:
    return says(200, told(spend=4242).replace(b"4242", figure.encode()))


HTML = b"<!doctype html><title>Welcome to the airport</title>"
PACKED = gzip.compress(told())
FAULTS: dict[str, Script] = {
    "time-out": faults.waits,
    "reset connection": faults.resets,
    "500": says(500),
    "503 with Retry-After": says(503, b"", JSON, "Retry-After: 120"),
    "429 with 0": says(429, b"", JSON, "Retry-After: 0"),
    "401": says(401),
    "403": says(403),
    "404": says(404),
    "a web page with 200": says(200, HTML, "text/html; charset=utf-8"),
    "truncated gzip": says(200, PACKED[:-9], JSON, "Content-Encoding: gzip"),
    "wrong content type": says(200, told(), "text/plain"),
    "NaN": odd("NaN"),
    "huge": odd("1e400"),
    "negative": odd("-1.0"),
    "money in words": odd('"12.5"'),
    "missing fields": says(200, told(spend=None)),
    "200 MB": floods(200),
    "200 MB told in the head": lambda wire: wire.sendall(faults.reply().replace(b"Length: 12", b"Length: 209715200")),
    "a bomb": says(200, faults.bomb(64), JSON, "Content-Encoding: gzip"),
    "slow drip of the head": drips(b"X-Slow: "),
    "slow drip of the body": drips(faults.GOOD),
}
SIGNED_OUT = {"401", "403"}
AGE = 20 * MINUTE
"""Older than what is told as offline."""
BATCH = 10_000
"""How late LiteLLM counts: its figures are true for so long before the answer."""


@dataclass(slots=True)
class Service:
    """What the service does now, and what it heard."""

    does: Script
    heard: Heard

    def __call__(self, wire: socket.socket) -> None:
        self.does(wire)


@pytest.fixture
def service() -> Iterator[Service]:
    def script(wire: socket.socket) -> None:
        made(wire)

    with serving(script) as heard:
        made = Service(says(200, told()), heard)
        yield made


@pytest.fixture
def meter(tmp_path: Path, service: Service, monkeypatch: pytest.MonkeyPatch) -> Iterator[Meter]:
    with running(tmp_path, at(f"http://127.0.0.1:{service.heard.port}"), monkeypatch) as made:
        yield made


def at(origin: str) -> str:
    return f'kind = "litellm"\norigin = "{origin}"\neverything = true'


def screen(seen: Snapshot) -> tuple[TrayView, Glance]:
    return tray_view(seen, FIGURES, IconStyle.RING), glance_of(seen, FIGURES)


def figures(seen: Snapshot) -> list[tuple[str, int | None, int, int | None, int]]:
    """Each quota's figures and their moment."""
    quotas = [one.quota for one in seen.outlooks]
    return [(quota.id, quota.limit, quota.spent, quota.remaining, quota.as_of) for quota in quotas]


def check_it_shows_the_last_figure(seen: Snapshot, state: QuotaState) -> None:
    """The figure stands with its age, and why there is no newer one."""
    (outlook,) = seen.outlooks
    assert (outlook.state, outlook.quota.as_of) == (state, NOON - BATCH)
    assert outlook.quota.remaining == 87_500_000_000
    tray, glance = screen(seen)
    assert tray.icon.state is GaugeState.OFF
    out = state is QuotaState.SIGNED_OUT
    answer = "Signed out of the budget service" if out else "The budget service is not available"
    assert tray.tooltip.startswith(answer)
    assert glance.quota.answer.startswith(answer)
    assert (glance.quota.large, glance.quota.below_left) == ("$87.50 left", "$12.50 used")
    assert glance.quota.note


def check_it_prints_the_last_figure(meter: Meter, capsys: pytest.CaptureFixture[str], state: QuotaState) -> None:
    (row,) = meter.data(capsys, "budget")["quotas"]
    assert (row["state"], row["as_of"], row["remaining"]) == (state.value, "2026-11-23T11:59:50Z", "87.500000000")
    assert meter.data(capsys, "status")["quotas"] == [row]
    code, words = meter.run(capsys, "status")
    assert code == 0
    assert f"{state.value.replace('_', ' ')} since 11:59" in words
    assert meter.run(capsys, "budget", "--check", "10")[0] == 69
    assert TOKEN not in words + str(row)


@pytest.mark.parametrize("name", FAULTS)
def test_the_last_good_figure_stays_until_the_fault_ends(
    name: str, meter: Meter, service: Service, capsys: pytest.CaptureFixture[str]
) -> None:
    good = meter.asked()
    assert good.outlooks[0].state is QuotaState.OK
    meter.later(AGE)
    service.does = FAULTS[name]
    seen = meter.asked()
    assert figures(seen) == figures(good)
    state = QuotaState.SIGNED_OUT if name in SIGNED_OUT else QuotaState.OFFLINE
    check_it_shows_the_last_figure(seen, state)
    check_it_prints_the_last_figure(meter, capsys, state)
    calls = len(service.heard.requests)
    assert calls <= 4, "one of the good poll, three at most of the other"
    for _ in range(20):
        meter.desk.freshen()
    time.sleep(0.05)
    assert len(service.heard.requests) == calls, "asked again and again"
    service.does = says(200, told(spend=20))
    meter.later(HOUR)
    after = meter.asked()
    assert (after.outlooks[0].state, after.outlooks[0].quota.remaining) == (QuotaState.OK, 80_000_000_000)
    assert not screen(after)[1].quota.note
    assert service.heard.all.count(f"Bearer {TOKEN}") == len(service.heard.requests)
    assert TOKEN not in str(meter.posted)


@pytest.mark.parametrize("status", [301, 302, 307, 308])
def test_a_redirect_to_another_host_takes_no_token_there(meter: Meter, service: Service, status: int) -> None:
    meter.asked()
    meter.later(AGE)
    with serving(says(200, told(spend=99))) as other:
        service.does = says(status, b"", JSON, f"Location: http://localhost:{other.port}/key/info")
        check_it_shows_the_last_figure(meter.asked(), QuotaState.OFFLINE)
    assert other.requests == []
    assert len(service.heard.requests) == 2


def test_a_certificate_that_ended_keeps_the_figure_and_gets_no_token(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    made = {name: tmp_path / name for name in ("good", "ended")}
    for folder in made.values():
        folder.mkdir()
    good, ended = (faults.certificate(made[name], "IP:127.0.0.1", expired=name == "ended") for name in made)
    both = tmp_path / "authorities.pem"
    both.write_bytes(good.read_bytes() + ended.read_bytes())
    with ExitStack() as stack:
        first = stack.enter_context(ExitStack())
        port = first.enter_context(serving(says(200, told()), good)).port
        setting = at(f"https://127.0.0.1:{port}") + f'\nca_file = "{both.as_posix()}"'
        meter = stack.enter_context(running(tmp_path / "home", setting, monkeypatch))
        meter.asked()
        meter.later(AGE)
        first.close()
        with serving(says(200, told()), ended, port) as heard:
            seen = meter.asked()
            check_it_shows_the_last_figure(seen, QuotaState.OFFLINE)
            assert seen.service is not None
            assert "expired" in seen.service.failure
        assert heard.requests == []
        meter.later(HOUR)
        with serving(says(200, told(spend=20)), good, port):
            assert meter.asked().outlooks[0].quota.remaining == 80_000_000_000


def test_a_service_whose_clock_is_off_has_figures_of_their_real_age(meter: Meter, service: Service) -> None:
    service.does = says(200, told(), JSON, "Date: Mon, 23 Nov 2026 15:00:00 GMT")
    (outlook,) = meter.asked().outlooks
    assert (outlook.state, outlook.quota.as_of) == (QuotaState.OK, NOON - BATCH)


@pytest.mark.parametrize(("figure", "spent"), [("0.30000000000000004", 300_000_000), ("1e-7", 100), ("12", 12 * 10**9)])
def test_a_float_is_told_as_what_it_means(meter: Meter, service: Service, figure: str, spent: int) -> None:
    service.does = odd(figure)
    (outlook,) = meter.asked().outlooks
    assert (outlook.quota.spent, outlook.quota.remaining) == (spent, 100 * 10**9 - spent)


@pytest.mark.parametrize("fault", Fault)
def test_a_day_of_a_fault_is_a_bounded_number_of_polls_and_never_the_end_of_them(fault: Fault) -> None:
    failure = Failure(fault, "x", retry_after=0 if fault is Fault.RATE_LIMITED else None)
    whose, now = Installation("name", "https://budget.example.com", 0), NOON
    moments: list[int] = []
    while now < NOON + 24 * HOUR:
        kept = Kept(Known(None, failure), now, len(moments) + 1)
        plan = next_poll(poll_state_of(kept, whose, now, now, Moments(None)))
        assert plan.delay <= 2 * HOUR
        moments.append(now)
        now += max(plan.delay, 1)
    assert 12 <= len(moments) <= 150
