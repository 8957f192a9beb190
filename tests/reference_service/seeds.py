"""Made-up people with budgets in every state, for trying, for pictures and for the tests."""

from __future__ import annotations

import json
import secrets
from typing import NamedTuple

from reference_service.amounts import DAY, period, to_int
from reference_service.store import Store, hashed

HOUR = DAY // 24
PEOPLE = {
    "olu": ("Olu Adeyemi", None), "mia": ("Mia Ortiz", "olu"), "ana": ("Ana Diaz", "mia"), "ben": ("Ben Okoro", "mia"),
    "ed": ("Ed Ito", "mia"), "jo": ("Jo Park", "mia"), "wei": ("李伟", "mia"), "wei2": ("李伟", "mia"),
    "zoe": ("Zoë Krämer", "mia"), "kim": ("Kim Larsen", "olu"),
}  # fmt: skip
"""Id: name and manager. Jo has no budget, Kim reports to somebody else than the others."""


class Seed(NamedTuple):
    """A budget as it is planted."""

    id: str
    name: str
    people: tuple[str, ...]
    limit: str | None
    spent: str
    kind: str = "user"
    unit: str = "money"
    currency: str | None = "USD"
    soft_limit: str | None = None
    enforcement: str = "block"
    period: str = "month"
    source: str = "group"
    covers: dict[str, list[str]] | None = None
    suspended: str | None = None


BUDGETS = (
    Seed("ed-month", "Engineering monthly", ("ed",), "150000", "31402.5", soft_limit="120000", covers={}),
    Seed("mia-month", "Engineering monthly", ("mia",), "150000", "61200.123456789", covers={"models": ["*"]}),
    Seed("ana-month", "Engineering monthly", ("ana",), "1000", "1012.4", covers={}),
    Seed("ben-month", "Engineering monthly", ("ben",), "2000", "17", suspended="On leave until the first."),
    Seed("wei-month", "Monthly", ("wei",), "20000", "16100.07", currency="CNY", soft_limit="16000", covers={}),
    Seed("wei2-month", "Review", ("wei2",), None, "212", unit="requests", currency=None, enforcement="none"),
    Seed("zoe-credits", "Credits", ("zoe",), "500", "120.5", unit="credits", currency=None, period="never"),
    Seed("zoe-day", "Daily", ("zoe",), "0", "0", currency="EUR", period="day", source="user"),
    Seed("olu-month", "Engineering monthly", ("olu",), "5000", "12", enforcement="warn", source="default"),
    Seed("kim-month", "Engineering monthly", ("kim",), "5000", "4100", enforcement="throttle"),
    Seed("team-tokens", "Platform team tokens", ("ed", "mia", "ana"), "20000000000", "13500000000", kind="team",
         unit="tokens", currency=None, enforcement="throttle", period="week", source="team"),
)  # fmt: skip
POLICY = {
    "version": "1", "updated_at": "2026-11-20T10:00:00Z",
    "question": {"mode": "ask", "red_default": "stop", "thresholds": {"left_amber_percent": 10, "cold_amount": "10"},
                 "currency": "USD"},
    "offer": {"text": "A smaller model does reviews well."}, "min_poll_seconds": 60,
}  # fmt: skip


def plant(store: Store, more: int = 0) -> dict[str, str]:
    """Fill an empty database; returns each person's token, which is not kept.

    ``more`` people, each with a budget, report to Mia besides: a team of many pages.
    """
    tokens: dict[str, str] = {}
    extra = {f"p{number:05}": (f"Person {number:05}", "mia") for number in range(1, more + 1)}
    budgets = [Seed(f"{person}-month", "Monthly", (person,), "3000", "250", covers={}) for person in extra]
    store.database.execute("BEGIN")
    with store.database:
        for person, (name, manager) in (PEOPLE | extra).items():
            tokens[person] = secrets.token_hex(20)
            values = (person, name, name.casefold(), hashed(tokens[person]), manager)
            store.database.execute("INSERT INTO person VALUES (?, ?, ?, ?, ?)", values)
        for seed in (*BUDGETS, *budgets):
            _plant_budget(store, seed)
        store.database.execute("INSERT INTO policy VALUES (?)", (json.dumps(POLICY),))
    return tokens


def is_planted(store: Store) -> bool:
    """Whether there are people already."""
    return store.database.execute("SELECT 1 FROM person LIMIT 1").fetchone() is not None


def _plant_budget(store: Store, seed: Seed) -> None:
    limits = [None if amount is None else to_int(amount, seed.unit) for amount in (seed.limit, seed.soft_limit)]
    covers = None if seed.covers is None else json.dumps(seed.covers)
    values = (seed.id, seed.name, seed.kind, seed.unit, seed.currency, *limits, seed.enforcement, seed.period,
              seed.source, covers, seed.suspended)  # fmt: skip
    store.database.execute(f"INSERT INTO budget VALUES ({', '.join('?' * len(values))})", values)
    for person in seed.people:
        store.database.execute("INSERT INTO member VALUES (?, ?)", (seed.id, person))
    _plant_spending(store, seed)


def _plant_spending(store: Store, seed: Seed) -> None:
    """Spread what was spent over the period so far, and over a day for what never resets."""
    now = store.as_of()
    start = (period(seed.period, store.now()) or (now - DAY, now))[0]
    whole = to_int(seed.spent, seed.unit)
    steps = max(1, min(24, (now - start) // HOUR))
    for step in range(steps):
        amount = whole * (step + 1) // steps - whole * step // steps
        at = start + max(0, now - start - 1) * step // steps
        store.database.execute("INSERT INTO spending VALUES (?, ?, ?)", (seed.id, at, amount))
