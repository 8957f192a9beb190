"""Exports hold every request once, add up to the totals, and carry nothing that a spreadsheet would run."""

from __future__ import annotations

import csv
import io
import json
from decimal import Decimal
from pathlib import Path
from typing import Any

FOCUS = [
    "BillingPeriodStart", "BillingPeriodEnd", "ChargePeriodStart", "ChargePeriodEnd", "ChargeCategory", "ChargeClass",
    "ChargeFrequency", "ChargeDescription", "ServiceCategory", "ServiceName", "ProviderName", "PublisherName",
    "InvoiceIssuerName", "SkuId", "SkuMeter", "SkuPriceId", "ConsumedQuantity", "ConsumedUnit", "PricingQuantity",
    "PricingUnit", "PricingCategory", "PricingCurrency", "ListUnitPrice", "ListCost", "ContractedUnitPrice",
    "ContractedCost", "EffectiveCost", "BilledCost", "BillingCurrency", "SubAccountId", "ResourceId", "Tags",
    "x_PricingStatus", "x_PriceBook", "x_Tokens",
]  # fmt: skip


def rows(text: str) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(text)))


def test_csv_and_json_hold_the_same_requests_and_add_up(run: Any) -> None:
    total = run("sessions", "--json", "--since", "all").data["totals"]
    table = rows(run("export", "--format", "csv", "--since", "all").out)
    data = run("export", "--format", "json", "--since", "all").data["requests"]
    assert len(table) == len(data) == total["requests"] == 7
    assert sum(Decimal(row["cost"] or 0) for row in table) == Decimal(total["cost"])
    assert [row["cost"] or None for row in table] == [row["cost"] for row in data]
    kinds = list(total["cost_by_kind"])
    for row in data:
        if row["cost"]:
            assert sum(Decimal(row[f"cost_{kind}"]) for kind in kinds) == Decimal(row["cost"])


def test_an_unpriced_request_has_no_cost_and_no_book(run: Any) -> None:
    (row,) = [row for row in run("export", "--format", "json").data["requests"] if row["status"] == "unpriced"]
    assert (row["cost"], row["cost_input"], row["price_book"], row["input"]) == (None, None, None, 10)


def test_an_export_is_narrowed_like_a_list(run: Any) -> None:
    assert {row["project"] for row in rows(run("export", "--format", "csv", "--project", "bank").out)} == {"bank"}
    assert len(rows(run("export", "--format", "csv", "--agent", "codex", "--since", "7d").out)) == 1


def test_focus_rows_have_the_standards_columns_and_add_up(run: Any) -> None:
    table = rows(run("export", "--format", "focus", "--since", "all").out)
    assert list(table[0]) == FOCUS
    total = run("sessions", "--json", "--since", "all").data["totals"]
    assert sum(Decimal(row["ContractedCost"] or 0) for row in table) == Decimal(total["cost"])
    tokens = sum(int(row["x_Tokens"] or 0) for row in table)
    assert tokens == total["tokens"]["total"]
    listed = [row for row in table if row["ListCost"]]
    assert {row["PublisherName"] for row in listed} == {"anthropic"}
    assert not {row["BilledCost"] + row["EffectiveCost"] for row in table} - {""}


def test_focus_leaves_the_quantities_of_the_unpriced_empty(run: Any) -> None:
    table = [row for row in rows(run("export", "--format", "focus").out) if row["x_PricingStatus"] == "unpriced"]
    assert len(table) == 4
    empty = ("ConsumedQuantity", "PricingQuantity", "PricingCategory", "ContractedCost")
    for row in table:
        assert not any(row[name] for name in empty)
    assert json.loads(table[0]["Tags"])["project"].startswith("计量器")
    assert "0a1b2c3d" not in table[0]["ResourceId"]


def test_focus_periods_are_the_hour_and_the_month(run: Any) -> None:
    row = rows(run("export", "--format", "focus").out)[0]
    assert (row["ChargePeriodStart"], row["ChargePeriodEnd"]) == ("2026-11-18T10:00:00Z", "2026-11-18T11:00:00Z")
    assert (row["BillingPeriodStart"], row["BillingPeriodEnd"]) == ("2026-11-01T00:00:00Z", "2026-12-01T00:00:00Z")


def test_a_name_that_looks_like_a_formula_is_made_harmless(run: Any, ledger: Path) -> None:
    import sqlite3

    connection = sqlite3.connect(ledger)
    connection.execute("UPDATE session SET project = '=cmd()' WHERE name = 'old'")
    connection.commit()
    connection.close()
    assert "'=cmd()" in {row["project"] for row in rows(run("export", "--format", "csv", "--since", "all").out)}


def test_an_export_can_go_to_a_file(run: Any, tmp_path: Path) -> None:
    target = tmp_path / "out.csv"
    ran = run("export", "--format", "csv", "--output", str(target))
    assert (ran.code, ran.out) == (0, "")
    assert len(rows(target.read_text(encoding="utf-8"))) == 6
    assert run("export", "--format", "csv", "--output", str(tmp_path / "no" / "x")).code == 69
