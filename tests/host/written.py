"""Settings files as a test writes them, and what is said of one that cannot be used."""

from __future__ import annotations

from pathlib import Path

import pytest

from taximeter.host.paths import Paths
from taximeter.host.settings import load_settings
from taximeter.host.trouble import Trouble


def put(file: Path, text: str) -> None:
    """A file with this text, in a folder that may not be there yet."""
    file.parent.mkdir(exist_ok=True)
    file.write_bytes(text.encode())


def refused(paths: Paths, text: str, line: int, sentence: str) -> Trouble:
    """What is said of a settings file: it names file and line, and holds the sentence."""
    put(paths.settings_file, text)
    with pytest.raises(Trouble) as caught:
        load_settings(paths)
    assert f"{paths.settings_file}, line {line}" in caught.value.title
    assert sentence in caught.value.detail
    return caught.value
