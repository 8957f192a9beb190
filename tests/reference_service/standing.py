"""What a person may use, as the contract writes it: `me/budgets` and the rows of `team/budgets`."""

from __future__ import annotations

import json
import sqlite3
from fractions import Fraction
from typing import Any

from reference_service.amounts import moment, period, to_text
from reference_service.asking import recent_requests
from reference_service.store import Person, Store, is_manager


def standing_of(store: Store, person: Person) -> dict[str, Any]:
    """What the person sees of themselves, and their manager of them."""
    budgets = budgets_of(store, person)
    limited = [budget for budget in budgets if budget["limit"] is not None]
    binding = min(limited, key=_share_left, default=None)
    return {
        "subject": subject(store, person),
        "as_of": moment(store.as_of()),
        "budgets": budgets,
        "binding_budget_id": binding["id"] if binding else None,
        "increase_requests": recent_requests(store, person),
    }


def subject(store: Store, person: Person) -> dict[str, Any]:
    """The person, as others see them."""
    return {"id": person.id, "name": person.name, "manager": is_manager(store, person)}


def _share_left(budget: dict[str, Any]) -> Fraction:
    limit = Fraction(budget["limit"])
    return Fraction(budget["remaining"]) / limit if limit else Fraction(-1)


def budgets_of(store: Store, person: Person) -> list[dict[str, Any]]:
    """Every budget that is in force for the person, by name."""
    rows = store.database.execute(
        "SELECT budget.* FROM budget JOIN member ON member.budget_id = budget.id WHERE person_id = ? ORDER BY name, id",
        (person.id,),
    )
    return [_budget(store, person, row) for row in rows]


def _budget(store: Store, person: Person, row: sqlite3.Row) -> dict[str, Any]:
    unit = row["unit"]
    window = period(row["period"], store.now())
    temporary, until, lasting = _raises(store, row["id"])
    limit = None if row["base_limit"] is None else row["base_limit"] + temporary + lasting
    spent = _spent(store, row["id"], window)
    left = None if limit is None else limit - spent - _held(store, row, None)
    if row["suspended"]:
        left = min(left or 0, 0)
    budget = {
        "id": row["id"], "name": row["name"], "kind": row["kind"], "unit": unit, "currency": row["currency"],
        "limit": to_text(limit, unit), "soft_limit": to_text(row["soft_limit"], unit), "spent": to_text(spent, unit),
        "held": to_text(_held(store, row, person), unit), "remaining": to_text(left, unit),
        "enforcement": row["enforcement"], "status": _status(row, spent, left), "message": row["suspended"],
        "covers": json.loads(row["covers"]) if row["covers"] else None, "source": row["source"],
    }  # fmt: skip
    if window:
        budget["period"] = {"start": moment(window[0]), "end": moment(window[1])}
    if temporary:
        budget["temporary_increase"] = {"amount": to_text(temporary, unit), "expires_at": moment(until)}
    nullable = {"limit", "soft_limit", "remaining"}
    return {key: value for key, value in budget.items() if value is not None or key in nullable}


def _status(row: sqlite3.Row, spent: int, left: int | None) -> str:
    if row["suspended"]:
        return "suspended"
    if left is not None and left <= 0:
        return "exceeded"
    return "warning" if row["soft_limit"] is not None and spent >= row["soft_limit"] else "ok"


def _spent(store: Store, budget_id: str, window: tuple[int, int] | None) -> int:
    """What was counted since the period began; a new period begins at nothing by itself."""
    start = window[0] if window else 0
    found = store.database.execute(
        "SELECT coalesce(sum(amount), 0) FROM spending WHERE budget_id = ? AND at >= ? AND at < ?",
        (budget_id, start, store.as_of()),
    )
    return max(0, int(found.fetchone()[0]))


def _raises(store: Store, budget_id: str) -> tuple[int, int | None, int]:
    """What was approved: the sum that ends, when the first of it does, and the sum that lasts."""
    rows = store.database.execute(
        "SELECT approved_amount, expires_at FROM request WHERE budget_id = ? AND status = 'approved'"
        " AND (expires_at IS NULL OR expires_at > ?)",
        (budget_id, store.now()),
    ).fetchall()
    ending = [row for row in rows if row["expires_at"] is not None]
    lasting = sum(row["approved_amount"] for row in rows if row["expires_at"] is None)
    until = min((row["expires_at"] for row in ending), default=None)
    return sum(row["approved_amount"] for row in ending), until, lasting


def _held(store: Store, row: sqlite3.Row, person: Person | None) -> int:
    """What is set aside of a budget, by one person or by all."""
    found = store.database.execute(
        "SELECT coalesce(sum(amount), 0) FROM hold JOIN member USING (person_id) WHERE budget_id = :budget"
        " AND (:person IS NULL OR person_id = :person) AND unit = :unit AND currency IS :currency"
        " AND NOT settled AND expires_at > :now",
        {"budget": row["id"], "person": person.id if person else None, "unit": row["unit"],
         "currency": row["currency"], "now": store.now()},
    )  # fmt: skip
    return int(found.fetchone()[0])
