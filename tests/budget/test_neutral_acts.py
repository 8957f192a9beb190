"""Asking for more, deciding, the team and holds, over real HTTP against the reference service."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from typing import Any

import pytest
from reference_service.trying import NOON, Trial, trial

from taximeter.budget.acts import Set
from taximeter.budget.client import Address, visit
from taximeter.budget.contract import Memory, Reading, Source
from taximeter.budget.errands import Errands, new_key
from taximeter.budget.kept import Kept
from taximeter.budget.latest import Known, after, poll
from taximeter.budget.neutral import SERVICE
from taximeter.domain.increase import Decision, IncreaseRequest, RequestStatus, Wish
from taximeter.domain.quota import Unit
from taximeter.host.service_settings import ServiceSetting
from taximeter.host.trouble import Trouble

NANO = 10**9
DAY = 86_400_000
MONTH = "service:ed-month"


@dataclass(frozen=True)
class Signed:
    """Somebody who is signed in."""

    token_: str | None

    def token(self, _setting: ServiceSetting) -> str | None:
        return self.token_

    def renewed(self, _setting: ServiceSetting, _refused: str) -> str | None:
        return None


@pytest.fixture(scope="module")
def running() -> Iterator[Trial]:
    with trial() as started:
        yield started


@pytest.fixture
def service(running: Trial) -> Trial:
    running.anew()
    return running


def reading(service: Trial, person: str, memory: Memory = Memory()) -> Reading:
    with visit(Address(service.url), service.tokens[person], lambda: service.time[0], 10) as ask:
        found = poll(SERVICE, ask, memory, Source(service.url), service.time[0])
    assert isinstance(found, Reading), found
    return found


def errands(service: Trial, person: str, *, polled: bool = True, setting: ServiceSetting | None = None) -> Errands:
    """What a person can ask who was polled for before, or never."""
    kept = Kept(after(Known(), reading(service, person))) if polled else Kept()
    kind = setting or ServiceSetting("taximeter", service.url)
    return Errands(lambda: kind, Signed(service.tokens[person]), lambda _origin: kept, lambda: service.time[0])


def trouble(act: Callable[[], Any]) -> tuple[str, str]:
    with pytest.raises(Trouble) as raised:
        act()
    return raised.value.title, raised.value.detail


def asked(service: Trial, **more: Any) -> IncreaseRequest:
    return errands(service, "ed").ask(Wish(MONTH, 20_000 * NANO, "Migration until Friday.", **more))


def test_a_request_comes_to_the_manager_as_it_was_written_and_its_approval_raises_the_limit(service: Trial) -> None:
    request = asked(service, until=NOON + 5 * DAY)
    assert request == IncreaseRequest(
        "r-1", MONTH, "Ed Ito", Unit.MONEY, "USD", 20_000 * NANO, "Migration until Friday.", NOON + 5 * DAY,
        RequestStatus.PENDING, NOON,
    )  # fmt: skip
    mia = errands(service, "mia")
    assert reading(service, "mia").to_decide == 1
    assert mia.to_decide().requests == (request,)
    (ed,) = [person for person in mia.team().people if person.id == "ed"]
    assert ed.requests == (request,)
    service.time[0] += 60_000
    given = mia.decide("r-1", Decision(approve=True, note="Until Friday."))
    assert given == replace(
        request, status=RequestStatus.APPROVED, approved=20_000 * NANO, ends_at=NOON + 5 * DAY,
        decided_at=NOON + 60_000, decided_by="Mia Ortiz", note="Until Friday.",
    )  # fmt: skip
    told = reading(service, "ed")
    assert told.requests == (given,)
    assert [quota.limit for quota in told.quotas if quota.id == MONTH] == [170_000 * NANO]


def test_less_can_be_approved_whatever_unit_the_request_is_in(service: Trial) -> None:
    ed, mia = errands(service, "ed"), errands(service, "mia")
    money = ed.ask(Wish(MONTH, 20_000 * NANO))
    tokens = ed.ask(Wish("service:team-tokens", 5_000_000))
    assert mia.decide(money.id, Decision(approve=True, amount=12_500_000_001)).approved == 12_500_000_001
    assert mia.decide(tokens.id, Decision(approve=True, amount=1_000_000)).approved == 1_000_000
    assert trouble(lambda: mia.decide(money.id, Decision(approve=True, amount=NANO))) == (
        "There is no such request that waits for you", "Read it anew: it may be gone.",
    )  # fmt: skip


def test_a_request_is_taken_back_and_denied_once(service: Trial) -> None:
    request = asked(service)
    assert errands(service, "ed").withdraw(request.id).status is RequestStatus.CANCELLED
    denied = errands(service, "mia").decide(asked(service).id, Decision(approve=False, note="Not now."))
    assert (denied.status, denied.note) == (RequestStatus.DENIED, "Not now.")
    assert trouble(lambda: errands(service, "mia").decide(denied.id, Decision(approve=True))) == (
        "Already decided", "Read it anew.",
    )  # fmt: skip


def test_the_same_wish_is_asked_for_once_however_often_it_is_sent(service: Trial) -> None:
    key = new_key()
    assert asked(service, key=key) == asked(service, key=key)
    assert trouble(lambda: asked(service)) == ("A request is pending already", "Wait for the decision, or cancel it.")
    assert trouble(lambda: errands(service, "ed").ask(Wish(MONTH, NANO, key=key)))[0] == "The key was used before"


@pytest.mark.parametrize(
    ("person", "act", "title"),
    [
        ("ed", lambda ed: ed.team(), "Not yours to see"),
        ("ed", lambda ed: ed.to_decide(), "Not yours to see"),
        ("ed", lambda ed: ed.withdraw("r-99"), "No such request"),
        ("ed", lambda ed: ed.ask(Wish("month", NANO)), "That quota is not one of the service's"),
        ("ed", lambda ed: ed.ask(Wish(MONTH, NANO, until=NOON - 1)), "The date is past"),
        ("ed", lambda ed: ed.give("ana", "ana-month", NANO), "127.0.0.1 raises a limit only where it was asked for"),
        ("ed", lambda ed: replace(ed, keys=Signed("made-up")).mine(), "Signed out"),
        ("ed", lambda ed: replace(ed, keys=Signed(None)).mine(), "Nobody is signed in to the budget service"),
        ("ed", lambda ed: replace(ed, setting=ServiceSetting).mine(), "No budget service is connected"),
    ],
)
def test_what_a_service_does_not_do_is_said_in_its_own_words(
    service: Trial, person: str, act: Callable[[Errands], Any], title: str
) -> None:
    told = trouble(lambda: act(errands(service, person)))
    assert told[0] == title
    assert told[1]


def test_a_service_without_a_part_is_never_asked_for_it(service: Trial) -> None:
    before = errands(service, "mia", polled=False)
    service.order("PATCH", "service", {"capabilities": ["team"]})
    assert before.team().total == 7
    assert trouble(before.to_decide) == (
        "127.0.0.1 takes no requests for more", "Ask who looks after your budget in another way.",
    )  # fmt: skip
    service.order("PATCH", "service", {"capabilities": ["team", "increase_requests"]})
    assert before.to_decide().requests == ()


def test_a_team_is_searched_and_paged_by_the_service_and_sorted_by_name_alone(service: Trial) -> None:
    service.anew(more_people=150)
    mia = errands(service, "mia")
    first = mia.team()
    assert (len(first.people), first.total, first.odd) == (100, 157, ())
    second = mia.team("", first.next)
    assert (len(second.people), second.next) == (57, "")
    names = [person.name.casefold() for person in (*first.people, *second.people)]
    assert names == sorted(names)
    found = mia.team("Kräm")
    assert ([person.id for person in found.people], found.total, found.next) == (["zoe"], 1, "")
    assert mia.team("nobody at all").people == ()


def test_a_manager_sees_of_somebody_what_they_see_of_themselves(service: Trial) -> None:
    asked(service)
    people = {person.id: person for person in errands(service, "mia").team().people}
    for name, seen in people.items():
        assert seen == errands(service, name).mine()
        told = reading(service, name)
        assert (seen.quotas, seen.as_of, seen.requests) == (told.quotas, told.as_of, told.requests)


def test_a_hold_lowers_what_is_left_until_it_is_settled_or_ends(service: Trial) -> None:
    ed = errands(service, "ed")
    wanted = Set(Unit.MONEY, "USD", 400 * NANO, 8, 3600)
    held = ed.hold(wanted, "launch-0001")
    assert ed.hold(wanted, "launch-0001") == held
    assert (held.amount, held.currency, held.ends_at) == (400 * NANO, "USD", NOON + 3_600_000)

    def on_hold() -> int:
        return next(quota.held for quota in reading(service, "ed").quotas if quota.id == MONTH)

    assert on_hold() == 400 * NANO
    ed.settle(held, 310 * NANO)
    ed.settle(held, 310 * NANO)
    assert on_hold() == 0
    assert trouble(lambda: ed.hold(replace(wanted, amount=10**15), "launch-0002")) == (
        "Not enough is left", "118597.5 USD are left.",
    )  # fmt: skip
    ed.hold(wanted, "launch-0003")
    service.time[0] += 3_600_000
    assert on_hold() == 0


def test_a_service_that_fails_changes_nothing_and_says_so(service: Trial) -> None:
    ed = errands(service, "ed")
    service.order("PUT", "faults", [{"path": "/v1/increase-requests", "status": 500, "body": "{}"}])
    title, detail = trouble(lambda: ed.ask(Wish(MONTH, NANO)))
    assert title == "127.0.0.1 has trouble of its own"
    assert detail.startswith("It may have been done all the same")
    problem = json.dumps({"title": "Not enough is left", "available": "12.5"})
    service.order("PUT", "faults", [{"path": "/v1/holds", "status": 409, "body": problem}])
    assert trouble(lambda: ed.hold(Set(Unit.MONEY, "USD", NANO, 1, 60), new_key())) == (
        "Not enough is left", "12.5 are left.",
    )  # fmt: skip
