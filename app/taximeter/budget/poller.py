"""The poller thread: asks the company's budget service when it is time, and keeps what it told.

When that is, one pure function decides (``domain.polling``). What was read goes into the ledger through
whoever writes it, so that windows, commands and the next start know it. A service that is gone, slow or lying
stops nothing: the last good figures stay, with their age.
"""

from __future__ import annotations

import logging
import sqlite3
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass, replace
from functools import partial

from taximeter.budget.client import Address, Ask, Ending, visit
from taximeter.budget.contract import Failure, Memory, Reading
from taximeter.budget.kept import Kept, row_of, source_of
from taximeter.budget.keyholder import asked_as
from taximeter.budget.kinds import SERVICES
from taximeter.budget.latest import after, poll
from taximeter.budget.planning import Moments, Surroundings, forgiven, poll_state_of
from taximeter.domain.poll_state import NextPoll, PollState, Reason
from taximeter.domain.polling import next_poll
from taximeter.domain.turns import Installation
from taximeter.host.service_settings import ServiceSetting
from taximeter.host.trouble import Trouble
from taximeter.ledger.services import put_service

log = logging.getLogger("taximeter.budget")

LONGEST_WAIT_S = 60.0
"""After that it decides anew: an agent that started again, or a computer that slept, is noticed by then."""
METERED_KEPT_MS = 5 * 60_000
"""How long the word on whether a network is metered holds."""
OVERSLEPT_MS = 60_000
"""A wait that took so much longer by the clock than it was meant to: the computer slept."""


@dataclass(frozen=True, slots=True)
class Ways:
    """What the poller is handed."""

    setting: Callable[[], ServiceSetting]
    """As the files are now. Raises ``Trouble``."""
    token: Callable[[ServiceSetting], str | None]
    """The token, None when there is none. May take a while; raises ``Trouble``."""
    recall: Callable[[str], Kept]
    """What the ledger keeps of the service at an origin."""
    write: Callable[[Callable[[sqlite3.Connection], None]], None]
    """Has a job run by whoever writes the ledger."""
    last_activity: Callable[[], int | None]
    """When an agent last billed something, as far as the ledger knows."""
    now: Callable[[], int]
    id: Callable[[], str]
    """This installation's random name, made once."""
    renewed: Callable[[ServiceSetting, str], str | None] = lambda _setting, _refused: None
    """Another token in place of one that was refused, None when there is none; as ``token``."""
    floor: Callable[[], int] = lambda: 0
    """The shortest interval that the company allows, ms. Raises ``Trouble``."""
    follow: Callable[[ServiceSetting, Reading, Ask], None] = lambda _setting, _reading, _ask: None
    """Makes what calls of its own are due after a good poll, within its visit."""
    network: Callable[[], str] = lambda: ""
    """A text that changes with the network, empty without one. Cheap: it is asked at every decision."""
    on_battery: Callable[[], bool] = lambda: False
    """Cheap as well."""
    metered: Callable[[], bool] = lambda: False
    """Whether the network is paid by volume. May take a second: it is asked before a poll at most."""


