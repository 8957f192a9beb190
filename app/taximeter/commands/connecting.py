"""``taximeter budget connect`` and ``disconnect``: the company's budget service."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING

import click

from taximeter.commands.desk import Desk
from taximeter.commands.options import WrongUse
from taximeter.commands.quota_text import covered
from taximeter.commands.tables import wrapped
from taximeter.host.service_settings import KINDS, ServiceSetting, parse_origin
from taximeter.host.trouble import Trouble

if TYPE_CHECKING:
    from taximeter.budget.contract import Failure
    from taximeter.budget.discovery import Discovery

CAPABILITIES = {
    "team": "the team's to its manager", "increase_requests": "asking for more", "policy": "your company's policy",
    "holds": "amounts set aside",
}  # fmt: skip
"""What a service may offer beside budgets, in people's words."""
WAYS = {"device": "with a code on a page of your company's", "bearer": "with a token"}
KEEPS_WORDS = {"allow_extra_args": True, "ignore_unknown_options": True}
"""Click repeats words that it does not expect; one of them may be a token."""


@click.command(context_settings=KEEPS_WORDS)
@click.argument("kind")
@click.argument("origin")
@click.option("--name", metavar="NAME", help="What you call it.")
@click.option("--everything", is_flag=True, help="It pays for all that agents do on this computer.")
@click.option("--agents", metavar="PATTERNS", help="It pays for these agents alone, separated by commas.")
@click.option("--projects", metavar="PATTERNS", help="It pays for these projects alone.")
@click.option("--models", metavar="PATTERNS", help="It pays for these models alone.")
@click.option("--ca-file", type=click.Path(exists=True, dir_okay=False, resolve_path=True, path_type=Path),
              metavar="FILE", help="Certificates of your company's own authority.")  # fmt: skip
@click.option("--token-command", metavar="WORDS", help="A program with its arguments that prints the token.")
@click.pass_context
def connect(context: click.Context, /, kind: str, origin: str, **options: str | bool | Path | None) -> None:
    """Connect a budget service of a KIND (litellm, taximeter) at an ORIGIN (https://budget.example.com)."""
    from taximeter.budget.discovery import Discovery
    from taximeter.host.settings_edit import put_service

    desk: Desk = context.obj
    refuse_words(context)
    wanted = chosen_service(desk.settings.service, kind, origin, options)
    found = looked_at(desk, wanted)
    if isinstance(found, Discovery) and not wanted.name:
        wanted = wanted._replace(name=found.name)
    put_service(desk.paths, wanted)
    say(f"Connected to {called(wanted)}.", *found_words(found))
    say(sent_words(wanted), cover_words(wanted), *token_words(desk, wanted), *running_words(desk))


@click.command()
@click.option("--sign-out", "forget", is_flag=True, help="Forget the token too, without being asked.")
@click.pass_obj
def disconnect(desk: Desk, *, forget: bool) -> None:
    """Take the budget service out of the settings; it is not asked any more."""
    from taximeter.commands.signing import forget_all
    from taximeter.host.secrets import stored_origins
    from taximeter.host.settings_edit import remove_service

    old = connected(desk)
    if not remove_service(desk.paths):
        raise Trouble(
            f"{called(old)} was set for this computer",
            f"It stands in {desk.paths.machine_settings_file}, which an administrator can change.",
        )
    say(f"Disconnected from {called(old)}. It is not asked any more.")
    if not stored_origins(desk.paths.token_marker):
        return
    asks = sys.stdin.isatty()
    if forget or (asks and click.confirm("Its token still lies in the keyring. Forget it too?", default=True)):
        forget_all(desk)
    else:
        say("Its token still lies in the keyring. Forget it with: taximeter budget sign-out")


def chosen_service(
    old: ServiceSetting, kind: str, origin: str, options: dict[str, str | bool | Path | None]
) -> ServiceSetting:
    """The service that the words of the command line describe; of the same one, what is not told stays.

    Raises:
        click.ClickException: a word cannot be used.
    """
    from taximeter.budget.kinds import SERVICES

    if kind not in KINDS[1:] or kind not in SERVICES:
        raise click.BadParameter(f"It has to be {' or '.join(SERVICES)}.", param_hint="KIND")
    address = parse_origin(origin)
    if address is None:
        told = "It has to be https:// and a host, such as https://budget.example.com; http:// is for this computer"
        raise click.BadParameter(f"{told} alone. A user, a key or a question mark has no place in it.",
                                 param_hint="ORIGIN")  # fmt: skip
    kept = old if (old.kind, old.origin) == (kind, address) else ServiceSetting(kind, address)
    agents, projects, models = (_patterns(options.get(key)) for key in ("agents", "projects", "models"))
    narrowed = bool(agents or projects or models)
    if options.get("everything") and narrowed:
        raise click.UsageError("--everything and patterns contradict each other.")
    if options.get("everything") or narrowed:
        kept = kept._replace(everything=not narrowed, agents=agents, projects=projects, models=models)
    return _with_ways(kept, options)


