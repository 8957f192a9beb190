"""Whether the company's service has given nothing for long, by the person's own working hours."""

from __future__ import annotations

import sqlite3
from datetime import tzinfo

from taximeter.budget.contract import SIGNED_OUT
from taximeter.budget.kept import recall
from taximeter.budget.service_standing import service_standing
from taximeter.domain.pace import LEARNT_WEEKS, WEEK, profile_of
from taximeter.host.service_settings import ServiceSetting
from taximeter.ledger.queries_rhythm import rhythm
from taximeter.ledger.readmodels_service import ServiceStanding, ServiceState

LONG = 10
"""Half a working day: a tenth of a week's activity."""


def service_seen(
    connection: sqlite3.Connection, setting: ServiceSetting, now: int, zone: tzinfo
) -> ServiceStanding | None:
    """How it stands with the service, and whether it is silent; None where no service is set."""
    found = service_standing(connection, setting)
    if found is None or found.state is not ServiceState.FAILED:
        return found
    return found._replace(silent=is_silent(connection, setting, now, zone))


def is_silent(connection: sqlite3.Connection, setting: ServiceSetting, now: int, zone: tzinfo) -> bool:
    """Whether the service fails, and its last figure is half a working day old. False where it was never read."""
    known = recall(connection, setting.origin).known
    if known.reading is None or known.failure is None or known.failure.fault in SIGNED_OUT:
        return False
    profile = profile_of(rhythm(connection, now - LEARNT_WEEKS * WEEK, now), now, zone)
    return profile.activity(known.reading.as_of, now) * LONG >= profile.week
