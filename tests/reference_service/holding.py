"""Holds: an amount set aside before a launch, until it is settled or time has passed."""

from __future__ import annotations

from fractions import Fraction
from typing import Any

from reference_service.amounts import moment, to_int, to_text
from reference_service.asking import positive
from reference_service.refusals import Refusal
from reference_service.standing import budgets_of
from reference_service.store import Person, Store


def create(store: Store, person: Person, body: dict[str, Any]) -> dict[str, Any]:
    """Set the amount aside in every budget of that unit.

    Raises:
        Refusal: no budget counts it, the amount cannot be used, or less than that is left.
    """
    unit, currency = body["unit"], body.get("currency")
    amount = positive(body["amount"], unit)
    lowered = _lowered(store, person, unit, currency)
    if not lowered:
        raise Refusal(400, "invalid", "Nothing to hold from", "None of your budgets counts that unit and currency.")
    left = [budget["remaining"] for budget in lowered if budget["remaining"] is not None]
    available = min(left, key=Fraction, default=None)
    if available is not None and amount > to_int(available, unit):
        told = f"{available} {currency or unit} are left."
        raise Refusal(409, "over_budget", "Not enough is left", told, {"available": available})
    number = store.database.execute(
        "INSERT INTO hold (person_id, unit, currency, amount, expires_at) VALUES (?, ?, ?, ?, ?) RETURNING number",
        (person.id, unit, currency, amount, store.now() + body["expires_in_seconds"] * 1000),
    ).fetchone()["number"]
    return _wire(store, person, number)


def settle(store: Store, person: Person, hold_id: str, body: dict[str, Any]) -> dict[str, Any]:
    """Free what is held, and keep what it came to for the record.

    Raises:
        Refusal: the person has no such hold.
    """
    row = store.database.execute(
        "SELECT number, unit FROM hold WHERE 'h-' || number = ? AND person_id = ?", (hold_id, person.id)
    ).fetchone()
    if row is None:
        raise Refusal(404, "not_found", "No such hold", "It may have been removed.")
    spent = 0 if Fraction(body["spent"]) == 0 else positive(body["spent"], row["unit"])
    store.database.execute("UPDATE hold SET settled = 1, spent = ? WHERE number = ?", (spent, row["number"]))
    return _wire(store, person, row["number"])


def _lowered(store: Store, person: Person, unit: str, currency: str | None) -> list[dict[str, Any]]:
    return [
        budget
        for budget in budgets_of(store, person)
        if budget["unit"] == unit and budget.get("currency") == currency
    ]


def _wire(store: Store, person: Person, number: int) -> dict[str, Any]:
    row = store.database.execute("SELECT * FROM hold WHERE number = ?", (number,)).fetchone()
    status = "settled" if row["settled"] else "held" if row["expires_at"] > store.now() else "expired"
    wire = {
        "id": f"h-{number}", "status": status, "unit": row["unit"], "currency": row["currency"],
        "amount": to_text(row["amount"], row["unit"]), "expires_at": moment(row["expires_at"]),
        "budget_ids": [budget["id"] for budget in _lowered(store, person, row["unit"], row["currency"])],
        "spent": to_text(row["spent"], row["unit"]),
    }  # fmt: skip
    return {key: value for key, value in wire.items() if value is not None}
