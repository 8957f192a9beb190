"""Logs to requests: one agent is one file. A new agent is its file and a line here."""

from __future__ import annotations

from taximeter.agents.claude_code import CLAUDE_CODE
from taximeter.agents.codex import CODEX
from taximeter.agents.contract import Agent
from taximeter.agents.copilot_cli import COPILOT_CLI
from taximeter.agents.gemini_cli import GEMINI_CLI
from taximeter.agents.kimi_cli import KIMI_CLI
from taximeter.agents.opencode import OPENCODE
from taximeter.agents.pi import PI
from taximeter.agents.qwen_code import QWEN_CODE

AGENTS: tuple[Agent, ...] = (CLAUDE_CODE, CODEX, GEMINI_CLI, QWEN_CODE, COPILOT_CLI, KIMI_CLI, PI, OPENCODE)
