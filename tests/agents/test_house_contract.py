"""The example of a house agent is held to what holds for every adapter of the list."""

from __future__ import annotations

from itertools import pairwise
from pathlib import Path

import pytest
from agents.samples import FIRST_SEEN_US, SampleFile, digest_of_keys
from agents.test_adapter_contract import read_chunks, skipped
from agents.test_splits import called, merged
from hypothesis import given, settings
from hypothesis import strategies as st

from taximeter.agents.contract import KNOWLEDGE, LogFile
from taximeter.agents.profile import Profile, profile_of
from taximeter.agents.profile_reading import NO_COUNT, NO_ID, NO_TIME, agent_of
from taximeter.domain.usage import Tokens
from taximeter.host.toml_text import TomlTable, TomlText
from taximeter.host.trouble import Trouble

ROOT = Path(__file__).parents[2]
EXAMPLE = ROOT / "resources" / "profiles" / "acme-assist.toml"
LOGS = ROOT / "tests" / "fixtures" / "house" / "home" / ".acme-assist" / "logs"
TEXT = EXAMPLE.read_text(encoding="utf-8")


def profile(*changes: tuple[str, str]) -> Profile:
    """The example's profile with some of its text changed."""
    text = TEXT
    for old, new in changes:
        assert old in text
        text = text.replace(old, new)
    source = TomlText(Path("acme.toml"), text)
    top = TomlTable(source, source.values())
    top.tables("price")
    return profile_of(top, {"codex": "Codex"})


AGENT = agent_of(profile())
FILES = [SampleFile(AGENT, path, LogFile(str(path), FIRST_SEEN_US)) for path in sorted(LOGS.rglob("*.jsonl"))]


def read(text: str, *changes: tuple[str, str]) -> tuple[dict[bytes, Tokens], dict[str, int]]:
    """The tokens of the requests in some lines, and what was skipped."""
    reading, _ = agent_of(profile(*changes)).read(text.encode(), b"", LogFile("/x/s-9.jsonl", 1))
    return {key: request.tokens for key, request in reading.requests.items()}, reading.skipped


def test_ids_are_stable() -> None:
    found = {key for file in FILES for key in merged(read_chunks(file, [b"".join(file.lines)]))}
    assert (len(found), digest_of_keys(found)) == (7, "6e950f182214df21")


@pytest.mark.parametrize("file", FILES, ids=lambda file: file.path.name)
@settings(max_examples=30)
@given(places=st.lists(st.integers(0, 10_000), max_size=8))
def test_any_split_into_lines_gives_the_same_requests(file: SampleFile, places: list[int]) -> None:
    lines = file.lines
    edges = sorted({0, len(lines), *(place % (len(lines) + 1) for place in places)})
    whole, parts = (
        read_chunks(file, [b"".join(lines)]),
        read_chunks(file, [b"".join(lines[a:b]) for a, b in pairwise(edges)]),
    )
    assert merged(parts) == merged(whole)
    assert called(parts) == called(whole)
    assert skipped(parts) == skipped(whole) == 0
    assert {seen for part in parts for seen in part.sessions.values()} == set(whole[0].sessions.values())


@pytest.mark.parametrize("file", FILES, ids=lambda file: file.path.name)
@given(
    place=st.integers(0, 100), broken=st.sampled_from([b"\xff\x00 {}\n", b"{\n", b"null\n", b"[1]\n", b"\n", b"{}\n"])
)
def test_a_broken_line_costs_nothing_but_itself(file: SampleFile, place: int, broken: bytes) -> None:
    lines, at = file.lines, place % (len(file.lines) + 1)
    readings = read_chunks(file, [b"".join([*lines[:at], broken, *lines[at:]])])
    assert merged(readings) == merged(read_chunks(file, [b"".join(lines)]))
    assert skipped(readings) <= 1


def test_ids_do_not_depend_on_where_a_log_lies() -> None:
    for file in FILES:
        moved = LogFile(f"/srv/copy/{file.path.name}", 5)
        here, there = (merged(read_chunks(file, file.lines, log)) for log in (file.log, moved))
        assert here.keys() == there.keys()


@given(junk=st.lists(st.binary(max_size=60).map(lambda raw: raw + b"\n"), max_size=5))
def test_no_bytes_whatever_make_it_fail(junk: list[bytes]) -> None:
    AGENT.read(b"".join(junk), b"", LogFile("/x.jsonl", 1))


def test_it_says_what_its_profile_maps_and_no_more() -> None:
    assert set(KNOWLEDGE) - AGENT.knows == {"cache writes", "plan windows", "credits", "refusals"}
    assert "branch" not in agent_of(profile(('branch = "session.branch"\n', ""), (', "branch"]', "]"))).knows


LINE = '{"kind":"completion","session":{"id":"s"},"turn":%s,"finished_at":%s,"usage":{"prompt":%s,"completion":2}}\n'


