"""The app's own log: warnings and errors only, in one small file that turns over, owner only."""

from __future__ import annotations

import logging
import os
from contextlib import ExitStack
from functools import partial
from io import TextIOWrapper
from logging.handlers import RotatingFileHandler

from taximeter.host.paths import Paths, ensure_private

SIZE, KEPT = 512_000, 2
FORMAT = "%(asctime)s %(levelname)s %(name)s: %(message)s"


class _PrivateFile(RotatingFileHandler):
    def _open(self) -> TextIOWrapper:
        return TextIOWrapper(open(self.baseFilename, "ab", opener=partial(os.open, mode=0o600)), self.encoding)


def keep_journal(paths: Paths) -> ExitStack:
    """Write what ``taximeter.*`` logs at WARNING and above to ``data/taximeter.log`` until the stack is closed.

    Prompts, file contents and tokens are never logged. Raises ``Trouble`` when the folder cannot be made.
    """
    ensure_private(paths.data)
    file = paths.data / "taximeter.log"
    handler = _PrivateFile(file, maxBytes=SIZE, backupCount=KEPT, delay=True, encoding="utf-8")
    handler.setLevel(logging.WARNING)
    handler.setFormatter(logging.Formatter(FORMAT))
    logger = logging.getLogger("taximeter")
    logger.addHandler(handler)
    stack = ExitStack()
    stack.callback(handler.close)
    stack.callback(logger.removeHandler, handler)
    return stack
