"""``taximeter guard``: the hooks through which agents ask before a launch; put in, taken out, looked at."""

from __future__ import annotations

from collections.abc import Sequence

import click

from taximeter.commands.desk import Desk
from taximeter.commands.documents import Document, iso, put
from taximeter.commands.hooks import Standing, client_source, hook_json, hook_places, line_of, standing
from taximeter.commands.line import LazyGroup
from taximeter.commands.options import as_json
from taximeter.commands.tables import one_line, wrapped
from taximeter.guard.install import HOOKED
from taximeter.guard.install.apply import Outcome, install, remove
from taximeter.guard.install.contract import Hold, Verified
from taximeter.host.settings import Settings
from taximeter.host.trouble import Trouble

NOT_IN_PLACE, CANNOT = 1, 69
MODES = {
    "ask": "Launches that a rule speaks of are asked about.",
    "observe": "Nothing is asked: the log says what would have been (mode observe).",
    "off": "Nothing is asked (mode off).",
}
OF_ONE = {
    "ask": "Its launches that a rule speaks of are asked about (its own mode ask).",
    "observe": "Nothing is asked of it: the log says what would have been (its own mode observe).",
    "off": "Nothing is asked of it (its own mode off).",
}
NOTHING_RUNS = "No Taximeter is running, so every launch goes on unasked."
NO_AGENT = "No agent that can be asked about was found; nothing was done."


def hooked_agent(context: click.Context, param: click.Parameter, value: str | None) -> str:
    """Refuses an agent that has no hooks of ours."""
    ids = [one.id for one in HOOKED]
    if value is not None and value not in ids:
        raise click.BadParameter(f"{value!r} is not known. There are: {', '.join(ids)}.", context, param)
    return value or ""


agent_argument = click.argument("agent", required=False, callback=hooked_agent)
dry_run_option = click.option("--dry-run", is_flag=True, help="Print the changes as a diff and change nothing.")


guard = LazyGroup(
    {
        "log": ("taximeter.commands.guard_log:log", "Launches with forecast, answer and what they came to."),
        "answer": ("taximeter.commands.answering:answer", "Answer an open question: stop, run, limit N."),
        "pause": ("taximeter.commands.answering:pause", "Ask nothing for some time."),
        "resume": ("taximeter.commands.answering:resume", "End a pause."),
    },
    name="guard",
    help="The question before a costly launch: its hooks, its answers, its log.",
)


@guard.command("install", short_help="Put the hooks into the agents' settings.")
@agent_argument
@dry_run_option
@click.pass_obj
def install_(desk: Desk, agent: str, *, dry_run: bool) -> int:
    """Put the hooks into the settings of AGENT, or of all agents found. A second time changes nothing."""
    where = hook_places(desk, agent)
    if not where:
        click.echo(NO_AGENT)
        return 0
    outcomes = install(desk.paths, line_of(desk), client_source(), where, dry_run=dry_run)
    code = told(outcomes, "Installed the hooks of", "The hooks are in place already:", dry_run=dry_run)
    if not dry_run:
        late = {one.place.agent.name for one in outcomes if one.changes and not one.place.agent.reloads}
        for name in sorted(late):
            click.echo(f"Sessions of {name} that already run ask only after they are started anew.")
    return code


@guard.command("remove", short_help="Take the hooks out of the agents' settings.")
@agent_argument
@dry_run_option
@click.pass_obj
def remove_(desk: Desk, agent: str, *, dry_run: bool) -> int:
    """Take the hooks out of the settings of AGENT, or of all agents, and leave the rest of them as it is."""
    return removed(desk, agent, dry_run=dry_run)


