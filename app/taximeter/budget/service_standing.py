"""How it stands with the service that is set, for the windows."""

from __future__ import annotations

import sqlite3

from taximeter.budget.contract import SIGNED_OUT, Failure, Fault
from taximeter.budget.kept import Kept, recall
from taximeter.host.service_settings import ServiceSetting, origin_of
from taximeter.ledger.readmodels_service import ServiceStanding, ServiceState


def service_standing(connection: sqlite3.Connection, setting: ServiceSetting) -> ServiceStanding | None:
    """What the ledger keeps of it; None where no service is set."""
    if not setting.kind:
        return None
    host = origin_of(setting.origin)
    name = setting.name or (host[1] if host else setting.origin)
    kept = recall(connection, setting.origin)
    failure, reading = kept.known.failure, kept.known.reading
    standing = ServiceStanding(
        name=name,
        state=_state(kept, failure),
        polled_at=kept.polled_at,
        failure="" if failure is None else failure.sentence.rstrip("."),
        read=reading is not None,
    )
    if reading is None:
        return standing
    return standing._replace(
        can=reading.can,
        who=reading.who,
        leads=reading.leads,
        to_decide=reading.to_decide,
        requests=reading.requests,
    )


def _state(kept: Kept, failure: Failure | None) -> ServiceState:
    if failure is None:
        return ServiceState.ANSWERED if kept.polled_at else ServiceState.NOT_ASKED
    if failure.fault is Fault.BLOCKED:
        return ServiceState.BLOCKED
    return ServiceState.SIGNED_OUT if failure.fault in SIGNED_OUT else ServiceState.FAILED
