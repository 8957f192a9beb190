from __future__ import annotations

import json
from functools import partial
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from taximeter.guard.install.editing import handlers, parts, with_groups, without_ours
from taximeter.host.trouble import Trouble

FILE = Path("settings.json")
OURS = {"type": "command", "command": "exec python3 /d/hook/ask.py /r/taximeter-0123456789ab.sock x y", "timeout": 610}
THEIRS = {"type": "command", "command": "say 'done' \u2713"}
GROUPS: list[tuple[str, dict[str, Any]]] = [
    ("PreToolUse", {"matcher": "Agent", "hooks": [OURS]}),
    ("PreToolUse", {"matcher": "Bash", "hooks": [OURS]}),
    ("UserPromptSubmit", {"hooks": [OURS]}),
]

gaps = st.sampled_from(["", "", " ", "\n", "\r\n", "\n\n", "\t", "\n    ", "\r\n\t", "  \n "])
scalars = st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False, allow_infinity=False) | st.text()
anything = st.recursive(scalars, lambda inner: st.lists(inner) | st.dictionaries(st.text(), inner), max_leaves=6)
groups = st.lists(st.just({"matcher": 'Edit|[{"', "hooks": [THEIRS]}) | st.just({}) | anything, max_size=2)
hooks = st.dictionaries(st.sampled_from(["Stop", "PreToolUse", "UserPromptSubmit", "x"]), groups, max_size=3)
settings = st.builds(
    lambda first, found, last: {**first, **found, **last},
    st.dictionaries(st.text().filter("hooks".__ne__), anything, max_size=2),
    st.just({}) | st.fixed_dictionaries({"hooks": hooks}),
    st.dictionaries(st.text().filter("hooks".__ne__), anything, max_size=2),
)


@st.composite
def texts(draw: st.DrawFn) -> str:
    """Settings as all kinds of programs and people write them."""
    values = draw(settings)
    end = draw(st.sampled_from(["\n", "\r\n"]))
    if draw(st.booleans()):
        indent = draw(st.sampled_from([None, 0, 1, 2, 4, "\t"]))
        separators = draw(st.sampled_from([(",", ":"), (", ", ": ")])) if indent is None else None
        text = json.dumps(values, indent=indent, separators=separators, ensure_ascii=draw(st.booleans()))
        text = text.replace("\n", end)
    else:
        text = _scattered(draw, values)
    around = draw(st.sampled_from(["", "\ufeff"])) + draw(gaps), draw(st.sampled_from(["", end, end * 2]))
    return text.join(around)


def _scattered(draw: st.DrawFn, value: Any) -> str:
    if isinstance(value, dict):
        inner = [f"{json.dumps(key)}{draw(gaps)}:{draw(gaps)}{_scattered(draw, each)}" for key, each in value.items()]
    elif isinstance(value, list):
        inner = [_scattered(draw, each) for each in value]
    else:
        return json.dumps(value)
    inside = ",".join(f"{draw(gaps)}{each}{draw(gaps)}" for each in inner) or draw(gaps)
    return f"{{{inside}}}" if isinstance(value, dict) else f"[{inside}]"


def loaded(text: str) -> Any:
    return json.loads(text.removeprefix("\ufeff"))


@given(texts())
def test_taking_out_what_was_put_in_gives_the_same_text(text: str) -> None:
    assert without_ours(FILE, with_groups(FILE, text, GROUPS), parts(FILE, text)) == text


@given(texts())
def test_what_was_there_stays_and_ours_stand_behind_it(text: str) -> None:
    before, after = loaded(text), loaded(with_groups(FILE, text, GROUPS))
    assert [key for key in after if key != "hooks"] == [key for key in before if key != "hooks"]
    assert all(after[key] == value for key, value in before.items() if key != "hooks")
    for event in {*before.get("hooks", {}), *(event for event, _ in GROUPS)}:
        ours = [group for name, group in GROUPS if name == event]
        assert after["hooks"][event] == [*before.get("hooks", {}).get(event, []), *ours]


@given(texts(), st.sampled_from([None, 2, "\t"]))
def test_ours_go_also_after_another_program_rewrote_the_file(text: str, indent: Any) -> None:
    there = parts(FILE, text)
    rewritten = json.dumps(loaded(with_groups(FILE, text, GROUPS)), indent=indent)
    assert loaded(without_ours(FILE, rewritten, there)) == loaded(text)


