"""What desktop notifications say: questions with their verbs, and notices that hold nothing. Pure.

A lock screen may show them, so no project, quota or amount stands in them unless that was switched on.
"""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import QCoreApplication

from taximeter.domain.launch import Answer, Notice, Question, Rule, Severity, Verb
from taximeter.ui import question_words as words
from taximeter.ui.figures import Figures, many
from taximeter.ui.question_view import question_view
from taximeter.ui.sentences import joined, stopped

translate = QCoreApplication.translate

OPEN = "default"
"""The action of a click on the notification itself."""


@dataclass(frozen=True, slots=True)
class Bubble:
    """A notification. One with a key that is shown already takes its place."""

    key: str
    title: str
    body: str
    actions: tuple[tuple[str, str], ...] = ()
    """Keys and labels; empty for one that only tells."""
    urgent: bool = False
    stays: bool = False
    """It is shown until it is withdrawn."""
    quiet: bool = False
    """It need not be seen at once."""


def question_bubble(question: Question, now: int, figures: Figures, *, named: bool) -> Bubble:
    """The notification of a question, with the verbs of its window."""
    view = question_view(question, now, figures)
    at = figures.clock(question.ends_at)
    body = (
        translate("Notice", "It is stopped at {time} unless you answer.") if question.at_end is Verb.STOP
        else translate("Notice", "It runs at {time} unless you answer.")
    ).format(time=at)  # fmt: skip
    if named:
        left = stopped(joined(view.left_name, view.left)) if view.left else ""
        body = "\n".join(one for one in (view.origin, joined(stopped(view.launch), left), body) if one)
    actions = [(OPEN, translate("Notice", "Show"))]
    actions += [(f"{one.verb.value}:{one.agents or 0}", one.text) for one in view.verbs]
    return Bubble(question.id, view.title, body, tuple(actions), question.verdict.level is Severity.RED, stays=True)


def answer_in(action: str) -> Answer | None:
    """The answer that a pressed action of a question is; None for showing it and for what is no action of ours."""
    verb, _, agents = action.partition(":")
    if verb not in (Verb.STOP, Verb.LIMIT, Verb.RUN) or not agents.isdecimal():
        return None
    if verb == Verb.LIMIT and not int(agents):
        return None
    return Answer(Verb(verb), int(agents) or None, "notification")


def notice_bubble(notice: Notice, figures: Figures, *, named: bool) -> Bubble:
    """The quiet notification of a launch that runs."""
    title, body = notice_words(notice, figures, named=named)
    return Bubble(f"notice {notice.session}", title, body)


def notice_line(notice: Notice, figures: Figures) -> str:
    """The same in one line, for the popover, which nobody else sees."""
    title, body = notice_words(notice, figures, named=True)
    return joined(stopped(title), body)


def notice_words(notice: Notice, figures: Figures, *, named: bool) -> tuple[str, str]:
    """Title and text of a notice; with ``named`` the project and the amounts stand in it."""
    if not named:
        return _notice_title(notice), translate("Notice", "It goes on. Open Taximeter to see more.")
    return _notice_title(notice), _notice_text(notice, figures)


def _notice_title(notice: Notice) -> str:
    if notice.twice_the_range:
        return translate("Notice", "A launch costs twice what was expected")
    if notice.after_it_began:
        return many(notice.agents, translate("Notice", "1 agent runs, noticed after it began"),
                    translate("Notice", "{n} agents run, noticed after they began"))  # fmt: skip
    return many(notice.agents, translate("Notice", "1 agent has started"),
                translate("Notice", "{n} agents have started"))  # fmt: skip


def _notice_text(notice: Notice, figures: Figures) -> str:
    said = [translate("Notice", "{project}: {agent}.").format(
        project=words.shortened(notice.project) or translate("Notice", "no project"),
        agent=figures.agent(notice.agent))]  # fmt: skip
    cost = notice.forecast.cost
    if notice.spent:
        said.append(translate("Notice", "{amount} so far.").format(
            amount=figures.money(notice.spent, notice.currency)))  # fmt: skip
    if cost is not None:
        said.append(translate("Notice", "Expected {range}.").format(
            range=words.range_words(cost, notice.currency, figures)))  # fmt: skip
    said += [_usual(notice, figures)] if not notice.twice_the_range else []
    return joined(*said)


def _usual(notice: Notice, figures: Figures) -> str:
    usual = next((one for one in notice.verdict.findings if one.rule is Rule.TYPICAL), None)
    if usual is None:
        return ""
    amount = words.rough(usual.usual, words.step_of(usual.usual), notice.currency, figures)
    return translate("Notice", "Your launches are usually about {amount}.").format(amount=amount)
