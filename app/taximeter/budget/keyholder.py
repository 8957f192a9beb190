"""Who has the token for the company's service, and renews it: one for the app's threads, one for each command.

The access token goes to the configured origin alone, the refresh token to the token endpoint alone
that this origin named at sign-in. Renewed tokens are kept before they are used, and one process
renews at a time: a provider takes a refresh token that came twice for a stolen one.
"""

from __future__ import annotations

import logging
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field, replace
from enum import StrEnum
from pathlib import Path
from typing import Protocol, TypeVar

from taximeter.budget.client import Address, visit
from taximeter.budget.contract import Failure, Fault, Outcome
from taximeter.budget.device_flow import Ended, error_of, renew_call, tokens_of
from taximeter.budget.sign_in_entry import Pasted, Session, entry_of, read_entry
from taximeter.host.files import replace_file
from taximeter.host.lease import try_acquire
from taximeter.host.secrets import VARIABLE, forget_token, store_token, stored_origins, stored_token, told_token
from taximeter.host.service_settings import ServiceSetting, host_of, split_address
from taximeter.host.trouble import Trouble

log = logging.getLogger("taximeter.budget")
T = TypeVar("T")
LONGEST_RENEWAL = 45.0
"""Seconds that one waits for another who renews; a visit takes at most 20."""
LOOK_AGAIN = 0.05
NOBODY = "Nobody is signed in to the budget service"


class Place(StrEnum):
    """Where the token comes from."""

    NOWHERE = "nowhere"
    VARIABLE = "environment"
    COMMAND = "command"
    KEYRING = "keyring"
    MEMORY = "memory"
    """Of the running app, until it ends."""


@dataclass(eq=False)
class NotRenewed(Trouble):
    """An access token has ended and there is no other: the provider said no, or was not reached."""

    failure: Failure = field(default_factory=lambda: Failure(Fault.UNAUTHENTICATED, NOBODY))


@dataclass(frozen=True, slots=True)
class Keyholder:
    """Reads the keyring only where ``marker`` says that it holds something."""

    env: Mapping[str, str]
    marker: Path
    now: Callable[[], int]
    held: dict[str, str] = field(default_factory=dict, repr=False)
    """Entries by origin that no keyring keeps; they end with the process."""

    @property
    def asking_marker(self) -> Path:
        """Says for which services the person is asked at each start."""
        return self.marker.with_name("signs-in-at-start")

    def place(self, setting: ServiceSetting) -> Place:
        """Where the token comes from, without touching the keyring or running anything."""
        if self.env.get(VARIABLE, "").strip():
            return Place.VARIABLE
        if setting.token_command:
            return Place.COMMAND
        if setting.origin in self.held:
            return Place.MEMORY
        return Place.KEYRING if setting.origin in stored_origins(self.marker) else Place.NOWHERE

    def token(self, setting: ServiceSetting) -> str | None:
        """The token, renewed where it ends soon; None when there is none.

        Raises:
            NotRenewed: it has ended, and no other was given.
            Trouble: the keyring or the token command gave none.
        """
        if told := told_token(self.env, setting.token_command):
            return told
        entry = self._entry(setting.origin)
        if not isinstance(entry, Session):
            return None if entry is None else entry.token
        if not entry.can_be_renewed or not entry.is_due(self.now()):
            return entry.tokens.access
        try:
            return self._renewed(setting, entry.tokens.access)
        except NotRenewed as trouble:
            if trouble.failure.fault is Fault.UNAUTHENTICATED or entry.is_over(self.now()):
                raise
            return entry.tokens.access

    def renewed(self, setting: ServiceSetting, refused: str) -> str | None:
        """Another token in place of one that the service refused; None when there is no other.

        Raises:
            NotRenewed: the provider said no, or was not reached.
            Trouble: as for ``token``.
        """
        if told_token(self.env, setting.token_command):
            return None
        entry = self._entry(setting.origin)
        if isinstance(entry, Session) and entry.can_be_renewed:
            return self._renewed(setting, refused)
        found = entry.token if isinstance(entry, Pasted) else entry and entry.tokens.access
        return found if found and found != refused else None

    def keep(self, origin: str, entry: str, *, in_memory: bool = False) -> Place:
        """Keeps what a sign-in gave: in the keyring, or until this process ends.

        Raises:
            NoSafeKeyring: there is none; nothing was kept.
            Trouble: it cannot be kept.
        """
        if in_memory:
            self.held[origin] = entry
        else:
            store_token(self.marker, origin, entry)
            self.held.pop(origin, None)
        self._ask_at_start(origin, asks=in_memory)
        found = read_entry(entry)
        self._note_provider(origin, host_of(found.token_endpoint) if isinstance(found, Session) else "")
        return Place.MEMORY if in_memory else Place.KEYRING

    def forget(self, origin: str) -> None:
        """Signs out: forgets the entry wherever it is. Raises ``Trouble``."""
        self.held.pop(origin, None)
        self._ask_at_start(origin, asks=False)
        self._note_provider(origin, "")
        forget_token(self.marker, origin)

    def asks_at_start(self, setting: ServiceSetting) -> bool:
        """Whether the last sign-in was kept by no keyring, so that the person is asked when the app starts."""
        return self.place(setting) is Place.NOWHERE and setting.origin in stored_origins(self.asking_marker)

    @property
    def provider_file(self) -> Path:
        """Says which other host renews the sign-in at which origin: no secret, and the doctor names it."""
        return self.marker.with_name("signed-in-by")

    def provider(self, origin: str) -> str:
        """The host that renews the sign-in at an origin; empty where none does."""
        return self._providers().get(origin, "")

    def _providers(self) -> dict[str, str]:
        try:
            lines = self.provider_file.read_text("utf-8").splitlines()
        except (OSError, UnicodeDecodeError):
            return {}
        return {words[0]: words[1] for words in map(str.split, lines) if len(words) == 2}

    def _note_provider(self, origin: str, host: str) -> None:
        before = self._providers()
        after = {name: kept for name, kept in before.items() if name != origin} | ({origin: host} if host else {})
        if after != before:
            replace_file(self.provider_file, "".join(f"{name} {kept}\n" for name, kept in after.items()).encode())

    def _entry(self, origin: str) -> Session | Pasted | None:
        found = self.held.get(origin) or stored_token(self.marker, origin)
        return read_entry(found) if found else None

    def _renewed(self, setting: ServiceSetting, refused: str) -> str:
        with _alone(self.marker.with_name("renewing.lease"), setting.host):
            # Another thread or process may have renewed it meanwhile.
            entry = self._entry(setting.origin)
            if isinstance(entry, Pasted):
                return entry.token
            if entry is None:
                raise NotRenewed(NOBODY, "Sign in.")
            if entry.tokens.access != refused:
                return entry.tokens.access
            outcome = renewal(entry, setting.ca_file, self.now)
            found = tokens_of(outcome, self.now())
            if isinstance(found, Ended):
                raise self._not_renewed(setting, entry, outcome, found)
            # RFC 6749, 6: a provider that sends no other refresh token means the old one to be used on.
            kept = replace(entry, tokens=replace(found, refresh=found.refresh or entry.tokens.refresh))
            self._keep_renewed(setting.origin, entry_of(kept))
            return kept.tokens.access

    def _keep_renewed(self, origin: str, entry: str) -> None:
        if origin not in self.held:
            try:
                store_token(self.marker, origin, entry)
            except Trouble as trouble:
                # The old refresh token is used up: what the keyring does not take lasts until this process ends.
                log.warning("the renewed sign-in is kept until the app ends: %s", trouble.title)
            else:
                return
        self.held[origin] = entry

    def _not_renewed(self, setting: ServiceSetting, entry: Session, outcome: Outcome, ended: Ended) -> NotRenewed:
        host = host_of(entry.token_endpoint)
        if not isinstance(outcome, Failure):
            return NotRenewed(ended.sentence, failure=Failure(Fault.UNREADABLE, ended.sentence))
        if error_of(outcome) == "invalid_grant":
            self.forget(setting.origin)
            sentence = f"{host} has ended the sign-in: sign in again"
            return NotRenewed(sentence, failure=Failure(Fault.UNAUTHENTICATED, sentence, outcome.status))
        # Only what may be told goes on: what was sent held the refresh token.
        told = Failure(outcome.fault, ended.sentence, outcome.status, outcome.retry_after)
        return NotRenewed(ended.sentence, failure=told)

    def _ask_at_start(self, origin: str, *, asks: bool) -> None:
        before = stored_origins(self.asking_marker)
        after = before | {origin} if asks else before - {origin}
        if after != before:
            replace_file(self.asking_marker, "".join(f"{one}\n" for one in sorted(after)).encode())


