"""``taximeter forecast --replay``: forecasts made again for the launches of the past, and how good they were."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import click

from taximeter.commands.documents import Document, head, put
from taximeter.commands.reading import OpenLedger
from taximeter.commands.score_text import ABOUT_INTERVALS, group_table, scores_json, scores_text
from taximeter.commands.status import old_words
from taximeter.commands.tables import wrapped
from taximeter.commands.wording import count_words
from taximeter.domain.calibration import Scored
from taximeter.domain.experience import MAIN
from taximeter.domain.launch import Observation
from taximeter.domain.replay import Replayed, replay
from taximeter.domain.scores import Scores, score, score_by
from taximeter.ledger.queries_days import day_start
from taximeter.ledger.queries_history import Memory, observations

ENOUGH = 100
"""With fewer launches the intervals are shown and nothing is claimed."""
BUCKETS = ((1, "1 agent"), (4, "2 to 4"), (9, "5 to 9"))
LARGEST = "10 or more"


@dataclass(frozen=True, slots=True)
class Replay:
    """What is to be told of a replay."""

    launches: Scores
    """Of subagents: what a person is asked about."""
    sessions: Scores
    """Of sessions of their own, which only a loop starts as a launch."""
    by_agent: Mapping[str, Scores]
    by_agents: Mapping[str, Scores]
    """By how many agents there were."""
    without_range: int
    cut_off: int


def print_replay(ledger: OpenLedger, agent: str, project: str, since_day: str, *, as_json: bool) -> None:
    """Replay the ledger's history and print how it went; all of it is learnt from, the filter picks what is scored."""
    found = replayed(ledger, agent, project, day_start(since_day) if since_day else 0)
    if as_json:
        put(replay_document(ledger, found))
    else:
        click.echo(replay_text(ledger, found))


def replayed(ledger: OpenLedger, agent: str, project: str, since: int) -> Replay:
    """The scores of the launches that the filter admits; ``since`` is ms UTC, empty strings admit all."""
    memory: Memory = {}
    seen = observations(ledger.connection, ledger.desk.now, ledger.desk.book().price, memory=memory)
    # The memory holds the runs in the order of the observations, those without a price among them.
    ended = [end for end, came in memory.values() if came is not None]
    result = replay(seen, ended)
    origins = _origins(seen)
    found = [(one, origins[one.at, one.agents, one.actual]) for one in result.scored if one.at >= since]
    admitted = [(one, origin) for one, origin in found if agent in ("", origin[0]) and project in ("", origin[1])]
    return _summed(admitted, result)


def replay_document(ledger: OpenLedger, found: Replay) -> Document:
    """The data of ``forecast --replay --json``."""
    return {
        **head(ledger),
        "launches": scores_json(found.launches),
        "sessions": scores_json(found.sessions),
        "by_agent": [{"agent": name, **scores_json(scores)} for name, scores in found.by_agent.items()],
        "by_agents": [
            {"agents": name.removesuffix(" agent"), **scores_json(scores)} for name, scores in found.by_agents.items()
        ],
        "without_range": found.without_range,
        "cut_off": found.cut_off,
    }


def replay_text(ledger: OpenLedger, found: Replay) -> str:
    """The same for people, in at most 80 columns."""
    count, names = found.launches.n, ledger.desk.names()
    lines = [f"{count_words(count, 'launch', 'launches')} foretold again, each from what was known before it."]
    if count:
        lines += ["", *scores_text(found.launches)]
    groups = [(names.get(agent, agent), scores) for agent, scores in found.by_agent.items()]
    groups += list(found.by_agents.items())
    if found.sessions.n:
        groups.append(("own sessions", found.sessions))
    if groups:
        lines += ["", group_table(groups), "", ABOUT_INTERVALS]
    return "\n".join([*lines, *_wrapped(_remarks(found)), *old_words(ledger)])


def _summed(admitted: Sequence[tuple[Scored, tuple[str, str]]], result: Replayed) -> Replay:
    launches = [(one, origin) for one, origin in admitted if one.type != MAIN]
    by_agent: dict[str, list[Scored]] = defaultdict(list)
    for one, origin in launches:
        by_agent[origin[0]].append(one)
    own = [one for one, _ in launches]
    by_size = score_by(own, _bucket)
    sizes = [name for _, name in BUCKETS] + [LARGEST]
    return Replay(
        score(own),
        score([one for one, _ in admitted if one.type == MAIN]),
        {agent: score(by_agent[agent]) for agent in sorted(by_agent)},
        {name: by_size[name] for name in sizes if name in by_size},
        result.without_range,
        result.cut_off,
    )


def _origins(seen: Sequence[Observation]) -> dict[tuple[int, int, int], tuple[str, str]]:
    """Agent and project of each launch, by what its score tells of it: when it began, its agents and its cost."""
    launches: dict[tuple[str, str], list[Observation]] = defaultdict(list)
    for number, run in enumerate(seen):
        launches[(run.agent, run.launch) if run.launch else ("", str(number))].append(run)
    return {
        (min(run.at for run in runs), len(runs), sum(run.cost for run in runs)): (runs[0].agent, runs[0].project)
        for runs in launches.values()
    }


def _bucket(one: Scored) -> str:
    return next((name for most, name in BUCKETS if one.agents <= most), LARGEST)


def _remarks(found: Replay) -> list[str]:
    count = found.launches.n
    said = []
    if not count:
        said.append("There is nothing to score yet: a forecast needs five earlier runs of an agent.")
    elif count < ENOUGH:
        said.append(f"{count} are too few to claim anything: the intervals say how little they tell.")
    said.append(_shortfall(found.launches))
    if found.without_range:
        said.append(f"No range could be told before {count_words(found.without_range, 'launch', 'launches')} of the "
                    "whole history: too few earlier runs.")  # fmt: skip
    if found.cut_off:
        said.append(f"{count_words(found.cut_off, 'launch', 'launches')} of it cannot be scored: a run was killed or "
                    "still goes on.")  # fmt: skip
    return said


def _shortfall(scores: Scores) -> str:
    """What it means when as many agents times one's own median told more; empty where it did not."""
    skill, middle = scores.skill, scores.middle_skill
    if skill is None or middle is None or min(skill.value, middle.value) >= 0:
        return ""
    worse = skill if skill.value < 0 else middle
    words = (
        "The skill is below 0: as many agents times your own median told these launches better, for with few runs "
        "of a kind a forecast leans on others that are less alike."
        if worse is skill
        else "Of the middle alone the skill is below 0: your own median was nearer than it. The skill over all counts "
        "the ends of the range too, which no single figure can tell."
    )
    return f"{words} Its interval holds 0, so it may be chance." if worse.high >= 0 else words


def _wrapped(said: Sequence[str]) -> list[str]:
    return ["", *(line for words in said for line in wrapped(words, ""))] if said else []