class Poller:
    """Owns the thread; ``stop`` hangs up on the service and ends it."""

    def __init__(self, ways: Ways) -> None:
        self._ways = ways
        self._moments = Moments(ways.now(), started=ways.now())
        self._stirred = threading.Condition()
        self._stopping = False
        self._ending = Ending()
        self._again = False
        self._anew = False
        self._at_once = False
        self._token = ""
        self._network = ""
        self._metered, self._metered_at = False, 0
        self._thread = threading.Thread(target=self._run, name="poller", daemon=True)

    def start(self) -> None:
        """Begin; returns at once. Without a service it only waits for one."""
        self._thread.start()

    def stop(self) -> None:
        """End; what was read is kept."""
        with self._stirred:
            self._stopping = True
            self._stirred.notify()
        self._ending.come()
        if self._thread.is_alive():
            self._thread.join(5)

    def ask(self) -> None:
        """A window opened or a launch asks: a fresh figure is worth a poll, if the last was not just now."""
        with self._stirred:
            self._moments = replace(self._moments, asked=self._ways.now())
            self._stir()

    def poll_now(self) -> None:
        """Something was changed at the service by hand: ask it at once, however short ago that was done."""
        with self._stirred:
            self._at_once = True
            self._stir()

    def settings_changed(self) -> None:
        """Look at the settings anew; a service that was just connected is asked at once."""
        self.ask()

    def token_changed(self) -> None:
        """A token was stored or forgotten: the figures may be another person's, and the service is asked at once."""
        with self._stirred:
            self._moments = replace(self._moments, asked=self._ways.now(), asked_poll=None)
            self._anew = True
            self._stir()

    def _stir(self) -> None:
        """Have the thread decide anew; the lock is held."""
        self._again = True
        self._stirred.notify()

    def _run(self) -> None:
        before: ServiceSetting | None = None
        while not self._stopping:
            try:
                setting = self._ways.setting()
                if setting.kind in SERVICES:
                    kept = self._ways.recall(setting.origin)
                    # What it pays for, or how it is trusted, was chosen anew: what was read before says it no more.
                    self._follow(setting, kept if before in (None, setting) else forgiven(kept))
                else:
                    self._wait(None)
                before = setting
            except Trouble as trouble:
                # The windows tell it, since they read the same settings and the same ledger.
                log.info("the budget service is not asked: %s", trouble.title)
                self._wait(None)
            except Exception:
                log.exception("the poller failed and starts again")
                self._wait(LONGEST_WAIT_S)

    def _follow(self, setting: ServiceSetting, kept: Kept) -> None:
        """Poll one service until something stirs that may mean another."""
        while not self._stopping and setting == self._ways.setting():
            plan = next_poll(self._state(setting, kept))
            if self._wait(plan.delay / 1000):
                kept = self._of_this_token(kept)
                if not self._is_wanted_at_once() or _has_to_wait(kept, self._ways.now()):
                    continue
                plan = NextPoll(0, Reason.ASKED)
            if plan.reason is not Reason.ASKED and self._costs_more():
                continue
            kept = self._polled(setting, kept, plan)

    def _wait(self, seconds: float | None) -> bool:
        """Whether something stirred before the time was over; None waits for that alone."""
        begun, at = time.monotonic(), self._ways.now()
        with self._stirred:
            if not self._again and not self._stopping:
                self._stirred.wait(seconds if seconds is None else min(seconds, LONGEST_WAIT_S))
            stirred, self._again = self._again or self._stopping, False
            slept = self._ways.now() - at - int((time.monotonic() - begun) * 1000)
            if slept > OVERSLEPT_MS:
                self._moments = replace(self._moments, woke=self._ways.now())
                return True
        return stirred or (seconds is not None and seconds > LONGEST_WAIT_S)

    def _is_wanted_at_once(self) -> bool:
        with self._stirred:
            wanted, self._at_once = self._at_once and not self._stopping, False
        return wanted

    def _of_this_token(self, kept: Kept) -> Kept:
        with self._stirred:
            anew, self._anew = self._anew, False
        return Kept() if anew else kept

    def _state(self, setting: ServiceSetting, kept: Kept) -> PollState:
        whose = Installation(self._ways.id(), setting.origin, 0)
        now, active, floor = self._ways.now(), self._ways.last_activity(), self._ways.floor()
        self._notice_network(now)
        around = Surroundings(self._ways.on_battery(), self._metered)
        return poll_state_of(kept, whose, now, active, self._moments, floor, around)

    def _notice_network(self, now: int) -> None:
        mark = self._ways.network()
        if not mark or mark == self._network:
            return
        if self._network:
            with self._stirred:
                self._moments = replace(self._moments, network_changed=now)
            self._metered_at = 0
        self._network = mark

    def _costs_more(self) -> bool:
        """Whether the network has turned out to be metered, so that the poll that is due may not be."""
        now = self._ways.now()
        if abs(now - self._metered_at) < METERED_KEPT_MS:
            return False
        before, self._metered, self._metered_at = self._metered, self._ways.metered(), now
        return self._metered and not before

    def _polled(self, setting: ServiceSetting, kept: Kept, plan: NextPoll) -> Kept:
        now = self._ways.now()
        if plan.reason is Reason.ASKED:
            with self._stirred:
                self._moments = replace(self._moments, asked_poll=now)
        outcome = self._outcome(setting, kept, now)
        failed = isinstance(outcome, Failure)
        if failed and self._ending.is_now:
            return kept
        done = Kept(after(kept.known, outcome), self._ways.now(), kept.failures + 1 if failed else 0)

        def keep(connection: sqlite3.Connection) -> None:
            put_service(connection, setting.origin, row_of(done))

        self._ways.write(keep)
        return done

    def _outcome(self, setting: ServiceSetting, kept: Kept, now: int) -> Reading | Failure:
        return asked_as(self._ways, setting, partial(self._asked, setting, kept, now))

    def _asked(self, setting: ServiceSetting, kept: Kept, now: int, token: str) -> Reading | Failure:
        # Another token may be another person's, for whom what was learnt of calls does not hold.
        memory = kept.known.memory if self._token in ("", token) else Memory()
        self._token = token
        address = Address(setting.origin, setting.ca_file)
        with visit(address, token, self._ways.now, ending=self._ending) as ask:
            outcome = poll(SERVICES[setting.kind], ask, memory, source_of(setting), now)
            if isinstance(outcome, Reading):
                self._ways.follow(setting, outcome, ask)
            return outcome


def _has_to_wait(kept: Kept, now: int) -> bool:
    """Whether the service named a time before which it is not to be asked, whoever wants it."""
    failure = kept.known.failure
    wait = None if failure is None else failure.retry_after
    return wait is not None and now < kept.polled_at + wait * 1000
