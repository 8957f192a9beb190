"""A manager's table, purely: a row per person with the quota that binds, and who is shown. No order but by name."""

from __future__ import annotations

from dataclasses import dataclass, replace
from enum import StrEnum
from functools import lru_cache

from PySide6.QtCore import QCoreApplication

from taximeter.domain.increase import IncreaseRequest, RequestStatus
from taximeter.domain.people import Person, standing_of, waiting, will_run_out
from taximeter.domain.quota import Outlook, Quota, QuotaState
from taximeter.ui import request_words, service_words, wording
from taximeter.ui.figures import ABSENT, Figures, many, sentence
from taximeter.ui.glance import BarView, LimitView, bar_view
from taximeter.ui.quota_details import LONGEST_MESSAGE
from taximeter.ui.sentences import joined, named

translate = QCoreApplication.translate


class Shown(StrEnum):
    """Who is in the table."""

    ALL = "all"
    ENDING = "ending"
    """Stopped already, or before the reset."""
    ASKING = "asking"
    """With a request that waits."""


@dataclass(frozen=True, slots=True)
class PersonRow:
    """One line of the table."""

    id: str
    name: str
    left: str
    bar: BarView | None
    """None without a limit."""
    limit: str
    used: str
    runs_out: str
    requests: str
    details: str
    """The other limits, and how old the figures are, for a tooltip."""

    @property
    def texts(self) -> tuple[str, ...]:
        """The columns in their order."""
        return (self.name, self.left, self.limit, self.used, self.runs_out, self.requests)


@dataclass(frozen=True, slots=True)
class RequestLine:
    """A request that waits for a decision, with what it is about."""

    request: IncreaseRequest
    quota: Quota | None


@dataclass(frozen=True, slots=True)
class PersonView:
    """Everything that is known of one person."""

    id: str
    name: str
    as_of: str
    limits: tuple[LimitView, ...]
    waiting: tuple[RequestLine, ...]
    decided: tuple[str, ...]
    """What became of earlier requests, a line each."""
    nothing: str
    """That there is no quota; empty where there is one."""


@lru_cache(maxsize=4096)
def standing(person: Person, now: int) -> tuple[Outlook, ...]:
    """See ``standing_of``: asked for again for everybody with each page, each choice and each decision."""
    return standing_of(person, now)


def headers() -> tuple[str, ...]:
    """The columns' names."""
    return (translate("Team", "Employee"), translate("Team", "Left"), translate("Team", "Limit"),
            translate("Team", "Used"), translate("Team", "Runs out"), translate("Team", "Requests"))  # fmt: skip


def is_shown(person: Person, shown: Shown, now: int) -> bool:
    """Whether a person is in the table."""
    if shown is Shown.ENDING:
        return will_run_out(standing(person, now))
    return shown is Shown.ALL or bool(waiting(person))


def person_row(person: Person, now: int, figures: Figures) -> PersonRow:
    """A person's line."""
    seen = standing(person, now)
    asked = _asked(person, figures)
    if not seen:
        none = translate("Team", "no limit set")
        return PersonRow(person.id, person.name, none, None, ABSENT, ABSENT, ABSENT, asked, _age(person, now, figures))
    first, quota = seen[0], seen[0].quota
    left = _left(quota, figures)
    others = [translate("Team", "{quota}: {rest}").format(quota=one.quota.name, rest=_rest(one, now, figures))
              for one in seen[1:]]  # fmt: skip
    return PersonRow(
        person.id, person.name, left, _bar(first, named(quota.name, left)) if quota.limit is not None else None,
        ABSENT if quota.limit is None else wording.limit_words(quota, figures),
        wording.amount(quota, wording.used(quota), figures),
        _ending(first, now, figures), asked, "\n".join((
            translate("Team", "{quota}: {rest}").format(quota=quota.name, rest=_rest(first, now, figures)),
            *others, _age(person, now, figures))),
    )  # fmt: skip


def person_view(person: Person, now: int, figures: Figures) -> PersonView:
    """A person's page: every limit, what they ask for, what was decided lately."""
    seen = standing(person, now)
    quotas = {one.id: one for one in person.quotas}
    decided = (one for one in person.requests if one.status is not RequestStatus.PENDING)
    return PersonView(
        person.id, person.name, _age(person, now, figures),
        tuple(LimitView(one.quota.name, _rest(one, now, figures),
                        _bar(one, named(one.quota.name, _rest(one, now, figures))), wording.is_at_risk(one))
              for one in seen),
        tuple(RequestLine(one, quotas.get(one.quota)) for one in waiting(person)),
        tuple(decided_line(one, now, figures) for one in decided),
        "" if seen else translate("Team", "No limit is set for this person, so nothing is counted."),
    )  # fmt: skip


