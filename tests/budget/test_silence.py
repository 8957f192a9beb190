"""A service is silent for long by the person's own working hours, and not by the clock."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path
from types import ModuleType

import pytest

from taximeter.budget.contract import Failure, Fault, Reading
from taximeter.budget.kept import Kept, row_of
from taximeter.budget.latest import Known
from taximeter.budget.silence import is_silent
from taximeter.host.service_settings import ServiceSetting
from taximeter.ledger.services import put_service

SETTING = ServiceSetting("litellm", "https://budget.example.com")
HOUR = 3_600_000
DAY = 24 * HOUR
MONDAY = round(datetime(2026, 11, 16, tzinfo=UTC).timestamp() * 1000)
FAILED = Failure(Fault.TIMED_OUT, "")


@pytest.mark.parametrize(
    ("since", "now", "failure", "silent"),
    [
        (MONDAY + 9 * HOUR, MONDAY + 12 * HOUR, FAILED, False),
        (MONDAY + 9 * HOUR, MONDAY + 15 * HOUR, FAILED, True),
        (MONDAY - 55 * HOUR, MONDAY + 8 * HOUR, FAILED, False),
        (MONDAY + 9 * HOUR, MONDAY + 17 * HOUR, None, False),
        (MONDAY + 9 * HOUR, MONDAY + 17 * HOUR, Failure(Fault.UNAUTHENTICATED, ""), False),
    ],
    ids=["a morning", "half a day", "a weekend", "it answers", "signed out"],
)
def test_half_a_working_day_without_a_figure(
    tmp_path: Path, made: ModuleType, since: int, now: int, failure: Failure | None, silent: bool
) -> None:
    """Somebody who works from 9 to 17 on weekdays."""
    hours = [MONDAY - day * DAY + hour * HOUR for day in range(1, 50) for hour in range(9, 17)]
    work = [made.Made(f"s{at}", at) for at in hours if datetime.fromtimestamp(at / 1000, UTC).weekday() < 5]
    connection = made.make(tmp_path / "ledger.db", work)
    put_service(connection, SETTING.origin, row_of(Kept(Known(Reading((), since), failure), now, 3)))
    assert is_silent(connection, SETTING, now, UTC) is silent
    connection.close()


def test_one_that_was_never_read_is_not_missed(tmp_path: Path, made: ModuleType) -> None:
    connection = made.make(tmp_path / "ledger.db", [])
    put_service(connection, SETTING.origin, row_of(Kept(Known(None, FAILED), MONDAY, 1)))
    assert not is_silent(connection, SETTING, MONDAY + 9 * DAY, UTC)
    connection.close()
