"""Which folders lie on a network."""

from __future__ import annotations

from pathlib import Path

import pytest

from taximeter.host.filesystem import is_network

MOUNTS = """\
/dev/sda1 / ext4 rw 0 0
server:/homes /srv/homes nfs4 rw 0 0
//server/share /srv/my\\040share cifs rw 0 0
/dev/sdb1 /srv/homes/local xfs rw 0 0
proc
"""


@pytest.mark.parametrize(
    ("folder", "network"),
    [
        ("/var/lib", False),
        ("/srv/homes/ann/.local/share", True),
        ("/srv/homes", True),
        ("/srv/homes/local/ann", False),
        ("/srv/homes2", False),
        ("/srv/my share/ann", True),
    ],
)
def test_the_nearest_mount_decides(tmp_path: Path, folder: str, network: bool) -> None:
    mounts = tmp_path / "mounts"
    mounts.write_text(MOUNTS)
    assert is_network(Path(folder), mounts) is network


def test_where_the_system_does_not_tell_nothing_is_on_a_network(tmp_path: Path) -> None:
    assert not is_network(Path("/srv/homes"), tmp_path / "missing")
