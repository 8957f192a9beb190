"""The company's price file: the policy names it by its version and address, the desk changes it."""

from __future__ import annotations

from starlette.requests import Request
from starlette.responses import JSONResponse, Response

from reference_service.answers import LARGEST_BODY, invalid
from reference_service.desk import DONE, at_the_desk
from reference_service.refusals import Refusal
from reference_service.routes import caller, store_of


async def put_prices(request: Request) -> Response:
    """The file as it is to be served, good or not."""
    at_the_desk(request)
    text = await request.body()
    if len(text) > LARGEST_BODY:
        raise invalid("The file is too large")
    store = store_of(request)
    store.database.execute("DELETE FROM price_file")
    store.database.execute("INSERT INTO price_file VALUES (?)", (text,))
    return JSONResponse(DONE)


async def prices(request: Request) -> Response:
    """The file."""
    caller(request)
    row = store_of(request).database.execute("SELECT body FROM price_file").fetchone()
    if row is None:
        raise Refusal(404, "not_found", "No price file", "The desk has put none.")
    return Response(row["body"], media_type="application/toml")
