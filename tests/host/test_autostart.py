"""The start with the desktop: what is really so is told, and the switch touches nothing else."""

from __future__ import annotations

import os
import plistlib
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from taximeter.host import autostart_macos, autostart_windows, autostart_xdg
from taximeter.host.autostart import (
    Login,
    Standing,
    autostart_state,
    own_command,
    remove_autostart,
    switch_autostart,
)
from taximeter.host.trouble import Trouble

linux = pytest.mark.skipif(sys.platform in ("darwin", "win32"), reason="autostart entries are for Linux and the BSDs")


@pytest.fixture
def program(tmp_path: Path) -> Path:
    """A program in a folder whose name needs quoting."""
    file = tmp_path / "my $100% tools" / "taximeter"
    file.parent.mkdir()
    file.write_text("#!/bin/sh\n")
    file.chmod(0o755)
    return file


@pytest.fixture
def login(tmp_path: Path, program: Path) -> Login:
    env = {"XDG_CONFIG_HOME": str(tmp_path / "config"), "XDG_CONFIG_DIRS": str(tmp_path / "etc"),
           "XDG_CURRENT_DESKTOP": "ubuntu:GNOME"}  # fmt: skip
    return Login(env, tmp_path, (str(program),))


def entry(login: Login) -> Path:
    return autostart_xdg.entry_file(login)


def system_wide(login: Login, text: str) -> None:
    file = Path(login.env["XDG_CONFIG_DIRS"]) / "autostart" / autostart_xdg.FILE
    file.parent.mkdir(parents=True)
    file.write_text(text)


@linux
def test_it_is_switched_on_and_off_and_leaves_nothing(login: Login, program: Path) -> None:
    assert autostart_state(login).standing is Standing.OFF
    on = switch_autostart(login, on=True)
    assert (on.standing, on.program, on.where) == (Standing.ON, str(program), str(entry(login)))
    assert switch_autostart(login, on=True) == on
    assert switch_autostart(login, on=False).standing is Standing.OFF
    assert not entry(login).exists()


@linux
@pytest.mark.skipif(shutil.which("desktop-file-validate") is None, reason="desktop-file-validate is not installed")
def test_the_entry_is_valid(login: Login) -> None:
    switch_autostart(login, on=True)
    told = subprocess.run(["desktop-file-validate", entry(login)], capture_output=True, text=True, check=False)
    assert (told.returncode, told.stdout) == (0, "")


@linux
def test_a_program_that_is_gone_is_told_and_mended_by_the_switch(login: Login, program: Path) -> None:
    switch_autostart(login, on=True)
    program.unlink()
    assert autostart_state(login).standing is Standing.DANGLING
    moved = login._replace(command=(sys.executable, "-P", "-m", "taximeter"))
    mended = switch_autostart(moved, on=True)
    assert (mended.standing, mended.program) == (Standing.ON, sys.executable)


@linux
def test_an_entry_without_a_program_dangles(login: Login) -> None:
    entry(login).parent.mkdir(parents=True)
    for text in ("[Desktop Entry]\nName=Taximeter\n", "[Desktop Entry]\nExec=no-such-program-here\n"):
        entry(login).write_text(text)
        assert autostart_state(login).standing is Standing.DANGLING


@linux
def test_what_the_desktop_switched_off_is_told_and_comes_back_by_the_switch(login: Login) -> None:
    switch_autostart(login, on=True)
    text = entry(login).read_text()
    entry(login).write_text(f"{text}X-GNOME-Autostart-enabled=false\nX-GNOME-Autostart-Delay=10\n")
    found = autostart_state(login)
    assert (found.standing, found.kept_for, found.can_switch) == (Standing.OVERRIDDEN, (), True)
    assert switch_autostart(login, on=True).standing is Standing.ON
    assert entry(login).read_text() == f"{text}X-GNOME-Autostart-Delay=10\n"


@linux
def test_an_entry_for_other_desktops_is_not_started_here(login: Login) -> None:
    switch_autostart(login, on=True)
    text = entry(login).read_text()
    entry(login).write_text(f"{text}OnlyShowIn=KDE;XFCE;\n")
    assert autostart_state(login).kept_for == ("KDE", "XFCE")
    entry(login).write_text(f"{text}OnlyShowIn=GNOME;\n")
    assert autostart_state(login).standing is Standing.ON
    entry(login).write_text(f"{text}NotShowIn=GNOME;\n")
    assert autostart_state(login).standing is Standing.OVERRIDDEN


@linux
def test_a_persons_own_keys_are_hidden_with_the_entry_and_not_thrown_away(login: Login) -> None:
    switch_autostart(login, on=True)
    text = f"{entry(login).read_text()}X-GNOME-Autostart-Delay=10\n"
    entry(login).write_text(text)
    assert switch_autostart(login, on=False).standing is Standing.OFF
    assert entry(login).read_text() == f"{text}Hidden=true\n"
    assert switch_autostart(login, on=True).standing is Standing.ON
    assert entry(login).read_text() == text


