"""What the doctor says of the budget service: who is asked, how it went, when it is asked next and why."""

from __future__ import annotations

import contextlib
import sqlite3
from dataclasses import dataclass
from typing import TYPE_CHECKING

from taximeter.commands.desk import Desk
from taximeter.commands.documents import Document, iso
from taximeter.commands.tables import one_line, wrapped
from taximeter.commands.wording import count_words, length_words, moment
from taximeter.host.secrets import VARIABLE
from taximeter.host.service_settings import ServiceSetting
from taximeter.ledger.service_holds import hold_trouble

if TYPE_CHECKING:
    from taximeter.budget.kept import Kept
    from taximeter.domain.poll_state import NextPoll

SIGNED_IN = {
    "environment": f"by {VARIABLE}",
    "command": "by the token command of the settings",
    "keyring": "by a token in this computer's keyring",
    "memory": "by a token that the running app holds until it ends",
}
SENT = "Sent to it: the token, calls that read, and what you ask for by hand. No prompt, project or file name."
SETS_ASIDE = "For a launch that you let go it is told an amount and how many agents start."
HOLDS = "holds"


@dataclass(frozen=True, slots=True)
class ServiceFindings:
    """How it stands with the service that is connected."""

    setting: ServiceSetting
    kept: Kept
    signed_in: str
    """One of SIGNED_IN, or empty; the keyring was not touched to tell it."""
    next: NextPoll | None
    """Worked out from what the ledger keeps; None before the app ran for the first time."""
    running: bool
    """Whether an app runs that asks."""
    provider: str = ""
    """The host that renews the sign-in; empty where none does."""
    hold_trouble: tuple[int, str] | None = None
    """When and why the newest amount could not be set aside or freed; None when all went well."""

    @property
    def failure(self) -> str:
        """Why the last poll gave nothing; empty when it went well or none was made."""
        failure = self.kept.known.failure
        return "" if failure is None else failure.sentence.rstrip(".")

    @property
    def contacted(self) -> bool:
        """Whether anything was ever sent to it, as far as the ledger knows."""
        from taximeter.budget.contract import Fault

        failure = self.kept.known.failure
        sent = failure is not None and (failure.status > 0 or failure.fault is not Fault.UNAUTHENTICATED)
        return self.kept.known.reading is not None or sent

    @property
    def hosts(self) -> list[str]:
        """Those that anything was ever sent to."""
        return list(dict.fromkeys(one for one in (self.setting.host, self.provider) if one)) if self.contacted else []

    @property
    def odd(self) -> tuple[str, ...]:
        """What was not as expected in the last reading."""
        reading = self.kept.known.reading
        return () if reading is None else reading.odd

    @property
    def clock_off(self) -> int:
        """By how many ms the service's clock is ahead of this computer's."""
        reading = self.kept.known.reading
        return 0 if reading is None else reading.clock_off

    @property
    def sets_aside(self) -> bool:
        """Whether the service sets amounts aside for launches."""
        reading = self.kept.known.reading
        return reading is not None and HOLDS in reading.can

    @property
    def attention(self) -> list[str]:
        """What a person should look at."""
        if not self.signed_in:
            return ["Nobody is signed in to the budget service: taximeter budget sign-in"]
        said = [f"The budget service gave nothing: {self.failure}."] if self.failure else []
        reading = self.kept.known.reading
        if reading is not None and reading.unread:
            quotas = count_words(len(reading.unread), "quota")
            said.append(f"The figures of {quotas} of the budget service cannot be used; the last good ones stay.")
        return said


def examine_service(desk: Desk, connection: sqlite3.Connection) -> ServiceFindings | None:
    """How it stands with the service, from settings and ledger alone; None when none is connected."""
    setting = desk.settings.service
    if not setting.kind:
        return None
    from taximeter.budget.kept import recall
    from taximeter.budget.keyholder import Place
    from taximeter.commands.signing import keyholder

    kept = recall(connection, setting.origin)
    plan = _next(desk, connection, kept)
    keys, runs = keyholder(desk), desk.app_runs()
    place = keys.place(setting)
    # What no keyring keeps is held by the app that runs.
    if runs and keys.asks_at_start(setting):
        place = Place.MEMORY
    signed_in = "" if place is Place.NOWHERE else place.value
    return ServiceFindings(setting, kept, signed_in, plan, runs, keys.provider(setting.origin),
                           hold_trouble(connection))  # fmt: skip