def looked_at(desk: Desk, setting: ServiceSetting) -> Discovery | Failure | None:
    """What the service says of itself to everybody, or why it says nothing; None where its kind says nothing."""
    from taximeter.budget.signing_in import find

    return find(setting.origin, setting.ca_file, desk.clock) if setting.kind == "taximeter" else None


def found_words(found: Discovery | Failure | None) -> list[str]:
    """What it offers; or that it was not reached, which only delays."""
    from taximeter.budget.contract import Failure

    if found is None:
        return []
    if isinstance(found, Failure):
        return [f"{found.sentence}. It is connected all the same, and asked again by itself."]
    offered = [words for name, words in CAPABILITIES.items() if name in found.capabilities]
    ways = [words for name, words in WAYS.items() if name in {way.kind for way in found.sign_in}]
    told = f"It offers {', '.join(['your budgets', *offered])}."
    return [f"{told} You sign in {' or '.join(ways)}." if ways else told]


def connected(desk: Desk) -> ServiceSetting:
    """The service that is connected. Raises ``WrongUse`` when there is none."""
    setting = desk.settings.service
    if not setting.kind:
        raise WrongUse("No budget service is connected", "taximeter budget connect KIND ORIGIN")
    return setting


def called(setting: ServiceSetting) -> str:
    """What people call a service, and where it is."""
    return f"{setting.name} at {setting.origin}" if setting.name else setting.origin


def refuse_words(context: click.Context) -> None:
    """Refuses words too many without repeating them: one of them may be a token."""
    if context.args:
        raise WrongUse(
            "There are words or options too many",
            "See --help. A token never stands in a command line, where others on this computer can read it; "
            "give it to: taximeter budget sign-in",
        )


def sent_words(setting: ServiceSetting) -> str:
    """What goes to the service, and to whom."""
    return (
        f"Your token goes to {setting.host} and nowhere else, with the question what is left of your budget: "
        "every few minutes while agents work, hourly else. No prompt is sent, and no name of a "
        "project or file. A service that sets amounts aside is told one, and how many agents start, of each launch "
        "that you let go."
    )


def cover_words(setting: ServiceSetting) -> str:
    """What its quotas pay for."""
    if not setting.coverage_chosen:
        return (
            "Nobody said what it pays for, so nothing that you use is taken off its figures before the service counts "
            "it. Say it by connecting again with --everything, or with --agents, --projects or --models."
        )
    return f"It pays for {', '.join(covered(setting.agents, setting.projects, setting.models)) or 'everything'}."


def token_words(desk: Desk, setting: ServiceSetting) -> list[str]:
    """Where the token comes from, or how to sign in."""
    from taximeter.budget.keyholder import Place
    from taximeter.commands.signing import keyholder
    from taximeter.host.secrets import VARIABLE

    match keyholder(desk).place(setting):
        case Place.VARIABLE:
            return [f"The token is that of {VARIABLE}, which the app has to be started with."]
        case Place.COMMAND:
            return [f"The token is what {setting.token_command[0]} prints."]
        case Place.KEYRING:
            return ["The token lies in this computer's keyring."]
    return ["Next, sign in: taximeter budget sign-in"]


def running_words(desk: Desk) -> list[str]:
    """Who asks the service, where nobody does."""
    told = "Taximeter does not run now. The service is asked while it does: start it, or taximeter serve."
    return [] if desk.app_runs() else [told]


def say(*sentences: str) -> None:
    """Each sentence on lines of its own."""
    for sentence in sentences:
        click.echo("\n".join(wrapped(sentence, "")))


def _with_ways(kept: ServiceSetting, options: dict[str, str | bool | Path | None]) -> ServiceSetting:
    import shlex

    name, ca_file, command = options.get("name"), options.get("ca_file"), options.get("token_command")
    if name is not None:
        kept = kept._replace(name=str(name).strip())
    if isinstance(ca_file, Path):
        kept = kept._replace(ca_file=ca_file)
    if command is not None:
        try:
            kept = kept._replace(token_command=tuple(shlex.split(str(command))))
        except ValueError as error:
            raise click.BadParameter("A quotation mark has no partner.", param_hint="--token-command") from error
    return kept


def _patterns(told: object) -> tuple[str, ...]:
    return tuple(part.strip() for part in str(told or "").split(",") if part.strip())
