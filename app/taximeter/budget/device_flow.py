"""Signing in where no token is typed: OAuth 2.0's device flow (RFC 8628). Pure: calls to make, answers read.

A company's identity provider shows a page on which a person types a short code in; meanwhile this
computer asks for the token, as often as it is allowed to. Times are ms UTC.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from enum import StrEnum
from urllib.parse import urlencode

from taximeter.budget.contract import Call, Failure, Fault, Outcome
from taximeter.budget.discovery import SignIn, page_of
from taximeter.budget.fields import BadJson, Unusable, read_object
from taximeter.host.secrets import is_token
from taximeter.host.service_settings import split_address

GRANT = "urn:ietf:params:oauth:grant-type:device_code"
FORM = "application/x-www-form-urlencoded"
SECOND = 1000
USUAL_INTERVAL = 5 * SECOND
"""Where the provider tells none (RFC 8628, 3.2)."""
SLOWER = 5 * SECOND
"""What ``slow_down`` adds (RFC 8628, 3.5)."""
LONGEST_INTERVAL = 120 * SECOND
"""A wait that doubled so often after time-outs grows no further."""
LONGEST_LIFE = 24 * 3600 * SECOND
LONGEST_CODE = 40
"""Characters of a code that a person can be asked to type."""
_PASSING = frozenset({
    Fault.TIMED_OUT, Fault.REFUSED, Fault.UNKNOWN_HOST, Fault.RESET, Fault.PROXY, Fault.SIGN_IN_PAGE,
    Fault.RATE_LIMITED, Fault.UNAVAILABLE,
})  # fmt: skip
"""What may be over when it is asked again."""


class End(StrEnum):
    """How a sign-in ended that gave no token."""

    DENIED = "denied"
    EXPIRED = "expired"
    FAILED = "failed"


@dataclass(frozen=True, slots=True)
class Ended:
    """No token came."""

    end: End
    sentence: str
    """What happened, for people, without a full stop."""


@dataclass(frozen=True, slots=True)
class Pending:
    """A code was given; the person has not decided yet."""

    device_code: str = field(repr=False)
    user_code: str
    page: str
    """Where the person types the code in: HTTPS, or this computer itself."""
    page_complete: str
    """The same with the code filled in; empty where the provider has none."""
    expires_at: int
    interval: int
    """Ms between two questions."""
    ask_at: int
    """When to ask next; sooner would be told off."""
    slow: bool = False
    """The provider asked to be asked less often."""
    trouble: str = ""
    """Why the last question had no answer, for people; empty where it had."""


@dataclass(frozen=True, slots=True)
class Tokens:
    """What the provider gave."""

    access: str = field(repr=False)
    refresh: str = field(repr=False)
    """Renews the access token; empty where none was given."""
    expires_at: int
    """When the access token ends; 0 where that is not told."""


def begin_call(way: SignIn) -> Call:
    """Asks for a code (RFC 8628, 3.1)."""
    form = {"client_id": way.client_id} | ({"scope": way.scope} if way.scope else {})
    return _form("device", way.device_endpoint, form)


def begun(outcome: Outcome, now: int) -> Pending | Ended:
    """The code that was given, or why there is none (RFC 8628, 3.2)."""
    if isinstance(outcome, Failure):
        return _refused(outcome)
    try:
        told = read_object(outcome.body)
    except BadJson:
        return Ended(End.FAILED, "The answer to the sign-in cannot be read")
    code, device, life = _shown(told.get("user_code")), _secret(told.get("device_code")), _ms(told.get("expires_in"))
    page = page_of(told.get("verification_uri") or told.get("verification_url"))
    if not code or not device or not life or not page:
        return Ended(End.FAILED, "The sign-in was answered without a code, or with a page that is not safe to open")
    interval = min(_ms(told.get("interval")) or USUAL_INTERVAL, LONGEST_INTERVAL)
    complete = page_of(told.get("verification_uri_complete"))
    return Pending(device, code, page, complete, now + min(life, LONGEST_LIFE), interval, now + interval)


def ask_call(way: SignIn, pending: Pending) -> Call:
    """Asks whether the person has decided (RFC 8628, 3.4)."""
    form = {"grant_type": GRANT, "device_code": pending.device_code, "client_id": way.client_id}
    return _form("token", way.token_endpoint, form)


def asked(pending: Pending, outcome: Outcome, now: int) -> Pending | Tokens | Ended:
    """What the answer means: wait, slower than before or not; tokens; or the end (RFC 8628, 3.5)."""
    if not isinstance(outcome, Failure):
        return tokens_of(outcome, now)
    error = error_of(outcome)
    if error == "access_denied":
        return Ended(End.DENIED, "It was refused on that page")
    if error == "expired_token" or now >= pending.expires_at:
        return EXPIRED
    if error == "authorization_pending":
        return _next(pending, pending.interval, now)
    if error == "slow_down":
        return replace(_next(pending, pending.interval + SLOWER, now), slow=True)
    if error or outcome.fault not in _PASSING:
        return _refused(outcome)
    # RFC 8628, 3.5: after a time-out ask less often, twice as long each time.
    wait = max(min(pending.interval * 2, LONGEST_INTERVAL), (outcome.retry_after or 0) * SECOND)
    return replace(_next(pending, wait, now), trouble=outcome.sentence)


def renew_call(token_endpoint: str, client_id: str, refresh: str) -> Call:
    """Asks for new tokens for a refresh token (RFC 6749, 6)."""
    form = {"grant_type": "refresh_token", "refresh_token": refresh, "client_id": client_id}
    return _form("renewal", token_endpoint, form)


def tokens_of(outcome: Outcome, now: int) -> Tokens | Ended:
    """The tokens of an answer (RFC 6749, 5.1); only bearer tokens can be used."""
    if isinstance(outcome, Failure):
        return _refused(outcome)
    try:
        told = read_object(outcome.body)
    except BadJson:
        return Ended(End.FAILED, "The answer to the sign-in cannot be read")
    access, refresh = _secret(told.get("access_token")), _secret(told.get("refresh_token"))
    kind = told.get("token_type")
    if not access or not isinstance(kind, str) or kind.lower() != "bearer":
        return Ended(End.FAILED, "The sign-in was answered without a token that can be used")
    life = _ms(told.get("expires_in"))
    return Tokens(access, refresh, now + life if life else 0)


def error_of(failure: Failure) -> str:
    """OAuth's word for what went wrong; empty where the answer has none."""
    if not 400 <= failure.status < 500:
        return ""
    try:
        return _shown(read_object(failure.body).get("error"))
    except BadJson:
        return ""


EXPIRED = Ended(End.EXPIRED, "The code is no longer good")


def _next(pending: Pending, interval: int, now: int) -> Pending:
    return replace(pending, interval=interval, ask_at=now + interval, trouble="")


def _refused(failure: Failure) -> Ended:
    error = error_of(failure)
    return Ended(End.FAILED, f"{failure.sentence} ({error})" if error else failure.sentence)


def _form(name: str, endpoint: str, form: dict[str, str]) -> Call:
    _, path = split_address(endpoint)
    return Call(name, path, body=urlencode(form).encode(), body_type=FORM)


def _shown(told: object) -> str:
    """A word for people to see; empty where it is none."""
    return told if isinstance(told, str) and told.isprintable() and len(told) <= LONGEST_CODE else ""


def _secret(told: object) -> str:
    return told if isinstance(told, str) and is_token(told) else ""


def _ms(told: object) -> int:
    """Seconds as they are told, a number or, by some, a text; 0 where there is none."""
    if isinstance(told, str) and told.isascii() and told.isdigit() and len(told) < 10:
        told = int(told)
    if isinstance(told, bool | Unusable) or not isinstance(told, int) or not 0 < told < 10**9:
        return 0
    return told * SECOND
