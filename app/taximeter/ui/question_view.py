"""What the window says of one question: every word, share and answer decided here, purely."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import QCoreApplication

from taximeter.domain.launch import Answer, Question, Severity, Source, Verb
from taximeter.domain.quota import Quota
from taximeter.ui import question_words as words
from taximeter.ui import wording
from taximeter.ui.figures import DAY, Figures, many
from taximeter.ui.offer_words import decided_words, offer_words
from taximeter.ui.sentences import joined, named

translate = QCoreApplication.translate


@dataclass(frozen=True, slots=True)
class LaunchBarView:
    """A quota as the launch would leave it: shares of the limit, 0 to 1."""

    now: float
    """What is left before it."""
    low: float
    """What is left after the upper end of the range."""
    high: float
    """What is left after its lower end."""
    middle: float | None
    """What is left after its middle; None without a range."""
    severity: Severity
    limit: str
    spoken: str


@dataclass(frozen=True, slots=True)
class VerbView:
    """A verb as it stands on its button, and the answer that a press of it is."""

    text: str
    verb: Verb
    agents: int | None
    spoken: str


@dataclass(frozen=True, slots=True)
class QuestionView:
    """Everything in the window about one question. Empty texts are left out."""

    id: str
    title: str
    origin: str
    full_origin: str
    """The same with no name cut short, for the tooltip; empty when nothing was cut."""
    launch: str
    left_name: str
    left: str
    bar: LaunchBarView | None
    reasons: str
    basis: str
    company: str
    """What the company offers in its place."""
    verbs: tuple[VerbView, ...]
    higher: str
    """The offer to be asked less often, which counts only together with ``run``."""


def question_view(question: Question, now: int, figures: Figures) -> QuestionView:
    """The window for a question; the countdown beside the title is worded by ``question_words.countdown``."""
    names = (question.project, *(part for kind in question.kinds for part in (kind.type, kind.model)))
    cut = [name for name in names if words.shortened(name) != name]
    left_name, left = _left(question, now, figures)
    return QuestionView(
        id=question.id,
        title=words.title(question),
        origin=words.origin(question, figures),
        full_origin="\n".join(cut),
        launch=words.launch_words(question, figures),
        left_name=left_name,
        left=left,
        bar=_bar(question, figures),
        reasons=words.reasons(question, now, figures),
        basis=joined(words.basis(question, now, figures), decided_words(question)),
        company=offer_words(question.company, question.currency, figures),
        verbs=_verbs(question),
        higher=words.higher_words(question, figures),
    )


def answer_of(verb: VerbView, *, for_session: bool, by: str = "window") -> Answer:
    """The answer that a verb stands for."""
    return Answer(verb.verb, verb.agents, by, for_session)


def _verbs(question: Question) -> tuple[VerbView, ...]:
    verbs = [_verb(question, Verb.STOP, None, translate("Question", "Stop: nothing more is started"))]
    fits = question.verdict.fits
    if fits is not None and 0 < fits < question.agents and question.source is not Source.WORKFLOW:
        spoken = many(fits, translate("Question", "At most 1 agent starts"),
                      translate("Question", "At most {n} agents start"))  # fmt: skip
        verbs.append(_verb(question, Verb.LIMIT, fits, spoken))
    verbs.append(_verb(question, Verb.RUN, None, words.verb_words(Verb.RUN, question)))
    return tuple(verbs)


def _verb(question: Question, verb: Verb, agents: int | None, spoken: str) -> VerbView:
    return VerbView(words.verb_words(verb, question), verb, agents, spoken)


def _quota(question: Question) -> tuple[Quota, int] | None:
    """The quota that it is measured against and what is left of it; None where there is none with a limit."""
    outlook = question.verdict.binding
    if outlook is None or outlook.quota.remaining is None:
        return None
    return outlook.quota, 0 if outlook.quota.suspended else outlook.quota.remaining


def _left(question: Question, now: int, figures: Figures) -> tuple[str, str]:
    """What it leaves of what is left, and for how long that has to last."""
    found = _quota(question)
    if found is None:
        return "", ""
    quota, remaining = found
    cost = question.forecast.cost
    last = _last_words(quota, now, figures)
    if cost is None or remaining <= 0:
        rest = wording.left_words(quota, figures)
        return translate("Question", "Before it"), translate("Question", "{rest}, {time}").format(rest=rest, time=last)
    step = words.step_of(cost.p50)
    whole = words.stepped(remaining, step)
    after = whole - words.stepped(cost.p50, step)
    money = tuple(words.rough(abs(one), step, quota.currency, figures) for one in (after, whole))
    if after <= 0:
        over = translate("Question", "all of {whole}, {time}") if after == 0 else translate(
            "Question", "{after} more than the {whole} left, {time}")  # fmt: skip
        return translate("Question", "Takes about"), over.format(after=money[0], whole=money[1], time=last)
    return translate("Question", "Leaves about"), translate("Question", "{after} of {whole}, {time}").format(
        after=money[0], whole=money[1], time=last
    )


def _last_words(quota: Quota, now: int, figures: Figures) -> str:
    days = (quota.period.end - now) // DAY
    if days >= 2 and quota.resets and not quota.suspended:
        return translate("Question", "for {n} more days").format(n=days)
    return wording.reset_words(quota, now, figures, as_clock=True)


def _bar(question: Question, figures: Figures) -> LaunchBarView | None:
    found = _quota(question)
    if found is None or not found[0].limit:
        return None
    quota, remaining = found
    limit = found[0].limit

    def share(nano: int) -> float:
        return max(0.0, min(1.0, nano / limit))

    cost = question.forecast.cost
    limit_words = translate("Question", "limit {amount}").format(amount=wording.limit_words(quota, figures))
    left = wording.rest_of_whole(quota, figures)
    if cost is None:
        spoken = named(quota.name, left)
        return LaunchBarView(share(remaining), share(remaining), share(remaining), None, question.verdict.level,
                             limit_words, spoken)  # fmt: skip
    step = words.step_of(cost.p50)
    low, high = (words.rough(max(0, remaining - end), step, quota.currency, figures) for end in (cost.p90, cost.p10))
    spoken = translate("Question", "{quota}: {left}. This launch leaves {low} to {high}.").format(
        quota=quota.name, left=left, low=low, high=high
    )
    return LaunchBarView(share(remaining), share(remaining - cost.p90), share(remaining - cost.p10),
                         share(remaining - cost.p50), question.verdict.level, limit_words, spoken)  # fmt: skip
