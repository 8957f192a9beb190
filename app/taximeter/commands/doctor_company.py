"""What the doctor says of what the company decided: which keys, who told them, and how it stands with the policy."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from taximeter.commands.desk import Desk
from taximeter.commands.documents import Document, iso
from taximeter.commands.tables import one_line, wrapped
from taximeter.commands.wording import moment

if TYPE_CHECKING:
    from taximeter.host.company import CompanyRow
    from taximeter.host.policy import KeptPolicy


@dataclass(frozen=True, slots=True)
class CompanyFindings:
    """What the company decided on this computer."""

    rows: tuple[CompanyRow, ...]
    kept: KeptPolicy | None
    """The policy of the service that is connected; None where it has none."""
    elsewhere: tuple[str, ...]
    """Thresholds that are left out, since their currency is not the price book's, one sentence each."""

    @property
    def attention(self) -> list[str]:
        """What a person should look at."""
        if self.kept is None:
            return []
        said = [f"The company's policy could not be read: {_plain(self.kept.failure)}."] if self.kept.failure else []
        if self.kept.prices.failure:
            said.append(f"The company's price file cannot be used: {_plain(self.kept.prices.failure)}.")
        return said

    @property
    def left_out(self) -> tuple[str, ...]:
        """What was decided and has no effect, one sentence each."""
        return (*(self.kept.policy.odd if self.kept else ()), *self.elsewhere)


def examine_company(desk: Desk) -> CompanyFindings:
    """What the company decided, from the settings and the policy that is kept."""
    settings = desk.settings
    if not settings.company and not settings.service.kind:
        return CompanyFindings((), None, ())
    from taximeter.host.company import company_rows
    from taximeter.host.policy import recall_policy

    kept = recall_policy(desk.paths, settings.service.origin) if settings.service.kind else None
    amounts = settings.question.company_amounts
    elsewhere = [
        f"question.thresholds.{name} is in {currency}, the prices are in {desk.currency}"
        for name, _, currency in amounts
        if currency != desk.currency
    ]
    return CompanyFindings(company_rows(settings), kept, tuple(elsewhere))


def company_document(found: CompanyFindings) -> Document:
    """The doctor's part of the data."""
    kept = found.kept
    policy = None if kept is None else {
        "version": kept.policy.version or None,
        "updated_at": iso(kept.policy.updated_at) if kept.policy.updated_at else None,
        "read_at": iso(kept.read_at) if kept.read_at else None,
        "failure": kept.failure or None,
        "prices": {"in_force": kept.prices.version or None, "failure": kept.prices.failure or None},
    }  # fmt: skip
    rows = [{"key": row.key, "value": row.value, "source": row.source} for row in found.rows]
    return {"company": {"settings": rows, "policy": policy, "left_out": list(found.left_out)}}


def company_text(desk: Desk, found: CompanyFindings) -> list[str]:
    """The doctor's part of the text; nothing where a company decides nothing."""
    if not found.rows and found.kept is None:
        return []
    said = [f"{row.key} = {row.value} ({row.source})" for row in found.rows] or ["Nothing"]
    said += _policy_words(desk, found.kept) if found.kept else []
    said += [f"Left out: {one}" for one in found.left_out]
    return ["", "Set by your company:", *(line for one in said for line in wrapped(one_line(one), "    ", "  "))]


def _policy_words(desk: Desk, kept: KeptPolicy) -> list[str]:
    now, zone, prices = desk.now, desk.zone, kept.prices
    said = []
    if kept.policy.version:
        since = f" of {moment(kept.policy.updated_at, now, zone)}" if kept.policy.updated_at else ""
        said.append(f"Policy version {kept.policy.version}{since}, read {moment(kept.read_at, now, zone)}")
    if kept.failure:
        said.append(f"{'Not read anew' if said else 'The policy was never read'}: {_plain(kept.failure)}")
    if prices.version:
        said.append(f"Price file in force: version {prices.version}")
    if prices.failure:
        which = f" version {prices.tried}" if prices.tried not in ("", prices.version) else ""
        said.append(f"Price file{which} not in force: {_plain(prices.failure)}")
    return said


def _plain(sentence: str) -> str:
    return sentence.rstrip(".")
