"""``taximeter guard answer``, ``pause`` and ``resume``: said to the running app, for a machine without a screen."""

from __future__ import annotations

from contextlib import closing

import click

from taximeter.commands.desk import Desk
from taximeter.commands.options import WrongUse
from taximeter.commands.wording import moment
from taximeter.domain.launch import Severity, Verb
from taximeter.host.question_settings import LONGEST_WAIT
from taximeter.host.trouble import Trouble
from taximeter.ledger.opening import is_made
from taximeter.ledger.queries_questions import QuestionRow, questions

MOST_AGENTS = 9_999
MOST_MINUTES = 7 * 24 * 60
SECOND, MINUTE = 1_000, 60_000
RECENT = 200
CLOSED = {
    Verb.STOP: "it was answered: stop",
    Verb.LIMIT: "it was answered: limit",
    Verb.RUN: "it was answered: run",
    Verb.EXPIRED: "nobody had answered in time, so its default was applied",
}


@click.command()
@click.argument("id")
@click.argument("verb", type=click.Choice(["stop", "run", "limit"]))
@click.argument("number", type=click.IntRange(1, MOST_AGENTS), required=False)
@click.option("--session", "for_session", is_flag=True, help="Do not ask again in this session: the answer holds.")
@click.pass_obj
def answer(desk: Desk, id: str, verb: str, number: int | None, *, for_session: bool) -> None:
    """Answer the open question ID (its beginning is enough): stop, run, or limit with a NUMBER of agents."""
    if (verb == "limit") != (number is not None):
        raise click.UsageError("limit takes a number of agents, stop and run take none: guard answer ID limit 2.")
    recent = _recent(desk)
    wanted = open_id(recent, id)
    words = [verb, *([str(number)] if number else []), *(["session"] if for_session else [])]
    done = desk.door("answer", wanted, *words)
    if done is None:
        raise nobody_runs()
    if not done:
        raise not_open(recent, wanted)
    held = " It holds for the session." if for_session else ""
    click.echo(f"Answered {wanted}: {' '.join(words[: 1 + bool(number)])}.{held}")


@click.command()
@click.argument("minutes", type=click.IntRange(1, MOST_MINUTES), default=60)
@click.option("--off", is_flag=True, help="End the pause.")
@click.pass_obj
def pause(desk: Desk, minutes: int, *, off: bool) -> None:
    """Ask nothing for so many MINUTES, 60 unless given: launches go on. Questions that are open stay open."""
    if off:
        _resume(desk)
        return
    done = desk.door("pause", str(minutes))
    if done is None:
        raise nobody_runs()
    if not done:
        raise Trouble("The running Taximeter cannot pause", "It may be an older version: quit it and start it again.")
    click.echo(f"Nothing is asked until {moment(desk.now + minutes * MINUTE, desk.now, desk.zone)}.")


@click.command()
@click.pass_obj
def resume(desk: Desk) -> None:
    """End a pause: launches are asked about again."""
    _resume(desk)


def open_id(recent: tuple[QuestionRow, ...], told: str) -> str:
    """The id of the open question that begins so; what was told itself where the ledger knows none."""
    word = told.strip().lower()
    found = [row.id for row in recent if row.id.startswith(word) and _waits(row)]
    if word in found:
        return word
    if len(found) > 1:
        raise WrongUse(f"Several open questions begin with {told!r}", f"{', '.join(found)}.")
    return found[0] if found else word


def not_open(recent: tuple[QuestionRow, ...], wanted: str) -> Exception:
    """What to say when the running app has no open question of that id."""
    row = next((row for row in recent if row.id == wanted), None)
    if row is None:
        return WrongUse(f"No open question has the id {wanted!r}", "taximeter guard log lists them.")
    why = CLOSED.get(row.answer, "") if row.answer else "its launch no longer waits"
    return Trouble(f"The question {wanted} is not open any more", f"{why[:1].upper()}{why[1:]}.")


def nobody_runs() -> Trouble:
    """What to say when no app is there to be told."""
    return Trouble("No Taximeter is running", "Nothing waits for an answer then, and every launch goes on.")


def _resume(desk: Desk) -> None:
    if desk.door("resume") is None:
        raise nobody_runs()
    click.echo("Launches are asked about again.")


def _waits(row: QuestionRow) -> bool:
    return row.answer is None and row.mode == "ask" and row.severity >= Severity.AMBER


def _recent(desk: Desk) -> tuple[QuestionRow, ...]:
    """What was asked so lately that it may be open; nothing where there is no ledger yet."""
    if not is_made(desk.ledger):
        return ()
    with closing(desk.read_ledger()) as connection:
        return questions(connection, RECENT, desk.now - 2 * LONGEST_WAIT * SECOND)
