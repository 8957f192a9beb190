"""The service put together: routes, problems for every error, its own clock in every answer, faults around it."""

from __future__ import annotations

from email.utils import formatdate

from starlette.applications import Starlette
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from reference_service import desk, price_file, routes, signing_in
from reference_service.answers import problem
from reference_service.faults import Faulty
from reference_service.refusals import Refusal
from reference_service.store import Store

CONTRACT = [
    Route("/.well-known/taximeter-budget", routes.discovery, methods=["GET"]),
    Route("/v1/me/budgets", routes.my_budgets, methods=["GET"]),
    Route("/v1/team/budgets", routes.team_budgets, methods=["GET"]),
    Route("/v1/policy", routes.policy, methods=["GET"]),
    Route("/v1/increase-requests", routes.increase_requests, methods=["GET"]),
    Route("/v1/increase-requests", routes.ask, methods=["POST"]),
    Route("/v1/increase-requests/{id}/decision", routes.decide, methods=["POST"]),
    Route("/v1/holds", routes.hold, methods=["POST"]),
    Route("/v1/holds/{id}/settle", routes.settle, methods=["POST"]),
]
SIGN_IN = [
    Route("/oauth/device_authorization", signing_in.authorize, methods=["POST"]),
    Route("/oauth/token", signing_in.token, methods=["POST"]),
    Route("/oauth/verify", signing_in.verify, methods=["GET", "POST"]),
]
PRICES = [Route("/v1/prices.toml", price_file.prices, methods=["GET"])]
DESK = [
    Route("/-/devices/{user_code}", desk.decide_device, methods=["POST"]),
    Route("/-/spend", desk.spend, methods=["POST"]),
    Route("/-/budgets/{id}", desk.change_budget, methods=["PATCH"]),
    Route("/-/policy", desk.put_policy, methods=["PUT"]),
    Route("/-/prices", price_file.put_prices, methods=["PUT"]),
    Route("/-/service", desk.tune, methods=["PATCH"]),
    Route("/-/faults", desk.order_faults, methods=["PUT"]),
    Route("/-/calls", desk.calls, methods=["GET"]),
]


def make_service(store: Store, desk_token: str) -> ASGIApp:
    """The whole service over a store, as an ASGI app."""
    handlers = {Refusal: _refused, HTTPException: _not_routed}
    app = Starlette(routes=[*CONTRACT, *PRICES, *SIGN_IN, *DESK], exception_handlers=handlers)
    app.state.store, app.state.desk_token = store, desk_token
    app.state.faulty = Faulty(_dated(app, store))
    faulty: Faulty = app.state.faulty
    return faulty


def _dated(app: ASGIApp, store: Store) -> ASGIApp:
    """Give every answer the date of the service's own clock, which may be ordered to be wrong."""

    async def dated(scope: Scope, receive: Receive, send: Send) -> None:
        async def with_date(message: Message) -> None:
            if message["type"] == "http.response.start":
                date = formatdate(store.now() / 1000, usegmt=True).encode()
                message = {**message, "headers": [*message.get("headers", []), (b"date", date)]}
            await send(message)

        await app(scope, receive, with_date)

    return dated


async def _refused(_: Request, error: Exception) -> Response:
    assert isinstance(error, Refusal)
    return problem(error)


async def _not_routed(_: Request, error: Exception) -> Response:
    assert isinstance(error, HTTPException)
    code = "not_found" if error.status_code == 404 else "invalid"
    return problem(Refusal(error.status_code, code, error.detail, "See the document of the contract."))
