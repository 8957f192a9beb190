"""Writing a small file so that it is either the old one or the new one, never half of each."""

from __future__ import annotations

import os
import stat
import sys
from pathlib import Path

from taximeter.host.paths import ensure_private
from taximeter.host.trouble import Trouble


def replace_file(path: Path, content: bytes, *, keep_mode: bool = False) -> None:
    """Writes a file for this user alone (0600) and puts it in the old one's place in one step.

    With ``keep_mode`` a file that was there keeps its permissions: it is another program's. A symbolic
    link is followed, so that settings kept elsewhere stay linked. The content is on disk before the
    name changes: a crash leaves the old file whole.

    Raises:
        Trouble: the folder or the file cannot be written; nothing was changed.
    """
    target = Path(os.path.realpath(path))
    ensure_private(target.parent)
    draft = target.with_name(f".{target.name}.{os.getpid()}.new")
    try:
        _write(draft, content)
        if keep_mode and target.exists():
            draft.chmod(stat.S_IMODE(target.stat().st_mode))
        os.replace(draft, target)
        _settle(target.parent)
    except OSError as error:
        draft.unlink(missing_ok=True)
        raise Trouble(f"Cannot write {target}", f"{error.strerror}. Nothing was changed.") from error


def _write(draft: Path, content: bytes) -> None:
    descriptor = os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
    with os.fdopen(descriptor, "wb") as file:
        file.write(content)
        file.flush()
        os.fsync(descriptor)


def _settle(folder: Path) -> None:
    """Puts the changed name on disk; Windows has no such call and needs none."""
    if sys.platform != "win32":
        descriptor = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(descriptor)
        finally:
            os.close(descriptor)
