"""Signing in by the OAuth 2.0 device flow (RFC 8628), with refresh tokens (RFC 6749, section 6).

A company has an identity provider for this. Here a person allows a device by pasting their token
into a page, or the desk does it for them.
"""

from __future__ import annotations

import secrets
from typing import Any
from urllib.parse import parse_qs

from starlette.requests import Request
from starlette.responses import HTMLResponse, JSONResponse, Response

from reference_service.routes import store_of
from reference_service.store import Person, Store, hashed, person_of_id, person_of_token

DEVICE = "urn:ietf:params:oauth:grant-type:device_code"
CLIENT, SCOPE = "taximeter", "budget:read budget:ask"
LASTS, INTERVAL = 600, 5
LETTERS = "BCDFGHJKLMNPQRSTVWXZ"
PAGE = """<!doctype html><title>Sign in</title><h1>Allow a computer to read your budget</h1>
<form method="post"><p><label>Code <input name="user_code" value="{code}"></label>
<p><label>Your token <input name="token" type="password"></label>
<p><button name="verb" value="allow">Allow</button> <button name="verb" value="deny">Deny</button></form>"""


async def authorize(request: Request) -> Response:
    """A new code for a device, and where its owner types it in."""
    form = await _form(request)
    if form.get("client_id") != CLIENT:
        return _refused("invalid_client", 401)
    store, device_code = store_of(request), secrets.token_hex(20)
    code = "".join(secrets.choice(LETTERS) for _ in range(8))
    user_code = f"{code[:4]}-{code[4:]}"
    store.database.execute(
        "INSERT INTO device (code_hash, user_code, expires_at, spacing) VALUES (?, ?, ?, ?)",
        (hashed(device_code), user_code, store.now() + LASTS * 1000, INTERVAL),
    )
    page = str(request.url_for("verify"))
    return JSONResponse({
        "device_code": device_code, "user_code": user_code, "verification_uri": page,
        "verification_uri_complete": f"{page}?user_code={user_code}", "expires_in": LASTS, "interval": INTERVAL,
    })  # fmt: skip


async def token(request: Request) -> Response:
    """A token for a device that was allowed, or for a refresh token."""
    form, store = await _form(request), store_of(request)
    if form.get("client_id") != CLIENT:
        return _refused("invalid_client", 401)
    if form.get("grant_type") == DEVICE:
        return _of_device(store, form.get("device_code", ""))
    if form.get("grant_type") == "refresh_token":
        return _of_refresh(store, form.get("refresh_token", ""))
    return _refused("unsupported_grant_type")


def _of_device(store: Store, device_code: str) -> Response:
    key = (hashed(device_code),)
    row = store.database.execute("SELECT * FROM device WHERE code_hash = ?", key).fetchone()
    if row is None:
        return _refused("invalid_grant")
    if row["expires_at"] <= store.now():
        return _refused("expired_token")
    early = row["asked_at"] is not None and store.now() - row["asked_at"] < row["spacing"] * 1000
    spacing = row["spacing"] + 5 if early else row["spacing"]
    values = (store.now(), spacing, *key)
    store.database.execute("UPDATE device SET asked_at = ?, spacing = ? WHERE code_hash = ?", values)
    if early:
        return _refused("slow_down")
    if row["denied"]:
        return _refused("access_denied")
    if row["person_id"] is None:
        return _refused("authorization_pending")
    store.database.execute("DELETE FROM device WHERE code_hash = ?", key)
    return _signed_in(store, person_of_id(store, row["person_id"]))


def _of_refresh(store: Store, refresh_token: str) -> Response:
    """Each refresh token is good once."""
    row = store.database.execute(
        "DELETE FROM session WHERE refresh_hash = ? RETURNING person_id", (hashed(refresh_token),)
    ).fetchone()
    return _refused("invalid_grant") if row is None else _signed_in(store, person_of_id(store, row["person_id"]))


def _signed_in(store: Store, person: Person) -> Response:
    access, refresh = secrets.token_hex(20), secrets.token_hex(20)
    values = (hashed(access), hashed(refresh), person.id, store.now() + store.session_lasts * 1000)
    store.database.execute("INSERT INTO session VALUES (?, ?, ?, ?)", values)
    body = {"access_token": access, "token_type": "Bearer", "expires_in": store.session_lasts, "refresh_token": refresh,
            "scope": SCOPE}  # fmt: skip
    return JSONResponse(body, headers={"Cache-Control": "no-store"})


def decided(store: Store, user_code: str, person: Person, *, allowed: bool) -> bool:
    """Let a person allow or deny the device that shows the code; False when there is none."""
    changed = store.database.execute(
        "UPDATE device SET person_id = ?, denied = ? WHERE user_code = ? AND expires_at > ? AND person_id IS NULL",
        (person.id, not allowed, user_code.strip().upper(), store.now()),
    )
    return changed.rowcount == 1


async def verify(request: Request) -> Response:
    """The page where a person types the code in."""
    if request.method == "GET":
        code = "".join(sign for sign in request.query_params.get("user_code", "") if sign.isalnum() or sign == "-")
        return HTMLResponse(PAGE.format(code=code))
    form, store = await _form(request), store_of(request)
    person = person_of_token(store, form.get("token", ""))
    allowed = form.get("verb") == "allow"
    if person is None or not decided(store, form.get("user_code", ""), person, allowed=allowed):
        return HTMLResponse("<p>That code or token is not known. Go back and try again.", 400)
    return HTMLResponse("<p>Done. You can close this page.")


async def _form(request: Request) -> dict[str, str]:
    fields = parse_qs((await request.body()).decode("utf-8", "replace"), max_num_fields=20)
    return {name: values[0] for name, values in fields.items()}


def _refused(error: str, status: int = 400) -> Response:
    body: dict[str, Any] = {"error": error}
    return JSONResponse(body, status)
