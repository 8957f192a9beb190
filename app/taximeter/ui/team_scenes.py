"""The states of the manager's window that a gallery shows: made-up people whose figures add up."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace

from taximeter.domain.increase import IncreaseRequest, RequestStatus
from taximeter.domain.people import Person, TeamPage
from taximeter.domain.quota import Enforcement, Period, Quota, QuotaKind, Unit
from taximeter.host.trouble import Trouble
from taximeter.ui.company_scenes import Answers
from taximeter.ui.figures import DAY, HOUR, MINUTE, NANO
from taximeter.ui.team_view import Shown

HOST = "budget.example.com"
LONG = "Bartholomew-Alexander von und zu Hohenlohe-Waldenburg-Schillingsfürst the Younger"
NO_RIGHT = Trouble(f"{HOST} does not allow that", "Ask who looks after your budget whether you may.")
SIGNED_OUT = Trouble("Nobody is signed in to the budget service", "Sign in with: taximeter budget sign-in")
OFFLINE = Trouble(f"{HOST} cannot be found: there is no network, or its name is wrong",
                  "Nothing was changed, as far as is known. Try again in a while.")  # fmt: skip


@dataclass(frozen=True, slots=True)
class TeamScene:
    """The window over answers; ``chosen`` is who is clicked, ``decides`` presses a verb and what is answered then."""

    name: str
    answers: Answers
    shown: Shown = Shown.ALL
    search: str = ""
    chosen: str = ""
    decides: Answers | None = None


def quota_of(now: int, limit: int | None, used: int, name: str = "Monthly", **fields: object) -> Quota:
    """A month's quota in whole units of money, a week before its reset."""
    period = Period(now - 22 * DAY, now + 8 * DAY)
    made = Quota(
        f"service:{name}", name, QuotaKind.TAXIMETER, Unit.MONEY, "USD", None if limit is None else limit * NANO,
        used * NANO, 0, 0, period, now - 12 * MINUTE, enforcement=Enforcement.BLOCK, origin=HOST,
    )  # fmt: skip
    return replace(made, **fields)  # type: ignore[arg-type]


def asked_by(name: str, now: int, amount: int, reason: str = "", **fields: object) -> IncreaseRequest:
    """A request that waits for an hour and a half."""
    made = IncreaseRequest(f"r-{name}-{amount}", "service:Monthly", name, Unit.MONEY, "USD", amount * NANO, reason,
                           now + 8 * DAY, RequestStatus.PENDING, now - 90 * MINUTE)  # fmt: skip
    return replace(made, **fields)  # type: ignore[arg-type]


def people_of(now: int) -> tuple[Person, ...]:
    """A team in every state, by name."""

    def person(name: str, *quotas: Quota, asked: tuple[IncreaseRequest, ...] = ()) -> Person:
        return Person(name, name, now - 12 * MINUTE, quotas, quotas[0].id if quotas else "", asked)

    tokens = replace(quota_of(now, None, 0, "Team tokens"), unit=Unit.TOKENS, currency="", limit=20_000_000_000,
                     spent=13_500_000_000)  # fmt: skip
    reviews = "The migration of the payment client takes more review than planned."
    denied = asked_by("Ed Ito", now, 500, status=RequestStatus.DENIED, decided_at=now - 5 * DAY, decided_by="Mia Ortiz",
                      note="Let us see how far this one goes first.")  # fmt: skip
    return (
        person("Ana Diaz", quota_of(now, 1000, 1012), tokens),
        person(LONG, quota_of(now, 3000, 1400)),
        person("Ben Okoro", quota_of(now, 2000, 17, suspended=True, message="On leave until the first.")),
        person("Ed Ito", quota_of(now, 1500, 1314), tokens, asked=(asked_by("Ed Ito", now, 400, reviews), denied)),
        person("Jo Park"),
        person("Kim Larsen", quota_of(now, 5000, 4100, enforcement=Enforcement.THROTTLE)),
        person("Wei Li", quota_of(now, None, 212)),
        person("Zoë Krämer", quota_of(now, 800, 260), asked=(asked_by("Zoë Krämer", now, 100),
                                                            asked_by("Zoë Krämer", now, 50, "For the demo."))),
    )  # fmt: skip


def crowd(now: int, number: int = 500) -> tuple[Person, ...]:
    """So many people, the first page of whom is told."""
    def quotas(at: int) -> tuple[Quota, ...]:
        return (quota_of(now, 3000, 60 * (at * 17 % 47)),)

    return tuple(Person(f"p{at}", f"Person {at:03}", now - MINUTE, quotas(at)) for at in range(number))


def team_scenes(now: int) -> Iterator[TeamScene]:
    """Every state of the window."""
    people = people_of(now)
    page = TeamPage(people, len(people))
    ed = next(one for one in people if one.name == "Ed Ito")
    given = replace(ed.requests[0], status=RequestStatus.APPROVED, approved=300 * NANO, ends_at=now + 8 * DAY,
                    decided_at=now, decided_by="Mia Ortiz", note="Fine, until the reset.")  # fmt: skip
    raised = replace(ed, quotas=(quota_of(now, 1800, 1314), *ed.quotas[1:]), requests=(given, *ed.requests[1:]))
    after = TeamPage(tuple(raised if one is ed else one for one in people), len(people))
    yield TeamScene("full", Answers(page))
    yield TeamScene("person", Answers(page), chosen="Ed Ito")
    yield TeamScene("two-requests", Answers(page), chosen="Zoë Krämer")
    yield TeamScene("suspended", Answers(page), chosen="Ben Okoro")
    yield TeamScene("ending", Answers(page), Shown.ENDING)
    yield TeamScene("asking", Answers(page), Shown.ASKING, chosen="Ed Ito")
    yield TeamScene("deciding", Answers(page), chosen="Ed Ito", decides=Answers(silent=True))
    yield TeamScene("decided", Answers(page), chosen="Ed Ito", decides=Answers(after, asked=given))
    yield TeamScene("conflict", Answers(page), chosen="Ed Ito", decides=Answers(page))
    yield TeamScene("crowd", Answers(TeamPage(crowd(now)[:100], 500, "100")))
    yield TeamScene("long-name", Answers(page), chosen=LONG)
    yield TeamScene("empty", Answers(TeamPage((), 0)))
    yield TeamScene("nobody-found", Answers(TeamPage((), 0)), search="xyz")
    yield TeamScene("nobody-asks", Answers(TeamPage(people[:1], 1)), Shown.ASKING)
    yield TeamScene("reading", Answers(silent=True))
    yield TeamScene("no-right", Answers(trouble=NO_RIGHT))
    yield TeamScene("signed-out", Answers(trouble=SIGNED_OUT))
    yield TeamScene("offline", Answers(trouble=OFFLINE))
    yield TeamScene("old", Answers(TeamPage(tuple(replace(one, as_of=now - 3 * HOUR) for one in people), len(people))))
