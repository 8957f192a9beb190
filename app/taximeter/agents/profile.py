"""A house agent's profile: in TOML, where a company's own assistant keeps its logs and which field means what.

Checked strictly, since a misspelt field would make figures wrong in silence. The format is documented
in ``docs/house-agents.md``; its price rows are read where prices are.
"""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass
from hashlib import blake2b
from pathlib import PurePosixPath, PureWindowsPath
from typing import Any, NamedTuple

from taximeter.host.toml_text import TomlTable
from taximeter.host.trouble import Trouble

KINDS = ("input", "cache_read", "cache_write_5m", "cache_write_1h", "output", "reasoning")
"""In the order of ``Tokens``."""
FACTS = ("session", "run", "parent", "type", "model", "project", "branch", "cost")
"""Fields that a profile may name beside a request's id and time."""
UNITS: Mapping[str, int] = {"tokens": 1, "thousands": 1000, "millions": 1_000_000}
TIME_FORMATS = ("rfc3339", "seconds", "milliseconds")
COSTS: Mapping[str, int] = {"dollars": 1_000_000_000, "cents": 10_000_000}
"""Nano-dollars in one."""
KEPT = ("session", "model", "project", "branch")
"""What may hold for the lines that follow it."""
_PART_OF_INPUT = KINDS[1:4]
_READER = 1
"""Raised when the reader of profiles learns something new."""
_ID = re.compile(r"[a-z][a-z0-9]*(?:-[a-z0-9]+)*")
_VARIABLE = re.compile(r"[A-Z_][A-Z0-9_]*")
_PATH_SENTENCE = 'It has to be the way to a field, such as "usage.input", or { value = ... } for a constant.'

Value = str | int | bool


class Field(NamedTuple):
    """The way to a value in a record, its keys and positions; or, with an empty way, what it always is."""

    path: tuple[str, ...]
    constant: Value = ""


@dataclass(frozen=True, slots=True)
class Profile:
    """All that a profile says of an agent but its prices."""

    id: str
    name: str
    parser_version: int
    """Told from what it says of the logs: when that changes, they are read again."""
    variable: str
    """The environment variable that names other homes; empty for none."""
    home: str
    folders: tuple[str, ...]
    suffixes: tuple[str, ...]
    only: tuple[tuple[Field, tuple[Value, ...]], ...]
    """Which records are requests: each field has one of the values. Empty: those with any tokens."""
    request_id: tuple[Field, ...]
    time: Field
    time_format: str
    """One of TIME_FORMATS."""
    facts: Mapping[str, Field]
    tokens: Mapping[str, Field]
    unit: int
    """Tokens in one of what the log counts."""
    input_includes: tuple[str, ...]
    """Kinds that the log's input counts as well."""
    reasoning_beside_output: bool
    cost_unit: int
    """Nano-dollars in one of what the log's own cost is told in."""
    keep: tuple[str, ...]
    """Facts that hold for the records after the one that told them."""
    query: str
    """Logs are SQLite databases, and this gives their records, one a row; empty where logs are lines."""
    order: str
    """A column that grows with each row that is new or changed; empty: all rows are read each time."""


def profile_of(top: TomlTable, taken: Mapping[str, str]) -> Profile:
    """The profile in a file; ``taken`` are ids that are used already, each with the name of whose it is.

    Raises:
        Trouble: something is missing, misspelt or cannot be used; the title names the file and the line.
    """
    agent_id, name = _identity(top, taken)
    logs, tokens, fields = (_table(top, key) for key in ("logs", "tokens", "fields"))
    profile = Profile(
        id=agent_id,
        name=name,
        parser_version=_version(top.values),
        variable=_variable(logs),
        home=_home(logs),
        folders=_folders(logs),
        suffixes=_needed_texts(logs, "files", 'Say how their names end, such as [".jsonl"].'),
        only=_only(logs),
        request_id=_request_id(fields),
        time=_needed(fields, "time", "Say which field holds the time of a request."),
        time_format=fields.text("time_format", TIME_FORMATS[0], TIME_FORMATS),
        facts={key: field for key in FACTS if (field := _field(fields, key)) is not None},
        tokens=_tokens(tokens),
        unit=UNITS[tokens.text("unit", "tokens", tuple(UNITS))],
        input_includes=_some_of(tokens, "input_includes", _PART_OF_INPUT),
        reasoning_beside_output=tokens.flag("reasoning_beside_output", default=False),
        cost_unit=COSTS[fields.text("cost_unit", "dollars", tuple(COSTS))],
        keep=_some_of(fields, "keep", KEPT),
        query=_query(logs),
        order=_order(logs),
    )
    if profile.query and profile.keep:
        raise fields.wrong("keep", "It is for lines; let the query give each row all that it needs.")
    for table in (top, logs, tokens, fields):
        _refuse_unknown(table)
    return profile


def _identity(top: TomlTable, taken: Mapping[str, str]) -> tuple[str, str]:
    agent_id, name = top.text("id", ""), top.text("name", "").strip()
    if not _ID.fullmatch(agent_id) or len(agent_id) > 40:
        raise top.wrong("id", 'It has to be small letters, digits and dashes, such as "acme-assist".')
    if agent_id in taken:
        raise top.wrong("id", f"It is that of {taken[agent_id]}; choose another.")
    if not name or len(name) > 40 or not name.isprintable():
        raise top.wrong("name", 'It has to be the name that people know it by, such as "Acme Assist".')
    if name.casefold() in {other.casefold() for other in taken.values()}:
        raise top.wrong("name", "Another agent has this name; choose another.")
    return agent_id, name


