"""How many agents a command line starts, as far as its text tells."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from taximeter.guard.dialects import claude_code, codex
from taximeter.guard.fanout import FanOut, fan_out

PROGRAMS = claude_code.PROGRAMS + codex.PROGRAMS


@pytest.mark.parametrize(
    ("command", "agents", "counted"),
    [
        ('for i in 1 2 3 4; do claude -p "task $i" & done; wait', 4, True),
        ("for i in {1..8}; do claude --print go & done", 8, True),
        ("for i in $(seq 3 5); do codex exec go & done", 3, True),
        ("for i in `seq 6`; do codex exec --full-auto go; done", 6, True),
        ("for i in $(seq 1 2 9)\ndo\n  claude -p $i\ndone", 5, True),
        ("for ((i=0; i<7; i++)); do claude -p $i & done", 7, True),
        ("for f in a b; do for g in 1 2 3; do claude -p $f$g; done; done", 6, True),
        ("for f in *.py; do claude -p fix $f & done", 2, False),
        ("while read f; do claude -p $f; done < list", 2, False),
        ("claude -p one & claude -p two & codex exec three & wait", 3, True),
        ("ls | xargs -P 5 -I{} claude -p {}", 5, False),
        ("cat list | parallel -j 9 codex exec {}", 9, False),
        ("ls | xargs -n1 claude -p", 2, False),
        ("cd /x && /usr/local/bin/claude --model opus -p a & ~/bin/claude -p b", 2, True),
    ],
)
def test_agents_in_a_command_line_are_counted(command: str, agents: int, counted: bool) -> None:
    assert fan_out(command, PROGRAMS) == FanOut(agents, counted)


@pytest.mark.parametrize(
    "command",
    [
        "claude -p 'one agent'", "codex exec go", "for i in 1 2 3; do echo $i; done", "ls claude -la",
        "claude --version", "for i in 1 2 3; do echo myclaude -p; done",
        "git commit -m 'claude -p & claude'", "grep codex executor", "",
    ],
)  # fmt: skip
def test_one_agent_or_none_is_no_fan_out(command: str) -> None:
    assert fan_out(command, PROGRAMS) is None


def test_a_loop_without_an_end_counts_as_many_and_is_not_certain() -> None:
    nested = "for i in {1..99999}; do for j in {1..99999}; do claude -p x; done; done"
    assert fan_out(nested, PROGRAMS) == FanOut(10_000, counted=False)


@given(st.text(max_size=400))
def test_no_text_breaks_it(text: str) -> None:
    fan_out(text, PROGRAMS)


@pytest.mark.parametrize("piece", ["claude ", "for a in  ", "xargs ", " ", "for ((", "while "])
def test_a_hostile_text_does_not_make_a_pattern_explode(piece: str) -> None:
    # A pattern that explodes would take minutes, which nobody would wait for.
    fan_out("claude -p & " + piece * 1_000_000, PROGRAMS)
