"""With the keyring that most Linux desktops have: a real daemon on a bus of its own, unlocked, locked and gone."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

import pytest

PROGRAMS = ("dbus-daemon", "gnome-keyring-daemon")
MISSING = [name for name in PROGRAMS if shutil.which(name) is None]
pytestmark = pytest.mark.skipif(bool(MISSING), reason=f"needs a real keyring: {', '.join(MISSING)} not installed")

ROOT = Path(__file__).parents[2]
ORIGIN = "https://budget.example.com"
ENTRY = '{"access_token":"a-made-up-one","refresh_token":"r","expires_at":1}'
CONFIG = """<!DOCTYPE busconfig PUBLIC "-//freedesktop//DTD D-BUS Bus Configuration 1.0//EN"
 "http://www.freedesktop.org/standards/dbus/1.0/busconfig.dtd">
<busconfig><type>session</type><listen>unix:dir={folder}</listen><policy context="default">
<allow send_destination="*" eavesdrop="true"/><allow eavesdrop="true"/><allow own="*"/></policy></busconfig>"""
"""No folder of services: nothing starts by itself, and nothing of the person's own session is reached."""
STORES = """
import sys
from pathlib import Path
from taximeter.host import secrets as s
marker, origin, verb = Path(sys.argv[1]), sys.argv[2], sys.argv[3]
try:
    if verb == "store":
        s.store_token(marker, origin, sys.stdin.read(), 20)
    elif verb == "read":
        print(s.stored_token(marker, origin, 20))
    else:
        s.forget_token(marker, origin, 20)
except s.NoSafeKeyring as trouble:
    print("no safe keyring:", trouble)
except s.Trouble as trouble:
    print("trouble:", trouble)
"""


@contextmanager
def bus(folder: Path) -> Iterator[dict[str, str]]:
    """A session bus of its own; what a program needs to use it."""
    config = folder / "bus.conf"
    config.write_text(CONFIG.format(folder=folder), "utf-8")
    running = subprocess.Popen(
        ["dbus-daemon", f"--config-file={config}", "--print-address", "--nofork", "--nopidfile"],
        stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True)  # fmt: skip
    assert running.stdout is not None
    try:
        address = running.stdout.readline().strip()
        if not address:
            pytest.skip("a session bus cannot be started here")
        env = {name: os.environ[name] for name in ("PATH", "HOME", "XDG_RUNTIME_DIR", "XDG_DATA_HOME")}
        yield {**env, "DBUS_SESSION_BUS_ADDRESS": address, "PYTHONPATH": str(ROOT / "app")}
    finally:
        running.terminate()
        running.wait()
        running.stdout.close()


@contextmanager
def keyring_on(env: Mapping[str, str]) -> Iterator[None]:
    """The daemon, unlocked with a password of its own."""
    daemon = subprocess.Popen(["gnome-keyring-daemon", "--foreground", "--unlock", "--components=secrets"], env=env,
                              stdin=subprocess.PIPE, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)  # fmt: skip
    assert daemon.stdin is not None
    daemon.stdin.write(b"a made-up password")
    daemon.stdin.close()
    try:
        until_named(env)
        yield
    finally:
        daemon.terminate()
        daemon.wait()


def until_named(env: Mapping[str, str]) -> None:
    from jeepney import DBusAddress, new_method_call
    from jeepney.io.blocking import open_dbus_connection

    address = DBusAddress("/org/freedesktop/DBus", "org.freedesktop.DBus", "org.freedesktop.DBus")
    asks = new_method_call(address, "NameHasOwner", "s", ("org.freedesktop.secrets",))
    end = time.monotonic() + 20
    with open_dbus_connection(env["DBUS_SESSION_BUS_ADDRESS"]) as connection:
        while not connection.send_and_get_reply(asks).body[0]:
            if time.monotonic() > end:
                pytest.skip("the keyring daemon does not come up here")
            time.sleep(0.05)


def ran(env: Mapping[str, str], marker: Path, verb: str, given: str = "") -> str:
    words = [sys.executable, "-c", STORES, str(marker), ORIGIN, verb]
    done = subprocess.run(words, env=env, input=given, capture_output=True, text=True, check=False, timeout=60)
    assert done.returncode == 0, done.stderr
    return done.stdout.strip()


def test_an_entry_is_kept_read_and_removed_by_the_real_keyring(tmp_path: Path) -> None:
    marker = tmp_path / "signed-in"
    with bus(tmp_path) as env, keyring_on(env):
        assert ran(env, marker, "store", ENTRY) == ""
        assert marker.read_text("utf-8") == f"{ORIGIN}\n"
        assert ran(env, marker, "read") == ENTRY
        held = [file.read_bytes() for file in Path(env["XDG_DATA_HOME"]).rglob("*") if file.is_file()]
        assert held
        assert not [content for content in held if b"a-made-up-one" in content]
        assert ran(env, marker, "forget") == ""
        assert ran(env, marker, "read") == "None"
    assert not marker.exists()


def test_a_bus_without_a_keyring_is_no_safe_place(tmp_path: Path) -> None:
    marker = tmp_path / "signed-in"
    with bus(tmp_path) as env:
        assert ran(env, marker, "store", ENTRY).startswith("no safe keyring:")
    assert not marker.exists()