@linux
def test_the_systems_entry_counts_and_is_hidden_by_ones_own(login: Login, program: Path) -> None:
    system_wide(login, autostart_xdg.new_entry((str(program),)))
    assert autostart_state(login).standing is Standing.ON
    assert switch_autostart(login, on=True).standing is Standing.ON
    assert not entry(login).exists()
    assert switch_autostart(login, on=False).standing is Standing.OFF
    assert "Hidden=true" in entry(login).read_text()
    assert switch_autostart(login, on=True).standing is Standing.ON


@linux
def test_removing_takes_ones_own_entry_whatever_became_of_it(login: Login) -> None:
    assert remove_autostart(login) == ""
    entry(login).parent.mkdir(parents=True)
    other = entry(login).with_name("other.desktop")
    for file in (entry(login), other):
        file.write_text("[Desktop Entry]\nExec=gone\n")
    assert remove_autostart(login) == str(entry(login))
    assert [file.name for file in other.parent.iterdir()] == ["other.desktop"]


@linux
@pytest.mark.skipif(sys.platform != "win32" and os.geteuid() == 0, reason="root may read everything")
def test_an_entry_that_cannot_be_read_is_told(login: Login) -> None:
    switch_autostart(login, on=True)
    entry(login).chmod(0)
    with pytest.raises(Trouble, match="cannot be read"):
        autostart_state(login)


def test_an_installation_in_one_folder_leaves_the_login_alone(login: Login, tmp_path: Path) -> None:
    portable = login._replace(env={**login.env, "TAXIMETER_HOME": str(tmp_path)})
    found = switch_autostart(portable, on=True)
    assert (found.standing, found.can_switch) == (Standing.UNAVAILABLE, False)
    assert remove_autostart(portable) == ""
    assert not entry(login).exists()


def test_the_script_beside_the_interpreter_is_started_else_its_module(tmp_path: Path) -> None:
    python = tmp_path / "python3"
    assert own_command(python, frozen=False) == (str(python), "-P", "-m", "taximeter")
    assert own_command(tmp_path / "app", frozen=True) == (str(tmp_path / "app"),)
    script = tmp_path / "taximeter"
    script.write_text("")
    if sys.platform != "win32":
        assert own_command(python, frozen=False) == (str(python), "-P", "-m", "taximeter")
        script.chmod(0o755)
        assert own_command(python, frozen=False) == (str(script),)


def test_a_launch_agent_starts_the_program_at_login(login: Login, program: Path) -> None:
    file, content = autostart_macos.agent_file(login), autostart_macos.new_agent(login.command)
    assert file == login.home / "Library" / "LaunchAgents" / "taximeter.plist"
    values = plistlib.loads(content)
    assert (values["ProgramArguments"], values["RunAtLoad"]) == ([str(program)], True)
    assert autostart_macos.judged(content, file, disabled=False).standing is Standing.ON
    overridden = autostart_macos.judged(content, file, disabled=True)
    assert (overridden.standing, overridden.can_switch) == (Standing.OVERRIDDEN, False)
    assert autostart_macos.judged(None, file, disabled=True).standing is Standing.OFF
    program.unlink()
    assert autostart_macos.judged(content, file, disabled=False).standing is Standing.DANGLING


def test_a_launch_agent_keeps_what_a_person_added(login: Login) -> None:
    file, before = autostart_macos.agent_file(login), {"Nice": 5, "Disabled": True, "RunAtLoad": True}
    overridden = autostart_macos.judged(plistlib.dumps({**before, "Program": "/bin/sh"}), file, disabled=False)
    assert (overridden.standing, overridden.can_switch) == (Standing.OVERRIDDEN, True)
    changed = plistlib.loads(autostart_macos.changed_agent(plistlib.dumps(before), login.command))
    assert changed["Nice"] == 5
    assert "Disabled" not in changed
    assert autostart_macos.judged(b"no list", file, disabled=False).standing is Standing.DANGLING


def test_launchds_own_switch_is_read_in_its_old_and_new_words() -> None:
    assert autostart_macos.is_disabled('\t\t"taximeter" => disabled\n')
    assert autostart_macos.is_disabled('\t\t"taximeter" => true\n')
    assert not autostart_macos.is_disabled('\t\t"taximeter" => enabled\n\t\t"other" => disabled\n')


def test_a_run_value_names_the_program_and_the_task_manager_may_switch_it_off(login: Login, program: Path) -> None:
    value = autostart_windows.run_value((str(program), "-P"))
    assert (value, autostart_windows.program_of(value)) == (f'"{program}" -P', str(program))
    assert autostart_windows.judged(value, None).standing is Standing.ON
    assert autostart_windows.judged(value, b"\x02" + bytes(11)).standing is Standing.ON
    off = autostart_windows.judged(value, b"\x03" + bytes(11))
    assert (off.standing, off.can_switch) == (Standing.OVERRIDDEN, False)
    assert autostart_windows.judged(None, b"\x03").standing is Standing.OFF
    program.unlink()
    assert autostart_windows.judged(value, b"").standing is Standing.DANGLING
