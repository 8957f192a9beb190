"""What every adapter is held to: its recordings. A new agent adds a line to ``SAMPLES`` and one to ``KEYS``."""

from __future__ import annotations

from hashlib import blake2b
from pathlib import Path
from typing import NamedTuple

from taximeter.agents import AGENTS
from taximeter.agents.contract import Agent, LogFile
from taximeter.collect.discovery import find_logs
from taximeter.collect.sources import find_sources
from taximeter.collect.ways import beside

RECORDED = Path(__file__).parents[1] / "fixtures" / "recorded"
AGENT_OF = {agent.id: agent for agent in AGENTS}
FIRST_SEEN_US = 1_790_000_000_000_000
SAMPLES = {
    "claude-code": ("claude/allow", "claude/ultra", "claude/deny"),
    "codex": ("codex/first", "codex/v2"),
    "gemini-cli": ("gemini/first", "gemini/thoughts", "gemini/document"),
    "qwen-code": ("qwen/first", "qwen/thoughts", "qwen/older"),
    "copilot-cli": ("copilot/first", "copilot/resumed", "copilot/resumed-summed", "copilot/resumed-anew"),
    "kimi-cli": ("kimi/older", "kimi/newer"),
    "pi": ("pi/forked", "pi/forked-later"),
    "opencode": ("opencode/first", "opencode/forked", "opencode/moved"),
}
"""Homes with an agent's logs, below the recordings."""
KEYS = {
    "claude-code": "508f94e5df1f4de8",
    "codex": "47b81eae393f83ae",
    "gemini-cli": "91e7ffb43feaec6d",
    "qwen-code": "5274ba16e250e22c",
    "copilot-cli": "b6f3a47b4c4bbd10",
    "kimi-cli": "2e1771ca8b232880",
    "pi": "f85eab0f7d8b4e34",
    "opencode": "c8dbc53c8c04acc9",
}
"""A digest of the keys of all requests in an agent's samples. If one changes, everybody's ledger counts them twice."""
HOMES = [(agent, sample) for agent, samples in SAMPLES.items() for sample in samples]


class SampleFile(NamedTuple):
    """One log of a sample."""

    agent: Agent
    path: Path
    log: LogFile

    @property
    def is_database(self) -> bool:
        """Whether ``query`` reads it."""
        return self.path.name.endswith(self.agent.databases)

    @property
    def is_document(self) -> bool:
        """Whether it is read as a whole."""
        return self.path.name.endswith(self.agent.documents)

    @property
    def lines(self) -> list[bytes]:
        """What a reader may be handed in one piece: its lines, or the whole document."""
        data = self.path.read_bytes()
        return [data] if self.is_document else data.splitlines(keepends=True)


def sample_files(agent: Agent) -> list[SampleFile]:
    """All logs of an agent's samples, in an order that does not change."""
    found: list[SampleFile] = []
    for sample in SAMPLES.get(agent.id, ()):
        sources = find_sources((agent,), {}, RECORDED / sample / "home", {})
        paths = sorted({each.path for each in find_logs(sources)})
        found += [SampleFile(agent, Path(path), LogFile(path, FIRST_SEEN_US, beside(agent, path))) for path in paths]
    return found


def digest_of_keys(keys: set[bytes]) -> str:
    """What ``KEYS`` holds."""
    return blake2b(b"".join(sorted(keys)), digest_size=8).hexdigest()
