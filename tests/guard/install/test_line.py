from __future__ import annotations

import os
import shlex
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from taximeter.guard.install.line import HookLine, is_ours
from taximeter.host.paths import find_paths, socket_path

SHELLS = [name for name in ("sh", "dash", "bash", "zsh", "mksh", "fish", "tcsh", "busybox") if shutil.which(name)]
SOCKET = "/run/user/1000/taximeter-0123456789ab.sock"
ODD = 'it\'s a "folder" of $HOME, 100% é'

posix = pytest.mark.skipif(sys.platform == "win32", reason="needs a POSIX shell")


@pytest.fixture
def line(tmp_path: Path) -> HookLine:
    folder = tmp_path / ODD / "hook"
    folder.mkdir(parents=True)
    client = folder / "ask.py"
    client.write_text("import sys; print(sys.stdin.read(), sys.argv[1:], sys.flags.isolated, sys.flags.no_site)")
    python = folder / "python of mine"
    python.symlink_to(os.path.realpath(sys.executable))
    return HookLine(python, client, SOCKET, platform="linux")


def run(name: str, line: HookLine) -> subprocess.CompletedProcess[str]:
    shell = [name, "sh", "-c"] if name == "busybox" else [name, "-c"]
    command = [*shell, line.command("some-agent", "PreToolUse")]
    return subprocess.run(command, input="what the agent says", capture_output=True, text=True, check=False)


@posix
@pytest.mark.parametrize("name", SHELLS)
def test_the_line_starts_the_client_whatever_the_folders_are_called(line: HookLine, name: str) -> None:
    done = run(name, line)
    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout == f"what the agent says {[SOCKET, 'some-agent', 'PreToolUse']} 1 1\n"


@posix
@pytest.mark.parametrize("name", SHELLS)
@pytest.mark.parametrize("gone", ["client", "python"])
def test_the_line_succeeds_without_a_word_when_something_is_gone(line: HookLine, name: str, gone: str) -> None:
    {"client": line.client, "python": line.python}[gone].unlink()
    done = run(name, line)
    assert (done.returncode, done.stdout, done.stderr) == (0, "", "")


@posix
def test_what_the_client_does_is_what_the_line_does(line: HookLine) -> None:
    line.client.write_text("import sys; sys.exit(3)")
    assert run("sh", line).returncode == 3


def test_the_line_tells_which_of_its_files_are_missing(line: HookLine) -> None:
    assert line.missing() == ()
    line.client.unlink()
    assert line.missing() == (line.client,)


@pytest.mark.parametrize("platform", ["linux", "darwin", "win32"])
def test_a_line_is_known_as_ours_from_whatever_folder(tmp_path: Path, platform: str) -> None:
    for folder in (tmp_path, Path("/other") / ODD):
        line = HookLine(folder / "bin" / "python3.99", folder / "hook" / "ask.py", SOCKET, platform=platform)
        assert is_ours(line.command("some-agent", "PreToolUse"))
        assert is_ours(line.powershell("some-agent", "PreToolUse"))


@pytest.mark.parametrize(
    "command",
    ["", "true", "python3 /home/dev/hook/ask.py", "ask.py taximeter", "/opt/ask.python taximeter-0123456789ab.sock",
     "notify-send taximeter-0123456789ab.sock", "/opt/task.py taximeter-0123456789ab.sock"],
)  # fmt: skip
def test_somebody_elses_line_is_not(command: str) -> None:
    assert not is_ours(command)


def test_the_line_with_the_socket_of_an_installation_is_known(tmp_path: Path) -> None:
    paths = find_paths({"TAXIMETER_HOME": str(tmp_path)}, tmp_path)
    assert is_ours(HookLine(Path("/usr/bin/python3"), tmp_path / "ask.py", str(socket_path(paths))).command("a", "b"))


def test_the_lines_for_windows_look_before_they_start() -> None:
    pipe = r"\\.\pipe\taximeter-0123456789ab"
    line = HookLine(Path("C:/P y/python.exe"), Path("C:/It's/hook/ask.py"), pipe, platform="win32")
    assert line.command("an-agent", "PreToolUse") == (
        'if exist "C:/P y/python.exe" if exist "C:/It\'s/hook/ask.py" '
        f'"C:/P y/python.exe" -I -S "C:/It\'s/hook/ask.py" "{pipe}" an-agent PreToolUse'
    )
    assert line.powershell("an-agent", "PreToolUse") == (
        "if ((Test-Path -LiteralPath 'C:/P y/python.exe') -and (Test-Path -LiteralPath 'C:/It''s/hook/ask.py')) "
        f"{{ & 'C:/P y/python.exe' -I -S 'C:/It''s/hook/ask.py' '{pipe}' an-agent PreToolUse }}; exit 0"
    )


def test_the_line_is_one_that_a_shell_splits_as_meant() -> None:
    line = HookLine(Path("/usr/bin/python3"), Path("/d/hook/ask.py"), SOCKET, platform="linux")
    words = shlex.split(line.command("some-agent", "UserPromptSubmit"))
    started = words[words.index("exec") + 1 : words.index("||")]
    assert started == ["/usr/bin/python3", "-I", "-S", "/d/hook/ask.py", SOCKET, "some-agent", "UserPromptSubmit"]
