"""The launches that a gallery shows beside its ledger's: they came to nothing, so that its figures still add up."""

from __future__ import annotations

from dataclasses import replace

from taximeter.domain.launch import Kind, Severity, Spread, Verb
from taximeter.ledger.readmodels import Breakdown, LaunchRow, Snapshot
from taximeter.ui.figures import MINUTE, NANO


def with_every_answer(breakdown: Breakdown) -> Breakdown:
    """The page of a session that has a launch, with further ones that were stopped, or are about to run."""
    newest = breakdown.launches[:1]
    made = [launch for one in newest for launch in _made(one)]
    return breakdown._replace(launches=(*made, *breakdown.launches))


def with_renewed(snapshot: Snapshot) -> Snapshot:
    """With the ranges of running launches as they might be once some agents have ended: above what was spent."""
    running = tuple(
        one._replace(launch=one.launch._replace(renewed=_above(one.launch.actual or 0))) if one.launch else one
        for one in snapshot.running
    )
    return replace(snapshot, running=running)


def _above(spent: int) -> Spread:
    return Spread(spent + spent // 10, spent + spent // 5, spent + spent // 2)


def _made(launch: LaunchRow) -> list[LaunchRow]:
    nothing = launch._replace(runs=0, going_on=0, killed=0, actual=None, severity=Severity.AMBER, renewed=None)
    stopped = nothing._replace(launched=0, answer=Verb.STOP)
    cold = nothing._replace(kinds=tuple(replace(kind, type="") for kind in launch.kinds), told=None, floor=NANO // 2)
    several = (Kind("explore", "", 3), Kind("reviewer", "", 5), Kind("", "", 2))
    rows = [
        stopped,
        stopped._replace(answer=Verb.EXPIRED, kinds=several, agents=10),
        nothing._replace(answer=Verb.EXPIRED),
        cold._replace(answer=Verb.LIMIT, launched=1),
        nothing._replace(mode="observe", answer=None),
        cold._replace(severity=Severity.SILENT, floor=0, answer=None),
    ]
    later = range(len(rows), 0, -1)
    return [
        row._replace(id=f"{launch.id}{at}", at=launch.at + at * MINUTE) for at, row in zip(later, rows, strict=True)
    ]
