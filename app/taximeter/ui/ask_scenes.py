"""The states of asking for more that a gallery shows, made from one snapshot so that the figures keep adding up."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace

from taximeter.domain.increase import IncreaseRequest, RequestStatus
from taximeter.domain.quota import Increase, Outlook, QuotaState
from taximeter.host.trouble import Trouble
from taximeter.ledger.readmodels import Snapshot
from taximeter.ui import ask_more_view as asking
from taximeter.ui.company_scenes import Answers
from taximeter.ui.figures import DAY, HOUR, MINUTE, NANO, Figures
from taximeter.ui.scenes import Scene
from taximeter.ui.service_scenes import service_scenes

MANAGER = "Mia Ortiz"
LONG_PROJECT = "the-service-whose-name-somebody-made-much-too-long-for-any-window-to-hold"
REASON = "The migration of the payment client takes more review than planned."
CAN = frozenset({"increase_requests", "team"})
OFFLINE = Trouble(
    "budget.example.com cannot be found: there is no network, or its name is wrong",
    "Nothing was changed. Try again in a while.",
)


@dataclass(frozen=True, slots=True)
class AskScene:
    """The window over a snapshot; ``typed`` is the reason, ``pressed`` whether its verb was pressed."""

    name: str
    snapshot: Snapshot
    typed: str = ""
    project: str = ""
    amount: str = ""
    pressed: bool = False
    answers: Answers = Answers()


def asking_snapshot(snapshot: Snapshot, name: str = "service-past-warning", can: frozenset[str] = CAN) -> Snapshot:
    """One of the service's states, with a service that takes requests; as it is where there is none."""
    scene = next((one.snapshot for one in service_scenes(snapshot) if one.name == name), snapshot)
    if scene.service is None:
        return scene
    return replace(scene, service=scene.service._replace(can=can, who="Ed Ito"))


def request_for(snapshot: Snapshot, figures: Figures, **fields: object) -> IncreaseRequest:
    """What would be asked for of the quota that ends first."""
    outlook = asking.asked_first(snapshot)
    if outlook is None:
        raise LookupError("no quota of this snapshot can be raised")
    amount = asking.suggestion(outlook, snapshot.now, figures).amount or NANO
    wish = asking.draft(snapshot, outlook.quota, amount, outlook.quota.period.end, REASON)
    whole = replace(wish, id="r-1", created_at=snapshot.now - 15 * MINUTE)
    return replace(whole, **fields)  # type: ignore[arg-type]


def with_requests(snapshot: Snapshot, *requests: IncreaseRequest) -> Snapshot:
    """The snapshot with these known to the service."""
    if snapshot.service is None:
        return snapshot
    return replace(snapshot, service=snapshot.service._replace(requests=requests))


def decided(snapshot: Snapshot, figures: Figures, status: RequestStatus, note: str = "") -> IncreaseRequest:
    """The same request, decided ten minutes ago."""
    made = request_for(snapshot, figures, created_at=snapshot.now - HOUR)
    given = made.amount if status is RequestStatus.APPROVED else None
    return replace(made, status=status, approved=given, ends_at=made.until if given else None, note=note,
                   decided_at=snapshot.now - 10 * MINUTE, decided_by=MANAGER)  # fmt: skip


def ask_scenes(snapshot: Snapshot, figures: Figures) -> Iterator[AskScene]:
    """Every state of the window; none where the snapshot has no quota of a service."""
    usual = asking_snapshot(snapshot)
    if asking.asked_first(usual) is None:
        return
    project = snapshot.today_sessions[0].project if snapshot.today_sessions else "checkout-service"
    yield AskScene("form", usual, project=project)
    yield AskScene("form-filled", usual, asking.with_project(REASON, project), project)
    yield AskScene("form-wrong", usual, "x" * 503, amount="a lot")
    yield AskScene("spent", asking_snapshot(snapshot, "service-refused"))
    yield AskScene("several", asking_snapshot(snapshot, "service-several"), project=LONG_PROJECT)
    yield AskScene("tokens", _with_first(usual, asking_snapshot(snapshot, "service-tokens")))
    yield AskScene("failed", usual, REASON, pressed=True, answers=Answers(trouble=OFFLINE))
    yield AskScene("pending", with_requests(usual, request_for(usual, figures)))
    yield AskScene(
        "approved",
        usual,
        pressed=True,
        answers=Answers(asked=decided(usual, figures, RequestStatus.APPROVED, "Fine, until the reset.")),
    )
    yield AskScene("denied", usual, pressed=True, answers=Answers(
        asked=decided(usual, figures, RequestStatus.DENIED, "Not this month, please talk to me.")))  # fmt: skip
    yield AskScene("before", with_requests(usual, decided(usual, figures, RequestStatus.DENIED)))
    yield AskScene("page", _with_page(asking_snapshot(snapshot, can=frozenset())))
    yield AskScene("text", asking_snapshot(snapshot, can=frozenset()), REASON)
    yield AskScene("nothing", replace(usual, outlooks=()))


def told_scenes(snapshot: Snapshot, figures: Figures, name: str = "service-past-warning") -> Iterator[Scene]:
    """The popover and the used-up screen with a request that waits, that was decided, and for a manager."""
    usual = asking_snapshot(snapshot, name)
    if usual.service is None or asking.asked_first(usual) is None:
        return
    answered = decided(usual, figures, RequestStatus.APPROVED, "Fine, until the reset.")
    denied = decided(usual, figures, RequestStatus.DENIED, "Not this month, please talk to me.")
    leads = replace(usual, service=usual.service._replace(leads=True, to_decide=2))
    yield Scene("asked-not-yet", leads)
    yield Scene("asked-pending", with_requests(usual, request_for(usual, figures)))
    yield Scene("asked-denied", with_requests(usual, denied))
    if name != "service-refused":
        yield Scene("asked-approved", with_requests(_raised(usual, answered), answered))


def _raised(snapshot: Snapshot, given: IncreaseRequest) -> Snapshot:
    """The snapshot after a request was approved: the limit is higher, and it lasts."""
    first, more = snapshot.outlooks[0], given.approved or 0
    limit = first.quota.limit or 0
    quota = replace(first.quota, limit=limit + more, increase=Increase(more, given.ends_at))
    pace = None if first.even_pace is None or not limit else first.even_pace * (limit + more) // limit
    lasting = replace(first, quota=quota, state=QuotaState.OK, runs_out_at=None, even_pace=pace)
    return replace(snapshot, outlooks=(lasting, *snapshot.outlooks[1:]))


def _with_page(snapshot: Snapshot) -> Snapshot:
    def paged(one: Outlook) -> Outlook:
        return replace(one, quota=replace(one.quota, request_url="https://intranet.example.com/budgets/more"))

    return replace(snapshot, outlooks=tuple(paged(one) for one in snapshot.outlooks))


def _with_first(usual: Snapshot, other: Snapshot) -> Snapshot:
    """The other's first quota, running out in three days."""
    first = replace(other.outlooks[0], runs_out_at=usual.now + 3 * DAY)
    return replace(other, outlooks=(first, *other.outlooks[1:]))
