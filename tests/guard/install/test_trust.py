from __future__ import annotations

import tomllib
from pathlib import Path

import pytest

from taximeter.guard.install.editing import Handler
from taximeter.guard.install.trust import changed, entries, key_of, trusted_hash
from taximeter.host.trouble import Trouble

FILE = Path("config.toml")
A, B, C = (f"/h/hooks.json:pre_tool_use:{at}:0" for at in range(3))
PERSONS = '# mine\nmodel = "x"   # the good one\n[features]\nhooks = true\n'


def hook(event: str, matcher: str | None, **values: object) -> Handler:
    return Handler(event, 0, 0, matcher, {"type": "command", **values})


def entry(key: str, value: str) -> str:
    return f'[hooks.state."{key}"]\ntrusted_hash = "{value}"\n'


@pytest.mark.parametrize(
    ("handler", "expected"),
    [
        (hook("PreToolUse", None, command="python3 -S probe.py out none"),
         "sha256:8290fd3f2b5cb69255e14ce1a24edd1ee09c77b02e43bee46a7836871c779db7"),
        (hook("PreToolUse", "spawn_agent$", command="[ -f '/home/dev/\u00e9' ] || exit 0; exec \"x\"", timeout=610),
         "sha256:7a174808161507bdb615a9080a47f9f9f057ac870cd0d555e68d9a457a879442"),
        (hook("PreToolUse", "", command="a"),
         "sha256:36dcb89c4d8529482f25dd0dfe70426610bc6edfcd286cf077ea9dbdd205290d"),
        (hook("UserPromptSubmit", None, command="a\tb\x7f\u2028", timeout=1),
         "sha256:8346ccbf99e5f2c74b981993112b269dd223933c9197be4f532fac676e863be6"),
    ],
)  # fmt: skip
def test_the_hash_is_the_one_that_the_agents_own_server_told(handler: Handler, expected: str) -> None:
    assert trusted_hash(handler) == expected


def test_a_key_names_the_file_the_event_and_the_place() -> None:
    handler = Handler("UserPromptSubmit", 2, 1, None, {})
    assert key_of(Path("/h/hooks.json"), handler) == "/h/hooks.json:user_prompt_submit:2:1"


@pytest.mark.parametrize("text", ["", PERSONS, PERSONS.replace("\n", "\r\n"), PERSONS + "\n\n", entry(C, "c")])
def test_entries_come_and_go_and_leave_the_rest_as_it_was(text: str) -> None:
    full = changed(FILE, text, {}, frozenset(), {A: "a", B: "b"})
    assert full.startswith(text)
    assert entries(tomllib.loads(full)).items() >= {A: {"trusted_hash": "a"}, B: {"trusted_hash": "b"}}.items()
    assert changed(FILE, full, {}, frozenset({A, B}), {}) == text


def test_what_stands_behind_our_entries_stays() -> None:
    text = PERSONS + "\n" + entry(A, "a") + "enabled = true\n# about the next\n[more]\nx = [\n  1,\n]\n"
    assert changed(FILE, text, {}, frozenset({A}), {}) == PERSONS + "# about the next\n[more]\nx = [\n  1,\n]\n"


def test_an_entry_keeps_up_with_its_hook() -> None:
    text = entry(A, "a") + entry(B, "b") + entry(C, "c")
    moved = changed(FILE, text, {B: A, C: B}, frozenset({A}), {C: "n"})
    assert moved == entry(A, "b") + entry(B, "c") + "\n" + entry(C, "n")


def test_entries_in_other_ways_of_writing_go_too_and_comments_stay() -> None:
    text = f'# mine\n[hooks.state]\n"{A}" = {{ trusted_hash = "a" }} # ours\n"{C}" = {{ trusted_hash = "c" }}\n'
    full = changed(FILE, text, {C: B}, frozenset({A}), {})
    assert entries(tomllib.loads(full)) == {B: {"trusted_hash": "c"}}
    assert full.startswith("# mine\n")


def test_a_table_in_one_line_is_written_by_way_of_the_tree() -> None:
    full = changed(FILE, "hooks = { state = {} }\n", {}, frozenset(), {A: "a"})
    assert entries(tomllib.loads(full)) == {A: {"trusted_hash": "a"}}


def test_nothing_to_change_is_nothing_changed() -> None:
    text = f"hooks.state.'{A}'.trusted_hash = 'a'"
    assert changed(FILE, text, {}, frozenset({B}), {A: "a"}) == text


def test_what_cannot_be_read_or_kept_is_refused() -> None:
    with pytest.raises(Trouble, match=r"config\.toml is not valid TOML"):
        changed(FILE, "a = \n", {}, frozenset(), {A: "a"})
    with pytest.raises(Trouble, match=r"config\.toml cannot be changed"):
        changed(FILE, "hooks = 5\n", {}, frozenset(), {A: "a"})
