"""A manager's table as CSV: what is shown, as plain numbers, and nothing that a spreadsheet would run as a formula."""

from __future__ import annotations

import csv
import io
from datetime import UTC, datetime
from decimal import Decimal
from pathlib import Path

from PySide6.QtCore import QCoreApplication

from taximeter.domain.people import Person, standing_of, waiting
from taximeter.domain.quota import IN_PARTS, Quota, Unit
from taximeter.host.trouble import Trouble
from taximeter.ui.figures import NANO, SECOND

translate = QCoreApplication.translate

DANGEROUS = ("=", "+", "-", "@", "\t", "\r")
"""With these a spreadsheet takes a text for a formula."""
COLUMNS = ("employee", "quota", "unit", "currency", "limit", "used", "left", "resets_at", "runs_out_at",
           "suspended", "requests", "as_of")  # fmt: skip


def team_csv(people: tuple[Person, ...], now: int) -> str:
    """A line a person with the quota that binds; a field is empty where nothing is known or there is no limit."""
    written = io.StringIO()
    writer = csv.writer(written, lineterminator="\r\n")
    writer.writerow(COLUMNS)
    for person in people:
        writer.writerow(_line(person, now))
    return written.getvalue()


def write_csv(path: str, text: str) -> None:
    """Write the file, marked as UTF-8 for the spreadsheets that guess otherwise. Raises ``Trouble``."""
    try:
        Path(path).write_text(text, encoding="utf-8-sig", newline="")
    except OSError as error:
        title = translate("Team", "{file} cannot be written").format(file=path)
        raise Trouble(title, translate("Team", "{reason}.").format(reason=error.strerror)) from error


def _line(person: Person, now: int) -> tuple[str, ...]:
    seen = standing_of(person, now)
    asked = str(len(waiting(person)))
    if not seen:
        return (_harmless(person.name), *[""] * 9, asked, _iso(person.as_of))
    quota = seen[0].quota
    ends = seen[0].runs_out_at
    return (
        _harmless(person.name), _harmless(quota.name), quota.unit, _harmless(quota.currency),
        _number(quota, quota.limit), _number(quota, quota.spent + quota.not_billed), _number(quota, quota.remaining),
        _iso(quota.period.end) if quota.resets else "", "" if ends is None else _iso(ends),
        "yes" if quota.suspended else "no", asked, _iso(person.as_of),
    )  # fmt: skip


def _harmless(text: str) -> str:
    return f"'{text}" if text.startswith(DANGEROUS) else text


def _number(quota: Quota, amount: int | None) -> str:
    """Numbers alone: what is left may be below 0 and is no formula."""
    if amount is None:
        return ""
    parts = {Unit.PERCENT: 100, **dict.fromkeys(IN_PARTS, NANO)}.get(quota.unit, 1)
    return format((Decimal(amount) / parts).normalize(), "f")


def _iso(at: int) -> str:
    return datetime.fromtimestamp(at / SECOND, UTC).isoformat(timespec="seconds").replace("+00:00", "Z")
