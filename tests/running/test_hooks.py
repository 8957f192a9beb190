"""What the windows show and do about the agents' hooks is what the installers do."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from taximeter.collect.installation import Installation
from taximeter.guard.install import HOOKED
from taximeter.guard.install.record import client_file
from taximeter.host.trouble import Trouble
from taximeter.running.hooks import hook_rows, switch_hooks
from taximeter.ui.desk import HookStanding

SETTINGS = b'{\n  "model": "x"\n}\n'


@pytest.fixture
def here(private_home: Path) -> Installation:
    for agent in HOOKED:
        for home in agent.homes({}, private_home):
            home.mkdir()
            (home / "settings.json").write_bytes(SETTINGS)
    return Installation.find(os.environ, private_home)


def files(home: Path) -> dict[Path, bytes]:
    homes = [folder for agent in HOOKED for folder in agent.homes({}, home)]
    return {path: path.read_bytes() for folder in homes for path in folder.iterdir()}


def test_looking_changes_nothing_and_tells_the_exact_change(here: Installation) -> None:
    before = files(here.home)
    rows = hook_rows(here)
    assert [row.agent for row in rows] == [agent.id for agent in HOOKED]
    assert {row.standing for row in rows} == {HookStanding.OFF}
    assert all(row.folder.startswith("~") and row.diff.startswith("--- ") and "\n+" in row.diff for row in rows)
    assert files(here.home) == before
    assert not client_file(here.paths).exists()


def test_one_agent_is_switched_on_and_off_again_and_every_file_is_as_it_was(here: Installation) -> None:
    before, agent = files(here.home), HOOKED[0].id
    switch_hooks(here, agent, on=True)
    first, second = hook_rows(here)
    assert (first.standing, second.standing) == (HookStanding.ON, HookStanding.OFF)
    assert "\n-" in first.diff
    assert client_file(here.paths).exists()
    switch_hooks(here, agent, on=False)
    assert files(here.home) == before
    assert hook_rows(here)[0].standing is HookStanding.OFF


def test_a_setting_can_be_changed_without_installing_the_hooks_again(here: Installation) -> None:
    switch_hooks(here, HOOKED[0].id, on=True)
    here.paths.settings_file.parent.mkdir(parents=True, exist_ok=True)
    here.paths.settings_file.write_text("[question]\nred_wait = 120\n")
    assert hook_rows(here)[0].standing is HookStanding.ON
    assert '"timeout": 610' in hook_rows(here)[1].diff


def test_a_file_that_cannot_be_used_is_told_and_left_alone(here: Installation) -> None:
    (file,) = [home / "settings.json" for home in HOOKED[0].homes({}, here.home)]
    file.write_bytes(b"{ not json")
    row = hook_rows(here)[0]
    assert row.standing is HookStanding.ALTERED
    assert str(file) in row.sentence
    assert row.diff == ""
    with pytest.raises(Trouble):
        switch_hooks(here, HOOKED[0].id, on=True)
    assert file.read_bytes() == b"{ not json"


def test_hooks_that_are_switched_off_in_the_agents_own_settings_say_so(here: Installation) -> None:
    (file,) = [home / "settings.json" for home in HOOKED[0].homes({}, here.home)]
    file.write_bytes(b'{"disableAllHooks": true}\n')
    row = hook_rows(here)[0]
    assert row.standing is HookStanding.OVERRIDDEN
    assert "disableAllHooks" in row.sentence


def test_without_such_an_agent_there_is_none(private_home: Path) -> None:
    assert hook_rows(Installation.find(os.environ, private_home)) == ()


def test_hooks_of_which_nothing_comes_say_so(here: Installation) -> None:
    switch_hooks(here, HOOKED[0].id, on=True)
    here.paths.settings_file.parent.mkdir(parents=True, exist_ok=True)
    here.paths.settings_file.write_text('[question]\nmode = "observe"\n')
    assert "observe" in hook_rows(here)[0].sentence
