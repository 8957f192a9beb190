"""``taximeter doctor``: what was found, read and skipped, and why; ends with 1 when something needs attention."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import click

from taximeter.agents.contract import Agent
from taximeter.commands.agents import UNTRIED, broken_json, broken_profiles, folders
from taximeter.commands.desk import Desk
from taximeter.commands.doctor_company import CompanyFindings, company_document, company_text, examine_company
from taximeter.commands.doctor_hooks import HookFindings, examine_hooks, hooks_document, hooks_text
from taximeter.commands.doctor_service import ServiceFindings, examine_service, service_document, service_text
from taximeter.commands.documents import Document, head, iso, put
from taximeter.commands.options import as_json, no_index
from taximeter.commands.reading import OpenLedger, opened
from taximeter.commands.status import old_words
from taximeter.commands.tables import one_line
from taximeter.commands.versions import all_versions
from taximeter.commands.wording import count_words, token_words
from taximeter.host.filesystem import is_network
from taximeter.ledger.queries_keeping import files, skipped, unpriced_models
from taximeter.ledger.readmodels import FileRow, SkippedLines, UnpricedModel

NEEDS_ATTENTION = 1
SHOWN = 20
"""Files of a kind that the text lists; the data has all."""


@dataclass(frozen=True, slots=True)
class Findings:
    """All that was found."""

    files: tuple[FileRow, ...]
    skipped: tuple[SkippedLines, ...]
    unpriced: tuple[UnpricedModel, ...]
    unknown_settings: tuple[str, ...]
    folders: dict[str, tuple[tuple[str, bool], ...]]
    """By agent id: where its logs are looked for, and whether that folder exists."""
    profiles: tuple[tuple[str, str], ...]
    """Profiles of house agents that cannot be used: each file, and why."""
    hooks: HookFindings
    service: ServiceFindings | None
    """None when no budget service is connected."""
    company: CompanyFindings

    @property
    def unreadable(self) -> tuple[FileRow, ...]:
        """Files and folders that could not be read."""
        return tuple(row for row in self.files if row.trouble)

    @property
    def attention(self) -> list[str]:
        """What a person should look at, each in a sentence."""
        said = []
        if not any(exists for places in self.folders.values() for _, exists in places):
            said.append("No agent's logs were found.")
        if self.unreadable:
            said.append(f"{count_words(len(self.unreadable), 'file')} could not be read; the figures lack them.")
        if self.skipped:
            lines = count_words(sum(row.count for row in self.skipped), "line")
            said.append(f"{lines} could not be used; the figures may be too low.")
        if self.unpriced:
            tokens = token_words(sum(row.tokens for row in self.unpriced))
            said.append(f"{tokens} tokens have no price; their cost is unknown, not 0.")
        said += [f"A profile cannot be used: {reason}" for _, reason in self.profiles]
        said += [f"A setting means nothing: {one}" for one in self.unknown_settings]
        service = self.service.attention if self.service else []
        return said + self.hooks.attention + service + self.company.attention


@click.command()
@as_json
@no_index
@click.pass_obj
def doctor(desk: Desk, *, as_json: bool, index: bool) -> int:
    """What was found, read and skipped, and why. Ends with 1 when something needs attention."""
    with opened(desk, index=index) as ledger:
        found = examine(ledger)
        if as_json:
            put(doctor_document(ledger, found))
        else:
            click.echo(doctor_text(ledger, found))
    return NEEDS_ATTENTION if found.attention else 0


def examine(ledger: OpenLedger) -> Findings:
    """Everything that ``doctor`` tells."""
    desk, connection = ledger.desk, ledger.connection
    places = {agent.id: tuple((str(one), one.is_dir()) for one in folders(desk, agent)) for agent in desk.agents()}
    return Findings(
        files(connection), skipped(connection), unpriced_models(connection), desk.settings.unknown, places,
        tuple(broken_profiles(desk)), examine_hooks(desk, connection), examine_service(desk, connection),
        examine_company(desk),
    )  # fmt: skip


def doctor_document(ledger: OpenLedger, found: Findings) -> Document:
    """The data of ``doctor --json``."""
    desk = ledger.desk
    return {
        **head(ledger),
        "needs_attention": found.attention,
        "agents": [_agent_json(agent, found) for agent in desk.agents()],
        "files": [{"path": row.path, "agent": row.agent, "bytes": row.size, "read": row.offset,
                   "read_at": iso(row.read_at)} for row in found.files],
        "unreadable": [{"path": row.path, "reason": row.trouble} for row in found.unreadable],
        "skipped": [{"path": row.path, "reason": row.reason, "count": row.count} for row in found.skipped],
        "unpriced_models": [{"model": row.model or None, "requests": row.requests, "tokens": row.tokens}
                            for row in found.unpriced],
        "unknown_settings": list(found.unknown_settings),
        "broken_profiles": broken_json(list(found.profiles)),
        **hooks_document(found.hooks),
        "ledger": {"path": str(desk.ledger), "bytes": ledger_bytes(desk.ledger), "kept_by": desk.lease_holder()},
        "settings": str(desk.paths.settings_file),
        "zone": str(desk.zone),
        **service_document(found.service),
        **company_document(found.company),
        "versions": all_versions(),
    }  # fmt: skip


def doctor_text(ledger: OpenLedger, found: Findings) -> str:
    """The same for people."""
    desk, book, holder = ledger.desk, ledger.book, ledger.desk.lease_holder()
    lines = found.attention or ["Nothing needs attention."]
    lines.append("")
    for agent in desk.agents():
        read = [row for row in found.files if row.agent == agent.id]
        size = sum(row.size for row in read) / 1e6
        untried = "" if agent.real_data or agent.house or not read else f"; real logs: {UNTRIED}"
        lines.append(f"{agent.name}: {count_words(len(read), 'file')} read, {size:,.1f} MB{untried}")
        lines += [f"  {one_line(path)}{'' if there else ' (not there)'}" for path, there in found.folders[agent.id]]
    lines += _listed("Could not be read:", [f"{row.path}: {row.trouble}" for row in found.unreadable])
    lines += _listed("Skipped lines:", [f"{row.path}: {row.count:,} x {row.reason}" for row in found.skipped])
    halves = [f"{row.path}: {row.size - row.offset:,} bytes" for row in found.files if row.offset < row.size]
    lines += _listed("Unfinished last lines, read when they are whole:", halves)
    unpriced = [f"{row.model or '(no model told)'}: {token_words(row.tokens)} tokens" for row in found.unpriced]
    lines += _listed("Without a price:", unpriced)
    lines += hooks_text(desk, found.hooks)
    lines += service_text(desk, found.service)
    lines += company_text(desk, found.company)
    lines += [
        "",
        f"Ledger: {desk.ledger}, {ledger_bytes(desk.ledger) / 1e6:,.1f} MB",
        *_network_words(desk),
        f"Kept up to date by: {f'process {holder}' if holder else 'each command as it runs'}",
        f"Prices: {book.id} as of {book.as_of}, in {book.currency}",
        f"Settings: {desk.paths.settings_file}",
        f"Time zone: {desk.zone}",
        ", ".join(f"{name.replace('_', ' ')} {version}" for name, version in all_versions().items()),
    ]
    return "\n".join([*lines, *old_words(ledger)])


def _network_words(desk: Desk) -> list[str]:
    if not is_network(desk.ledger.parent):
        return []
    return ["  It lies on a network folder, so reading and writing wait for each other: see taximeter data move."]


def ledger_bytes(file: Path) -> int:
    """What the ledger takes on disk, its write-ahead log included."""
    parts = (file, file.with_name(f"{file.name}-wal"))
    return sum(part.stat().st_size for part in parts if part.exists())


def _agent_json(agent: Agent, found: Findings) -> Document:
    read = [row for row in found.files if row.agent == agent.id]
    return {
        "id": agent.id,
        "name": agent.name,
        "real_data": agent.real_data or None,
        "folders": [{"path": path, "exists": exists} for path, exists in found.folders[agent.id]],
        "files": len(read),
        "bytes": sum(row.size for row in read),
    }


def _listed(title: str, lines: list[str]) -> list[str]:
    if not lines:
        return []
    more = [f"  and {len(lines) - SHOWN:,} more: see --json"] if len(lines) > SHOWN else []
    return ["", title, *(f"  {one_line(line)}" for line in lines[:SHOWN]), *more]
