"""Commands on a desk that is connected to the reference service, for somebody who is signed in there."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import closing
from dataclasses import dataclass, field
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from reference_service.trying import Trial, trial

from taximeter.budget.client import Address, visit
from taximeter.budget.contract import Memory, Reading, Source
from taximeter.budget.kept import Kept, row_of, source_of
from taximeter.budget.latest import Known, after, poll
from taximeter.budget.neutral import SERVICE
from taximeter.budget.standing import standing
from taximeter.commands.desk import Desk
from taximeter.host.secrets import VARIABLE
from taximeter.host.service_settings import ServiceSetting
from taximeter.host.settings import Settings
from taximeter.ledger.opening import open_writing
from taximeter.ledger.services import put_service

UTC = ZoneInfo("UTC")


@dataclass
class House:
    """A service, and commands that talk to it."""

    service: Trial
    run: Callable[..., Any]
    desk: Desk
    rung: list[tuple[str, ...]] = field(default_factory=list)

    def as_(self, person: str, *words: str, **other: Any) -> Any:
        """Runs a command as a person whose figures were just polled."""
        setting = ServiceSetting("taximeter", self.service.url, everything=True)
        with visit(Address(self.service.url), self.service.tokens[person], self.now, 10) as ask:
            found = poll(SERVICE, ask, Memory(), source_of(setting), self.now())
        assert isinstance(found, Reading)
        assert Source(setting.origin).host == "127.0.0.1"
        with closing(open_writing(self.desk.ledger)) as connection, connection:
            put_service(connection, setting.origin, row_of(Kept(after(Known(), found), self.now())))
        settings = Settings(service=setting)

        def judge(connection: Any, as_of: int) -> Any:
            return standing(connection, settings, {}, self.now(), as_of, UTC)

        def door(*rung: str) -> None:
            self.rung.append(rung)

        desk: dict[str, Any] = {"read_settings": lambda: settings, "judge": judge, "clock": self.now, "door": door,
                                "env": {VARIABLE: self.service.tokens[person]}}  # fmt: skip
        return self.run(*words, **desk | other)

    def now(self) -> int:
        """The one moment that it is."""
        return self.service.time[0]


@pytest.fixture(scope="module")
def running() -> Iterator[Trial]:
    """The service on its port."""
    with trial() as started:
        yield started


@pytest.fixture
def house(running: Trial, run: Any, desk: Desk) -> House:
    """A fresh one."""
    running.anew()
    return House(running, run, desk)
