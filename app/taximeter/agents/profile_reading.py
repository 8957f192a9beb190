"""Reads the logs of a house agent as its profile says: JSON Lines, a record a line; or SQLite, a record a row."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator, Mapping
from datetime import datetime
from functools import partial
from pathlib import Path, PurePath
from typing import Any

import msgspec

from taximeter.agents.contract import Agent, LogFile
from taximeter.agents.profile import KINDS, Field, Profile
from taximeter.agents.records import decoded, keys_of, line_spans, named_folders
from taximeter.domain.reading import Reading, RunSeen, SessionSeen
from taximeter.domain.usage import Request, RunKind, Tokens, merge

_key = keys_of(b"house")
_record = msgspec.json.Decoder(dict[str, Any])
_place = msgspec.json.Decoder(str | int | float)
_kept = msgspec.json.Decoder(dict[str, str])
_ROWS = 5_000
"""Rows that are handed on together."""
_MOST_TOKENS = 100_000_000_000
_LATEST = 253_402_300_799_999
"""The end of the year 9999, ms."""
NO_ID, NO_TIME = "a request without an id", "a request without a time in the profile's format"
NO_COUNT = "tokens that are no number"


class _Unusable(Exception):
    """A record is a request, and something that it needs is missing; the text says what."""


def agent_of(profile: Profile) -> Agent:
    """The adapter that a profile describes."""
    return Agent(
        id=profile.id,
        name=profile.name,
        parser_version=profile.parser_version,
        variables=(profile.variable,) if profile.variable else (),
        homes=partial(_homes, profile),
        log_folders=partial(_log_folders, profile),
        suffixes=profile.suffixes,
        read=partial(_read, profile),
        knows=_knows(profile),
        tested_on="",
        databases=profile.suffixes if profile.query else (),
        query=partial(_query, profile),
        house=True,
    )


def _homes(profile: Profile, env: Mapping[str, str], home: Path) -> tuple[Path, ...]:
    named = named_folders(env, profile.variable) if profile.variable else ()
    usual = home / profile.home[2:] if profile.home.startswith("~") else Path(profile.home)
    return named or (usual,)


def _log_folders(profile: Profile, home: Path) -> tuple[Path, ...]:
    return tuple(home / folder for folder in profile.folders)


def _knows(profile: Profile) -> frozenset[str]:
    """What the profile maps, in the words of the contract's ``KNOWLEDGE``."""
    told = {"tokens"} | ({"model", "project", "branch"} & profile.facts.keys())
    told |= {"own cost"} if "cost" in profile.facts else set()
    told |= {"parent run"} if "run" in profile.facts else set()
    told |= {"cache"} if "cache_read" in profile.tokens else set()
    told |= {"thoughts"} if "reasoning" in profile.tokens else set()
    told |= {"cache writes"} if {"cache_write_5m", "cache_write_1h"} & profile.tokens.keys() else set()
    return frozenset(told)


def _read(profile: Profile, chunk: bytes, carry: bytes, file: LogFile) -> tuple[Reading, bytes]:
    reading, kept = Reading(), _kept.decode(carry) if carry else {}
    for begin, end in line_spans(chunk, reading):
        record = decoded(_record, chunk[begin:end], reading, "")
        if record is None:
            continue
        _keep(profile, record, kept)
        _take_in(profile, record, kept, file, reading)
    return reading, msgspec.json.encode(kept) if kept else b""


def _query(
    profile: Profile, connection: sqlite3.Connection, carry: bytes, file: LogFile
) -> Iterator[tuple[Reading, bytes]]:
    """The rows from the last one on that was read before: others may have been written at the same moment."""
    # A select in brackets can do nothing but read, and the connection could do no more.
    asked, column = f"SELECT * FROM (\n{profile.query}\n)", f'"{profile.order}"'  # noqa: S608 (the profile's own query)
    begun = f" WHERE {column} >= ?" if carry else ""
    order = f"{begun} ORDER BY {column}" if profile.order else ""
    rows = connection.execute(asked + order, (_place.decode(carry),) if carry else ())
    names = [name for name, *_ in rows.description]
    if profile.order and profile.order not in names:
        # SQLite takes an unknown name in quotes for a text, which would order nothing.
        raise sqlite3.OperationalError(f"no such column: {profile.order}")
    while batch := rows.fetchmany(_ROWS):
        reading = Reading()
        records = [_of_row(dict(zip(names, row, strict=True))) for row in batch]
        for record in records:
            _take_in(profile, record, {}, file, reading)
        last = batch[-1][names.index(profile.order)] if profile.order in names else None
        yield reading, msgspec.json.encode(last) if isinstance(last, str | int | float) else b""


def _of_row(row: dict[str, Any]) -> dict[str, Any]:
    """A row as a record; a column with an object in JSON is that object."""
    for name, told in row.items():
        if isinstance(told, str) and told.startswith("{"):
            row[name] = decoded(_record, told.encode(errors="replace"), Reading(), "") or told
    return row


def _keep(profile: Profile, record: Mapping[str, Any], kept: dict[str, str]) -> None:
    """Keep what holds for the records that follow; another session begins with nothing."""
    session = _fact(profile, record, "session")
    if session and session != kept.get("session"):
        kept.clear()
        kept["session"] = session
    for name in profile.keep:
        told = _fact(profile, record, name)
        if told:
            kept[name] = told


