"""A desktop entry is changed in the keys that are ours, and its program survives any path."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from taximeter.host.desktop_entry import exec_value, exec_words, is_true, listed, values_of, with_values

WRITTEN = """# mine
[Desktop Entry]
Name=Taximeter
Name[de]=Taxameter
Exec=old --flag
X-GNOME-Autostart-Delay=10

[Desktop Action quit]
Name=Quit
Exec=old quit
"""


def test_keys_of_the_entry_are_read_without_translations_and_actions() -> None:
    values = values_of(WRITTEN)
    assert values == {"Name": "Taximeter", "Exec": "old --flag", "X-GNOME-Autostart-Delay": "10"}


def test_what_is_not_ours_stays_line_by_line() -> None:
    changed = with_values(WRITTEN, {"Exec": "new", "Hidden": "true"})
    assert changed == WRITTEN.replace("Exec=old --flag", "Exec=new").replace("Delay=10\n", "Delay=10\nHidden=true\n")
    assert with_values(changed, {"Exec": "old --flag", "Hidden": None}) == WRITTEN


def test_a_file_without_the_group_gets_one() -> None:
    assert values_of(with_values("Exec=stray\n", {"Exec": "ours"})) == {"Exec": "ours"}
    assert with_values("", {"Name": "x"}) == "[Desktop Entry]\nName=x\n"


def test_flags_and_lists_are_read_as_desktops_write_them() -> None:
    assert is_true({"Hidden": "true"}, "Hidden")
    assert not is_true({"Hidden": "false"}, "Hidden")
    assert is_true({}, "Enabled", default=True)
    assert listed({"OnlyShowIn": "GNOME; Unity;"}, "OnlyShowIn") == ("GNOME", "Unity")


@pytest.mark.parametrize(("words", "value"), [
    (("/usr/bin/taximeter",), "/usr/bin/taximeter"),
    (("/opt/my tools/taximeter", "-m"), '"/opt/my tools/taximeter" -m'),
    (("/a/100%/t",), "/a/100%%/t"),
    (('/a/"q"/$x/`y`/t',), '"/a/\\"q\\"/\\$x/\\`y\\`/t"'),
])  # fmt: skip
def test_a_program_is_quoted_as_the_specification_says(words: tuple[str, ...], value: str) -> None:
    assert exec_value(words) == value
    assert exec_words(value) == words


def test_field_codes_are_no_arguments_and_half_a_quote_is_no_program() -> None:
    assert exec_words("taximeter %U --x") == ("taximeter", "--x")
    assert exec_words('"/usr/bin/taxi') == ()


LETTERS = st.characters(exclude_categories=("Cs", "Cc", "Zl", "Zp"), include_characters="\n\t")


@given(st.lists(st.text(LETTERS, min_size=1), min_size=1))
def test_any_path_comes_back_from_the_file_as_it_was(words: list[str]) -> None:
    text = with_values("", {"Exec": exec_value(words)})
    assert exec_words(values_of(text)["Exec"]) == tuple(words)
