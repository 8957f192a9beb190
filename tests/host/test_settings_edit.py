"""Changing settings keeps what a person wrote."""

import stat
import sys
from dataclasses import replace
from decimal import Decimal
from pathlib import Path

import pytest

from taximeter.host.paths import Paths
from taximeter.host.settings import BudgetSetting, load_settings
from taximeter.host.settings_edit import put_budget, remove_budget, set_values
from taximeter.host.trouble import Trouble

WRITTEN = """# mine
hide_numbers = false # for now
future = { x = 1 }

[[budget]] # the first
name = "Team"
amount = 100
note = "kept"

[[budget]]
id = "own"
name = "Own"
amount = "5.50"

[icon]
style = "ring"
"""

OWN = BudgetSetting("own", "Own", Decimal("7.25"), "USD", "week", 2, ("a*",))


@pytest.fixture
def written(paths: Paths) -> Paths:
    paths.config.mkdir()
    paths.settings_file.write_bytes(WRITTEN.encode())
    return paths


def test_one_value_changes_and_the_rest_stays_byte_for_byte(written: Paths) -> None:
    assert set_values(written, {("hide_numbers",): True}).hide_numbers
    expected = WRITTEN.replace("hide_numbers = false", "hide_numbers = true")
    assert written.settings_file.read_text() == expected


def test_budgets_with_another_table_between_them_all_stay(paths: Paths) -> None:
    paths.config.mkdir()
    paths.settings_file.write_text('[[budget]]\nname = "a"\namount = 1\n[icon]\n[[budget]]\nname = "b"\namount = 2\n')
    settings = set_values(paths, {("language",): "en"})
    assert [budget.name for budget in settings.budgets] == ["a", "b"]
    assert settings.language == "en"


def test_a_value_in_a_table_that_is_not_there_yet(paths: Paths) -> None:
    assert set_values(paths, {("agents", "x", "assume_model"): "m"}).agent("x").assume_model == "m"
    both = set_values(paths, {("icon", "style"): "number", ("week_start",): 7})
    assert (both.icon, both.week_start) == ("number", 7)


def test_a_value_that_is_taken_out_leaves_what_lies_beneath(written: Paths) -> None:
    assert set_values(written, {("icon", "style"): "number"}).icon == "number"
    assert set_values(written, {("icon", "style"): None, ("question", "agents", "x"): None}).icon == "ring"
    assert written.settings_file.read_text() == WRITTEN.replace('style = "ring"\n', "")


def test_a_value_that_cannot_be_used_leaves_the_file_alone(written: Paths) -> None:
    with pytest.raises(Trouble):
        set_values(written, {("icon", "style"): "loud"})
    assert written.settings_file.read_text() == WRITTEN


def test_a_file_that_cannot_be_read_is_never_written(paths: Paths) -> None:
    paths.config.mkdir()
    paths.settings_file.write_text("broken =")
    with pytest.raises(Trouble):
        put_budget(paths, OWN)
    assert paths.settings_file.read_text() == "broken ="


def test_a_first_budget_makes_a_private_file(paths: Paths) -> None:
    settings = put_budget(paths, OWN)
    assert settings.budgets == (OWN,)
    assert load_settings(paths).budgets == (OWN,)
    if sys.platform != "win32":
        assert stat.S_IMODE(paths.settings_file.stat().st_mode) == 0o600
        assert stat.S_IMODE(paths.config.stat().st_mode) == 0o700
    assert [entry.name for entry in paths.config.iterdir()] == ["settings.toml"]


def test_budgets_are_changed_in_place_added_and_removed(written: Paths) -> None:
    put_budget(written, OWN)
    text = written.settings_file.read_text()
    assert 'note = "kept"' in text
    assert "# the first" in text
    assert load_settings(written).budgets[1] == OWN
    put_budget(written, replace(OWN, id="third", name="Third", period="day", start=1))
    assert [budget.id for budget in load_settings(written).budgets] == ["team", "own", "third"]
    assert remove_budget(written, "own")
    assert not remove_budget(written, "own")
    assert [budget.id for budget in load_settings(written).budgets] == ["team", "third"]
    assert remove_budget(written, "team")
    assert remove_budget(written, "third")
    assert load_settings(written).budgets == ()
    assert "future = { x = 1 }" in written.settings_file.read_text()


def test_narrowing_that_is_lifted_leaves_no_empty_list(paths: Paths) -> None:
    put_budget(paths, OWN)
    put_budget(paths, replace(OWN, agents=()))
    assert "agents" not in paths.settings_file.read_text()


def test_budgets_in_an_inline_array_are_changed_too(paths: Paths) -> None:
    paths.config.mkdir()
    paths.settings_file.write_text('budget = [{ name = "own", amount = 3 }]\n')
    put_budget(paths, OWN)
    put_budget(paths, replace(OWN, id="two", name="Two"))
    assert load_settings(paths).budgets == (OWN, replace(OWN, id="two", name="Two"))


@pytest.mark.skipif(sys.platform == "win32", reason="links need rights there")
def test_a_linked_file_stays_linked(written: Paths, tmp_path: Path) -> None:
    real = tmp_path / "dotfiles.toml"
    written.settings_file.rename(real)
    written.settings_file.symlink_to(real)
    put_budget(written, OWN)
    assert written.settings_file.is_symlink()
    assert "7.25" in real.read_text()
