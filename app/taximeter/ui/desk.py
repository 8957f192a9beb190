"""What the windows are handed: the reads, the acts and the facts of this computer, all complete.

The composition root builds one ``Desk``. Nothing here knows where the answers come from, so the
gallery and the tests build theirs from made-up data.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import tzinfo
from enum import StrEnum
from typing import NamedTuple, TypeVar

from taximeter.domain.episodes import Memory, Wishes
from taximeter.domain.launch import Answer, Notice, Question, Rule
from taximeter.domain.thresholds import Thresholds
from taximeter.ledger.readmodels import Breakdown, DayRow, ProjectRow, SessionFilter, SessionPage, Snapshot
from taximeter.ui.company import Company, Submit
from taximeter.ui.settings_desk import SettingsDesk
from taximeter.ui.signing_in import SignIn

T = TypeVar("T")
PageKey = tuple[object, ...]
MOST_READ = 20
"""Decisions that are remembered as read."""


class IconStyle(StrEnum):
    """How the tray icon is drawn."""

    RING = "ring"
    NUMBER = "number"
    MONOCHROME = "monochrome"


@dataclass(frozen=True, slots=True)
class Preferences:
    """The settings that the windows follow. They are read once a change is announced."""

    hide_numbers: bool = False
    icon_style: IconStyle = IconStyle.RING
    show_clock: bool = False
    """Resets are shown as a time of day in place of a countdown."""
    first_run_done: bool = False
    names_in_notifications: bool = False
    """Projects and amounts may stand in desktop notifications, which a lock screen may show."""
    wishes: Wishes = Wishes()
    """What is told, and when there is to be quiet."""
    decisions_read: tuple[str, ...] = ()
    """The ids of the newest requests for more whose outcome was seen."""
    language: str = ""
    """What the windows speak, as ``language.speak`` takes it; empty follows the system."""

    def with_read(self, request: str) -> Preferences:
        """The same, with the outcome of that request seen; a service lists few, and only for a week."""
        return replace(self, decisions_read=(*self.decisions_read, request)[-MOST_READ:])


class BudgetPeriod(StrEnum):
    """How often a budget starts anew."""

    DAY = "day"
    WEEK = "week"
    MONTH = "month"


@dataclass(frozen=True, slots=True)
class BudgetChoice:
    """A budget of one's own as chosen in a window: ``amount`` in nano-units of ``currency``."""

    amount: int
    currency: str
    period: BudgetPeriod


class HookStanding(StrEnum):
    """Whether an agent asks before it starts others."""

    ON = "on"
    OFF = "off"
    ALTERED = "altered"
    """Its hooks are not as they should be, so that it may not ask."""
    OVERRIDDEN = "overridden"
    """Its own settings, or its administrator, keep hooks from running."""


class HookRow(NamedTuple):
    """One config folder of an agent that can be asked about."""

    agent: str
    name: str
    folder: str
    standing: HookStanding
    sentence: str
    """What there is to know beyond that; mostly empty."""
    diff: str
    """What switching it on would change in its files, or off where it is on, as a unified diff."""
    reloads: bool
    """Whether sessions that already run follow the switch; else only new ones do."""


@dataclass(frozen=True, slots=True)
class LedgerChanged:
    """Posted when the ledger took something in; the windows read again."""


@dataclass(frozen=True, slots=True)
class PreferencesChanged:
    """Posted when the settings file changed."""


@dataclass(frozen=True, slots=True)
class RaiseYourself:
    """Posted when the app was started a second time."""


@dataclass(frozen=True, slots=True)
class QuitAsked:
    """Posted when something other than the menu asks the app to end."""


@dataclass(frozen=True, slots=True)
class TroubleSeen:
    """Posted when work behind the windows failed; ``title`` and ``detail`` are for the person."""

    title: str
    detail: str


@dataclass(frozen=True, slots=True)
class QuestionsChanged:
    """Posted when a question came, changed or went: all that are open, the oldest first."""

    questions: tuple[Question, ...]
    ended: tuple[tuple[str, Answer], ...] = ()
    """The answers, whoever gave them, to questions that went with this change, by the question's id."""


@dataclass(frozen=True, slots=True)
class QuestionsPaused:
    """Posted when questions are paused until a time (ms), or with None when they are asked again."""

    until: int | None


@dataclass(frozen=True, slots=True)
class QuestionWanted:
    """Posted when something other than the icon asks to see the questions that wait."""


@dataclass(frozen=True, slots=True)
class SignInWanted:
    """Posted at the start when the last sign-in was kept by no keyring."""


@dataclass(frozen=True, slots=True)
class NoticeSeen:
    """Posted for a launch that runs and is worth a word; it holds nothing."""

    notice: Notice


@dataclass(frozen=True, slots=True)
class EpisodeActed:
    """Posted when an action of an episode's notification was pressed."""

    key: str
    action: str


@dataclass(frozen=True, slots=True)
class ActivationGiven:
    """Posted before what a press in a notification asks for: the desktop lets a window with it come forward."""

    token: str


@dataclass(frozen=True, slots=True)
class NoticeUntold:
    """Posted when the desktop does not show a notification; ``key`` is the notification's."""

    key: str


@dataclass(frozen=True, slots=True)
class Desk:
    """Everything a window may read or do. Reads may take milliseconds and go through ``submit``."""

    snapshot: Callable[[], Snapshot]
    session_page: Callable[[SessionFilter, PageKey | None, int], SessionPage]
    breakdown: Callable[[str], Breakdown | None]
    """None when there is no session of that id."""
    days: Callable[[int | None, int | None], tuple[DayRow, ...]]
    """From a time to a time (ms, either open), by local day, agent and model; oldest first."""
    projects: Callable[[int | None, int | None], tuple[ProjectRow, ...]]
    submit: Submit
    company: Company
    """What a person may ask of the company's service, on a thread of its own."""
    sign_in: SignIn
    """How the service is connected and signed in to."""
    start: Callable[[Callable[[object], None]], None]
    """Starts the threads; they call the given function, from any thread, with the payloads above
    or an ``IndexProgress``."""
    stop: Callable[[], None]
    """Stops the threads in order and closes the ledger; may take up to two seconds."""
    preferences: Callable[[], Preferences]
    save_preferences: Callable[[Preferences], None]
    set_budget: Callable[[BudgetChoice], None]
    """Raises ``Trouble`` when the settings cannot be written."""
    hooks: Callable[[], tuple[HookRow, ...]]
    """How the agents that can be asked about stand. Reads their files."""
    set_hooks: Callable[[str, bool], None]
    """Has the agent of that id ask, or not, in all its folders. Raises ``Trouble``; what could be done is done."""
    answer: Callable[[str, Answer], None]
    """Answers the question of that id; returns at once, from any thread. One that is not open is ignored."""
    raise_threshold: Callable[[Rule, Thresholds], None]
    """From now on the rule asks only from the higher threshold on. Raises ``Trouble`` when the settings cannot be
    used or written."""
    pause_questions: Callable[[int | None], None]
    """Asks nothing for so many minutes; None asks again from now on. Returns at once."""
    freshen: Callable[[], None]
    """A window opened whose figures should be fresh: the budget service is asked, if that was not done just now."""
    recall_told: Callable[[], Memory]
    """What was told before this start. Reads a file."""
    keep_told: Callable[[Memory], None]
    """Keeps what was told for the next start. Raises ``Trouble`` when it cannot be written."""
    now: Callable[[], int]
    zone: tzinfo
    agent_names: Mapping[str, str]
    """From an agent's id to the name people know it by."""
    settings_file: str
    settings: SettingsDesk
    """What the settings window reads and does."""