def _table(top: TomlTable, key: str) -> TomlTable:
    table = top.table(key)
    if not table.values:
        raise top.wrong(key, f"A profile needs a [{key}] table.")
    return table


def _version(values: Mapping[str, Any]) -> int:
    """A number that is another when the profile says something else of the logs; prices are not of them."""
    told = {key: values[key] for key in ("logs", "tokens", "fields")}
    written = json.dumps([_READER, told], sort_keys=True, default=str)
    return int.from_bytes(blake2b(written.encode(), digest_size=4).digest()) >> 1


def _variable(logs: TomlTable) -> str:
    name = logs.text("variable", "")
    if name and not _VARIABLE.fullmatch(name):
        raise logs.wrong("variable", 'It has to be the name of an environment variable, such as "ACME_HOME".')
    return name


def _home(logs: TomlTable) -> str:
    home = logs.text("home", "")
    absolute = PurePosixPath(home).is_absolute() or PureWindowsPath(home).is_absolute()
    if not absolute and not re.fullmatch(r"~[/\\].+", home):
        raise logs.wrong("home", 'It has to be a whole path, such as "~/.acme-assist".')
    return home


def _folders(logs: TomlTable) -> tuple[str, ...]:
    folders = logs.texts("folders", (".",))
    for folder in folders:
        if PurePosixPath(folder).is_absolute() or PureWindowsPath(folder).drive or ".." in re.split(r"[/\\]", folder):
            raise logs.wrong("folders", 'They have to lie below its home, such as ["logs"].')
    return folders


def _query(logs: TomlTable) -> str:
    query = logs.text("query", "").strip()
    if query and (";" in query or not re.match(r"(?:select|with)\b", query, re.IGNORECASE)):
        raise logs.wrong("query", "It has to be one SELECT, without a semicolon.")
    return query


def _order(logs: TomlTable) -> str:
    column = logs.text("order", "")
    if column and ('"' in column or not logs.text("query", "")):
        raise logs.wrong("order", "It has to be a column that the query gives.")
    return column


def _needed_texts(table: TomlTable, key: str, sentence: str) -> tuple[str, ...]:
    found = table.texts(key)
    if not found:
        raise table.wrong(key, sentence)
    return found


def _some_of(table: TomlTable, key: str, choices: tuple[str, ...]) -> tuple[str, ...]:
    found = table.texts(key)
    if not set(found) <= set(choices):
        raise table.wrong(key, f"It has to be some of {', '.join(repr(choice) for choice in choices)}.")
    return found


def _only(logs: TomlTable) -> tuple[tuple[Field, tuple[Value, ...]], ...]:
    wanted = logs.table("only")
    found = []
    for path, told in _flat(wanted.values):
        values = tuple(told) if isinstance(told, list) else (told,)
        if not values or not all(isinstance(value, str | int) for value in values):
            raise logs.wrong("only", 'Each field in it needs a value, or a list of some: { kind = "completion" }.')
        found.append((Field(_way(wanted, path, path)), values))
    return tuple(found)


def _flat(values: Mapping[str, Any], before: str = "") -> list[tuple[str, Any]]:
    flat: list[tuple[str, Any]] = []
    for key, value in values.items():
        flat += _flat(value, f"{before}{key}.") if isinstance(value, dict) else [(before + key, value)]
    return flat


def _tokens(tokens: TomlTable) -> dict[str, Field]:
    found = {kind: field for kind in KINDS if (field := _field(tokens, kind)) is not None}
    for needed in ("input", "output"):
        if not found.get(needed, Field(())).path:
            raise tokens.wrong(needed, f"Say which field holds the {needed} tokens of a request.")
    return found


def _request_id(fields: TomlTable) -> tuple[Field, ...]:
    sentence = 'Say which field, or list of fields, names a request: ["session", "turn"].'
    paths = _needed_texts(fields, "id", sentence)
    return tuple(Field(_way(fields, "id", path)) for path in paths)


def _needed(fields: TomlTable, key: str, sentence: str) -> Field:
    found = _field(fields, key)
    if found is None or not found.path:
        raise fields.wrong(key, sentence)
    return found


def _field(table: TomlTable, key: str) -> Field | None:
    told = table.raw(key)
    if told is None:
        return None
    if isinstance(told, str):
        return Field(_way(table, key, told))
    constant = told.get("value") if isinstance(told, dict) and told.keys() == {"value"} else None
    if not isinstance(constant, str | int) or isinstance(constant, bool):
        raise table.wrong(key, _PATH_SENTENCE)
    return Field((), constant)


def _way(table: TomlTable, key: str, told: str) -> tuple[str, ...]:
    path = tuple(told.split("."))
    if not all(path):
        raise table.wrong(key, _PATH_SENTENCE)
    return path


def _refuse_unknown(table: TomlTable) -> None:
    unknown = table.unknown()
    if unknown:
        raise Trouble(unknown[0], "Correct its spelling or leave it out.")
