"""The desk beside the contract, for who runs the service: spending, limits, policy, faults, what came in.

No company's service has these routes; they make this one move.
"""

from __future__ import annotations

import json
import secrets
from typing import Any

from starlette.requests import Request
from starlette.responses import JSONResponse, Response

from reference_service.amounts import to_int
from reference_service.answers import body_of, invalid
from reference_service.faults import Faulty, fault_of
from reference_service.refusals import Refusal
from reference_service.routes import store_of
from reference_service.signing_in import decided
from reference_service.store import person_of_id

CHANGEABLE = {"limit": "base_limit", "soft_limit": "soft_limit", "enforcement": "enforcement", "suspended": "suspended"}
DONE = {"done": True}


def at_the_desk(request: Request) -> None:
    """Only with the desk's own token.

    Raises:
        Refusal: without it.
    """
    given = request.headers.get("authorization", "").partition(" ")[2]
    if not secrets.compare_digest(given, request.app.state.desk_token):
        raise Refusal(403, "forbidden", "Not yours", "The desk has a token of its own, printed at the start.")


async def _order(request: Request) -> Any:
    at_the_desk(request)
    try:
        return await request.json()
    except ValueError as error:
        raise invalid("The body is not JSON") from error


def _unit(request: Request, budget_id: Any) -> str:
    row = store_of(request).database.execute("SELECT unit FROM budget WHERE id = ?", (budget_id,)).fetchone()
    if row is None:
        raise invalid("There is no such budget.")
    return str(row["unit"])


def _amount(value: Any, unit: str) -> int:
    try:
        return to_int(value, unit)
    except (TypeError, ValueError, ArithmeticError) as error:
        raise invalid(f"{value!r} is not an amount of {unit}.") from error


async def spend(request: Request) -> Response:
    """``{"budget_id", "amount", "ago_seconds"}``: something was used; it counts once ``as_of`` has passed it."""
    order, store = await _order(request), store_of(request)
    budget_id = order.get("budget_id")
    amount = _amount(order.get("amount"), _unit(request, budget_id))
    at = store.now() - round(order.get("ago_seconds", 0) * 1000)
    store.database.execute("INSERT INTO spending VALUES (?, ?, ?)", (budget_id, at, amount))
    return JSONResponse(DONE)


async def change_budget(request: Request) -> Response:
    """``{"limit", "soft_limit", "enforcement", "suspended"}``, those that are to change; the last is the reason."""
    order, store = await _order(request), store_of(request)
    budget_id = request.path_params["id"]
    unit = _unit(request, budget_id)
    if order.keys() - CHANGEABLE.keys():
        raise invalid(f"What can be changed is {', '.join(CHANGEABLE)}.")
    for name, value in order.items():
        kept = _amount(value, unit) if name in {"limit", "soft_limit"} and value is not None else value
        store.database.execute(f"UPDATE budget SET {CHANGEABLE[name]} = ? WHERE id = ?", (kept, budget_id))
    return JSONResponse(DONE)


async def put_policy(request: Request) -> Response:
    """A policy as the contract describes it."""
    at_the_desk(request)
    policy, store = await body_of(request, "Policy"), store_of(request)
    store.database.execute("DELETE FROM policy")
    store.database.execute("INSERT INTO policy VALUES (?)", (json.dumps(policy),))
    return JSONResponse(DONE)


async def tune(request: Request) -> Response:
    """``{"lag_seconds", "step_seconds", "skew_seconds", "max_age", "session_lasts", "capabilities"}``, any of them."""
    order, store = await _order(request), store_of(request)
    store.lag = round(order.get("lag_seconds", store.lag / 1000) * 1000)
    store.step = max(1, round(order.get("step_seconds", store.step / 1000) * 1000))
    store.skew = round(order.get("skew_seconds", store.skew / 1000) * 1000)
    store.session_lasts = int(order.get("session_lasts", store.session_lasts))
    store.max_age = int(order.get("max_age", store.max_age))
    store.capabilities = tuple(order.get("capabilities", store.capabilities))
    return JSONResponse(DONE)


async def decide_device(request: Request) -> Response:
    """``{"person", "allow"}``: what that person would do about the device that shows the code."""
    order, store = await _order(request), store_of(request)
    row = store.database.execute("SELECT id FROM person WHERE id = ?", (order.get("person"),)).fetchone()
    code, allowed = request.path_params["user_code"], order.get("allow", True) is True
    if row is None or not decided(store, code, person_of_id(store, row["id"]), allowed=allowed):
        raise invalid("There is no such person, or no device with that code.")
    return JSONResponse(DONE)


async def order_faults(request: Request) -> Response:
    """A list of faults, in place of those that are left; see ``faults.Fault``."""
    order = await _order(request)
    try:
        _faulty(request).ordered = [fault_of(values) for values in order]
    except ValueError as error:
        raise invalid(f"A fault has no {error}.") from error
    return JSONResponse(DONE)


async def calls(request: Request) -> Response:
    """What came in since the start, the newest last: what a desktop sends."""
    at_the_desk(request)
    return JSONResponse(list(_faulty(request).calls))


def _faulty(request: Request) -> Faulty:
    faulty: Faulty = request.app.state.faulty
    return faulty
