"""Where Taximeter keeps its files on this computer.

On Linux and the BSDs the folders follow the XDG base directory rules, read from the environment
that is passed in; on macOS and Windows platformdirs knows them. ``TAXIMETER_HOME`` puts all four
folders below one, for tests and for portable use. Nothing is created until something is written.
"""

from __future__ import annotations

import os
import stat
import sys
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from taximeter.host.trouble import Trouble

NAME = "taximeter"
SOCKET_PATH_LIMIT = 100
"""Bytes; macOS allows 104 with the closing zero, Linux 108."""


@dataclass(frozen=True, slots=True)
class Paths:
    """The folders of one installation."""

    config: Path
    data: Path
    cache: Path
    runtime: Path
    """What need not outlive a restart; another login may have another, so nothing shared lies here."""
    resources: Path
    """Read-only files that ship with the app."""
    sockets: Path
    """The user's own runtime folder, also under ``TAXIMETER_HOME``: a socket's path must be short."""
    machine_config: Path
    """Settings that an administrator put there for everyone on this computer."""

    @property
    def settings_file(self) -> Path:
        """The user's settings."""
        return self.config / "settings.toml"

    @property
    def lease_file(self) -> Path:
        """The writer's lease: beside the ledger, so that every login agrees on it."""
        return self.data / "writer.lease"

    @property
    def token_marker(self) -> Path:
        """Says for which services a token lies in the keyring."""
        return self.data / "signed-in"

    @property
    def policy_file(self) -> Path:
        """The last good policy of the company's service."""
        return self.data / "company-policy.json"

    @property
    def installation_file(self) -> Path:
        """This installation's random name."""
        return self.data / "installation-id"

    @property
    def machine_settings_file(self) -> Path:
        """The settings that lie beneath the user's."""
        return self.machine_config / "settings.toml"

    @property
    def profile_folders(self) -> tuple[Path, Path]:
        """Where profiles of a company's own agents lie: an administrator's, then the user's."""
        return self.machine_config / "agents", self.config / "agents"


def find_paths(env: Mapping[str, str], home: Path) -> Paths:
    """The folders for this environment and home folder; creates and reads nothing of the user's."""
    config, data, cache, runtime, machine = _platform_folders(env, home)
    resources = resources_folder()
    sockets = _socket_folder(env)
    own = env.get("TAXIMETER_HOME", "")
    if own:
        base = Path(own).expanduser().absolute()
        return Paths(
            base / "config", base / "data", base / "cache", base / "runtime", resources, sockets, base / "machine"
        )
    return Paths(config, data, cache, runtime, resources, sockets, machine)


def ensure_private(path: Path) -> Path:
    """Creates a folder for this user alone (0700) where it is missing, and returns it.

    A folder below one that everybody can write to (``/tmp``) must be this user's own, since
    another user could have put it there first.

    Raises:
        Trouble: it cannot be created, or belongs to somebody else.
    """
    try:
        missing = [folder for folder in (path, *path.parents) if not folder.exists()]
        for folder in reversed(missing):
            folder.mkdir(mode=0o700, exist_ok=True)
        if not path.is_dir():
            raise Trouble(f"{path} is a file, not a folder", "Move it away and start again.")
        foreign = sys.platform != "win32" and _is_foreign(path)
    except OSError as error:
        raise Trouble(f"Cannot create the folder {path}", f"{error.strerror}. Check its permissions.") from error
    if foreign:
        raise Trouble(f"{path} belongs to another user", "Set XDG_RUNTIME_DIR or TAXIMETER_HOME to a folder of yours.")
    return path


def socket_path(paths: Paths, purpose: str = "door") -> Path:
    """Where this installation's socket for ``purpose`` is: short, and its own for each data folder."""
    import hashlib

    seed = f"{paths.data}\0{purpose}".encode(errors="surrogateescape")
    name = f"{NAME}-{hashlib.sha256(seed).hexdigest()[:12]}.sock"
    path = paths.sockets / name
    if len(os.fsencode(path)) < SOCKET_PATH_LIMIT:
        return path
    return _shared_socket_folder() / name


def _platform_folders(env: Mapping[str, str], home: Path) -> tuple[Path, Path, Path, Path, Path]:
    if sys.platform == "darwin" or sys.platform == "win32":
        from platformdirs import PlatformDirs

        dirs = PlatformDirs(NAME, appauthor=False, roaming=False)
        return (dirs.user_config_path, dirs.user_data_path, dirs.user_cache_path, dirs.user_runtime_path,
                dirs.site_config_path)  # fmt: skip
    else:  # noqa: RET505 - mypy skips a branch for another platform, not what follows a return
        return _xdg_folders(env, home)


def _xdg_folders(env: Mapping[str, str], home: Path) -> tuple[Path, Path, Path, Path, Path]:
    cache = _absolute(env, "XDG_CACHE_HOME", home / ".cache") / NAME
    runtime = env.get("XDG_RUNTIME_DIR", "")
    machine = next((p for p in env.get("XDG_CONFIG_DIRS", "").split(":") if os.path.isabs(p)), "/etc/xdg")
    return (
        _absolute(env, "XDG_CONFIG_HOME", home / ".config") / NAME,
        _absolute(env, "XDG_DATA_HOME", home / ".local" / "share") / NAME,
        cache,
        Path(runtime) / NAME if os.path.isabs(runtime) else cache / "runtime",
        Path(machine) / NAME,
    )


def _absolute(env: Mapping[str, str], name: str, default: Path) -> Path:
    """An XDG folder; the rules say that a relative one is to be ignored."""
    told = env.get(name, "")
    return Path(told) if os.path.isabs(told) else default


def _socket_folder(env: Mapping[str, str]) -> Path:
    told = env.get("XDG_RUNTIME_DIR", "")
    if os.path.isabs(told):
        return Path(told)
    if sys.platform == "linux":
        login = Path(f"/run/user/{os.getuid()}")
        if login.is_dir() and not _is_foreign(login, always=True):
            return login
    return _shared_socket_folder()


def _shared_socket_folder() -> Path:
    if sys.platform != "win32":
        return Path(os.environ.get("TMPDIR") or "/tmp") / f"{NAME}-{os.getuid()}"  # noqa: S108 - its owner is checked
    else:  # noqa: RET505 - mypy skips a branch for another platform, not what follows a return
        import tempfile

        return Path(tempfile.gettempdir()) / NAME


def _is_foreign(path: Path, *, always: bool = False) -> bool:
    """Whether the folder is another user's; asked only below a folder open to all unless ``always``."""
    if sys.platform != "win32":
        open_to_all = always or bool(path.parent.stat().st_mode & stat.S_IWOTH)
        return open_to_all and path.lstat().st_uid != os.geteuid()
    else:  # noqa: RET505 - mypy skips a branch for another platform, not what follows a return
        return False


def resources_folder() -> Path:
    """What ships with the app beside its code: prices, schemas, translations."""
    here = Path(__file__).resolve()
    installed = here.parents[1] / "resources"
    return installed if installed.is_dir() else here.parents[3] / "resources"
