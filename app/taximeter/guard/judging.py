"""What the gate asks of whoever judges a launch, and in which words."""

from __future__ import annotations

from typing import NamedTuple, Protocol

from taximeter.domain.forecast import Told
from taximeter.domain.launch import Answer, Forecast, Kind, Question, Spread, Verb, Verdict
from taximeter.domain.offer import CompanyOffer
from taximeter.domain.thresholds import Thresholds
from taximeter.guard.dialect import Call


class Launch(NamedTuple):
    """Agents that are about to start, or have just been let go, under one prompt."""

    agent: str
    project: str
    calls: tuple[Call, ...]
    model: str = ""
    """Of the session that starts them, where it is told."""
    ids: tuple[str, ...] = ()
    """Under which some of them may have been let go already."""


class Judged(NamedTuple):
    """What is to be said of a launch."""

    told: Told
    verdict: Verdict
    kinds: tuple[Kind, ...]
    currency: str
    as_of: int
    cheaper: tuple[str, Spread] | None = None
    offer: Thresholds | None = None
    """See ``Question.offer``."""
    company: CompanyOffer | None = None
    """See ``Question.company``."""
    threshold_by_company: bool = False

    @property
    def forecast(self) -> Forecast:
        """What it will likely cost."""
        return self.told.forecast


class Rules(NamedTuple):
    """How questions are asked, from the settings in force."""

    mode: str = "ask"
    """``ask``, ``observe`` (nothing is asked, the log says what would have been) or ``off``; of all agents that
    have none of their own."""
    amber_seconds: int = 25
    amber_default: Verb = Verb.RUN
    red_seconds: int = 600
    red_default: Verb = Verb.STOP
    agents: tuple[tuple[str, str], ...] = ()
    """By an agent's id: a mode of its own."""
    by_company: frozenset[str] = frozenset()
    """What of the question the company decided, by key: ``red_default``, ``thresholds.cold_amount``."""

    def mode_of(self, agent: str) -> str:
        """How launches of an agent are treated."""
        return next((mode for id, mode in self.agents if id == agent), self.mode)

    def default_by_company(self, *, red: bool) -> bool:
        """Whether the company decided what an unanswered question comes to, or when."""
        return not self.by_company.isdisjoint({"red_default", "red_wait"} if red else {"amber_default", "amber_after"})


class Record(NamedTuple):
    """What is kept of a launch, written before it starts and again when it is answered."""

    question: Question
    told: Told
    """The question's forecast, with what its score will need."""
    prompt: str
    calls: tuple[str, ...]
    """The agent's own ids of the calls, by which its log names the runs."""
    mode: str
    answer: Answer | None = None
    """None while it is open, and for a launch that nobody was asked about."""
    answered_at: int = 0
    allowed: Told | None = None
    """After a limit: the forecast of the agents that were let go."""


class Judge(Protocol):
    """Knows the history, the quotas and the settings; called on the doorbell's thread, answers from memory."""

    def rules(self) -> Rules:
        """The settings in force."""

    def is_quiet(self, launch: Launch) -> bool:
        """Whether no rule can speak, told without making a forecast."""

    def judge(self, launch: Launch) -> Judged:
        """The forecast and what the rules say of it."""

    def let_go(self, id: str, launch: Launch, forecast: Forecast) -> None:
        """The launch starts: what it will likely cost is set aside until the ledger has it."""


class Audience(Protocol):
    """Who hears of questions; called on the doorbell's thread, and never waits."""

    def questions_changed(self, questions: tuple[Question, ...], ended: tuple[tuple[str, Answer], ...]) -> None:
        """All questions that are open now, oldest first, and those that were answered just now, by id."""

    def noticed(self, launch: Launch, judged: Judged, session: str) -> None:
        """A launch that is let go is worth a word."""

    def record(self, record: Record) -> None:
        """To be written into the ledger."""

    def joined(self, id: str, calls: tuple[str, ...]) -> None:
        """More of the agent's own ids that belong to a launch: sessions that a shell's command line started."""

    def unusable(self, agent: str, why: str) -> None:
        """A hook's input could not be used; its agent goes on."""
