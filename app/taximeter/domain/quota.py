"""Quotas: a limit over a period that covers named agents, homes or models, and what is left of it.

Amounts are integers in the quota's unit: nano-units of its currency for money, nano-credits for
credits (services count parts of them, with nine decimals at most), plain counts for tokens and
requests, hundredths of a percent for a vendor's plan window (which is never money). Times are
milliseconds since the Unix epoch in UTC.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import NamedTuple


class Unit(StrEnum):
    """What a quota counts."""

    MONEY = "money"
    TOKENS = "tokens"
    REQUESTS = "requests"
    CREDITS = "credits"
    PERCENT = "percent"
    """A share of a vendor's plan window, in hundredths of a percent; the window's size is not told."""


IN_PARTS = frozenset({Unit.MONEY, Unit.CREDITS})
"""Units whose amounts are billionths: nano-units and nano-credits."""


class QuotaKind(StrEnum):
    """Where a quota comes from."""

    LOCAL = "local"
    PLAN_WINDOW = "plan_window"
    TAXIMETER = "taximeter"
    LITELLM = "litellm"


SERVICE_KINDS = frozenset({QuotaKind.TAXIMETER, QuotaKind.LITELLM})
"""Where a company's service tells it."""


class QuotaState(StrEnum):
    """What a person should know at a glance; each has its own shape in the tray."""

    OK = "ok"
    WATCH = "watch"
    LOW = "low"
    SPENT = "spent"
    STALE = "stale"
    OFFLINE = "offline"
    SIGNED_OUT = "signed_out"


class Enforcement(StrEnum):
    """What the source does when nothing is left."""

    BLOCK = "block"
    THROTTLE = "throttle"
    WARN = "warn"
    NONE = "none"
    """It only counts, or another quota decides."""


@dataclass(frozen=True, slots=True)
class Increase:
    """An amount that was granted for a while and is part of the limit."""

    amount: int
    until: int | None
    """When it ends, ms UTC; None where the source does not tell."""


@dataclass(frozen=True, slots=True)
class Period:
    """A half-open stretch of time, ``start <= t < end``."""

    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Coverage:
    """What a quota pays for. An empty tuple does not narrow; entries may be shell-style globs."""

    agents: tuple[str, ...] = ()
    projects: tuple[str, ...] = ()
    models: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Quota:
    """A limit as its source tells it, before this desktop's own spending is taken off."""

    id: str
    name: str
    kind: QuotaKind
    unit: Unit
    currency: str
    """ISO 4217 for money, empty otherwise."""
    limit: int | None
    """None when unlimited."""
    spent: int
    """What the source says is used (for local quotas: the ledger's sum)."""
    not_billed: int
    """Covered requests priced here since ``as_of`` that the source cannot know yet."""
    held: int
    period: Period
    """Of a quota that is never reset: since its beginning, and as far ahead as is worth foretelling."""
    as_of: int
    covers: Coverage = Coverage()
    unpriced_tokens: int = 0
    """Covered tokens that have no price: ``spent`` is at least what it says."""
    used_up_at: int | None = None
    """When nothing was left any more, where the source can tell; None while something is."""
    soft_limit: int | None = None
    """From which use on the source warns; None where there is none."""
    enforcement: Enforcement = Enforcement.NONE
    suspended: bool = False
    """The source lets nothing through, whatever is left."""
    increase: Increase | None = None
    """What of the limit was granted for a while; None when nothing was."""
    resets: bool = True
    coverage_chosen: bool = True
    """False when nobody said what it pays for: nothing of this desktop's is taken off it then."""
    told_left: int | None = None
    """What the source itself says is left, before holds, where that need not be ``limit - spent``."""
    who: str = ""
    """Whom it is granted to, in the source's words."""
    scope: str = ""
    """What is counted together, in the source's words: a key, a person, a person in a team."""
    source: str = ""
    """Who set the limit, in the source's words; empty where it does not tell."""
    message: str = ""
    """What the source has to say of it, such as why it is suspended; shown as it is."""
    origin: str = ""
    """The host of the service that tells it; empty for what is counted here."""
    told_run_out: int | None = None
    """When the source itself expects it to run out, ms UTC; None where it does not tell."""
    request_url: str = ""
    """A page of the company's own for asking for more; empty where there is none."""
    held_for: tuple[tuple[str, int], ...] = ()
    """What of ``held`` the source holds for launches of this computer: each launch's id with the amount."""
    told_binds: bool = False
    """Whether the source says of this quota that it ends first, of all that it grants to this person."""

    @property
    def remaining(self) -> int | None:
        """What is left after this desktop's own spending and holds; None when unlimited."""
        left = self.told_left
        if left is None:
            if self.limit is None:
                return None
            left = self.limit - self.spent
        return left - self.not_billed - self.held

    @property
    def past_soft_limit(self) -> bool:
        """Whether what is used has passed the limit from which on the source warns."""
        return self.soft_limit is not None and self.spent + self.not_billed >= self.soft_limit


@dataclass(frozen=True, slots=True)
class Outlook:
    """A quota and what is to be expected of it at one's own pace."""

    quota: Quota
    state: QuotaState
    runs_out_at: int | None
    """None when it lasts past the reset, or when it is too early to say (see ``forecast_known``): then it is
    what the source expects, where that tells.

    For a spent quota the moment it was used up, where known.
    """
    forecast_known: bool
    """False until 3 % of the period has passed."""
    even_pace: int | None
    """What would be left now at an even pace over the period (the user's own activity profile)."""
    binds: bool
    """True for the one quota that ends first, or that has the smallest share left."""
    refused_at: int | None = None
    """When an agent was refused on its account, ms UTC, where its figure does not show that yet."""


class Refusal(NamedTuple):
    """A log line in which a vendor or a gateway refused work for want of budget or quota."""

    at: int
    agent: str
    session: str
    reason: str
    """``budget``, ``plan_window``, ``credit`` or ``rate``."""
