"""How it stands with the service that is set, for the windows."""

from __future__ import annotations

import sqlite3

from taximeter.budget.shown import BLOCKED, SIGNED_OUT, Shown, shown
from taximeter.host.service_settings import ServiceSetting
from taximeter.ledger.readmodels_service import ServiceStanding, ServiceState


def service_standing(connection: sqlite3.Connection, setting: ServiceSetting) -> ServiceStanding | None:
    """What the ledger keeps of it; None where no service is set."""
    if not setting.kind:
        return None
    known = shown(connection, setting.origin)
    return ServiceStanding(
        name=setting.called,
        state=_state(known),
        polled_at=known.polled_at,
        failure=known.sentence.rstrip("."),
        read=known.read,
        can=known.can,
        who=known.who,
        leads=known.leads,
        to_decide=known.to_decide,
        requests=known.requests,
    )


def _state(known: Shown) -> ServiceState:
    if not known.fault:
        return ServiceState.ANSWERED if known.polled_at else ServiceState.NOT_ASKED
    if known.fault == BLOCKED:
        return ServiceState.BLOCKED
    return ServiceState.SIGNED_OUT if known.fault in SIGNED_OUT else ServiceState.FAILED
