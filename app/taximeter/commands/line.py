"""The command line: which commands there are, each loaded when it is called, and how it ends."""

from __future__ import annotations

import sys
from collections.abc import Mapping, Sequence
from importlib import import_module

import click

from taximeter.commands.desk import Desk
from taximeter.host.trouble import Trouble

DONE, DOES_NOT_HOLD, WRONG_USE, CANNOT_TELL, STOPPED = 0, 1, 2, 69, 130
"""Exit codes: also a check that was asked for and does not hold, and Ctrl-C."""

PLACES: Mapping[str, tuple[str, str]] = {
    "status": ("taximeter.commands.status:status", "What is left, what today cost, what runs now."),
    "sessions": ("taximeter.commands.sessions:sessions", "The list of sessions with what each cost."),
    "session": ("taximeter.commands.sessions:session", "One session taken apart: by run, by model."),
    "daily": ("taximeter.commands.sums:daily", "Sums by local day, agent and model."),
    "models": ("taximeter.commands.sums:models", "Sums by model, fast requests apart."),
    "projects": ("taximeter.commands.sums:projects", "Sums by project."),
    "forecast": ("taximeter.commands.forecast:forecast", "What a launch of agents will likely cost, and leave."),
    "budget": ("taximeter.commands.budget:budget", "What is left of each quota; set budgets of your own."),
    "team": ("taximeter.commands.team:team", "What is left for your people, and their requests for more."),
    "guard": ("taximeter.commands.guard:guard", "The question before a costly launch: hooks, answers, log."),
    "prices": ("taximeter.commands.prices:prices", "What models cost, and whether the list holds."),
    "agents": ("taximeter.commands.agents:agents", "The agents that are known, and where each is looked for."),
    "index": ("taximeter.commands.index:index", "Bring the ledger up to date and say what changed."),
    "export": ("taximeter.commands.export:export", "All requests as CSV, JSON or FOCUS rows."),
    "data": ("taximeter.commands.data:data", "The ledger's size; back it up, move it, purge it."),
    "uninstall": ("taximeter.commands.uninstall:uninstall", "Take the hooks out again and, asked twice, the data."),
    "serve": ("taximeter.commands.shows:serve", "Everything but the windows, for a machine without a screen."),
    "demo": ("taximeter.commands.shows:demo", "The tray on made-up work."),
    "gallery": ("taximeter.commands.shows:gallery", "Every screen in every state, as pictures."),
    "doctor": ("taximeter.commands.doctor:doctor", "What was found, read and skipped, and why."),
}
"""Where each command stands, and what it does in one line, so that the list loads none of them."""


class LazyGroup(click.Group):
    """Imports a command's module when the command is called."""

    def __init__(self, places: Mapping[str, tuple[str, str]], /, **attributes: object) -> None:
        super().__init__(**attributes)  # type: ignore[arg-type] # click's own
        self._places = places

    def list_commands(self, ctx: click.Context) -> list[str]:
        """All commands, in the order of the list."""
        return [*self._places, *super().list_commands(ctx)]

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """The command itself, loaded now; None when there is none of that name."""
        if cmd_name not in self._places:
            return super().get_command(ctx, cmd_name)
        module, name = self._places[cmd_name][0].split(":")
        command: click.Command = getattr(import_module(module), name)
        return command

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """The list of commands, from their one-line descriptions."""
        own = [(name, self.commands[name].get_short_help_str(60)) for name in super().list_commands(ctx)]
        with formatter.section("Commands"):
            formatter.write_dl([*((name, told) for name, (_, told) in self._places.items()), *own])


def program(more: Mapping[str, tuple[str, str]] | None = None) -> click.Group:
    """The whole command line; ``more`` adds commands that stand outside this package (place, one line)."""
    return LazyGroup(
        {**PLACES, **(more or {})},
        name="taximeter",
        help="What your coding agents cost and what is left. Without a command, the tray starts.",
        params=[click.Option(["--version"], is_flag=True, is_eager=True, expose_value=False, callback=_version,
                             help="Print the version.")],
        context_settings={"help_option_names": ["-h", "--help"]},
    )  # fmt: skip


def main(args: Sequence[str], desk: Desk, more: Mapping[str, tuple[str, str]] | None = None) -> int:
    """Run one command and return its exit code; what went wrong is said on standard error."""
    for stream in (sys.stdout, sys.stderr):
        reconfigure = getattr(stream, "reconfigure", None)
        if reconfigure:
            reconfigure(errors="replace")
    try:
        code = program(more).main(list(args), prog_name="taximeter", standalone_mode=False, obj=desk)
        sys.stdout.flush()
    except click.UsageError as error:
        error.show()
        return WRONG_USE
    except click.ClickException as error:
        click.echo(error.format_message(), err=True)
        return error.exit_code
    except (click.Abort, KeyboardInterrupt):
        click.echo("Stopped.", err=True)
        return STOPPED
    except BrokenPipeError:
        return _reader_left()
    except Trouble as trouble:
        click.echo(f"{trouble.title}: {trouble.detail}" if trouble.detail else trouble.title, err=True)
        return CANNOT_TELL
    return code if isinstance(code, int) else DONE


def _reader_left() -> int:
    """Whoever read the output has seen enough (``| head``); Python must not complain while it closes."""
    import os

    os.dup2(os.open(os.devnull, os.O_WRONLY), 1)
    return DONE


def _version(context: click.Context, _: click.Parameter, value: bool) -> None:  # noqa: FBT001 - click's way
    if value and not context.resilient_parsing:
        from taximeter.commands.versions import own_version

        click.echo(f"taximeter {own_version()}")
        context.exit()
