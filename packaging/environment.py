"""The virtual environment of a checkout: made once, kept up to date, made anew when it is not whole.

It lies in `.venv` of the checkout, or in the user's cache folder where the checkout cannot be written.
A stamp, written last, tells that it is complete and for which pyproject.toml, Python and place.
"""

from __future__ import annotations

import hashlib
import json
import os
import shutil
import subprocess
import sys
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

import machine

ROOT = Path(__file__).resolve().parents[1]
STAMP = "taximeter-stamp.json"
FIRST = "; the first time this fetches about 100 MB."
NO_NETWORK = ("NewConnectionError", "NameResolutionError", "ConnectTimeoutError", "ConnectionResetError",
              "Temporary failure in name resolution", "Network is unreachable", "Read timed out")  # fmt: skip


def ready(*, dev: bool) -> Path:
    """The environment's Python, with the app installed from this checkout, and for ``dev`` what the checks need.

    Ends the process with one sentence where that cannot be done.
    """
    folder = _folder()
    if _is_complete(folder, dev=dev):
        return _python(folder)
    with _one_at_a_time():
        if not _is_complete(folder, dev=dev):
            _make(folder, dev=dev or _read_stamp(folder).get("dev") is True)
    return _python(folder)


def variables(python: Path) -> dict[str, str]:
    """The process environment for programs of ours: compiled files go beside an environment in the cache."""
    env = dict(os.environ)
    folder = python.parent.parent
    if not folder.is_relative_to(ROOT):
        env["PYTHONPYCACHEPREFIX"] = str(folder / "compiled")
    return env


def wait_for(command: list[str], env: Mapping[str, str]) -> int:
    """Run a program to its end and return its exit code; an interrupt is left to the program."""
    with subprocess.Popen(command, env=env, cwd=None) as process:
        while True:
            try:
                return process.wait()
            except KeyboardInterrupt:
                continue


def _folder() -> Path:
    """Where the environment is, or is to be."""
    inside = ROOT / ".venv"
    if os.access(inside if inside.exists() else ROOT, os.W_OK) and os.pathsep not in str(inside):
        return inside
    if _is_complete(inside, dev=False):
        return inside
    name = hashlib.sha256(os.fsencode(ROOT)).hexdigest()[:12]
    return _cache_folder() / "taximeter" / f"venv-{name}"


def _cache_folder() -> Path:
    if sys.platform == "win32":
        return Path(os.environ.get("LOCALAPPDATA") or Path.home() / "AppData" / "Local")
    if sys.platform == "darwin":
        return Path.home() / "Library" / "Caches"
    return Path(os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache")


def _python(folder: Path) -> Path:
    return folder / "Scripts" / "python.exe" if os.name == "nt" else folder / "bin" / "python"


def _read_stamp(folder: Path) -> dict[str, object]:
    """What the environment was made for; empty when it is not there or not whole."""
    try:
        stamp = json.loads((folder / STAMP).read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return {}
    return stamp if isinstance(stamp, dict) else {}


def _base() -> dict[str, object]:
    """What an environment cannot be carried over from: another Python, another place."""
    return {"python": f"{sys.implementation.name}-{sys.version_info.major}.{sys.version_info.minor}", "root": str(ROOT)}


def _pyproject_hash() -> str:
    return hashlib.sha256((ROOT / "pyproject.toml").read_bytes()).hexdigest()


def _is_complete(folder: Path, *, dev: bool) -> bool:
    stamp = _read_stamp(folder)
    wanted = {**_base(), "pyproject": _pyproject_hash()}
    fits = all(stamp.get(key) == value for key, value in wanted.items()) and (stamp.get("dev") is True or not dev)
    return fits and _python(folder).exists()


def _make(folder: Path, *, dev: bool) -> None:
    """Create the environment, or bring it up to date, and stamp it."""
    stamp = _read_stamp(folder)
    reusable = all(stamp.get(key) == value for key, value in _base().items()) and _python(folder).exists()
    doing = "Updating" if reusable else "Setting up"
    print(f"{doing} Taximeter in {folder}{'' if reusable else FIRST}", file=sys.stderr)
    try:
        if reusable:
            (folder / STAMP).unlink()
        else:
            _create(folder)
        _install(folder, dev=dev)
        stamp = {**_base(), "pyproject": _pyproject_hash(), "dev": dev}
        (folder / STAMP).write_text(json.dumps(stamp), encoding="utf-8")
    except OSError as error:
        why = error.strerror or error
        sys.exit(f"Taximeter could not be set up in {folder} ({why}): make room or give access there, and start again.")


def _create(folder: Path) -> None:
    """A new environment with pip in place of whatever an interrupted start left there."""
    missing = machine.provide_venv()
    if missing:
        sys.exit(missing)
    if folder.exists():
        shutil.rmtree(folder)
    folder.parent.mkdir(parents=True, exist_ok=True)
    done = subprocess.run(
        [sys.executable, "-I", "-m", "venv", str(folder)],
        stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, check=False, close_fds=False,
    )  # fmt: skip
    if done.returncode != 0:
        sys.exit(f"{done.stdout.strip()}\nPython's venv could not make {folder}; its own words are above.")


def _install(folder: Path, *, dev: bool) -> None:
    """Install the app from this checkout with pip, and for ``dev`` the development group."""
    wanted = ["--editable", str(ROOT)]
    if dev:
        import tomllib

        wanted += tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["dependency-groups"]["dev"]
    quiet = [] if sys.stderr.isatty() else ["--quiet"]
    command = [str(_python(folder)), "-I", "-m", "pip", "install", "--disable-pip-version-check", "--no-input", *quiet]
    env = {**os.environ, "PIP_USER": "0", "PIP_REQUIRE_VIRTUALENV": "0"}
    pip = subprocess.run(
        [*command, *wanted], env=env, stdin=subprocess.DEVNULL,
        stdout=sys.stderr, stderr=subprocess.PIPE, text=True, close_fds=False, check=False,
    )  # fmt: skip
    if pip.returncode != 0:
        sys.exit(_why_pip_failed(pip.stderr))


def _why_pip_failed(said: str) -> str:
    if any(sign in said for sign in NO_NETWORK):
        return "The libraries Taximeter needs could not be fetched: connect to the network, and start again."
    if "No space left" in said:
        return "The disk is full: Taximeter needs about 400 MB for its libraries."
    if "pyside6" in said.lower() and "No matching distribution" in said:
        return "There is no Qt for this system: it takes 64-bit Linux with glibc 2.34 or newer, macOS 13 or Windows 10."
    return f"{said.strip()}\nThe libraries Taximeter needs could not be installed: what pip said is above."


@contextmanager
def _one_at_a_time() -> Iterator[None]:
    """Two starts at once must not build the same environment; the checkout's folder itself is the lock.

    The programs that build it inherit the lock, so that one which outlives a killed start still holds it.
    Windows has no lock on a folder: there a second start at the same moment fails and can be repeated.
    """
    if sys.platform == "win32":
        yield
        return
    import fcntl

    handle = os.open(ROOT, os.O_RDONLY)
    os.set_inheritable(handle, True)  # noqa: FBT003 - it takes no keyword
    try:
        try:
            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            print("Another start is setting Taximeter up: waiting for it.", file=sys.stderr)
            fcntl.flock(handle, fcntl.LOCK_EX)
        except OSError:  # a file system without locks: as on Windows
            pass
        yield
    finally:
        os.close(handle)
