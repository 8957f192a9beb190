"""Requests as rows of FOCUS 1.2, the open format for cost and usage (FinOps-Open-Cost-and-Usage-Spec).

A row is an hour of a session, a model and a kind of token. List cost is what the vendor lists today's
book at; contracted cost is what the ledger counted. Billed and effective cost are known to the
company's service alone and stay empty. Where there is no price, quantities stay empty as the
standard asks, and the tokens stand in ``x_Tokens``.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime

from taximeter.agents.contract import Agent
from taximeter.commands.documents import Document, iso, money
from taximeter.domain.pricing import PriceBook
from taximeter.domain.usage import Cost, Mark, Pricing, Tokens
from taximeter.ledger.queries_export import ExportRow
from taximeter.ledger.readmodels import shown_model

HOUR = 3_600_000
KINDS = ("input", "cache_read", "cache_write", "output", "fees")


@dataclass(slots=True)
class _Sum:
    first: ExportRow
    amounts: dict[str, int] = field(default_factory=lambda: dict.fromkeys(KINDS, 0))
    cost: Cost = Cost()
    listed: Cost | None = Cost()
    provider: str | None = None


def focus_rows(
    rows: Iterable[ExportRow], book: PriceBook, currency: str, agents: Sequence[Agent]
) -> Iterator[Document]:
    """The rows in FOCUS columns; ``rows`` come session by session, so one session is summed at a time."""
    names = {agent.id: agent.name for agent in agents}
    sums, session = dict[tuple[object, ...], _Sum](), ("", "")
    for row in rows:
        if (row.agent, row.session) != session:
            yield from _written(sums, currency, names)
            sums, session = {}, (row.agent, row.session)
        key = (row.at // HOUR, row.model, row.marks & Mark.FAST, row.pricing, row.book, row.run_type)
        if key not in sums:
            found = book.quote(row.model, row.at, row.marks)
            sums[key] = _Sum(row, provider=found.offer.provider if found else None)
        _add(sums[key], row, book)
    yield from _written(sums, currency, names)


def _add(total: _Sum, row: ExportRow, book: PriceBook) -> None:
    for kind, amount in zip(KINDS, _amounts(row.tokens, row.web_searches), strict=True):
        total.amounts[kind] += amount
    total.cost = _plus(total.cost, row.cost)
    listed = book.list_price(row.model, row.at, row.tokens, row.marks, row.web_searches)
    unknown = total.listed is None or listed.pricing is Pricing.UNPRICED
    total.listed = None if unknown else _plus(total.listed or Cost(), listed.cost)


def _amounts(tokens: Tokens, searches: int) -> tuple[int, ...]:
    writes = tokens.cache_write_5m + tokens.cache_write_1h
    return tokens.input, tokens.cache_read, writes, tokens.output, searches


def _plus(one: Cost, other: Cost) -> Cost:
    return Cost(*(a + b for a, b in zip(one, other, strict=True)))


def _written(sums: dict[tuple[object, ...], _Sum], currency: str, names: dict[str, str]) -> Iterator[Document]:
    for total in sums.values():
        for at, kind in enumerate(KINDS):
            if total.amounts[kind] or total.cost[at]:
                yield _row(total, kind, currency, names)


def _row(total: _Sum, kind: str, currency: str, names: dict[str, str]) -> Document:
    row, at = total.first, KINDS.index(kind)
    priced = row.pricing is not Pricing.UNPRICED
    unit = "Searches" if kind == "fees" else "Tokens"
    amount = total.amounts[kind] if priced else None
    model = shown_model(row.model, fast=bool(row.marks & Mark.FAST))
    product = names.get(row.agent, row.agent)
    start, month = _hour_and_month(row.at)
    return {
        "BillingPeriodStart": month[0], "BillingPeriodEnd": month[1],
        "ChargePeriodStart": iso(start), "ChargePeriodEnd": iso(start + HOUR),
        "ChargeCategory": "Usage", "ChargeClass": None, "ChargeFrequency": "Usage-Based",
        "ChargeDescription": f"{product}, {model or 'model not told'}, {kind.replace('_', ' ')}",
        "ServiceCategory": "AI and Machine Learning", "ServiceName": product,
        "ProviderName": total.provider, "PublisherName": total.provider, "InvoiceIssuerName": total.provider,
        "SkuId": model or None, "SkuMeter": kind, "SkuPriceId": None,
        "ConsumedQuantity": amount, "ConsumedUnit": unit if priced else None,
        "PricingQuantity": amount, "PricingUnit": unit if priced else None,
        "PricingCategory": "Standard" if priced else None, "PricingCurrency": currency,
        "ListUnitPrice": None, "ListCost": None if total.listed is None else money(total.listed[at]),
        "ContractedUnitPrice": None, "ContractedCost": money(total.cost[at]) if priced else None,
        "EffectiveCost": None, "BilledCost": None, "BillingCurrency": currency,
        "SubAccountId": None, "ResourceId": _hashed(row),
        "Tags": json.dumps({"project": row.project, "tool": row.agent, "agent_type": row.run_type}),
        "x_PricingStatus": row.pricing.name.lower(), "x_PriceBook": row.book if priced else None,
        "x_Tokens": None if kind == "fees" else total.amounts[kind],
    }  # fmt: skip


def _hour_and_month(at: int) -> tuple[int, tuple[str, str]]:
    moment = datetime.fromtimestamp(at // 1000, UTC)
    first = moment.replace(day=1, hour=0, minute=0, second=0)
    year, month = divmod(first.year * 12 + first.month, 12)
    after = first.replace(year=year, month=month + 1)
    return at // HOUR * HOUR, (f"{first:%Y-%m-%dT%H:%M:%SZ}", f"{after:%Y-%m-%dT%H:%M:%SZ}")


def _hashed(row: ExportRow) -> str:
    return hashlib.sha256(f"{row.agent}\0{row.session}".encode(errors="surrogateescape")).hexdigest()[:16]
