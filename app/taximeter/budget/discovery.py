"""What a service of the neutral contract is and can do, told to everybody before they sign in."""

from __future__ import annotations

from dataclasses import dataclass
from urllib.parse import urljoin, urlsplit

from taximeter.budget.contract import Answer, Failure, Fault, Outcome, Source
from taximeter.budget.faults import sentence_of
from taximeter.budget.fields import BadJson, Fields, read_object
from taximeter.host.service_settings import host_of, is_safe_address, origin_of

PATH = "/.well-known/taximeter-budget"
VERSION = "1"
LONGEST_ADDRESS = 2000
BEARER, DEVICE = "bearer", "device"


@dataclass(frozen=True, slots=True)
class SignIn:
    """A way to sign in: a token that is pasted (bearer), or OAuth's device flow (device)."""

    kind: str
    device_endpoint: str = ""
    """Where a code is asked for: HTTPS or this computer itself; may lie with the company's identity provider."""
    token_endpoint: str = ""
    client_id: str = ""
    scope: str = ""

    @property
    def hosts(self) -> tuple[str, ...]:
        """The hosts that are asked while signing in, each once; none for a token that is pasted."""
        return tuple(dict.fromkeys(host_of(one) for one in (self.device_endpoint, self.token_endpoint) if one))


@dataclass(frozen=True, slots=True)
class Discovery:
    """A service of the neutral contract."""

    name: str
    base: str
    """The path before all other calls, without a slash at the end."""
    sign_in: tuple[SignIn, ...]
    """The preferred way first; ways that this version does not know are left out."""
    capabilities: frozenset[str]
    support_url: str = ""

    @property
    def prefers_device(self) -> bool:
        """Whether the service would rather have a code than a token."""
        return bool(self.sign_in) and self.sign_in[0].kind == DEVICE


def read_discovery(outcome: Outcome, source: Source) -> Discovery | Failure:
    """The discovery document, or why the service cannot be used.

    A version that is not known, and a base on another origin, are refused: the token stays where it
    was meant to go.
    """
    if isinstance(outcome, Failure):
        return outcome
    try:
        fields = Fields(read_object(outcome.body), "discovery")
    except BadJson:
        return Failure(Fault.BAD_BODY, sentence_of(Fault.BAD_BODY, source.host), call=outcome.call)
    version = fields.text("api_version")
    if version.partition(".")[0] != VERSION:
        return _unusable(outcome, f"{source.host} speaks version {version or '?'} of the contract, not {VERSION}")
    base = _base(fields.text("base_url"), source)
    if base is None:
        return _unusable(outcome, f"{source.host} names another host for its calls, which is not followed")
    ways = (_sign_in(way) for way in fields.objects("auth"))
    return Discovery(
        name=fields.text("name") or source.host,
        base=base,
        sign_in=tuple(way for way in ways if way is not None),
        capabilities=frozenset(fields.texts("capabilities")),
        support_url=web_address(fields.text("support_url")),
    )


def _base(told: str, source: Source) -> str | None:
    try:
        whole = urljoin(source.origin + PATH, told)
        parts = urlsplit(whole)
    except ValueError:
        return None
    if not told or origin_of(whole) != origin_of(source.origin) or parts.query or parts.fragment or "@" in parts.netloc:
        return None
    return parts.path.rstrip("/")


def _sign_in(way: Fields) -> SignIn | None:
    kind = way.text("type")
    if kind == BEARER:
        return SignIn(kind)
    ends = [_endpoint(way.values.get(key)) for key in ("device_authorization_endpoint", "token_endpoint")]
    client = way.text("client_id")
    if kind != DEVICE or not all(ends) or not client:
        return None
    return SignIn(kind, ends[0], ends[1], client, way.text("scope"))


def page_of(told: object) -> str:
    """An address that a person's browser may be sent to: HTTPS, or this computer itself; empty for any other."""
    return told if isinstance(told, str) and len(told) <= LONGEST_ADDRESS and is_safe_address(told) else ""


def _endpoint(told: object) -> str:
    found = page_of(told)
    return "" if "#" in found else found


def web_address(told: str) -> str:
    """An address that a browser may be sent to; empty for any other."""
    found = origin_of(told)
    return told if found and found[0] == "https" else ""


def _unusable(answer: Answer, sentence: str) -> Failure:
    return Failure(Fault.UNREADABLE, sentence, call=answer.call, received_at=answer.received_at)
