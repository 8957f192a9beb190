from __future__ import annotations

import os
import subprocess
import sys
import venv
from pathlib import Path

import pytest

from taximeter.guard.install.interpreter import find_interpreter, first_usable
from taximeter.host.trouble import Trouble


def test_the_interpreter_lies_in_no_virtual_environment_and_starts() -> None:
    found = find_interpreter()
    assert found == Path(os.path.realpath(found))
    assert not any((folder / "pyvenv.cfg").exists() for folder in (found.parent, found.parent.parent))
    assert subprocess.run([found, "-I", "-S", "-c", "pass"], check=False).returncode == 0


def test_the_interpreter_of_an_environment_made_of_copies_is_passed_over(tmp_path: Path) -> None:
    venv.create(tmp_path / "env", symlinks=False, with_pip=False)
    inside = tmp_path / "env" / ("Scripts/python.exe" if sys.platform == "win32" else "bin/python")
    behind = find_interpreter()
    assert first_usable([str(inside), str(behind)]) == behind


@pytest.mark.skipif(sys.platform == "win32", reason="scripts start otherwise there")
def test_a_program_that_only_looks_like_python_is_passed_over(tmp_path: Path) -> None:
    stub = tmp_path / "python3"
    stub.write_text("#!/bin/sh\necho Get Python from the shop\nexit 1\n")
    stub.chmod(0o755)
    with pytest.raises(Trouble, match="No Python was found"):
        first_usable([str(stub), str(tmp_path / "gone")])