def _is_request(profile: Profile, record: Mapping[str, Any]) -> bool:
    if profile.only:
        return all(_value(record, field) in values for field, values in profile.only)
    return any(_value(record, field) is not None for field in profile.tokens.values() if field.path)


def _take_in(
    profile: Profile, record: Mapping[str, Any], kept: Mapping[str, str], file: LogFile, reading: Reading
) -> None:
    """Note the request that a record is, if it is one; one that lacks something is counted with the reason."""
    if _is_request(profile, record):
        try:
            _note_request(profile, record, kept, file, reading)
        except _Unusable as reason:
            reading.skip(str(reason))


def _note_request(
    profile: Profile, record: Mapping[str, Any], kept: Mapping[str, str], file: LogFile, reading: Reading
) -> None:
    names = [_text(_value(record, field)) for field in profile.request_id]
    if not all(names):
        raise _Unusable(NO_ID)
    at, tokens = _time(profile, record), _tokens(profile, record)
    facts = {name: _fact(profile, record, name) for name in profile.facts}
    facts |= {name: facts.get(name) or kept.get(name, "") for name in profile.keep}
    run = _note(facts, facts.get("session") or PurePath(file.path).stem, reading)
    key = _key("\0".join([profile.id, *names]).encode())
    bill = Request(key, run, at, facts.get("model", ""), tokens, 0, 0, _cost(profile, record), file.first_mtime_us)
    before = reading.requests.get(key)
    reading.requests[key] = bill if before is None else merge(before, bill)


def _note(facts: Mapping[str, str], session: str, reading: Reading) -> str:
    """Note the session and the run of a request; returns the run's name.

    A run that its log names is told apart by its session, since many count their runs from 1 in each.
    """
    known = reading.sessions.get(session, SessionSeen(session))
    project, branch = known.cwd or facts.get("project", ""), facts.get("branch", "") or known.branch
    reading.sessions[session] = SessionSeen(session, project, branch)
    name, parent = facts.get("run", ""), facts.get("parent", "")
    run = f"{session}/{name}" if name and name != session else session
    if run == session or ("parent" in facts and not parent):
        reading.note_run(RunSeen(run, session))
        return run
    above = f"{session}/{parent}" if parent and parent != session else session
    reading.note_run(RunSeen(run, session, above, RunKind.SUBAGENT, facts.get("type", ""), call=run))
    return run


def _tokens(profile: Profile, record: Mapping[str, Any]) -> Tokens:
    counts = {kind: _count(profile, record, kind) for kind in KINDS}
    counts["input"] = max(0, counts["input"] - sum(counts[kind] for kind in profile.input_includes))
    if profile.reasoning_beside_output:
        counts["output"] += counts["reasoning"]
    counts["reasoning"] = min(counts["reasoning"], counts["output"])
    return Tokens(**counts)


def _count(profile: Profile, record: Mapping[str, Any], kind: str) -> int:
    field = profile.tokens.get(kind)
    told = _value(record, field) if field is not None else None
    if told is None:
        return 0
    if isinstance(told, bool) or not isinstance(told, int | float) or not 0 <= told * profile.unit <= _MOST_TOKENS:
        raise _Unusable(NO_COUNT)
    return round(told * profile.unit)


def _time(profile: Profile, record: Mapping[str, Any]) -> int:
    told = _value(record, profile.time)
    at = _instant(told) if profile.time_format == "rfc3339" else _epoch(told, profile.time_format)
    if not 0 < at <= _LATEST:
        raise _Unusable(NO_TIME)
    return at


def _instant(told: object) -> int:
    """Without its zone a time means nothing."""
    try:
        moment = datetime.fromisoformat(told if isinstance(told, str) else "")
    except ValueError:
        return 0
    return round(moment.timestamp() * 1000) if moment.tzinfo is not None else 0


def _epoch(told: object, unit: str) -> int:
    if isinstance(told, bool) or not isinstance(told, int | float) or not 0 < told <= _LATEST:
        return 0
    return round(told * 1000) if unit == "seconds" else round(told)


def _cost(profile: Profile, record: Mapping[str, Any]) -> int:
    field = profile.facts.get("cost")
    told = _value(record, field) if field is not None else None
    if isinstance(told, bool) or not isinstance(told, int | float) or not 0 <= told <= 1_000_000:
        return -1
    return round(told * profile.cost_unit)


def _fact(profile: Profile, record: Mapping[str, Any], name: str) -> str:
    field = profile.facts.get(name)
    return _text(_value(record, field)) if field is not None else ""


def _text(told: object) -> str:
    return str(told) if isinstance(told, str | int) and not isinstance(told, bool) else ""


def _value(record: Mapping[str, Any], field: Field) -> Any:  # noqa: ANN401 - of any type that JSON has
    """What stands there, None where nothing does."""
    found: Any = record if field.path else field.constant
    for part in field.path:
        if isinstance(found, dict):
            found = found.get(part)
        elif isinstance(found, list) and part.isdecimal() and int(part) < len(found):
            found = found[int(part)]
        else:
            return None
    return found
