"""The words of a question: who is about to start, why it is asked, from what, and what was decided. Pure sentences."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication

from taximeter.domain.launch import Answer, Finding, Kind, Level, Question, Rule, Source, Spread, Verb
from taximeter.ui.figures import DAY, NANO, SECOND, Figures, many, sentence
from taximeter.ui.sentences import joined, listed, stopped

translate = QCoreApplication.translate

SHOWN_KINDS = 3
LONGEST_NAME = 28
ABOUT_FROM = 10 * NANO
"""Amounts from here on are told in whole units of the currency, smaller ones in tenths and hundredths."""
SHOWN_FINDINGS = 2
COMPARABLE = 5
"""With so many launches of one's own it is the budget that is missing, not the history (rule R0)."""
OLD = 600 * SECOND
"""A figure of what is left that is older than this says so."""


def title(question: Question) -> str:
    """What is about to happen, in large."""
    if question.source is Source.WORKFLOW:
        return translate("Question", "A workflow is about to start agents")
    return agents_title(question.agents)


def agents_title(agents: int) -> str:
    """That so many agents are about to start."""
    return many(agents, translate("Question", "1 agent is about to start"),
                translate("Question", "{n} agents are about to start"))  # fmt: skip


def countdown(question: Question, now: int) -> str:
    """What happens without an answer, and when."""
    left = -(-(question.ends_at - now) // SECOND)
    if left <= 0:
        return translate("Question", "time is up")
    minutes, seconds = divmod(left, 60)
    span = f"{minutes}:{seconds:02}" if minutes else translate("Question", "{n} s").format(n=seconds)
    if question.at_end is Verb.STOP:
        return translate("Question", "stops in {span}").format(span=span)
    return translate("Question", "runs in {span}").format(span=span)


def origin(question: Question, figures: Figures) -> str:
    """The project, the agents by kind, how many of them run already, and who waits."""
    parts = [launched(question)]
    if question.already:
        parts.append(many(question.already, translate("Question", "1 of them runs already."),
                          translate("Question", "{n} of them run already.")))  # fmt: skip
    agent = figures.agent(question.agent) or translate("Question", "The agent")
    parts.append(translate("Question", "{agent} is waiting.").format(agent=agent))
    return joined(*parts)


def launched(question: Question) -> str:
    """The project, the agents by kind, and how they are started where that is unusual."""
    project = shortened(question.project) or translate("Question", "no project")
    counted = question.source is not Source.WORKFLOW
    shown = [_kind(kind, counted=counted) for kind in question.kinds[:SHOWN_KINDS]]
    others = sum(kind.count for kind in question.kinds[SHOWN_KINDS:])
    if others:
        shown.append(translate("Question", "{n} others").format(n=others))
    if question.counting:
        shown.append(translate("Question", "perhaps more"))
    words = translate("Question", "{project}: {kinds}.").format(project=project, kinds=listed(shown))
    return joined(words if shown else stopped(project), _how(question))


def _kind(kind: Kind, *, counted: bool) -> str:
    name = shortened(kind.type) or many(kind.count, translate("Question", "agent"), translate("Question", "agents"))
    if kind.model:
        name = translate("Question", "{type} ({model})").format(type=name, model=shortened(kind.model))
    return translate("Question", "{n} {type}").format(n=kind.count, type=name) if counted else name


def _how(question: Question) -> str:
    return {
        Source.WORKFLOW: translate("Question", "How many cannot be told before."),
        Source.SHELL: translate("Question", "A command line starts them side by side."),
        Source.LOOP: translate("Question", "One script starts them one by one."),
    }.get(question.source, "")


def shortened(name: str) -> str:
    """A name with its middle left out where it is too long for a sentence."""
    if len(name) <= LONGEST_NAME:
        return name
    half = LONGEST_NAME // 2
    return f"{name[:half]}\N{HORIZONTAL ELLIPSIS}{name[1 - half :]}"


def step_of(middle: int) -> int:
    """To what figures about an amount of this size are rounded: a unit, a tenth, a hundredth."""
    if middle >= ABOUT_FROM:
        return NANO
    return NANO // 10 if middle >= NANO else NANO // 100


def stepped(nano: int, step: int) -> int:
    """The amount in whole steps, half a step up."""
    return (nano + step // 2) // step * step


def rough(nano: int, step: int, currency: str, figures: Figures) -> str:
    """A rounded amount; one that is above nothing is never told as nothing."""
    whole = stepped(nano, step)
    return figures.round_money(whole, currency) if whole or nano <= 0 else figures.money(nano, currency)


def range_words(cost: Spread, currency: str, figures: Figures) -> str:
    """A range from its lower to its upper end; one amount where both read the same."""
    step = step_of(cost.p50)
    low, high = (rough(end, step, currency, figures) for end in (cost.p10, cost.p90))
    if low == high and not figures.hidden:
        return low
    return translate("Question", "{low} to {high}").format(low=low, high=high)


def launch_words(question: Question, figures: Figures) -> str:
    """What this launch costs: its range and the middle of it, or only the floor and that there is no basis."""
    forecast = question.forecast
    if forecast.cost is None:
        if not forecast.floor:
            return translate("Question", "not known: no basis yet")
        floor = figures.money(forecast.floor, question.currency)
        return translate("Question", "at least {amount}: no basis yet").format(amount=floor)
    middle = rough(forecast.cost.p50, step_of(forecast.cost.p50), question.currency, figures)
    return translate("Question", "{range}, about {middle}").format(
        range=range_words(forecast.cost, question.currency, figures), middle=middle
    )


def reasons(question: Question, now: int, figures: Figures) -> str:
    """Why it is asked, in one or two sentences, and the cheaper way where there is one."""
    said = [finding_words(question, finding, now, figures) for finding in question.verdict.findings[:SHOWN_FINDINGS]]
    if question.cheaper is not None:
        model, cost = question.cheaper
        said.append(translate("Question", "On {model}: {range}.").format(
            model=shortened(model), range=range_words(cost, question.currency, figures)))  # fmt: skip
    return joined(*said)


def finding_words(question: Question, finding: Finding, now: int, figures: Figures) -> str:
    """The sentence of one rule, with the number that it names."""
    if finding.rule is Rule.LEFT:
        return _stopped(question, finding) or _left(finding, quota_name(question, finding), figures)
    if finding.rule is Rule.PACE:
        return _pace(finding, quota_name(question, finding), now, figures)
    if finding.rule is Rule.TYPICAL:
        usual = rough(finding.usual, step_of(finding.usual), question.currency, figures)
        return translate("Question", "Your launches are usually about {amount} ({n} of them).").format(
            amount=usual, n=finding.launches
        )
    return _cold_start(question, finding)


def quota_name(question: Question, finding: Finding) -> str:
    """The name of the quota that a rule is about, as far as the question knows it."""
    binding = question.verdict.binding
    if binding is not None and finding.quota in ("", binding.quota.id):
        return shortened(binding.quota.name)
    return shortened(finding.quota) or translate("Question", "the budget")


def _stopped(question: Question, finding: Finding) -> str:
    """Why nothing can be had of the quota; empty where something is left of it."""
    binding, quota = question.verdict.binding, quota_name(question, finding)
    known = binding is not None and finding.quota in ("", binding.quota.id)
    if binding is None or not known or not finding.over_all or finding.percent:
        return ""
    if binding.quota.suspended:
        return translate("Question", "Your company lets nothing through: {quota} is suspended.").format(quota=quota)
    if binding.refused_at is not None:
        return translate("Question", "{quota} lets nothing through: an agent was refused.").format(quota=quota)
    if (binding.quota.remaining or 0) <= 0:
        return translate("Question", "Nothing is left of {quota}.").format(quota=quota)
    return ""


def _left(finding: Finding, quota: str, figures: Figures) -> str:
    if finding.percent >= 100:
        return translate("Question", "It likely takes more than all that {quota} has left.").format(quota=quota)
    words = translate("Question", "It takes about {percent} of what {quota} has left.")
    if finding.over_all:
        words = translate("Question", "It takes about {percent} of what {quota} has left, and perhaps more than all.")
    return words.format(percent=figures.percent(finding.percent / 100 + 1e-9), quota=quota)


def _pace(finding: Finding, quota: str, now: int, figures: Figures) -> str:
    then, before = finding.runs_out_at, finding.ran_out_at
    by_time = before is not None and before - then < DAY
    say = figures.moment if by_time else figures.day
    if before is None:
        words = translate("Question", "At this pace, {quota} runs out {day}, before its reset.")
        return sentence(words.format(quota=quota, day=say(then, now)))
    words = translate("Question", "At this pace, {quota} runs out {day} instead of {later}.")
    return words.format(quota=quota, day=say(then, now), later=say(before, now))


def _cold_start(question: Question, finding: Finding) -> str:
    agents = many(question.agents, translate("Question", "1 agent"), translate("Question", "{n} agents at once"))
    words = translate("Question", "{agents}, and only {n} launches of yours to compare with.")
    if finding.launches >= COMPARABLE:
        words = translate("Question", "{agents}, and no budget to compare with.")
    elif finding.launches == 1:
        words = translate("Question", "{agents}, and only 1 launch of yours to compare with.")
    elif not finding.launches:
        words = translate("Question", "{agents}, and no launch of yours to compare with yet.")
    return words.format(agents=agents, n=finding.launches)


def basis(question: Question, now: int, figures: Figures) -> str:
    """From what the range is made, and how old the figure of what is left is where that matters."""
    forecast = question.forecast
    words = {
        Level.PROJECT: translate("Question", "From {runs} of the same kind in this project."),
        Level.MODEL: translate("Question", "From {runs} of the same kind in all projects."),
        Level.TYPE: translate("Question", "From {runs} of the same type on any model."),
        Level.AGENT: translate("Question", "From {runs} of any type."),
        Level.NONE: translate("Question", "Too few earlier runs for a range."),
    }[forecast.level if forecast.cost is not None else Level.NONE]
    runs = many(forecast.runs, translate("Question", "1 of your runs"), translate("Question", "{n} of your runs"))
    said = [words.format(runs=runs)]
    if question.verdict.binding is not None and question.as_of and now - question.as_of > OLD:
        since = figures.moment(question.as_of, now)
        said.append(translate("Question", "What is left is from {moment}.").format(moment=since))
    return joined(*said)


def higher_words(question: Question, figures: Figures) -> str:
    """The higher threshold that is offered with ``run``; empty where none is."""
    higher, findings = question.offer, question.verdict.findings
    if higher is None or not findings:
        return ""
    rule = findings[0].rule
    if rule is Rule.LEFT:
        percent = figures.percent(higher.left_amber_percent / 100 + 1e-9)
        return translate("Question", "From now on, ask only above {percent} of what is left").format(percent=percent)
    if rule is Rule.PACE:
        words = translate("Question", "From now on, ask only when it runs out {n} days sooner")
        return words.format(n=higher.pace_amber_days)
    if rule is Rule.TYPICAL:
        words = translate("Question", "From now on, ask only above {n} times your larger launches")
        return words.format(n=higher.typical_amber_times)
    amount = figures.round_money(higher.cold_amount, question.currency)
    words = translate("Question", "From now on, ask only from {n} agents on or above {amount}")
    return words.format(n=higher.cold_agents, amount=amount)


def verb_words(verb: Verb, question: Question) -> str:
    """What stands on a verb's button."""
    if verb is Verb.STOP:
        return translate("Question", "Stop")
    if verb is Verb.LIMIT:
        return translate("Question", "At most {n}").format(n=question.verdict.fits)
    if question.source is Source.WORKFLOW:
        return translate("Question", "Run it")
    return many(question.agents, translate("Question", "Run it"), translate("Question", "Run all {n}"))


def outcome(question: Question, answer: Answer) -> tuple[str, str]:
    """What was decided elsewhere than in the window, or by nobody: what happens now, and who decided it."""
    stopped = translate("Question", "Nothing more is started")
    done = {
        Verb.STOP: stopped,
        Verb.LIMIT: many(answer.agents or 0, translate("Question", "At most 1 agent starts"),
                         translate("Question", "At most {n} agents start")),
        Verb.RUN: _runs(question),
        Verb.EXPIRED: _runs(question) if answer.agents is None else stopped,
    }[answer.verb]  # fmt: skip
    who = {
        "window": translate("Question", "Answered in the window."),
        "notification": translate("Question", "Answered in the notification."),
        "command": translate("Question", "Answered on the command line."),
        "policy": translate("Question", "Decided by your company's settings."),
    }.get(answer.by, translate("Question", "Nobody answered in time."))
    return done, who


def default_applied(question: Question) -> tuple[str, str]:
    """What happened at the end of the time, as the question said it would."""
    stopped = question.at_end is Verb.STOP
    return outcome(question, Answer(Verb.EXPIRED, 0 if stopped else None, "default"))


def gone() -> tuple[str, str]:
    """That a question went without an answer that is known."""
    return translate("Question", "No answer is needed any more"), translate("Question", "The launch no longer waits.")


def _runs(question: Question) -> str:
    if question.source is Source.WORKFLOW:
        return translate("Question", "The workflow starts")
    return many(question.agents, translate("Question", "1 agent starts"), translate("Question", "{n} agents start"))
