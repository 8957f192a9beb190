"""Judges a launch from memory: what it will likely cost, and what the rules say of it against what is left now."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from dataclasses import replace

from taximeter.domain.answers import offer_higher, types_of
from taximeter.domain.coverage import covering
from taximeter.domain.experience import MAIN
from taximeter.domain.forecast import floor_cost, forecast, reading_cost, tell, upper_bound
from taximeter.domain.holds import Hold, hold_of, with_holds
from taximeter.domain.launch import Forecast, Kind, Level, Severity, Spread, Verdict, Wanted
from taximeter.domain.offer import CompanyOffer
from taximeter.domain.outlook import outlooks
from taximeter.domain.quota import Quota, QuotaKind
from taximeter.domain.raising import RAISED, raised
from taximeter.domain.refusal import after_refusal
from taximeter.domain.thresholds import Thresholds
from taximeter.domain.usage import Tokens
from taximeter.domain.verdict import Standing, judge, surely_silent
from taximeter.guard.dialect import Call
from taximeter.guard.judging import Judged, Launch, Rules
from taximeter.guard.knowledge import Knowledge

BYTES_A_TOKEN = 4
"""A prompt's size is known in bytes; English text has about four to a token."""
LEAST_TURNS = 2
"""An agent that does anything answers at least twice: a call of a tool, and its result."""
TURNS_AFTER = 5
"""How often the session that started agents carries their results along. Assumed: no log tells it beforehand."""
HOLD_MS = 2 * 3_600_000
CHEAPER_PERCENT = 70
"""Another model is named when its middle is under that share of what was asked for."""
_CANDIDATES = 4
_ON_THAT_MODEL = frozenset({Level.PROJECT, Level.MODEL})


