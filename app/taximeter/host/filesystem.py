"""What kind of file system a folder lies on, as far as the ledger must know."""

from __future__ import annotations

import os
from pathlib import Path

MOUNTS = Path("/proc/self/mounts")
NETWORK = frozenset({"9p", "afs", "ceph", "cifs", "davfs", "fuse.rclone", "fuse.sshfs", "glusterfs", "lustre", "ncpfs",
                     "nfs", "nfs4", "smb3", "smbfs", "virtiofs"})  # fmt: skip
"""SQLite's write-ahead log needs memory that all its users share, which these do not give
(https://www.sqlite.org/wal.html, "Overview")."""


def is_network(folder: Path, mounts: Path = MOUNTS) -> bool:
    """Whether ``folder`` lies on a network file system; False where the system does not tell."""
    try:
        lines = mounts.read_text(errors="surrogateescape").splitlines()
    except OSError:
        return False
    kinds = {_plain(fields[1]): fields[2] for fields in map(str.split, lines) if len(fields) > 2}
    real = os.path.realpath(folder)
    above = [point for point in kinds if real == point or real.startswith(point.rstrip("/") + "/")]
    return bool(above) and kinds[max(above, key=len)] in NETWORK


def _plain(point: str) -> str:
    """A mount point as it is; the kernel writes blanks and the like as octal numbers."""
    for code, letter in (("\\040", " "), ("\\011", "\t"), ("\\012", "\n"), ("\\134", "\\")):
        point = point.replace(code, letter)
    return point
