"""Polls of a service of the neutral contract, whose answers are the document's examples or a careless service's."""

from __future__ import annotations

import json
from copy import deepcopy
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from budget.recorded import SERVED, answer

from taximeter.budget.contract import Answer, Call, Failure, Memory, Outcome, Reading, Source
from taximeter.budget.faults import of_status
from taximeter.budget.latest import poll
from taximeter.budget.neutral import SERVICE
from taximeter.domain.quota import Quota

DOCUMENT = json.loads((Path(__file__).parents[2] / "resources" / "budget" / "openapi.json").read_text("utf-8"))
HERE = Source("https://budget.example.com")
DAY = 86_400_000
STEER = {"etag": '"a"', "cache-control": "private, max-age=300"}


def example(path: str, name: str) -> Any:
    told = DOCUMENT["paths"][path]["get"]["responses"]["200"]["content"]["application/json"]["examples"][name]["value"]
    return deepcopy(told)


FOUND = example("/.well-known/taximeter-budget", "all")
SEVERAL = example("/me/budgets", "several")


def at(text: str) -> int:
    return round(datetime.fromisoformat(text).replace(tzinfo=UTC).timestamp() * 1000)


def polled(
    mine: Any, memory: Memory = Memory(), found: Any = FOUND, source: Source = HERE, now: int = SERVED
) -> tuple[Reading | Failure, list[Call]]:
    """One poll; ``mine`` is the answer's object, or a status."""
    asked: list[Call] = []

    def ask(call: Call) -> Outcome:
        asked.append(call)
        told = found if call.name == "discovery" else mine
        if told == 304:
            return Answer(call, 304, {"cache-control": "max-age=600"}, b"", now)
        if isinstance(told, int):
            return Failure(of_status(told), "it failed", told, None, call)
        return answer(call, json.dumps(told), STEER, now)

    return poll(SERVICE, ask, memory, source, now), asked


def read(mine: Any, **more: Any) -> Reading:
    outcome, _ = polled(mine, **more)
    assert isinstance(outcome, Reading), outcome
    return outcome


def with_budget(**changed: Any) -> Any:
    """The least answer, its one budget changed; None takes a field away."""
    whole = example("/me/budgets", "least")
    budget = {**whole["budgets"][0], **changed}
    whole["budgets"] = [{key: value for key, value in budget.items() if value != "gone"}]
    return whole


def only(**changed: Any) -> Quota:
    (quota,) = read(with_budget(**changed)).quotas
    return quota
