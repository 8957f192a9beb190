"""The agents that can be asked about: how their hooks speak and are installed. A new agent is a line in each."""

from __future__ import annotations

from taximeter.guard.dialect import Dialect
from taximeter.guard.dialects.claude_code import CLAUDE_CODE
from taximeter.guard.dialects.codex import CODEX
from taximeter.guard.install.claude_code import HOOKED_CLAUDE_CODE
from taximeter.guard.install.codex import HOOKED_CODEX
from taximeter.guard.install.contract import HookedAgent

HOOKED: tuple[HookedAgent, ...] = (HOOKED_CLAUDE_CODE, HOOKED_CODEX)

DIALECTS: dict[str, Dialect] = {dialect.agent: dialect for dialect in (CLAUDE_CODE, CODEX)}
