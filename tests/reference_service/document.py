"""The budget contract's OpenAPI document, and what checks an answer or a body against it.

A client must bear more than the document says (unknown fields, unknown values); a service must not
say more. ``strict`` is for services: it refuses fields and values that the document does not name.
"""

from __future__ import annotations

import functools
import json
from collections.abc import Iterator, Mapping
from datetime import datetime
from pathlib import Path
from typing import Any

from jsonschema import Draft202012Validator, FormatChecker
from jsonschema.protocols import Validator
from referencing import Registry
from referencing.jsonschema import DRAFT202012

FILE = Path(__file__).parents[2] / "resources" / "budget" / "openapi.json"
METHODS = ("get", "post", "put", "patch", "delete")
JSON, PROBLEM = "application/json", "application/problem+json"


@functools.cache
def document() -> dict[str, Any]:
    """The document as it stands in ``resources/``."""
    loaded: dict[str, Any] = json.loads(FILE.read_text(encoding="utf-8"))
    return loaded


def operations() -> Iterator[tuple[str, str, dict[str, Any]]]:
    """Path, method in lower case and operation object of each operation."""
    for path, item in document()["paths"].items():
        yield from ((path, method, item[method]) for method in METHODS if method in item)


def operation(operation_id: str) -> dict[str, Any]:
    """The operation of that id; KeyError when there is none."""
    return {found["operationId"]: found for _, _, found in operations()}[operation_id]


def resolved(node: dict[str, Any]) -> dict[str, Any]:
    """The object that a ``$ref`` inside the document leads to; the node itself when it is none."""
    while "$ref" in node:
        target: Any = document()
        for part in node["$ref"].removeprefix("#/").split("/"):
            target = target[part]
        node = target
    return node


def problems_of_answer(
    operation_id: str, status: int, headers: Mapping[str, str], body: bytes, *, strict: bool
) -> list[str]:
    """What is wrong with an answer: its status, its headers, its type or its body; empty when nothing is."""
    answers = operation(operation_id)["responses"]
    if str(status) not in answers:
        return [f"{operation_id} does not answer {status}"]
    answer = resolved(answers[str(status)])
    wrong = list(_problems_of_headers(answer, headers))
    content = answer.get("content")
    if content is None:
        return [*wrong, "a body where there is none"] if body else wrong
    ((media, described),) = content.items()
    if headers.get("content-type", "").split(";")[0] != media:
        return [*wrong, f"the type is {headers.get('content-type')}, not {media}"]
    return [*wrong, *problems_of_value(described["schema"], json.loads(body), strict=strict)]


def _problems_of_headers(answer: dict[str, Any], headers: Mapping[str, str]) -> Iterator[str]:
    for name, described in answer.get("headers", {}).items():
        header = resolved(described)
        value = headers.get(name.lower())
        if value is not None:
            yield from (f"{name}: {text}" for text in problems_of_value(header["schema"], value, strict=False))
        elif header.get("required"):
            yield f"{name} is missing"


def problems_of_value(schema: dict[str, Any], value: Any, *, strict: bool) -> list[str]:
    """Where a value does not hold to a schema of the document, each with its place."""
    errors = _validator(json.dumps(schema), strict).iter_errors(value)
    return [f"{error.json_path}: {error.message}" for error in errors]


@functools.cache
def _validator(schema: str, strict: bool) -> Validator:
    contents = _closed(document()) if strict else document()
    root: Any = Registry().with_resource("openapi.json", DRAFT202012.create_resource(contents))
    wanted = _absolute(_closed(json.loads(schema)) if strict else json.loads(schema))
    formats = FormatChecker()
    formats.checks("date-time", ValueError)(_is_moment)
    return Draft202012Validator(wanted, registry=root, format_checker=formats)


def _is_moment(text: object) -> bool:
    return not isinstance(text, str) or datetime.fromisoformat(text) is not None


def _absolute(node: Any) -> Any:
    if isinstance(node, dict):
        return {key: f"openapi.json{value}" if key == "$ref" else _absolute(value) for key, value in node.items()}
    return [_absolute(item) for item in node] if isinstance(node, list) else node


def _closed(node: Any) -> Any:
    """A copy in which the known values are all there are, and objects have no fields but the named ones."""
    if isinstance(node, list):
        return [_closed(item) for item in node]
    if not isinstance(node, dict):
        return node
    copy = {key: _closed(value) for key, value in node.items()}
    if "x-extensible-enum" in node:
        copy["enum"] = node["x-extensible-enum"]
    if node.get("type") == "object":
        copy.setdefault("additionalProperties", False)
    return copy
