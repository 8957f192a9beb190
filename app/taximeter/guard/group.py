"""The calls of one prompt that belong together, and what has become of each."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from enum import Enum, auto
from typing import NamedTuple

from taximeter.domain.forecast import Told
from taximeter.domain.launch import Answer, Question, Source, Verb
from taximeter.guard.dialect import Ask, Call, Dialect
from taximeter.guard.judging import Judged, Launch, Record
from taximeter.guard.visitor import Visitor


class Key(NamedTuple):
    """What groups calls: the agent, and its session and prompt, or the party of processes."""

    agent: str
    session: str
    prompt: str


class Fate(Enum):
    """What has become of a call."""

    EXPECTED = auto()
    """It stands in the transcript; its hook has not come yet."""
    HELD = auto()
    LET_GO = auto()
    DENIED = auto()


class Waiting(NamedTuple):
    """A hook that waits for its answer."""

    visitor: Visitor
    dialect: Dialect
    event: str
    calls: tuple[str, ...]


@dataclass(slots=True)
class Group:
    """Lives and changes on the doorbell's thread."""

    id: str
    """Of the question about it."""
    key: Key
    ask: Ask
    """The first one."""
    seen_at: int
    """When its newest call came, ms."""
    settles: float
    """Until then a reply that is being written is waited for, monotonic seconds."""
    looks: float = 0.0
    """When its transcript is looked at again, monotonic seconds."""
    calls: dict[str, Call] = field(default_factory=dict)
    fates: dict[str, Fate] = field(default_factory=dict)
    waiting: list[Waiting] = field(default_factory=list)
    complete: bool = False
    at_least: int = 0
    """How many there are though their calls have not come yet (processes of one party)."""
    question: Question | None = None
    judged: Judged | None = None
    """What the open question, or the last one, says."""
    opened: float = 0.0
    ends: float = 0.0
    """When the open question was opened and when its default is applied, monotonic seconds."""
    answer: Answer | None = None
    shown: Question | None = None
    """What the answer was given to."""
    noticed: bool = False
    earlier: tuple[str, ...] = ()
    """Ids of the questions about it that were answered before."""
    seen_size: int = -1
    """How large its transcript was when it was looked at."""

    def know(self, calls: tuple[Call, ...]) -> None:
        """Take in calls, whose hooks may come later."""
        for call in calls:
            self.calls.setdefault(call.id, call)
            self.fates.setdefault(call.id, Fate.EXPECTED)

    def has_grown(self, size: int) -> bool:
        """Whether the transcript is of another size than when it was looked at; notes it."""
        grown, self.seen_size = size != self.seen_size, size
        return grown

    def take_waiting(self) -> list[Waiting]:
        """The hooks that wait, to be answered; nobody waits afterwards."""
        taken, self.waiting = self.waiting, []
        return taken

    def settle(self, calls: tuple[str, ...], fate: Fate) -> None:
        """Note what has become of calls."""
        for call in calls:
            self.fates[call] = fate

    def forget(self, calls: tuple[str, ...]) -> None:
        """Calls that nobody waits for any more were taken back."""
        for call in calls:
            self.calls.pop(call, None)
            self.fates.pop(call, None)

    def count(self, fate: Fate) -> int:
        """How many calls have that fate."""
        return sum(1 for one in self.fates.values() if one is fate)

    @property
    def project(self) -> str:
        """The folder that the agent works in, as the ledger names projects."""
        return self.ask.cwd.replace("\\", "/").rstrip("/").rpartition("/")[2]

    @property
    def launch(self) -> Launch:
        """All calls that run or may still run."""
        calls = [call for id, call in self.calls.items() if self.fates[id] is not Fate.DENIED]
        calls += calls[-1:] * (self.at_least - len(calls))
        return Launch(self.key.agent, self.project, tuple(calls), self.ask.model, (*self.earlier, self.id))

    @property
    def due(self) -> float:
        """When it is to be looked at again or its default applied, monotonic seconds."""
        if self.question is None:
            return self.looks
        return self.ends if self.complete else min(self.ends, self.looks)

    @property
    def may_grow(self) -> bool:
        """Whether there may be more agents than are counted."""
        return not self.ask.counted or not self.complete or self.ask.source is Source.LOOP

    def allows(self, answer: Answer, more: int) -> bool:
        """Whether an answer that was given lets ``more`` calls go as well."""
        if answer.verb is Verb.LIMIT:
            return self.count(Fate.LET_GO) + more <= (answer.agents or 0)
        return answer.verb is Verb.RUN or (answer.verb is Verb.EXPIRED and answer.agents is None)


def forget_old(groups: dict[Key, Group], before: int) -> None:
    """Drop the groups whose newest call came before then, and for which nobody waits."""
    for key in [key for key, group in groups.items() if not group.waiting and group.seen_at < before]:
        del groups[key]


def question_of(group: Group, judged: Judged, now: int) -> Question:
    """What is asked about a group; its end is the gate's to set."""
    before, verdict = group.question, judged.verdict
    already = group.count(Fate.LET_GO)
    if verdict.fits is not None and verdict.fits <= already:
        verdict = replace(verdict, fits=None)
    return Question(
        id=group.id, agent=group.key.agent, session=group.key.session, project=group.project, source=group.ask.source,
        kinds=judged.kinds, agents=judged.forecast.agents, already=already, counting=group.may_grow,
        forecast=judged.forecast, verdict=verdict, currency=judged.currency,
        asked_at=before.asked_at if before else now, ends_at=before.ends_at if before else 0,
        at_end=before.at_end if before else Verb.RUN, cheaper=judged.cheaper, as_of=judged.as_of,
        offer=judged.offer, company=judged.company, threshold_by_company=judged.threshold_by_company,
        default_by_company=before.default_by_company if before else False,
    )  # fmt: skip


def record_of(
    group: Group, question: Question, told: Told, mode: str, answer: tuple[Answer, int] | None, allowed: Told | None
) -> Record:
    """What is kept of a group; a call that starts several agents has one id in the agent's log."""
    calls = (id.partition("#")[0] for id, fate in group.fates.items() if fate is not Fate.DENIED)
    given, at = answer or (None, 0)
    return Record(question, told, group.key.prompt, tuple(dict.fromkeys(calls)), mode, given, at, allowed)
