"""A higher threshold is offered to those who dismiss the same warning again and again."""

import pytest

from taximeter.domain.answers import Answered, offer_higher, types_of
from taximeter.domain.launch import Kind, Rule, Verb

TYPES = types_of([Kind("explore", "big-5", 3), Kind("explore", "small-5", 1)])


def answered(*verbs: Verb) -> list[Answered]:
    return [Answered("a", TYPES, Rule.LEFT, verb) for verb in verbs]


@pytest.mark.parametrize(
    ("verbs", "offered"),
    [
        ((), False),
        ((Verb.RUN,), False),
        ((Verb.RUN, Verb.RUN), True),
        ((Verb.STOP, Verb.RUN, Verb.RUN), True),
        ((Verb.RUN, Verb.STOP, Verb.RUN), False),
        ((Verb.RUN, Verb.RUN, Verb.LIMIT), False),
        ((Verb.RUN, Verb.EXPIRED, Verb.RUN), True),
        ((Verb.EXPIRED, Verb.EXPIRED), False),
    ],
)
def test_after_two_run_answers_a_higher_threshold_is_offered(verbs: tuple[Verb, ...], offered: bool) -> None:
    assert offer_higher(answered(*verbs), "a", TYPES, Rule.LEFT) is offered


def test_only_the_same_kind_of_launch_and_the_same_rule_count() -> None:
    twice = answered(Verb.RUN, Verb.RUN)
    assert not offer_higher(twice, "b", TYPES, Rule.LEFT)
    assert not offer_higher(twice, "a", frozenset({"review"}), Rule.LEFT)
    assert not offer_higher(twice, "a", TYPES, Rule.PACE)
    mixed = [*twice[:1], twice[0]._replace(rule=Rule.PACE), twice[1]]
    assert offer_higher(mixed, "a", TYPES, Rule.LEFT)