@guard.command("status", short_help="How the hooks stand; ends with 1 when not in place.")
@agent_argument
@click.option("--verify", is_flag=True, help="Ask the agents themselves too, where they can be asked.")
@as_json
@click.pass_obj
def status_(desk: Desk, agent: str, *, verify: bool, as_json: bool) -> int:
    """How the hooks stand. Ends with 1 when those of an agent that was found are not in place."""
    found = standing(desk, hook_places(desk, agent))
    asked = verified(desk, found) if verify else [None] * len(found)
    if as_json:
        put(status_document(desk, found, asked))
    else:
        click.echo(status_text(desk, found, asked))
    held = all(state.hold is Hold.INSTALLED for _, state in found)
    return 0 if held and not any(one is not None and one.holds is False for one in asked) else NOT_IN_PLACE


def removed(desk: Desk, agent: str, *, dry_run: bool) -> int:
    """Take hooks out and say so; the exit code."""
    outcomes = remove(desk.paths, hook_places(desk, agent), dry_run=dry_run)
    if not outcomes:
        click.echo(NO_AGENT)
    return told(outcomes, "Removed the hooks of", "There are no hooks:", dry_run=dry_run)


def told(outcomes: Sequence[Outcome], done: str, nothing: str, *, dry_run: bool) -> int:
    """Print what was done at each place, or would be, and return the exit code."""
    for outcome in outcomes:
        name, home = outcome.place.agent.name, one_line(str(outcome.place.home))
        if outcome.trouble is not None:
            click.echo(f"{name} in {home}: {outcome.trouble}", err=True)
        elif not outcome.changes:
            click.echo(f"{nothing} {name} in {home}")
        elif dry_run:
            click.echo(outcome.diff, nl=False)
        else:
            click.echo(f"{done} {name} in {home}")
    return CANNOT if any(outcome.trouble is not None for outcome in outcomes) else 0


def verified(desk: Desk, found: Standing) -> list[Verified | None]:
    """What the agents themselves say, one after another: each takes some seconds at most."""
    try:
        line = line_of(desk)
    except Trouble:
        return [None] * len(found)
    return [place.agent.verify(place.home, line, desk.env) for place, _ in found]


def status_document(desk: Desk, found: Standing, asked: Sequence[Verified | None]) -> Document:
    """The data of ``guard status --json``."""
    settings = desk.settings
    modes = [{**hook_json(*one), "mode": settings.question.mode_of(one[0].agent.id)} for one in found]
    said = [None if one is None else {"holds": one.holds, "sentence": one.sentence} for one in asked]
    return {
        "schema": 1,
        "generated_at": iso(desk.now),
        "mode": settings.question.mode,
        "mode_by_company": settings.company_source("question.mode") or None,
        "app_runs": desk.door("in_touch") is not None,
        "hooks": [{**one, "verified": words} for one, words in zip(modes, said, strict=True)],
    }


def status_text(desk: Desk, found: Standing, asked: Sequence[Verified | None]) -> str:
    """The same for people."""
    lines, question = [], desk.settings.question
    for (place, state), says in zip(found, asked, strict=True):
        lines.append(f"{place.agent.name}: {state.hold.value}")
        lines.append(f"  {one_line(str(place.home))}")
        lines += [f"  {line}" for line in wrapped(state.sentence, "")]
        lines += [f"  {line}" for line in wrapped(says.sentence, "")] if says else []
        mode = question.mode_of(place.agent.id)
        lines += [f"  {OF_ONE[mode]}"] if mode != question.mode else []
    if not found:
        lines.append("No agent that can be asked about was found.")
    lines += ["", MODES[question.mode], *decided_words(desk.settings)]
    if desk.door("in_touch") is None:
        lines.append(NOTHING_RUNS)
    return "\n".join(lines)


def decided_words(settings: Settings) -> list[str]:
    """What of the question the company decided, a sentence for each who told it."""
    said: dict[str, list[str]] = {}
    for key, source in settings.company:
        if key.startswith("question."):
            said.setdefault(source, []).append(key.removeprefix("question."))
    sentences = (f"Set by your company ({source}): {', '.join(keys)}." for source, keys in said.items())
    return [line for sentence in sentences for line in wrapped(one_line(sentence), "  ")]
