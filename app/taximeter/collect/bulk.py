"""A large backlog is parsed in a process of its own, so that the windows never wait for the parser.

The parent sends the work on the child's standard input and reads back one pickled reading after the
other; the child ends when either side closes. It opens the agents' logs and nothing else.
"""

from __future__ import annotations

import os
import pickle
import subprocess
import sys
from collections.abc import Iterator, Mapping, Sequence

from taximeter.collect.discovery import Work
from taximeter.collect.indexing import readings
from taximeter.ledger.bookmarks import FileReading

BULK_BYTES = 8 << 20
"""A backlog above this goes to a child; below it, starting one costs more than the parsing."""


def read_in_child(work: Sequence[Work], now: int, assumed: Mapping[str, str]) -> Iterator[FileReading]:
    """The readings of ``work``, parsed in a child process at low priority; see ``indexing.readings``.

    Raises ``ChildProcessError`` when the child ends early. Closing the iterator ends the child.
    """
    command = [sys.executable, "-m", "taximeter.collect.bulk"]
    child = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE)
    stdin, stdout = child.stdin, child.stdout
    assert stdin is not None and stdout is not None  # noqa: PT018 (both are pipes, as asked for)
    try:
        with stdin:
            pickle.dump((list(work), now, dict(assumed)), stdin, protocol=5)
        while True:
            try:
                part = pickle.load(stdout)  # noqa: S301 (from our own child)
            except EOFError:
                break
            if part is None:
                return
            yield part
        raise ChildProcessError(f"the parsing process ended early with status {child.wait()}")
    finally:
        stdout.close()
        child.terminate()
        child.wait()


def main() -> None:
    """The child: read the work from standard input, write readings to standard output."""
    if hasattr(os, "nice"):
        os.nice(10)
    work, now, assumed = pickle.load(sys.stdin.buffer)  # noqa: S301 (from our own parent)
    try:
        # PYTHONUNBUFFERED leaves standard output without a buffer: a write that a signal cuts short would lose bytes.
        with open(sys.stdout.fileno(), "wb", closefd=False) as out:
            for part in readings(work, now, assumed):
                pickle.dump(part, out, protocol=5)
            pickle.dump(None, out, protocol=5)
    except BrokenPipeError:
        os._exit(0)  # the parent is gone; there is nobody to tell


if __name__ == "__main__":
    main()
