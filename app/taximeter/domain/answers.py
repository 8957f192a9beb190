"""What earlier answers say about the next question."""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple

from taximeter.domain.launch import Kind, Rule, Verb

RUNS_BEFORE_AN_OFFER = 2


class Answered(NamedTuple):
    """A question that was answered, as far as it tells what kind of launch it was about."""

    agent: str
    types: frozenset[str]
    """The types of its agents; how many there were and on which models does not matter."""
    rule: Rule
    """The one that its worst finding was of."""
    verb: Verb


def types_of(kinds: Iterable[Kind]) -> frozenset[str]:
    """What makes launches of one agent alike: the types of agents in them."""
    return frozenset(kind.type for kind in kinds)


def offer_higher(answers: Iterable[Answered], agent: str, types: frozenset[str], rule: Rule) -> bool:
    """Whether to offer a higher threshold with a question of this rule about such a launch.

    It is offered when a person's last two answers to the same kind of launch under the same rule
    were both ``run``. ``answers`` are ordered, the oldest first. An expired question was answered
    by nobody: it counts neither way.
    """
    alike = [
        one.verb
        for one in answers
        if (one.agent, one.types, one.rule) == (agent, types, rule) and one.verb is not Verb.EXPIRED
    ]
    return len(alike) >= RUNS_BEFORE_AN_OFFER and set(alike[-RUNS_BEFORE_AN_OFFER:]) == {Verb.RUN}
