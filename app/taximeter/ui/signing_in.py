"""What the windows may ask to connect the company's service and to sign in to it.

All of it waits for the network or the keyring and goes through ``submit``, apart from the ledger's
reader. What raises does so with ``Trouble``. Secrets pass through the windows unread.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from enum import StrEnum

from taximeter.ui.company import Submit


class Place(StrEnum):
    """Where the token comes from."""

    NOWHERE = "nowhere"
    VARIABLE = "environment"
    COMMAND = "command"
    KEYRING = "keyring"
    MEMORY = "memory"
    """Of the running app: no keyring here keeps it safely."""


@dataclass(frozen=True, slots=True)
class Connected:
    """The service that is set."""

    name: str
    """What people call it, else its host."""
    host: str
    origin: str
    place: Place = Place.NOWHERE
    own: bool = True
    """It stands in the person's own settings; else the company or the computer's administrator set it."""
    told_by: str = ""
    """The variable or the program that gives the token, where one does."""


@dataclass(frozen=True, slots=True)
class Offer:
    """How the service lets people in."""

    device: bool = False
    """With a code on a page."""
    preferred: bool = False
    """The service would rather have the code than a token."""
    foreign: tuple[str, ...] = ()
    """The hosts that are asked for the code and are not the service's."""
    asks: str = ""
    """What those are told: this app's name there, and what it asks for."""
    sentence: str = ""
    """Why the service told nothing, without a full stop; empty where it did."""


@dataclass(frozen=True, slots=True)
class Waiting:
    """A code was given; the person has not decided yet. Times are ms UTC."""

    code: str
    page: str
    page_complete: str
    """With the code filled in; empty where there is none."""
    expires_at: int
    ask_at: int
    """When to ask next."""
    slow: bool = False
    """It was asked for less haste."""
    trouble: str = ""
    """Why the last question had no answer, without a full stop."""
    secret: object = field(default=None, repr=False)
    """For the next question."""


@dataclass(frozen=True, slots=True)
class Granted:
    """The person was let in; what came is still to be kept."""

    origin: str
    entry: str = field(repr=False)


class End(StrEnum):
    """How it ended without a token."""

    DENIED = "denied"
    EXPIRED = "expired"
    FAILED = "failed"


@dataclass(frozen=True, slots=True)
class Ended:
    """No token came."""

    end: End
    sentence: str = ""
    """What happened, without a full stop."""


@dataclass(frozen=True, slots=True)
class Probe:
    """What answers at an address."""

    origin: str = ""
    """As it is written into the settings; empty where the address cannot be used."""
    kind: str = ""
    """Empty where it is not clear."""
    name: str = ""
    """What the service calls itself; empty where it does not tell."""
    host: str = ""
    sentence: str = ""
    """Why it is not clear, without a full stop."""


@dataclass(frozen=True, slots=True)
class Choice:
    """A service as it was chosen in a window."""

    kind: str
    origin: str
    name: str
    everything: bool
    agents: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class SignIn:
    """The steps that a person may take."""

    submit: Submit
    """A thread of its own for each step: a keyring may wait for a dialog that nobody sees."""
    connected: Callable[[], Connected | None]
    """The service that is set; looks at no keyring and no network."""
    probe: Callable[[str], Probe]
    """Asks an address what it is, without saying who asks."""
    connect: Callable[[Choice], None]
    """Writes it into the settings. Raises."""
    offer: Callable[[], Offer]
    """Asks the service how people sign in, without saying who asks. Raises where none is set."""
    begin: Callable[[], Waiting | Ended]
    """Asks for a code. Raises where none is set."""
    ask: Callable[[Waiting], Waiting | Granted | Ended]
    """Asks whether the person has decided."""
    keep: Callable[[Granted, bool], Place]
    """Keeps a token in the keyring, or in memory where there is no safe one or it was asked for. Raises."""
    forget: Callable[[], None]
    """Signs out here; nothing is told to the service. Raises."""
    kinds: tuple[tuple[str, str], ...]
    """The kinds of service with their names, for where the address does not tell."""
