"""One writer at a time, and none left behind."""

import subprocess
import sys
from pathlib import Path

from taximeter.host.lease import holder, try_acquire

HOLD = """
import sys
from pathlib import Path
from taximeter.host.lease import try_acquire
lease = try_acquire(Path(sys.argv[1]))
print("held" if lease else "refused", flush=True)
sys.stdin.read()
"""


def test_a_second_taker_is_refused_until_release(tmp_path: Path) -> None:
    path = tmp_path / "run" / "writer.lease"
    first = try_acquire(path)
    assert first is not None
    assert try_acquire(path) is None
    first.release()
    second = try_acquire(path)
    assert second is not None
    second.release()


def test_the_holder_is_named_and_killing_it_frees_the_lease(tmp_path: Path) -> None:
    path = tmp_path / "writer.lease"
    assert holder(path) is None
    with subprocess.Popen(
        [sys.executable, "-c", HOLD, str(path)], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    ) as process:
        assert process.stdout is not None
        assert process.stdout.readline() == "held\n"
        assert holder(path) == process.pid
        assert try_acquire(path) is None
        process.kill()
        process.wait()
    assert holder(path) is None
    lease = try_acquire(path)
    assert lease is not None
    lease.release()


def test_a_free_lease_names_nobody(tmp_path: Path) -> None:
    path = tmp_path / "writer.lease"
    lease = try_acquire(path)
    assert lease is not None
    lease.release()
    assert holder(path) is None