def decided_line(request: IncreaseRequest, now: int, figures: Figures) -> str:
    """What became of a request, with the note."""
    words = (request_words.outcome_words(request, now, figures), request_words.note_words(request, figures))
    return joined(*words)


def figures_of(people: tuple[Person, ...], now: int, figures: Figures) -> str:
    """The age of the oldest figure of the table; empty for an empty one."""
    if not people:
        return ""
    oldest = min(person.as_of for person in people)
    return translate("Team", "figures of {moment}").format(moment=figures.moment(oldest, now))


def count_words(shown: int, read: int, total: int | None, narrowed: Shown, figures: Figures) -> str:
    """How many people there are, and how many of them are in the table."""
    here = many(shown, translate("Team", "1 person"), translate("Team", "{n} people"))
    if narrowed is not Shown.ALL and (total is None or read < total):
        return translate("Team", "{here} of the first {read}").format(here=here, read=figures.locale.toString(read))
    if total is None or shown >= total:
        return here
    return translate("Team", "{here} of {total}").format(here=here, total=figures.locale.toString(total))


def nobody_words(shown: Shown, search: str) -> tuple[str, str]:
    """What an empty table means, as a title and a sentence."""
    if shown is Shown.ENDING:
        return translate("Team", "Nobody"), translate("Team", "Everyone lasts to the reset, as far as is known.")
    if shown is Shown.ASKING:
        return translate("Team", "No requests"), translate("Team", "Nobody waits for a decision.")
    if search:
        return translate("Team", "Nobody found"), translate("Team", "No name fits what you search for.")
    return (translate("Team", "No people yet"),
            translate("Team", "The company's service knows of nobody whom you lead."))  # fmt: skip


def _asked(person: Person, figures: Figures) -> str:
    asked = waiting(person)
    if len(asked) != 1:
        return translate("Team", "{n} requests").format(n=len(asked)) if asked else ""
    more = wording.amount(asked[0], asked[0].amount, figures, whole=True)
    return translate("Team", "{amount} more").format(amount=more)


def _left(quota: Quota, figures: Figures) -> str:
    remaining = quota.remaining
    if quota.suspended:
        return translate("Team", "suspended")
    if remaining is None:
        return translate("Team", "no limit")
    if remaining == 0:
        return translate("Team", "nothing")
    if remaining < 0:
        return translate("Team", "{amount} over").format(amount=wording.amount(quota, -remaining, figures))
    return wording.amount(quota, remaining, figures)


def _bar(seen: Outlook, spoken: str) -> BarView:
    """Without the mark of an even pace: when a colleague works is theirs to know."""
    return replace(bar_view(seen, spoken), pace=None)


def _rest(seen: Outlook, now: int, figures: Figures) -> str:
    said = translate("Team", "{rest}. {outlook}").format(
        rest=sentence(wording.rest_of_whole(seen.quota, figures)), outlook=wording.outlook_words(seen, now, figures))
    if not seen.quota.message:
        return said
    return translate("Team", "{rest}. {message}").format(rest=said, message=seen.quota.message[:LONGEST_MESSAGE])


def _ending(seen: Outlook, now: int, figures: Figures) -> str:
    quota = seen.quota
    if quota.suspended or quota.limit is None:
        return ABSENT
    if wording.is_over(quota, now):
        return translate("Team", "reset since")
    if seen.state is QuotaState.SPENT or (quota.remaining or 0) <= 0:
        return translate("Team", "used up")
    if seen.runs_out_at is not None:
        return figures.day(seen.runs_out_at, now)
    return translate("Team", "lasts") if seen.forecast_known else translate("Team", "too early to say")


def _age(person: Person, now: int, figures: Figures) -> str:
    since = figures.moment(person.as_of, now)
    if now - person.as_of > service_words.SAID_AFTER:
        return translate("Team", "Figures of {moment}: what was used since then is not known").format(moment=since)
    return translate("Team", "Figures of {moment}").format(moment=since)
