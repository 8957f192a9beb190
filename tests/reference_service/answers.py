"""How the service reads calls and writes answers: tags, problems, checked bodies, repeated acts, cursors."""

from __future__ import annotations

import base64
import hashlib
import json
from collections.abc import Callable
from typing import Any

from starlette.requests import Request
from starlette.responses import Response

from reference_service.amounts import DAY
from reference_service.document import JSON, PROBLEM, document, problems_of_value
from reference_service.refusals import Refusal
from reference_service.store import Person, Store

LARGEST_BODY = 64 * 1024
PAGE, LARGEST_PAGE = 100, 500


def tagged(request: Request, value: dict[str, Any], max_age: int, *, public: bool = False) -> Response:
    """The value with its tag and the poll interval; 304 without a body when the caller has it already."""
    body = packed(value)
    tag = f'"{hashlib.sha256(body).hexdigest()[:24]}"'
    headers = {"ETag": tag, "Cache-Control": f"{'public' if public else 'private'}, max-age={max_age}"}
    known = {part.strip() for part in request.headers.get("if-none-match", "").split(",")}
    if known & {tag, "*"}:
        return Response(status_code=304, headers=headers)
    return Response(body, media_type=JSON, headers=headers)


def packed(value: dict[str, Any]) -> bytes:
    """JSON without blanks."""
    return json.dumps(value, ensure_ascii=False, separators=(",", ":")).encode()


def problem(refusal: Refusal) -> Response:
    """RFC 9457."""
    body = {"type": "about:blank", "title": refusal.title, "status": refusal.status, "code": refusal.code,
            "detail": refusal.detail, **refusal.more}  # fmt: skip
    return Response(packed(body), refusal.status, headers=refusal.headers, media_type=PROBLEM)


async def body_of(request: Request, schema: str) -> dict[str, Any]:
    """The call's body, which holds to a schema of the document.

    Raises:
        Refusal: it does not, or it is too large.
    """
    raw = b""
    async for chunk in request.stream():
        # Read to its end, since a caller that still writes would not see the answer.
        raw = (raw + chunk)[: LARGEST_BODY + 1]
    if len(raw) > LARGEST_BODY:
        raise invalid("The body is too large")
    try:
        value = json.loads(raw)
    except ValueError as error:
        raise invalid("The body is not JSON") from error
    wrong = problems_of_value(document()["components"]["schemas"][schema], value, strict=False)
    if wrong:
        raise invalid(wrong[0][:300])
    checked: dict[str, Any] = value
    return checked


def invalid(detail: str) -> Refusal:
    """A call that cannot be used as it is."""
    return Refusal(400, "invalid", "The call cannot be used", detail)


def once(
    store: Store, person: Person, request: Request, body: dict[str, Any], status: int, act: Callable[[], dict[str, Any]]
) -> Response:
    """Do the act once per ``Idempotency-Key``: a retry gets the first answer again.

    Refusals are not kept: nothing was done. What the act wrote is undone with them.

    Raises:
        Refusal: the key is missing, or was used for something else.
    """
    key = request.headers.get("idempotency-key", "")
    if not 8 <= len(key) <= 100:
        raise invalid("Send an Idempotency-Key of 8 to 100 characters.")
    digest = hashlib.sha256(f"{request.url.path}\n".encode() + packed(body)).hexdigest()
    database = store.database
    database.execute("DELETE FROM reply WHERE at < ?", (store.now() - DAY,))
    kept = database.execute("SELECT * FROM reply WHERE person_id = ? AND key = ?", (person.id, key)).fetchone()
    if kept is not None and kept["digest"] != digest:
        raise Refusal(422, "invalid", "The key was used before", "Make a new key for a new act.")
    if kept is None:
        database.execute("BEGIN IMMEDIATE")
        with database:
            answer = packed(act())
            values = (person.id, key, digest, status, answer, store.now())
            database.execute("INSERT INTO reply VALUES (?, ?, ?, ?, ?, ?)", values)
        return Response(answer, status, media_type=JSON)
    return Response(kept["body"], kept["status"], media_type=JSON)


def limit_of(request: Request) -> int:
    """How many a page may hold.

    Raises:
        Refusal: not a whole number in range.
    """
    text = request.query_params.get("limit", str(PAGE))
    if not text.isdecimal() or not 1 <= int(text) <= LARGEST_PAGE:
        raise invalid(f"limit is a whole number from 1 to {LARGEST_PAGE}.")
    return int(text)


def to_cursor(place: list[str | int] | None) -> str | None:
    """Where the next page begins, as text; None stays None."""
    return None if place is None else base64.urlsafe_b64encode(json.dumps(place).encode()).decode()


def from_cursor(request: Request, kinds: tuple[type, ...]) -> list[Any] | None:
    """Where this page begins; None at the beginning.

    Raises:
        Refusal: the cursor is not one of ours.
    """
    text = request.query_params.get("cursor")
    if not text:
        return None
    try:
        place = json.loads(base64.urlsafe_b64decode(text))
    except ValueError as error:
        raise invalid("The cursor cannot be used: begin anew.") from error
    if not isinstance(place, list) or [type(part) for part in place] != list(kinds):
        raise invalid("The cursor cannot be used: begin anew.")
    return place
