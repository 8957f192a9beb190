"""A service that is newer than this app: words that it does not know cost no figure but their own."""

from __future__ import annotations

import json
import socket
from collections.abc import Iterator
from copy import deepcopy
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest
from budget.faults import Heard, says, serving
from budget.polled import FOUND, SEVERAL
from running_app import MINUTE, Meter, running

from taximeter.domain.quota import Enforcement, Quota

MONTH = SEVERAL["budgets"][0]["id"]


@dataclass(slots=True)
class Service:
    """Answers with the document's own example, changed or not."""

    told: Any = field(default_factory=lambda: deepcopy(SEVERAL))
    heard: Heard = field(default_factory=lambda: Heard(0))

    def __call__(self, wire: socket.socket) -> None:
        line = self.heard.requests[-1].partition("\r\n")[0]
        says(200, json.dumps(FOUND if "/.well-known/" in line else self.told).encode())(wire)


@pytest.fixture
def service() -> Iterator[Service]:
    made = Service()
    with serving(made) as made.heard:
        yield made


@pytest.fixture
def meter(tmp_path: Path, service: Service, monkeypatch: pytest.MonkeyPatch) -> Iterator[Meter]:
    setting = f'kind = "taximeter"\norigin = "http://127.0.0.1:{service.heard.port}"\neverything = true'
    with running(tmp_path, setting, monkeypatch) as made:
        yield made


def quotas(meter: Meter) -> dict[str, Quota]:
    return {one.quota.id: one.quota for one in meter.asked().outlooks}


def findings(meter: Meter, capsys: pytest.CaptureFixture[str]) -> tuple[list[str], list[str]]:
    """What the doctor wants a person to look at, and what he found odd of the service."""
    _, told = meter.run(capsys, "doctor", "--json")
    data = json.loads(told)
    return data["needs_attention"], data["service"]["odd"]


def test_a_budget_in_an_unknown_unit_is_left_out_and_the_doctor_says_why(
    meter: Meter, service: Service, capsys: pytest.CaptureFixture[str]
) -> None:
    service.told["budgets"][0]["unit"] = "watt_hours"
    assert set(quotas(meter)) == {f"service:{one['id']}" for one in service.told["budgets"][1:]}
    attention, odd = findings(meter, capsys)
    assert "budgets[0].unit is not one that can be shown" in odd
    assert [one for one in attention if "1 quota of the budget service cannot be used" in one]


def test_a_budget_whose_unit_becomes_unknown_keeps_its_last_figure(
    meter: Meter, service: Service, capsys: pytest.CaptureFixture[str]
) -> None:
    good = quotas(meter)[f"service:{MONTH}"]
    meter.later(6 * MINUTE)
    service.told["budgets"][0]["unit"] = "watt_hours"
    service.told["as_of"] = "2026-11-23T11:59:00Z"
    service.told["budgets"][1]["spent"] = "1"
    kept = quotas(meter)
    shown = kept[f"service:{MONTH}"]
    assert (shown.spent, shown.limit, shown.as_of) == (good.spent, good.limit, good.as_of)
    assert kept[f"service:{service.told['budgets'][1]['id']}"].spent == 1
    rows = {row["id"]: row for row in meter.data(capsys, "budget")["quotas"]}
    assert rows[f"service:{MONTH}"]["as_of"] < rows[f"service:{service.told['budgets'][1]['id']}"]["as_of"]


@pytest.mark.parametrize("key", ["enforcement", "status", "kind", "source"])
def test_an_unknown_word_beside_the_figures_costs_none_of_them(meter: Meter, service: Service, key: str) -> None:
    service.told["budgets"][0][key] = "as_it_comes"
    shown = quotas(meter)[f"service:{MONTH}"]
    assert (shown.limit, shown.spent, shown.suspended) == (150_000 * 10**9, 31_402_500_000_000, False)
    if key == "enforcement":
        assert shown.enforcement is Enforcement.BLOCK, "the strictest is the safe one"
    assert meter.desk.snapshot().service is not None


@pytest.mark.parametrize("key", ["status", "unit"])
def test_a_request_with_an_unknown_word_is_left_out_and_the_others_stay(
    meter: Meter, service: Service, capsys: pytest.CaptureFixture[str], key: str
) -> None:
    (one,) = service.told["increase_requests"][:1]
    service.told["increase_requests"] = [one, {**one, "id": "r-new", key: "as_it_comes"}]
    seen = meter.asked()
    assert seen.service is not None
    assert [request.id for request in seen.service.requests] == [one["id"]]
    assert len(seen.outlooks) == len(service.told["budgets"])
    assert f"increase_requests[1].{key} is not one that can be shown" in findings(meter, capsys)[1]
