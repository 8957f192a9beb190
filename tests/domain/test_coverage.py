"""A quota covers a launch exactly when the ledger's sums count such requests for it."""

import itertools
from pathlib import Path

import pytest
from made_ledger import DAY, Made, at, make
from made_standing import USD, seen

from taximeter.domain.coverage import covering, covers
from taximeter.domain.quota import Coverage, Unit
from taximeter.ledger.queries_spending import spent

START = at("2026-03-05T00:00:00")
ROWS = tuple(itertools.product(["a-one", "B[1]"], ["shop", "Shop-x", ""], ["big-5", "small-5.1"]))
PATTERNS: tuple[tuple[str, ...], ...] = ((), ("*",), ("shop",), ("[Ss]hop*", "B[[]1]"), ("?-one", "big-[!4]"), ("",))


@pytest.mark.parametrize("agents", PATTERNS, ids=repr)
def test_covers_means_what_the_sums_of_the_ledger_mean(tmp_path: Path, agents: tuple[str, ...]) -> None:
    """Each row costs a power of two, so that a sum tells which rows are in it."""
    requests = [
        Made(f"s{bit}", START + bit, cost=4 << bit, agent=agent, project=project, model=model)
        for bit, (agent, project, model) in enumerate(ROWS)
    ]
    connection = make(tmp_path / "ledger.db", requests)
    for projects, models in itertools.product(PATTERNS, PATTERNS):
        coverage = Coverage(agents, projects, models)
        summed = spent(connection, START - DAY, START + 3 * DAY, coverage).cost.total
        expected = [covers(coverage, agent, project, (model,)) for agent, project, model in ROWS]
        assert summed == sum(4 << bit for bit, covered in enumerate(expected) if covered)
    connection.close()


def test_a_launch_on_several_models_is_covered_when_one_of_them_is() -> None:
    only_big = Coverage(models=("big*",))
    assert covers(only_big, "a", "p", ("small-5", "big-5"))
    assert not covers(only_big, "a", "p", ("small-5",))


def test_a_model_that_is_not_known_is_covered_only_where_any_is() -> None:
    assert covers(Coverage(), "a", "p", ())
    assert covers(Coverage(models=("*",)), "a", "p", ())
    assert not covers(Coverage(models=("big*",)), "a", "p", ())
    assert not covers(Coverage(models=("big*",)), "a", "p", ("",))


def test_only_quotas_in_that_money_are_held_against_a_launch() -> None:
    dollars, euros = seen(USD, id="usd"), seen(USD, id="eur", currency="EUR")
    tokens = seen(USD, id="tokens", unit=Unit.TOKENS, currency="USD")
    others = seen(USD, id="others", covers=Coverage(agents=("other",)))
    assert covering((others, tokens, euros, dollars), "a", "p", (), "USD") == (dollars,)
