"""Exact totals of logs that real agents wrote; they stay outside the project: where they are not, this is skipped."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from agents.metering import Meter, open_meter, picture, writer

from taximeter.agents import AGENTS
from taximeter.collect.discovery import find_unread
from taximeter.collect.indexing import index
from taximeter.collect.sources import find_sources
from taximeter.domain.usage import Tokens
from taximeter.ledger.bookmarks import load_bookmarks

LOGS = Path(__file__).parents[3] / "shared" / "logs"
NOW = 1_795_500_000_000

pytestmark = pytest.mark.skipif(not LOGS.is_dir(), reason="the shared logs are not on this computer")

TOTALS = [
    ("claude/computermode-test-repo", 137, Tokens(33_694, 2_982_869, 0, 522_649, 14_098)),
    ("claude/entireio-cli", 1_945, Tokens(90_248, 163_414_002, 4_665_293, 2_962_749, 280_231)),
    ("claude/entityprocess-agentv", 15, Tokens(17, 554_588, 0, 44_142, 2_070)),
    ("claude/r3zil-duck-town", 3_848, Tokens(74_339, 138_844_642, 3_912_249, 0, 8_806)),
    ("gemini/computermode-test-repo", 23, Tokens(75_824, 80_694, 0, 0, 2_687, 1_581)),
    ("gemini/entireio-cli", 17, Tokens(43_497, 161_019, 0, 0, 2_267, 1_447)),
    ("gemini/wingorithm-vibe-coding-comparison", 82, Tokens(564_496, 2_558_255, 0, 0, 42_077, 14_913)),
    ("copilot/computermode-test-repo", 5, Tokens(29_773, 73_484, 0, 0, 498)),
    ("copilot/entityprocess-agentv", 64, Tokens(85_792, 14_848, 0, 0, 20_367, 833)),
    ("pi/computermode-test-repo/agent", 4, Tokens(9, 9_566, 4_529, 0, 446)),
    ("codex/r1ddl30510-init", 244, Tokens(1_182_215, 10_881_792, 0, 0, 174_874, 105_536)),
]
VARIABLES = {"claude": "CLAUDE_CONFIG_DIR", "codex": "CODEX_HOME", "gemini": "GEMINI_DATA_DIR",
             "copilot": "COPILOT_HOME", "pi": "PI_CODING_AGENT_DIR"}  # fmt: skip
MEASURED = """SELECT count(*), sum(input), sum(cache_read), sum(cache_write_5m), sum(cache_write_1h), sum(output),
  sum(reasoning)"""


@pytest.fixture
def meter(tmp_path: Path) -> Iterator[Meter]:
    with open_meter(tmp_path) as opened:
        yield opened


def index_home(meter: Meter, source: str) -> None:
    """Index one of the shared folders as an agent's home, as its own variable names it."""
    variable = VARIABLES[source.partition("/")[0]]
    sources = find_sources(AGENTS, {variable: str(LOGS / source)}, meter.home, {})
    work = find_unread(sources, load_bookmarks(meter.connection))
    index(work, NOW, {}, writer(meter.connection).apply, lambda _: None)


@pytest.mark.parametrize(("source", "requests", "tokens"), TOTALS, ids=[row[0] for row in TOTALS])
def test_the_totals_are_exact(meter: Meter, source: str, requests: int, tokens: Tokens) -> None:
    index_home(meter, source)
    reasoning = () if tokens.reasoning else ("reasoning",)
    found = meter.one(f"{MEASURED} FROM request")
    assert (found[0], Tokens(*found[1:])._replace(**dict.fromkeys(reasoning, 0))) == (requests, tokens)
    summed = MEASURED.replace("count(*)", "sum(requests)")
    assert meter.one(f"{summed} FROM rollup") == found
    assert meter.one(f"{summed} FROM session") == found


@pytest.mark.parametrize("source", [row[0] for row in TOTALS if row[0].startswith("gemini/")])
def test_no_usage_line_of_a_real_chat_is_skipped_and_each_is_priced(meter: Meter, source: str) -> None:
    index_home(meter, source)
    assert meter.one("SELECT count(*) FROM skipped") == (0,)
    assert meter.one("SELECT count(*) FROM request WHERE pricing = 2") == (0,)


@pytest.mark.parametrize("source", [row[0] for row in TOTALS if row[0].startswith(("copilot/", "pi/"))])
def test_no_usage_line_of_these_is_skipped_and_only_a_model_without_a_price_is_unpriced(
    meter: Meter, source: str
) -> None:
    index_home(meter, source)
    assert meter.one("SELECT count(*) FROM skipped") == (0,)
    found = meter.connection.execute("SELECT DISTINCT name FROM request JOIN model ON id = model_id WHERE pricing = 2")
    assert {name for (name,) in found} <= {"gpt-5.3-codex-spark"}


def test_what_an_agent_says_itself_is_kept_beside_the_cost_and_means_what_it_counts(meter: Meter) -> None:
    index_home(meter, "pi/computermode-test-repo/agent")
    assert meter.one("SELECT sum(claimed_cost) - (SELECT sum(cost) FROM session) FROM request") == (0,)
    index_home(meter, "copilot/computermode-test-repo")
    assert meter.one("SELECT sum(claimed_cost) FROM request WHERE marks & 1024") == (2_000_000_000,)


def test_94_answers_of_subagents_stand_only_in_their_parents_progress_lines(meter: Meter) -> None:
    index_home(meter, "claude/entireio-cli")
    query = "SELECT count(*) FROM request JOIN run ON run.id = run_id WHERE kind = 'subagent'"
    assert meter.one(query) == (94,)


def test_output_that_old_versions_did_not_log_is_marked_as_a_floor(meter: Meter) -> None:
    index_home(meter, "claude/r3zil-duck-town")
    floors, requests = meter.one("SELECT sum(floors), sum(requests) FROM session")
    assert floors > 0.99 * requests


@pytest.mark.parametrize("source", [row[0] for row in TOTALS[2:]])
def test_reading_again_changes_nothing(meter: Meter, source: str) -> None:
    index_home(meter, source)
    before = picture(meter.connection)
    meter.connection.execute("UPDATE file SET parser = 0")
    index_home(meter, source)
    assert picture(meter.connection) == before


@pytest.mark.parametrize("case", sorted(LOGS.glob("codex/steipete-*/*")), ids=lambda case: case.name)
def test_forks_of_the_codexbar_fixtures_never_count_a_parents_request_twice(meter: Meter, case: Path) -> None:
    index_home(meter, str(case.relative_to(LOGS)))
    query = "SELECT count(*), count(DISTINCT at || input || cache_read || output) FROM request"
    counted, distinct = meter.one(query)
    assert counted == distinct
