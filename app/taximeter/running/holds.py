"""Amounts set aside at the company's service for launches that were let go, and freed once those are over.

Nothing waits for it: an agent is answered first, and the errand goes to a thread of its own. What fails
changes nothing but a line of the doctor's.
"""

from __future__ import annotations

import logging
import sqlite3
import uuid
from collections.abc import Callable
from contextlib import AbstractContextManager
from functools import partial

from taximeter.budget.acts import Set
from taximeter.budget.contract import Reading
from taximeter.budget.errands import Errands
from taximeter.budget.poller import Ways
from taximeter.domain.coverage import covers
from taximeter.domain.holds import ServiceHold
from taximeter.domain.launch import Verb
from taximeter.domain.quota import Quota, Unit
from taximeter.guard.judging import Record
from taximeter.host.trouble import Trouble
from taximeter.ledger.queries_actual import Actual, actual
from taximeter.ledger.queries_holds import HOLD_MS, UNSEEN_MS
from taximeter.ledger.queries_questions import question_named
from taximeter.ledger.service_holds import PlacedHold, placed_holds, put_hold_trouble, put_placed
from taximeter.ui.company import Submit

log = logging.getLogger("taximeter.holds")

LOOK_MS = 5_000
"""Between two looks at which launches are over: an agent writes a line every few seconds."""
REST_MS = 10 * 60_000
"""After a service did not settle."""
PART = "holds"


class HoldsDesk:
    """Places and settles, each on the errands' thread; what is told to it may come from any thread."""

    def __init__(
        self, reach: Ways, errands: Errands, submit: Submit,
        reading: Callable[[], AbstractContextManager[sqlite3.Connection]],
    ) -> None:  # fmt: skip
        self._reach = reach
        self._errands = errands
        self._submit = submit
        self._reading = reading
        self._open = True
        """Whether there may be a hold to settle: at a start nobody knows."""
        self._next_look = 0

    def answered(self, record: Record) -> None:
        """A launch was told or answered; returns at once."""
        told = record.allowed or record.told
        if record.answer is not None and _goes_on(record) and told.forecast.cost is not None:
            self._later(partial(self._place, record, told.forecast.cost.p90, told.forecast.agents))

    def ledger_changed(self) -> None:
        """A launch may be over; returns at once."""
        now = self._reach.now()
        if self._open and now >= self._next_look:
            self._next_look = now + LOOK_MS
            self._later(self._settle)

    def _later(self, errand: Callable[[], None]) -> None:
        try:
            self._submit(partial(_safely, errand))
        except RuntimeError:
            log.info("a hold is left to end by itself: the app ends")

    def _place(self, record: Record, amount: int, agents: int) -> None:
        question, setting = record.question, self._reach.setting()
        reading = self._reach.recall(setting.origin).known.reading
        if amount <= 0 or reading is None or not self._can(reading, setting.origin, record):
            return
        wanted = Set(Unit.MONEY, question.currency, amount, agents, HOLD_MS // 1000)
        key = str(uuid.uuid5(uuid.NAMESPACE_URL, f"{setting.origin} {self._reach.id()} {question.id}"))
        try:
            held = self._errands.hold(wanted, key)
        except Trouble as trouble:
            self._failed(f"{trouble.title}. {trouble.detail}")
            return
        now = self._reach.now()
        self._keep(PlacedHold(question.id, setting.origin, held.id, held.unit.value, held.currency, held.amount,
                              held.quotas, now, min(held.ends_at - reading.clock_off, now + HOLD_MS)))  # fmt: skip
        self._open = True

    def _can(self, told: Reading, origin: str, record: Record) -> bool:
        """Whether the service holds, nothing is held for the launch yet, and something granted pays for it."""
        if PART not in told.can:
            return False
        with self._reading() as ledger:
            if any(hold.launch == record.question.id for hold in placed_holds(ledger, origin)):
                return False
        return any(_pays(quota, record) for quota in told.quotas)

    def _settle(self) -> None:
        setting = self._reach.setting()
        if not setting.kind:
            self._open = False
            return
        now = self._reach.now()
        with self._reading() as ledger:
            kept = [hold for hold in placed_holds(ledger, setting.origin) if not hold.settled_at and now < hold.ends_at]
            over = [(hold, spent) for hold in kept if (spent := _spent(ledger, hold, now)) is not None]
        self._open = len(over) < len(kept)
        for hold, spent in over:
            held = ServiceHold(hold.id, Unit(hold.unit), hold.currency, hold.amount, hold.ends_at)
            try:
                self._errands.settle(held, spent)
            except Trouble as trouble:
                # It ends by itself; the service counts what was spent all the same.
                self._open, self._next_look = True, self._reach.now() + REST_MS
                self._failed(f"{trouble.title}. {trouble.detail}")
                return
            self._keep(hold._replace(settled_at=self._reach.now()))

    def _keep(self, hold: PlacedHold) -> None:
        now = self._reach.now()
        self._reach.write(lambda connection: put_placed(connection, hold, now))

    def _failed(self, why: str) -> None:
        now = self._reach.now()
        self._reach.write(lambda connection: put_hold_trouble(connection, now, why.rstrip(". ")))


def _goes_on(record: Record) -> bool:
    answer = record.answer
    return answer is not None and answer.verb is not Verb.STOP and answer.agents != 0


def _pays(quota: Quota, record: Record) -> bool:
    question = record.question
    models = tuple({kind.model for kind in question.kinds})
    money = quota.unit is Unit.MONEY and quota.currency == question.currency and quota.coverage_chosen
    return money and covers(quota.covers, question.agent, question.project, models)


def _spent(ledger: sqlite3.Connection, hold: PlacedHold, now: int) -> int | None:
    """What the launch came to; None while it runs, or where that cannot be told: then the hold ends by itself."""
    row = question_named(ledger, hold.launch)
    if row is None:
        return None
    came_to: Actual = actual(ledger, row, now)
    if not came_to.runs:
        return 0 if now - max(row.answered_at, row.asked_at) > UNSEEN_MS else None
    return None if came_to.going_on else came_to.cost


def _safely(errand: Callable[[], None]) -> None:
    try:
        errand()
    except Trouble as trouble:
        log.info("nothing is set aside: %s", trouble.title)
    except Exception:
        log.exception("a hold failed")
