"""What the window for signing in says at each step, from what is known. Pure."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from PySide6.QtCore import QCoreApplication

from taximeter.ledger.readmodels_service import ServiceStanding, ServiceState
from taximeter.ui.figures import MINUTE, SECOND, many
from taximeter.ui.service_words import because
from taximeter.ui.signing_in import Connected, End, Ended, Offer, Place, Waiting
from taximeter.ui.told import told

translate = QCoreApplication.translate


class Stage(StrEnum):
    """How far it is."""

    LOOKING = "looking"
    READY = "ready"
    """Nothing was asked for yet: who will be asked stands there first."""
    BUSY = "busy"
    """A code is being asked for."""
    CODE = "code"
    KEEPING = "keeping"
    UNKEPT = "unkept"
    """There is a token, and the keyring did not take it."""
    DONE = "done"
    ENDED = "ended"
    OUT = "out"
    """Signed out just now."""
    NOTHING = "nothing"
    """No service is set."""


@dataclass(frozen=True, slots=True)
class State:
    """All that the window knows."""

    stage: Stage = Stage.LOOKING
    connected: Connected | None = None
    offer: Offer = Offer()
    by_code: bool = False
    """The way that is shown: with a code, else with a token."""
    waiting: Waiting | None = None
    ended: Ended | None = None
    place: Place = Place.NOWHERE
    trouble: str = ""
    """What the last step failed with, as whole sentences."""
    done_at: int = 0
    chosen: bool = False
    """The person would rather have it held than wait for the keyring."""


@dataclass(frozen=True, slots=True)
class SignInView:
    """The texts; empty ones are not shown."""

    title: str
    about: str = ""
    """Who is asked, and where the token goes."""
    note: str = ""
    """What there is already."""
    where: str = ""
    """To type the code in."""
    code: str = ""
    left: str = ""
    """How long the code is good."""
    status: str = ""
    alarming: bool = False
    """The status asks the person to act."""
    asks_token: bool = False
    act: str = ""
    """What stands on the first button."""
    other: str = ""
    """The other way in, or another place to keep it."""
    out: str = ""
    """Signing out."""
    away: str = ""


def sign_in_view(state: State, now: int, standing: ServiceStanding | None = None) -> SignInView:
    """What to show. ``standing`` is how the newest poll of the service went."""
    service = state.connected
    if service is None:
        return _without_service(state)
    title = translate("SignIn", "Sign in to {service}").format(service=service.name)
    match state.stage:
        case Stage.LOOKING:
            words = translate("SignIn", "Asking {host} how people sign in. It is not told who asks.")
            return SignInView(title, status=words.format(host=service.host), away=_cancel())
        case Stage.READY | Stage.BUSY | Stage.ENDED | Stage.OUT:
            return _ready(state, service, title)
        case Stage.CODE if state.waiting is not None:
            return _code(state.waiting, service, title, now)
        case Stage.KEEPING:
            words = translate("SignIn", "Waiting for the keyring. It may ask for your password in a window of its own.")
            return SignInView(title, _goes(service), status=words, away=_cancel())
        case Stage.UNKEPT:
            return SignInView(
                title, _goes(service), status=state.trouble, alarming=True, away=_cancel(),
                act=translate("SignIn", "Try again"), other=translate("SignIn", "Hold it until Taximeter is closed"),
            )  # fmt: skip
        case _:
            return _done(state, service, standing)


def kept_words(place: Place, *, chosen: bool) -> str:
    """Where the token is now; ``chosen`` when it is held because the person said so."""
    if place is Place.MEMORY and chosen:
        return translate("SignIn", "Taximeter holds the token until it is closed, and asks again at the next start.")
    if place is Place.MEMORY:
        return translate(
            "SignIn", "This computer has no keyring that keeps a token safely. Taximeter holds it until it is closed, "
            "and asks again at the next start. A token from TAXIMETER_TOKEN, or from a program that the settings name, "
            "needs no asking.",
        )  # fmt: skip
    return translate("SignIn", "The token lies in this computer's keyring.")


def _without_service(state: State) -> SignInView:
    title = translate("SignIn", "Sign in")
    if state.stage is Stage.LOOKING:
        return SignInView(title, away=_cancel())
    words = state.trouble or translate(
        "SignIn", "No budget service is connected. Connect one under Budget in the settings."
    )
    return SignInView(title, status=words, alarming=bool(state.trouble), away=_close())


def _ready(state: State, service: Connected, title: str) -> SignInView:
    by_code = state.by_code and state.offer.device
    busy = state.stage is Stage.BUSY
    return SignInView(
        title,
        about=_asked(state.offer, service) if by_code else _goes(service),
        note=_note(state, service),
        status=_status(state),
        alarming=state.stage is Stage.ENDED or bool(state.trouble),
        asks_token=not by_code and not busy,
        act="" if busy else _act(state, by_code),
        other=_other(state, by_code) if not busy else "",
        out=_out() if service.place in (Place.KEYRING, Place.MEMORY) and state.stage is Stage.READY else "",
        away=_cancel() if state.stage is not Stage.OUT else _close(),
    )


def _status(state: State) -> str:
    if state.stage is Stage.BUSY:
        return translate("SignIn", "Asking for a code")
    if state.stage is Stage.OUT:
        return translate("SignIn", "You are signed out here. The service was not told.")
    if state.stage is Stage.ENDED and state.ended is not None:
        return ended_words(state.ended)
    return state.trouble


def ended_words(ended: Ended) -> str:
    """Why there is no token."""
    if ended.end is End.DENIED:
        return translate("SignIn", "It was refused on that page. Nothing was kept.")
    if ended.end is End.EXPIRED:
        return translate("SignIn", "The code has run out. Nothing was kept.")
    return translate("SignIn", "{what}. Nothing was kept.").format(what=told(ended.sentence))


def _act(state: State, by_code: bool) -> str:
    if not by_code:
        return translate("SignIn", "Sign in")
    if state.stage is Stage.ENDED:
        return translate("SignIn", "Get a new code")
    return translate("SignIn", "Get a code")


def _other(state: State, by_code: bool) -> str:
    if by_code:
        return translate("SignIn", "Use a token instead")
    return translate("SignIn", "Use a code instead") if state.offer.device else ""


def _note(state: State, service: Connected) -> str:
    if service.place is Place.VARIABLE or service.place is Place.COMMAND:
        words = translate("SignIn", "The token that {what} gives is used before one that you sign in with here.")
        return words.format(what=service.told_by)
    if state.stage is Stage.READY and service.place in (Place.KEYRING, Place.MEMORY):
        return translate("SignIn", "There is a token already. Signing in puts another in its place.")
    if state.offer.sentence and not state.offer.device:
        words = translate("SignIn", "{what}, so that it cannot tell how people sign in. A token can be kept all the "
                          "same.")  # fmt: skip
        return words.format(what=told(state.offer.sentence))
    return ""


def _goes(service: Connected) -> str:
    return translate(
        "SignIn", "The token goes to {host} and nowhere else, with the question what is left of your budget. Nothing "
        "of your work is sent.",
    ).format(host=service.host)  # fmt: skip


def _asked(offer: Offer, service: Connected) -> str:
    if offer.foreign:
        words = translate(
            "SignIn", "Your company signs people in at {provider}. It is asked for a code and told the name of this "
            "app and what it asks for: {asks}.",
        )  # fmt: skip
        first = words.format(provider=_list(offer.foreign), asks=offer.asks)
    else:
        words = translate("SignIn", "{host} is asked for a code, which you type in on a page of your company's.")
        first = words.format(host=service.host)
    return f"{first}\n{_goes(service)}"


def _code(waiting: Waiting, service: Connected, title: str, now: int) -> SignInView:
    where = translate("SignIn", "Open this page and type the code in:\n{page}").format(page=waiting.page)
    status = translate("SignIn", "Waiting for you to allow it there.")
    if waiting.trouble:
        status = translate("SignIn", "{what}. It is asked again by itself.").format(what=told(waiting.trouble))
    elif waiting.slow:
        status = translate("SignIn", "Waiting for you to allow it there. The answer may take a little longer to show "
                           "here.")  # fmt: skip
    return SignInView(title, about=_goes(service), where=where, code=waiting.code, left=left_words(waiting, now),
                      status=status, away=_cancel())  # fmt: skip


def left_words(waiting: Waiting, now: int) -> str:
    """How long the code is good; seconds only in its last minute."""
    left = max(0, waiting.expires_at - now)
    if left > MINUTE:
        minutes = -(-left // MINUTE)
        return many(minutes, translate("SignIn", "Good for 1 minute"), translate("SignIn", "Good for {n} minutes"))
    seconds = -(-left // SECOND)
    return many(seconds, translate("SignIn", "Good for 1 second"), translate("SignIn", "Good for {n} seconds"))


def _done(state: State, service: Connected, standing: ServiceStanding | None) -> SignInView:
    title = translate("SignIn", "Signed in to {service}").format(service=service.name)
    status, alarming = translate("SignIn", "Asking {host} for your figures").format(host=service.host), False
    if standing is not None and standing.polled_at >= state.done_at:
        status, alarming = _heard(standing, service)
    if alarming:
        title = translate("SignIn", "Sign in to {service}").format(service=service.name)
    return SignInView(
        title, about=kept_words(state.place, chosen=state.chosen), status=status, alarming=alarming, away=_close()
    )


def _heard(standing: ServiceStanding, service: Connected) -> tuple[str, bool]:
    if standing.state is ServiceState.ANSWERED:
        if standing.who:
            words = translate("SignIn", "{host} has told the figures of {who}.")
            return words.format(host=service.host, who=standing.who), False
        return translate("SignIn", "{host} has told your figures.").format(host=service.host), False
    return because(standing), standing.state in (ServiceState.SIGNED_OUT, ServiceState.BLOCKED)


def _list(hosts: tuple[str, ...]) -> str:
    if len(hosts) == 1:
        return hosts[0]
    return translate("SignIn", "{first} and {second}").format(first=hosts[0], second=hosts[-1])


def _cancel() -> str:
    return translate("SignIn", "Cancel")


def _close() -> str:
    return translate("SignIn", "Close")


def _out() -> str:
    return translate("SignIn", "Sign out")
