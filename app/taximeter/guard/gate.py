"""The gate: groups the calls of a launch, has them judged, holds them while a person is asked, and lets them go or not.

It runs on the doorbell's thread alone. Whatever is unclear lets the agent go on: an input that cannot be
used, a mode that asks nobody, a call that no rule speaks about. An answer holds for its prompt, and for
the session where that was wished; it is asked again only when the sum grows past what was shown.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from time import monotonic

from taximeter.domain.forecast import Told
from taximeter.domain.launch import Answer, Question, Severity, Source, Verb
from taximeter.guard.dialect import Ask, Dialect, Unusable
from taximeter.guard.group import Fate, Group, Key, Waiting, forget_old, question_of, record_of
from taximeter.guard.judging import Audience, Judge, Judged, Rules
from taximeter.guard.pause import Pause
from taximeter.guard.processes import party_of
from taximeter.guard.reasons import reason_for
from taximeter.guard.remembered import Remembered
from taximeter.guard.transcript import siblings_in, size_of
from taximeter.guard.visitor import Visitor
from taximeter.ledger.questions import new_question_id

SETTLE_SECONDS = 1.0
"""How long a launch that may grow is counted before somebody is asked about it."""
LOOK_SECONDS = 0.1
GROW_SECONDS = 0.25
"""How often the transcript of an open question is looked at for more calls."""
MANY = 16
"""A launch that would be quiet with so many agents need not be counted first."""
REMEMBERED_MS = 2 * 3_600_000
LEAST_IN_TURN = 3
"""Processes one after another that make a loop: two in a row are mostly somebody at a terminal."""
LOOP_MS = 10 * 60_000
"""Processes of one party that prompt within that time are one loop."""


class Gate:
    """What is held now, what was answered, and when something is due."""

    def __init__(
        self, dialects: Mapping[str, Dialect], judge: Judge, audience: Audience, pause: Pause, now: Callable[[], int]
    ) -> None:
        """``now`` is ms UTC."""
        self._dialects = dialects
        self._judge = judge
        self._audience = audience
        self._pause = pause
        self._now = now
        self._groups: dict[Key, Group] = {}
        self._remembered = Remembered()
        self._unwritten: dict[str, Group] = {}

    @property
    def questions(self) -> tuple[Question, ...]:
        """All that are open, oldest first."""
        return tuple(group.question for group in self._groups.values() if group.question is not None)

    @property
    def mode(self) -> str:
        """How launches are treated now: ``ask``, ``observe``, ``off`` (also before it has learnt) or ``paused``."""
        return "paused" if self._pause.is_on else self._judge.rules().mode

    def ask(self, visitor: Visitor, agent: str, event: str, pid: int, raw: bytes) -> None:
        """A hook asks: answered at once, or held."""
        dialect = self._dialects.get(agent)
        if dialect is None:
            self.unusable(visitor, agent, "no such agent")
            return
        try:
            ask = dialect.understand(event, raw)
        except Unusable as odd:
            self._audience.unusable(agent, str(odd))
            ask = None
        if ask is None or self._pause.is_on or self._judge.rules().mode_of(agent) == "off":
            visitor.say()
        elif ask.source is Source.LOOP:
            self._prompted(visitor, dialect, event, pid, ask)
        else:
            root = self._remembered.root_of(agent, ask.session, ask.prompt)
            self._come(visitor, dialect, event, ask, self._group(Key(agent, ask.session, root), ask))

    def unusable(self, visitor: Visitor, agent: str, why: str) -> None:
        """A hook's input says nothing: it is told in the doctor's report, and the agent goes on."""
        self._audience.unusable(agent[:40], why)
        visitor.say()

    def left(self, visitor: Visitor) -> None:
        """A hook hung up: its agent gave the call up, and nobody need answer it."""
        for group in self._groups.values():
            for one in [one for one in group.waiting if one.visitor is visitor]:
                group.waiting.remove(one)
                group.forget(one.calls)
                if not group.waiting:
                    self._close(group)
                elif group.question is not None:
                    self._look(group)

    def answer(self, id: str, answer: Answer) -> bool:
        """Somebody answered an open question; False when there is none of that id."""
        group = next((one for one in self._groups.values() if one.question is not None and one.id == id), None)
        if group is None or group.question is None:
            return False
        group.answer, group.shown = answer, group.question
        if answer.for_session:
            self._remembered.keep_answer(group.key.agent, group.key.session, answer)
        allowed = None
        if answer.verb is Verb.LIMIT and answer.agents:
            fewer = group.launch._replace(calls=group.launch.calls[: answer.agents])
            allowed = self._judge.judge(fewer).told
        for one in group.take_waiting():
            self._apply(group, one, answer)
        self._write(group, group.question, answer, allowed)
        self._close(group)
        return True

    def due(self) -> float | None:
        """When something is to be looked at again, monotonic seconds."""
        if self._unwritten:
            return 0.0
        return min((group.due for group in self._groups.values() if group.waiting), default=None)

    def tick(self) -> None:
        """Apply defaults whose time has come, and look again at launches that may have grown."""
        self._write_down()
        at = monotonic()
        for group in [one for one in self._groups.values() if one.waiting]:
            question = group.question
            if question is not None and group.ends <= at:
                stops = question.at_end is Verb.STOP
                self.answer(group.id, Answer(Verb.EXPIRED, 0 if stops else None, "default"))
            elif group.looks <= at and (question is None or not group.complete):
                self._look(group)

    def _group(self, key: Key, ask: Ask) -> Group:
        now = self._now()
        if key not in self._groups:
            forget_old(self._groups, now - REMEMBERED_MS)
            self._groups[key] = Group(new_question_id(), key, ask, now, monotonic() + SETTLE_SECONDS)
        self._groups[key].seen_at = now
        return self._groups[key]

    def _come(self, visitor: Visitor, dialect: Dialect, event: str, ask: Ask, group: Group) -> None:
        """A call joins its group."""
        new = not any(call.id in group.calls for call in ask.calls)
        group.know(ask.calls)
        if new:
            # A call of a later reply: that reply is counted on its own.
            group.complete = False
            group.ask = group.ask._replace(transcript=ask.transcript, calls=ask.calls, counted=ask.counted)
        one = Waiting(visitor, dialect, event, tuple(call.id for call in ask.calls))
        answer = group.answer or self._remembered.answer(group.key.agent, group.key.session)
        if answer is not None and not self._grew(group, answer):
            self._apply(group, one, answer)
            if new and group.shown is not None:
                self._write(group, group.shown, answer)
            elif new:
                self._unwritten[group.id] = group
            return
        if answer is not None:
            group.earlier = (*group.earlier, group.id)
            group.answer, group.id = None, new_question_id()
        group.settle(one.calls, Fate.HELD)
        group.waiting.append(one)
        self._look(group)

    def _grew(self, group: Group, answer: Answer) -> bool:
        """Whether a launch that was told to run has grown past what was shown then."""
        shown = group.shown
        if answer.verb is not Verb.RUN or answer.for_session or shown is None:
            return False
        agents = len(group.launch.calls)
        if shown.forecast.cost is None:
            return agents > shown.agents
        judged = self._judge.judge(group.launch)
        middle = judged.forecast.cost.p50 if judged.forecast.cost else 0
        return agents > shown.agents and middle > shown.forecast.cost.p90 and judged.verdict.level >= Severity.AMBER

    def _prompted(self, visitor: Visitor, dialect: Dialect, event: str, pid: int, ask: Ask) -> None:
        """A process asks before its first request: alone it is nobody's business, beside others it is a loop."""
        if not ask.calls:
            visitor.say()
            return
        now = self._now()
        self._remembered.typed(dialect.agent, ask.session, ask.prompt)
        party = party_of(pid, dialect.programs)
        launch = self._remembered.take_covered(ask.cwd, now)
        if launch:
            self._audience.joined(launch, (ask.session,))
        if launch or not party.id:
            visitor.say()
            return
        key = Key(dialect.agent, f"party {party.id}", ask.cwd)
        known = self._groups.get(key)
        if known is not None and not known.waiting and known.seen_at < now - LOOP_MS:
            del self._groups[key]
        group = self._group(key, ask)
        if group.fates.get(ask.session) is Fate.LET_GO:
            visitor.say()
            return
        group.complete, group.at_least = True, party.headless
        in_turn = len(group.calls) + (ask.session not in group.calls)
        if party.headless < 2 and in_turn < LEAST_IN_TURN:
            group.know(ask.calls)
            group.settle((ask.session,), Fate.LET_GO)
            visitor.say()
            return
        self._come(visitor, dialect, event, ask, group)
        group.complete = True

    def _look(self, group: Group) -> None:
        """Count, judge, and ask or let go."""
        first = group.waiting[0]
        group.looks = monotonic() + (LOOK_SECONDS if group.question is None else GROW_SECONDS)
        if not group.complete and group.has_grown(size_of(group.ask.transcript)):
            siblings = siblings_in(group.ask.transcript, first.dialect, group.ask)
            group.know(siblings.calls)
            group.complete = siblings.complete
        launch, rules = group.launch, self._judge.rules()
        many = launch._replace(calls=(launch.calls * MANY)[: max(MANY, len(launch.calls))])
        if group.question is None and self._judge.is_quiet(launch if group.complete else many):
            self._let_go(group, None)
        elif group.complete or group.settles <= monotonic():
            judged = self._judge.judge(launch)
            if judged.verdict.level < Severity.AMBER or rules.mode_of(group.key.agent) != "ask":
                self._let_go(group, judged)
            else:
                self._open(group, judged, rules)

    def _open(self, group: Group, judged: Judged, rules: Rules) -> None:
        """Ask, or change what is asked as the launch grows."""
        question = question_of(group, judged, self._now())
        if question == group.question:
            return
        group.judged = judged
        red = question.verdict.level is Severity.RED
        seconds = rules.red_seconds if red else rules.amber_seconds
        if group.question is None:
            group.opened = monotonic()
        group.ends = group.opened + seconds
        group.question = replace(question, ends_at=question.asked_at + seconds * 1000,
                                 at_end=rules.red_default if red else rules.amber_default,
                                 default_by_company=rules.default_by_company(red=red))  # fmt: skip
        self._write(group, group.question, None)
        self._audience.questions_changed(self.questions, ())

    def _let_go(self, group: Group, judged: Judged | None) -> None:
        """Nobody is asked. The agents go on at once; what is kept of them is made when nobody waits."""
        for one in group.take_waiting():
            group.settle(one.calls, Fate.LET_GO)
            one.visitor.say()
        self._cover(group)
        self._close(group)
        group.judged = judged
        self._unwritten[group.id] = group

    def _write_down(self) -> None:
        """Keep what was let go: judged for the record, set aside for what it will cost, told if it is worth a word."""
        for group in self._unwritten.values():
            known = group.judged = group.judged or self._judge.judge(group.launch)
            self._judge.let_go(group.id, group.launch, known.forecast)
            for_session = self._remembered.answer(group.key.agent, group.key.session)
            self._write(group, question_of(group, known, self._now()), for_session)
            asks = self._judge.rules().mode_of(group.key.agent) == "ask"
            if known.verdict.level is Severity.NOTICE and not group.noticed and asks:
                group.noticed = True
                self._audience.noticed(group.launch, known, group.key.session)
        self._unwritten.clear()

    def _apply(self, group: Group, one: Waiting, answer: Answer) -> None:
        """Do with a call what was answered; a call that starts several goes whole or not at all."""
        if group.allows(answer, len(one.calls)):
            group.settle(one.calls, Fate.LET_GO)
            one.visitor.say()
            self._cover(group)
            if group.shown is not None:
                self._judge.let_go(group.id, group.launch, group.shown.forecast)
        else:
            group.settle(one.calls, Fate.DENIED)
            one.visitor.say(one.dialect.denial(one.event, reason_for(answer)))

    def _cover(self, group: Group) -> None:
        """The processes that a shell starts ask for themselves as well: they were answered here."""
        if group.ask.source is Source.SHELL:
            self._remembered.cover(group.ask.cwd, group.id, group.count(Fate.LET_GO), self._now())

    def _close(self, group: Group) -> None:
        if group.question is not None:
            group.question = None
            ended = ((group.id, group.answer),) if group.answer is not None else ()
            self._audience.questions_changed(self.questions, ended)

    def _write(self, group: Group, question: Question, answer: Answer | None, allowed: Told | None = None) -> None:
        if group.judged is not None:
            given = (answer, self._now()) if answer else None
            mode = self._judge.rules().mode_of(group.key.agent)
            self._audience.record(record_of(group, question, group.judged.told, mode, given, allowed))
