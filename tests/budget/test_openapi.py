"""The budget contract's document is whole: it can be read by tools, every field is told, every example holds."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from jsonschema import Draft202012Validator
from reference_service.document import document, operations, problems_of_value, resolved

PARTS = ("schemas", "parameters", "headers", "responses")
PAGE = (Path(__file__).parents[2] / "docs" / "budget-service.md").read_text(encoding="utf-8")
SCHEMAS: dict[str, dict[str, Any]] = document()["components"]["schemas"]


def nodes(node: Any, path: str = "#") -> Iterator[tuple[str, dict[str, Any]]]:
    """Every object of the document but those inside examples, with its place."""
    if isinstance(node, dict):
        yield path, node
        for key, value in node.items():
            if key not in {"example", "examples"}:
                yield from nodes(value, f"{path}/{key}")
    elif isinstance(node, list):
        for number, item in enumerate(node):
            yield from nodes(item, f"{path}/{number}")


def contents() -> Iterator[tuple[str, dict[str, Any]]]:
    """Every body that a call or an answer may have: its schema and examples."""
    return ((path, node) for path, node in nodes(document()) if "schema" in node and "content" in path)


def test_it_is_openapi_3_1_with_json_schema_2020_12() -> None:
    assert re.fullmatch(r"3\.1\.\d", document()["openapi"])
    assert document()["jsonSchemaDialect"] == "https://json-schema.org/draft/2020-12/schema"
    assert {"title", "version", "description"} <= document()["info"].keys()


@pytest.mark.parametrize("name", SCHEMAS)
def test_a_schema_is_one(name: str) -> None:
    Draft202012Validator.check_schema(SCHEMAS[name])


def test_every_reference_leads_somewhere() -> None:
    for path, node in nodes(document()):
        if "$ref" in node:
            assert resolved(node), path


def test_every_part_is_used() -> None:
    used = {node["$ref"] for _, node in nodes(document()) if "$ref" in node}
    reached = {"/".join(reference.split("/")[:4]) for reference in used}
    assert {f"#/components/{part}/{name}" for part in PARTS for name in document()["components"][part]} == reached


def test_every_operation_says_what_it_is_answers_and_needs() -> None:
    seen: set[str] = set()
    known = {tag["name"] for tag in document()["tags"]}
    for path, method, operation in operations():
        assert operation["operationId"] not in seen
        seen.add(operation["operationId"])
        assert operation["summary"]
        assert set(operation["tags"]) <= known
        parameters = [resolved(parameter) for parameter in operation.get("parameters", [])]
        in_path = {parameter["name"] for parameter in parameters if parameter["in"] == "path"}
        assert in_path == set(re.findall(r"{(\w+)}", path))
        assert all(parameter["required"] for parameter in parameters if parameter["in"] == "path")
        assert ("requestBody" in operation) == (method == "post")
        assert {"429", "503"} <= operation["responses"].keys()
        assert ("401" in operation["responses"]) == (operation.get("security") != [])


def test_what_is_polled_can_be_unchanged_and_what_is_posted_repeated() -> None:
    for path, method, operation in operations():
        names = {resolved(parameter)["name"] for parameter in operation.get("parameters", [])}
        if method == "post":
            assert "Idempotency-Key" in names, path
        elif operation.get("security") != []:
            assert "304" in operation["responses"], path
            assert "If-None-Match" in names
            assert {"ETag", "Cache-Control"} <= operation["responses"]["200"]["headers"].keys()


def test_every_field_says_what_it_means() -> None:
    for name, schema in SCHEMAS.items():
        for field, described in schema.get("properties", {}).items():
            told = described.get("description") or resolved(described).get("description")
            assert told, f"{name}.{field}"
            assert told.endswith("."), f"{name}.{field}"


def test_a_required_field_is_described() -> None:
    for path, node in nodes(document()):
        if "properties" in node and isinstance(node.get("required"), list):
            assert set(node["required"]) <= node["properties"].keys(), path


def test_no_amount_is_a_number() -> None:
    numbers = [path for path, node in nodes(document()["components"]["schemas"]) if node.get("type") == "number"]
    assert not numbers


def test_a_client_may_meet_fields_and_values_of_tomorrow() -> None:
    closed = [path for path, node in nodes(SCHEMAS) if "enum" in node or node.get("additionalProperties") is False]
    assert not closed


def test_every_body_has_an_example_and_every_example_holds() -> None:
    checked = 0
    for path, content in contents():
        assert content["examples"], path
        for name, example in content["examples"].items():
            wrong = problems_of_value(content["schema"], example["value"], strict=True)
            assert not wrong, f"{path} {name}"
            checked += 1
    assert checked > 20
    for name, schema in SCHEMAS.items():
        for example in schema.get("examples", []):
            assert not problems_of_value(schema, example, strict=True), name


def test_an_example_shows_every_field_of_a_budget_but_those_of_odd_cases() -> None:
    shown: set[str] = set()
    for _, content in contents():
        for example in content["examples"].values():
            people = [example["value"], *example["value"].get("people", [])]
            shown |= {field for person in people for budget in person.get("budgets", []) for field in budget}
    assert SCHEMAS["Budget"]["properties"].keys() - shown == {"request_url", "runs_out_at"}


@pytest.mark.parametrize(
    ("schema", "value"),
    [
        ("Amount", 12.5), ("Amount", "1e3"), ("Amount", "-1"), ("Amount", "NaN"), ("Amount", "1."),
        ("Amount", "007"), ("Amount", "1.0000000001"), ("SignedAmount", "--1"), ("Time", "2026-11-23T09:00:00+01:00"),
        ("Time", "2026-11-23"), ("Time", "2026-13-23T09:00:00Z"), ("Currency", "usd"),
        ("Budget", {"id": "b", "name": "B", "unit": "money", "limit": "1", "spent": "0"}),
        ("Budget", {"id": "b", "name": "B", "unit": "tokens", "spent": "0"}),
    ],
)  # fmt: skip
def test_what_no_client_could_read_right_is_refused(schema: str, value: Any) -> None:
    assert problems_of_value(SCHEMAS[schema], value, strict=False)


def test_unlimited_and_nothing_are_told_apart() -> None:
    budget = {"id": "b", "name": "B", "unit": "tokens", "spent": "0"}
    for limit in (None, "0"):
        assert not problems_of_value(SCHEMAS["Budget"], {**budget, "limit": limit}, strict=True)


def test_the_page_for_platform_teams_names_every_field_of_a_budget() -> None:
    named = set(re.findall(r"`(\w+)`", PAGE))
    assert SCHEMAS["Budget"]["properties"].keys() <= named


def test_the_answers_on_that_page_hold() -> None:
    blocks = re.findall(r"^ {7}(\{.*?\}\n)\n", PAGE, re.MULTILINE | re.DOTALL)
    first, second = (json.loads(block) for block in blocks[:2])
    assert not problems_of_value(SCHEMAS["Discovery"], first, strict=True)
    assert not problems_of_value(SCHEMAS["MyBudgets"], second, strict=True)
