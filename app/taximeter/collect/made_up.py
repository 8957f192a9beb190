"""An installation of made-up work, for the demo and the gallery."""

from __future__ import annotations

import contextlib
import tempfile
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

from taximeter.collect.demo import DEMO_BUDGETS, demo_readings
from taximeter.collect.demo_questions import put_demo_questions
from taximeter.collect.installation import Installation
from taximeter.collect.writing import writing
from taximeter.host.memory import Memory, remember
from taximeter.host.settings_edit import put_budget


@contextlib.contextmanager
def made_up(of: Installation) -> Iterator[Installation]:
    """An installation in a folder of its own that holds made-up work; it goes when it is closed."""
    with tempfile.TemporaryDirectory(prefix="taximeter-demo-") as folder:
        found = Installation.find({"TAXIMETER_HOME": folder, "TZ": of.env.get("TZ", "")}, Path(folder))
        place = replace(found, now=of.now)
        remember(place.paths, Memory(first_run_done=True))
        for budget in DEMO_BUDGETS:
            put_budget(place.paths, budget)
        with writing(place.keeping()) as writer:
            if writer is not None:
                now, book = of.now(), place.book()
                writer.apply(demo_readings(now))
                writer.run(lambda ledger: put_demo_questions(ledger, now, book.price, book.currency))
        yield place