@given(texts())
def test_without_a_record_nothing_of_others_goes(text: str) -> None:
    left = loaded(without_ours(FILE, with_groups(FILE, text, GROUPS), None))
    full = {event: each for event, each in loaded(text).get("hooks", {}).items() if each}
    kept = {event: each for event, each in left.get("hooks", {}).items() if each}
    assert kept == full
    assert {**left, "hooks": 0} == {**loaded(text), "hooks": 0}


@given(gaps, st.sampled_from(["", "\ufeff"]))
def test_a_blank_file_is_blank_again(gap: str, mark: str) -> None:
    text = mark + gap
    full = with_groups(FILE, text, GROUPS)
    assert [handler.is_ours for handler in handlers(FILE, full)] == [True] * 3
    assert without_ours(FILE, full, parts(FILE, text)) == text


def test_what_others_add_behind_ours_stays() -> None:
    text = '{"hooks": {"PreToolUse": []}}'
    full = loaded(with_groups(FILE, text, GROUPS))
    full["hooks"]["PreToolUse"][0]["hooks"].append(THEIRS)
    full["hooks"]["PreToolUse"].append({"hooks": [THEIRS]})
    left = loaded(without_ours(FILE, json.dumps(full, indent=2), parts(FILE, text)))
    assert left == {"hooks": {"PreToolUse": [{"matcher": "Agent", "hooks": [THEIRS]}, {"hooks": [THEIRS]}]}}


def test_ours_take_on_the_files_own_indentation() -> None:
    text = '{\r\n\t"model": "x",\r\n\t"hooks": {\r\n\t\t"Stop": []\r\n\t}\r\n}\r\n'
    expected = (
        '{\r\n\t"model": "x",\r\n\t"hooks": {\r\n\t\t"Stop": [],\r\n\t\t"UserPromptSubmit": [\r\n\t\t\t{\r\n'
        '\t\t\t\t"hooks": [\r\n\t\t\t\t\t"h"\r\n\t\t\t\t]\r\n\t\t\t}\r\n\t\t]\r\n\t}\r\n}\r\n'
    )
    assert with_groups(FILE, text, [("UserPromptSubmit", {"hooks": ["h"]})]) == expected


def test_a_file_in_one_line_stays_in_one_line() -> None:
    group = ("Stop", {"hooks": [{"a": 1, "b": 2}]})
    assert with_groups(FILE, '{"a":1}\n', [group]) == '{"a":1,"hooks":{"Stop":[{"hooks":[{"a":1,"b":2}]}]}}\n'
    assert with_groups(FILE, '{"a": {}}', [group]) == '{"a": {}, "hooks": {"Stop": [{"hooks": [{"a": 1, "b": 2}]}]}}'


@pytest.mark.parametrize(
    ("text", "title"),
    [
        ('{"a": 1,}', "settings.json is not valid JSON"),
        ('{\n// mine\n"a": 1}', "settings.json is not valid JSON"),
        ('{"a": NaN}', "settings.json is not valid JSON"),
        ("[" * 100_000, "settings.json is not valid JSON"),
        ('{"a":' * 3000 + "1" + "}" * 3000, "settings.json is not valid JSON"),
        ("[]", "settings.json does not hold settings"),
        ("null", "settings.json does not hold settings"),
        ('{"hooks": null}', "settings.json does not hold settings"),
        ('{"hooks": {"PreToolUse": {}}}', "settings.json cannot be changed"),
    ],
)
def test_a_file_of_another_shape_is_refused(text: str, title: str) -> None:
    for attempt in (partial(with_groups, FILE, text, GROUPS), partial(without_ours, FILE, text, None)):
        with pytest.raises(Trouble) as caught:
            attempt()
        assert caught.value.title == title
        assert caught.value.detail


def test_the_place_of_a_mistake_is_told() -> None:
    with pytest.raises(Trouble, match="Line 2, column 8"):
        with_groups(FILE, '{\n"a": 1 "b": 2}', GROUPS)


def test_numbers_of_any_length_are_no_mistake() -> None:
    text = '{"a": ' + "9" * 5000 + "}"
    assert without_ours(FILE, with_groups(FILE, text, GROUPS), parts(FILE, text)) == text


def test_of_two_members_with_one_key_the_last_counts() -> None:
    text = '{"hooks": {"Stop": [1]}, "hooks": {}}'
    full = with_groups(FILE, text, GROUPS)
    assert list(loaded(full)["hooks"]) == ["PreToolUse", "UserPromptSubmit"]
    assert without_ours(FILE, full, parts(FILE, text)) == text