@pytest.mark.parametrize(
    ("line", "reason"),
    [
        (LINE % ("null", '"2026-11-20T09:00:00Z"', "1"), NO_ID),
        (LINE % ("{}", '"2026-11-20T09:00:00Z"', "1"), NO_ID),
        (LINE % ("1", '"2026-11-20T09:00:00"', "1"), NO_TIME),
        (LINE % ("1", '"yesterday"', "1"), NO_TIME),
        (LINE % ("1", "1795165200", "1"), NO_TIME),
        (LINE % ("1", '"2026-11-20T09:00:00Z"', '"12"'), NO_COUNT),
        (LINE % ("1", '"2026-11-20T09:00:00Z"', "-1"), NO_COUNT),
        (LINE % ("1", '"2026-11-20T09:00:00Z"', "1e300"), NO_COUNT),
        (LINE % ("1", '"2026-11-20T09:00:00Z"', "true"), NO_COUNT),
    ],
)
def test_a_request_that_lacks_something_is_counted_with_its_reason(line: str, reason: str) -> None:
    assert read(line) == ({}, {reason: 1})


@pytest.mark.parametrize(
    ("format", "time"),
    [("rfc3339", '"2026-11-20T10:00:00.5+01:00"'), ("seconds", "1795165200.5"), ("milliseconds", "1795165200500")],
)
def test_times_are_read_in_the_format_that_is_named(format: str, time: str) -> None:
    line = LINE % ("1", time, "1")
    reading, _ = agent_of(profile(('"rfc3339"  ', f'"{format}"  '))).read(line.encode(), b"", LogFile("/x", 1))
    assert [request.at for request in reading.requests.values()] == [1_795_165_200_500]


def test_counts_may_be_of_thousands() -> None:
    found, _ = read(LINE % ("1", '"2026-11-20T09:00:00Z"', "1.25"), ('unit = "tokens"', 'unit = "thousands"'))
    assert list(found.values()) == [Tokens(input=1250, output=2000)]


def test_a_constant_stands_for_what_the_log_never_says() -> None:
    line = LINE % ("1", '"2026-11-20T09:00:00Z"', "1")
    changed = agent_of(profile(('model = "model.name"', 'model = { value = "acme-large-1" }')))
    reading, _ = changed.read(line.encode(), b"", LogFile("/x", 1))
    assert [request.model for request in reading.requests.values()] == ["acme-large-1"]


def test_without_a_session_a_file_is_one() -> None:
    changes = [
        ('id = ["session.id", "turn"]', 'id = "turn"'),
        ('session = "session.id"\n', ""),
        ('keep = ["session", ', "keep = ["),
    ]
    reading, _ = agent_of(profile(*changes)).read((LINE % ("1", '"2026-11-20T09:00:00Z"', "1")).encode(), b"",
                                                  LogFile("/x/s-9.jsonl", 1))  # fmt: skip
    assert list(reading.sessions) == ["s-9"]


@pytest.mark.parametrize(
    ("old", "new", "line", "sentence"),
    [
        ('id = "acme-assist"', 'id = "codex"', 4, "It is that of Codex"),
        ('id = "acme-assist"', 'id = "Acme Assist"', 4, "small letters"),
        ('name = "Acme Assist"', 'name = "codex"', 5, "Another agent has this name"),
        ('home = "~/.acme-assist"', 'home = "logs"', 8, "a whole path"),
        ('home = "~/.acme-assist"', 'home = "~"', 8, "a whole path"),
        ('folders = ["logs"]', 'folders = ["../logs"]', 10, "below its home"),
        ('files = [".jsonl"]', "files = []", 11, "how their names end"),
        ('time_format = "rfc3339"', 'time_format = "iso"', 17, "one of 'rfc3339'"),
        ('model = "model.name"', 'model = "model..name"', 22, "the way to a field"),
        ('model = "model.name"', "model = { value = 1.5 }", 22, "the way to a field"),
        ('input = "usage.prompt"', "input = { value = 5 }", 31, "input tokens"),
        ('input_includes = ["cache_read"]', 'input_includes = ["output"]', 32, "some of"),
        ('cost_unit = "cents"', 'cost_unit = "euros"', 27, "one of 'dollars'"),
    ],
)
def test_what_cannot_be_used_is_told_with_file_and_line(old: str, new: str, line: int, sentence: str) -> None:
    with pytest.raises(Trouble) as told:
        profile((old, new))
    assert told.value.title.startswith(f"acme.toml, line {line}: ")
    assert sentence in told.value.detail


def test_a_misspelt_key_is_told() -> None:
    with pytest.raises(Trouble, match=r"acme.toml, line \d+: reasonning means nothing here"):
        profile(('reasoning = "usage', 'reasonning = "usage'))


def test_what_it_says_of_the_logs_makes_its_version_and_nothing_else() -> None:
    version = profile().parser_version
    assert (
        profile(('name = "Acme Assist"', 'name = "Acme"'), ("input = 0.80", "input = 0.90")).parser_version == version
    )
    assert profile(('branch = "session.branch"', 'branch = "branch"')).parser_version != version
