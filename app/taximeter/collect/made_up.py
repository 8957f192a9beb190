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
from taximeter.host.secrets import VARIABLE
from taximeter.host.service_settings import ServiceSetting
from taximeter.host.settings_edit import put_budget, put_service


@contextlib.contextmanager
def made_up(of: Installation, service: ServiceSetting | None = None, token: str = "") -> Iterator[Installation]:
    """An installation in a folder of its own that holds made-up work; it goes when it is closed.

    With a service the budgets are that one's, read with ``token``, which is written nowhere.
    """
    with tempfile.TemporaryDirectory(prefix="taximeter-demo-") as folder:
        env = {"TAXIMETER_HOME": folder, "TZ": of.env.get("TZ", ""), VARIABLE: token}
        found = Installation.find(env, Path(folder))
        place = replace(found, now=of.now)
        remember(place.paths, Memory(first_run_done=True))
        if service is not None:
            put_service(place.paths, service)
        for budget in DEMO_BUDGETS if service is None else ():
            put_budget(place.paths, budget)
        with writing(place.keeping()) as writer:
            if writer is not None:
                now, book = of.now(), place.book()
                writer.apply(demo_readings(now))
                writer.run(lambda ledger: put_demo_questions(ledger, now, book.price, book.currency))
        yield place
