"""Requests for more: made by an employee, decided by who manages them."""

from __future__ import annotations

import sqlite3
from typing import Any

from reference_service.amounts import DAY, moment, to_int, to_ms, to_text
from reference_service.refusals import Refusal
from reference_service.store import Person, Store, is_manager, person_of_id

SHOWN_FOR = 7 * DAY
SELECT = "SELECT request.*, unit, currency FROM request JOIN budget ON budget.id = budget_id "


def create(store: Store, person: Person, body: dict[str, Any]) -> dict[str, Any]:
    """A new pending request.

    Raises:
        Refusal: the budget is not one of theirs, the amount cannot be used, or one is pending already.
    """
    expire(store)
    budget = store.database.execute(
        "SELECT unit FROM budget JOIN member ON budget.id = budget_id WHERE id = ? AND person_id = ?",
        (body["budget_id"], person.id),
    ).fetchone()
    if budget is None:
        raise Refusal(404, "not_found", "No such budget", "Ask for more of one of your own budgets.")
    until = to_ms(body["wanted_until"]) if body.get("wanted_until") else None
    if until is not None and until <= store.now():
        raise Refusal(400, "invalid", "The date is past", "Choose a moment that is still to come.")
    values = (body["budget_id"], person.id, positive(body["amount"], budget["unit"]), body.get("reason", ""), until)
    try:
        made = store.database.execute(
            "INSERT INTO request (budget_id, person_id, amount, reason, wanted_until, status, created_at)"
            " VALUES (?, ?, ?, ?, ?, 'pending', ?) RETURNING number",
            (*values, store.now()),
        ).fetchone()
    except sqlite3.IntegrityError as error:
        detail = "Wait for the decision, or cancel it."
        raise Refusal(409, "conflict", "A request is pending already", detail) from error
    return request_of(store, made["number"])


def decide(store: Store, person: Person, request_id: str, body: dict[str, Any]) -> dict[str, Any]:
    """Approve, deny or cancel; an approval changes the limit with it.

    Raises:
        Refusal: there is none that the person may decide on, it is decided, or the amount cannot be used.
    """
    expire(store)
    row = store.database.execute(SELECT + "WHERE 'r-' || number = ?", (request_id,)).fetchone()
    own = row is not None and row["person_id"] == person.id
    if row is None or not (own or person_of_id(store, row["person_id"]).manager_id == person.id):
        raise Refusal(404, "not_found", "No such request", "It may have been removed.")
    verb = body["decision"]
    if own != (verb == "cancel"):
        raise Refusal(403, "forbidden", "Not yours to decide", "Managers approve and deny; the employee cancels.")
    if row["status"] != "pending":
        raise Refusal(409, "conflict", "Already decided", "Read it anew.")
    granted, until = None, None
    if verb == "approve":
        granted = positive(body["amount"], row["unit"]) if "amount" in body else row["amount"]
        wanted = to_ms(body["expires_at"]) if body.get("expires_at") else None
        until = wanted if "expires_at" in body else row["wanted_until"]
        if until is not None and until <= store.now():
            raise Refusal(400, "invalid", "The date is past", "Choose a moment that is still to come.")
    store.database.execute(
        "UPDATE request SET status = ?, approved_amount = ?, expires_at = ?, decided_at = ?, decided_by = ?, note = ?"
        " WHERE number = ?",
        ({"approve": "approved", "deny": "denied", "cancel": "cancelled"}[verb], granted, until, store.now(),
         person.id, body.get("note", ""), row["number"]),
    )  # fmt: skip
    return request_of(store, row["number"])


def positive(text: str, unit: str) -> int:
    """An amount above zero.

    Raises:
        Refusal: it is none.
    """
    try:
        amount = to_int(text, unit)
    except ValueError:
        amount = 0
    if amount <= 0:
        raise Refusal(400, "invalid", "The amount cannot be used", f"Send {unit} above zero as a decimal string.")
    return amount


def expire(store: Store) -> None:
    """End what was wanted until a moment that has passed without a decision."""
    store.database.execute(
        "UPDATE request SET status = 'expired', decided_at = wanted_until"
        " WHERE status = 'pending' AND wanted_until <= ?",
        (store.now(),),
    )


def recent_requests(store: Store, person: Person) -> list[dict[str, Any]]:
    """A person's pending requests and those decided in the last seven days, newest first."""
    expire(store)
    rows = store.database.execute(
        SELECT + "WHERE person_id = ? AND (status = 'pending' OR decided_at > ?) ORDER BY number DESC",
        (person.id, store.now() - SHOWN_FOR),
    ).fetchall()
    return [_wire(store, row) for row in rows]


def page(
    store: Store, person: Person, role: str, status: str | None, before: int | None, limit: int
) -> tuple[list[dict[str, Any]], int | None]:
    """A page of one's own requests or of one's people's, newest first, and where the next one begins.

    Raises:
        Refusal: an approver's page, and the person manages nobody.
    """
    expire(store)
    if role == "approver" and not is_manager(store, person):
        raise Refusal(403, "forbidden", "Not yours to see", "Only managers decide on requests.")
    whose = "person_id = :me" if role == "requester" else "person_id IN (SELECT id FROM person WHERE manager_id = :me)"
    rows = store.database.execute(
        SELECT + f"WHERE {whose} AND (:status IS NULL OR status = :status) AND (:before IS NULL OR number < :before)"
        " ORDER BY number DESC LIMIT :limit",
        {"me": person.id, "status": status, "before": before, "limit": limit + 1},
    ).fetchall()
    shown = rows[:limit]
    return [_wire(store, row) for row in shown], shown[-1]["number"] if len(rows) > limit else None


def waiting(store: Store, person: Person) -> int:
    """How many requests of the person's people wait for a decision."""
    expire(store)
    found = store.database.execute(
        "SELECT count(*) FROM request JOIN person ON person.id = person_id"
        " WHERE manager_id = ? AND status = 'pending'",
        (person.id,),
    )
    return int(found.fetchone()[0])


def request_of(store: Store, number: int) -> dict[str, Any]:
    """A request as the contract writes it."""
    return _wire(store, store.database.execute(SELECT + "WHERE number = ?", (number,)).fetchone())


def _wire(store: Store, row: sqlite3.Row) -> dict[str, Any]:
    unit = row["unit"]
    decided_by = person_of_id(store, row["decided_by"]) if row["decided_by"] else None
    wire = {
        "id": f"r-{row['number']}", "budget_id": row["budget_id"], "subject": _person(store, row["person_id"]),
        "unit": unit, "currency": row["currency"], "amount": to_text(row["amount"], unit), "reason": row["reason"],
        "wanted_until": moment(row["wanted_until"]), "status": row["status"], "created_at": moment(row["created_at"]),
        "approved_amount": to_text(row["approved_amount"], unit), "expires_at": moment(row["expires_at"]),
        "decided_at": moment(row["decided_at"]), "note": row["note"],
        "decided_by": {"id": decided_by.id, "name": decided_by.name} if decided_by else None,
    }  # fmt: skip
    return {key: value for key, value in wire.items() if value is not None}


def _person(store: Store, person_id: str) -> dict[str, Any]:
    person = person_of_id(store, person_id)
    return {"id": person.id, "name": person.name}
