"""What the windows may ask to connect the company's service and to sign in to it, in the running app."""

from __future__ import annotations

import logging
from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from taximeter.budget import device_flow
from taximeter.budget.contract import Failure
from taximeter.budget.discovery import SignIn as Way
from taximeter.budget.keyholder import Keyholder
from taximeter.budget.kinds import SERVICES
from taximeter.budget.sign_in_entry import Session, entry_of
from taximeter.budget.signing_in import ask, begin, device_way, find, probe
from taximeter.host.apart import apart
from taximeter.host.secrets import VARIABLE, NoSafeKeyring, is_token
from taximeter.host.service_settings import ServiceSetting, host_of, parse_origin
from taximeter.host.settings import Settings, apply, read_source
from taximeter.host.settings_edit import put_service
from taximeter.host.trouble import Trouble
from taximeter.ui.signing_in import (
    Choice,
    Connected,
    End,
    Ended,
    Granted,
    Offer,
    Place,
    Probe,
    SignIn,
    Waiting,
)

if TYPE_CHECKING:
    from taximeter.collect.installation import Installation

log = logging.getLogger("taximeter.app")


@dataclass(frozen=True, slots=True)
class _Secret:
    """What the next question of a device flow needs."""

    setting: ServiceSetting
    way: Way
    pending: device_flow.Pending


@dataclass(frozen=True, slots=True)
class SignInDesk:
    """The steps over one installation; ``token_changed`` has the service asked anew."""

    here: Installation
    keys: Keyholder
    token_changed: Callable[[], None]
    in_memory: bool = False
    """No keyring is touched: what is signed in to ends with the app."""

    def steps(self) -> SignIn:
        """All that a window may ask."""
        return SignIn(
            submit=apart,
            connected=self._connected,
            probe=self._probe,
            connect=self._connect,
            offer=self._offer,
            begin=self._begin,
            ask=self._ask,
            keep=self._keep,
            forget=self._forget,
            kinds=tuple((kind, service.name) for kind, service in SERVICES.items()),
        )

    def asks_at_start(self) -> bool:
        """Whether the person was signed in at the last start and no keyring kept it."""
        try:
            return self.keys.asks_at_start(self._setting())
        except Trouble as trouble:
            # The windows tell it when they read the same settings.
            log.info("nobody is asked to sign in: %s", trouble.title)
            return False

    def _setting(self) -> ServiceSetting:
        setting = self.here.settings().service
        if not setting.kind:
            raise Trouble("No budget service is connected", "Connect one first.")
        return setting

    def _connected(self) -> Connected | None:
        setting = self.here.settings().service
        if not setting.kind:
            return None
        place = Place(self.keys.place(setting).value)
        told_by = {Place.VARIABLE: VARIABLE, Place.COMMAND: (*setting.token_command, "")[0]}.get(place, "")
        return Connected(setting.called, setting.host, setting.origin, place,
                         _is_own(self.here), told_by)  # fmt: skip

    def _probe(self, address: str) -> Probe:
        typed = address.strip()
        origin = parse_origin(typed if "://" in typed else f"https://{typed}")
        if origin is None:
            return Probe()
        found = probe(origin, self.here.settings().service.ca_file, self.here.now)
        name = found.discovery.name if found.discovery else ""
        return Probe(found.origin, found.kind, name, host_of(found.origin), found.sentence)

    def _connect(self, choice: Choice) -> None:
        if choice.kind not in SERVICES or parse_origin(choice.origin) != choice.origin:
            raise Trouble("That service cannot be connected", "Check its address.")
        old = self.here.settings().service
        same = old if old.origin == choice.origin else ServiceSetting(ca_file=old.ca_file)
        put_service(self.here.paths, same._replace(
            kind=choice.kind, origin=choice.origin, name=choice.name.strip(), everything=choice.everything,
            agents=() if choice.everything else choice.agents, projects=(), models=()))  # fmt: skip

    def _offer(self) -> Offer:
        setting = self._setting()
        if setting.kind != "taximeter":
            return Offer()
        found = find(setting.origin, setting.ca_file, self.here.now)
        if isinstance(found, Failure):
            return Offer(sentence=found.sentence)
        way = device_way(found)
        if way is None:
            return Offer()
        foreign = tuple(host for host in way.hosts if host != setting.host)
        asks = ", ".join(part for part in (way.client_id, way.scope) if part)
        return Offer(device=True, preferred=found.prefers_device, foreign=foreign, asks=asks)

    def _begin(self) -> Waiting | Ended:
        setting = self._setting()
        found = find(setting.origin, setting.ca_file, self.here.now)
        if isinstance(found, Failure):
            return Ended(End.FAILED, found.sentence)
        way = device_way(found)
        if way is None:
            return Ended(End.FAILED, f"{found.name} offers no sign-in with a code")
        begun = begin(way, setting.ca_file, self.here.now)
        return _ended(begun) if isinstance(begun, device_flow.Ended) else _waiting(_Secret(setting, way, begun))

    def _ask(self, waiting: Waiting) -> Waiting | Granted | Ended:
        secret = waiting.secret
        assert isinstance(secret, _Secret)
        way, setting = secret.way, secret.setting
        found = ask(way, setting.ca_file, secret.pending, self.here.now)
        if isinstance(found, device_flow.Ended):
            return _ended(found)
        if isinstance(found, device_flow.Tokens):
            return Granted(setting.origin, entry_of(Session(found, way.token_endpoint, way.client_id)))
        return _waiting(replace(secret, pending=found))

    def _keep(self, granted: Granted, in_memory: bool) -> Place:  # noqa: FBT001 - as the windows call it
        if not is_token(granted.entry):
            raise Trouble("That is no token", "A token is one word of plain letters, digits and signs.")
        try:
            kept = self.keys.keep(granted.origin, granted.entry, in_memory=in_memory or self.in_memory)
        except NoSafeKeyring:
            # The window says so, and that it is asked for again at the next start.
            kept = self.keys.keep(granted.origin, granted.entry, in_memory=True)
        self.token_changed()
        return Place(kept.value)

    def _forget(self) -> None:
        self.keys.forget(self._setting().origin)
        self.token_changed()


def _waiting(secret: _Secret) -> Waiting:
    found = secret.pending
    return Waiting(found.user_code, found.page, found.page_complete, found.expires_at, found.ask_at, found.slow,
                   found.trouble, secret)  # fmt: skip


def _ended(found: device_flow.Ended) -> Ended:
    return Ended(End(found.end.value), found.sentence)


def _is_own(here: Installation) -> bool:
    """Whether the service stands in the person's own settings."""
    source = read_source(here.paths.settings_file)
    return source is not None and bool(apply(source, Settings()).service.kind)
