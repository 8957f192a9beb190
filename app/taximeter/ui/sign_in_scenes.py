"""Signing in and connecting a service in every state, as a gallery shows them: nobody is asked anything."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import Future
from dataclasses import dataclass, replace
from typing import NoReturn, TypeVar

from taximeter.host.trouble import Trouble
from taximeter.ui.figures import MINUTE, SECOND
from taximeter.ui.sentences import trouble_words
from taximeter.ui.sign_in_view import Stage, State
from taximeter.ui.signing_in import Connected, End, Ended, Offer, Place, Probe, SignIn, Waiting

T = TypeVar("T")

HOST, PROVIDER = "budget.example.com", "login.example.com"
PAGE = f"https://{PROVIDER}/device"
SERVICE = Connected("Example budget", HOST, f"https://{HOST}")
OFFER = Offer(device=True, preferred=True, foreign=(PROVIDER,), asks="taximeter, budget:read offline_access")
HERE = Offer(device=True, preferred=True)
KINDS = (("taximeter", "Taximeter budget service"), ("litellm", "LiteLLM"))


@dataclass(frozen=True, slots=True)
class SignInScene:
    """A named state of the window."""

    name: str
    state: State


@dataclass(frozen=True, slots=True)
class CardScene:
    """A named state of the card that connects a service."""

    name: str
    connected: Connected | None = None
    probe: Probe = Probe()
    looks: bool = True
    """Somebody looked what answers."""
    some: bool = False
    """Some agents are to be chosen."""
    presses: bool = False


_FOUND = Probe(SERVICE.origin, "taximeter", SERVICE.name, HOST)
CARDS = (
    CardScene("empty", looks=False),
    CardScene("bad-address"),
    CardScene("found", probe=_FOUND),
    CardScene("found-litellm", probe=replace(_FOUND, kind="litellm", name="")),
    CardScene("unclear", probe=replace(_FOUND, kind="", name="")),
    CardScene("not-reached", probe=replace(_FOUND, kind="", name="", sentence=f"{HOST} did not answer in time")),
    CardScene("some-agents", probe=_FOUND, some=True),
    CardScene("nothing-chosen", probe=_FOUND, presses=True),
    CardScene("own", SERVICE, looks=False),
    CardScene("signed-in", replace(SERVICE, place=Place.KEYRING), looks=False),
    CardScene("company-set", replace(SERVICE, own=False), looks=False),
    CardScene("told", replace(SERVICE, place=Place.COMMAND, told_by="pass"), looks=False),
)


LOCKED = Trouble(
    "The keyring did not answer within 60 seconds",
    "Unlock it and try again, or set TAXIMETER_TOKEN, or name a program that prints the token as token_command under "
    "[service].",
)


def waiting(now: int, left: int = 9 * MINUTE) -> Waiting:
    """A code that was given."""
    return Waiting("BCDF-GHJK", PAGE, f"{PAGE}?user_code=BCDF-GHJK", now + left, now + 5 * SECOND)


def sign_in_scenes(now: int) -> tuple[SignInScene, ...]:
    """Every state of the window for signing in."""
    ready = State(Stage.READY, SERVICE, OFFER, by_code=True)
    given = waiting(now)
    coded = replace(ready, stage=Stage.CODE, waiting=given)
    locked = trouble_words(LOCKED)
    unread = Offer(sentence=f"{HOST} did not answer in time")
    told = replace(SERVICE, place=Place.VARIABLE, told_by="TAXIMETER_TOKEN")
    states = {
        "looking": replace(ready, stage=Stage.LOOKING),
        "code-elsewhere": ready,
        "code-here": replace(ready, offer=HERE),
        "asking": replace(ready, stage=Stage.BUSY),
        "waiting": coded,
        "slow": replace(coded, waiting=replace(given, slow=True)),
        "unreached": replace(coded, waiting=replace(given, trouble=f"{PROVIDER} did not answer in time")),
        "last-seconds": replace(coded, waiting=waiting(now, 40 * SECOND)),
        "denied": replace(ready, stage=Stage.ENDED, ended=Ended(End.DENIED)),
        "expired": replace(ready, stage=Stage.ENDED, ended=Ended(End.EXPIRED)),
        "failed": replace(ready, stage=Stage.ENDED, ended=Ended(End.FAILED, f"{PROVIDER} has trouble of its own")),
        "keyring": replace(ready, stage=Stage.KEEPING),
        "keyring-locked": replace(ready, stage=Stage.UNKEPT, trouble=locked),
        "done": replace(ready, stage=Stage.DONE, place=Place.KEYRING, done_at=now),
        "done-no-keyring": replace(ready, stage=Stage.DONE, place=Place.MEMORY, done_at=now),
        "token": replace(ready, by_code=False),
        "token-alone": replace(ready, by_code=False, offer=Offer()),
        "token-unread": replace(ready, by_code=False, offer=unread),
        "token-told": replace(ready, by_code=False, connected=told),
        "signed-in": replace(ready, connected=replace(SERVICE, place=Place.KEYRING)),
        "signed-out": replace(ready, stage=Stage.OUT),
        "no-service": State(Stage.NOTHING),
    }
    return tuple(SignInScene(name, state) for name, state in states.items())


def at_once(work: Callable[[], T], /) -> Future[T]:
    """Work done where it is asked for."""
    future: Future[T] = Future()
    try:
        future.set_result(work())
    except Exception as error:  # noqa: BLE001 - a future carries any
        future.set_exception(error)
    return future


def steps_of(connected: Connected | None, probe: Probe, offer: Offer = HERE) -> SignIn:
    """Steps that ask nobody."""
    return SignIn(
        submit=at_once, connected=lambda: connected, probe=lambda _address: probe, connect=lambda _choice: None,
        offer=lambda: offer, begin=lambda: Ended(End.FAILED, "nobody is asked here"), ask=_nobody, keep=_nobody,
        forget=lambda: None, kinds=KINDS,
    )  # fmt: skip


def _nobody(*_: object) -> NoReturn:
    raise Trouble("Nobody is asked here", "It is a picture.")