class MemoryJudge:
    """See ``judging.Judge``. Lives on the doorbell's thread; ``know`` gives it something newer to judge by."""

    def __init__(self, knowledge: Knowledge, now: Callable[[], int]) -> None:
        self._known = knowledge
        self._now = now
        self._held: dict[str, Hold] = {}

    def know(self, knowledge: Knowledge) -> None:
        """Judge by this from now on."""
        now, recorded = self._now(), knowledge.recorded
        self._known = knowledge
        self._held = {id: hold for id, hold in self._held.items() if id not in recorded and hold.ends_at > now}

    @property
    def book(self) -> str:
        """The price book that forecasts are made with."""
        return self._known.book

    def rules(self) -> Rules:
        """The settings in force."""
        return self._known.rules

    def is_quiet(self, launch: Launch) -> bool:
        """Whether no rule can speak, told from an upper bound where there is one."""
        wanted = self._wanted(launch)
        upper = upper_bound(self._known.history.experience, wanted)
        if upper is None:
            # Without a range a forecast is only its floor, and costs nothing.
            return self.judge(launch).verdict.level is Severity.SILENT
        standing = self._standing(launch, wanted)
        return surely_silent(upper, len(launch.calls), standing, self._known.thresholds, self._now())

    def judge(self, launch: Launch) -> Judged:
        """The forecast and what the rules say of it."""
        wanted = self._wanted(launch)
        known, standing = self._known, self._standing(launch, wanted)
        told = tell(known.history.experience, wanted)
        asked = told.forecast

        def forecast_for(agents: int) -> Forecast:
            return asked if agents == asked.agents else forecast(known.history.experience, _first(wanted, agents))

        verdict = judge(forecast_for, asked.agents, standing, known.thresholds, self._now())
        kinds = tuple(Kind(one.type, one.model, one.count) for one in wanted)
        seen = Judged(told, verdict, kinds, known.currency, known.as_of)
        if verdict.level < Severity.AMBER:
            return seen
        worst = verdict.findings[0].rule.value.partition("_")[0]
        decided = any(key.startswith(f"thresholds.{worst}_") for key in known.rules.by_company)
        cheaper, company = self._cheaper(launch, wanted, asked), self._company(launch, wanted)
        if cheaper is not None and company is not None and company.model == cheaper[0]:
            cheaper = None  # it is named already
        offer = self._offer(launch.agent, kinds, verdict, asked)
        return seen._replace(cheaper=cheaper, offer=offer, company=company, threshold_by_company=decided)

    def let_go(self, id: str, launch: Launch, forecast: Forecast) -> None:
        """Set aside what the launch will likely cost, so that another terminal cannot be promised it too."""
        now = self._now()
        models = tuple({one.model for one in self._wanted(launch)})
        amount = hold_of(forecast, 0)
        currency = self._known.currency
        self._held[id] = Hold(id, launch.agent, launch.project, models, amount, currency, now, now + HOLD_MS)

    def _standing(self, launch: Launch, wanted: tuple[Wanted, ...]) -> Standing:
        known, now = self._known, self._now()
        models = tuple({one.model for one in wanted})
        # Of the launch's own agents that run already all is foreseen anew.
        others = [hold for hold in (*known.holds, *self._held.values()) if hold.launch not in launch.ids]
        fresh = [_as_of(quota, now) if known.in_touch else quota for quota in known.quotas]
        quotas = with_holds(fresh, others, now, launch.ids)
        seen = after_refusal(outlooks(quotas, known.profile, now), known.refusal, now)
        paying = covering(seen, launch.agent, launch.project, models, known.currency)
        return Standing(paying, known.profile, known.history.own)

    def _wanted(self, launch: Launch, on: str = "") -> tuple[Wanted, ...]:
        """The launch's agents by kind; all of them ``on`` one model where that is given."""
        counted: Counter[tuple[str, str]] = Counter()
        shortest: dict[tuple[str, str], int] = {}
        for call in launch.calls:
            kind = (call.type, on or self._model_of(launch, call))
            counted[kind] += 1
            shortest[kind] = min(shortest.get(kind, call.prompt_bytes), call.prompt_bytes)
        return tuple(self._one(launch, *kind, count, shortest[kind]) for kind, count in counted.items())

    def _one(self, launch: Launch, type: str, model: str, count: int, prompt_bytes: int) -> Wanted:
        history = self._known.history
        prompt = prompt_bytes // BYTES_A_TOKEN
        floor = floor_cost(self._price_on(model), history.preambles.get(launch.agent, 0), prompt, LEAST_TURNS) or 0
        reading = 0
        if type != MAIN:
            reader = self._price_on(self._main_model(launch))
            reading = reading_cost(reader, history.results.get(launch.agent, 0), TURNS_AFTER) or 0
        return Wanted(launch.agent, type, model, launch.project, count, floor, reading)

    def _price_on(self, model: str) -> Callable[[Tokens], int | None]:
        price = self._known.price
        return lambda tokens: price(model, tokens)

    def _main_model(self, launch: Launch) -> str:
        return launch.model or self._known.history.newest_model.get((launch.agent, MAIN), "")

    def _model_of(self, launch: Launch, call: Call) -> str:
        """The model a call will run on: as named, in full; else what such runs used last, or the session's own."""
        history = self._known.history
        if call.model:
            return self._full_name(launch.agent, call.model)
        newest = history.newest_model
        return newest.get((launch.agent, call.type)) or self._main_model(launch) or newest.get((launch.agent, ""), "")

    def _full_name(self, agent: str, model: str) -> str:
        """A model that is named in short, as the agent's own runs name it."""
        known = self._known.history.models.get(agent, ())
        return model if model in known else next((name for name in known if model in name), model)

    def _offer(self, agent: str, kinds: tuple[Kind, ...], verdict: Verdict, told: Forecast) -> Thresholds | None:
        """The thresholds to offer to somebody who let launches like it run before; none that the company decided."""
        known, rule = self._known, verdict.findings[0].rule
        if not offer_higher(known.answers, agent, types_of(kinds), rule):
            return None
        higher = raised(known.thresholds, verdict, told, known.history.own)
        if higher is None:
            return None
        changed = [name for name in RAISED[rule] if getattr(higher, name) != getattr(known.thresholds, name)]
        return None if any(f"thresholds.{name}" in known.rules.by_company for name in changed) else higher

    def _company(self, launch: Launch, wanted: tuple[Wanted, ...]) -> CompanyOffer | None:
        """What the company offers, with the range of the launch on its model."""
        offer = self._known.company
        if offer is None or not offer.model:
            return offer
        name = self._full_name(launch.agent, offer.model)
        if all(one.model == name for one in wanted):
            rest = offer._replace(model="")
            return rest if rest.text or rest.agent else None
        known = self._price_on(name)(Tokens(input=1_000_000)) is not None
        return offer._replace(model=name, cost=self._cost_on(name, launch) if known else None)

    def _cheaper(self, launch: Launch, wanted: tuple[Wanted, ...], told: Forecast) -> tuple[str, Spread] | None:
        """The model on which as many agents would likely cost least, if that is much less."""
        if told.cost is None:
            return None
        used = {one.model for one in wanted}
        others = [name for name in self._known.history.models.get(launch.agent, ()) if name not in used][:_CANDIDATES]
        found: tuple[str, Spread] | None = None
        for name in others:
            cost = self._cost_on(name, launch)
            limit = found[1].p50 if found else told.cost.p50 * CHEAPER_PERCENT // 100
            if cost is not None and cost.p50 < limit:
                found = (name, cost)
        return found

    def _cost_on(self, model: str, launch: Launch) -> Spread | None:
        """What as many agents would likely cost on a model; from runs of another one nothing can be said of it."""
        other = forecast(self._known.history.experience, self._wanted(launch, model))
        return other.cost if other.level in _ON_THAT_MODEL else None


def _as_of(quota: Quota, now: int) -> Quota:
    """A budget of one's own is told by the ledger, which nothing was added to since."""
    return replace(quota, as_of=now) if quota.kind is QuotaKind.LOCAL else quota


def _first(wanted: tuple[Wanted, ...], agents: int) -> tuple[Wanted, ...]:
    """The first so many agents of a launch; one that is to be judged larger than it is grows by its last kind."""
    left, taken = agents, []
    for one in wanted:
        count = min(one.count, left)
        left -= count
        taken.append(replace(one, count=count))
    if left and taken:
        taken[-1] = replace(taken[-1], count=taken[-1].count + left)
    return tuple(one for one in taken if one.count)
