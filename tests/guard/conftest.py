"""A gate with its callers, for the tests of the guard."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from guard.callers import Scene


@pytest.fixture
def scene(tmp_path: Path) -> Iterator[Scene]:
    made = Scene(tmp_path)
    yield made
    for caller in made.callers:
        caller.close()