def service_document(found: ServiceFindings | None) -> Document:
    """The doctor's part of the data."""
    if found is None:
        return {"service": None, "hosts_contacted": []}
    kept, plan = found.kept, found.next
    return {
        "service": {
            "kind": found.setting.kind,
            "origin": found.setting.origin,
            "host": found.setting.host,
            "name": found.setting.name or None,
            "coverage_chosen": found.setting.coverage_chosen,
            "signed_in": found.signed_in or None,
            "polled_at": iso(kept.polled_at) if kept.polled_at else None,
            "failures": kept.failures,
            "failure": found.failure or None,
            "next_poll": None if plan is None else {"delay_seconds": plan.delay // 1000, "reason": plan.reason.value},
            "app_running": found.running,
            "clock_ahead_seconds": round(found.clock_off / 1000),
            "odd": list(found.odd),
            "hold_trouble": _trouble_json(found.hold_trouble),
        },
        "hosts_contacted": found.hosts,
    }


def service_text(desk: Desk, found: ServiceFindings | None) -> list[str]:
    """The doctor's part of the text."""
    if found is None:
        return ["", "Budget service: none", "  Hosts contacted: none"]
    setting = found.setting
    name = f"{setting.name}, " if setting.name else ""
    said = [
        f"{name}{setting.kind} at {setting.origin}",
        f"Signed in {SIGNED_IN[found.signed_in]}" if found.signed_in else "Not signed in",
        *_last_words(desk, found),
        *_next_words(found),
        *_clock_words(found.clock_off),
        *_hold_words(desk, found),
        *(f"Odd: {one}" for one in found.odd),
        f"Hosts contacted: {', '.join(found.hosts) or 'none'}",
        *(
            [f"{found.provider} renews the sign-in and gets nothing else"]
            if found.provider not in ("", found.setting.host)
            else []
        ),
        *([SENT] if found.contacted else []),
        *([SETS_ASIDE] if found.contacted and found.sets_aside else []),
    ]
    if not setting.coverage_chosen:
        said.insert(1, "Nobody said what it pays for, so nothing of one's own use is taken off its figures")
    lines = [line for one in said for line in wrapped(one_line(one), "    ", "  ")]
    return ["", "Budget service:", *lines]


def _last_words(desk: Desk, found: ServiceFindings) -> list[str]:
    kept, now, zone = found.kept, desk.now, desk.zone
    if not kept.polled_at:
        return ["Never asked"]
    went = f"{found.failure}, {count_words(kept.failures, 'failure')} in a row" if found.failure else "all was well"
    said = [f"Last asked {moment(kept.polled_at, now, zone)}: {went}"]
    if found.failure and kept.known.reading is not None:
        said.append(f"Last good figures as of {moment(kept.known.reading.as_of, now, zone)}")
    return said


def _next_words(found: ServiceFindings) -> list[str]:
    if found.next is None:
        return ["Next asked: once the app runs"]
    when = f"in {length_words(found.next.delay)}, {found.next.reason.value}"
    if not found.running:
        return [f"Next asked: once the app runs; it would be {when}"]
    return [f"Next asked: {when} (from what the ledger keeps; sooner when a window opens or a launch is asked about)"]


def _hold_words(desk: Desk, found: ServiceFindings) -> list[str]:
    if found.hold_trouble is None:
        return []
    at, why = found.hold_trouble
    return [f"What it was to set aside for a launch failed {moment(at, desk.now, desk.zone)}: {why}"]


def _trouble_json(told: tuple[int, str] | None) -> Document | None:
    return None if told is None else {"at": iso(told[0]), "why": told[1]}


def _clock_words(off: int) -> list[str]:
    if not off:
        return []
    return [f"Its clock is {length_words(abs(off))} {'ahead of' if off > 0 else 'behind'} this computer's"]


def _next(desk: Desk, connection: sqlite3.Connection, kept: Kept) -> NextPoll | None:
    from taximeter.budget.planning import Moments, Surroundings, last_activity, poll_state_of
    from taximeter.domain.polling import next_poll
    from taximeter.domain.turns import Installation
    from taximeter.host.power import on_battery

    name = ""
    with contextlib.suppress(OSError, UnicodeDecodeError):
        name = desk.paths.installation_file.read_text("ascii").strip()
    if not name:
        return None
    floor = desk.settings.min_poll_seconds * 1000
    whose = Installation(name, desk.settings.service.origin, 0)
    around = Surroundings(on_battery())
    return next_poll(poll_state_of(kept, whose, desk.now, last_activity(connection), Moments(None), floor, around))
