"""What the tests of this computer's side share."""

from __future__ import annotations

from pathlib import Path

import pytest

from taximeter.host.paths import Paths, find_paths


@pytest.fixture
def paths(tmp_path: Path) -> Paths:
    """An installation's folders, below the test's own."""
    return find_paths({"TAXIMETER_HOME": str(tmp_path)}, tmp_path)
