"""docs/commands.md lists every command and option as the code has them."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

import click

from taximeter.commands.line import PLACES, program

PAGE = Path(__file__).parents[2] / "docs" / "commands.md"
START, END = "<!-- commands: made from the code -->\n", "<!-- end of commands -->\n"


def reference() -> str:
    """All commands with their options, in the order of ``--help``."""
    group = program()
    context = click.Context(group, info_name="taximeter")
    lines = list[str]()
    for name in PLACES:
        command = group.get_command(context, name)
        assert command is not None
        lines += described(command, f"taximeter {name}")
    return "\n".join(lines) + "\n"


def described(command: click.Command, path: str) -> Iterator[str]:
    """One command, its options, and its own commands."""
    arguments = [(one.name or "").upper() for one in command.params if isinstance(one, click.Argument)]
    yield f"### `{' '.join([path, *arguments])}`\n"
    yield f"{' '.join((command.help or '').split())}\n"
    options = [one for one in command.params if isinstance(one, click.Option)]
    for option in options:
        yield f"- `{', '.join(option.opts)}{value_of(option)}`: {option.help or ''}"
    if options:
        yield ""
    if isinstance(command, click.Group):
        context = click.Context(command)
        for name in command.list_commands(context):
            own = command.get_command(context, name)
            assert own is not None
            yield from described(own, f"{path} {name}")


def value_of(option: click.Option) -> str:
    """What follows an option; not as click words it, which changes with its version."""
    if option.is_flag:
        return ""
    choices = getattr(option.type, "choices", ())
    return f" {option.metavar or '|'.join(map(str, choices)) or option.type.name.upper()}"


def test_the_page_lists_every_command_as_the_code_has_it() -> None:
    before, _, rest = PAGE.read_text(encoding="utf-8").partition(START)
    _, _, after = rest.partition(END)
    wanted = f"{before}{START}\n{reference()}\n{END}{after}"
    if os.environ.get("TAXIMETER_NEW_REFERENCE"):
        PAGE.write_text(wanted, encoding="utf-8")
    assert PAGE.read_text(encoding="utf-8") == wanted, "run this test with TAXIMETER_NEW_REFERENCE=1"


def test_every_command_and_option_says_what_it_does() -> None:
    text = reference()
    assert "`: \n" not in text
    assert "###" in text
    assert not [line for line in text.splitlines() if line.startswith("- `") and line.endswith("`: ")]
