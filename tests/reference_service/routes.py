"""The routes of the contract, each a few lines over the modules that know."""

from __future__ import annotations

import json
from typing import Any

from starlette.requests import Request
from starlette.responses import Response

from reference_service import asking, holding
from reference_service.answers import body_of, from_cursor, invalid, limit_of, once, tagged, to_cursor
from reference_service.refusals import Refusal
from reference_service.standing import standing_of
from reference_service.store import Person, Store, is_manager, people_of, person_of_token

ROLES = ("requester", "approver")
STATUSES = ("pending", "approved", "denied", "cancelled", "expired")


def store_of(request: Request) -> Store:
    """The store that the app was made with."""
    store: Store = request.app.state.store
    return store


def caller(request: Request) -> Person:
    """Who calls.

    Raises:
        Refusal: there is no token, or nobody has it.
    """
    scheme, _, token = request.headers.get("authorization", "").partition(" ")
    person = person_of_token(store_of(request), token) if scheme.lower() == "bearer" else None
    if person is None:
        raise Refusal(401, "unauthenticated", "Signed out", "Sign in again.", headers={"WWW-Authenticate": "Bearer"})
    return person


def needs(request: Request, capability: str) -> None:
    """Only while the service offers that part.

    Raises:
        Refusal: it does not.
    """
    if capability not in store_of(request).capabilities:
        raise Refusal(404, "not_found", "Not offered", "This service does not have this part.")


async def discovery(request: Request) -> Response:
    """What this service is."""
    store = store_of(request)
    device = {"type": "device", "device_authorization_endpoint": str(request.url_for("authorize")),
              "token_endpoint": str(request.url_for("token")), "client_id": "taximeter"}  # fmt: skip
    value = {"api_version": "1", "base_url": "/v1", "name": "Reference budget service",
             "auth": [device, {"type": "bearer"}], "capabilities": list(store.capabilities)}  # fmt: skip
    return tagged(request, value, store.max_age, public=True)


async def my_budgets(request: Request) -> Response:
    """The caller's own budgets."""
    store, person = store_of(request), caller(request)
    value: dict[str, Any] = standing_of(store, person)
    value |= {"to_decide": asking.waiting(store, person), "poll_after_seconds": store.max_age}
    if "policy" in store.capabilities:
        value["policy_version"] = policy_in_force(store)["version"]
    return tagged(request, value, store.max_age)


async def team_budgets(request: Request) -> Response:
    """A page of the caller's people."""
    needs(request, "team")
    store, person = store_of(request), caller(request)
    if not is_manager(store, person):
        raise Refusal(403, "forbidden", "Not yours to see", "Only managers see a team.")
    name, person_id = from_cursor(request, (str, str)) or ("", "")
    query = request.query_params.get("q", "")
    if len(query) > 100:
        raise invalid("q has at most 100 characters.")
    people, total, following = people_of(store, person, query, (name, person_id), limit_of(request))
    value = {"people": [standing_of(store, member) for member in people], "total": total,
             "next_cursor": to_cursor(list(following) if following else None),
             "poll_after_seconds": store.max_age}  # fmt: skip
    return tagged(request, value, store.max_age)


async def policy(request: Request) -> Response:
    """What the company decides."""
    needs(request, "policy")
    caller(request)
    return tagged(request, policy_in_force(store_of(request)), 3600)


def policy_in_force(store: Store) -> dict[str, Any]:
    """The policy as it was put."""
    row = store.database.execute("SELECT body FROM policy").fetchone()
    value: dict[str, Any] = json.loads(row["body"]) if row else {"version": "none"}
    return value


async def increase_requests(request: Request) -> Response:
    """A page of requests."""
    needs(request, "increase_requests")
    store, person = store_of(request), caller(request)
    role, status = request.query_params.get("role", "requester"), request.query_params.get("status")
    if role not in ROLES or (status is not None and status not in STATUSES):
        raise invalid(f"role is one of {', '.join(ROLES)}; status one of {', '.join(STATUSES)}.")
    place = from_cursor(request, (int,))
    found, following = asking.page(store, person, role, status, place[0] if place else None, limit_of(request))
    value = {"requests": found, "next_cursor": to_cursor(None if following is None else [following])}
    return tagged(request, value, store.max_age)


async def ask(request: Request) -> Response:
    """Ask for more."""
    needs(request, "increase_requests")
    store, person = store_of(request), caller(request)
    body = await body_of(request, "NewIncreaseRequest")
    return once(store, person, request, body, 201, lambda: asking.create(store, person, body))


async def decide(request: Request) -> Response:
    """Approve, deny or cancel."""
    needs(request, "increase_requests")
    store, person, request_id = store_of(request), caller(request), request.path_params["id"]
    body = await body_of(request, "Decision")
    if body["decision"] not in {"approve", "deny", "cancel"}:
        raise invalid("decision is approve, deny or cancel.")
    return once(store, person, request, body, 200, lambda: asking.decide(store, person, request_id, body))


async def hold(request: Request) -> Response:
    """Set an amount aside."""
    needs(request, "holds")
    store, person = store_of(request), caller(request)
    body = await body_of(request, "NewHold")
    return once(store, person, request, body, 201, lambda: holding.create(store, person, body))


async def settle(request: Request) -> Response:
    """The launch is over."""
    needs(request, "holds")
    store, person, hold_id = store_of(request), caller(request), request.path_params["id"]
    body = await body_of(request, "Settlement")
    return once(store, person, request, body, 200, lambda: holding.settle(store, person, hold_id, body))