def renewal(session: Session, ca_file: Path | None, now: Callable[[], int]) -> Outcome:
    """Asks the token endpoint for new tokens."""
    call = renew_call(session.token_endpoint, session.client_id, session.tokens.refresh)
    origin, _ = split_address(session.token_endpoint)
    with visit(Address(origin, ca_file), None, now) as ask:
        return ask(call)


class Keys(Protocol):
    """Who can be asked for a token."""

    def token(self, setting: ServiceSetting, /) -> str | None:
        """As ``Keyholder.token``."""

    def renewed(self, setting: ServiceSetting, refused: str, /) -> str | None:
        """As ``Keyholder.renewed``."""


def asked_as(keys: Keys, setting: ServiceSetting, ask: Callable[[str], T | Failure]) -> T | Failure:
    """Asks with the token of who is signed in; once more with a renewed one where the service refused it."""
    try:
        token = keys.token(setting)
        if token is None:
            return Failure(Fault.UNAUTHENTICATED, NOBODY)
        outcome = ask(token)
        if isinstance(outcome, Failure) and outcome.fault is Fault.UNAUTHENTICATED:
            other = keys.renewed(setting, token)
            return outcome if other is None else ask(other)
    except NotRenewed as trouble:
        return trouble.failure
    except Trouble as trouble:
        return Failure(Fault.UNAUTHENTICATED, str(trouble))
    return outcome


@contextmanager
def _alone(file: Path, host: str) -> Iterator[None]:
    """No other thread or process renews meanwhile; where files cannot be locked, nobody is kept out."""
    end = time.monotonic() + LONGEST_RENEWAL
    lease = None
    with suppress(OSError):
        while (lease := try_acquire(file)) is None:
            if time.monotonic() > end:
                sentence = f"Another Taximeter renews the sign-in to {host} and does not end"
                raise NotRenewed(sentence, failure=Failure(Fault.TIMED_OUT, sentence))
            time.sleep(LOOK_AGAIN)
    try:
        yield
    finally:
        if lease is not None:
            lease.release()
