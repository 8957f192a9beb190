"""Answers of a real LiteLLM, as the client would have handed them over."""

from __future__ import annotations

import json
from decimal import ROUND_HALF_EVEN, Decimal
from pathlib import Path
from typing import Any

from taximeter.budget.contract import Answer, Call, Failure, Memory, Outcome, Source
from taximeter.budget.faults import of_status, sentence_of
from taximeter.budget.latest import Known, after, poll
from taximeter.budget.litellm import SERVICE

FOLDER = Path(__file__).parents[1] / "fixtures" / "budget" / "litellm"
SERVED = 1_795_435_200_000  # 2026-11-23 12:00:00 UTC
DATE = "Mon, 23 Nov 2026 12:00:00 GMT"
NANO = 10**9


def text(name: str) -> str:
    """A recording's response body, every digit as the service wrote it."""
    recording = (FOLDER / f"{name}.json").read_text("utf-8")
    start = recording.index('"body":', recording.index('"response"')) + len('"body":')
    return recording[start : recording.rindex("}", 0, recording.rindex("}"))]


def figures(name: str) -> Any:
    """A recording's response body, fractions as ``Decimal``."""
    whole = json.loads((FOLDER / f"{name}.json").read_text("utf-8"), parse_float=Decimal, parse_int=Decimal)
    return whole["response"]["body"]


def nano(amount: Decimal) -> int:
    """An amount as it is kept: rounded half-even once."""
    return int((amount * NANO).to_integral_value(ROUND_HALF_EVEN))


def outcome(call: Call, name: str, changed: tuple[tuple[str, str], ...] = ()) -> Outcome:
    """What a call came back with, by the name of its recording; ``changed`` replaces texts of the body."""
    whole = json.loads((FOLDER / f"{name}.json").read_text("utf-8"))
    body = text(name)
    for old, new in changed:
        assert old in body
        body = body.replace(old, new)
    status, headers = whole["response"]["status"], {**whole["response"]["headers"], "date": DATE}
    if status == 200:
        return Answer(call, 200, headers, body.encode(), SERVED)
    fault = of_status(status)
    return Failure(fault, sentence_of(fault, "x"), status, None, call, body.encode(), headers, SERVED)


def answer(call: Call, body: str | bytes, headers: dict[str, str] | None = None, at: int = SERVED) -> Answer:
    """A made-up answer."""
    packed = body if isinstance(body, bytes) else body.encode()
    return Answer(call, 200, {"date": DATE, **(headers or {})}, packed, at)


HOST = Source("https://budget.example.com")


def known_before() -> Known:
    """A person's budgets as they were read when all was well."""
    names = {"key": "employee_key_info", "user": "employee_v2_user_info"}

    def ask(call: Call) -> Outcome:
        return outcome(call, names.get(call.name, "employee_team_members_me"))

    return after(Known(), poll(SERVICE, ask, Memory(), HOST, SERVED))
